//! What was read in pictures, so that the same picture is read once: a page is looked at again after each box that a person draws, and
//! once more when the pack is made. In memory alone, and little of it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::letters::{Layout, Reader, Seen, Unread};

/// Bytes that are kept of all pictures together: some thousand pages.
const ROOM: usize = 32 << 20;

/// What a picture and the way it is read are known by.
type Print = [u8; 32];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    words: HashMap<Print, Vec<Seen>>,
    held: usize,
}

impl Known {
    /// The words in a picture file that we made: as they were read before, or read now.
    pub(super) fn read(&self, reader: &Reader, file: &[u8], layout: Layout) -> Result<Vec<Seen>, Unread> {
        self.once(print(file, layout), || reader.best(&[file], layout))
    }

    /// Nobody waits for anybody: two that come with one picture may both read it. What `read` says is not whole is not kept.
    fn once(&self, print: Print, read: impl FnOnce() -> Result<(Vec<Seen>, bool), Unread>) -> Result<Vec<Seen>, Unread> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).words.get(&print).cloned();
        if let Some(words) = known {
            return Ok(words);
        }
        let (words, whole) = read()?;
        if !whole {
            return Ok(words);
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(print, words.clone());
        Ok(words)
    }
}

impl Memory {
    fn keep(&mut self, print: Print, words: Vec<Seen>) {
        let size = size_of::<Print>() + words.iter().map(|word| size_of::<Seen>() + word.text.len()).sum::<usize>();
        if self.held + size > ROOM {
            *self = Self::default();
        }
        if size <= ROOM && self.words.insert(print, words).is_none() {
            self.held += size;
        }
    }
}

fn print(file: &[u8], layout: Layout) -> Print {
    let mut sum = Sha256::new();
    sum.update([layout as u8]);
    sum.update(file);
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: String) -> Vec<Seen> {
        vec![Seen { line: (1, 1, 1), place: [0; 4], certainty: 90.0, text }]
    }

    #[test]
    fn the_same_picture_is_read_once() {
        let known = Known::default();
        let (a, b) = (print(b"a", Layout::Page), print(b"a", Layout::Scattered));
        assert_ne!(a, b);
        assert_eq!(known.once(a, || Err(Unread::Failed)), Err(Unread::Failed));
        assert_eq!(known.once(a, || Ok((word("A".to_owned()), false))), Ok(word("A".to_owned())));
        assert_eq!(known.once(a, || Ok((word("Ada".to_owned()), true))), Ok(word("Ada".to_owned())), "what failed in part is tried again");
        assert_eq!(known.once(a, || Err(Unread::Failed)), Ok(word("Ada".to_owned())));
        assert_eq!(known.once(b, || Err(Unread::Failed)), Err(Unread::Failed));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut memory = Memory::default();
        let long = || word("x".repeat(ROOM / 3));
        for n in 0..7_u8 {
            memory.keep([n; 32], long());
            memory.keep([n; 32], long());
            assert!(memory.held <= ROOM && !memory.words.is_empty());
            let held: usize = memory.words.values().flatten().map(|word| word.text.len()).sum();
            assert!(held <= memory.held);
        }
        memory.keep([9; 32], word("x".repeat(ROOM + 1)));
        assert!(memory.words.is_empty());
    }
}
