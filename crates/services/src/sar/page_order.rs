//! What is burnt out of the pages of one item, and whether they may go out.

use std::collections::{BTreeMap, BTreeSet};

use finder::document::{Document, DocumentKind, PartKind};
use finder::plan::{Near, Words};

use super::draft::{Decision, DraftItem};
use super::pages::{MOST_SHOWN, Readers, UNREAD};
use crate::ports::{BurntPages, Others, PageArea, PageOrder, Places};

pub(super) const TRUNCATED: &str = "Only the beginning of this file was read.";
pub(super) const MORE_THAN_DECIDED: &str =
    "A word that is withheld in one place is shown in another. On a page it would be covered in both.";

/// What of the pages only the person who looks at them can judge, besides what the burner says of them. Pages are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// These words stand more often in the text than places were covered.
    Fewer {
        /// The words.
        words: String,
        /// How often they stand in the text.
        times: usize,
        /// The page of each place that was covered.
        pages: Vec<usize>,
    },
    /// These words are withheld in another item, and were covered here though nothing is marked in the text.
    Covered {
        /// The words.
        words: String,
        /// The page of each place.
        pages: Vec<usize>,
    },
    /// These words of the text read almost like others that are withheld, as when a picture was misread, and are not marked. On the pages
    /// they may be covered; the text goes out with them.
    InText {
        /// The words of the text.
        words: String,
        /// What they read like.
        like: String,
    },
    /// These words are withheld in another item, may mean something else here, and were not covered.
    Uncovered {
        /// The words.
        words: String,
        /// The page of each place.
        pages: Vec<usize>,
    },
}

/// What is to be burnt out of the pages of an item.
pub(super) struct Order<'a> {
    document: &'a Document,
    /// What is withheld in its text, ascending.
    gone: Vec<(usize, usize)>,
    withhold: Vec<String>,
    /// How often a string stands in what is shown on a page, by its index; others are in properties alone.
    on_pages: BTreeMap<usize, usize>,
    /// What is withheld in other items: taken out, and only told of.
    elsewhere: (Vec<String>, Vec<String>),
    spare: &'a [String],
    areas: &'a [PageArea],
    /// The print of the pages on which a person agreed.
    agreed: Option<&'a str>,
    looked_at: bool,
}

