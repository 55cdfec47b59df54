//! Opening the store, and running transactions on it.

use std::path::PathBuf;
use std::sync::{Arc, atomic::Ordering};

use domain::ids::OrgId;
use tlog_tiles::EMPTY_HASH;

use crate::{
    blobs::files::{BlobFiles, Folder},
    dialect::Dialect,
    driver::{Connection, Engine},
    error::Error,
    keys::{
        Key,
        file::KeyFile,
        folder::{KeyFolder, Root},
        ring::KeyRing,
        table::KEY_DESTROYED,
    },
    log::{LOG_HEAD_INIT, checkpoint::Signer},
    migrate,
    settings::{META_GET, META_SET},
    sql::Query,
    tx::{After, Origin, ReadTx, WriteTx},
    value::values,
    watch::Watch,
};

/// How often a transaction that lost a race is tried again.
const ATTEMPTS: usize = 5;

/// Where an installation keeps its data.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// `sqlite:/path/to/probity.db`, or a `postgres://` URL.
    pub url: String,
    /// Folder for stored files.
    pub data_dir: PathBuf,
    /// Folder for keys. It must not be backed up together with the data.
    pub keys_dir: PathBuf,
    /// The organisation; letters, digits, `.`, `_` and `-`, at most 64.
    pub org: OrgId,
}

/// What all transactions of a store share.
pub(crate) struct Shared {
    pub(crate) org: String,
    pub(crate) dialect: Dialect,
    pub(crate) ring: KeyRing,
    pub(crate) signer: Signer,
    pub(crate) files: Box<dyn BlobFiles>,
    /// Binds the rows of `keys` to their holders.
    pub(crate) key_row_key: Key,
    /// Keys the blind tokens.
    pub(crate) search_key: Key,
    /// Seals what belongs to the organisation and to no person or record.
    pub(crate) org_key: Key,
    /// What the engine is asked, while somebody counts.
    pub(crate) watch: Watch,
}

/// An open store. Cheap to clone; usable from many threads, never from an asynchronous one.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Shared,
    engine: Box<dyn Engine>,
}

impl Store {
    /// Opens the store: makes folders and keys on first use, brings the schema up to date,
    /// and finishes erasures that a crash interrupted.
    ///
    /// # Errors
    /// [`Error::Setup`] when the schema is of another version or the key folder belongs to
    /// another database; [`Error::Unavailable`] when the engine or a folder cannot be used.
    pub fn open(config: &StoreConfig) -> Result<Self, Error> {
        let org = config.org.as_str();
        check_org(org)?;
        let dialect = Dialect::from_url(&config.url)?;
        let folder = KeyFolder::open(&config.keys_dir)?;
        let (root, signer) = {
            let _lock = folder.lock()?;
            (Root::load(&folder)?, Signer::load(&folder, org)?)
        };
        let ring = KeyRing::new(KeyFile::open(folder, root.derive("probity-key-encryption-v1"))?);
        let files = Box::new(Folder::open(&config.data_dir.join("blobs"))?);
        let engine = dialect.open(org)?;
        let shared = Shared {
            org: org.to_owned(),
            dialect,
            ring,
            signer,
            files,
            key_row_key: root.derive(&format!("probity-key-rows-v1|{org}")),
            search_key: root.derive(&format!("probity-search-v1|{org}")),
            org_key: root.derive(&format!("probity-organisation-v1|{org}")),
            watch: Watch::default(),
        };
        let store = Self { inner: Arc::new(Inner { shared, engine }) };
        store.prepare(&crate::hex(root.derive(&format!("probity-key-check-v1|{org}")).as_slice()))?;
        Ok(store)
    }

