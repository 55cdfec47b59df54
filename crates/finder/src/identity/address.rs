//! A postal address taken apart for searching.

use super::door::Door;
use crate::fold::fold;

/// Folded pieces of one address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Spellings of the first line (house and street).
    pub(super) lines: Vec<String>,
    /// The postcode without its space, if the address has one.
    pub(super) postcode: Option<String>,
    /// The street without the number, and the town: `mill lane, otley`.
    pub(super) streets: Vec<String>,
    /// House and street, or flat and house, by number and words.
    pub(super) doors: Vec<Door>,
}

/// Words of streets and houses, and how they are shortened.
pub(super) const STREETS: &[(&str, &str)] = &[
    ("street", "st"),
    ("road", "rd"),
    ("lane", "ln"),
    ("lane", "la"),
    ("avenue", "ave"),
    ("avenue", "av"),
    ("close", "cl"),
    ("drive", "dr"),
    ("court", "ct"),
    ("crescent", "cres"),
    ("crescent", "cresc"),
    ("crescent", "cr"),
    ("place", "pl"),
    ("square", "sq"),
    ("terrace", "terr"),
    ("terrace", "ter"),
    ("gardens", "gdns"),
    ("grove", "gr"),
    ("park", "pk"),
    ("house", "hse"),
    ("saint", "st"),
    ("mount", "mt"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("street", "str"),
    ("avenue", "aven"),
    ("close", "clo"),
    ("drive", "drv"),
    ("court", "crt"),
    ("square", "sqr"),
    ("terrace", "tce"),
    ("gardens", "gdn"),
    ("gardens", "gds"),
    ("grove", "grv"),
    ("grove", "gro"),
    ("green", "grn"),
    ("house", "ho"),
    ("cottage", "cott"),
    ("cottage", "cotts"),
    ("cottages", "cotts"),
    ("buildings", "bldgs"),
    ("building", "bldg"),
    ("boulevard", "blvd"),
    ("parade", "pde"),
    ("walk", "wlk"),
    ("view", "vw"),
    ("mews", "mws"),
    ("heights", "hts"),
    ("farm", "fm"),
    ("hill", "hl"),
    ("great", "gt"),
    ("little", "lt"),
    ("upper", "upr"),
    ("lower", "lwr"),
    ("saint", "ste"),
    ("platz", "pl"),
    ("calle", "c"),
    ("rue", "r"),
    ("ulica", "ul"),
];

impl Address {
    /// Takes an address apart. The first line is the first part that has a digit and a letter and is no postcode, else the first part.
    pub(super) fn parse(text: &str) -> Self {
        let mut out = Self::default();
        let parts: Vec<String> =
            text.split([',', '\n', ';']).map(|p| fold(p).trim().trim_end_matches('.').to_owned()).filter(|p| !p.is_empty()).collect();
        let mut kept = Vec::new();
        for part in &parts {
            match split_postcode(part) {
                Some((rest, code)) => {
                    out.postcode = Some(code);
                    if !rest.is_empty() {
                        kept.push(rest);
                    }
                }
                None => kept.push(part.clone()),
            }
        }
        out.doors = Door::all(&kept);
        let joined = join_number(&kept);
        let numbered = joined.iter().find(|p| {
            p.chars().any(|c| c.is_ascii_digit()) && p.chars().filter(|c| c.is_alphabetic()).count() > 3 && p.contains(' ') && !is_unit(p)
        });
        let first = numbered
            .or_else(|| joined.iter().find(|p| !is_unit(p)))
            .filter(|l| l.chars().filter(|c| c.is_alphanumeric()).count() >= 5 && (l.contains(' ') || joined.len() > 1));
        if let Some(line) = first {
            out.lines = spellings(line);
            let town = joined.iter().skip_while(|p| p != &line).nth(1).filter(|t| !t.chars().any(|c| c.is_ascii_digit()));
            let street = |l: &String| {
                l.split_once(' ')
                    .filter(|(n, rest)| n.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(' '))
                    .map(|(_, rest)| rest.to_owned())
            };
            if let Some(town) = town {
                // A house that has a name stands in a street, and the street in a town.
                let next = joined.iter().skip_while(|p| p != &town).nth(1).filter(|t| !t.chars().any(|c| c.is_ascii_digit()));
                let named = !line.contains(|c: char| c.is_ascii_digit()) && town.contains(' ');
                let (streets, town) = match next.filter(|_| named) {
                    Some(next) => (spellings(town), next),
                    None => (out.lines.iter().filter_map(street).collect(), town),
                };
                out.streets =
                    streets.into_iter().flat_map(|s| [format!("{s}, {town}"), format!("{s} {town}"), format!("{s} in {town}")]).collect();
                out.streets.sort();
                out.streets.dedup();
            }
        }
        out
    }
}

impl Address {
    /// The numbers of its house: `12` of `12, Mill Lane`.
    pub(super) fn numbers(&self) -> impl Iterator<Item = String> {
        let first = |line: &String| line.split([' ', ',']).next().map(str::to_owned);
        self.lines.iter().filter_map(first).filter(|n| n.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// What a flat's number stands behind.
pub(super) const UNITS: [&str; 6] = ["flat", "unit", "apartment", "apt", "room", "suite"];

fn is_unit(part: &str) -> bool {
    UNITS.iter().any(|u| part.strip_prefix(u).is_some_and(|rest| rest.starts_with(' '))) && part.split_whitespace().count() <= 2
}

/// True for the number of a house or flat: `12`, `12a`, `12-14`.
pub(super) fn is_number(word: &str) -> bool {
    word.len() <= 6 && word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

/// `12, Mill Lane` is one line.
pub(super) fn join_number(parts: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut number = None;
    for part in parts {
        let is_number = part.len() <= 5 && part.starts_with(|c: char| c.is_ascii_digit());
        match number.take() {
            Some(n) => out.push(format!("{n} {part}")),
            None if is_number => number = Some(part),
            None => out.push(part.clone()),
        }
    }
    out
}

fn spellings(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().map(|w| w.trim_end_matches('.')).collect();
    let mut out = vec![words.join(" ")];
    for (long, short) in STREETS {
        for (from, to) in [(long, short), (short, long)] {
            if words.iter().skip(1).any(|w| w == from) {
                out.push(words.iter().enumerate().map(|(i, w)| if i > 0 && w == from { *to } else { *w }).collect::<Vec<_>>().join(" "));
            }
        }
    }
    // `St. John's Rd.`, `St Johns Road`
    let dotted = |l: &String| {
        let words =
            l.split(' ').map(|w| if w.len() > 1 && STREETS.iter().any(|(_, short)| *short == w) { format!("{w}.") } else { w.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    };
    let stops: Vec<String> = out.iter().map(dotted).collect();
    out.extend(stops);
    let bare: Vec<String> = out.iter().filter(|l| l.contains('\'')).map(|l| l.replace('\'', "")).collect();
    out.extend(bare);
    let named: Vec<String> = out.iter().filter_map(|l| l.strip_prefix("the ")).filter(|l| l.contains(' ')).map(str::to_owned).collect();
    out.extend(named);
    let with_comma: Vec<String> = out
        .iter()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|l| l.split_once(' ').map(|(n, rest)| format!("{n}, {rest}")))
        .collect();
    out.extend(with_comma);
    out.sort();
    out.dedup();
    out
}

/// Splits a postcode off the end of a folded text: what stands before it, and the postcode without space.
pub(super) fn split_postcode(part: &str) -> Option<(String, String)> {
    let words: Vec<&str> = part.split_whitespace().collect();
    for take in [2, 1] {
        let at = words.len().checked_sub(take)?;
        let (rest, code) = words.split_at(at);
        let code = code.concat();
        if is_postcode(&code) {
            return Some((rest.join(" "), code));
        }
    }
    None
}

/// True for the shape of a postcode without its space: one or two letters, a digit, perhaps a digit or letter; a digit and two letters.
pub(super) fn is_postcode(code: &str) -> bool {
    let shape: String = code
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_alphabetic() {
                'a'
            } else {
                '?'
            }
        })
        .collect();
    matches!(shape.as_str(), "a99aa" | "a999aa" | "aa99aa" | "aa999aa" | "a9a9aa" | "aa9a9aa")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let a = Address::parse("12 Mill Lane, Otley, LS21 3BG");
        assert_eq!(a.postcode.as_deref(), Some("ls213bg"));
        assert!(
            a.lines.contains(&"12 mill lane".to_owned())
                && a.lines.contains(&"12 mill ln".to_owned())
                && a.lines.contains(&"12, mill lane".to_owned())
        );
        let a = Address::parse("Flat 2, 7 St. John's Rd., Leeds LS6 1AA");
        assert!(
            ["7 st john's road", "7 st. john's rd.", "7 st johns rd", "7, st. john's road"].iter().all(|l| a.lines.iter().any(|o| o == l)),
            "{a:?}"
        );
        assert_eq!(a.postcode.as_deref(), Some("ls61aa"));
        let a = Address::parse("Rose Cottage\nChurch Bank\nHay HR3 5AA");
        assert_eq!(a.lines, ["rose cott", "rose cott.", "rose cottage", "rose cotts", "rose cotts."]);
        assert_eq!(Address::parse("LS21 3BG").lines, Vec::<String>::new());
    }
}
