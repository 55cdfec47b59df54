//! Data subjects: the owners of the keys that seal personal values.

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    log::{Entry, Kind},
    tokens::TOKENS_FORGET,
    tx::{After, ReadTx, WriteTx},
    value::values,
};

/// What is known about a subject's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectState {
    /// The key exists.
    Known,
    /// The key was destroyed.
    Erased,
}

impl ReadTx<'_> {
    /// Whether a subject is known or erased; `None` when there never was one.
    pub fn subject_state(&mut self, id: &str) -> Result<Option<SubjectState>, Error> {
        Ok(match self.key(Holder::Subject, id)? {
            Held::Alive(_) => Some(SubjectState::Known),
            Held::Erased => Some(SubjectState::Erased),
            Held::Never => None,
        })
    }
}

impl WriteTx<'_> {
    /// Makes the key of a new subject. Does nothing when the subject exists.
    ///
    /// # Errors
    /// [`Error::Erased`] when the subject was erased: an id is never given a second key.
    pub fn subject_create(&mut self, id: &str) -> Result<(), Error> {
        match self.key(Holder::Subject, id)? {
            Held::Alive(_) => Ok(()),
            Held::Erased => Err(Error::Erased),
            Held::Never => {
                self.key_create(Holder::Subject, id)?;
                self.append(Kind::Key, &Entry { record: id, verb: "subject_create", ..Entry::default() }).map(drop)
            }
        }
    }

    /// Erases a subject: the tokens go and the erasure is logged in this transaction; the key
    /// is destroyed after the commit and before [`crate::Store::write`] returns. A crash in
    /// between is finished when the store is next opened. `false` when there is no living key.
    pub fn subject_erase(&mut self, id: &str, reason: &str) -> Result<bool, Error> {
        if !matches!(self.key(Holder::Subject, id)?, Held::Alive(_)) {
            return Ok(false);
        }
        let org = self.org();
        let seq = self.append(Kind::Erased, &Entry { record: id, verb: "subject_erase", reason, ..Entry::default() })?;
        self.touch(&TOKENS_FORGET, values![org, id])?;
        self.mail_in_forget(id)?;
        self.search_notes_forget(id)?;
        for file in self.blobs_remove_of(Holder::Subject, id, "subject_erase")? {
            self.after.push(After::RemoveBlob { file });
        }
        self.key_destroy(Holder::Subject, id, seq)
    }
}
