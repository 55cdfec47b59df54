//! `keys.dat`: fixed slots of 96 bytes, one wrapped key each.
//!
//! A slot is written and synced before the first transaction that may use its key, is never
//! used for a second key, and is destroyed by overwriting it in place and syncing. Layout:
//! state (`K` key, `D` destroyed), format 1, six zero bytes, slot number (8, little endian),
//! nonce (24), wrapped key with tag (48), eight zero bytes.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};

use zeroize::Zeroizing;

use super::{Key, Slotted, folder::KeyFolder};
use crate::{error::Error, keys::folder::random_key, seal};

/// Bytes of one slot; many fit one disk sector, none needs two syncs.
const SLOT: usize = 96;
const KEY: u8 = b'K';
const DESTROYED: u8 = b'D';
const FORMAT: u8 = 1;

/// The open key file.
pub(crate) struct KeyFile {
    file: File,
    folder: KeyFolder,
    wrapping: Key,
}

impl KeyFile {
    /// Opens or makes the file. `wrapping` is the key-encryption key.
    pub(crate) fn open(folder: KeyFolder, wrapping: Key) -> Result<Self, Error> {
        let open = OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(folder.file("keys.dat"));
        let file = open.map_err(|e| Error::unavailable("open the key file", e))?;
        folder.sync()?;
        Ok(Self { file, folder, wrapping })
    }

    /// Makes `n` new keys. When this returns they are durable.
    pub(crate) fn make(&self, n: usize) -> Result<Vec<Slotted>, Error> {
        let _lock = self.folder.lock()?;
        let length = self.file.metadata().map_err(|e| Error::unavailable("read the key file's size", e))?.len();
        // A crash may have left part of a slot: skip it, it was never used.
        let first = length.div_ceil(SLOT as u64);
        let mut bytes = Vec::with_capacity(n * SLOT);
        let mut made = Vec::with_capacity(n);
        for slot in (first..).take(n) {
            let key = random_key()?;
            bytes.extend_from_slice(&self.wrap(slot, &key)?);
            made.push(Slotted { slot, key });
        }
        let write = self.file.write_all_at(&bytes, first * SLOT as u64).and_then(|()| self.file.sync_all());
        write.map_err(|e| Error::unavailable("write the key file", e))?;
        Ok(made)
    }

    fn wrap(&self, slot: u64, key: &Key) -> Result<[u8; SLOT], Error> {
        let sealed = seal::seal(&self.wrapping, &wrapping_context(slot), key.as_slice())?;
        let mut bytes = [0_u8; SLOT];
        let parts = [&[KEY, FORMAT, 0, 0, 0, 0, 0, 0][..], &slot.to_le_bytes(), &sealed].concat();
        for (to, from) in bytes.iter_mut().zip(parts) {
            *to = from;
        }
        Ok(bytes)
    }

    /// Reads a key; `None` when it was destroyed.
    pub(crate) fn read(&self, slot: u64) -> Result<Option<Key>, Error> {
        let mut bytes = [0_u8; SLOT];
        match self.file.read_exact_at(&mut bytes, slot * SLOT as u64) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Err(damaged(slot, "the key file ends before this slot")),
            Err(e) => return Err(Error::unavailable("read the key file", e)),
        }
        match bytes.first() {
            Some(&DESTROYED) => return Ok(None),
            Some(&KEY) if bytes.get(1) == Some(&FORMAT) => {}
            _ => return Err(damaged(slot, "the slot holds neither a key nor the mark of a destroyed one")),
        }
        if bytes.get(8..16) != Some(&slot.to_le_bytes()) {
            return Err(damaged(slot, "the slot belongs elsewhere"));
        }
        let sealed = bytes.get(16..88).unwrap_or_default();
        let key = seal::open(&self.wrapping, &wrapping_context(slot), sealed).ok_or_else(|| damaged(slot, "the key does not unwrap"))?;
        let key = Zeroizing::new(key);
        Ok(Some(Zeroizing::new(key.as_slice().try_into().map_err(|_| damaged(slot, "the key has the wrong size"))?)))
    }

    /// Destroys a key for good. Safe to repeat.
    pub(crate) fn destroy(&self, slot: u64) -> Result<(), Error> {
        let mut bytes = [0_u8; SLOT];
        if let Some(state) = bytes.first_mut() {
            *state = DESTROYED;
        }
        let write = self.file.write_all_at(&bytes, slot * SLOT as u64).and_then(|()| self.file.sync_all());
        write.map_err(|e| Error::unavailable("destroy a key", e))
    }
}

fn wrapping_context(slot: u64) -> Vec<u8> {
    format!("probity-key-v1|{slot}").into_bytes()
}

fn damaged(slot: u64, what: &'static str) -> Error {
    Error::corrupt("keys.dat", slot.to_string(), what)
}
