//! Spoilt copies of good files: the same ones for the same seed and number, as many as one likes.
//!
//! A copy is changed in a few places, in the ways in which files go wrong and in which people make
//! them go wrong: bits, bytes, lengths, numbers, words of the format, pieces left out, doubled,
//! moved, taken from another file, an end cut off. Of a zip the insides are changed as well, and
//! packed again, so that what reads them is reached.

mod change;
mod packed;

use crate::rng::Rng;

/// The largest copy, in bytes; a larger file is never lengthened.
const LARGEST: usize = 32 << 10;

/// Good files of one kind, and the words that stand in them.
#[derive(Debug)]
pub struct Spoiler {
    goods: Vec<Good>,
    words: Vec<Vec<u8>>,
}

#[derive(Debug)]
struct Good {
    bytes: Vec<u8>,
    /// What is in it, when it is a zip.
    members: Vec<(String, Vec<u8>)>,
}

impl Spoiler {
    /// For these good files. Without any, the copies are random bytes.
    pub fn new(goods: Vec<Vec<u8>>) -> Self {
        let goods: Vec<Good> = goods.into_iter().map(|bytes| Good { members: packed::members(&bytes), bytes }).collect();
        let mut words: Vec<Vec<u8>> = Vec::new();
        for good in &goods {
            let inside = good.members.iter().map(|(_, bytes)| bytes.as_slice());
            inside.chain([good.bytes.as_slice()]).for_each(|bytes| gather(bytes, &mut words));
        }
        words.sort_unstable();
        words.dedup();
        Self { goods, words }
    }

    /// One spoilt copy.
    pub fn input(&self, seed: u64, number: u64) -> Vec<u8> {
        let mut random = Rng::new(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
        random.draw();
        let Some(good) = self.good(&mut random) else { return noise(&mut random, 256) };
        if random.below(128) == 0 {
            let mut bytes = good.bytes.get(..random.below(good.bytes.len().min(64))).unwrap_or_default().to_vec();
            bytes.extend(noise(&mut random, 256));
            return bytes;
        }
        if !good.members.is_empty() && random.chance(75) {
            return self.repacked(good, &mut random);
        }
        let mut bytes = good.bytes.clone();
        self.change(&mut bytes, &mut random);
        bytes
    }

    fn good(&self, random: &mut Rng) -> Option<&Good> {
        self.goods.get(random.below(self.goods.len()))
    }

    fn repacked(&self, good: &Good, random: &mut Rng) -> Vec<u8> {
        let mut members = good.members.clone();
        for _ in 0..=random.below(2) {
            let at = random.below(members.len());
            match random.below(16) {
                0 => drop(members.remove(at)),
                1 => {
                    let again = members.get(at).cloned();
                    members.extend(again);
                }
                2 => {
                    let other = members.get(random.below(members.len())).map(|(_, bytes)| bytes.clone());
                    if let (Some((_, bytes)), Some(other)) = (members.get_mut(at), other) {
                        *bytes = other;
                    }
                }
                _ => {
                    if let Some((_, bytes)) = members.get_mut(at) {
                        self.change(bytes, random);
                    }
                }
            }
            if members.is_empty() {
                break;
            }
        }
        let mut bytes = packed::zip(&members, random.chance(20));
        if random.chance(10) {
            self.change(&mut bytes, random);
        }
        bytes
    }

    fn change(&self, bytes: &mut Vec<u8>, random: &mut Rng) {
        let largest = LARGEST.max(bytes.len());
        let times = [1, 1, 2, 2, 3, 4, 6, 10].get(random.below(8)).copied().unwrap_or(1);
        for _ in 0..times {
            let other = self.good(random).map(|good| good.bytes.as_slice()).unwrap_or_default();
            change::one(bytes, &self.words, other, random);
            bytes.truncate(largest);
        }
    }
}

/// The words of a file, as its format writes them: what is between signs.
fn gather(bytes: &[u8], words: &mut Vec<Vec<u8>>) {
    let kinds = bytes.split(|byte| !byte.is_ascii_alphanumeric() && !b"-_./".contains(byte));
    let fitting = kinds.filter(|word| (2..=24).contains(&word.len()) && word.iter().any(u8::is_ascii_alphabetic));
    words.extend(fitting.take(400).map(<[u8]>::to_vec));
}

fn noise(random: &mut Rng, most: usize) -> Vec<u8> {
    (0..random.below(most)).map(|_| random.draw() as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_copy_and_others_differ() {
        let spoiler = Spoiler::new(vec![b"Subject: minutes 12\n\nabout Ada".to_vec(), b"From: a@b.example\n\nx".to_vec()]);
        let copies: std::collections::BTreeSet<Vec<u8>> = (0..1_000).map(|number| spoiler.input(7, number)).collect();
        assert!(copies.len() > 800, "{}", copies.len());
        assert_eq!(spoiler.input(7, 42), spoiler.input(7, 42));
        assert_ne!(spoiler.input(7, 42), spoiler.input(8, 42));
        assert!(copies.iter().all(|copy| copy.len() <= LARGEST));
    }

    #[test]
    fn most_copies_of_a_zip_open_and_their_insides_are_spoilt() {
        let good = packed::zip(&[("a.xml".to_owned(), b"<a>Ada Example wrote this</a>".to_vec())], false);
        let spoiler = Spoiler::new(vec![good]);
        let opened: Vec<_> = (0..400).map(|number| packed::members(&spoiler.input(1, number))).filter(|one| !one.is_empty()).collect();
        let spoilt = opened.iter().flatten().filter(|(_, bytes)| bytes != b"<a>Ada Example wrote this</a>").count();
        assert!(opened.len() > 200 && spoilt > 150, "{} {spoilt}", opened.len());
    }
}
