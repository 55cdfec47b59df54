//! Mail in and out. A mail is queued in the transaction that causes it and sent by the worker;
//! a message is stored with all that follows from it before it is marked in its mailbox.

mod acknowledge;
mod address;
mod arrive;
mod fetch;
mod head;
mod inbox;
mod left;
mod messages;
mod outbox;
mod send;

pub(crate) use acknowledge::{JOB, queue_acknowledgement, run_job};
pub use address::{clean_address, clean_message_id, one_line};
pub use arrive::Arrival;
pub use fetch::{Fetched, fetch, take};
pub use inbox::{
    CaseMail, CaseMessage, InboxPage, InboxQuery, InboxRow, MailToday, MakeRequest, MessageView, dismiss_message, file_message, inbox,
    mail_today, make_request, message, message_file,
};
pub(crate) use inbox::{case_mail, is_inbox_clock};
pub use left::{LeftBehind, LeftWhy, left_behind};
pub use outbox::{OutFile, OutMail, Outbox, OutboxRow, SettleMail, mail_waits, outbox, queue, settle_mail};
pub use send::{Sent, send_all, send_once};

pub use store::MailStatus;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::ports::{Failure, LAST_ANSWER_SECONDS, Mailbox, Post};

/// How long a mail is held unless the settings say otherwise: twice as long as the last answer may take.
pub const HOLD_SECONDS: u32 = 1_200;
const _: () = assert!(HOLD_SECONDS as u64 > LAST_ANSWER_SECONDS + 300);

/// Mail as it is set up here.
#[derive(Clone)]
pub struct Mail {
    /// The address our mails come from; empty when mail is not set up.
    pub from: String,
    /// The name beside it, possibly empty.
    pub from_name: String,
    /// Who takes mails; without it they wait.
    pub post: Option<Arc<dyn Post>>,
    /// Where mail for the organisation arrives.
    pub mailboxes: Vec<Arc<dyn Mailbox>>,
    /// Seconds between two visits to the mailboxes.
    pub every_seconds: u32,
    /// Each mail is sent to our own mailbox as well. After a crash between handing over and
    /// marking, its copy there shows that it went out, and it is not sent again.
    pub copies: bool,
    /// A clear request by mail is acknowledged by mail at once; otherwise a person does it.
    pub acknowledge: bool,
    /// Messages of one sender or thread in an hour that are shown one by one.
    pub most_an_hour: u64,
    /// How long a worker may hold a mail before another takes it over, in seconds. Longer than
    /// handing over can take: the ten minutes of the last answer, and what goes before it.
    pub hold_seconds: u32,
    /// Called after each step with its name; `true` stops the work there, as a crash would.
    /// For the tests that stop between any two steps.
    pub stop_after: Arc<dyn Fn(&str) -> bool + Send + Sync>,
    /// Whether it just did.
    pub stopped: Arc<AtomicBool>,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            from: String::new(),
            from_name: String::new(),
            post: None,
            mailboxes: Vec::new(),
            every_seconds: 60,
            copies: false,
            acknowledge: true,
            most_an_hour: 20,
            hold_seconds: HOLD_SECONDS,
            stop_after: Arc::new(|_| false),
            stopped: Arc::default(),
        }
    }
}

impl Mail {
    /// The part of our Message-IDs after the `@`.
    fn domain(&self) -> &str {
        self.from.rsplit_once('@').map_or("probity.invalid", |(_, domain)| domain)
    }

    /// Marks a step as done.
    fn step(&self, name: &str) -> Result<(), Failure> {
        if !(self.stop_after)(name) {
            return Ok(());
        }
        self.stopped.store(true, Ordering::SeqCst);
        Err(Failure::new("going on after a step at which a test stops"))
    }

    /// Whether a step just stopped the work, asked once.
    fn stopped(&self) -> bool {
        self.stopped.swap(false, Ordering::SeqCst)
    }
}
