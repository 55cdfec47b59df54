//! Dates of things: `Constitution adopted 30 January 1966`, `Match report, 17/02/1980`. That somebody was born on such a day says nothing.

use super::PersonName;
use super::birthday::is_of;
use super::born::speaks_of_birth;
use super::whose::{Read, is_own};
use crate::fold::fold;
use crate::lexicon::{Flags, flags};

/// How much of a line is looked at on each side of a date, in bytes.
const SIDE: usize = 160;
/// Words that may tell more of a thing before its date: `Photograph of the hall, 30 January 1966`, but not `Agenda item 4: 30/1/1966`.
const BETWEEN: usize = 2;

/// What is done to a thing on its day.
const DONE: &str = " adopted reviewed approved issued reissued registered incorporated founded established opened closed printed reprinted postmarked \
    franked stamped signed sealed executed witnessed invoiced paid due received sent published republished purchased bought built erected \
    installed inspected tested calibrated serviced repaired manufactured expires expired expiring effective valid photographed filmed taken \
    recorded broadcast aired held ratified amended revised updated enacted launched unveiled dispatched despatched faxed scanned drafted \
    audited archived accessed ";
/// What has a day of its own.
const THINGS: &str = " version revision edition minutes meeting match report fixture episode invoice receipt constitution certificate lease \
    agreement contract deed deeds newsletter magazine programme agenda accounts postmark photograph photo map survey inspection audit concert \
    festival sale auction election census conference exhibition cup tournament bill notice memo memorandum journal gazette newspaper album \
    broadcast sermon leaflet poster brochure catalogue policy ";
/// What the word `date` makes a day of a thing: `Date of issue 30/01/1966`.
const DATED: &str = " issue purchase expiry publication incorporation manufacture installation delivery adoption signature inspection \
    completion order payment ";
/// The same behind a date.
const THINGS_BEHIND: &str = " version revision edition minutes meeting report fixture episode invoice receipt constitution lease agreement \
    contract newsletter magazine programme agenda postmark postmarked photograph photo concert census conference issue ";
/// What joins a thing and its date, and says nothing.
const JOINING: &str = " on the of date dated day in at was is were been and from last first since until till as monday tuesday wednesday \
    thursday friday saturday sunday mon tue wed thu fri sat sun no vol ";
/// Words that a line about a person has.
const PEOPLE: &str = " he she his her him hers i me my we who whom whose client clients patient patients pupil pupils student students member \
    members applicant child children baby employee volunteer volunteers tenant resident learner trainee participant beneficiary carer holder \
    person boy girl man woman lady gentleman age aged pregnant pregnancy midwife antenatal delivery edd customer candidate worker user male \
    female gender sex name surname forename claimant donor guest referral referred attendee passenger ";

/// True for a date at `start..end` of the folded text that its line gives to a thing, and to nobody: neither a birth nor a person is named there.
pub(super) fn is_of_a_thing(names: &[PersonName], (start, end): (usize, usize), (folded, original): Read<'_>) -> bool {
    let range = folded.original_range(start, end);
    let from = original.ceil_char_boundary(range.start.saturating_sub(SIDE));
    let to = original.floor_char_boundary(range.end + SIDE);
    let head = fold(original.get(from..range.start).and_then(|t| t.rsplit('\n').next()).unwrap_or_default());
    let tail = fold(original.get(range.end..to).and_then(|t| t.split('\n').next()).unwrap_or_default());
    (said_before(&head) || said_behind(&tail)) && ![head, tail].iter().any(|side| speaks_of_birth(side) || names_a_person(side, names))
}

/// A thing, or what is done to one, before its date.
fn said_before(head: &str) -> bool {
    let head = head.rsplit(['!', '?', ';']).next().unwrap_or_default();
    let head = head.rsplit_once(". ").map_or(head, |(_, last)| last);
    // A cell is a date's label where it is the only one before it and says that it is of a day.
    if head.contains(['|', '\t']) {
        let label = head.trim_end_matches([' ', '|', '\t']);
        return !label.contains(['|', '\t']) && label.split(' ').any(|w| w == "date") && of_a_thing(label);
    }
    // `registered,17/02/1980`, as files of values are written, says nothing of its columns.
    !head.ends_with([',', '"', '=']) && of_a_thing(head)
}

