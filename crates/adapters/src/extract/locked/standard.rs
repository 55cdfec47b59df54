//! What Office 2007 writes: the parameters as numbers (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9).

use super::cipher::{Aes, Hash};
use super::{Lock, wide};

/// How often the password is hashed.
const TURNS: u32 = 50_000;
/// AES with keys of 128, 192 and 256 bits.
const AES: [u32; 3] = [0x660E, 0x660F, 0x6610];
/// Bytes of an SHA-1.
const HASH: usize = 20;

/// The parameters of a document.
pub(super) struct Standard {
    key: usize,
    salt: Vec<u8>,
    input: Vec<u8>,
    value: Vec<u8>,
}

impl Standard {
    /// The parameters behind the version; `None` when they are others than AES.
    pub(super) fn read(info: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*info.get(at..)?.first_chunk::<4>()?));
        // Flags, the size of the head, then the head: flags, a size, the algorithm, its hash, the size of the key.
        let size = number(4)? as usize;
        let (algorithm, bits) = (number(16)?, number(24)?);
        if !AES.contains(&algorithm) {
            return None;
        }
        let verifier = info.get(8_usize.checked_add(size)?..)?;
        let (salt, rest) = verifier.get(4..)?.split_at_checked(16)?;
        let (input, rest) = rest.split_at_checked(16)?;
        let value = rest.get(4..36)?;
        Some(Self { key: bits as usize / 8, salt: salt.to_vec(), input: input.to_vec(), value: value.to_vec() })
    }
}

impl Lock for Standard {
    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let hashed = Hash::One.turned(&self.salt, &wide(password), TURNS);
        let last = Hash::One.of(&hashed, &0_u32.to_le_bytes());
        let half = |filler: u8| {
            let mut block = [filler; 64];
            block.iter_mut().zip(&last).for_each(|(slot, byte)| *slot ^= byte);
            Hash::One.of(&block, &[])
        };
        let mut key = [half(0x36), half(0x5C)].concat();
        key.truncate(self.key);
        let aes = Aes::new(&key)?;
        let is = Hash::One.of(&aes.each(&self.input), &[]);
        (aes.each(&self.value).get(..HASH)? == is.as_slice()).then_some(key)
    }

    fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        Some(Aes::new(key)?.each(data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters that Office wrote, as msoffcrypto-tool publishes them.
    fn info() -> Vec<u8> {
        let mut info = Vec::new();
        // Flags, the size of the head, the head: its flags, a size, the algorithm, its hash, the size of the key.
        for number in [0x24_u32, 20, 0x24, 0, 0x660E, 0x8004, 128] {
            info.extend(number.to_le_bytes());
        }
        info.extend(16_u32.to_le_bytes());
        info.extend(b"\xe8\x82fI\x0c[\xd1\xee\xbd+C\x94\xe3\xf80\xef");
        info.extend(b"Qos.\x96o\xac\x17\xb1\xc5\xd7\xd8\xcc6\xc9(");
        info.extend(20_u32.to_le_bytes());
        info.extend(b"+ah\xda\xbe)\x11\xad+\xd3|\x17Ft\\\x14\xd3\xcf\x1b\xb1@\xa4\x8fNo=#\x88\x08r\xb1j");
        info
    }

    #[test]
    fn the_password_makes_the_key() {
        let lock = Standard::read(&info()).unwrap();
        assert_eq!(lock.key("Password1234_").unwrap(), b"@\xb1:q\xf9\x0b\x96n7T\x08\xf2\xd1\x81\xa1\xaa");
        assert_eq!(lock.key("Password1234"), None);
        for end in 0..info().len() {
            assert!(Standard::read(&info()[..end]).is_none());
        }
    }
}
