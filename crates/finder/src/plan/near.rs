//! Words in pictures that a reader of letters took for almost what is to go: `Ashdown-Weir` as `Ashdown-Werr1`. The same picture is read
//! at different sizes before and after it is decided about, and each reading has mistakes of its own.

use crate::fold::squash;

/// Shorter words are too often almost another one.
const LEAST: usize = 6;
/// Shorter names that are withheld in other items are too often almost another one.
const LEAST_ELSEWHERE: usize = 8;

/// What is to go, as it is compared with what was read.
#[derive(Debug)]
pub struct Near {
    wanted: Vec<Wanted>,
    /// Letters and digits alone of what is no misread form of anything.
    spared: Vec<String>,
}

#[derive(Debug)]
struct Wanted {
    word: usize,
    /// Letters and digits alone, folded.
    plain: String,
    /// The same as it is compared.
    letters: String,
    count: usize,
    /// Which letters it has, a bit each.
    has: u64,
    /// Of how many words it consists.
    parts: usize,
    how: How,
}

/// How much of a difference is taken for a mistake in reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// So many letters.
    Letters(usize),
    /// So many letters, where those that look alike are one, and the first is the same.
    Alike(usize),
}

/// Read words that are almost one that is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearPlace {
    /// The first of them.
    pub first: usize,
    /// The last of them.
    pub last: usize,
    /// Which word they are.
    pub word: usize,
}

/// Words that were read, as they are compared.
struct Read {
    squashed: Vec<String>,
    has: Vec<u64>,
}

impl Near {
    /// For these words. Those from `elsewhere` on are withheld in other items: nobody marked them in this one.
    pub fn of(words: &[String], elsewhere: usize, spared: &[String]) -> Self {
        let wanted = words.iter().enumerate().filter_map(|(word, text)| {
            let plain = squash(text);
            let count = plain.chars().count();
            let how = if word < elsewhere { (count >= LEAST).then_some(How::Letters((count + 2) / 6)) } else { strictly(text, count) };
            let (letters, parts) = (if word < elsewhere { plain.clone() } else { alike(&plain) }, text.split_whitespace().count());
            Some(Wanted { word, count, has: bits(&letters), plain, letters, parts, how: how? })
        });
        Self { wanted: wanted.collect(), spared: spared.iter().map(|text| squash(text)).filter(|text| !text.is_empty()).collect() }
    }

    /// Where they stand among the words that were read: with one mistake in six to nine letters, and one more in each six that follow, or,
    /// of what is withheld in other items, with fewer, and none where there are digits. A blank too many or too few is no mistake.
    pub fn places(&self, read: &[&str]) -> Vec<NearPlace> {
        let squashed: Vec<String> = read.iter().map(|text| squash(text)).collect();
        let looks: Vec<String> = squashed.iter().map(|text| alike(text)).collect();
        let [plain, looks] = [squashed, looks].map(|squashed| Read { has: squashed.iter().map(|text| bits(text)).collect(), squashed });
        let mut places: Vec<NearPlace> = Vec::new();
        for wanted in &self.wanted {
            let before = places.len();
            let read = if matches!(wanted.how, How::Alike(_)) { &looks } else { &plain };
            for parts in wanted.parts.saturating_sub(1).max(1)..=wanted.parts + 1 {
                for (first, (run, has)) in read.squashed.windows(parts).zip(read.has.windows(parts)).enumerate() {
                    let place = NearPlace { first, last: first + parts - 1, word: wanted.word };
                    if !wanted.may_be(has) {
                        continue;
                    }
                    // The word before or behind may pass for a mistake.
                    let found = places.get(before..).unwrap_or_default().iter();
                    if !found.clone().any(|found| place.first <= found.first && found.last <= place.last)
                        && wanted.is_near(run)
                        && !self.is_spared(&plain.squashed.get(first..first + parts).unwrap_or_default().concat(), wanted)
                    {
                        places.push(place);
                    }
                }
            }
        }
        places
    }

    /// Whether what was read is rather something that stays.
    fn is_spared(&self, read: &str, wanted: &Wanted) -> bool {
        let mistakes = strsim::levenshtein(read, &wanted.plain);
        mistakes > 0 && self.spared.iter().any(|spared| strsim::levenshtein(read, spared) < mistakes)
    }
}

/// Of a name two mistakes in sixteen letters, one in eight, where letters that look alike are one and the first is the same; of anything
/// with digits none, since another digit is another number. Nothing for what is too short.
fn strictly(text: &str, count: usize) -> Option<How> {
    let is_number = text.contains(|c: char| c.is_ascii_digit() || c == '@');
    (count >= LEAST_ELSEWHERE).then_some(How::Alike(if is_number { 0 } else { count / 8 }))
}

/// With one letter for all that a reader takes for each other.
fn alike(letters: &str) -> String {
    let one = |c| match c {
        '1' | 'l' | 'j' | 't' | 'f' => 'i',
        '0' | 'q' | 'c' | 'e' => 'o',
        '5' => 's',
        '8' => 'b',
        '9' => 'g',
        '2' => 'z',
        'v' | 'u' => 'n',
        other => other,
    };
    letters.chars().map(one).collect()
}

