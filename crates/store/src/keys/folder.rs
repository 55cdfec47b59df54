//! The key folder: its lock, and its secret files, written whole or not at all and
//! readable by their owner alone.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Key;
use crate::error::Error;

/// The folder that holds the keys of an installation.
pub(crate) struct KeyFolder {
    path: PathBuf,
}

impl KeyFolder {
    /// Opens the folder, making it (mode 0700) when it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|e| Error::unavailable("make the key folder", e))?;
        Ok(Self { path: path.to_owned() })
    }

    /// The path of one file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Keeps other processes out of the folder until the returned file is dropped.
    pub(crate) fn lock(&self) -> Result<File, Error> {
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(self.file("lock"));
        let lock = lock.map_err(|e| Error::unavailable("open the lock of the key folder", e))?;
        lock.lock().map_err(|e| Error::unavailable("lock the key folder", e))?;
        Ok(lock)
    }

    /// Reads a small file, or makes it with `make` when it is missing. Call under the lock.
    pub(crate) fn read_or_make(
        &self,
        name: &str,
        mode: u32,
        make: impl FnOnce() -> Result<Zeroizing<String>, Error>,
    ) -> Result<Zeroizing<String>, Error> {
        match std::fs::read_to_string(self.file(name)) {
            Ok(text) => return Ok(Zeroizing::new(text)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::unavailable("read a key file", e)),
        }
        let text = make()?;
        self.write_whole(name, mode, text.as_bytes()).map_err(|e| Error::unavailable("write a key file", e))?;
        Ok(text)
    }

    /// Makes the names of new files durable.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(|e| Error::unavailable("sync the key folder", e))
    }

    fn write_whole(&self, name: &str, mode: u32, bytes: &[u8]) -> std::io::Result<()> {
        let temporary = self.file(&format!("{name}.new"));
        let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(mode).open(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, self.file(name))?;
        File::open(&self.path)?.sync_all()
    }
}

/// The secret that wraps all keys. What else is secret of an organisation is derived from it.
pub(crate) struct Root(Key);

impl Root {
    /// Reads `root.key`, or makes a new one. Call under the folder's lock.
    pub(crate) fn load(folder: &KeyFolder) -> Result<Self, Error> {
        let text = folder.read_or_make("root.key", 0o600, || Ok(Zeroizing::new(crate::hex(&*random_key()?) + "\n")))?;
        let damaged = || Error::corrupt("key folder", "root.key", "it does not hold 64 hexadecimal digits");
        let bytes = Zeroizing::new(crate::unhex(text.trim()).ok_or_else(damaged)?);
        Ok(Self(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| damaged())?)))
    }

    /// A key derived for one purpose (HKDF-SHA256).
    pub(crate) fn derive(&self, purpose: &str) -> Key {
        let mut key = Zeroizing::new([0_u8; 32]);
        // Only more than 8,160 bytes of output can fail.
        let _ = Hkdf::<Sha256>::new(None, self.0.as_slice()).expand(purpose.as_bytes(), key.as_mut_slice());
        key
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|e| Error::unavailable("draw random bytes", e))?;
    Ok(bytes)
}

/// A fresh random key.
pub(crate) fn random_key() -> Result<Key, Error> {
    Ok(Zeroizing::new(random()?))
}
