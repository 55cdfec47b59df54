//! Names that stand in a row: `Amy, Gerald, Matthew and Katie`, `its founders: Castro, Zimmerman and Fletcher`.
//!
//! What the words around one name leave open, its neighbours in the row decide: whoever stands among people is one.

use std::ops::Range;
use std::sync::LazyLock;

use super::edges::token_at;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::{Flags, Hash};

const NAME: Flags = Flags::GIVEN.with(Flags::SURNAME);
/// Most words of one name in a row.
const LONGEST: usize = 3;

/// Small words by their hashes.
struct Words {
    and: u32,
    or: u32,
    plural: Vec<u32>,
    people: Vec<u32>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let all = |words: &str| words.split_whitespace().map(|w| Hash::of(w).short()).collect();
    Words {
        and: Hash::of("and").short(),
        or: Hash::of("or").short(),
        plural: all("were are have had both agree agreed say said think who whose"),
        people: all("founders cofounders co-founders directors trustees governors owners teachers pupils students children parents sons \
             daughters brothers sisters siblings twins cousins friends neighbours neighbors witnesses authors editors speakers winners \
             candidates applicants patients residents carers volunteers players singers actors colleagues heirs executors tenants \
             guardians grandparents grandchildren attendees participants guests"),
    }
});

/// One name of a row: its tokens.
type Item = Range<usize>;
/// Where a name stands, in bytes.
type Spot = (usize, usize);

/// Adds who stands in a row with people, and takes apart what was taken for a firm of partners. `findings` are sorted.
pub(super) fn mend(view: &View<'_>, findings: &mut Vec<Finding>) {
    let (mut i, mut people) = (0, Vec::new());
    while i < view.tokens().len() {
        if !joins(view.tokens(), i) {
            i += 1;
            continue;
        }
        let row = row(view.tokens(), i);
        let end = row.last().map_or(i, |item| item.end);
        if row.len() > 1 {
            settle(view, &row, findings, &mut people);
        }
        i = end.max(i + 1);
    }
    if !people.is_empty() {
        put(view, &people, findings);
    }
}

/// True for a comma, `and`, `or` or `&` right behind a word with a capital.
fn joins(tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).and_then(|b| tokens.get(b)) else { return false };
    (before.named() || before.shape == Shape::Initial) && tokens.get(i).is_some_and(links)
}

fn links(t: &Token) -> bool {
    t.shape == Shape::Comma || t.sign == '&' || t.shape == Shape::Lower && (t.hash == WORDS.and || t.hash == WORDS.or)
}

/// The names of the row whose first link stands at `link`.
fn row(tokens: &[Token], link: usize) -> Vec<Item> {
    let word = |i: usize| tokens.get(i).is_some_and(|t| t.named() || t.shape == Shape::Initial);
    let mut first = link;
    while first > 0 && link - first < LONGEST && word(first - 1) {
        first -= 1;
    }
    let mut items: Vec<Item> = std::iter::once(first..link).collect();
    let mut at = link;
    while tokens.get(at).is_some_and(links) {
        let mut start = at + 1;
        // `Amy, and Gerald`
        while tokens.get(start).is_some_and(links) {
            start += 1;
        }
        let end = (start..start + LONGEST).take_while(|i| word(*i)).last().map_or(start, |last| last + 1);
        if end == start || start > at + 2 {
            break;
        }
        items.push(start..end);
        at = end;
    }
    items
}

/// Notes where people stand in a row that nobody found yet.
fn settle(view: &View<'_>, row: &[Item], findings: &[Finding], people: &mut Vec<Spot>) {
    let tokens = view.tokens();
    let of = |item: &Item| tokens.get(item.clone()).unwrap_or_default();
    if row.iter().flat_map(of).any(|t| t.has(Flags::ORG.with(Flags::STREET).with(Flags::TITLE))) {
        return;
    }
    let kinds: Vec<Option<Kind>> = row.iter().map(|item| kind(view, item, findings)).collect();
    let persons = kinds.iter().filter(|kind| **kind == Some(Kind::Person)).count();
    let known = row.iter().filter(|item| of(item).iter().any(is_name)).count();
    let announced = announced(tokens, row);
    let first_names = row.len() > 2 && row.iter().all(|item| item.len() == 1) && given(row.iter().flat_map(of));
    let acting = row.len() == 2 && known == 2 && row.iter().all(|item| item.len() == 1) && acts(tokens, row);
    let among_people = announced || persons * 2 >= row.len() && row.len() > 2;
    if !among_people && !((first_names || acting) && one_firm(view, row, findings)) {
        return;
    }
    for (item, kind) in row.iter().zip(kinds) {
        let fits = announced || of(item).iter().any(is_name);
        let other = matches!(kind, Some(Kind::Organisation | Kind::Place | Kind::Person));
        let taken = kind.is_some() && !other;
        if kind != Some(Kind::Person) && fits && !taken {
            people.extend(place(view, item));
        }
    }
}

/// True for a word that some list knows as a name.
fn is_name(t: &Token) -> bool {
    t.has(NAME) || t.wide & (Flags::WIDE_GIVEN.wide() | Flags::WIDE_SURNAME.wide()) != 0
}

/// What a name of the row was found to be, as a whole or as a part of something longer.
fn kind(view: &View<'_>, item: &Item, findings: &[Finding]) -> Option<Kind> {
    let (start, end) = place(view, item)?;
    at(findings, start, end).map(|f| f.kind)
}