    /// Migrates, makes the organisation's rows, and finishes what a crash interrupted.
    fn prepare(&self, key_check: &str) -> Result<(), Error> {
        let Inner { shared, engine } = &*self.inner;
        migrate::run(engine.writer()?.get()?, &shared.dialect)?;
        let origin = Origin { actor: "store".to_owned(), at_us: 0 };
        let unfinished = self.write_technical(&origin, |tx| {
            let org = tx.org();
            let empty = tx.shared.signer.sign(0, EMPTY_HASH)?;
            tx.touch(&LOG_HEAD_INIT, values![org, Vec::new(), empty])?;
            tx.touch(&META_SET, values![org, "key_check", key_check])?;
            let known = tx.one(&META_GET, values![org, "key_check"])?.map(|mut row| row.text(0)).transpose()?;
            if known.as_deref() != Some(key_check) {
                return Err(Error::setup("the key folder does not belong to this database; restore the keys that go with it"));
            }
            tx.tallies_begin()?;
            tx.keys_unfinished()
        })?;
        self.finish(unfinished.into_iter().map(|slot| After::DestroyKey { slot }).collect())?;
        self.blob_sweep()
    }

    /// The public key of the log, as signed-note tools read it.
    pub fn verifier_key(&self) -> &str {
        self.inner.shared.signer.verifier_key()
    }

    /// The organisation this store was opened for.
    pub fn org(&self) -> &str {
        &self.inner.shared.org
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.inner.shared
    }

    /// Runs a transaction that reads one consistent state.
    ///
    /// # Errors
    /// What the closure returns, or what the engine reports.
    pub fn read<T, E: From<Error>>(&self, f: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let Inner { shared, engine } = &*self.inner;
        let mut pooled = engine.reader()?;
        let connection = pooled.get()?;
        shared.watch.note("BEGIN TO READ");
        connection.batch("begin to read", shared.dialect.begin_read())?;
        let mut rollback = Rollback { connection: Some(connection) };
        let result = f(&mut ReadTx { connection: rollback.connection()?, shared, failed: false });
        rollback.end("COMMIT").map_err(|(error, _)| error)?;
        result
    }

    /// Runs a transaction that writes, all or nothing, and returns once it is durable. An
    /// `Ok` means: committed, synced, logged, and every key that was to be destroyed is gone.
    ///
    /// The closure may run more than once, when PostgreSQL reports a lost race.
    ///
    /// # Errors
    /// What the closure returns (then nothing was written); [`Error::Unlogged`] when rows were
    /// changed without a log entry; what the engine reports.
    pub fn write<T, E: From<Error>>(&self, origin: &Origin, f: impl FnMut(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.transact(origin, true, f)
    }

    /// Like [`Store::write`], for rows that need no log entry: sessions seen, jobs claimed,
    /// progress. It does not wait for the log's lock; what needs an entry is refused unless it is logged.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_technical<T, E: From<Error>>(&self, origin: &Origin, f: impl FnMut(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.transact(origin, false, f)
    }