fn bits(letters: &str) -> u64 {
    letters.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

impl Wanted {
    /// A quick look before letters are compared: each mistake brings at most one letter and takes at most one away.
    fn may_be(&self, has: &[u64]) -> bool {
        let (How::Letters(mistakes) | How::Alike(mistakes)) = self.how;
        let has = has.iter().fold(0, |all, one| all | one);
        (has ^ self.has).count_ones() as usize <= 2 * mistakes
    }

    fn is_near(&self, run: &[String]) -> bool {
        let (How::Letters(most) | How::Alike(most)) = self.how;
        // Bytes are at least as many as letters: a quick look before the letters are compared.
        let length: usize = run.iter().map(String::len).sum();
        let has_edges = run.first().is_some_and(|text| !text.is_empty()) && run.last().is_some_and(|text| !text.is_empty());
        has_edges && length + most >= self.count && length <= self.letters.len() + 4 * most && {
            let read = run.concat();
            let starts_alike = matches!(self.how, How::Letters(_)) || read.chars().next() == self.letters.chars().next();
            starts_alike && strsim::levenshtein(&read, &self.letters) <= most
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn all(words: &[&str], elsewhere: usize, spared: &[&str], read: &str) -> Vec<(usize, usize, usize)> {
        let read: Vec<&str> = read.split(' ').collect();
        let near = Near::of(&strings(words), elsewhere, &strings(spared));
        near.places(&read).into_iter().map(|place| (place.first, place.last, place.word)).collect()
    }

    fn places(words: &[&str], read: &str) -> Vec<(usize, usize, usize)> {
        all(words, words.len(), &[], read)
    }

    fn elsewhere(word: &str, read: &str) -> bool {
        !all(&[word], 0, &[], read).is_empty()
    }

    #[test]
    fn a_word_read_with_a_mistake_is_found() {
        assert_eq!(places(&["Leopold Ashdown-Weir"], "met by Leopold Ashdown-Werr1. at"), [(2, 3, 0)]);
        assert_eq!(places(&["x", "Lovelace"], "by L0velace, Ada"), [(1, 1, 1)]);
        assert_eq!(places(&["Ada Lovelace"], "by AdaLove1ace !"), [(1, 1, 0)]);
        assert_eq!(places(&["Lovelace"], "Love lace"), [(0, 1, 0)]);
        assert_eq!(places(&["Zoë Müller"], "by Zoe Muller"), [(1, 2, 0)]);
    }

    #[test]
    fn what_is_another_word_is_not() {
        assert!(places(&["Lovelace"], "a loveless place").is_empty());
        assert!(places(&["Price"], "pride").is_empty(), "too short to tell");
        assert!(places(&["Lovelace"], "").is_empty());
        assert!(places(&[], "Lovelace").is_empty());
    }

    #[test]
    fn the_same_run_is_not_taken_with_a_mark_beside_it() {
        assert_eq!(places(&["Lovelace"], "! Lovelace -"), [(1, 1, 0)]);
        assert_eq!(places(&["Leopold Ashdown-Weir"], "met by Leopold Ashdown-Weir"), [(2, 3, 0)]);
    }

    #[test]
    fn what_is_withheld_in_other_items_is_looked_for_more_strictly() {
        assert!(elsewhere("Leopold Ashdown-Weir", "met by Leopold Ashdown-Werr1. at"));
        assert!(elsewhere("Darren Hart", "Darrcn Hait"));
        assert!(elsewhere("jo.quick@mail.example", "jo.quick\u{a9}mai1.example"));
        assert!(elsewhere("QQ 12 34 56 C", "QQ l2 34 56 C"));
        for (word, read) in [
            ("Darren Hart", "Warren Hart"),
            ("Darren Hart", "Karen Hart"),
            ("Ann Lee", "Ann Lea"),
            ("07700 900123", "07700 900124"),
            ("j.smith@school.example", "k.smith@school.example"),
            ("14 Larkspur Close", "24 Larkspur Close"),
        ] {
            assert!(!elsewhere(word, read), "{word} in {read}");
        }
    }

    #[test]
    fn what_is_nearer_to_something_that_stays_stays() {
        assert_eq!(all(&["Darren Hart"], 1, &["Warren Hart"], "by Warren Hart"), []);
        assert_eq!(all(&["Darren Hart"], 1, &["Warren Hart"], "by Darren Hart"), [(1, 2, 0)]);
        assert_eq!(all(&["Leopold Ashdown-Weir"], 0, &["Leopold Ashdown-Wein"], "Leopold Ashdown-Wein"), []);
    }

    proptest! {
        #[test]
        fn a_mistake_of_looks_is_seen_through(
            given in "[A-Z][a-z]{2,7}", family in "[A-Z][a-z]{5,9}", at in 1_usize..8,
            (right, wrong) in prop::sample::select(vec![('l', '1'), ('o', '0'), ('e', 'c'), ('s', '5'), ('t', 'f'), ('u', 'v')]),
        ) {
            let name = format!("{given} {family}");
            let read: String = name.chars().enumerate().map(|(n, c)| if n >= at && c == right { wrong } else { c }).collect();
            prop_assert!(elsewhere(&name, &read), "{name} in {read}");
        }

        #[test]
        fn what_stays_is_never_taken(word in "[A-Z][a-z]{3,7} [A-Z][a-z]{3,7}", stays in "[A-Z][a-z]{3,7} [A-Z][a-z]{3,7}", from in 0_usize..2) {
            prop_assume!(squash(&word) != squash(&stays));
            let found = all(&[&word], from, &[&stays], &stays);
            prop_assert!(!found.contains(&(0, 1, 0)), "{word} {stays}");
        }

        #[test]
        fn another_number_is_another(digits in "0[0-9]{10}", at in 0_usize..11, other in 0_u8..10) {
            let mut changed = digits.clone().into_bytes();
            let to = b'0' + other;
            prop_assume!(changed[at] != to);
            changed[at] = to;
            let changed = String::from_utf8(changed).unwrap();
            prop_assert!(!elsewhere(&digits, &changed), "{digits} {changed}");
        }
    }
}
