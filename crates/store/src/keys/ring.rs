//! Keys in memory: a reserve of new ones, so that most transactions need no extra sync,
//! and a cache of unwrapped ones.

use std::collections::HashMap;
use std::sync::Mutex;

use super::{Key, Slotted, file::KeyFile};
use crate::{driver::lock, error::Error};

/// New keys made at once: one sync pays for so many.
const RESERVE: usize = 64;
/// Unwrapped keys held at once; 32 bytes each and some overhead.
const CACHED: usize = 4096;

/// The keys of an open store.
pub(crate) struct KeyRing {
    file: KeyFile,
    reserve: Mutex<Vec<Slotted>>,
    cache: Mutex<HashMap<u64, Key>>,
}

impl KeyRing {
    pub(crate) fn new(file: KeyFile) -> Self {
        Self { file, reserve: Mutex::new(Vec::new()), cache: Mutex::new(HashMap::new()) }
    }

    /// A key that nobody has used, durable already.
    pub(crate) fn take(&self) -> Result<Slotted, Error> {
        let mut reserve = lock(&self.reserve);
        if reserve.is_empty() {
            *reserve = self.file.make(RESERVE)?;
        }
        let slotted = reserve.pop().ok_or(Error::Unavailable { doing: "take a new key", source: None })?;
        drop(reserve);
        self.remember(slotted.slot, &slotted.key);
        Ok(slotted)
    }

    /// The key in a slot; `None` when it was destroyed. The caller has already looked up, in
    /// its own transaction, that the key is alive: a cached copy never outvotes the database.
    pub(crate) fn get(&self, slot: u64) -> Result<Option<Key>, Error> {
        if let Some(key) = lock(&self.cache).get(&slot) {
            return Ok(Some(key.clone()));
        }
        let key = self.file.read(slot)?;
        if let Some(key) = &key {
            self.remember(slot, key);
        }
        Ok(key)
    }

    /// Destroys a key in memory and on disk.
    pub(crate) fn destroy(&self, slot: u64) -> Result<(), Error> {
        lock(&self.cache).remove(&slot);
        self.file.destroy(slot)
    }

    fn remember(&self, slot: u64, key: &Key) {
        let mut cache = lock(&self.cache);
        if cache.len() >= CACHED {
            cache.clear();
        }
        cache.insert(slot, key.clone());
    }
}
