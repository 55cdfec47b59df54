//! Which child reads which item of a batch. What seems to carry the same attachment goes to the same child, which remembers what the
//! attachment turned into ([`super::again`]); who has nothing left to do takes from the others.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use super::pool::lock;

/// The end of an item that is looked at, in bytes.
const TAIL: usize = 8 << 10;
/// A line of an encoded attachment has at least so many letters.
const LINE: usize = 56;

/// The items that wait, for each child.
pub(super) struct Lanes(Mutex<Vec<VecDeque<usize>>>);

impl Lanes {
    /// Deals the items out to so many children.
    pub(super) fn deal<'b>(items: impl Iterator<Item = &'b [u8]>, children: usize) -> Self {
        let children = children.max(1);
        let mut lanes = vec![(VecDeque::new(), 0); children];
        for (index, bytes) in items.enumerate() {
            let carried = if children > 1 { carried(bytes) } else { None };
            let least = || lanes.iter().enumerate().min_by_key(|(_, (_, size))| *size).map_or(0, |(lane, _)| lane);
            let lane = carried.map_or_else(least, |print| (print % children as u64) as usize);
            if let Some((lane, size)) = lanes.get_mut(lane) {
                lane.push_back(index);
                *size += bytes.len();
            }
        }
        Self(Mutex::new(lanes.into_iter().map(|(lane, _)| lane).collect()))
    }

    /// The next item for a child: of its own lane from the front, else of the longest from the back.
    pub(super) fn next(&self, lane: usize) -> Option<usize> {
        let mut lanes = lock(&self.0);
        if let Some(index) = lanes.get_mut(lane).and_then(VecDeque::pop_front) {
            return Some(index);
        }
        lanes.iter_mut().max_by_key(|lane| lane.len())?.pop_back()
    }

    /// Whether nothing waits any more.
    pub(super) fn are_empty(&self) -> bool {
        lock(&self.0).iter().all(VecDeque::is_empty)
    }
}

/// Equal for messages whose last attachment ends alike. A hint: nothing rests on it but speed.
fn carried(bytes: &[u8]) -> Option<u64> {
    let tail = bytes.get(bytes.len().checked_sub(TAIL)?..)?;
    let letters = |line: &&[u8]| line.len() >= LINE && line.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'));
    let line = tail.rsplit(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).find(letters)?;
    let mut hasher = DefaultHasher::new();
    line.hash(&mut hasher);
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_attachment_goes_to_the_same_child_and_nobody_waits() {
        let message = |seed: u8, number: usize| {
            let line =
                |at: usize| (0..76).map(|column| char::from(b'a' + ((at * 7 + column * usize::from(seed)) % 26) as u8)).collect::<String>();
            let code = (0..200).map(line).collect::<Vec<_>>().join("\r\n");
            format!("From: a@example.org\r\nX-Number: {number}\r\n\r\n--b{number}\r\n\r\n{code}\r\nQUJD\r\n--b{number}--\r\n").into_bytes()
        };
        let items: Vec<Vec<u8>> = (0..60).map(|number| message((number % 5) as u8, number)).collect();
        let lanes = Lanes::deal(items.iter().map(Vec::as_slice), 2);
        let dealt: Vec<Vec<usize>> = lock(&lanes.0).iter().map(|lane| lane.iter().copied().collect()).collect();
        assert!(dealt.iter().all(|lane| !lane.is_empty()), "{dealt:?}");
        for seed in 0..5 {
            assert_eq!(dealt.iter().filter(|lane| lane.iter().any(|index| index % 5 == seed)).count(), 1, "{dealt:?}");
        }
        let mut taken: Vec<usize> = std::iter::from_fn(|| lanes.next(1)).collect();
        assert!(lanes.are_empty());
        taken.sort_unstable();
        assert_eq!(taken, (0..60).collect::<Vec<_>>());
    }

    #[test]
    fn what_carries_nothing_is_dealt_evenly() {
        let items = vec![b"From: a@example.org\n\nhello\n".repeat(400); 40];
        let lanes = Lanes::deal(items.iter().map(Vec::as_slice), 2);
        assert_eq!(lock(&lanes.0).iter().map(VecDeque::len).collect::<Vec<_>>(), [20, 20]);
    }
}
