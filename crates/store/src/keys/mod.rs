//! Keys, kept apart from the data.
//!
//! The key folder holds `root.key` (the one secret everything is wrapped with), `keys.dat`
//! (one slot a key, see [`file`]) and the log's signing key. The database only knows which
//! slot belongs to which subject or record and whether it still exists. To erase is to
//! overwrite the slot: from then on nothing that it sealed can be read again, wherever a
//! copy of the database may lie.

pub(crate) mod file;
pub(crate) mod folder;
pub(crate) mod ring;
pub(crate) mod table;

use zeroize::Zeroizing;

/// A 256-bit secret that is wiped from memory when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// A key with its place in the key file.
#[derive(Clone)]
pub(crate) struct Slotted {
    pub(crate) slot: u64,
    pub(crate) key: Key,
}
