//! Messages that could not be taken and lie in their mailbox, and mailboxes that cannot be read or
//! tidied: shown to people with a reason until it is mended.

use domain::people::{Actor, Relation, Verb, require};
use jiff::Timestamp;
use store::MailLeft;

use crate::app::App;
use crate::error::Error;

/// The mailbox as a whole could not be visited.
pub(super) const VISIT: (u64, u64) = (0, 0);
/// Messages that were taken could not be put away in it.
pub(super) const HANDLED: (u64, u64) = (0, 1);
/// Attempts after which a message is stored for a person, without all that would follow from it.
pub(super) const BY_HAND_AFTER: u64 = 4;
/// Rows shown.
const SHOWN: u64 = 200;
/// Microseconds of a minute.
const MINUTE_US: i64 = 60_000_000;

/// When to try again after an attempt: 1, 2, 4, ... minutes, then every hour.
pub(super) fn again_at(now_us: i64, tries: u64) -> i64 {
    let doublings = tries.saturating_sub(1).min(6);
    now_us.saturating_add((MINUTE_US << doublings).min(60 * MINUTE_US))
}

/// Why something was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftWhy {
    /// The mailbox cannot be reached, or does not let us in.
    Visit,
    /// Messages are stored, and could not be moved or marked in the mailbox.
    Handled,
    /// The mailbox did not hand the message out.
    Fetch,
    /// The message could not be stored.
    Store,
}

impl LeftWhy {
    fn of(code: &str) -> Self {
        match code {
            "visit" => Self::Visit,
            "handled" => Self::Handled,
            "fetch" => Self::Fetch,
            _ => Self::Store,
        }
    }

    /// What it means and what to do, without personal data.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Visit => {
                "The mailbox cannot be read. New mail waits there, and its time is running. Check the server, the account and its password."
            }
            Self::Handled => {
                "Messages are safely stored here, but could not be moved to the folder for handled mail. Check that this folder exists and may be written to."
            }
            Self::Fetch => {
                "The mailbox does not hand this message out. Open it there with a mail program; if it is a request, log it by hand."
            }
            Self::Store => {
                "This message could not be stored. It lies unread in the mailbox. Open it there with a mail program; if it is a request, log it by hand."
            }
        }
    }
}

/// Something that was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    /// Whether it is the folder that messages are dropped into; otherwise the mailbox on a server.
    pub dropped: bool,
    /// The mailbox's short name, as `probity doctor` prints it.
    pub mailbox: String,
    /// The message's number in the mailbox (its UID), where it has one that means something.
    pub number: Option<u64>,
    /// Why.
    pub why: LeftWhy,
    /// How often it was tried.
    pub tries: u64,
    /// Since when.
    pub since: Timestamp,
    /// When it is tried again.
    pub next: Timestamp,
}

impl LeftBehind {
    fn of(left: &MailLeft) -> Self {
        let dropped = left.mailbox.starts_with("dropped");
        Self {
            dropped,
            mailbox: left.mailbox.clone(),
            number: Some(left.number).filter(|_| !dropped && left.validity > 0),
            why: LeftWhy::of(&left.reason),
            tries: left.tries,
            since: Timestamp::from_microsecond(left.since_us).unwrap_or_default(),
            next: Timestamp::from_microsecond(left.due_us).unwrap_or_default(),
        }
    }
}

/// What was left, the oldest first.
pub fn left_behind(app: &App, actor: &Actor) -> Result<Vec<LeftBehind>, Error> {
    require(actor, Verb::OutboxSee, Relation::None)?;
    app.store.read(read)
}

pub(super) fn read(tx: &mut store::ReadTx<'_>) -> Result<Vec<LeftBehind>, Error> {
    Ok(tx.mail_left(SHOWN)?.iter().map(LeftBehind::of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_tried_again_ever_less_often_and_at_least_every_hour() {
        let minutes = |tries| again_at(0, tries) / MINUTE_US;
        assert_eq!([1, 2, 3, 4, 5, 6, 7, 1_000].map(minutes), [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn every_reason_says_what_to_do() {
        for code in ["visit", "handled", "fetch", "store"] {
            let why = LeftWhy::of(code);
            assert_eq!(serde_json::to_value(why).unwrap(), code);
            assert!(why.words().contains("heck ") || why.words().contains("by hand"), "{code}");
        }
    }
}
