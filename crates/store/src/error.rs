//! What can go wrong below the use cases. "Not found" is never an error: it is `None`.

/// A lower cause, kept for the log and never shown.
pub(crate) type Source = Box<dyn std::error::Error + Send + Sync>;

/// A failure of the store. `Display` never includes the cause: causes can quote data.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine, a file or the disk cannot be used at the moment; trying again later may work.
    #[error("{doing}: storage is unavailable")]
    Unavailable {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// Somebody else saved the record in between. Nothing was written.
    #[error("version {expected} was expected, version {found} was found")]
    Conflict {
        /// The version the caller had loaded; 0 means "new".
        expected: u64,
        /// The version that is stored; 0 means there is none.
        found: u64,
    },
    /// Stored data contradicts itself or fails its seal. It is never shown.
    #[error("stored data is damaged: {table} {id}: {what}")]
    Corrupt {
        /// The table or file.
        table: &'static str,
        /// The row, by its identifier.
        id: String,
        /// What is wrong with it, without its content.
        what: &'static str,
    },
    /// The driver refused a statement.
    #[error("{doing} failed")]
    Driver {
        /// The statement or step.
        doing: &'static str,
        /// The driver's own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The key that sealed this was destroyed; nobody can read it or add to it again.
    #[error("it has been erased")]
    Erased,
    /// A unique value (reference, e-mail address, name) is in use already.
    #[error("{what} is already in use")]
    Taken {
        /// The statement that met the duplicate.
        what: &'static str,
    },
    /// A personal value names a subject that was never created.
    #[error("no such {what}")]
    Unknown {
        /// What kind of thing is missing, e.g. `subject` or `record`.
        what: &'static str,
    },
    /// Rows were changed without an entry in the log; the transaction was rolled back.
    #[error("rows were changed without a log entry")]
    Unlogged,
    /// The configuration, the key folder or the schema does not fit this store.
    #[error("{what}")]
    Setup {
        /// What does not fit and what to do about it.
        what: String,
    },
}

impl Error {
    pub(crate) fn unavailable(doing: &'static str, source: impl Into<Source>) -> Self {
        Self::Unavailable { doing, source: Some(source.into()) }
    }

    pub(crate) fn driver(doing: &'static str, source: impl Into<Source>) -> Self {
        Self::Driver { doing, source: source.into() }
    }

    pub(crate) fn corrupt(table: &'static str, id: impl Into<String>, what: &'static str) -> Self {
        Self::Corrupt { table, id: id.into(), what }
    }

    pub(crate) fn setup(what: impl Into<String>) -> Self {
        Self::Setup { what: what.into() }
    }
}
