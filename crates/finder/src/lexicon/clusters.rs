//! Which words are used alike: a table of a quarter of a million slots, looked up as it lies in the file.

use super::Hash;

static FILE: &[u8] = include_bytes!("../../data/clusters.bin");

/// Slots of the table; each is two bytes that tell words apart and two with the group.
const SLOTS: usize = 1 << 18;
/// How far from its place a word may lie.
const REACH: usize = 64;

/// The group of a word, from 1; 0 for a word that is in none. The lower five bits of one less tell groups of a kind apart.
pub(crate) fn cluster(hash: Hash) -> u16 {
    let (at, check) = place(hash);
    for slot in (at..at + REACH).map(|i| i & (SLOTS - 1)) {
        let Some([a, b, c, d]) = FILE.as_chunks::<4>().0.get(slot) else { return 0 };
        let group = u16::from_le_bytes([*c, *d]);
        if group == 0 || u16::from_le_bytes([*a, *b]) == check {
            return group;
        }
    }
    0
}

/// The table of words with their groups, as it lies in the file. Of two words that are told apart by nothing the first stays.
pub fn cluster_table<'a>(words: impl Iterator<Item = (&'a str, u16)>) -> Vec<u8> {
    let mut slots = vec![[0_u8; 4]; SLOTS];
    for (word, group) in words {
        let (at, check) = place(Hash::of(word));
        for slot in (at..at + REACH).map(|i| i & (SLOTS - 1)) {
            let Some(slot) = slots.get_mut(slot) else { break };
            let [a, b, c, d] = *slot;
            if [c, d] == [0, 0] {
                let ([a, b], [c, d]) = (check.to_le_bytes(), group.to_le_bytes());
                *slot = [a, b, c, d];
                break;
            }
            if u16::from_le_bytes([a, b]) == check {
                break;
            }
        }
    }
    slots.concat()
}

/// Where a word lies if it lies in its place, and what tells it apart there.
const fn place(hash: Hash) -> (usize, u16) {
    let mixed = (hash.bits() ^ (hash.bits() >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 40) as usize & (SLOTS - 1), (mixed >> 8) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_the_whole_table_and_knows_usual_words() {
        assert_eq!(FILE.len(), SLOTS * 4);
        assert_ne!(cluster(Hash::of("monday")), 0);
        assert_eq!(cluster(Hash::of("Monday")), cluster(Hash::of("monday")));
        assert_eq!(cluster(Hash::of("qzxqzxv")), 0);
    }

    #[test]
    fn a_table_gives_back_what_was_put_into_it() {
        let words: Vec<String> = (0..5_000).map(|n| format!("w{n}")).collect();
        let table = cluster_table(words.iter().map(|w| (w.as_str(), 7)));
        assert_eq!(table.len(), SLOTS * 4);
        assert!(table.as_chunks::<4>().0.iter().filter(|s| s[2] == 7).count() > 4_990);
    }
}
