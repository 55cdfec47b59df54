//! The items of a review: rows of their own, because there are many and each decision
//! changes one. Every batch of changes ends with [`WriteTx::log_batch`].
//!
//! Locator, document and proposals are sealed under the record's key. The proposals' seal
//! also binds the columns in clear, so that a decision changed behind the program's back
//! does not open.

use crate::{
    error::Error,
    keys::{Key, table::Holder},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    REVIEW_PUT = "INSERT INTO review_items (org, record, idx, band, state, duplicate_of, unreadable, open_proposals, version, locator, \
        proposals, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11)";
    REVIEW_GET = "SELECT idx, band, state, duplicate_of, unreadable, open_proposals, version, locator, proposals, document FROM review_items \
        WHERE org = $1 AND record = $2 AND idx = $3";
    REVIEW_UPDATE = "UPDATE review_items SET state = $4, open_proposals = $5, proposals = $6, version = version + 1 \
        WHERE org = $1 AND record = $2 AND idx = $3 AND version = $7";
    REVIEW_PAGE = "SELECT idx, band, state, duplicate_of, unreadable, open_proposals, version, locator FROM review_items \
        WHERE org = $1 AND record = $2 AND idx > $3 AND ($4 = '' OR band = $4) AND ($5 = '' OR state = $5) \
        AND ($6 = 0 OR (duplicate_of IS NULL AND unreadable IS NULL)) ORDER BY idx LIMIT $7";
    REVIEW_COUNTS = "SELECT band, state, count(*), count(duplicate_of), count(unreadable) FROM review_items \
        WHERE org = $1 AND record = $2 GROUP BY band, state ORDER BY band, state";
    REVIEW_CLEAR = "DELETE FROM review_items WHERE org = $1 AND record = $2";
}

/// What lists show of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewItem {
    /// Its number in the review, from 0.
    pub idx: u64,
    /// How likely it is about the person, e.g. `certain`.
    pub band: String,
    /// The decision so far, e.g. `open`, `include`, `exclude`.
    pub state: String,
    /// The item that it repeats.
    pub duplicate_of: Option<u64>,
    /// Why it could not be read: a code without personal data.
    pub unreadable: Option<String>,
    /// Proposals that nobody has decided yet.
    pub open_proposals: u64,
    /// Counts its changes, from 1; two reviewers of one item get a conflict.
    pub version: u64,
    /// Where it was found. Sealed.
    pub locator: String,
}

/// An item with everything.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ReviewItemFull {
    /// What lists show.
    pub item: ReviewItem,
    /// The proposals with their decisions, in the caller's own form. Sealed.
    pub proposals: Vec<u8>,
    /// The extracted document, in the caller's own form. Sealed.
    pub document: Vec<u8>,
}

/// Never prints content.
impl std::fmt::Debug for ReviewItemFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReviewItemFull").field("idx", &self.item.idx).field("state", &self.item.state).finish_non_exhaustive()
    }
}

/// Which items to page through.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewFilter {
    /// Only this band; all when empty.
    pub band: String,
    /// Only this state; all when empty.
    pub state: String,
    /// Leave out duplicates and what could not be read.
    pub readable: bool,
}

/// How many items of a review are in a band and a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewCount {
    /// The band.
    pub band: String,
    /// The state.
    pub state: String,
    /// Items in both.
    pub items: u64,
    /// Of these, duplicates.
    pub duplicates: u64,
    /// Of these, unreadable.
    pub unreadable: u64,
}

/// Where an item belongs, for its seals.
struct Place<'a> {
    org: &'a str,
    record: &'a str,
    idx: &'a str,
}

impl Place<'_> {
    fn context(&self, purpose: &str) -> Vec<u8> {
        seal::context(purpose, &[self.org, self.record, self.idx])
    }

    /// The proposals are bound to what stands beside them in clear.
    fn proposals(&self, item: &ReviewItem) -> Vec<u8> {
        let duplicate = item.duplicate_of.map_or(String::new(), |n| n.to_string());
        let unreadable = item.unreadable.as_deref().unwrap_or_default();
        let open = item.open_proposals.to_string();
        let version = item.version.to_string();
        let parts = [self.org, self.record, self.idx, &item.band, &item.state, &duplicate, unreadable, &open, &version];
        seal::context("probity-review-proposals-v1", &parts)
    }

    fn damaged(&self) -> Error {
        Error::corrupt("review_items", format!("{} item {}", self.record, self.idx), "a seal does not open")
    }
}

fn item_from_row(row: &mut Row) -> Result<ReviewItem, Error> {
    let duplicate_of = row.opt_int(3)?.map(|n| u64::try_from(n).unwrap_or_default());
    Ok(ReviewItem {
        idx: row.count(0)?,
        band: row.text(1)?,
        state: row.text(2)?,
        duplicate_of,
        unreadable: row.opt_text(4)?,
        open_proposals: row.count(5)?,
        version: row.count(6)?,
        locator: String::new(),
    })
}