fn place(view: &View<'_>, item: &Item) -> Option<Spot> {
    let tokens = view.tokens().get(item.clone())?;
    Some((tokens.first()?.start, tokens.last()?.end))
}

/// The finding that touches a range.
fn at(findings: &[Finding], start: usize, end: usize) -> Option<&Finding> {
    let from = findings.partition_point(|f| f.end <= start);
    findings.get(from..).unwrap_or_default().iter().take_while(|f| f.start < end).find(|f| f.kind.rank() > Kind::Special.rank())
}

/// True when the whole row was found as one organisation.
fn one_firm(view: &View<'_>, row: &[Item], findings: &[Finding]) -> bool {
    let ends = row.first().zip(row.last()).and_then(|(a, b)| Some((place(view, a)?.0, place(view, b)?.1)));
    ends.and_then(|(start, end)| at(findings, start, end).map(|f| f.kind == Kind::Organisation && f.start <= start + 1 && f.end + 1 >= end))
        .unwrap_or(false)
}

/// True when all are given names and one is no surname as well: firms are called after surnames.
fn given<'a>(mut words: impl Iterator<Item = &'a Token>) -> bool {
    let mut first_name_only = false;
    words.all(|t| {
        first_name_only |= t.has(Flags::GIVEN) && !t.has(Flags::SURNAME);
        t.has(Flags::GIVEN)
    }) && first_name_only
}

/// True behind a word for several people: `founders: `, `her sons`.
fn announced(tokens: &[Token], row: &[Item]) -> bool {
    let Some(first) = row.first() else { return false };
    let word = |back: usize| first.start.checked_sub(back).and_then(|i| tokens.get(i));
    let people = |t: &Token| t.shape == Shape::Lower && WORDS.people.contains(&t.hash);
    let sign = word(1).is_some_and(|t| matches!(t.sign, ':' | ',' | '(' | '-' | '\u{2013}'));
    word(1).is_some_and(people) || sign && word(2).is_some_and(people)
}

/// True when several are said to do something right behind the row.
fn acts(tokens: &[Token], row: &[Item]) -> bool {
    row.last().and_then(|last| tokens.get(last.end)).is_some_and(|t| t.shape == Shape::Lower && WORDS.plural.contains(&t.hash))
}

/// Puts people in the place of whatever was found there. Both are sorted.
fn put(view: &View<'_>, people: &[Spot], findings: &mut Vec<Finding>) {
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len() + people.len());
    let mut at = 0;
    for mut old in findings.drain(..) {
        while people.get(at).is_some_and(|spot| spot.1 <= old.start) {
            at += 1;
        }
        let inside = people.get(at..).unwrap_or_default().iter().take_while(|spot| spot.0 < old.end);
        if old.kind.rank() > Kind::Special.rank() {
            // What of a firm stands before and behind is looked at by itself.
            for (start, end) in inside {
                out.push(Finding { end: before(view, *start), ..old.clone() });
                old.start = behind(view, *end);
            }
        }
        out.push(old);
    }
    out.retain(|f| f.start < f.end);
    out.extend(people.iter().map(|(start, end)| Finding::new(Kind::Person, *start, *end, 0.7, "stands in a row with people")));
    out.sort_by_key(|f| f.start);
    *findings = out;
}

/// The end of the last word before a place that links nothing.
fn before(view: &View<'_>, start: usize) -> usize {
    let tokens = view.tokens();
    let at = token_at(tokens, start);
    tokens.get(..at).unwrap_or_default().iter().rev().find(|t| !links(t)).map_or(start, |t| t.end)
}

/// The start of the first word behind a place that links nothing.
fn behind(view: &View<'_>, end: usize) -> usize {
    let tokens = view.tokens();
    let at = token_at(tokens, end);
    tokens.get(at..).unwrap_or_default().iter().find(|t| !links(t)).map_or(end, |t| t.start)
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    fn people(text: &str) -> Vec<&str> {
        Detector::new().detect(text).into_iter().filter(|f| f.kind == Kind::Person).map(|f| &text[f.start..f.end]).collect()
    }

    #[test]
    fn everybody_in_a_row_is_found() {
        assert_eq!(
            people("There were six: Amy, Kendra, Jason, Gerald, Matthew and Katie."),
            ["Amy", "Kendra", "Jason", "Gerald", "Matthew", "Katie"]
        );
        assert_eq!(
            people("It belongs to its three founders: Shimasaki, Gregory and Fletcher. They met in 1999."),
            ["Shimasaki", "Gregory", "Fletcher"]
        );
        assert_eq!(people("Her sons Borz, Leo and Victoria's cousin Paul came.").len(), 4);
        assert_eq!(people("We asked. Bellini and Mcfarland were there from the start."), ["Bellini", "Mcfarland"]);
    }

    #[test]
    fn places_and_firms_in_a_row_stay_what_they_are() {
        for text in [
            "We have offices in Leeds, York and Bradford.",
            "Closed on Monday, Tuesday and Friday.",
            "The Policy, the Handbook and the Register are in the office.",
            "Tesco, Asda and Morrisons were closed.",
        ] {
            assert_eq!(people(text), [""; 0], "{text}");
        }
    }
}
