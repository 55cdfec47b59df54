//! Numbers that a word before them announces: references, registers, `no.`.

use super::{Finding, Kind, check, context, numbers};
use crate::lexicon::{Flags, Hash, flags, look_up};

/// The number after the word that announces it; only where it does not look like something better known.
pub(super) fn reference(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let piece = text.get(start..end).unwrap_or_default();
    let from = piece.rfind([' ', ':', '#', '(']).map_or(start, |i| start + i + 1);
    let number = text.get(from..end).unwrap_or_default();
    // "order 4111111111111112" or "file 01132496000" may be a card or a telephone: the digits are looked at by themselves.
    let bare = number.bytes().all(|b| b.is_ascii_digit());
    let joints = number.bytes().filter(|b| matches!(b, b'-' | b'/')).count();
    let goes_on =
        text.get(end..).is_some_and(|t| t.strip_prefix([' ', '-', '.', '/']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit())));
    // `case no. 1057` says that it is no year.
    let said = piece.split([' ', '.', ':']).any(|w| matches!(w.to_ascii_lowercase().as_str(), "no" | "nos" | "number" | "numbers"));
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) && !said;
    let least = if said { 2 } else { 4 };
    let good = if bare { (least..=8).contains(&number.len()) && !goes_on && !year } else { joints == 1 && !goes_on };
    if from == start || !good {
        return from.max(start + 1) - 1;
    }
    let from = if LAND.iter().any(|w| piece.get(..w.len()).is_some_and(|p| p.eq_ignore_ascii_case(w))) { start } else { from };
    out.push(Finding::new(Kind::Reference, from, end, 0.6, "reference number after the word for it"));
    end
}

/// What follows `no.` or `nos.`: `no. 128`, `nos. 260, 268, 119/5`. Laws are numbered too, and other numbers are better known by their form.
pub(super) fn listed(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let piece = text.get(start..end).unwrap_or_default();
    let from = start + first_of_number(piece);
    let word = text.get(start..from).unwrap_or_default();
    let number = text.get(from..end).unwrap_or_default();
    let sheet = word.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("sheet"));
    let marked = sheet || word.contains('.') || word.trim_end().eq_ignore_ascii_case("nos");
    // `nos. 45, 119/5 and 121/2/3`: among several of a kind none is a date.
    let list = number.contains([',', '&']) || number.contains(" and ");
    let law = || {
        context::before(
            text,
            start,
            14,
            &["law", "act ", "article", "protocol", "regulation", "directive", "decree", "rule", "convention", "section"],
        )
    };
    if !marked || check::count(number) < 2 || goes_on(text, end) || law() || !(list || sheet) && better_known(text, from, end) {
        return from.max(start + 1) - 1;
    }
    // Of land the number is known by its word alone: `plot no. 937`.
    let from = land(text, start).unwrap_or(from);
    out.push(Finding::new(Kind::Reference, from, end, 0.5, "a number after the word for it"));
    end
}

/// Words for a piece of land, which belong to its number.
const LAND: [&str; 2] = ["plot", "parcel"];

/// Where the word for a piece of land begins that stands right before.
fn land(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start).unwrap_or_default().strip_suffix([' ', '\u{a0}'])?;
    let word = ["plots", "parcels"].iter().chain(&LAND).find(|w| before.ends_with(**w))?;
    let from = before.len() - word.len();
    (!before.get(..from).is_some_and(|t| t.ends_with(char::is_alphanumeric))).then_some(from)
}

/// The number somebody has in a register: a taxpayer's, a pupil's, a doctor's.
pub(super) fn named(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let piece = text.get(start..end).unwrap_or_default();
    let from = start + first_of_number(piece);
    let number = text.get(from..end).unwrap_or_default();
    let year = number.len() == 4 && number.starts_with(['1', '2']);
    let word = text.get(start..from).unwrap_or_default();
    let least = if word.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("share")) { 2 } else { 4 };
    if check::count(number) < least || year || goes_on(text, end) || (!alike(word) && surely_known(text, from, end)) {
        return from.max(start + 1) - 1;
    }
    out.push(Finding::new(Kind::Reference, from, end, 0.8, "the number somebody has in a register"));
    end
}

