//! Mail out: what the outbox needs from a mail server.

use jiff::Timestamp;

use super::Failure;

/// A finished mail, ready to be written down as a message.
#[derive(Clone, PartialEq, Eq)]
pub struct FinishedMail {
    /// Its Message-ID with the angle brackets; the same at every attempt.
    pub message_id: String,
    /// When it was written; the same at every attempt.
    pub written: Timestamp,
    /// The sender's name, possibly empty.
    pub from_name: String,
    /// The sender's address.
    pub from: String,
    /// The one recipient.
    pub to: String,
    /// Our own address, where a copy proves that the server has taken the mail; best effort.
    pub copy_to: Option<String>,
    /// The subject line.
    pub title: String,
    /// The plain text.
    pub text: String,
    /// Attachments.
    pub files: Vec<MailFile>,
    /// The Message-ID it answers.
    pub in_reply_to: Option<String>,
    /// The value of `Auto-Submitted` (RFC 3834), where a program wrote it.
    pub auto_submitted: Option<&'static str>,
}

/// An attachment.
#[derive(Clone, PartialEq, Eq)]
pub struct MailFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Never prints content.
impl std::fmt::Debug for FinishedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FinishedMail").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// What a server said to a mail. The texts are codes such as `550 5.1.1`, never the server's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It has taken the mail and answers for it from now on.
    Accepted,
    /// It will never take it.
    Refused(String),
    /// Not now.
    Later(String),
    /// The whole mail went to it, to the last full stop, and no answer came: it may have taken the
    /// mail or not.
    Unknown,
}

/// How long a server may take to answer after the last full stop, in seconds: the ten minutes of
/// RFC 5321 section 4.5.3.2.6. A server that is cut short here may deliver the mail all the same.
pub const LAST_ANSWER_SECONDS: u64 = 600;

/// Hands finished mails to a server.
pub trait Post: Send + Sync {
    /// Hands one mail over: one recipient, one message, one answer. `last` is asked when all but
    /// the last full stop has gone out: before it the server cannot have taken the mail, after it
    /// the server may have. When `last` says no, the connection ends there, and it is
    /// [`Handed::Later`].
    fn hand_over(&self, mail: &FinishedMail, last: &mut dyn FnMut() -> bool) -> Handed;

    /// Whether the server can be reached and lets us in; sends nothing.
    fn probe(&self) -> Result<(), Failure>;
}
