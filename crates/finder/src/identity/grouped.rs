//! Long references, found however their letters and digits are grouped: `GB29 NWBK 6016 1331 9268 19`, `PUP 2024/117`.

use super::name_match::Found;
use super::words::{begins, ends};
use super::{Band, misread};
use crate::fold::fold;

/// Letters and digits of the shortest reference that is found however it is grouped: of a shorter one, other numbers are made too easily.
const SHORTEST: usize = 8;
/// Signs that may stand between two groups, as many as three of them.
const JOINTS: [u8; 9] = *b" -./_>()#";
/// How far apart sort code and account may stand, in bytes.
const APART: usize = 48;

/// One reference without its signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grouped {
    signs: Vec<u8>,
    /// The digit where to look begins: texts have few of them, and from two to nine none is taken for a letter.
    anchor: usize,
    /// The sort code of the account that it is.
    sort: Option<String>,
}

impl Grouped {
    /// What a reference is searched by; nothing for one that is short or has no digit, and for eight digits that are a day.
    pub(super) fn all(reference: &str) -> Vec<Self> {
        let Some(signs) = squashed(reference) else { return Vec::new() };
        let account = account(reference, &signs).filter(|(_, account)| !is_day(account));
        let account = account.and_then(|(sort, account)| Some(Self { sort: Some(sort), ..Self::new(&account)? }));
        Self::new(&signs).into_iter().chain(account).collect()
    }

    fn new(signs: &str) -> Option<Self> {
        let digit = |least: u8| signs.bytes().position(|b| (least..=b'9').contains(&b));
        let anchor = digit(b'2').or_else(|| digit(b'0'))?;
        Some(Self { signs: signs.bytes().collect(), anchor, sort: None })
    }

    /// Where the reference stands in a folded text whose digit at `at` is its anchor.
    fn at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let (before, after) = self.signs.split_at_checked(self.anchor)?;
        let bytes = text.as_bytes();
        let (mut start, mut end, mut groups) = (at, at, 1);
        for sign in before.iter().rev() {
            let gap = bytes.get(..start)?.iter().rev().take(4).take_while(|b| JOINTS.contains(b)).count();
            let word = if sign.is_ascii_alphabetic() { numbered(text.get(..start)?) } else { None };
            let gap = word.or(Some(gap).filter(|gap| *gap <= 3))?;
            groups += usize::from(gap > 0);
            start = start.checked_sub(gap + 1).filter(|s| misread::is(bytes.get(*s), *sign))?;
        }
        for (i, sign) in after.iter().enumerate() {
            let gap = if i == 0 { 0 } else { bytes.get(end..)?.iter().take(4).take_while(|b| JOINTS.contains(b)).count() };
            groups += usize::from(gap > 0);
            end = Some(end + gap).filter(|e| gap <= 3 && misread::is(bytes.get(*e), *sign))? + 1;
        }
        // `1 2 3 4 5 6 7 8` is a row of numbers.
        let grouped = groups <= self.signs.len().div_ceil(2);
        (grouped && begins(text, start) && ends(text, end)).then_some((start, end))
    }

    fn found(&self, text: &str, start: usize, end: usize) -> Found {
        let Some(sort) = &self.sort else { return Found::own(start, end, Band::Certain, "reference or user name") };
        let digits =
            |from: usize, to: usize| text.as_bytes().get(from..to).unwrap_or_default().iter().filter(|b| b.is_ascii_digit()).copied();
        let before: Vec<u8> = digits(start.saturating_sub(APART), start).collect();
        let after: Vec<u8> = digits(end, (end + APART).min(text.len())).collect();
        if [before, after].iter().any(|near| near.windows(sort.len()).any(|w| w == sort.as_bytes())) {
            Found::own(start, end, Band::Certain, "sort code and account number")
        } else {
            Found::own(start, end, Band::Likely, "account number")
        }
    }
}

/// The length of what stands between the letters of a reference and its number where a word says so: `MEM no. 003918`.
fn numbered(head: &str) -> Option<usize> {
    [" no. ", " no ", " number ", " nr. ", " nr "].iter().find(|word| head.ends_with(**word)).map(|word| word.len())
}

/// True for a reference that is found here, however it is grouped.
pub(super) fn is_grouped(reference: &str) -> bool {
    squashed(reference).is_some()
}

