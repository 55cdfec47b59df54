//! Which slot belongs to whom, and its state. Erasing happens in three steps: the
//! transaction marks the key as `destroying` and logs it; after the commit the slot is
//! overwritten; then the mark becomes `destroyed`. From the first step on nobody reads the
//! key; a crash between the steps is finished when the store is next opened.

use super::{Key, Slotted};
use crate::{
    error::Error,
    sql::queries,
    tx::{After, ReadTx, WriteTx},
    value::values,
};

queries! {
    KEY_GET = "SELECT slot, state FROM keys WHERE org = $1 AND kind = $2 AND id = $3";
    KEY_INSERT = "INSERT INTO keys (org, kind, id, slot, state, erased_seq, created_us) VALUES ($1, $2, $3, $4, 'alive', NULL, $5)";
    KEY_DESTROYING = "UPDATE keys SET state = 'destroying', erased_seq = $4 WHERE org = $1 AND kind = $2 AND id = $3 AND state = 'alive'";
    KEY_DESTROYED = "UPDATE keys SET state = 'destroyed' WHERE org = $1 AND slot = $2 AND state = 'destroying'";
    KEY_UNFINISHED = "SELECT slot FROM keys WHERE org = $1 AND state = 'destroying' ORDER BY slot";
}

/// Whose key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Subject,
    Record,
    User,
}

impl Holder {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Record => "record",
            Self::User => "user",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        match text {
            "subject" => Ok(Self::Subject),
            "record" => Ok(Self::Record),
            "user" => Ok(Self::User),
            _ => Err(Error::corrupt("keys", text, "unknown kind of key")),
        }
    }
}

/// What is known about a key.
pub(crate) enum Held {
    /// There never was one.
    Never,
    /// It exists.
    Alive(Key),
    /// It was destroyed, or is about to be.
    Erased,
}

impl ReadTx<'_> {
    /// Looks a key up and unwraps it.
    pub(crate) fn key(&mut self, holder: Holder, id: &str) -> Result<Held, Error> {
        let org = self.org();
        let Some(mut row) = self.one(&KEY_GET, values![org, holder.as_str(), id])? else {
            return Ok(Held::Never);
        };
        if row.text(1)? != "alive" {
            return Ok(Held::Erased);
        }
        // A restored database may still think that a destroyed key is alive.
        Ok(self.shared.ring.get(row.count(0)?)?.map_or(Held::Erased, Held::Alive))
    }

    /// The key, or the error that fits its absence.
    pub(crate) fn key_alive(&mut self, holder: Holder, id: &str) -> Result<Key, Error> {
        match self.key(holder, id)? {
            Held::Alive(key) => Ok(key),
            Held::Erased => Err(Error::Erased),
            Held::Never => Err(Error::Unknown { what: holder.as_str() }),
        }
    }
}

impl WriteTx<'_> {
    /// Makes a key for somebody who has none.
    pub(crate) fn key_create(&mut self, holder: Holder, id: &str) -> Result<Key, Error> {
        let Slotted { slot, key } = self.shared.ring.take()?;
        let (org, at_us) = (self.org(), self.at_us);
        self.change(&KEY_INSERT, values![org, holder.as_str(), id, slot, at_us])?;
        Ok(key)
    }

    /// Marks a key for destruction after the commit. `erased_seq` is the log entry that says so.
    /// `false` when there was no living key.
    pub(crate) fn key_destroy(&mut self, holder: Holder, id: &str, erased_seq: u64) -> Result<bool, Error> {
        let org = self.org();
        let Some(mut row) = self.one(&KEY_GET, values![org, holder.as_str(), id])? else {
            return Ok(false);
        };
        let slot = row.count(0)?;
        let changed = self.touch(&KEY_DESTROYING, values![org, holder.as_str(), id, erased_seq])?;
        if changed > 0 {
            self.after.push(After::DestroyKey { slot });
        }
        Ok(changed > 0)
    }
}
