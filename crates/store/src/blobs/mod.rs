//! Stored files: attachments, letters, packs. Each is sealed under a key of its own, which is
//! wrapped under the key of its record or subject; the file lies in the blob folder under a
//! random name. A file is staged and synced before the transaction that names it, so that a
//! long upload holds no lock.

pub(crate) mod files;
pub(crate) mod stream;

use std::io::Read;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    error::Error,
    keys::{
        Key,
        folder::{random, random_key},
        table::Holder,
    },
    log::{Entry, Kind, blob_head},
    seal,
    sql::queries,
    store::Store,
    tx::{After, ReadTx, WriteTx},
    value::{Row, values},
};
pub use stream::BlobReader;

queries! {
    BLOB_INSERT = "INSERT INTO blobs (org, id, record, key_kind, key_id, file, mime, size_bytes, wrapped, name, seq, state) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'live')";
    BLOB_GET = "SELECT id, record, key_kind, key_id, file, mime, size_bytes, wrapped, name, seq FROM blobs \
        WHERE org = $1 AND id = $2 AND state = 'live'";
    BLOB_LIST = "SELECT id, record, key_kind, key_id, file, mime, size_bytes, wrapped, name, seq FROM blobs \
        WHERE org = $1 AND record = $2 AND state = 'live' ORDER BY seq";
    BLOB_REMOVED = "UPDATE blobs SET state = 'removed' WHERE org = $1 AND id = $2 AND state = 'live'";
    BLOBS_OF_KEY = "SELECT id, file FROM blobs WHERE org = $1 AND key_kind = $2 AND key_id = $3 AND state = 'live' ORDER BY seq";
    BLOB_OF_FILE = "SELECT state FROM blobs WHERE org = $1 AND file = $2";
}

/// What is known about a stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobMeta {
    /// Its identifier.
    pub id: String,
    /// The record it belongs to.
    pub record: String,
    /// Its name, e.g. `pack.pdf`; `None` when the key that sealed it was destroyed.
    pub name: Option<String>,
    /// Its media type.
    pub mime: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// The log entry of its storing.
    pub seq: u64,
}

/// What to call a stored file, and whose key seals it.
#[derive(Debug, Clone, Copy)]
pub struct NewBlob<'a> {
    /// The identifier, made by the caller.
    pub id: &'a str,
    /// The record it belongs to.
    pub record: &'a str,
    /// Seal it to this subject rather than to the record.
    pub subject: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Its media type.
    pub mime: &'a str,
}

/// A file that is sealed and synced but belongs to no record yet. Deleted when it is dropped
/// before [`WriteTx::blob_attach`] was committed.
pub struct StagedBlob {
    store: Store,
    file: String,
    key: Key,
    size: u64,
    stored_hash: [u8; 32],
    /// Set once the transaction that names the file has committed.
    kept: Arc<AtomicBool>,
}

impl StagedBlob {
    /// Bytes of clear text.
    pub fn size_bytes(&self) -> u64 {
        self.size
    }
}

impl Drop for StagedBlob {
    fn drop(&mut self) {
        if !self.kept.load(Ordering::Acquire) {
            // What cannot be deleted now is swept when the store is next opened.
            let _ = self.store.shared().files.remove(&self.file);
        }
    }
}

impl Store {
    /// Seals a file from a reader, streaming, outside any transaction.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the reader or the disk fails.
    pub fn blob_stage(&self, from: &mut dyn Read) -> Result<StagedBlob, Error> {
        let file = crate::hex(&random::<16>()?);
        let key = random_key()?;
        let mut staging = self.shared().files.create(&file)?;
        let mut staged = StagedBlob { store: self.clone(), file, key, size: 0, stored_hash: [0; 32], kept: Arc::default() };
        let written = stream::seal(&staged.key, &staged.file, from, &mut staging);
        let written = written.and_then(|written| staging.finish().map(|()| written));
        let written = written.map_err(|e| Error::unavailable("store a file", e))?;
        (staged.size, staged.stored_hash) = (written.size, written.stored_hash);
        Ok(staged)
    }

    /// Stages and attaches a file that is in memory, inside a running transaction.
    ///
    /// # Errors
    /// As [`Store::blob_stage`] and [`WriteTx::blob_attach`].
    pub fn blob_put(&self, tx: &mut WriteTx<'_>, blob: &NewBlob<'_>, mut bytes: &[u8]) -> Result<BlobMeta, Error> {
        let staged = self.blob_stage(&mut bytes)?;
        let meta = tx.blob_attach(blob, &staged)?;
        tx.after.push(After::Release(staged));
        Ok(meta)
    }

    /// Clears up after a crash: publishes staged files whose transaction committed, deletes
    /// those whose transaction did not, once they are a day old.
    pub(crate) fn blob_sweep(&self) -> Result<(), Error> {
        let files = &self.shared().files;
        for (file, old) in files.staged()? {
            let state = self.read(|tx| {
                let row = tx.one(&BLOB_OF_FILE, values![tx.org(), file.as_str()])?;
                row.map(|mut row| row.text(0)).transpose()
            })?;
            match state.as_deref() {
                Some("live") => files.publish(&file)?,
                Some(_) => files.remove(&file)?,
                None if old => files.remove(&file)?,
                None => {}
            }
        }
        Ok(())
    }
}

/// A row of `blobs`.
struct BlobRow {
    id: String,
    record: String,
    holder: Holder,
    key_id: String,
    file: String,
    mime: String,
    size: u64,
    wrapped: Vec<u8>,
    name: Vec<u8>,
    seq: u64,
}