/// Gives every place of a folded text where one of the references stands. Looks at digits alone.
pub(super) fn all(text: &str, references: &[Grouped], mut with: impl FnMut(Found)) {
    if references.is_empty() {
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes.get(at..).and_then(|b| b.iter().position(u8::is_ascii_digit)) {
        at += offset;
        for reference in references.iter().filter(|r| r.signs.get(r.anchor) == bytes.get(at)) {
            if let Some((start, end)) = reference.at(text, at) {
                with(reference.found(text, start, end));
            }
        }
        at += 1;
    }
}

/// The letters and digits of a reference that can be found however it is grouped.
fn squashed(reference: &str) -> Option<String> {
    let folded = fold(reference.trim());
    let signs: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let fits = folded.is_ascii() && !folded.contains('@') && signs.len() >= SHORTEST;
    (fits && signs.bytes().any(|b| b.is_ascii_digit()) && !is_day(&signs)).then_some(signs)
}

/// Sort code and account of a British account: fourteen digits that are written apart, or the number that banks use abroad.
fn account(reference: &str, signs: &str) -> Option<(String, String)> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fourteen = signs.len() == 14 && digits(signs) && !digits(reference.trim());
    let abroad = signs.len() == 22 && signs.starts_with("gb") && signs.get(8..).is_some_and(digits);
    let (sort, account) = match () {
        () if fourteen => signs.split_at_checked(6)?,
        () if abroad => signs.get(8..)?.split_at_checked(6)?,
        () => return None,
    };
    Some((sort.to_owned(), account.to_owned()))
}

/// True for eight digits that can be read as a day.
fn is_day(signs: &str) -> bool {
    let part = |from: usize, to: usize| signs.get(from..to).and_then(|t| t.parse::<u16>().ok()).unwrap_or_default();
    let day = |year: u16, month: u16, day: u16| (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    signs.len() == 8
        && signs.bytes().all(|b| b.is_ascii_digit())
        && (day(part(0, 4), part(4, 6), part(6, 8)) || day(part(4, 8), part(2, 4), part(0, 2)) || day(part(4, 8), part(0, 2), part(2, 4)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(reference: &str, text: &str) -> Option<Band> {
        let person = Identity { references: vec![reference.into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn grouping_does_not_matter() {
        for (reference, text) in [
            ("GB29NWBK60161331926819", "IBAN: GB29 NWBK 6016 1331 9268 19."),
            ("GB29 NWBK 6016 1331 9268 19", "iban gb29nwbk60161331926819"),
            ("GB29NWBK60161331926819", "GB29 NWBK\n> 6016 1331 9268 19"),
            ("GB29NWBK60161331926819", "sort code 60-16-13, account 31926819"),
            ("MT84MALT011000012345MTLCAST001S", "MT84 MALT 0110 0001 2345 MTLC AST0 01S"),
            ("MORGA657054SM9IJ", "licence MORGA 657054 SM9IJ"),
            ("MORGA 657054 SM9IJ", "licence MORGA-657054-SM9-IJ"),
            ("QQ123456C", "NI no. QQ 12 34 56 C"),
            ("QQ123456C", "QQ 123 456 C"),
            ("4857773456", "NHS 485-777-3456"),
            ("485 777 3456", "NHS 48577 73456"),
            ("20-00-00 55779911", "sort 200000 acct 55779911"),
            ("200000 55779911", "account 5577 9911 (20-00-00)"),
            ("PUP-2024/117", "pup 2024 - 117"),
            ("1234 5678 9012 3456", "card 1234567890123456"),
            ("LRN/0093/22", "Box 4: LRN/O093/22, others"),
            ("TR-2023-118", "our ref: TR-2O23-ll8"),
            ("EMP 20457", "ref.EMP 2O457 (closed)"),
            ("DON#55820", "DON#5582O, others"),
            ("402 681 7768", "4O2 681 7768"),
            ("MEM-003918", "record MEM no. 003918: balance"),
            ("CASE 20417/6", "CASE no. 20417/6."),
        ] {
            assert_eq!(band(reference, text), Some(Band::Certain), "{reference}: {text}");
        }
        assert_eq!(band("20-00-00 55779911", "paid to 55779911"), Some(Band::Likely));
    }

    #[test]
    fn another_number_is_another() {
        for (reference, text) in [
            ("GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 18"),
            ("MORGA657054SM9IJ", "MORGA 657054 SM9IJ2"),
            ("MORGA657054SM9IJ", "XMORGA 657054 SM9IJ"),
            ("MORGA657054SM9IJ", "MORGA, see 657054: SM9IJ"),
            ("20240115", "on 2024-01-15 and 15/01/2024"),
            ("4857773456", "0485 777 34567"),
            ("12345678", "1 2 3 4 5 6 7 8"),
            ("12345678", "1/2/3/4 5 6 7 8"),
        ] {
            assert_eq!(band(reference, text), None, "{reference}: {text}");
        }
    }

    proptest! {
        #[test]
        fn any_grouping_is_found(signs in "[A-Z]{2}[0-9]{2}[A-Z0-9]{4,20}", gaps in "[ ./-]{8}", before in "[a-z .é]{0,9} ", after in "( [a-z0-9.]{0,9})?") {
            let mut text = before;
            for (i, c) in signs.chars().enumerate() {
                text.push(c);
                if i % 4 == 3 && i + 1 < signs.len() {
                    text.extend(gaps.chars().nth(i / 4));
                }
            }
            text.push_str(&after);
            prop_assert_eq!(band(&signs, &text), Some(Band::Certain), "{}", text);
        }
    }
}
