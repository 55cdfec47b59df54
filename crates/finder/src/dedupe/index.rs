//! Which quotations already stand in another item.

use std::collections::HashMap;
use std::ops::Range;

use super::quotes::{lines, quoted_ranges};
use crate::fold::fold;

/// A quotation that stands word for word in another item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Bytes of the quoting text, whole lines.
    pub range: Range<usize>,
    /// The item that shows these lines.
    pub shown_in: usize,
}

/// The lines of all items, fed in the order in which they will be shown.
///
/// A quotation is collapsed only when all its lines stand one after another in one other item, and they are shown there:
/// not themselves quoted, or quoted in an earlier item. So no text is ever lost by pointing in a circle.
#[derive(Debug, Default)]
pub struct QuoteIndex {
    items: HashMap<usize, Item>,
    places: HashMap<u64, Vec<(usize, usize)>>,
    order: HashMap<usize, usize>,
}

#[derive(Debug)]
struct Item {
    lines: Vec<u64>,
    /// For each line, whether it is itself a quotation.
    quoted: Vec<bool>,
}

/// At most so many places of one line are looked at: signatures and greetings stand everywhere.
const PLACES: usize = 64;
/// What is repeated is folded away from so many lines with something on them, and so many bytes, on.
const LINES: usize = 4;
const BYTES: usize = 200;

impl QuoteIndex {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an item that will be shown. Items count as shown in the order of adding.
    pub fn add(&mut self, item: usize, text: &str) {
        let ranges = quoted_ranges(text);
        let mut kept = Item { lines: Vec::new(), quoted: Vec::new() };
        for line in lines(text) {
            if let Some(hash) = normal(line.text) {
                let place = self.places.entry(hash).or_default();
                if place.len() < PLACES {
                    place.push((item, kept.lines.len()));
                }
                kept.lines.push(hash);
                kept.quoted.push(ranges.iter().any(|r| r.contains(&line.start)));
            }
        }
        let next = self.order.len();
        self.order.entry(item).or_insert(next);
        self.items.insert(item, kept);
    }

    /// The quotations of an item that stand in another one. Attribution lines (`On … wrote:`) and dividers may be missing there.
    pub fn shown_elsewhere(&self, item: usize, text: &str) -> Vec<Quoted> {
        let all = lines(text);
        quoted_ranges(text)
            .into_iter()
            .filter_map(|range| {
                let block: Vec<(u64, usize)> = all
                    .iter()
                    .filter(|l| l.start >= range.start && l.end <= range.end)
                    .filter_map(|l| normal(l.text).map(|h| (h, l.start)))
                    .collect();
                // The attribution and a header block are new words of the quoting program: skip up to eight such lines.
                (0..block.len().min(9)).find_map(|skip| {
                    let wanted = block.get(skip..)?;
                    let (_, start) = wanted.first()?;
                    let skipped = text.get(range.start..*start)?;
                    let enough = wanted.len() >= 2 || wanted.len() == block.len();
                    if !enough || !is_preamble(skipped) {
                        return None;
                    }
                    self.home(item, wanted).map(|shown_in| Quoted { range: *start..range.end, shown_in })
                })
            })
            .collect()
    }

    /// The passages of an item's own words that stand word for word in an earlier item, in its own words: copies of one message in
    /// several mailboxes, a text that was changed in one place, a footer under every letter. Short ones stay.
    pub fn repeated(&self, item: usize, text: &str) -> Vec<Quoted> {
        let quotes = quoted_ranges(text);
        let own = |start: usize| !quotes.iter().any(|range| range.contains(&start));
        let block: Vec<(u64, usize, usize, bool)> =
            lines(text).iter().filter_map(|l| normal(l.text).map(|hash| (hash, l.start, l.end, own(l.start)))).collect();
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some((_, start, ..)) = block.get(at) {
            let (length, shown_in) = self.longest(item, block.get(at..).unwrap_or_default());
            let end = block.get((at + length).saturating_sub(1)).map_or(*start, |(_, _, end, _)| *end);
            if length >= LINES && end - start >= BYTES {
                out.push(Quoted { range: *start..end, shown_in });
                at += length;
            } else {
                at += 1;
            }
        }
        out
    }

    /// How many of these lines stand together in an earlier item, and in which.
    fn longest(&self, item: usize, block: &[(u64, usize, usize, bool)]) -> (usize, usize) {
        let mine = self.order.get(&item).copied().unwrap_or(usize::MAX);
        let places = block.first().and_then(|(hash, ..)| self.places.get(hash)).map(Vec::as_slice).unwrap_or_default();
        let earlier = places.iter().filter(|(other, _)| self.order.get(other).is_some_and(|order| *order < mine));
        let run = |other: &usize, at: &usize| {
            let found = self.items.get(other)?;
            let there = found.lines.get(*at..)?.iter().zip(found.quoted.get(*at..)?);
            Some(block.iter().zip(there).take_while(|((hash, _, _, own), (line, quoted))| hash == *line && *own && !**quoted).count())
        };
        earlier
            .filter_map(|(other, at)| Some((run(other, at)?, *other)))
            .max_by_key(|(length, other)| (*length, usize::MAX - other))
            .unwrap_or_default()
    }

