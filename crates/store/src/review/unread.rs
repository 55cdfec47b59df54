//! Items that could not be read, and what becomes of them when somebody knows more.

use super::{Place, REVIEW_DROP, REVIEW_GET_LIGHT, REVIEW_UNREAD, ReviewItem};
use crate::{error::Error, keys::table::Holder, seal, tx::WriteTx, value::values};

impl WriteTx<'_> {
    /// Gives another reason why an item could not be read. `item` is the item as it was listed. Follow it with
    /// [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is not any more what it was.
    pub fn review_item_unread(&mut self, record: &str, item: &ReviewItem, reason: &str) -> Result<(), Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let (org, idx) = (self.org(), item.idx.to_string());
        let new = ReviewItem { unreadable: Some(reason.to_owned()), version: item.version + 1, ..item.clone() };
        let sealed = seal::seal(&key, &Place { org, record, idx: &idx }.proposals(&new), &[])?;
        let params = values![org, record, item.idx, reason, sealed, item.version];
        let changed = self.change(&REVIEW_UNREAD, params)?;
        self.as_listed(record, item, changed)
    }

    /// Takes an item out that could not be read and now can: what it holds comes in as items of their own. Follow it
    /// with [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is not any more what it was.
    pub fn review_item_opened(&mut self, record: &str, item: &ReviewItem) -> Result<(), Error> {
        let org = self.org();
        let changed = self.change(&REVIEW_DROP, values![org, record, item.idx, item.version])?;
        self.as_listed(record, item, changed)
    }

    fn as_listed(&mut self, record: &str, item: &ReviewItem, changed: u64) -> Result<(), Error> {
        if changed > 0 {
            return Ok(());
        }
        let org = self.org();
        let found = self.one(&REVIEW_GET_LIGHT, values![org, record, item.idx])?.map_or(Ok(0), |mut row| row.count(6))?;
        Err(Error::Conflict { expected: item.version, found })
    }
}