/// Where the number begins, with the letters that stand right before it.
fn first_of_number(piece: &str) -> usize {
    let digit = piece.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let head = piece.get(..digit).unwrap_or_default();
    let letters = head.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '/'));
    // The word itself is no part of it: `no128`.
    if letters.is_empty() { digit } else { letters.len() }
}

fn goes_on(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|t| t.strip_prefix([' ', '-', '.', '/']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit())))
}

/// True when the digits are a date, a telephone number, an account.
fn better_known(text: &str, from: usize, end: usize) -> bool {
    known(text, from, end).iter().any(|f| f.kind != Kind::Reference)
}

fn known(text: &str, from: usize, end: usize) -> Vec<Finding> {
    let mut known = Vec::new();
    if check::count(text.get(from..end).unwrap_or_default()) >= 6 {
        numbers::classify(text, from, end, &mut known);
    }
    known
}

/// Registers whose own numbers have ten digits, one in eleven of which passes for an NHS number, and devices, whose numbers all pass for
/// a card's.
fn alike(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["utr", "tax", "uln", "learner", "imei"].iter().any(|w| word.contains(w))
}

/// True when the digits by themselves are an identifier with a check digit, or a telephone number: no register's word makes them less.
fn surely_known(text: &str, from: usize, end: usize) -> bool {
    known(text, from, end).iter().any(|f| f.kind != Kind::Reference && f.score >= 0.8)
}

/// True when the sign for an account stands by itself: no part of an address, no time of day (`@10am`), and nobody spoken to by their
/// whole name (`@Liz Thorn`).
pub(super) fn is_handle(text: &str, start: usize, end: usize) -> bool {
    let alone = !text
        .get(..start)
        .is_some_and(|t| t.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '/' | '%' | '+')));
    let name = text.get(start + 1..end).unwrap_or_default();
    let time = || {
        let rest = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        rest.len() < name.len() && matches!(rest.to_ascii_lowercase().as_str(), "" | "am" | "pm")
    };
    let spoken_to = || {
        let next = text.get(end..).and_then(|t| t.strip_prefix(' ')).is_some_and(|t| t.starts_with(char::is_uppercase));
        next && name.starts_with(char::is_uppercase) && name.bytes().all(|b| b.is_ascii_alphabetic()) && flags(name).any(Flags::GIVEN)
    };
    alone && !time() && !spoken_to()
}

/// The account after the name of its network: `Discord: liz#1234`, `her Instagram is liz.t`. Ordinary words, names, addresses and numbers
/// behind such a name are something else.
pub(super) fn account(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let piece = text.get(start..end).unwrap_or_default();
    let from = start + piece.rfind([' ', ':', '=']).map_or(0, |i| i + 1);
    let name = text.get(from..end).unwrap_or_default();
    let bare = name.trim_start_matches('@');
    let rest = text.get(end..).unwrap_or_default();
    let goes_on = rest.starts_with(['@', '/', ':', '#', '\'', '\u{2019}']) || rest.starts_with(|c: char| c.is_alphanumeric());
    let letters = bare.bytes().all(|b| b.is_ascii_alphabetic());
    let word = || look_up(Hash::of(bare)).any(Flags::FREQUENT.into_iter().fold(Flags::COMMON, Flags::with));
    let last =
        || rest.trim_start_matches(['.', ',', ';', ')', ' ', '\r']).is_empty() || rest.starts_with(['\n', '\r', ',', ';', ')', '|', '\t']);
    let plain = letters && name == bare && (bare.starts_with(char::is_uppercase) || word() || !last());
    let number = bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    // With nothing between it has to look like one: `insta dave_bakes`.
    let networks = text.get(start..from).unwrap_or_default().trim_end();
    let unsaid = networks.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
        && networks.split(' ').count() == 1
        && !bare.contains(['_', '#'])
        && name == bare;
    if goes_on || plain || unsaid || number || bare.starts_with("www.") || bare.len() < 3 {
        return start;
    }
    out.push(Finding::new(Kind::Handle, from, end, 0.8, "account after the name of its network"));
    end
}
