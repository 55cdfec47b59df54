//! How Office 97 to 2003 lock documents (MS-OFFCRYPTO 2.3.5 and 2.3.6): RC4, with a key of its own for each
//! block. Weak by the measure of today, and met in every old archive.

use md5::{Digest as _, Md5};
use rc4::{KeyInit as _, Rc4, StreamCipher as _};
use sha1::Sha1;

use super::{ENCRYPTED, EXCELS_OWN, OTHER, wide};
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;

/// The password that PowerPoint itself tries.
const POWERPOINTS_OWN: &str = "/01Hannes Ruescher/01";
/// The number of RC4 among the algorithms.
const RC4: u32 = 0x6801;

/// What is needed to try a password.
#[derive(Debug)]
pub(crate) struct OldLock {
    salt: Vec<u8>,
    input: Vec<u8>,
    value: Vec<u8>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Office 97 and 2000: MD5.
    First,
    /// Office XP and 2003: SHA-1, with keys of so many bytes.
    Second(usize),
}

/// What opens a document.
#[derive(Debug)]
pub(crate) struct OldKey {
    base: Vec<u8>,
    kind: Kind,
}

impl OldLock {
    /// The parameters, which begin with their version; `None` when they are of another kind.
    pub(crate) fn read(info: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*info.get(at..)?.first_chunk::<4>()?));
        let part = |at: usize, length: usize| Some(info.get(at..at.checked_add(length)?)?.to_vec());
        match info.first_chunk::<4>()? {
            [1, 0, 1, 0] => Some(Self { salt: part(4, 16)?, input: part(20, 16)?, value: part(36, 16)?, kind: Kind::First }),
            [2..=4, 0, 2, 0] => {
                // Flags, the size of the head, then the head: flags, a size, the algorithm, its hash, the size of the key.
                let (size, algorithm, bits) = (number(8)? as usize, number(20)?, number(28)?);
                let verifier = 12_usize.checked_add(size)?;
                let bytes = if bits == 0 { 5 } else { bits as usize / 8 };
                (algorithm == RC4 && (5..=16).contains(&bytes)).then_some(())?;
                let kind = Kind::Second(bytes);
                let at = |more: usize| verifier.checked_add(more);
                Some(Self { salt: part(at(4)?, 16)?, input: part(at(20)?, 16)?, value: part(at(40)?, 20)?, kind })
            }
            _ => None,
        }
    }

    /// The key, of the passwords that programs try by themselves or that a person gave.
    ///
    /// # Errors
    /// When none of them opens it.
    pub(crate) fn open(&self, passwords: &Passwords) -> Result<OldKey, Reason> {
        let own = [EXCELS_OWN, POWERPOINTS_OWN].into_iter().find_map(|password| self.key(password));
        own.or_else(|| passwords.first(|password| self.key(password))).ok_or_else(|| passwords.refused(ENCRYPTED))
    }

    fn key(&self, password: &str) -> Option<OldKey> {
        let password = wide(password);
        let base = match self.kind {
            Kind::First => {
                let first = Md5::digest(&password);
                let once = [first.get(..5)?, &self.salt].concat();
                Md5::digest(once.repeat(16)).get(..5)?.to_vec()
            }
            Kind::Second(_) => Sha1::new().chain_update(&self.salt).chain_update(&password).finalize().to_vec(),
        };
        let key = OldKey { base, kind: self.kind };
        let mut both = [self.input.as_slice(), &self.value].concat();
        key.decrypt(0, &mut both);
        let (input, value) = both.split_at_checked(self.input.len())?;
        let right = match self.kind {
            Kind::First => Md5::digest(input).as_slice() == value,
            Kind::Second(_) => Sha1::digest(input).as_slice() == value,
        };
        right.then_some(key)
    }
}

