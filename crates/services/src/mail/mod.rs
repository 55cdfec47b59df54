//! Mail out. A mail is queued in the transaction that causes it and sent by the worker.

mod address;
mod outbox;
mod send;

pub use address::{clean_address, clean_message_id, one_line};
pub use outbox::{OutFile, OutMail, Outbox, mail_waits, outbox, queue};
pub use send::{Sent, send_all, send_once};

use std::sync::Arc;

use crate::ports::{Failure, Post};

/// Mail as it is set up here.
#[derive(Clone)]
pub struct Mail {
    /// The address our mails come from; empty when mail is not set up.
    pub from: String,
    /// The name beside it, possibly empty.
    pub from_name: String,
    /// Who takes mails; without it they wait.
    pub post: Option<Arc<dyn Post>>,
    /// How long a worker may hold a mail before another takes it over, in seconds. Longer than
    /// handing over can take.
    pub hold_seconds: u32,
    /// Called after each step with its name; `true` stops the work there, as a crash would.
    /// For the tests that stop between any two steps.
    pub stop_after: Arc<dyn Fn(&str) -> bool + Send + Sync>,
}

impl Default for Mail {
    fn default() -> Self {
        Self { from: String::new(), from_name: String::new(), post: None, hold_seconds: 300, stop_after: Arc::new(|_| false) }
    }
}

impl Mail {
    /// The part of our Message-IDs after the `@`.
    fn domain(&self) -> &str {
        self.from.rsplit_once('@').map_or("probity.invalid", |(_, domain)| domain)
    }

    /// Marks a step as done.
    fn step(&self, name: &str) -> Result<(), Failure> {
        if (self.stop_after)(name) { Err(Failure::new("going on after a step at which a test stops")) } else { Ok(()) }
    }
}
