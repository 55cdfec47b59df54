//! What a scan notes as it goes, so that it can be broken off and gone on with, and so that the
//! same search again reads only what is new: for each part of a place its stamp, how far it was
//! read, and what of it concerns the person. No text of anything else is kept (ADR 0018).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use finder::identity::Identity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::outcome::Outcome;
use super::scan::{Keeping, Place};
use crate::error::Error;
use crate::ports::{Extractor, Failure, Mark, Part};

/// Raised whenever what is noted, or how texts are compared, changes its meaning.
const FORM: u32 = 3;

/// Where notes are kept between one run and the next. They hold personal data: whoever keeps
/// them seals them.
pub trait Memory {
    /// Hands over every note there is, in the order they were made, each with its number.
    ///
    /// # Errors
    /// What keeps them cannot be read.
    fn recall(&mut self, each: &mut dyn FnMut(u64, Vec<u8>)) -> Result<(), Error>;

    /// Keeps another note; after this returns a killed process has lost nothing of it.
    ///
    /// # Errors
    /// What keeps them cannot be written.
    fn note(&mut self, note: &[u8]) -> Result<(), Error>;

    /// These notes are of no use any more.
    ///
    /// # Errors
    /// What keeps them cannot be written.
    fn forget(&mut self, numbers: &[u64]) -> Result<(), Error>;
}

/// What a note rests on: who is searched for, what is kept, and the way of reading. Under
/// another edition everything is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition([u8; 32]);

impl Edition {
    /// Something that only who knows the person and the search can say: a secret to seal notes with.
    pub const fn secret(&self) -> &[u8] {
        &self.0
    }

    /// The edition of a search.
    ///
    /// # Errors
    /// The person cannot be written down.
    pub fn of(person: &Identity, keeping: Keeping, extractor: &dyn Extractor) -> Result<Self, Error> {
        let about = serde_json::to_vec(&(FORM, env!("CARGO_PKG_VERSION"), keeping, extractor.edition(), person));
        let about = about.map_err(|error| Failure::because("writing down what is searched for", error))?;
        Ok(Self(Sha256::digest(&about).into()))
    }
}

/// An item of a part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ItemNote {
    pub(super) locator: String,
    pub(super) bytes: u64,
    /// Documents it turned into, and things in it that could not be read.
    pub(super) documents: u64,
    /// Of these, what anybody will want to hear of.
    pub(super) outcomes: Vec<Outcome>,
}

/// Items of which there is nothing to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Passed {
    pub(super) items: u64,
    pub(super) bytes: u64,
    pub(super) documents: u64,
}

impl Passed {
    pub(super) fn add(&mut self, other: Self) {
        self.items += other.items;
        self.bytes += other.bytes;
        self.documents += other.documents;
    }
}

/// A part of a place, or as much of it as was read between two notes.
#[derive(Debug, Deserialize)]
struct PartNote {
    place: String,
    name: String,
    stamp: String,
    items: Vec<ItemNote>,
    passed: Passed,
    mark: Mark,
    /// It was read to its end.
    whole: bool,
}

#[derive(Deserialize)]
struct Note {
    edition: Edition,
    parts: Vec<PartNote>,
}

/// [`PartNote`] as it is written, with nothing copied for it.
#[derive(Serialize)]
pub(super) struct PartOut<'s> {
    pub(super) place: &'s str,
    pub(super) name: String,
    pub(super) stamp: String,
    pub(super) items: Vec<&'s ItemNote>,
    pub(super) passed: Passed,
    pub(super) mark: Mark,
    pub(super) whole: bool,
}

#[derive(Serialize)]
struct NoteOut<'s> {
    edition: Edition,
    parts: &'s [PartOut<'s>],
}

/// What is known of a part.
pub(super) struct Known {
    stamp: String,
    pub(super) items: Vec<ItemNote>,
    pub(super) passed: Passed,
    pub(super) mark: Mark,
    pub(super) whole: bool,
    notes: Vec<u64>,
}

