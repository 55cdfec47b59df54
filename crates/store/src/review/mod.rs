//! The items of a review: rows of their own, because there are many and each decision
//! changes one. Every batch of changes ends with [`WriteTx::log_batch`].
//!
//! Locator, document and proposals are sealed under the record's key. The proposals' seal
//! also binds the columns in clear, so that a decision changed behind the program's back
//! does not open. Place, kind, thread, marks and who decided are there to filter by: they decide nothing.

pub(crate) mod decisions;
pub(crate) mod notes;
pub(crate) mod queue;
mod unread;
pub(crate) mod words;

use crate::{
    error::Error,
    keys::{Key, table::Holder},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, Value, values},
};

/// The columns of an item in lists.
macro_rules! columns {
    () => {
        "idx, band, state, duplicate_of, unreadable, open_proposals, version, place, kind, thread, marks, second, decided_by, decided_us, locator"
    };
}

/// Which items a filter means: parameters 3 to 15, see [`ReviewFilter::params`].
macro_rules! wanted {
    () => {
        " FROM review_items WHERE org = $1 AND record = $2 AND idx > $3 AND ($4 = '' OR band = $4) AND ($5 = '' OR state = $5) \
         AND ($6 = 0 OR (duplicate_of IS NULL AND unreadable IS NULL)) AND ($7 = '' OR place = $7) AND ($8 = '' OR kind = $8) \
         AND ($9 = 0 OR marks > 0) AND ($10 < 0 OR thread = $10) AND ($11 = 0 OR second <> '') AND ($12 = 0 OR duplicate_of IS NOT NULL) \
         AND ($13 = 0 OR unreadable IS NOT NULL) AND ($14 = '' OR decided_by = $14 OR EXISTS (SELECT 1 FROM review_claims c \
         WHERE c.org = review_items.org AND c.record = review_items.record AND c.idx = review_items.idx AND c.who = $14 AND c.until_us > $15)) "
    };
}

queries! {
    REVIEW_PUT = "INSERT INTO review_items (org, record, idx, band, state, duplicate_of, unreadable, open_proposals, version, locator, \
        proposals, document, place, kind, thread, marks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $13, $14, $15)";
    REVIEW_GET = concat!("SELECT ", columns!(), ", proposals, document FROM review_items WHERE org = $1 AND record = $2 AND idx = $3");
    REVIEW_GET_LIGHT = concat!("SELECT ", columns!(), ", proposals FROM review_items WHERE org = $1 AND record = $2 AND idx = $3");
    REVIEW_UPDATE = "UPDATE review_items SET state = $4, open_proposals = $5, proposals = $6, version = version + 1, marks = $8, second = $9, \
        decided_by = $10, decided_us = $11 WHERE org = $1 AND record = $2 AND idx = $3 AND version = $7";
    REVIEW_PAGE = concat!("SELECT ", columns!(), wanted!(), "ORDER BY idx LIMIT $16");
    REVIEW_HOW_MANY = concat!("SELECT count(*)", wanted!());
    REVIEW_COUNTS = "SELECT band, state, count(*), count(duplicate_of), count(unreadable) FROM review_items \
        WHERE org = $1 AND record = $2 GROUP BY band, state ORDER BY band, state";
    REVIEW_CLEAR = "DELETE FROM review_items WHERE org = $1 AND record = $2";
    REVIEW_UNREAD = "UPDATE review_items SET unreadable = $4, proposals = $5, version = version + 1 WHERE org = $1 AND record = $2 AND idx = $3 \
        AND version = $6 AND unreadable IS NOT NULL";
    REVIEW_DROP = "DELETE FROM review_items WHERE org = $1 AND record = $2 AND idx = $3 AND version = $4 AND unreadable IS NOT NULL";
    REVIEW_REASONS = "SELECT unreadable, count(*) FROM review_items WHERE org = $1 AND record = $2 AND unreadable IS NOT NULL \
        GROUP BY unreadable ORDER BY unreadable";
    REVIEW_PROPOSALS = "SELECT idx, band, state, open_proposals, version, proposals FROM review_items WHERE org = $1 AND record = $2 \
        AND idx > $3 AND duplicate_of IS NULL AND unreadable IS NULL ORDER BY idx LIMIT $4";
    REVIEW_LAST = "SELECT max(idx) FROM review_items WHERE org = $1 AND record = $2";
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
    /// The place it was found in, as the installation calls it.
    pub place: String,
    /// What it is, e.g. `mail`.
    pub kind: String,
    /// The first item of its conversation; `None` when it stands alone.
    pub thread: Option<u64>,
    /// Proposals in all, decided or not.
    pub marks: u64,
    /// Whether a second person has to look: empty, `asked` or `confirmed`.
    pub second: String,
    /// Who decided last; empty when nobody did.
    pub decided_by: String,
    /// When, in microseconds since 1970 UTC; 0 when nobody did.
    pub decided_us: i64,
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

/// What is proposed in an item.
#[derive(Clone, PartialEq, Eq)]
pub struct ReviewProposals {
    /// Its number in the review, from 0.
    pub idx: u64,
    /// The version of its decisions.
    pub version: u64,
    /// The proposals with their decisions, in the caller's own form.
    pub proposals: Vec<u8>,
}

/// Never prints content.
impl std::fmt::Debug for ReviewProposals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReviewProposals").field("idx", &self.idx).finish_non_exhaustive()
    }
}

