//! The oldest lock of workbooks (MS-OFFCRYPTO 2.3.7, method 1): sixteen bytes made from the password, laid over
//! the records again and again.

use encoding_rs::WINDOWS_1252;

use super::{ENCRYPTED, EXCELS_OWN};
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;

/// Bytes that fill a short password up.
const PAD: [u8; 15] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0, 0xBE, 0x0F, 0, 0xBF, 0x0F, 0];
/// What a key begins with, by the length of the password.
const INITIAL: [u16; 15] =
    [0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A, 0x4EC3];
/// What each bit of the password adds to it, seven for each of fifteen letters.
#[rustfmt::skip]
const MATRIX: [u16; 105] = [
    0xAEFC, 0x4DD9, 0x9BB2, 0x2745, 0x4E8A, 0x9D14, 0x2A09, 0x7B61, 0xF6C2, 0xFDA5, 0xEB6B, 0xC6F7, 0x9DCF, 0x2BBF, 0x4563,
    0x8AC6, 0x05AD, 0x0B5A, 0x16B4, 0x2D68, 0x5AD0, 0x0375, 0x06EA, 0x0DD4, 0x1BA8, 0x3750, 0x6EA0, 0xDD40, 0xD849, 0xA0B3,
    0x5147, 0xA28E, 0x553D, 0xAA7A, 0x44D5, 0x6F45, 0xDE8A, 0xAD35, 0x4A4B, 0x9496, 0x390D, 0x721A, 0xEB23, 0xC667, 0x9CEF,
    0x29FF, 0x53FE, 0xA7FC, 0x5FD9, 0x47D3, 0x8FA6, 0x0F6D, 0x1EDA, 0x3DB4, 0x7B68, 0xF6D0, 0xB861, 0x60E3, 0xC1C6, 0x93AD,
    0x377B, 0x6EF6, 0xDDEC, 0x45A0, 0x8B40, 0x06A1, 0x0D42, 0x1A84, 0x3508, 0x6A10, 0xAA51, 0x4483, 0x8906, 0x022D, 0x045A,
    0x08B4, 0x1168, 0x76B4, 0xED68, 0xCAF1, 0x85C3, 0x1BA7, 0x374E, 0x6E9C, 0x3730, 0x6E60, 0xDCC0, 0xA9A1, 0x4363, 0x86C6,
    0x1DAD, 0x3331, 0x6662, 0xCCC4, 0x89A9, 0x0373, 0x06E6, 0x0DCC, 0x1021, 0x2042, 0x4084, 0x8108, 0x1231, 0x2462, 0x48C4,
];

/// The bytes that open records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct XorKey([u8; 16]);

impl XorKey {
    /// The key, of the passwords that Excel tries by itself or that a person gave.
    ///
    /// # Errors
    /// When none of them is the one that has this key and check.
    pub(crate) fn open(key: u16, check: u16, passwords: &Passwords) -> Result<Self, Reason> {
        let one = |password: &str| Self::of(password, key, check);
        one(EXCELS_OWN).or_else(|| passwords.first(one)).ok_or_else(|| passwords.refused(ENCRYPTED))
    }

    fn of(password: &str, key: u16, check: u16) -> Option<Self> {
        let (password, _, lost) = WINDOWS_1252.encode(password);
        if lost || self::check(&password) != check || self::key(&password)? != key {
            return None;
        }
        let mut bytes = [0; 16];
        let halves = key.to_le_bytes();
        for (slot, (byte, half)) in bytes.iter_mut().zip(password.iter().chain(&PAD).zip(halves.iter().cycle())) {
            *slot = (byte ^ half).rotate_right(1);
        }
        Some(Self(bytes))
    }

    /// Decrypts bytes that stand at this place of their stream, in a record of so many bytes.
    pub(crate) fn decrypt(&self, bytes: &mut [u8], place: usize, record: usize) {
        let start = place.wrapping_add(record) % 16;
        for (byte, key) in bytes.iter_mut().zip(self.0.iter().cycle().skip(start)) {
            *byte = (*byte ^ key).rotate_right(5);
        }
    }
}

fn check(password: &[u8]) -> u16 {
    let turn = |sum: u16, byte: u8| ((sum >> 14 & 1) | (sum << 1 & 0x7FFF)) ^ u16::from(byte);
    turn(password.iter().rev().fold(0, |sum, byte| turn(sum, *byte)), password.len() as u8) ^ 0xCE4B
}

/// `None` for a password that is empty or longer than there can be.
fn key(password: &[u8]) -> Option<u16> {
    let first = *INITIAL.get(password.len().checked_sub(1)?)?;
    let bits = password.iter().rev().flat_map(|byte| (0..7).map(move |bit| byte << bit & 0x40 != 0));
    Some(bits.zip(MATRIX.iter().rev()).filter(|(set, _)| *set).fold(first, |key, (_, part)| key ^ part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_makes_key_and_check() {
        // As msoffcrypto-tool publishes it.
        assert_eq!(check(b"VelvetSweatshop"), 0x9A0A);
        assert_eq!((key(b""), key(b"sixteen letters.")), (None, None));
        let key = key(b"tiger").unwrap();
        let passwords = Passwords::of("moth\ntiger\n").unwrap();
        let opened = XorKey::open(key, check(b"tiger"), &passwords).unwrap();
        let mut bytes = *b"Locked away about Ada Lovelace";
        // What locks is the other way round.
        for (byte, key) in bytes.iter_mut().zip(opened.0.iter().cycle().skip(3)) {
            *byte = byte.rotate_left(5) ^ key;
        }
        opened.decrypt(&mut bytes[..10], 100, 31);
        opened.decrypt(&mut bytes[10..], 110, 31);
        assert_eq!(&bytes, b"Locked away about Ada Lovelace");
        assert!(XorKey::open(key, 0, &passwords).is_err() && XorKey::open(0, check(b"tiger"), &passwords).is_err());
    }
}