impl ReadTx<'_> {
    /// A page of items after a number, without documents and proposals.
    pub fn review_items_page(
        &mut self,
        record: &str,
        after: Option<u64>,
        limit: u64,
        filter: &ReviewFilter,
    ) -> Result<Vec<ReviewItem>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let after = after.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let params = values![org, record, after, filter.band.as_str(), filter.state.as_str(), filter.readable, limit];
        let rows = self.query(&REVIEW_PAGE, params)?;
        rows.into_iter()
            .map(|mut row| {
                let mut item = item_from_row(&mut row)?;
                item.locator = open_locator(&key, &Place { org, record, idx: &item.idx.to_string() }, &row.blob(7)?)?;
                Ok(item)
            })
            .collect()
    }

    /// One item with its document and proposals.
    ///
    /// # Errors
    /// [`Error::Erased`] when the record's key was destroyed; [`Error::Corrupt`] when a seal does not open.
    pub fn review_item_get(&mut self, record: &str, idx: u64) -> Result<Option<ReviewItemFull>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let Some(mut row) = self.one(&REVIEW_GET, values![org, record, idx])? else {
            return Ok(None);
        };
        let mut item = item_from_row(&mut row)?;
        let place = Place { org, record, idx: &idx.to_string() };
        let proposals = seal::open(&key, &place.proposals(&item), &row.blob(8)?).ok_or_else(|| place.damaged())?;
        let document = seal::open(&key, &place.context("probity-review-document-v1"), &row.blob(9)?).ok_or_else(|| place.damaged())?;
        item.locator = open_locator(&key, &place, &row.blob(7)?)?;
        Ok(Some(ReviewItemFull { item, proposals, document }))
    }

    /// How many items are in each band and state.
    pub fn review_counts(&mut self, record: &str) -> Result<Vec<ReviewCount>, Error> {
        let rows = self.query(&REVIEW_COUNTS, values![self.org(), record])?;
        let count = |mut row: Row| {
            let (band, state) = (row.text(0)?, row.text(1)?);
            Ok(ReviewCount { band, state, items: row.count(2)?, duplicates: row.count(3)?, unreadable: row.count(4)? })
        };
        rows.into_iter().map(count).collect()
    }
}

fn open_locator(key: &Key, place: &Place<'_>, sealed: &[u8]) -> Result<String, Error> {
    let clear = seal::open(key, &place.context("probity-review-locator-v1"), sealed);
    clear.and_then(|clear| String::from_utf8(clear).ok()).ok_or_else(|| place.damaged())
}

impl WriteTx<'_> {
    /// Adds items to a review. Follow it with [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Taken`] when a number is in use.
    pub fn review_items_insert(&mut self, record: &str, items: &[ReviewItemFull]) -> Result<(), Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        for full in items {
            let mut item = full.item.clone();
            item.version = 1;
            let idx = item.idx.to_string();
            let place = Place { org, record, idx: &idx };
            let locator = seal::seal(&key, &place.context("probity-review-locator-v1"), item.locator.as_bytes())?;
            let proposals = seal::seal(&key, &place.proposals(&item), &full.proposals)?;
            let document = seal::seal(&key, &place.context("probity-review-document-v1"), &full.document)?;
            let (band, state) = (item.band.as_str(), item.state.as_str());
            let open = item.open_proposals;
            let params =
                values![org, record, item.idx, band, state, item.duplicate_of, item.unreadable.clone(), open, locator, proposals, document];
            self.change(&REVIEW_PUT, params)?;
        }
        Ok(())
    }

    /// Saves the decisions on one item. `item` is the item as it was read; `state`, the number
    /// of open proposals and the proposals are its new ones. Follow the batch with [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody decided in between.
    pub fn review_item_update(
        &mut self,
        record: &str,
        item: &ReviewItem,
        state: &str,
        open_proposals: u64,
        proposals: &[u8],
    ) -> Result<(), Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let new = ReviewItem { state: state.to_owned(), open_proposals, version: item.version + 1, ..item.clone() };
        let sealed = seal::seal(&key, &Place { org, record, idx: &item.idx.to_string() }.proposals(&new), proposals)?;
        let params = values![org, record, item.idx, state, open_proposals, sealed, item.version];
        if self.change(&REVIEW_UPDATE, params)? == 0 {
            let found = self.one(&REVIEW_GET, values![org, record, item.idx])?.map_or(Ok(0), |mut row| row.count(6))?;
            return Err(Error::Conflict { expected: item.version, found });
        }
        Ok(())
    }

    /// Removes all items of a review, e.g. before a new search. Follow it with [`WriteTx::log_batch`].
    pub fn review_items_clear(&mut self, record: &str) -> Result<u64, Error> {
        let org = self.org();
        self.change(&REVIEW_CLEAR, values![org, record])
    }
}
