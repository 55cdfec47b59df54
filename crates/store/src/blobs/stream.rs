//! Sealing files of any size in pieces of 64 KiB.
//!
//! Form: `PBB1`, then pieces of at most 65,536 bytes clear text plus a tag of 16. The nonce of
//! a piece is 15 zero bytes, its number (8, big endian) and 1 for the last piece, else 0; the
//! key is random and used for this one file, so no nonce repeats. The last piece is always
//! there, possibly empty: a cut file does not open. The context is the file's name.

use std::io::{Error as IoError, Read, Write};

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use sha2::{Digest, Sha256};

use crate::keys::Key;

const MAGIC: &[u8; 4] = b"PBB1";
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;

/// What was written.
pub(crate) struct Written {
    /// Bytes of clear text.
    pub(crate) size: u64,
    /// SHA-256 of the stored bytes.
    pub(crate) stored_hash: [u8; 32],
}

fn cipher(key: &Key) -> Result<XChaCha20Poly1305, IoError> {
    XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| IoError::other("the key has the wrong size"))
}

fn nonce(number: u64, last: bool) -> XNonce {
    let mut nonce = [0_u8; 24];
    let tail = number.to_be_bytes().into_iter().chain([u8::from(last)]);
    for (to, from) in nonce.iter_mut().skip(15).zip(tail) {
        *to = from;
    }
    XNonce::from(nonce)
}

fn context(name: &str) -> Vec<u8> {
    crate::seal::context("probity-blob-v1", &[name])
}

/// Reads up to one piece; shorter only at the end.
fn fill(from: &mut dyn Read, piece: &mut Vec<u8>, limit: usize) -> Result<(), IoError> {
    piece.clear();
    from.take(limit as u64).read_to_end(piece).map(drop)
}

/// Seals everything from a reader.
pub(crate) fn seal(key: &Key, name: &str, from: &mut dyn Read, to: &mut dyn Write) -> Result<Written, IoError> {
    let (cipher, context) = (cipher(key)?, context(name));
    let mut hash = Sha256::new_with_prefix(MAGIC);
    to.write_all(MAGIC)?;
    let (mut piece, mut next) = (Vec::with_capacity(PIECE), Vec::with_capacity(PIECE));
    fill(from, &mut piece, PIECE)?;
    let (mut size, mut number) = (0, 0);
    loop {
        let full = piece.len() == PIECE;
        if full {
            fill(from, &mut next, PIECE)?;
        }
        let last = !full || next.is_empty();
        let sealed = cipher
            .encrypt(&nonce(number, last), Payload { msg: &piece, aad: &context })
            .map_err(|_| IoError::other("a piece could not be sealed"))?;
        hash.update(&sealed);
        to.write_all(&sealed)?;
        size += piece.len() as u64;
        if last {
            return Ok(Written { size, stored_hash: hash.finalize().into() });
        }
        std::mem::swap(&mut piece, &mut next);
        number += 1;
    }
}

/// Opens a sealed file piece by piece. A piece is handed out only after its seal was checked.
pub struct BlobReader {
    from: Box<dyn Read + Send>,
    cipher: XChaCha20Poly1305,
    context: Vec<u8>,
    number: u64,
    sealed: Vec<u8>,
    ahead: Vec<u8>,
    clear: Vec<u8>,
    given: usize,
    finished: bool,
}

impl BlobReader {
    pub(crate) fn new(key: &Key, name: &str, mut from: Box<dyn Read + Send>) -> Result<Self, IoError> {
        let mut magic = [0; 4];
        from.read_exact(&mut magic)?;
        if &magic != MAGIC {
            return Err(damaged());
        }
        let mut ahead = Vec::new();
        fill(&mut from, &mut ahead, PIECE + TAG)?;
        let (cipher, context) = (cipher(key)?, context(name));
        let (sealed, clear) = (Vec::new(), Vec::new());
        Ok(Self { from, cipher, context, number: 0, sealed, ahead, clear, given: 0, finished: false })
    }

    fn next_piece(&mut self) -> Result<(), IoError> {
        std::mem::swap(&mut self.sealed, &mut self.ahead);
        fill(&mut self.from, &mut self.ahead, PIECE + TAG)?;
        let last = self.ahead.is_empty();
        let payload = Payload { msg: &self.sealed, aad: &self.context };
        self.clear = self.cipher.decrypt(&nonce(self.number, last), payload).map_err(|_| damaged())?;
        self.given = 0;
        self.number += 1;
        self.finished = last;
        Ok(())
    }
}

fn damaged() -> IoError {
    IoError::new(std::io::ErrorKind::InvalidData, "the stored file is damaged")
}

impl Read for BlobReader {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.clear.len() && !self.finished {
            self.next_piece()?;
        }
        let from = self.clear.get(self.given..).unwrap_or_default();
        let n = from.len().min(to.len());
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from;
        }
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::Zeroizing;

    fn key() -> Key {
        Zeroizing::new([7; 32])
    }

    fn sealed(clear: &[u8]) -> Vec<u8> {
        let mut stored = Vec::new();
        let written = seal(&key(), "f", &mut &*clear, &mut stored).unwrap();
        assert_eq!(written.size, clear.len() as u64);
        assert_eq!(written.stored_hash, crate::log::sha256(&stored));
        stored
    }

    fn opened(stored: Vec<u8>, name: &str) -> Result<Vec<u8>, IoError> {
        let mut clear = Vec::new();
        BlobReader::new(&key(), name, Box::new(std::io::Cursor::new(stored)))?.read_to_end(&mut clear)?;
        Ok(clear)
    }

    #[test]
    fn every_size_around_the_borders_comes_back() {
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 17] {
            let clear: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
            assert_eq!(opened(sealed(&clear), "f").unwrap(), clear, "{size}");
        }
    }

    #[test]
    fn a_cut_swapped_changed_or_renamed_file_does_not_open() {
        let stored = sealed(&vec![1; 3 * PIECE]);
        let piece = PIECE + TAG;
        assert!(opened(stored[..4 + 2 * piece].to_vec(), "f").is_err());
        assert!(opened(stored[..stored.len() - 1].to_vec(), "f").is_err());
        let swapped = [&stored[..4], &stored[4 + piece..4 + 2 * piece], &stored[4..4 + piece], &stored[4 + 2 * piece..]].concat();
        assert!(opened(swapped, "f").is_err());
        for at in [0, 4, 5000, piece + 10, stored.len() - 1] {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(opened(changed, "f").is_err(), "{at}");
        }
        assert!(opened(stored, "g").is_err());
    }
}