/// Never prints content.
impl std::fmt::Debug for ReviewItemFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReviewItemFull").field("idx", &self.item.idx).field("state", &self.item.state).finish_non_exhaustive()
    }
}

/// Which items to page through. What is empty or false does not filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewFilter {
    /// Only this band.
    pub band: String,
    /// Only this state.
    pub state: String,
    /// Leave out duplicates and what could not be read.
    pub readable: bool,
    /// Only from this place.
    pub place: String,
    /// Only of this kind.
    pub kind: String,
    /// Only with proposals.
    pub with_marks: bool,
    /// Only the conversation that begins with this item.
    pub thread: Option<u64>,
    /// Only what needs, or had, a second look.
    pub flagged: bool,
    /// Only what repeats another.
    pub duplicates: bool,
    /// Only what could not be read.
    pub unreadable: bool,
    /// Only what this user decided last or has open at `now_us`.
    pub mine: String,
    /// The instant at which leases are looked at, in microseconds since 1970 UTC.
    pub now_us: i64,
}

impl ReviewFilter {
    /// Organisation, record and parameters 3 to 15 of a filtered statement.
    fn params(&self, org: &str, record: &str, after: Option<u64>) -> Vec<Value> {
        let after = after.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let thread = self.thread.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let params = values![
            org,
            record,
            after,
            self.band.as_str(),
            self.state.as_str(),
            self.readable,
            self.place.as_str(),
            self.kind.as_str(),
            self.with_marks,
            thread,
            self.flagged,
            self.duplicates,
            self.unreadable,
            self.mine.as_str(),
            self.now_us
        ];
        params.to_vec()
    }
}

