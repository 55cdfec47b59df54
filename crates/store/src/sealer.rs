//! Sealing outside the database: a file that a command keeps for itself.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{error::Error, keys::Key, seal};

/// Seals and opens under a key drawn from a secret that the caller knows anyway.
#[derive(Clone)]
pub struct Sealer(Key);

impl Sealer {
    /// A sealer for a secret, a salt and a purpose (HKDF-SHA256). It is as strong as the secret is hard to guess.
    pub fn new(secret: &[u8], salt: &[u8], purpose: &str) -> Self {
        let mut key = Zeroizing::new([0_u8; 32]);
        // Only more than 8,160 bytes of output can fail.
        let _ = Hkdf::<Sha256>::new(Some(salt), secret).expand(purpose.as_bytes(), key.as_mut_slice());
        Self(key)
    }

    /// A fresh salt.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the operating system gives no random bytes.
    pub fn salt() -> Result<[u8; 16], Error> {
        crate::keys::folder::random()
    }

    /// Seals bytes for one place in the file.
    ///
    /// # Errors
    /// When they are too long.
    pub fn seal(&self, place: u64, clear: &[u8]) -> Result<Vec<u8>, Error> {
        seal::seal(&self.0, &place.to_le_bytes(), clear)
    }

    /// Opens what was sealed for this place; `None` under another secret, or when a bit is another.
    pub fn open(&self, place: u64, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::open(&self.0, &place.to_le_bytes(), sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::Sealer;

    #[test]
    fn it_opens_under_the_same_secret_in_the_same_place_alone() {
        let sealer = Sealer::new(b"secret", b"salt", "test");
        let sealed = sealer.seal(3, b"Amelia Hart").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"Amelia"));
        assert_eq!(Sealer::new(b"secret", b"salt", "test").open(3, &sealed).as_deref(), Some(&b"Amelia Hart"[..]));
        assert_eq!(sealer.open(4, &sealed), None);
        for other in [Sealer::new(b"secre", b"salt", "test"), Sealer::new(b"secret", b"sal", "test"), Sealer::new(b"secret", b"salt", "")] {
            assert_eq!(other.open(3, &sealed), None);
        }
        assert_ne!(Sealer::salt().unwrap(), Sealer::salt().unwrap());
    }
}
