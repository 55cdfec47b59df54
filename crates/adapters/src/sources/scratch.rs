//! A file that is needed whole, at any place, but comes as a stream (a mailbox inside an archive): on the disk under a key that only this
//! process knows, in a file without a name that is gone when the process ends.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;

use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use zeroize::Zeroizing;

/// Bytes that are locked together.
const PIECE: usize = 64 << 10;
/// Bytes of the sum behind each.
const SUM: usize = 16;

/// Written once, then read.
pub(super) struct Scratch {
    file: File,
    cipher: Aes256Gcm,
    length: u64,
    at: u64,
    piece: Zeroizing<Vec<u8>>,
    /// Which piece is the unlocked one.
    number: Option<u64>,
}

/// Why a stream could not be put aside.
#[derive(Debug)]
pub(super) enum Unkept {
    /// It cannot be read to its end.
    Stream,
    /// This machine has no place for it, in plain words.
    Here(&'static str),
}

impl Scratch {
    /// Takes a stream to its end.
    ///
    /// # Errors
    /// [`Unkept`].
    pub(super) fn of(mut stream: impl Read) -> Result<Self, Unkept> {
        let mut scratch = Self::empty().map_err(|error| here(&error))?;
        let mut piece = Zeroizing::new(Vec::with_capacity(PIECE));
        for number in 0.. {
            piece.clear();
            if stream.by_ref().take(PIECE as u64).read_to_end(&mut piece).map_err(|_| Unkept::Stream)? == 0 {
                break;
            }
            scratch.lock(number, &mut piece).map_err(|error| here(&error))?;
        }
        Ok(scratch)
    }

    fn empty() -> io::Result<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut()).map_err(io::Error::other)?;
        let cipher = Aes256Gcm::new_from_slice(key.as_ref()).map_err(io::Error::other)?;
        Ok(Self { file: tempfile::tempfile()?, cipher, length: 0, at: 0, piece: Zeroizing::new(Vec::new()), number: None })
    }

    /// Appends a piece. A number is used once under a key that is used once.
    fn lock(&mut self, number: u64, piece: &mut [u8]) -> io::Result<()> {
        let sum = self.cipher.encrypt_inout_detached(&nonce(number), &[], (&mut *piece).into()).map_err(locked)?;
        let place = number * (PIECE + SUM) as u64;
        self.file.write_all_at(piece, place)?;
        self.file.write_all_at(&sum, place + piece.len() as u64)?;
        self.length += piece.len() as u64;
        Ok(())
    }

    /// Bytes it holds.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    fn unlock(&mut self, number: u64) -> io::Result<()> {
        self.number = None;
        let length = (self.length - number * PIECE as u64).min(PIECE as u64) as usize;
        let (place, mut sum) = (number * (PIECE + SUM) as u64, Tag::default());
        self.piece.resize(length, 0);
        self.file.read_exact_at(&mut self.piece, place)?;
        self.file.read_exact_at(&mut sum, place + length as u64)?;
        self.cipher.decrypt_inout_detached(&nonce(number), &[], self.piece.as_mut_slice().into(), &sum).map_err(locked)?;
        self.number = Some(number);
        Ok(())
    }
}

fn here(error: &io::Error) -> Unkept {
    Unkept::Here(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "needs more room on the disk than there is; unpack the archive elsewhere and name what was in it"
        }
        _ => "could not be put aside to be read; unpack the archive elsewhere and name what was in it",
    })
}

fn nonce(number: u64) -> Nonce<aes_gcm::aead::consts::U12> {
    let mut nonce = Nonce::default();
    for (to, from) in nonce.iter_mut().zip(number.to_le_bytes()) {
        *to = from;
    }
    nonce
}

fn locked(_: aes_gcm::Error) -> io::Error {
    io::Error::other("what was put aside cannot be read")
}

impl Read for Scratch {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || out.is_empty() {
            return Ok(0);
        }
        let (number, within) = (self.at / PIECE as u64, (self.at % PIECE as u64) as usize);
        if self.number != Some(number) {
            self.unlock(number)?;
        }
        let read = self.piece.get(within..).unwrap_or_default().read(out)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Scratch {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_comes_back_from_any_place() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let mut scratch = Scratch::of(bytes.as_slice()).unwrap();
        assert_eq!(scratch.length(), 200_000);
        for (at, length) in [(0, 10), (65_530, 20), (199_990, 10), (131_072, 65_536), (3, 199_997)] {
            let mut got = vec![0; length];
            scratch.seek(SeekFrom::Start(at as u64)).unwrap();
            scratch.read_exact(&mut got).unwrap();
            assert!(got == bytes[at..at + length], "{at}");
        }
        assert_eq!(scratch.seek(SeekFrom::End(-5)).unwrap(), 199_995);
        assert_eq!(scratch.read(&mut [0; 9]).unwrap(), 5);
        assert_eq!(scratch.read(&mut [0; 9]).unwrap(), 0);
        assert!(scratch.seek(SeekFrom::Current(-300_000)).is_err());
        assert_eq!(Scratch::of(&b""[..]).unwrap().length(), 0);
    }

    #[test]
    fn nothing_on_the_disk_is_in_clear() {
        let scratch = Scratch::of(&b"Amelia Fairbairn ".repeat(9_000)[..]).unwrap();
        let mut stored = vec![0; scratch.file.metadata().unwrap().len() as usize];
        scratch.file.read_exact_at(&mut stored, 0).unwrap();
        assert!(stored.len() > 153_000 && memchr::memmem::find(&stored, b"Amelia").is_none());
    }
}
