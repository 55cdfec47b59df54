//! Whether a date that is the person's date of birth is said as one, and of whom.

use super::PersonName;
use super::born::{said_before, speaks_of_birth};
use super::doubt::window;
use super::seen::FORM_SUBJECTS;
use super::whose::{Read, is_family, is_own};
use super::words::before;
use crate::fold::fold;
use crate::lexicon::{Flags, flags};

/// Words of one name that are looked at.
const WORDS: usize = 4;
/// Lines of a form that belong to one person.
const LINES: usize = 5;
/// How far around a date a word of birth is looked for, in bytes of folded text.
const AROUND: usize = 64;

/// What is dated: `the lease of 3 April 1985`.
const THINGS: &str = " lease agreement letter minutes meeting deed deeds contract order act treaty edition issue version report memo memorandum \
    notice invoice statement bill judgment ruling decision resolution email message article photograph photo map plan survey census law \
    regulation battle election wedding marriage death fire flood receipt policy certificate licence permit mortgage tenancy grant charter \
    constitution accounts audit inspection conference match concert sale auction festival storm strike ";
/// What happens on a day: `signed on 3 April 1985`.
const EVENTS: &str = " signed met died married opened closed held started began begun ended happened place arrived left built founded bought sold \
    sent received moved published elected released launched crashed wedding meeting funeral expired expires due issued printed posted joined \
    resigned retired appointed inspected sealed registered adopted passed granted agreed ";

/// True for a date that the text gives for something else than a birth: `the lease of 3 April 1985`, `Date: 03/04/1985`.
/// Words that any mention may stand behind, such as `to` and `about`, say nothing.
pub(super) fn of_something_else(text: &str, start: usize, end: usize) -> bool {
    const DAYS: &str = " the monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun ";
    let (mut at, mut lead) = (start, before(text, start));
    while let Some(day) = lead.filter(|w| is_of(DAYS, w.text)) {
        at = day.start;
        lead = before(text, at);
    }
    let Some(lead) = lead else { return false };
    let last = before(text, lead.start).filter(|w| !w.comma);
    let gap = text.get(lead.end..at).unwrap_or_default().trim();
    let said = match (lead.text, gap) {
        ("date" | "sent" | "received" | "issued" | "printed" | "posted" | "due" | "expires", ":")
        | ("dated" | "since" | "until" | "till" | "effective", "" | ":" | ">") => true,
        ("of", "" | ">") => last.is_some_and(|w| is_of(THINGS, w.text)),
        ("on", "" | ">") => last.is_some_and(|w| is_of(EVENTS, w.text)),
        _ => false,
    };
    let (head, tail) = (window(text, lead.start.saturating_sub(AROUND), lead.start), window(text, end, end + AROUND));
    said && !speaks_of_birth(head) && !speaks_of_birth(tail) && !said_before(text, start)
}

/// True for one of the words of a list.
pub(super) fn is_of(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|w| w == word)
}

/// How far a date's line, row or form is read on each side, in bytes: a long line is read again for each date in it.
const NEAR: usize = 1_000;

/// True for a date of birth that stands with somebody else's full name: right behind it, in the form that names them, or in their row.
pub(super) fn of_another(names: &[PersonName], start: usize, (folded, original): Read<'_>) -> bool {
    let at = folded.original_start(start);
    let head = original.get(original.ceil_char_boundary(at.saturating_sub(NEAR))..at).unwrap_or_default();
    let line = head.rsplit('\n').next().unwrap_or_default();
    let rest = original.get(at..original.floor_char_boundary(at + NEAR)).and_then(|t| t.split('\n').next()).unwrap_or_default();
    let name = name_before(line);
    is_name_of_another(names, &name)
        || is_surname_first(names, &name, line)
        || in_form(names, head)
        || line.contains(" | ") && in_row(names, original.get(at - line.len()..at + rest.len()).unwrap_or_default())
}