/// The notes of one search.
pub(super) struct Ledger<'m> {
    memory: &'m mut dyn Memory,
    edition: Edition,
    places: Vec<String>,
    parts: HashMap<(usize, String), Known>,
    recalled: Vec<u64>,
    used: BTreeSet<u64>,
    /// There were notes of another edition.
    pub(super) other_edition: bool,
    /// Parts that had changed.
    pub(super) changed: u64,
}

impl<'m> Ledger<'m> {
    /// Opens the notes. Those of another edition are dropped at once.
    pub(super) fn open(memory: &'m mut dyn Memory, edition: Edition, places: &[Place]) -> Result<Self, Error> {
        let places = keys(places);
        let (mut parts, mut recalled, mut other) = (HashMap::new(), Vec::new(), Vec::new());
        memory.recall(&mut |number, bytes| match postcard::from_bytes::<Note>(&bytes) {
            Ok(note) if note.edition == edition => {
                recalled.push(number);
                note.parts.into_iter().for_each(|part| take_in(&mut parts, &places, part, number));
            }
            _ => other.push(number),
        })?;
        if !other.is_empty() {
            memory.forget(&other)?;
        }
        let other_edition = !other.is_empty();
        Ok(Self { memory, edition, places, parts, recalled, used: BTreeSet::new(), other_edition, changed: 0 })
    }

    /// Whether a part was read to its end and is the same.
    pub(super) fn knows(&self, place: usize, part: Part<'_>) -> bool {
        self.parts.get(&(place, part.name.to_owned())).is_some_and(|known| known.whole && known.stamp == part.stamp)
    }

    /// What is known of a part, which is given away.
    pub(super) fn known(&mut self, place: usize, part: Part<'_>) -> Option<Known> {
        let known = self.parts.remove(&(place, part.name.to_owned()))?;
        if known.stamp == part.stamp {
            self.used.extend(&known.notes);
            return Some(known);
        }
        self.changed += 1;
        None
    }

    /// The names of the places in notes.
    pub(super) fn places(&self) -> Vec<String> {
        self.places.clone()
    }

    /// Keeps what was read since the last note.
    pub(super) fn note(&mut self, parts: &[PartOut<'_>]) -> Result<(), Error> {
        if parts.is_empty() {
            return Ok(());
        }
        let note = postcard::to_allocvec(&NoteOut { edition: self.edition, parts });
        self.memory.note(&note.map_err(|error| Failure::because("writing down what was searched", error))?)
    }

    /// The search is whole: what it did not need was about things that are no more.
    pub(super) fn finish(self) -> Result<(), Error> {
        let useless: Vec<u64> = self.recalled.iter().copied().filter(|number| !self.used.contains(number)).collect();
        if useless.is_empty() { Ok(()) } else { self.memory.forget(&useless) }
    }
}

/// The places by their names; several of one name are counted.
fn keys(places: &[Place]) -> Vec<String> {
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    let numbered = places.iter().map(|place| {
        let number = met.entry(place.name.as_str()).or_default();
        *number += 1;
        format!("{number} {}", place.name)
    });
    numbered.collect()
}

fn take_in(parts: &mut HashMap<(usize, String), Known>, places: &[String], part: PartNote, number: u64) {
    let Some(place) = places.iter().position(|key| *key == part.place) else { return };
    let PartNote { name, stamp, items, passed, mark, whole, .. } = part;
    match parts.entry((place, name)) {
        std::collections::hash_map::Entry::Occupied(mut known) if known.get().stamp == stamp && !known.get().whole => {
            let known = known.get_mut();
            known.items.extend(items);
            known.passed.add(passed);
            (known.mark, known.whole) = (mark, whole);
            known.notes.push(number);
        }
        entry => {
            entry.insert_entry(Known { stamp, items, passed, mark, whole, notes: vec![number] });
        }
    }
}
