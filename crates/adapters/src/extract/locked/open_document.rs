//! How OpenDocument is locked: each file of the package by itself (ODF 1.2, part 3, section 3.8: AES in chained blocks, in old
//! documents Blowfish), or, from LibreOffice 24.8 on, the whole package as one file (AES-GCM, its key by Argon2).

use aes_gcm::aead::Aead as _;
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blowfish::Blowfish;
use blowfish::cipher::{Block, BlockCipherEncrypt as _, KeyInit as _};
use sha1::Sha1;

use super::cipher::{Aes, Hash};
use crate::extract::markup::{Tag, Token, tokens};

/// How often a password may be hashed for one file: ten times as often as `LibreOffice` does.
const MOST_TURNS: u32 = 1_000_000;
/// Memory that hashing a password may take, in KiB, and that times its rounds: twice and eight times what `LibreOffice` takes.
const MOST_MEMORY: u32 = 128 << 10;
const MOST_WORK: u32 = 8 * 3 * (64 << 10);
/// Bytes of a file that its sum is of.
const SUMMED: usize = 1024;
/// Bytes of what is encrypted at its beginning that say with what it begins, and at its end that prove it.
const NONCE: usize = 12;

/// A file of a package, and how it is locked.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// Its path in the package.
    pub(crate) path: String,
    /// `None` when it is locked in a way that is not known.
    how: Option<How>,
}

#[derive(Debug)]
struct How {
    start: Hash,
    key: KeyBy,
    salt: Vec<u8>,
    size: usize,
    cipher: Cipher,
    first: Vec<u8>,
    sum: Option<(Hash, Vec<u8>)>,
}

