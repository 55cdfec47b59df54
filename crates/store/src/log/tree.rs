//! The Merkle tree as it grows: its size and its peaks, which are all an append needs.

use std::cell::RefCell;

use tlog_tiles::{
    Error as TlogError, Hash, HashReader, split_stored_hash_index, stored_hash_index, stored_hashes_for_record_hash, tree_hash,
};

use super::{HASH_GET, LOG_LEAF_HASH};
use crate::{error::Error, tx::ReadTx, value::values};

/// The growing edge of the tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    pub(crate) size: u64,
    /// The roots of the complete subtrees, largest first, with their stored-hash index.
    peaks: Vec<(u64, Hash)>,
}

impl Edge {
    /// Reads the peaks back from their stored form: 32 bytes each, largest subtree first.
    pub(crate) fn load(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, []) = bytes.as_chunks::<32>() else { return None };
        let indexes = peak_indexes(size);
        (hashes.len() == indexes.len()).then(|| Self { size, peaks: indexes.into_iter().zip(hashes.iter().map(|h| Hash(*h))).collect() })
    }

    /// The peaks as they are stored.
    pub(crate) fn store(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|(_, hash)| hash.0).collect()
    }

    /// Adds a leaf; returns the inner nodes that it completes, with their index.
    pub(crate) fn push(&mut self, leaf: Hash) -> Result<Vec<(u64, Hash)>, Error> {
        let made = stored_hashes_for_record_hash(self.size, leaf, self).map_err(broken)?;
        let first = stored_hash_index(0, self.size);
        let made: Vec<(u64, Hash)> = (first..).zip(made).collect();
        self.size += 1;
        let mut peaks = Vec::new();
        for index in peak_indexes(self.size) {
            let known = made.iter().chain(&self.peaks).find(|(i, _)| *i == index);
            peaks.push(*known.ok_or_else(|| broken(TlogError::BadMath))?);
        }
        self.peaks = peaks;
        Ok(made.into_iter().skip(1).collect())
    }

    /// The root of the tree at its present size.
    pub(crate) fn root(&self) -> Result<Hash, Error> {
        tree_hash(self.size, self).map_err(broken)
    }
}

/// The tree can only break by a fault of ours or by damaged peaks.
fn broken(_: TlogError) -> Error {
    Error::corrupt("log_head", "peaks", "the Merkle tree cannot be continued")
}

/// The stored-hash indexes of the complete subtrees of a tree, largest first.
fn peak_indexes(size: u64) -> Vec<u64> {
    let mut start = 0;
    let mut indexes = Vec::new();
    for level in (0..63_u8).rev() {
        let width = 1_u64 << level;
        if size & width != 0 {
            indexes.push(stored_hash_index(level, start >> level));
            start += width;
        }
    }
    indexes
}

impl HashReader for Edge {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, TlogError> {
        let find = |index: &u64| self.peaks.iter().find(|(i, _)| i == index).map(|(_, hash)| *hash).ok_or(TlogError::IndexesNotInTree);
        indexes.iter().map(find).collect()
    }
}

/// Reads any node of the stored tree: leaves from the log, inner nodes from `hashes`.
pub(crate) struct StoredTree<'a, 'b> {
    pub(crate) tx: RefCell<&'a mut ReadTx<'b>>,
}

impl HashReader for StoredTree<'_, '_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, TlogError> {
        let mut tx = self.tx.borrow_mut();
        let org = tx.org();
        let mut hashes = Vec::with_capacity(indexes.len());
        for &index in indexes {
            let (level, n) = split_stored_hash_index(index);
            let row = if level == 0 { tx.one(&LOG_LEAF_HASH, values![org, n]) } else { tx.one(&HASH_GET, values![org, index]) };
            let hash = row.ok().flatten().and_then(|mut row| row.hash(0).ok()).ok_or(TlogError::IndexesNotInTree)?;
            hashes.push(Hash(hash));
        }
        Ok(hashes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tlog_tiles::{node_hash, record_hash};

    /// RFC 6962 section 2.1, written from its text alone.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => tlog_tiles::EMPTY_HASH,
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                node_hash(by_definition(&leaves[..split]), by_definition(&leaves[split..]))
            }
        }
    }

    #[test]
    fn the_edge_gives_the_root_of_the_definition_at_every_size() {
        let mut edge = Edge::default();
        let mut leaves = Vec::new();
        for n in 0..200_u32 {
            assert_eq!(edge.root().unwrap(), by_definition(&leaves));
            let leaf = record_hash(&n.to_be_bytes());
            leaves.push(leaf);
            edge.push(leaf).unwrap();
            let stored = edge.store();
            assert_eq!(Edge::load(edge.size, &stored).unwrap().root().unwrap(), edge.root().unwrap());
        }
    }

    #[test]
    fn peaks_of_another_size_are_refused() {
        let mut edge = Edge::default();
        for n in 0..5_u8 {
            edge.push(record_hash(&[n])).unwrap();
        }
        assert!(Edge::load(7, &edge.store()).is_none());
        assert!(Edge::load(5, &edge.store()[1..]).is_none());
    }
}
