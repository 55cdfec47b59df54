//! What one item may cost.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::passwords::Passwords;

/// The limits on reading one source item, attachments and archive members included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Longest wall time for one item.
    pub wall: Duration,
    /// Bytes a reading process may hold. There are two of them beside the program itself.
    pub memory: u64,
    /// Bytes for an item that needs more than that: it is read again, one such item at a time.
    pub memory_alone: u64,
    /// Processor time a reading process may use in its whole life, in seconds; it is
    /// replaced afterwards. A backstop behind `wall`.
    pub cpu_seconds: u64,
    /// Bytes that archives and packed documents inside one item may unpack to.
    pub unpacked: u64,
    /// How many times larger than its packed form a member may become, above 1 MiB.
    pub ratio: u64,
    /// Documents one item may turn into.
    pub documents: usize,
    /// Bytes of text one item may turn into.
    pub text: usize,
    /// How deeply messages and archives may be nested.
    pub depth: usize,
    /// Pages of one PDF.
    pub pages: usize,
    /// No limit, but what opens some items: passwords to try on what is encrypted.
    pub passwords: Passwords,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall: Duration::from_secs(10),
            memory: 128 << 20,
            memory_alone: 320 << 20,
            cpu_seconds: 1_800,
            unpacked: 256 << 20,
            ratio: 1_000,
            documents: 2_000,
            text: 64 << 20,
            depth: 20,
            pages: 5_000,
            passwords: Passwords::default(),
        }
    }
}
