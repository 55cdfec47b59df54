//! The pieces: AES over whole blocks, and the hashes.

use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Bytes of a block.
pub(super) const BLOCK: usize = 16;

/// AES with a key of any of its sizes.
pub(super) enum Aes {
    Small(Box<Aes128>),
    Middle(Box<Aes192>),
    Large(Box<Aes256>),
}

impl Aes {
    /// `None` for a key of another size.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(|aes| Self::Small(Box::new(aes))),
            24 => Aes192::new_from_slice(key).ok().map(|aes| Self::Middle(Box::new(aes))),
            32 => Aes256::new_from_slice(key).ok().map(|aes| Self::Large(Box::new(aes))),
            _ => None,
        }
    }

    fn block(&self, block: [u8; BLOCK]) -> [u8; BLOCK] {
        let mut block = Block::from(block);
        match self {
            Self::Small(aes) => aes.decrypt_block(&mut block),
            Self::Middle(aes) => aes.decrypt_block(&mut block),
            Self::Large(aes) => aes.decrypt_block(&mut block),
        }
        block.into()
    }

    /// Decrypts whole blocks, each by itself; what is left over at the end is dropped.
    pub(super) fn each(&self, data: &[u8]) -> Vec<u8> {
        data.as_chunks::<BLOCK>().0.iter().flat_map(|block| self.block(*block)).collect()
    }

    /// Decrypts whole blocks, each chained to the one before.
    pub(super) fn chained(&self, first: &[u8], data: &[u8], out: &mut Vec<u8>) {
        let mut before = [0; BLOCK];
        before.iter_mut().zip(first).for_each(|(slot, byte)| *slot = *byte);
        for block in data.as_chunks::<BLOCK>().0 {
            out.extend(self.block(*block).iter().zip(before).map(|(plain, before)| plain ^ before));
            before = *block;
        }
    }
}

/// A hash by its name in an Office document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    One,
    Two256,
    Two384,
    Two512,
}

impl Hash {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::One),
            "SHA256" | "SHA-256" => Some(Self::Two256),
            "SHA384" | "SHA-384" => Some(Self::Two384),
            "SHA512" | "SHA-512" => Some(Self::Two512),
            _ => None,
        }
    }

    /// The hash of both, one behind the other.
    pub(super) fn of(self, first: &[u8], second: &[u8]) -> Vec<u8> {
        match self {
            Self::One => hash::<Sha1>(first, second),
            Self::Two256 => hash::<Sha256>(first, second),
            Self::Two384 => hash::<Sha384>(first, second),
            Self::Two512 => hash::<Sha512>(first, second),
        }
    }

    /// A password hashed so often, to make trying slow.
    pub(super) fn turned(self, salt: &[u8], password: &[u8], turns: u32) -> Vec<u8> {
        let first = self.of(salt, password);
        (0..turns).fold(first, |hash, turn| self.of(&turn.to_le_bytes(), &hash))
    }
}

fn hash<D: Digest>(first: &[u8], second: &[u8]) -> Vec<u8> {
    D::new().chain_update(first).chain_update(second).finalize().to_vec()
}
