//! The hash table of all word lists, built once.

use std::sync::LazyLock;

use super::Flags;
use crate::fold::fold_char;

/// A 64-bit FNV-1a hash of the folded letters of a word; apostrophes, dots and hyphens are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hash(u64);

impl Hash {
    /// All of its bits.
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// Thirty-two of its bits.
    pub(crate) const fn short(self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }

    /// Hashes a word without allocating.
    pub(crate) fn of(word: &str) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |b: u8| hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        if word.is_ascii() {
            for b in word.bytes().filter(u8::is_ascii_alphanumeric) {
                add(b.to_ascii_lowercase());
            }
        } else {
            for c in word.chars() {
                fold_char(c, |d| {
                    if d.is_alphanumeric() {
                        d.encode_utf8(&mut [0; 4]).bytes().for_each(&mut add);
                    }
                });
            }
        }
        Self(hash)
    }
}

/// Open addressing with linear probing; a key of nought marks an empty slot.
struct Table {
    slots: Vec<(u32, Flags)>,
    mask: usize,
}

impl Table {
    fn new(size: usize) -> Self {
        let size = size.next_power_of_two();
        Self { slots: vec![(0, Flags::default()); size], mask: size - 1 }
    }

    fn place(&self, hash: u64) -> usize {
        (hash ^ (hash >> 29)) as usize & self.mask
    }

    /// What a slot keeps of a hash. The rest is in where the slot lies, or all but.
    const fn key(hash: u64) -> u32 {
        (hash >> 32) as u32 | 1
    }

    fn add(&mut self, word: &str, flags: Flags) {
        let Hash(hash) = Hash::of(word);
        let (mut at, key) = (self.place(hash), Self::key(hash));
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == key || slot.0 == 0 {
                *slot = (key, slot.1.with(flags));
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    fn get(&self, hash: u64) -> Flags {
        let (mut at, key) = (self.place(hash), Self::key(hash));
        while let Some((found, flags)) = self.slots.get(at) {
            if *found == key {
                return *flags;
            }
            if *found == 0 {
                return Flags::default();
            }
            at = (at + 1) & self.mask;
        }
        Flags::default()
    }
}

/// What the lists know about a word of this hash.
pub(crate) fn look_up(hash: Hash) -> Flags {
    static TABLE: LazyLock<Table> = LazyLock::new(build);
    TABLE.get(hash.0)
}

fn build() -> Table {
    // Three slots a word keep the probes short: the files hold about 90,000 words.
    let mut table = Table::new(1 << 18);
    for (text, flags) in [
        (include_str!("../../data/given.txt"), Flags::GIVEN),
        (include_str!("../../data/surnames.txt"), Flags::SURNAME),
        (include_str!("../../data/places.txt"), Flags::PLACE),
        (include_str!("../../data/common.txt"), Flags::COMMON),
        (include_str!("../../data/nicknames.txt"), Flags::GIVEN),
        (include_str!("../../data/given-wide.txt"), Flags::WIDE_GIVEN),
        (include_str!("../../data/surnames-wide.txt"), Flags::WIDE_SURNAME),
        (include_str!("../../data/places-wide.txt"), Flags::WIDE_PLACE),
    ] {
        words(text).for_each(|w| table.add(w, flags));
    }
    for (class, words) in lines(include_str!("../../data/words.txt")).filter_map(|l| l.split_once(':')) {
        let flags = match class {
            "title" => Flags::TITLE,
            "salutation" => Flags::SALUTATION,
            "signoff" => Flags::SIGNOFF,
            "relation" => Flags::RELATION,
            "speech" => Flags::SPEECH,
            "before" => Flags::BEFORE,
            "particle" => Flags::PARTICLE,
            "org" => Flags::ORG,
            "street" => Flags::STREET,
            "noun" => Flags::NOUN,
            "nation" => Flags::NATION,
            "occupation" => Flags::OCCUPATION,
            _ => Flags::default(),
        };
        words.split_whitespace().for_each(|w| table.add(w, flags));
    }
    let bands = Flags::FREQUENT.iter().zip(["1", "2", "3"]);
    for (flags, band) in bands {
        let of = lines(include_str!("../../data/frequent.txt")).filter_map(|l| l.split_once(": ")).filter(|(b, _)| *b == band);
        of.flat_map(|(_, words)| words.split_whitespace()).for_each(|w| table.add(w, *flags));
    }
    table
}

/// The lines of a data file without its comments.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    lines(text).flat_map(str::split_whitespace).map(|w| w.trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn no_two_words_share_a_hash() {
        let mut seen: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
        for text in [
            include_str!("../../data/given.txt"),
            include_str!("../../data/surnames.txt"),
            include_str!("../../data/places.txt"),
            include_str!("../../data/common.txt"),
            include_str!("../../data/nicknames.txt"),
            include_str!("../../data/words.txt"),
        ] {
            for word in words(text) {
                seen.entry(Hash::of(word).0).or_default().insert(crate::fold::squash(word));
            }
        }
        assert!(seen.len() > 9_000, "{} words", seen.len());
        assert!(!seen.contains_key(&0));
        assert!(seen.values().all(|words| words.len() == 1));
    }

    #[test]
    fn every_file_says_what_it_is() {
        for text in
            [include_str!("../../data/given.txt"), include_str!("../../data/surnames.txt"), include_str!("../../data/nicknames.txt")]
        {
            assert!(text.starts_with('#') && text.contains("licence"));
        }
    }
}