/// The words of a name before a date, the last first, over the words that announce a birth.
fn name_before(line: &str) -> Vec<String> {
    const CUES: [&str; 28] = [
        "ur",
        "geb",
        "urodzona",
        "urodzony",
        "born",
        "dob",
        "d",
        "o",
        "b",
        "date",
        "of",
        "birth",
        "on",
        "the",
        "birthday",
        "birthdate",
        "was",
        "is",
        "who",
        "a",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "s",
    ];
    let mut out: Vec<String> = Vec::new();
    let (mut rest, mut cues) = (line, 0);
    while out.len() < WORDS && cues < 9 {
        let body = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let gap = rest.get(body.len()..).unwrap_or_default();
        let from = body.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')));
        let from = from.map_or(0, |i| i + body.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let word = fold(body.get(from..).unwrap_or_default());
        let capital = body.get(from..).is_some_and(|t| t.starts_with(char::is_uppercase));
        if out.is_empty() && CUES.contains(&word.as_str()) {
            cues += 1;
        } else {
            // What ends a sentence ends what is said of its name.
            let near = if out.is_empty() {
                !gap.contains(['.', ';', '!', '?']) && gap.chars().count() <= 6
            } else {
                gap.chars().all(|c| matches!(c, ' ' | '-' | ',' | '|' | '.' | '\'')) && gap.chars().count() <= 3
            };
            let ordinary = flags(&word).any(Flags::COMMON.with(Flags::TITLE).with(Flags::SALUTATION).with(Flags::RELATION));
            if word.is_empty() || !capital || !near || ordinary && !flags(&word).any(Flags::GIVEN.with(Flags::SURNAME)) {
                break;
            }
            out.push(word);
        }
        rest = body.get(..from).unwrap_or_default();
    }
    out
}

/// True for the words of a full name that is not the person's.
fn is_name_of_another(names: &[PersonName], words: &[String]) -> bool {
    let given = |w: &String| w.chars().count() == 1 || w.chars().count() > 2 && flags(w).any(Flags::GIVEN);
    let family = |w: &String| w.chars().count() > 2 && (is_family(w) || flags(w).any(Flags::SURNAME));
    let own = |w: &String| w.chars().count() > 1 && names.iter().any(|n| is_own(n, w) || n.is_given(w));
    let mut pairs = words.iter().enumerate().flat_map(|(i, g)| words.iter().enumerate().map(move |(j, s)| (i != j, g, s)));
    pairs.any(|(apart, g, s)| apart && given(g) && family(s)) && !words.iter().any(own)
}

/// `Nasser, Fatima (born ..)`: two words that are both given names, divided by the comma of a name with its surname first.
fn is_surname_first(names: &[PersonName], words: &[String], line: &str) -> bool {
    let [given, family] = words else { return false };
    let plain = |w: &String| w.chars().count() > 2 && flags(w).any(Flags::GIVEN) && !flags(w).any(Flags::COMMON);
    let own = |w: &String| names.iter().any(|n| is_own(n, w) || n.is_given(w));
    plain(given) && plain(family) && !own(given) && !own(family) && fold(line).contains(&format!("{family}, {given}"))
}

/// `Name: Ruth Carter` some lines above `Date of birth: 3 April 1985`.
fn in_form(names: &[PersonName], head: &str) -> bool {
    let mut lines = head.rsplit('\n').map(|line| line.trim_start_matches(['>', ' ', '*', '-']));
    let birth = lines.next().map(fold).unwrap_or_default();
    if !speaks_of_birth(&birth) {
        return false;
    }
    let labelled = lines.map_while(|line| line.split_once([':', '|', '\t']).filter(|(label, _)| label.len() <= 24));
    let mut words: Vec<String> = Vec::new();
    for (label, value) in labelled.take(LINES) {
        let label = fold(label);
        if FORM_SUBJECTS.contains(&label.trim()) || label.contains("name") {
            words.extend(value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold));
        }
    }
    is_name_of_another(names, &words)
}

