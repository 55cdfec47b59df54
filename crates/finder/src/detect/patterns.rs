//! The pattern pass: one automaton over all rules, then each family's check.

use std::sync::LazyLock;

use regex_automata::Input;
use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use super::rules::{self, Family};
use super::{Finding, Kind, announced, check, context, dates, numbers, place};
use crate::lexicon::{Flags, flags};

/// The automaton and what each of its patterns is.
static AUTOMATON: LazyLock<Option<(Regex, Vec<Family>)>> = LazyLock::new(|| {
    let (families, patterns): (Vec<Family>, Vec<_>) = rules::all().unzip();
    let config = Regex::config().utf8_empty(false).hybrid_cache_capacity(16 << 20);
    Regex::builder().syntax(syntax::Config::new().utf8(false)).configure(config).build_many(&patterns).ok().map(|regex| (regex, families))
});

/// Bytes that one search looks at: `12-12-12-..` without an end may all be the beginning of an address, for each of its numbers again.
const WINDOW: usize = 16 << 10;
/// Bytes behind the beginning of what was found that were looked at, where there are so many: what begins later is looked for anew.
const MARGIN: usize = 2 << 10;

/// Adds everything the patterns find.
pub(super) fn find(text: &str, out: &mut Vec<Finding>) {
    let Some((automaton, families)) = AUTOMATON.as_ref() else { return };
    let mut at = 0;
    while at < text.len() {
        let stop = at.saturating_add(WINDOW).min(text.len());
        let last = if stop < text.len() { stop - MARGIN } else { stop };
        let Some(found) = automaton.search(&Input::new(text).range(at..stop)).filter(|found| found.start() < last) else {
            at = last;
            continue;
        };
        // What reaches the end of the window may go on.
        let cut = found.end() == stop && stop < text.len();
        let whole = if cut { automaton.search(&Input::new(text).range(found.start()..)) } else { None };
        let found = whole.unwrap_or(found);
        let Some(family) = families.get(found.pattern().as_usize()) else { break };
        let next = accept(text, *family, found.start(), found.end(), out);
        at = next.max(found.start() + 1);
    }
}

/// Checks one match; returns where to go on.
fn accept(text: &str, family: Family, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let Some(piece) = text.get(start..end) else { return start };
    let push = |out: &mut Vec<Finding>, kind, end: usize, score, why| {
        out.push(Finding::new(kind, start, end, score, why));
        end
    };
    match family {
        Family::Email => push(out, Kind::Email, end, 0.99, "e-mail address"),
        Family::Url => {
            push(out, Kind::Url, start + piece.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '\'']).len(), 0.95, "web address")
        }
        Family::Iban if check::iban(piece) => {
            push(out, Kind::Iban, end, 0.99, "international bank account number with correct check digits")
        }
        Family::Iban if context::before(text, start, 16, &["iban"]) => {
            push(out, Kind::Reference, end, 0.7, "after the word IBAN, check digits wrong")
        }
        Family::Licence if check::driving_licence(piece) => {
            push(out, Kind::DrivingLicence, end, 0.95, "driving licence number by its structure")
        }
        Family::NationalInsurance if check::national_insurance(piece) && insurance_in_context(text, piece, start, end) => {
            push(out, Kind::NationalInsurance, end, 0.95, "National Insurance number")
        }
        Family::NationalInsurance if !check::national_insurance(piece) && insurance_said(text, start) && ends_in_letter(piece) => {
            push(out, Kind::Reference, end, 0.7, "after the words National Insurance, with letters that are not given out")
        }
        Family::Passport => {
            let sure = context::before(text, start, 48, &["passport"]);
            push(out, Kind::Passport, end, if sure { 0.95 } else { 0.5 }, "passport number by its structure")
        }
        Family::Postcode if check::postcode(piece) && written_as_code(piece) => {
            push(out, Kind::Postcode, end, if piece.contains(' ') { 0.95 } else { 0.8 }, "postcode")
        }
        Family::Vehicle if vehicle_mark(text, piece, start) && vehicle_in_context(text, piece, start, end) => {
            push(out, Kind::Vehicle, end, 0.75, "vehicle registration mark")
        }
        Family::Ip if check::ip(piece) && !context::before(text, start, 12, &["version", "section ", "ver.", "release"]) => {
            push(out, Kind::Ip, end, 0.9, "IP address")
        }
        Family::WordyDate => date(text, start, end, out),
        Family::Address if place::is_address(piece) => push(out, Kind::Address, end, 0.8, "house and street"),
        Family::Numbers => numbers::classify(text, start, end, out),
        Family::Age => push(out, Kind::Age, end, 0.7, "age"),
        Family::Special(category) => {
            out.push(Finding::special(category, start, end, 0.5));
            end
        }
        Family::Reference => announced::reference(text, start, end, out),
        Family::Amount if !leading_nought(piece) => push(out, Kind::Amount, end, 0.4, "an amount of money or a share"),
        Family::Time => push(out, Kind::Date, end, 0.3, "a time of day"),
        Family::Listed => announced::listed(text, start, end, out),
        Family::Named => announced::named(text, start, end, out),
        Family::Handle if announced::is_handle(text, start, end) => push(out, Kind::Handle, end, 0.8, "account on a social network"),
        Family::Spot => push(out, Kind::Address, end, 0.85, "three words for a place on the map"),
        Family::Account => announced::account(text, start, end, out),
        Family::OldMark if check::old_mark(piece) && context::before(text, start, 28, &["reg", "plate"]) => {
            push(out, Kind::Vehicle, end, 0.6, "vehicle registration mark without a year")
        }
        Family::Duration => push(out, Kind::Date, end, 0.3, "a length of time"),
        _ => start,
    }
}

