//! Proofs that anyone can check with the public key alone (RFC 6962 section 2.1).

use std::cell::RefCell;

use tlog_tiles::{Hash, prove_record, prove_tree};

use super::{CHECKPOINT_LIST, LOG_HEAD_GET, LOG_LEAF_HASH, tree::StoredTree};
use crate::{error::Error, tx::ReadTx, value::values};

/// A Merkle proof together with the checkpoint that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// The signed checkpoint.
    pub checkpoint: String,
    /// Size of the tree of the checkpoint.
    pub size: u64,
    /// For an inclusion proof the leaf hash, in hexadecimal.
    pub leaf: Option<String>,
    /// The hashes of the proof, in hexadecimal, in RFC 6962 order.
    pub hashes: Vec<String>,
}

impl ReadTx<'_> {
    /// Size of the log and its latest signed checkpoint.
    pub(crate) fn log_head(&mut self) -> Result<(u64, String), Error> {
        let row = self.one(&LOG_HEAD_GET, values![self.org()])?;
        let mut row = row.ok_or_else(|| Error::corrupt("log_head", self.org(), "the row is missing"))?;
        Ok((row.count(0)?, row.text(2)?))
    }

    /// The latest signed checkpoint of the log.
    pub fn checkpoint(&mut self) -> Result<String, Error> {
        Ok(self.log_head()?.1)
    }

    /// The checkpoints kept so far, newest first, with the size of the log at each.
    pub fn checkpoints(&mut self, limit: u64) -> Result<Vec<(u64, String)>, Error> {
        let rows = self.query(&CHECKPOINT_LIST, values![self.org(), limit])?;
        rows.into_iter().map(|mut row| Ok((row.count(0)?, row.text(1)?))).collect()
    }

    /// Proves that the entry `seq` is in the log of the latest checkpoint; `None` when there is no such entry.
    pub fn prove_inclusion(&mut self, seq: u64) -> Result<Option<Proof>, Error> {
        let (size, checkpoint) = self.log_head()?;
        let Some(mut leaf) = self.one(&LOG_LEAF_HASH, values![self.org(), seq])? else {
            return Ok(None);
        };
        let leaf = Some(crate::hex(&leaf.hash(0)?));
        let hashes = prove_record(size, seq, &StoredTree { tx: RefCell::new(self) }).map_err(|_| unprovable())?;
        Ok(Some(Proof { checkpoint, size, leaf, hashes: texts(&hashes) }))
    }

    /// Proves that the log of the latest checkpoint continues the log of `old_size` entries;
    /// `None` when it never had so few or so many.
    pub fn prove_consistency(&mut self, old_size: u64) -> Result<Option<Proof>, Error> {
        let (size, checkpoint) = self.log_head()?;
        if old_size == 0 || old_size > size {
            return Ok(None);
        }
        let hashes = prove_tree(size, old_size, &StoredTree { tx: RefCell::new(self) }).map_err(|_| unprovable())?;
        Ok(Some(Proof { checkpoint, size, leaf: None, hashes: texts(&hashes) }))
    }
}

fn texts(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(|hash| crate::hex(&hash.0)).collect()
}

fn unprovable() -> Error {
    Error::corrupt("hashes", "tree", "a node of the Merkle tree is missing")
}