    fn transact<T, E: From<Error>>(
        &self,
        origin: &Origin,
        lock_log: bool,
        mut f: impl FnMut(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        for attempt in 1.. {
            match self.attempt(origin, lock_log, &mut f)? {
                Attempt::Done(value, after) => {
                    self.finish(after)?;
                    return Ok(value);
                }
                Attempt::Failed(error, retryable) if !retryable || attempt >= ATTEMPTS => return Err(error),
                Attempt::Failed(..) => {}
            }
        }
        Err(Error::Unavailable { doing: "write", source: None }.into())
    }

    fn attempt<T, E: From<Error>>(
        &self,
        origin: &Origin,
        lock_log: bool,
        f: &mut impl FnMut(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<Attempt<T, E>, E> {
        let Inner { shared, engine } = &*self.inner;
        let mut pooled = engine.writer()?;
        let connection = pooled.get()?;
        connection.take_retryable();
        shared.watch.note("BEGIN TO WRITE");
        connection.batch("begin to write", shared.dialect.begin_write())?;
        let mut rollback = Rollback { connection: Some(connection) };
        let mut tx = WriteTx::new(rollback.connection()?, shared, origin);
        let locked = if lock_log { tx.lock_log() } else { Ok(()) };
        let result = locked.map_err(E::from).and_then(|()| f(&mut tx)).and_then(|value| Ok(tx.seal().map(|()| value)?));
        let after = std::mem::take(&mut tx.after);
        match result {
            Ok(value) => match rollback.end("COMMIT") {
                Ok(()) => Ok(Attempt::Done(value, after)),
                Err((error, retryable)) => Ok(Attempt::Failed(error.into(), retryable)),
            },
            Err(error) => {
                let retryable = rollback.connection()?.take_retryable();
                Ok(Attempt::Failed(error, retryable))
            }
        }
    }

    /// Does what has to follow a commit.
    fn finish(&self, after: Vec<After>) -> Result<(), Error> {
        let shared = &self.inner.shared;
        let mut destroyed = Vec::new();
        for step in after {
            match step {
                After::DestroyKey { slot } => {
                    shared.ring.destroy(slot)?;
                    destroyed.push(slot);
                }
                After::PublishBlob { file, kept } => {
                    kept.store(true, Ordering::Release);
                    shared.files.publish(&file)?;
                }
                After::Release(staged) => drop(staged),
                After::RemoveBlob { file } => shared.files.remove(&file)?,
            }
        }
        if destroyed.is_empty() {
            return Ok(());
        }
        let origin = Origin { actor: "store".to_owned(), at_us: 0 };
        self.write_technical(&origin, |tx| {
            for slot in &destroyed {
                let org = tx.org();
                tx.touch(&KEY_DESTROYED, values![org, *slot])?;
            }
            Ok::<(), Error>(())
        })?;
        shared.dialect.scrub(self.inner.engine.writer()?.get()?)
    }

    /// Prepares every statement of the registry on this engine; returns how many there are.
    ///
    /// # Errors
    /// The first statement that the engine refuses.
    pub fn prepare_all(&self) -> Result<usize, Error> {
        let Inner { shared, engine } = &*self.inner;
        let mut pooled = engine.writer()?;
        let connection = pooled.get()?;
        let queries: Vec<&Query> = crate::sql::REGISTRY.iter().copied().flatten().filter(|q| shared.dialect.understands(q)).collect();
        for query in &queries {
            connection.prepare(query)?;
        }
        Ok(queries.len())
    }
}

enum Attempt<T, E> {
    Done(T, Vec<After>),
    Failed(E, bool),
}

/// Rolls back when it is dropped before its end, also when a closure panics.
struct Rollback<'a> {
    connection: Option<&'a mut dyn Connection>,
}

impl Rollback<'_> {
    fn connection(&mut self) -> Result<&mut dyn Connection, Error> {
        match &mut self.connection {
            Some(connection) => Ok(&mut **connection),
            None => Err(Error::Unavailable { doing: "use a connection", source: None }),
        }
    }

    fn end(mut self, how: &'static str) -> Result<(), (Error, bool)> {
        let Some(connection) = self.connection.take() else { return Ok(()) };
        connection.batch("commit", how).map_err(|error| {
            let retryable = connection.take_retryable();
            // The transaction is over either way; a failed rollback marks the connection as unusable.
            let _ = connection.batch("roll back", "ROLLBACK");
            (error, retryable)
        })
    }
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Nothing was committed; a connection that cannot even roll back is not used again.
            let _ = connection.batch("roll back", "ROLLBACK");
        }
    }
}

/// The organisation's id stands in file names, in the log's name and in a PostgreSQL setting.
pub(crate) fn check_org(org: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if org.is_empty() || org.len() > 64 || org.starts_with('.') || !org.chars().all(plain) {
        return Err(Error::setup("an organisation's id has 1 to 64 letters, digits, dots, underscores or hyphens"));
    }
    Ok(())
}