/// Digits that begin with a nought are no amount but a telephone number or a code.
fn leading_nought(piece: &str) -> bool {
    let digits = piece.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.starts_with('0') && digits.as_bytes().get(1).copied().is_some_and(|b| b.is_ascii_digit())
}

fn date(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let end = dates::own_end(text, start, end);
    // "1 may" is more often a verb than a day.
    let piece = text.get(start..end).unwrap_or_default();
    let ambiguous = ["may", "mar", "dec", "sun"].iter().any(|m| piece.ends_with(m));
    if ambiguous && !piece.contains("th") {
        return start;
    }
    let mut finding = numbers::date_finding(text, start, end);
    finding.start = dates::own_start(text, start);
    if let Some(first) = out.pop_if(|last| last.kind == finding.kind && dates::one_period(text, last, &finding)) {
        finding.start = dates::period_start(text, first.start);
    }
    out.push(finding);
    end
}

/// Postcodes come in capitals, or in small letters throughout with a space; `In 5 min` is none.
fn written_as_code(piece: &str) -> bool {
    let lower = piece.chars().any(|c| c.is_ascii_lowercase());
    let upper = piece.chars().any(|c| c.is_ascii_uppercase());
    !lower || (!upper && (piece.contains(' ') || piece.len() >= 6))
}

/// A mark, or one beginning with Q (of a kit or an import), which only the words before it show.
fn vehicle_mark(text: &str, piece: &str, start: usize) -> bool {
    let imported = || piece.strip_prefix('Q').is_some_and(|rest| check::vehicle(&format!("A{rest}")));
    check::vehicle(piece) || imported() && context::before(text, start, 28, &["reg", "plate"])
}

/// Without its last letter, or in small letters after a word that may stand before a date, it takes the words for it.
fn insurance_in_context(text: &str, piece: &str, start: usize, end: usize) -> bool {
    let whole = ends_in_letter(piece);
    let word = piece.get(..2).unwrap_or_default();
    let goes_on = text.get(end..).is_some_and(|t| t.trim_start_matches([' ', '-', '/']).starts_with(|c: char| c.is_ascii_digit()));
    let plain =
        whole && !(word.chars().any(char::is_lowercase) && piece.contains(' ') && flags(word).any(Flags::COMMON.with(Flags::BEFORE)));
    plain || insurance_said(text, start) && !goes_on
}

fn insurance_said(text: &str, start: usize) -> bool {
    context::before(text, start, 40, &["insurance", "nino", "ni no", "ni num", "ni:", "n.i."])
}

fn ends_in_letter(piece: &str) -> bool {
    piece.ends_with(|c: char| c.is_ascii_alphabetic())
}

fn vehicle_in_context(text: &str, piece: &str, start: usize, end: usize) -> bool {
    let near = || context::around(text, start, end, 40, &["reg", "vehicle", "car ", "van ", "plate", "parked", "drives", "minibus"]);
    let capitals = !piece.chars().any(|c| c.is_ascii_lowercase());
    let current = piece.len() >= 7
        && piece.as_bytes().get(2).is_some_and(u8::is_ascii_digit)
        && piece.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    let letters = piece.split(|c: char| !c.is_ascii_alphabetic()).filter(|p| p.len() == 3).all(|p| !flags(p).any(Flags::COMMON));
    if current { capitals || letters || near() } else { capitals && (letters || near()) }
}