fn of_a_thing(head: &str) -> bool {
    let plain = |w: &&str| is_of(JOINING, w) || w.len() <= 3 && w.trim_start_matches('v').bytes().all(|b| b.is_ascii_digit());
    let mut words = head.rsplit(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !plain(w));
    let Some(last) = words.next() else { return false };
    // What is done stands right before the day, what has one may be told more of.
    let dated = head.split(|c: char| !c.is_alphanumeric()).any(|w| w == "date") && is_of(DATED, last);
    dated
        || head.trim_end().ends_with("best before")
        || is_of(DONE, last)
        || is_of(THINGS, last)
        || words.take(BETWEEN).any(|w| is_of(THINGS, w) && head.contains(&format!("{w} of ")))
}

/// `the 17/02/1980 edition`, `21/07/2007 (postmark)`.
fn said_behind(tail: &str) -> bool {
    let Some(rest) = tail.strip_prefix(" (").or_else(|| tail.strip_prefix(' ')) else { return false };
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    !rest.starts_with(['|', '-', ',']) && words.next().is_some_and(|w| is_of(THINGS_BEHIND, w))
}

/// True when a folded text has a word for a person, somebody's given name, or a part of the person's own.
fn names_a_person(text: &str, names: &[PersonName]) -> bool {
    let own = |w: &str| w.chars().count() > 1 && names.iter().any(|n| is_own(n, w) || n.is_given(w));
    let known = |w: &str| {
        let word = flags(w);
        word.any(Flags::TITLE.with(Flags::RELATION))
            || w.len() > 2 && word.any(Flags::GIVEN) && !word.any(Flags::COMMON.with(Flags::PLACE).with(Flags::ORG).with(Flags::NOUN))
    };
    let thing = |w: &str| is_of(DONE, w) || is_of(THINGS, w) || is_of(JOINING, w) || is_of(ORGANISATIONS, w);
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|w| !thing(w) && (is_of(PEOPLE, w) || own(w) || known(w)))
}

/// Words that are given names, too.
const ORGANISATIONS: &str = " charity trust faith hope grace ";

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(text: &str) -> Option<Band> {
        let person = Identity { names: vec!["Amelia Fairbairn".into()], born: vec![Date::constant(1980, 2, 17)], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn the_day_of_a_thing_is_no_birthday() {
        for text in [
            "Constitution adopted 17 February 1980",
            "Policy reviewed 17/02/1980",
            "invoice date 17/02/1980",
            "Invoice date | 17/02/1980",
            "Charity registered 17 February 1980",
            "Postmarked 17/02/1980",
            "Match report, 17/02/1980",
            "Photograph of the hall, 17 February 1980",
            "Version 3, 17.2.1980",
            "Version: v2 (17.2.1980)",
            "Valid until 17/02/1980",
            "The boiler was last inspected on Sunday 17th February 1980.",
            "see the 17/02/1980 edition",
            "17 February 1980 (postmark)",
            "Minutes of the meeting of 17 February 1980",
            "Accounts approved: 17-02-1980",
            "Date of issue 17/02/1980",
            "Date of purchase: 17/02/1980",
            "Best before 17/02/1980",
            "Amelia Fairbairn, Leeds\nPolicy reviewed 17/02/1980",
        ] {
            let hits = {
                let person =
                    Identity { names: vec!["Amelia Fairbairn".into()], born: vec![Date::constant(1980, 2, 17)], ..Identity::default() };
                Matcher::new(&person).unwrap().find_text(text)
            };
            let day = hits.iter().find(|hit| hit.reason.starts_with("date of birth")).map(|hit| hit.band);
            assert_eq!(day, Some(Band::Possible), "{text} {hits:?}");
        }
    }

    #[test]
    fn a_day_beside_a_birth_or_a_person_counts_as_ever() {
        for text in [
            "DOB 17/02/1980, policy reviewed",
            "Form received, d.o.b. 17/02/1980",
            "born and registered 17 February 1980",
            "Certificate of birth 17/02/1980",
            "Amelia Fairbairn, report, 17/02/1980",
            "Fairbairn: invoice 17/02/1980",
            "Client registered 17/02/1980",
            "Referral received 17/02/1980",
            "She was photographed 17/02/1980",
            "Otley | 17/02/1980 | paid",
            "paid | 17/02/1980 | Otley",
            "registered | Leeds | 17/02/1980",
            "12,registered,17/02/1980,Otley",
            "\"registered\",\"17/02/1980\"",
            "17/02/1980",
            "17/02/1980, received today",
            "17/02/1980 - report attached",
            "Policy reviewed. 17/02/1980",
            "Policy reviewed\n17/02/1980",
            "Agenda item 4: 17/02/1980",
            "Sent to 17/02/1980 today by hand",
            "Baby due 17/02/1980",
            "Report on a child, 17/02/1980",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text} {:?}", band(text));
        }
    }
}
