//! The word lists: given names, surnames, places, common words and small word classes.
//!
//! One look-up by hash answers what is known about a word; the lists are data files in `data/`.

mod clusters;
mod nicknames;
mod table;

pub(crate) use clusters::cluster;
pub use clusters::cluster_table;
pub(crate) use nicknames::{equivalents_of, forms_of};
pub(crate) use table::{Hash, look_up};

/// What is known about a word: a set of the constants below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u32);

impl Flags {
    /// Nothing is known.
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const GIVEN: Self = Self(1);
    pub(crate) const SURNAME: Self = Self(1 << 1);
    pub(crate) const PLACE: Self = Self(1 << 2);
    pub(crate) const COMMON: Self = Self(1 << 3);
    pub(crate) const TITLE: Self = Self(1 << 4);
    pub(crate) const SALUTATION: Self = Self(1 << 5);
    pub(crate) const SIGNOFF: Self = Self(1 << 6);
    pub(crate) const RELATION: Self = Self(1 << 7);
    pub(crate) const SPEECH: Self = Self(1 << 8);
    pub(crate) const BEFORE: Self = Self(1 << 9);
    pub(crate) const PARTICLE: Self = Self(1 << 10);
    pub(crate) const ORG: Self = Self(1 << 11);
    pub(crate) const STREET: Self = Self(1 << 12);
    /// Given names that are ordinary words when written small: `ruby`, `bill`.
    pub(crate) const NOUN: Self = Self(1 << 13);
    /// A given name somewhere in the world.
    pub(crate) const WIDE_GIVEN: Self = Self(1 << 14);
    /// A surname somewhere in the world.
    pub(crate) const WIDE_SURNAME: Self = Self(1 << 15);
    /// A town or country somewhere in the world.
    pub(crate) const WIDE_PLACE: Self = Self(1 << 16);
    /// Among the thousand, the five thousand, the twenty thousand words that English writes most.
    pub(crate) const FREQUENT: [Self; 3] = [Self(1 << 17), Self(1 << 18), Self(1 << 19)];

    /// A word for people of a country or nation.
    pub(crate) const NATION: Self = Self(1 << 20);
    /// A word for what somebody does for a living or learns.
    pub(crate) const OCCUPATION: Self = Self(1 << 21);

    /// The classes the rules know. The rest is evidence for the name model alone.
    pub(crate) const fn for_rules(self) -> Self {
        Self(self.0 & 0x3fff)
    }

    /// That evidence, as bits.
    pub(crate) const fn wide(self) -> u8 {
        (self.0 >> 14) as u8
    }

    /// The classes the rules know, as bits.
    pub(crate) const fn bits(self) -> u32 {
        self.0 & 0x3fff
    }

    /// True when any of the given classes is among these.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known about a word in any spelling.
pub(crate) fn flags(word: &str) -> Flags {
    look_up(Hash::of(word)).for_rules()
}

/// True for a word for people of a country or nation.
pub(crate) fn is_nation(word: &str) -> bool {
    look_up(Hash::of(word)).any(Flags::NATION)
}

/// True for a word for what somebody does for a living or learns.
pub(crate) fn is_occupation(word: &str) -> bool {
    look_up(Hash::of(word)).any(Flags::OCCUPATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_spelling() {
        for (word, flag) in [
            ("Siân", Flags::GIVEN),
            ("PRIYA", Flags::GIVEN),
            ("O’Connell", Flags::SURNAME),
            ("Żaneta", Flags::GIVEN),
            ("Monday", Flags::COMMON),
            ("Don't", Flags::COMMON),
            ("Leeds", Flags::PLACE),
            ("Mrs", Flags::TITLE),
            ("Lane", Flags::STREET),
            ("mother", Flags::RELATION),
            ("Millie", Flags::GIVEN),
        ] {
            assert!(flags(word).any(flag), "{word}");
        }
        assert_eq!(flags("xyzzyx"), Flags::default());
    }

    #[test]
    fn the_lists_cover_the_nations_and_communities_of_the_country() {
        for given in [
            "Gwenllian",
            "Rhodri",
            "Ruaridh",
            "Saoirse",
            "Gurpreet",
            "Ayesha",
            "Chukwuemeka",
            "Oluwaseun",
            "Katarzyna",
            "Xiaoming",
            "Mehmet",
            "Nimco",
        ] {
            assert!(flags(given).any(Flags::GIVEN), "{given}");
        }
        for surname in [
            "Llewellyn",
            "Protheroe",
            "MacLeod",
            "Gallagher",
            "Sandhu",
            "Choudhury",
            "Okafor",
            "Owusu",
            "Kowalski",
            "Nguyen",
            "Zhang",
            "Yilmaz",
        ] {
            assert!(flags(surname).any(Flags::SURNAME), "{surname}");
        }
    }
}
