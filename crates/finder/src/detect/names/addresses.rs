//! Words of an address that look like somebody's name: streets called after people, towns nobody has heard of.

use super::edges::token_at;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

/// Why a name is a place.
pub(super) const WHY: &str = "stands in an address where a town stands";

/// True for a name where no person stands: behind the number of a flat (`Suite 694 Valderice Trapani`), between a street and a postcode,
/// or behind what ships are called by (`HMS Victor Marlow`).
pub(super) fn is_place(view: &View<'_>, finding: &Finding) -> bool {
    let tokens = view.tokens();
    let word = |t: &Token| view.text().get(t.start..t.end).unwrap_or_default();
    let (first, beyond) = (token_at(tokens, finding.start), token_at(tokens, finding.end));
    let name = tokens.get(first..beyond).unwrap_or_default();
    let before = first.checked_sub(1).and_then(|i| tokens.get(i));
    let ships = |t: &Token| t.shape == Shape::Upper && SHIPS.contains(&word(t));
    if name.len() > 1 && name.first().is_some_and(ships) || before.is_some_and(ships) {
        return true;
    }
    if name.iter().chain(before).any(|t| t.has(Flags::TITLE)) {
        return false;
    }
    let mut back = tokens.get(..first).unwrap_or_default().iter().rev();
    let Some(address) = back.find(|t| !between(t)).filter(|t| is_address(t)) else { return false };
    if FLATS.iter().any(|flat| word(address).get(..flat.len()).is_some_and(|w| w.eq_ignore_ascii_case(flat))) {
        return true;
    }
    let gap = view.text().get(address.end..finding.start).unwrap_or_default();
    let whole = name.len() > 1 && name.first().is_some_and(|t| t.has(Flags::GIVEN)) && name.last().is_some_and(|t| t.has(Flags::SURNAME));
    let next = tokens.get(beyond..).unwrap_or_default().iter().find(|t| !between(t));
    let code = next.is_some_and(|t| is_address(t) || t.shape == Shape::Number || t.shape == Shape::Upper && t.end - t.start < 4);
    !whole && (!gap.contains('\n') || code) && gap.len() < 12
}

/// What may stand between the parts of an address: a comma, an end of line, the marks of a quotation.
const fn between(t: &Token) -> bool {
    matches!(t.shape, Shape::Comma | Shape::Line) || matches!(t.sign, '>' | '|' | '?' | '*')
}

/// True for what the patterns took for a part of an address.
fn is_address(t: &Token) -> bool {
    t.stands_for(Kind::Address)
}

/// How the part of a house begins that has a number.
const FLATS: [&str; 6] = ["suite", "apt", "apartment", "flat", "unit", "floor"];
/// What stands before the name of a ship.
const SHIPS: [&str; 9] = ["HMS", "RMS", "USS", "USNS", "USCGC", "USNV", "MV", "SS", "RFA"];

/// Where an address ends that begins with a street called after somebody: `Kálmán Imre u. 12`, `Runeberga gatan 4`.
pub(super) fn street_end(view: &View<'_>, finding: &Finding) -> Option<usize> {
    let tokens = view.tokens();
    let mut at = token_at(tokens, finding.end);
    let word = tokens.get(at).filter(|t| t.shape == Shape::Lower).and_then(|t| view.text().get(t.start..t.end))?;
    if !STREETS_ABROAD.contains(&word) {
        return None;
    }
    at += 1;
    at += usize::from(tokens.get(at).is_some_and(|t| t.sign == '.'));
    tokens.get(at).filter(|t| t.shape == Shape::Number).map(|t| t.end)
}

/// Words for a street that stand small between its name and the number.
const STREETS_ABROAD: &[&str] = &[
    "u",
    "utca",
    "út",
    "útja",
    "tér",
    "tere",
    "körút",
    "köz",
    "sor",
    "sétány",
    "põik",
    "tänav",
    "tn",
    "mnt",
    "pst",
    "vej",
    "gade",
    "plads",
    "gata",
    "gatan",
    "gate",
    "väg",
    "vei",
    "veien",
    "katu",
    "tie",
    "weg",
    "straat",
    "laan",
    "plein",
    "ulice",
    "ulica",
    "trg",
    "cesta",
    "iela",
    "gatvė",
    "prospekt",
    "nám",
    "náměstí",
];

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    #[test]
    fn towns_and_ships_are_nobody() {
        for text in
            ["12 Via Roma Suite 694 Valderice Trapani", "7 Long Lane, Apt. 268, Marika Beder, Denmark", "He served on HMS Victor Marlow."]
        {
            let people: Vec<_> = Detector::new().detect(text).into_iter().filter(|f| f.kind == Kind::Person).collect();
            assert!(people.is_empty(), "{people:?}");
        }
    }
}