/// Somebody else's full name in one cell of a row, or in two side by side, and no part of the person's in the whole row.
fn in_row(names: &[PersonName], row: &str) -> bool {
    let cells: Vec<Vec<String>> = row
        .split(" | ")
        .map(|cell| {
            let words = cell.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty());
            // Only a name is all capitals and letters.
            words
                .map(|w| if w.starts_with(char::is_uppercase) && w.chars().all(|c| !c.is_numeric()) { fold(w) } else { String::new() })
                .collect()
        })
        .collect();
    let own = |w: &String| w.chars().count() > 1 && names.iter().any(|n| is_own(n, w) || n.is_given(w));
    if cells.iter().flatten().any(own) {
        return false;
    }
    let whole = |words: &[String]| words.len() <= WORDS && !words.iter().any(String::is_empty) && is_name_of_another(names, words);
    cells.iter().any(|cell| whole(cell)) || cells.windows(2).any(|pair| pair.iter().all(|c| c.len() == 1) && whole(&pair.concat()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(text: &str) -> Option<Band> {
        let person = Identity { names: vec!["Amelia Fairbairn".into()], born: vec![Date::constant(1985, 4, 3)], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn a_birthday_beside_another_name_is_that_persons() {
        for text in [
            "Ruth Carter, born 3 April 1985",
            "Carter, Ruth | 03/04/1985",
            "Nasser, Fatima (born 3 April 1985)",
            "Kowalska, Maria (ur. 3 April 1985)",
            "Oakes, Ruth (born 3 April 1985)",
            "Ruth Carter (DOB 3/4/85)",
            "Ruth Oduya-Brent, born Wednesday, 3 April 1985",
            "Ruth O'Dowd was born on the 3rd of April 1985.",
            "R. Castlemain, d.o.b. 03/04/1985",
            "Name: Ruth Carter\nDate of birth: 03/04/1985",
            "First name: Ruth\nSurname: Castlemain\nTown: Otley\nDOB: 3.4.1985",
            "Ruth | Castlemain | Otley | 03/04/1985 | paid",
        ] {
            assert_eq!(band(text), Some(Band::Possible), "{text}");
        }
        for text in [
            "Regards\nRuth Carter\n\nDOB 3/4/85",
            "Seen by Ruth Carter. 03/04/1985",
            "Amelia Carter, born 3 April 1985",
            "Tom Fairbairn 3/4/85",
            "Ben, born 3 April 1985",
            "Nasser, Amelia (born 3 April 1985)",
            "Name: Amelia Carter\nDate of birth: 03/04/1985",
            "Otley | 03/04/1985 | paid",
            "Ruth | Castlemain | Amelia | 03/04/1985",
            "Contact Ruth Carter about the client born 03/04/1985",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text} {:?}", band(text));
        }
    }

    #[test]
    fn a_date_that_is_something_elses_is_no_birthday() {
        for text in [
            "The lease of 3 April 1985 is in the safe.",
            "We met on Wednesday, 3 April 1985 in the hall.",
            "closed since 3 April 1985",
            "the agreement\ndated 3rd April 1985",
            "Date: 03/04/1985",
            "> the deeds of\n> 3 April 1985",
        ] {
            assert_eq!(band(text), Some(Band::Possible), "{text}");
        }
        for text in [
            "born on 3 April 1985",
            "her date of birth of 3 April 1985 was wrong",
            "Since 3 April 1985, when she was born,",
            "Client record, 03/04/1985, no change",
            "I spoke to 3 April 1985 about it",
            "a note of 3/4/1985 for the file",
            "comments on 3 April 1985 are welcome",
            "DOB: 3 April 1985",
            "(3 April 1985)",
            "Birth date: 3.4.85",
            "Friday 3 April 1985",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text} {:?}", band(text));
        }
    }
}