/// How the key is made of the hashed password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyBy {
    /// PBKDF2 with so many turns.
    Turns(u32),
    /// Argon2id: memory in KiB, rounds, lanes.
    Memory(u32, u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cipher {
    AesChained,
    AesCounted,
    Blowfish,
}

/// The files that a package's list names as locked.
pub(crate) fn sealed(manifest: &str) -> Vec<Sealed> {
    let (mut all, mut path, mut how): (Vec<Sealed>, _, Option<Told>) = (Vec::new(), String::new(), None);
    for token in tokens(manifest) {
        match token {
            Token::Open(tag) => match (tag.local(), &mut how) {
                ("file-entry", _) => path = tag.attribute("full-path").unwrap_or_default(),
                ("encryption-data", _) => how = Some(Told::of(&tag)),
                ("algorithm", Some(how)) => how.algorithm(&tag),
                ("key-derivation", Some(how)) => how.key(&tag),
                ("start-key-generation", Some(how)) => {
                    how.start = Hash::of_uri(&tag.attribute("start-key-generation-name").unwrap_or_default());
                }
                _ => {}
            },
            Token::Close(name) if crate::extract::markup::local(name) == "encryption-data" => {
                if let Some(how) = how.take() {
                    all.push(Sealed { path: path.clone(), how: how.known() });
                }
            }
            _ => {}
        }
    }
    all
}

/// What the list says of a file, piece by piece.
#[derive(Default)]
struct Told {
    start: Option<Hash>,
    key: Option<KeyBy>,
    salt: Vec<u8>,
    size: usize,
    cipher: Option<Cipher>,
    first: Vec<u8>,
    sum: Option<(Hash, Vec<u8>)>,
}

fn number<T: std::str::FromStr>(tag: &Tag<'_>, name: &str) -> Option<T> {
    tag.attribute(name)?.parse().ok()
}

fn bytes(tag: &Tag<'_>, name: &str) -> Vec<u8> {
    tag.attribute(name).and_then(|text| STANDARD.decode(text.trim()).ok()).unwrap_or_default()
}

impl Told {
    fn of(tag: &Tag<'_>) -> Self {
        let kind = tag.attribute("checksum-type").unwrap_or_default();
        let hash = if kind.to_lowercase().contains("sha256") { Hash::Two256 } else { Hash::One };
        let sum = (!kind.is_empty()).then(|| (hash, bytes(tag, "checksum")));
        // What documents of old do not say: the hash of the password is SHA-1.
        Self { sum, start: Some(Hash::One), ..Self::default() }
    }

    fn algorithm(&mut self, tag: &Tag<'_>) {
        let name = tag.attribute("algorithm-name").unwrap_or_default().to_lowercase();
        let ends = |end: &str| name.ends_with(end);
        (self.cipher, self.size) = match () {
            () if ends("#aes256-cbc") => (Some(Cipher::AesChained), 32),
            () if ends("#aes192-cbc") => (Some(Cipher::AesChained), 24),
            () if ends("#aes128-cbc") => (Some(Cipher::AesChained), 16),
            () if ends("#aes256-gcm") => (Some(Cipher::AesCounted), 32),
            () if ends("blowfish cfb") || ends("#blowfish") => (Some(Cipher::Blowfish), 16),
            () => (None, 0),
        };
        self.first = bytes(tag, "initialisation-vector");
    }

    fn key(&mut self, tag: &Tag<'_>) {
        let name = tag.attribute("key-derivation-name").unwrap_or_default().to_lowercase();
        self.salt = bytes(tag, "salt");
        if let Some(size) = number(tag, "key-size") {
            self.size = size;
        }
        self.key = match () {
            () if name.ends_with("pbkdf2") => number(tag, "iteration-count").map(KeyBy::Turns),
            () if name.ends_with("argon2id") => {
                let numbers = ["argon2-memory", "argon2-iterations", "argon2-lanes"].map(|name| number(tag, name));
                let [Some(memory), Some(rounds), Some(lanes)] = numbers else { return };
                Some(KeyBy::Memory(memory, rounds, lanes))
            }
            () => None,
        };
    }

    /// All of it, when it is known and within bounds.
    fn known(self) -> Option<How> {
        let (key, cipher) = (self.key?, self.cipher?);
        let bearable = match key {
            KeyBy::Turns(turns) => turns <= MOST_TURNS,
            KeyBy::Memory(memory, rounds, lanes) => memory <= MOST_MEMORY && memory.saturating_mul(rounds) <= MOST_WORK && lanes <= 64,
        };
        let fits = match cipher {
            Cipher::AesChained => self.first.len() == 16 && matches!(self.size, 16 | 24 | 32),
            Cipher::AesCounted => self.first.len() == NONCE && self.size == 32,
            Cipher::Blowfish => self.first.len() == 8 && (4..=56).contains(&self.size),
        };
        let Self { salt, size, first, sum, .. } = self;
        (bearable && fits).then_some(How { start: self.start?, key, salt, size, cipher, first, sum })
    }
}

impl Hash {
    /// A hash by its address.
    fn of_uri(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let is = |end: &str| name.ends_with(end);
        if is("sha256") { Some(Self::Two256) } else { is("sha1").then_some(Self::One) }
    }
}

impl Sealed {
    /// What opening it with a password costs, in turns.
    pub(crate) fn cost(&self) -> u32 {
        match self.how.as_ref().map(|how| how.key) {
            Some(KeyBy::Turns(turns)) => turns,
            // About as long as the turns of the other kind.
            Some(KeyBy::Memory(memory, rounds, _)) => memory.saturating_mul(rounds) / 4,
            None => 0,
        }
    }

    /// Whether it is locked in a way that is read.
    pub(crate) const fn is_known(&self) -> bool {
        self.how.is_some()
    }

    /// What was locked, still packed, when this is the password.
    pub(crate) fn open(&self, data: &[u8], password: &str) -> Option<Vec<u8>> {
        let how = self.how.as_ref()?;
        let plain = how.decrypt(&how.key(password)?, data)?;
        let head = plain.get(..plain.len().min(SUMMED))?;
        let right = how.sum.as_ref().is_none_or(|(hash, sum)| hash.of(head, &[]) == *sum);
        // Without a sum, only what proves itself is believed.
        (right && (how.sum.is_some() || how.cipher == Cipher::AesCounted)).then_some(plain)
    }
}

impl How {
    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let start = self.start.of(password.as_bytes(), &[]);
        let mut key = vec![0; self.size];
        match self.key {
            KeyBy::Turns(turns) => pbkdf2::pbkdf2_hmac::<Sha1>(&start, &self.salt, turns.max(1), &mut key),
            KeyBy::Memory(memory, rounds, lanes) => {
                let params = Params::new(memory, rounds, lanes, Some(self.size)).ok()?;
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(&start, &self.salt, &mut key).ok()?;
            }
        }
        Some(key)
    }

    fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        match self.cipher {
            Cipher::AesChained => {
                let mut plain = Vec::with_capacity(data.len());
                Aes::new(key)?.chained(&self.first, data, &mut plain);
                // The last byte says how many were filled in.
                let filled = usize::from(*plain.last()?);
                plain.truncate(plain.len().checked_sub(filled).filter(|_| (1..=16).contains(&filled))?);
                Some(plain)
            }
            Cipher::AesCounted => {
                let nonce = Nonce::try_from(self.first.as_slice()).ok()?;
                let data = data.strip_prefix(self.first.as_slice()).unwrap_or(data);
                Aes256Gcm::new_from_slice(key).ok()?.decrypt(&nonce, data).ok()
            }
            Cipher::Blowfish => {
                let cipher: Blowfish = Blowfish::new_from_slice(key).ok()?;
                let mut before = Block::<Blowfish>::try_from(self.first.as_slice()).ok()?;
                let mut plain = Vec::with_capacity(data.len());
                for block in data.chunks(8) {
                    cipher.encrypt_block(&mut before);
                    plain.extend(block.iter().zip(before.iter()).map(|(sealed, mask)| sealed ^ mask));
                    before.iter_mut().zip(block).for_each(|(slot, sealed)| *slot = *sealed);
                }
                Some(plain)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_or_would_take_too_long_is_not_tried() {
        let manifest = |cipher: &str, vector: &str, key: &str| {
            format!(
                "<m:manifest><m:file-entry m:full-path='content.xml'><m:encryption-data m:checksum-type='SHA1/1K' m:checksum='AAAA'>\
                 <m:algorithm m:algorithm-name='{cipher}' m:initialisation-vector='{vector}'/><m:key-derivation {key}/>\
                 </m:encryption-data></m:file-entry><m:file-entry m:full-path='plain.xml'/></m:manifest>"
            )
        };
        let known = |cipher: &str, vector: &str, key: &str| {
            let all = sealed(&manifest(cipher, vector, key));
            assert_eq!((all.len(), all[0].path.as_str()), (1, "content.xml"));
            all[0].is_known()
        };
        let (aes, gcm, long, short) =
            ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "x#aes256-gcm", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAA");
        let turns = |count: &str| format!("m:key-derivation-name='PBKDF2' m:salt='AAAA' m:iteration-count='{count}'");
        let memory = |memory: u32, rounds: u32| {
            format!(
                "m:key-derivation-name='x:argon2id' m:salt='AAAA' l:argon2-memory='{memory}' l:argon2-iterations='{rounds}' l:argon2-lanes='4'"
            )
        };
        assert!(known(aes, long, &turns("100000")) && known(gcm, short, &memory(64 << 10, 3)));
        assert!(!known(aes, long, &turns("1000001")) && !known(aes, short, &turns("9")) && !known("ROT13", long, &turns("9")));
        assert!(!known(aes, long, "m:key-derivation-name='scrypt'") && !known(aes, long, &turns("-1")));
        assert!(
            !known(gcm, short, &memory(1 << 20, 1))
                && !known(gcm, short, &memory(64 << 10, 99))
                && !known(gcm, short, &memory(u32::MAX, u32::MAX))
        );
    }
}
