//! Storage: sealed versions, keys that can be destroyed, and a log that nobody alters
//! unnoticed. The only crate that knows SQL.
//!
//! # Use
//!
//! ```no_run
//! use domain::ids::OrgId;
//! use serde_json::json;
//! use store::{ClockRow, Error, Origin, RecordHead, SaveRecord, SearchToken, Store, StoreConfig};
//!
//! # fn main() -> Result<(), Error> {
//! let store = Store::open(&StoreConfig {
//!     url: "sqlite:/var/lib/probity/probity.db".into(), // or postgres://..
//!     data_dir: "/var/lib/probity".into(),
//!     keys_dir: "/var/lib/probity-keys".into(),
//!     org: OrgId::new("acme"),
//! })?;
//! let origin = Origin { actor: "user-1".into(), at_us: 1_700_000_000_000_000 };
//! let version = store.write(&origin, |tx| {
//!     tx.subject_create("subject-1")?;
//!     let reference = format!("SAR-2026-{:04}", tx.sequence_next("SAR-2026")?);
//!     let body = json!({"from": {"$personal": "subject-1", "value": "Amelia Hart"}});
//!     tx.record_save(SaveRecord {
//!         head: RecordHead { id: "request-1".into(), kind: "request".into(), reference, state: "open".into(), ..RecordHead::default() },
//!         body: &body,
//!         expected_version: 0,
//!         verb: "receive",
//!         reason: "",
//!         clocks: &[ClockRow { name: "answer".into(), due_us: Some(1_702_600_000_000_000), state: "running".into() }],
//!         tokens: &[SearchToken::of("subject-1", "Amelia Hart")],
//!     })
//! })?;
//! let stored = store.read(|tx| tx.record_get("request-1"))?;
//! assert_eq!(stored.map(|stored| stored.version), Some(version));
//! # Ok::<(), Error>(())
//! # }
//! ```
//!
//! - [`Store::read`] and [`Store::write`] are the only doors. A write is everything or nothing;
//!   its `Ok` means committed, synced, logged and signed. The closure's error type needs only
//!   `From<Error>`. It may run twice (a lost race on PostgreSQL), so it has no side effects.
//! - Rows about people or access cannot be changed without a log entry: [`Error::Unlogged`].
//!   [`Store::write_technical`] is for the rest: sessions seen, jobs claimed, progress.
//! - A record is saved whole, as version *n+1*, by whoever loaded version *n*; otherwise
//!   [`Error::Conflict`]. What lists need stands in the [`RecordHead`] and holds no personal data.
//! - `domain::Personal` values anywhere in a body are sealed to their subject; after
//!   [`WriteTx::subject_erase`] they read as erased, in every version.
//! - Big files: [`Store::blob_stage`] outside the transaction, [`WriteTx::blob_attach`] inside.
//! - Names: noun first (`record_get`, `job_claim`). Not found is `None`, never an error. Times
//!   are microseconds since 1970 UTC, ids are texts made by the caller.
//!
//! The store blocks, and the PostgreSQL client panics on an asynchronous thread: call it from
//! blocking threads alone (dropping it is safe anywhere).
//!
//! # What verification rests on
//!
//! [`log`] says what each entry binds; [`verify`] recomputes everything with the public key
//! alone. Search tokens, sessions, jobs and progress are working data and not bound; sealed
//! columns fail to open when they were changed.

mod alerts;
mod blobs;
mod body;
mod dialect;
mod driver;
mod error;
mod idempotency;
mod jobs;
mod keys;
mod list;
pub mod log;
mod mail_in;
mod mail_left;
mod migrate;
mod outbox;
mod passes;
mod progress;
mod records;
mod review;
mod seal;
mod sealer;
mod search_notes;
mod sessions;
mod settings;
mod sql;
mod store;
mod subjects;
mod tallies;
mod throttle;
mod tokens;
mod tx;
mod users;
mod value;
mod verify;
mod watch;

pub use alerts::{AlertKey, ClockDue, OpenAlert};
pub use blobs::{BlobMeta, BlobReader, NewBlob, StagedBlob};
pub use error::Error;
pub use jobs::{Job, JobStatus, NewJob};
pub use list::{Keyset, Order, RecordQuery};
pub use log::{LogEntry, proofs::Proof};
pub use mail_in::NewMailIn;
pub use mail_left::MailLeft;
pub use outbox::{ClaimedMail, MailEnd, MailStatus, NewMail};
pub use passes::{NewPass, Pass};
pub use progress::Progress;
pub use records::{ClockRow, ERASED, Listed, RecordHead, SaveRecord, Stored};
pub use review::decisions::Undoable;
pub use review::notes::ReviewNote;
pub use review::queue::ReviewClaim;
pub use review::words::ReviewWords;
pub use review::{ReviewChange, ReviewCount, ReviewFilter, ReviewItem, ReviewItemFull, ReviewProposals};
pub use sealer::Sealer;
pub use sessions::Session;
pub use store::{Store, StoreConfig};
pub use subjects::SubjectState;
pub use tallies::{ClockOf, LogCount, Tally};
pub use throttle::Throttle;
pub use tokens::SearchToken;
pub use tx::{Origin, ReadTx, WriteTx};
pub use users::User;
pub use verify::{Problem, VerifyConfig, VerifyReport, verify};

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |n: u8| DIGITS.get(usize::from(n)).copied().unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of hexadecimal text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).and_then(|n| u8::try_from(n).ok())).collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    Some(pairs.iter().map(|[high, low]| (high << 4) | low).collect())
}