impl OldKey {
    /// Decrypts what is encrypted as one block of this number.
    pub(crate) fn decrypt(&self, block: u32, bytes: &mut [u8]) {
        if let Some(mut cipher) = self.cipher(block) {
            cipher.apply_keystream(bytes);
        }
    }

    /// The first bytes of a block of this number, and then the rest of it, whose length they tell.
    pub(crate) fn decrypt_in_two<'r>(&self, block: u32, first: &mut [u8], rest: impl FnOnce(&[u8]) -> Option<&'r mut [u8]>) {
        let Some(mut cipher) = self.cipher(block) else { return };
        cipher.apply_keystream(first);
        if let Some(rest) = rest(first) {
            cipher.apply_keystream(rest);
        }
    }

    /// Decrypts a stream in blocks of so many bytes, numbered from 0.
    pub(crate) fn stream(&self, bytes: &[u8], block: usize) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for (number, block) in out.chunks_mut(block.max(1)).enumerate() {
            self.decrypt(number as u32, block);
        }
        out
    }

    fn cipher(&self, block: u32) -> Option<Rc4> {
        let key = match self.kind {
            Kind::First => Md5::new().chain_update(&self.base).chain_update(block.to_le_bytes()).finalize().to_vec(),
            Kind::Second(size) => {
                let mut key = Sha1::new().chain_update(&self.base).chain_update(block.to_le_bytes()).finalize().to_vec();
                key.truncate(size);
                // A key of 40 bits is filled up.
                if size == 5 {
                    key.resize(16, 0);
                }
                key
            }
        };
        Rc4::new_from_slice(&key).ok()
    }
}

/// Said of what is locked in a way that is none of these.
pub(crate) fn other() -> Reason {
    OTHER.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters that Office wrote, as msoffcrypto-tool publishes them.
    fn first() -> Vec<u8> {
        [
            &[1, 0, 1, 0][..],
            b"\xe8w,\x1d\x91\xc5j7\x96Ga\xb2\x80\x182\x17",
            b"\xc9\xe9\x97\xd4T\x97=1\x0b\xb1\xbap\x14&\x83~",
            b"\xb1\xde\x17\x8f\x07\xe9\x89\xc4M\xae^L\xf9j\xc4\x07",
        ]
        .concat()
    }

    #[test]
    fn the_password_makes_the_key() {
        let lock = OldLock::read(&first()).unwrap();
        assert!(lock.key("password1").is_some());
        assert!(lock.key("password2").is_none());
        assert!(lock.open(&Passwords::of("no\npassword1\n").unwrap()).is_ok());
        assert_eq!(lock.open(&Passwords::default()).unwrap_err(), "is encrypted");
        for end in 0..first().len() {
            assert!(OldLock::read(&first()[..end]).is_none());
        }
    }

    #[test]
    fn a_key_of_the_second_kind_opens_what_it_locked() {
        for bits in [0_u32, 40, 56, 128] {
            let size = if bits == 0 { 5 } else { bits as usize / 8 };
            let base = Sha1::new().chain_update([7; 16]).chain_update(wide("tiger moth")).finalize().to_vec();
            let key = OldKey { base, kind: Kind::Second(size) };
            let mut both = [&[9; 16][..], &Sha1::digest([9; 16])].concat();
            key.decrypt(0, &mut both);
            let head: Vec<u8> = [4, 0, RC4, 0x8004, bits, 1, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
            let info = [
                &[4, 0, 2, 0, 4, 0, 0, 0][..],
                &(head.len() as u32).to_le_bytes(),
                &head,
                &[16, 0, 0, 0],
                &[7; 16],
                &both[..16],
                &[20, 0, 0, 0],
                &both[16..],
            ]
            .concat();
            let lock = OldLock::read(&info).unwrap();
            assert!(lock.key("tiger").is_none());
            let opened = lock.key("tiger moth").unwrap();
            let locked = key.stream(b"Locked away about Ada", 8);
            assert_eq!(opened.stream(&locked, 8), b"Locked away about Ada");
        }
    }
}