    fn home(&self, item: usize, wanted: &[(u64, usize)]) -> Option<usize> {
        let (first, _) = wanted.first()?;
        let mine = self.order.get(&item).copied().unwrap_or(usize::MAX);
        let fits: Vec<(usize, bool)> = self
            .places
            .get(first)?
            .iter()
            .filter(|(other, _)| *other != item)
            .filter_map(|(other, at)| {
                let found = self.items.get(other)?;
                let same = found.lines.get(*at..at + wanted.len())?.iter().zip(wanted).all(|(a, (b, _))| a == b);
                let fresh = found.quoted.get(*at..at + wanted.len())?.iter().all(|q| !q);
                let earlier = self.order.get(other).is_some_and(|o| *o < mine);
                (same && (fresh || earlier)).then_some((*other, fresh))
            })
            .collect();
        fits.iter().find(|(_, fresh)| *fresh).or_else(|| fits.first()).map(|(other, _)| *other)
    }
}

/// True for text that only introduces a quotation: an attribution, a divider, header lines.
fn is_preamble(text: &str) -> bool {
    text.lines().map(|l| l.trim_start_matches(['>', ' ', '*']).trim()).all(|l| {
        let header = ["from:", "sent:", "date:", "to:", "cc:", "subject:"]
            .iter()
            .any(|h| l.get(..h.len()).is_some_and(|s| s.eq_ignore_ascii_case(h)));
        l.is_empty() || header || l.ends_with("wrote:") || l.starts_with("On ") || l.starts_with("--") || l.starts_with("__")
    })
}

/// The hash of a line without quotation marks, folded; nothing for an empty one.
fn normal(line: &str) -> Option<u64> {
    let bare = line.trim_start_matches(['>', ' ', '|', '\t']).trim();
    if bare.is_empty() {
        return None;
    }
    let folded = fold(bare);
    Some(folded.trim().bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "From: Jo\nTo: Al\nSubject: Trip\n\nCan you come on Friday?\nBring the forms.\n\nJo\n";
    const REPLY: &str = "From: Al\nTo: Jo\nSubject: Re: Trip\n\nYes I can.\n\nOn 3 June 2025 Jo wrote:\n> Can you come on Friday?\n> Bring the forms.\n>\n> Jo\n";

    #[test]
    fn a_quotation_points_to_the_message_it_quotes() {
        let mut index = QuoteIndex::new();
        index.add(1, FIRST);
        index.add(2, REPLY);
        let quoted = index.shown_elsewhere(2, REPLY);
        assert_eq!(quoted.len(), 1);
        assert_eq!(quoted[0].shown_in, 1);
        assert!(REPLY[quoted[0].range.clone()].starts_with("> Can you come"));
        assert_eq!(index.shown_elsewhere(1, FIRST), []);
    }

    #[test]
    fn an_altered_quotation_is_kept() {
        let mut index = QuoteIndex::new();
        let altered = REPLY.replace("Bring the forms.", "Bring no forms.");
        index.add(1, FIRST);
        index.add(2, &altered);
        assert_eq!(index.shown_elsewhere(2, &altered), []);
    }

    fn letter(middle: &str) -> String {
        let said = |what: &str| format!("We talked about {what} for quite some time, and agreed to talk about it again next week.\n");
        format!("{}{}\n{}{middle}\n{}{}{}{}", said("a"), said("b"), said("c"), said("d"), said("e"), said("f"), said("g"))
    }

    #[test]
    fn of_an_altered_copy_only_what_is_new_remains() {
        let (first, second) = (letter("Ben comes."), letter("Ben does not come."));
        let mut index = QuoteIndex::new();
        index.add(3, &first);
        index.add(8, &second);
        assert_eq!(index.repeated(3, &first), [], "the first stays whole");
        let mut left = second.clone();
        let found = index.repeated(8, &second);
        assert!(found.iter().all(|one| one.shown_in == 3));
        found.iter().rev().for_each(|one| left.replace_range(one.range.clone(), ""));
        assert!(left.contains("Ben does not come.") && !left.contains("about e"), "{left}");
    }

    #[test]
    fn short_repetitions_stay() {
        let mut index = QuoteIndex::new();
        index.add(1, FIRST);
        index.add(2, FIRST);
        assert_eq!(index.repeated(2, FIRST), []);
    }

    proptest::proptest! {
        /// However items repeat each other, every line is shown in some item.
        #[test]
        fn nothing_is_folded_away_everywhere(items in proptest::collection::vec(proptest::collection::vec((0..3_usize, proptest::bool::weighted(0.2)), 1..30), 1..6)) {
            let line = |(n, quoted): &(usize, bool)| {
                format!("{}Line number {n} says something that is long enough to be folded away.", if *quoted { "> " } else { "" })
            };
            let text = |lines: &Vec<(usize, bool)>| lines.iter().map(line).collect::<Vec<_>>().join("\n");
            let texts: Vec<String> = items.iter().map(text).collect();
            let mut index = QuoteIndex::new();
            for (at, text) in texts.iter().enumerate() {
                index.add(at, text);
            }
            let mut shown = std::collections::BTreeSet::new();
            for (at, text) in texts.iter().enumerate() {
                let mut gone = index.shown_elsewhere(at, text);
                gone.extend(index.repeated(at, text));
                let kept = |start: usize| !gone.iter().any(|one| one.range.contains(&start));
                shown.extend(lines(text).iter().filter(|line| kept(line.start)).filter_map(|line| normal(line.text)));
            }
            for text in &texts {
                for line in lines(text) {
                    proptest::prop_assert!(normal(line.text).is_none_or(|hash| shown.contains(&hash)), "{:?}", texts);
                }
            }
        }
    }

    #[test]
    fn two_quotations_of_a_lost_message_never_point_at_each_other() {
        let other = REPLY.replace("Yes I can.", "Me too.");
        let mut index = QuoteIndex::new();
        index.add(1, REPLY);
        index.add(2, &other);
        assert_eq!(index.shown_elsewhere(1, REPLY), []);
        assert_eq!(index.shown_elsewhere(2, &other).first().map(|q| q.shown_in), Some(1));
    }
}
