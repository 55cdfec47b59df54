//! What Office 2010 and later write: the parameters as XML (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::cipher::{Aes, Hash};
use super::{Lock, MOST_TURNS, wide};
use crate::extract::charset::lenient;
use crate::extract::markup::{Tag, Token, tokens};

/// Bytes that are encrypted together.
const SEGMENT: usize = 4096;
/// What the hash of the password is mixed with for each purpose.
const INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// Salt, size of a key in bytes, hash.
struct How {
    salt: Vec<u8>,
    key: usize,
    hash: Hash,
}

impl How {
    fn read(tag: &Tag<'_>) -> Option<Self> {
        let is = |name: &str, value: &str| tag.attribute(name).is_some_and(|found| found == value);
        if !is("cipherAlgorithm", "AES") || !is("cipherChaining", "ChainingModeCBC") {
            return None;
        }
        let bits: usize = tag.attribute("keyBits")?.parse().ok()?;
        // A key of any other size there is not, and room would be made for it.
        let key = [16, 24, 32].into_iter().find(|bytes| bytes * 8 == bits)?;
        let hash = Hash::named(&tag.attribute("hashAlgorithm")?)?;
        Some(Self { salt: bytes(tag, "saltValue")?, key, hash })
    }
}

fn bytes(tag: &Tag<'_>, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(tag.attribute(name)?.trim()).ok()
}

/// The parameters of a document.
pub(super) struct Agile {
    /// How the document is encrypted.
    data: How,
    /// How its key is.
    lock: How,
    turns: u32,
    input: Vec<u8>,
    value: Vec<u8>,
    sealed: Vec<u8>,
}

impl Agile {
    /// The parameters behind the version; `None` when they are others than AES in chained blocks.
    pub(super) fn read(info: &[u8]) -> Option<Self> {
        let xml = lenient(info.get(4..)?);
        let (mut data, mut lock) = (None, None);
        for token in tokens(&xml) {
            match token {
                Token::Open(tag) if tag.local() == "keyData" => data = How::read(&tag),
                Token::Open(tag) if tag.local() == "encryptedKey" => {
                    let turns: u32 = tag.attribute("spinCount")?.parse().ok()?;
                    let parts = ["encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue"];
                    let [Some(input), Some(value), Some(sealed)] = parts.map(|name| bytes(&tag, name)) else { return None };
                    lock = Some((How::read(&tag)?, turns, input, value, sealed));
                }
                _ => {}
            }
        }
        let (lock, turns, input, value, sealed) = lock.filter(|(_, turns, ..)| *turns <= MOST_TURNS)?;
        Some(Self { data: data?, lock, turns, input, value, sealed })
    }

    /// What was encrypted for this purpose with the password.
    fn opened(&self, hashed: &[u8], purpose: [u8; 8], data: &[u8]) -> Option<Vec<u8>> {
        let mut key = self.lock.hash.of(hashed, &purpose);
        key.resize(self.lock.key, 0x36);
        let mut out = Vec::with_capacity(data.len());
        Aes::new(&key)?.chained(&padded(&self.lock.salt), data, &mut out);
        Some(out)
    }
}

/// A salt as the first of chained blocks.
fn padded(salt: &[u8]) -> Vec<u8> {
    let mut first = salt.to_vec();
    first.resize(super::cipher::BLOCK, 0x36);
    first
}

impl Lock for Agile {
    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let hashed = self.lock.hash.turned(&self.lock.salt, &wide(password), self.turns);
        let input = self.opened(&hashed, INPUT, &self.input)?;
        let value = self.opened(&hashed, VALUE, &self.value)?;
        let is = self.lock.hash.of(input.get(..self.lock.salt.len())?, &[]);
        if value.get(..is.len())? != is.as_slice() {
            return None;
        }
        let mut key = self.opened(&hashed, KEY, &self.sealed)?;
        key.truncate(self.data.key);
        Some(key)
    }

    fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        let aes = Aes::new(key)?;
        let mut out = Vec::with_capacity(data.len());
        for (number, segment) in (0_u32..).zip(data.chunks(SEGMENT)) {
            let first = padded(&self.data.hash.of(&self.data.salt, &number.to_le_bytes()));
            aes.chained(&first, segment, &mut out);
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(bits: &str) -> Vec<u8> {
        let how = format!(
            "keyBits=\"{bits}\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"AAAA\""
        );
        let key = "spinCount=\"1\" encryptedVerifierHashInput=\"AAAA\" encryptedVerifierHashValue=\"AAAA\" encryptedKeyValue=\"AAAA\"";
        format!("\x40\0\0\0<encryption><keyData {how}/><p:encryptedKey {key} {how}/></encryption>").into_bytes()
    }

    #[test]
    fn a_key_has_one_of_three_sizes() {
        for bits in ["128", "192", "256"] {
            assert!(Agile::read(&info(bits)).is_some(), "{bits}");
        }
        for bits in ["0", "8", "129", "25600000000", "18446744073709551608", "-1"] {
            assert!(Agile::read(&info(bits)).is_none(), "{bits}");
        }
    }
}