impl<'a> Order<'a> {
    /// `Err` where strings would take away more, or other places, than a person decided.
    pub(super) fn of(item: &'a DraftItem, readers: Readers<'a>) -> Result<Self, &'static str> {
        let document = &item.scanned.document;
        if document.truncated {
            return Err(TRUNCATED);
        }
        let gone = gone(item);
        let (mut withhold, mut on_pages) = (Vec::new(), BTreeSet::new());
        for (start, end) in &gone {
            let text = document.text.get(*start..*end).ok_or(UNREAD)?.trim().to_owned();
            let index = withhold.iter().position(|known| *known == text).unwrap_or_else(|| {
                withhold.push(text);
                withhold.len() - 1
            });
            if is_on_pages(document, *start, *end) {
                on_pages.insert(index);
            }
        }
        for string in readers.kept {
            if !withhold.contains(string) {
                withhold.push(string.clone());
            }
        }
        let places = Words::new(&withhold, false).places(&document.text);
        let covered = |start: usize, end: usize| is_covered(&gone, start, end);
        if !places.iter().all(|place| covered(place.start, place.end)) {
            return Err(MORE_THAN_DECIDED);
        }
        let said = item.pages.as_ref();
        let agreed = said.and_then(|said| said.agreed.as_deref());
        let elsewhere = readers.elsewhere.map(|all| all.for_item(&document.text, &covered, &withhold)).unwrap_or_default();
        let times = times(document, &withhold);
        Ok(Self {
            document,
            gone,
            on_pages: on_pages.into_iter().map(|index| (index, times.get(&index).copied().unwrap_or(1))).collect(),
            withhold,
            elsewhere,
            spare: readers.elsewhere.map(finder::plan::Elsewhere::spare).unwrap_or_default(),
            areas: said.map(|said| said.areas.as_slice()).unwrap_or_default(),
            agreed,
            looked_at: agreed.is_some(),
        })
    }

    /// `None` where the pages cannot go out: without a person's word only those of PDFs do, on which nothing was covered by hand.
    pub(super) fn to_go_out(item: &'a DraftItem, readers: Readers<'a>) -> Option<Self> {
        if item.pages.as_ref().is_some_and(|said| said.text) {
            return None;
        }
        let order = Self::of(item, readers).ok()?;
        let by_itself = item.scanned.document.kind == DocumentKind::Pdf && order.areas.is_empty();
        (order.agreed.is_some() || by_itself).then_some(order)
    }

    /// The same for a person who looks at the pages.
    pub(super) fn for_a_person(self) -> Self {
        Self { looked_at: true, ..self }
    }

    /// How many of the withheld strings stand on no page where they could be covered.
    pub(super) fn missing(&self, burnt: &BurntPages) -> usize {
        self.on_pages.keys().filter(|index| !burnt.found.contains_key(index)).count()
    }

    /// Whether these are the pages on which a person agreed, or such on which nobody needs to look.
    pub(super) fn may_go_out(&self, burnt: &BurntPages) -> bool {
        let is_certain = || burnt.look.is_empty() && self.doubts(burnt).is_empty();
        let as_agreed = self.agreed.map_or_else(is_certain, |agreed| burnt.print() == agreed);
        as_agreed && self.missing(burnt) == 0
    }

    /// What of these pages only a person can judge.
    pub(super) fn doubts(&self, burnt: &BurntPages) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for (index, times) in &self.on_pages {
            if let (Some(words), Some(pages)) = (self.withhold.get(*index), burnt.found.get(index))
                && pages.len() < *times
            {
                doubts.push(Doubt::Fewer { words: words.clone(), times: *times, pages: pages.clone() });
            }
        }
        let (burn, tell) = &self.elsewhere;
        let in_text = if burnt.elsewhere.is_empty() { BTreeMap::new() } else { times(self.document, burn) };
        let more = |index: &usize, pages: &[usize]| pages.len() > in_text.get(index).copied().unwrap_or_default();
        let named = |strings: &[String], places: &Places| {
            let named = places.iter().filter_map(|(index, pages)| Some((*index, strings.get(*index)?.clone(), pages.clone())));
            named.collect::<Vec<_>>()
        };
        let covered = named(burn, &burnt.elsewhere).into_iter().filter(|(index, _, pages)| more(index, pages));
        doubts.extend(covered.map(|(_, words, pages)| Doubt::Covered { words, pages }));
        doubts.extend(named(tell, &burnt.told).into_iter().map(|(_, words, pages)| Doubt::Uncovered { words, pages }));
        // Letters of a text are not misread.
        if !burnt.look.is_empty() {
            doubts.extend(self.misread());
        }
        doubts
    }

    /// Words of the text that read almost like what is withheld.
    fn misread(&self) -> Vec<Doubt> {
        let strings = [self.withhold.as_slice(), &self.elsewhere.0].concat();
        let text = self.document.text.as_str();
        let mut behind = 0;
        let placed = text.split_whitespace().map(|word| {
            let start = behind + text.get(behind..).and_then(|rest| rest.find(word)).unwrap_or_default();
            behind = start + word.len();
            (start, behind)
        });
        let placed: Vec<(usize, usize)> = placed.collect();
        let words: Vec<&str> = placed.iter().filter_map(|(start, end)| text.get(*start..*end)).collect();
        let mut met = BTreeSet::new();
        let mut doubts = Vec::new();
        for place in Near::of(&strings, self.withhold.len(), self.spare).places(&words) {
            let (Some((start, _)), Some((_, end))) = (placed.get(place.first), placed.get(place.last)) else { continue };
            let (start, end, like) = (*start, *end, strings.get(place.word).cloned().unwrap_or_default());
            let touched = self.gone.iter().any(|(from, to)| *from < end && start < *to);
            if !touched && is_on_pages(self.document, start, end) && met.insert((start, end)) {
                let words = text.get(start..end).unwrap_or_default().to_owned();
                doubts.push(Doubt::InText { words, like });
            }
        }
        doubts
    }

    pub(super) fn as_ordered(&self) -> PageOrder<'_> {
        // What nobody could be shown goes out by itself neither.
        let elsewhere = Others { burn: &self.elsewhere.0, tell: &self.elsewhere.1, spare: self.spare };
        PageOrder { withhold: &self.withhold, elsewhere, areas: self.areas, looked_at: self.looked_at, most: MOST_SHOWN }
    }
}

/// What is withheld in the text of an item, ascending. Ranges that touch are one: a sentence around a name is looked for as it stands,
/// not ` has ` by itself.
fn gone(item: &DraftItem) -> Vec<(usize, usize)> {
    let withheld = item.redactions.iter().filter(|redaction| redaction.decision == Decision::Withhold);
    let mut gone: Vec<(usize, usize)> = withheld.map(|redaction| (redaction.start, redaction.end)).collect();
    gone.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(gone.len());
    for (start, end) in gone {
        match joined.last_mut() {
            Some(last) if start == last.1 => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Whether these ranges, ascending, cover all of another.
fn is_covered(gone: &[(usize, usize)], start: usize, end: usize) -> bool {
    let mut at = start;
    for (from, to) in gone {
        if *from <= at && at < *to {
            at = *to;
        }
    }
    at >= end
}

fn is_on_pages(document: &Document, start: usize, end: usize) -> bool {
    document.parts.iter().any(|part| part.kind == PartKind::Body && part.start < end && start < part.end)
}

/// How often each string stands in what is shown on pages, by its index. What is found in two ways at one place is one.
fn times(document: &Document, strings: &[String]) -> BTreeMap<usize, usize> {
    let mut times: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for place in Words::new(strings, false).places(&document.text) {
        if is_on_pages(document, place.start, place.end) {
            let (count, behind) = times.entry(place.word).or_default();
            *count += usize::from(place.start >= *behind);
            *behind = place.end.max(*behind);
        }
    }
    times.into_iter().map(|(word, (count, _))| (word, count)).collect()
}
