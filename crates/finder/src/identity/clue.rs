//! A given name with something else of the person's right behind it: `Rosalind (number ending 0314)`, `Tobias (b. 2011, Otley)`,
//! `Padraig, 72, from Drovers Close, Eskrigg`. Each by itself is anybody's; together they are few people's.

use super::builder::Pattern;
use super::doubt::Known;
use super::email;
use super::name_match::Found;
use super::{Band, Matcher};
use crate::fold::stands_alone;

/// How far behind the name the clue ends, in bytes of the folded text.
const REACH: usize = 64;
/// Digits of a telephone number that say whose it is beside a name.
const TAIL: std::ops::RangeInclusive<usize> = 3..=6;
/// The reason of the street and the town of the address.
pub(super) const STREET: &str = "street and town of the address";
/// Words between a name and where its bearer lives.
const LIVING: &str = " of from at in on who lives living a an the aged age now yrs years year old ";

impl Matcher {
    /// Raises given names alone that have something of the person's right behind them.
    pub(super) fn raise_by_clues(&self, text: &str, found: &mut [(Found, Pattern)]) {
        let streets: Vec<(usize, usize)> = found.iter().filter(|(f, _)| f.reason == STREET).map(|(f, _)| (f.start, f.end)).collect();
        let alone = |f: &Found| f.band == Band::Possible && (f.reason == "given name alone" || f.reason == "the name given");
        for (f, pattern) in found.iter_mut().filter(|(f, _)| alone(f)) {
            let Pattern::Given(i) = *pattern else { continue };
            let letter = self.names.get(i).and_then(|name| name.surname()).and_then(|s| s.chars().next());
            let near = text.get(f.end..text.floor_char_boundary(f.end + REACH)).unwrap_or_default();
            let near = letter.and_then(|l| without_letter(near, l)).unwrap_or(near);
            let lives = streets.iter().find(|(start, _)| *start > f.end && is_living(text.get(f.end..*start).unwrap_or_default()));
            let why = match lives {
                Some(_) => Some("given name with the street and town of the address"),
                None => clue(&self.known, near),
            };
            if let Some(why) = why {
                f.band = Band::Likely;
                why.clone_into(&mut f.reason);
            }
        }
    }
}

/// `rosalind p (*******0314)`: what stands behind the first letter of the surname.
fn without_letter(near: &str, letter: char) -> Option<&str> {
    let rest = near.strip_prefix(' ')?.strip_prefix(letter)?;
    (!rest.starts_with(char::is_alphanumeric)).then(|| rest.strip_prefix('.').unwrap_or(rest))
}

/// True for nothing but words that lead to where somebody lives, and an age.
fn is_living(between: &str) -> bool {
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let known = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()) || LIVING.split_ascii_whitespace().any(|lead| lead == w);
    between.len() <= REACH && !between.contains([';', '|', '!', '?']) && !between.contains(". ") && words.all(known)
}

fn clue(known: &Known, near: &str) -> Option<&'static str> {
    if ends_of_numbers(near).is_some_and(|tail| known.phones.iter().any(|phone| phone.ends_with(tail))) {
        return Some("given name with the end of the telephone number");
    }
    if masked(near).is_some_and(|(head, tail, domain)| known.emails.iter().any(|e| is_masked(e, head, tail, domain))) {
        return Some("given name with the e-mail address, partly hidden");
    }
    let (year, rest) = birth_year(near)?;
    let town = |town: &str| rest.match_indices(town).any(|(at, _)| stands_alone(rest, at, at + town.len()));
    let born = known.born.iter().any(|date| date.year() == year);
    (born && known.homes.iter().any(|home| home.towns().any(town))).then_some("given name with the year of birth and the town")
}