impl BlobRow {
    fn from_row(mut row: Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.text(0)?,
            record: row.text(1)?,
            holder: Holder::parse(&row.text(2)?)?,
            key_id: row.text(3)?,
            file: row.text(4)?,
            mime: row.text(5)?,
            size: row.count(6)?,
            wrapped: row.blob(7)?,
            name: row.blob(8)?,
            seq: row.count(9)?,
        })
    }

    fn damaged(&self, what: &'static str) -> Error {
        Error::corrupt("blobs", self.id.clone(), what)
    }
}

fn context(purpose: &str, org: &str, record: &str, id: &str, file: &str) -> Vec<u8> {
    seal::context(purpose, &[org, record, id, file])
}

impl ReadTx<'_> {
    /// Opens a stored file for reading; `None` when there is no such file.
    ///
    /// # Errors
    /// [`Error::Erased`] when its key was destroyed; [`Error::Corrupt`] when it is missing or damaged.
    pub fn blob_open(&mut self, id: &str) -> Result<Option<(BlobMeta, BlobReader)>, Error> {
        let Some(row) = self.one(&BLOB_GET, values![self.org(), id])? else {
            return Ok(None);
        };
        let row = BlobRow::from_row(row)?;
        let key = self.key_alive(row.holder, &row.key_id)?;
        let org = self.org();
        let wrapped = seal::open(&key, &context("probity-blob-key-v1", org, &row.record, &row.id, &row.file), &row.wrapped);
        let file_key = wrapped.and_then(|bytes| bytes.try_into().ok()).map(Key::new).ok_or_else(|| row.damaged("its key does not open"))?;
        let reader = BlobReader::new(&file_key, &row.file, self.shared.files.open(&row.file)?);
        let reader = reader.map_err(|_| row.damaged("the file is damaged"))?;
        Ok(Some((self.blob_meta(row)?, reader)))
    }

    /// The files of a record, oldest first.
    pub fn blob_list(&mut self, record: &str) -> Result<Vec<BlobMeta>, Error> {
        let rows = self.query(&BLOB_LIST, values![self.org(), record])?;
        rows.into_iter().map(|row| self.blob_meta(BlobRow::from_row(row)?)).collect()
    }

    fn blob_meta(&mut self, row: BlobRow) -> Result<BlobMeta, Error> {
        let name = match self.key_alive(row.holder, &row.key_id) {
            Ok(key) => {
                let context = context("probity-blob-name-v1", self.org(), &row.record, &row.id, &row.file);
                let name = seal::open(&key, &context, &row.name).and_then(|bytes| String::from_utf8(bytes).ok());
                Some(name.ok_or_else(|| row.damaged("its name does not open"))?)
            }
            Err(Error::Erased) => None,
            Err(error) => return Err(error),
        };
        let BlobRow { id, record, mime, size, seq, .. } = row;
        Ok(BlobMeta { id, record, name, mime, size_bytes: size, seq })
    }
}

impl WriteTx<'_> {
    /// Gives a staged file to a record, with a log entry over the stored bytes.
    ///
    /// # Errors
    /// [`Error::Unknown`] or [`Error::Erased`] when the record or subject has no living key.
    pub fn blob_attach(&mut self, blob: &NewBlob<'_>, staged: &StagedBlob) -> Result<BlobMeta, Error> {
        let NewBlob { id, record, subject, name, mime } = *blob;
        let (holder, key_id) = subject.map_or((Holder::Record, record), |subject| (Holder::Subject, subject));
        let key = self.key_alive(holder, key_id)?;
        let (org, file) = (self.org(), staged.file.clone());
        let wrapped = seal::seal(&key, &context("probity-blob-key-v1", org, record, id, &file), staged.key.as_slice())?;
        let sealed_name = seal::seal(&key, &context("probity-blob-name-v1", org, record, id, &file), name.as_bytes())?;
        let head = blob_head(id, record, &file, mime, staged.size);
        let entry = Entry { record: id, verb: "blob_attach", reason: record, body: &staged.stored_hash, head: &head, ..Entry::default() };
        let seq = self.append(Kind::Blob, &entry)?;
        let params = values![org, id, record, holder.as_str(), key_id, file.as_str(), mime, staged.size, wrapped, sealed_name, seq];
        self.touch(&BLOB_INSERT, params)?;
        self.after.push(After::PublishBlob { file, kept: Arc::clone(&staged.kept) });
        Ok(BlobMeta {
            id: id.to_owned(),
            record: record.to_owned(),
            name: Some(name.to_owned()),
            mime: mime.to_owned(),
            size_bytes: staged.size,
            seq,
        })
    }

    /// Removes a stored file. `false` when there is no such file.
    pub fn blob_remove(&mut self, id: &str, verb: &str, reason: &str) -> Result<bool, Error> {
        let Some(row) = self.one(&BLOB_GET, values![self.org(), id])? else {
            return Ok(false);
        };
        let row = BlobRow::from_row(row)?;
        self.blob_mark_removed(id, verb, reason)?;
        self.after.push(After::RemoveBlob { file: row.file });
        Ok(true)
    }

    /// Marks all files under one key as removed; returns their file names.
    pub(crate) fn blobs_remove_of(&mut self, holder: Holder, key_id: &str, verb: &str) -> Result<Vec<String>, Error> {
        let rows = self.query(&BLOBS_OF_KEY, values![self.org(), holder.as_str(), key_id])?;
        let mut files = Vec::with_capacity(rows.len());
        for mut row in rows {
            self.blob_mark_removed(&row.text(0)?, verb, "")?;
            files.push(row.text(1)?);
        }
        Ok(files)
    }

    fn blob_mark_removed(&mut self, id: &str, verb: &str, reason: &str) -> Result<(), Error> {
        self.append(Kind::BlobRemoved, &Entry { record: id, verb, reason, ..Entry::default() })?;
        let org = self.org();
        self.touch(&BLOB_REMOVED, values![org, id]).map(drop)
    }
}
