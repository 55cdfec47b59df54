//! Which slot belongs to whom, and its state. Erasing happens in three steps: the
//! transaction marks the key as `destroying` and logs it; after the commit the slot is
//! overwritten; then the mark becomes `destroyed`. From the first step on nobody reads the
//! key; a crash between the steps is finished when the store is next opened.

use super::{Key, Slotted};
use crate::{
    error::Error,
    sql::queries,
    store::Shared,
    tokens::keyed_hash,
    tx::{After, ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    KEY_GET = "SELECT slot, state, mac FROM keys WHERE org = $1 AND kind = $2 AND id = $3";
    KEY_INSERT = "INSERT INTO keys (org, kind, id, slot, state, erased_seq, mac, created_us) VALUES ($1, $2, $3, $4, 'alive', NULL, $5, $6)";
    KEY_DESTROYING = "UPDATE keys SET state = 'destroying', erased_seq = $4, mac = $5 WHERE org = $1 AND kind = $2 AND id = $3 AND state = 'alive'";
    KEY_DESTROYED = "UPDATE keys SET state = 'destroyed' WHERE org = $1 AND slot = $2 AND state = 'destroying'";
    KEY_UNFINISHED = "SELECT slot, state, mac, kind, id FROM keys WHERE org = $1 AND state = 'destroying' ORDER BY slot";
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

/// Slot and liveness of one row, checked against its mac.
struct KeyRow {
    slot: u64,
    alive: bool,
}

impl KeyRow {
    /// Reads slot, state and mac, the first three columns.
    fn from_row(row: &mut Row, shared: &Shared, kind: &str, id: &str) -> Result<Self, Error> {
        let (slot, state, mac) = (row.count(0)?, row.text(1)?, row.blob(2)?);
        let alive = match state.as_str() {
            "alive" => true,
            "destroying" | "destroyed" => false,
            _ => return Err(Error::corrupt("keys", id, "the key is in no known state")),
        };
        if mac != row_mac(shared, kind, id, slot, alive) {
            return Err(Error::corrupt("keys", id, "the row of the key was changed"));
        }
        Ok(Self { slot, alive })
    }
}

/// Binds a slot and whether its key is alive to the holder.
fn row_mac(shared: &Shared, kind: &str, id: &str, slot: u64, alive: bool) -> Vec<u8> {
    let text = serde_json::json!([shared.org, kind, id, slot, alive]).to_string();
    keyed_hash(shared.key_row_key.as_slice(), "probity-key-row-v1", &text).to_vec()
}

impl ReadTx<'_> {
    /// Looks a key up and unwraps it.
    pub(crate) fn key(&mut self, holder: Holder, id: &str) -> Result<Held, Error> {
        let Some(mut row) = self.one(&KEY_GET, values![self.org(), holder.as_str(), id])? else {
            return Ok(Held::Never);
        };
        let KeyRow { slot, alive } = KeyRow::from_row(&mut row, self.shared, holder.as_str(), id)?;
        if !alive {
            return Ok(Held::Erased);
        }
        // A restored database may still think that a destroyed key is alive.
        Ok(self.shared.ring.get(slot)?.map_or(Held::Erased, Held::Alive))
    }

    /// The slots of keys whose destruction was committed but perhaps not carried out.
    pub(crate) fn keys_unfinished(&mut self) -> Result<Vec<u64>, Error> {
        let rows = self.query(&KEY_UNFINISHED, values![self.org()])?;
        let slot = |mut row: Row| {
            let (kind, id) = (row.text(3)?, row.text(4)?);
            KeyRow::from_row(&mut row, self.shared, &kind, &id).map(|row| row.slot)
        };
        rows.into_iter().map(slot).collect()
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
        let (org, kind, at_us) = (self.org(), holder.as_str(), self.at_us);
        let mac = row_mac(self.shared, kind, id, slot, true);
        self.change(&KEY_INSERT, values![org, kind, id, slot, mac, at_us])?;
        Ok(key)
    }

    /// Marks a key for destruction after the commit. `erased_seq` is the log entry that says so.
    /// `false` when there was no living key.
    pub(crate) fn key_destroy(&mut self, holder: Holder, id: &str, erased_seq: u64) -> Result<bool, Error> {
        let (org, kind) = (self.org(), holder.as_str());
        let Some(mut row) = self.one(&KEY_GET, values![org, kind, id])? else {
            return Ok(false);
        };
        let KeyRow { slot, alive } = KeyRow::from_row(&mut row, self.shared, kind, id)?;
        if alive {
            let mac = row_mac(self.shared, kind, id, slot, false);
            self.touch(&KEY_DESTROYING, values![org, kind, id, erased_seq, mac])?;
            self.after.push(After::DestroyKey { slot });
        }
        Ok(alive)
    }
}