/// New decisions on an item.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ReviewChange<'a> {
    /// The new state.
    pub state: &'a str,
    /// Proposals that are still open.
    pub open_proposals: u64,
    /// Proposals in all.
    pub marks: u64,
    /// Whether a second person has to look: empty, `asked` or `confirmed`.
    pub second: &'a str,
    /// The proposals with their decisions.
    pub proposals: &'a [u8],
    /// The proposals before, kept for undoing; nothing is kept when empty.
    pub before: &'a [u8],
    /// What was done, e.g. `decide`.
    pub verb: &'a str,
    /// Ties together what was decided in one go.
    pub act: &'a str,
    /// Who counts as having decided, and when; whoever writes, now, when `None`.
    pub decided: Option<(&'a str, i64)>,
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
        place: row.text(7)?,
        kind: row.text(8)?,
        thread: row.opt_int(9)?.map(|n| u64::try_from(n).unwrap_or_default()),
        marks: row.count(10)?,
        second: row.text(11)?,
        decided_by: row.text(12)?,
        decided_us: row.int(13)?,
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
        let mut params = filter.params(org, record, after);
        params.push(limit.into());
        let rows = self.query(&REVIEW_PAGE, &params)?;
        rows.into_iter()
            .map(|mut row| {
                let mut item = item_from_row(&mut row)?;
                item.locator = open_locator(&key, &Place { org, record, idx: &item.idx.to_string() }, &row.blob(14)?)?;
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
        let proposals = seal::open(&key, &place.proposals(&item), &row.blob(15)?).ok_or_else(|| place.damaged())?;
        let document = seal::open(&key, &place.context("probity-review-document-v1"), &row.blob(16)?).ok_or_else(|| place.damaged())?;
        item.locator = open_locator(&key, &place, &row.blob(14)?)?;
        Ok(Some(ReviewItemFull { item, proposals, document }))
    }

    /// One item with its proposals, without its document and its locator: what a decision needs.
    ///
    /// # Errors
    /// As [`ReadTx::review_item_get`].
    pub fn review_item_light(&mut self, record: &str, idx: u64) -> Result<Option<ReviewItemFull>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let Some(mut row) = self.one(&REVIEW_GET_LIGHT, values![org, record, idx])? else {
            return Ok(None);
        };
        let item = item_from_row(&mut row)?;
        let place = Place { org, record, idx: &idx.to_string() };
        let proposals = seal::open(&key, &place.proposals(&item), &row.blob(15)?).ok_or_else(|| place.damaged())?;
        Ok(Some(ReviewItemFull { item, proposals, document: Vec::new() }))
    }

    /// The proposals of the next readable items, at most `limit`: no documents, no locators.
    ///
    /// # Errors
    /// As [`ReadTx::review_item_get`].
    pub fn review_proposals(&mut self, record: &str, after: Option<u64>, limit: u64) -> Result<Vec<ReviewProposals>, Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let org = self.org();
        let after = after.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        let rows = self.query(&REVIEW_PROPOSALS, values![org, record, after, limit])?;
        let opened = |mut row: Row| {
            let (idx, band, state) = (row.count(0)?, row.text(1)?, row.text(2)?);
            let item = ReviewItem { idx, band, state, open_proposals: row.count(3)?, version: row.count(4)?, ..ReviewItem::default() };
            let place = Place { org, record, idx: &idx.to_string() };
            let proposals = seal::open(&key, &place.proposals(&item), &row.blob(5)?).ok_or_else(|| place.damaged())?;
            Ok(ReviewProposals { idx, version: item.version, proposals })
        };
        rows.into_iter().map(opened).collect()
    }

    /// How many items a filter means.
    pub fn review_how_many(&mut self, record: &str, filter: &ReviewFilter) -> Result<u64, Error> {
        let params = filter.params(self.org(), record, None);
        self.one(&REVIEW_HOW_MANY, &params)?.map_or(Ok(0), |mut row| row.count(0))
    }

    /// The number of the last item; `None` while there is none.
    pub fn review_last(&mut self, record: &str) -> Result<Option<u64>, Error> {
        let last = self.one(&REVIEW_LAST, values![self.org(), record])?.map(|mut row| row.opt_int(0)).transpose()?.flatten();
        Ok(last.map(|n| u64::try_from(n).unwrap_or_default()))
    }

    /// Why items could not be read, each reason with the number of its items.
    pub fn review_reasons(&mut self, record: &str) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&REVIEW_REASONS, values![self.org(), record])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
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
            let (duplicate_of, unreadable) = (item.duplicate_of, item.unreadable.clone());
            let (from, kind) = (item.place.as_str(), item.kind.as_str());
            let params = values![
                org,
                record,
                item.idx,
                band,
                state,
                duplicate_of,
                unreadable,
                open,
                locator,
                proposals,
                document,
                from,
                kind,
                item.thread,
                item.marks
            ];
            self.change(&REVIEW_PUT, params)?;
        }
        Ok(())
    }

    /// Saves the decisions on one item. `item` is the item as it was read. Follow the batch with
    /// [`WriteTx::log_batch`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody decided in between.
    pub fn review_item_update(&mut self, record: &str, item: &ReviewItem, change: &ReviewChange<'_>) -> Result<(), Error> {
        let key = self.key_alive(Holder::Record, record)?;
        let (org, version) = (self.org(), item.version + 1);
        let open = change.open_proposals;
        let new = ReviewItem { state: change.state.to_owned(), open_proposals: open, version, ..item.clone() };
        let idx = item.idx.to_string();
        let place = Place { org, record, idx: &idx };
        let sealed = seal::seal(&key, &place.proposals(&new), change.proposals)?;
        let (who, at_us) = (self.actor.clone(), self.at_us);
        let (decided_by, decided_us) = change.decided.unwrap_or((who.as_str(), at_us));
        let params =
            values![org, record, item.idx, change.state, open, sealed, item.version, change.marks, change.second, decided_by, decided_us];
        if self.change(&REVIEW_UPDATE, params)? == 0 {
            let found = self.one(&REVIEW_GET_LIGHT, values![org, record, item.idx])?.map_or(Ok(0), |mut row| row.count(6))?;
            return Err(Error::Conflict { expected: item.version, found });
        }
        if !change.before.is_empty() {
            let before = seal::seal(&key, &place.context("probity-review-before-v1"), change.before)?;
            let params = values![org, record, item.idx, version, item.version, change.act, change.verb, who, at_us, before];
            self.change(&decisions::DECISION_PUT, params)?;
        }
        Ok(())
    }

    /// Removes all items of a review, e.g. before a new search. Follow it with [`WriteTx::log_batch`].
    pub fn review_items_clear(&mut self, record: &str) -> Result<u64, Error> {
        let org = self.org();
        let cleared = self.change(&REVIEW_CLEAR, values![org, record])?;
        self.review_drop(record)?;
        Ok(cleared)
    }

    /// Drops everything of a review, for an erasure that is logged by itself.
    pub(crate) fn review_drop(&mut self, record: &str) -> Result<(), Error> {
        let org = self.org();
        for query in [&REVIEW_CLEAR, &words::WORDS_CLEAR, &queue::CLAIMS_CLEAR, &decisions::DECISIONS_CLEAR, &notes::NOTES_CLEAR] {
            self.touch(query, values![org, record])?;
        }
        Ok(())
    }
}