/// The digits that a text says are the end of a number: ` (number ending 0314)`, `, phone ends ...0561`, ` (*******0314)`.
fn ends_of_numbers(near: &str) -> Option<&str> {
    const LEADS: [&str; 17] = [
        "telephone",
        "tel",
        "phone",
        "mobile",
        "mob",
        "landline",
        "number",
        "no",
        "home",
        "work",
        "whose",
        "on",
        "the",
        "with",
        "a",
        "her",
        "his",
    ];
    const CUES: [&str; 7] = ["ending", "ends", "last three digits", "last four digits", "last 3 digits", "last 4 digits", "finishing"];
    let mut rest = near.trim_start_matches([' ', '(', ',', '-', '[', ':', '/']);
    for _ in 0..LEADS.len() {
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if !LEADS.contains(&word) {
            break;
        }
        rest = rest.get(word.len()..)?.trim_start_matches([' ', '.', ':']);
    }
    let hidden = rest.trim_start_matches(['*', 'x', '\u{2022}', '.', '\u{2026}', '#']);
    let behind = if rest.len() - hidden.len() > 1 {
        hidden
    } else {
        let rest = CUES.iter().find_map(|cue| rest.strip_prefix(cue))?.trim_start_matches([' ', ':']);
        let rest = ["in ", "with ", "are "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        rest.trim_start_matches(['*', 'x', '.', '\u{2026}', ' ', '#'])
    };
    let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let open = behind.get(digits..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    (TAIL.contains(&digits) && !open).then(|| behind.get(..digits)).flatten()
}

/// What an address shows that is partly hidden: ` (ds***5@mailbarn.example)`.
fn masked(near: &str) -> Option<(&str, &str, &str)> {
    let rest = near.trim_start_matches([' ', '(', '<', ',', '[', ':', '-']);
    let stars = rest.find('*').filter(|at| (1..=20).contains(at))?;
    let (head, rest) = rest.split_at_checked(stars)?;
    let (tail, domain) = rest.trim_start_matches('*').split_once('@')?;
    let local = |part: &str| part.chars().all(email::in_local);
    let stop = domain.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(domain.len());
    (local(head) && local(tail)).then_some((head, tail, domain.get(..stop)?.trim_end_matches('.')))
}

fn is_masked(own: &str, head: &str, tail: &str, domain: &str) -> bool {
    email::split(own).is_some_and(|(local, host)| {
        host == domain && local.len() > head.len() + tail.len() && local.starts_with(head) && local.ends_with(tail)
    })
}

/// The year of birth right behind a name, and what follows: ` (b. 1968, skipwell)`, `, born in 1968, of skipwell`.
fn birth_year(near: &str) -> Option<(i16, &str)> {
    const CUES: [&str; 7] = ["born in ", "born ", "b. ", "b ", "b.", "year of birth ", "yob "];
    let rest = near.trim_start_matches([' ', '(', ',', '-', '[']);
    let rest = CUES.iter().find_map(|cue| rest.strip_prefix(cue))?;
    let (year, rest) = rest.split_at_checked(4)?;
    (!rest.starts_with(char::is_alphanumeric)).then(|| year.parse().ok()).flatten().map(|year| (year, rest))
}

#[cfg(test)]
mod tests {
    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(text: &str) -> Option<Band> {
        let person = Identity {
            names: vec!["Amelia Hart".into()],
            emails: vec!["ajh1968@fernmail.example".into()],
            phones: vec!["07700 900314".into()],
            born: vec![jiff::civil::date(1968, 11, 2)],
            addresses: vec!["14 Mill Lane, Otley, LS21 3BG".into()],
            ..Identity::default()
        };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn a_clue_behind_the_given_name_says_who_is_meant() {
        for text in [
            "Amelia (number ending 0314) rang back.",
            "Amelia, phone ends ...0314, came.",
            "Amelia on a mobile ending in 314",
            "Amelia H (*******0314)",
            "Amelia: last four digits 0314",
            "Amelia H. (aj***8@fernmail.example)",
            "Amelia (b. 1968, Otley)",
            "Amelia, born in 1968, of Otley",
            "Amelia, 53, from Mill Lane, Otley, said so",
            "Amelia of Mill Lane, Otley",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text} {:?}", band(text));
        }
    }

    #[test]
    fn another_clue_is_anothers() {
        for text in [
            "Amelia (number ending 0315) rang back.",
            "Amelia (number ending 14)",
            "Amelia (order ending 03145)",
            "Amelia rang. The one ending 0314 is mine.",
            "Amelia (aj***9@fernmail.example)",
            "Amelia (aj***8@otherpost.example)",
            "Amelia (b. 1969, Otley)",
            "Amelia (b. 1968, Ilkley)",
            "Amelia met Tom of Mill Lane, Otley",
            "Amelia. Mill Lane, Otley, is closed",
        ] {
            assert!(band(text) < Some(Band::Likely), "{text} {:?}", band(text));
        }
    }
}
