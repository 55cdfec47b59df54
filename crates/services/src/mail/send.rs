//! Sending: claim, hand over, mark. The claim and the mark are transactions, the handing over
//! is between them and holds no lock.
//!
//! A mail keeps its Message-ID through every attempt. Before its last full stop goes out, that is
//! written down: until then the server cannot have taken it, and it may be handed over again.
//! From there to the commit that marks the answer nobody knows, whether the program is killed or
//! the answer is lost. Such a mail is `unknown` and is never sent again by itself. Where a mailbox
//! of ours is read, a copy of each mail goes there, and a copy that is found settles it as sent;
//! otherwise a person looks, and says.

use jiff::Timestamp;
use store::{ClaimedMail, MailEnd, Origin, WriteTx};

use super::fetch::fetch;
use super::outbox::StoredMail;
use crate::app::App;
use crate::error::Error;
use crate::ports::{Failure, FinishedMail, Handed, Post};

/// Minutes to wait after the first, second, ... attempt; then the last of them again and again.
const DELAYS: [i64; 8] = [1, 5, 15, 30, 60, 120, 240, 480];
/// Attempts before a mail is given up: about four days.
const MOST_ATTEMPTS: u64 = 18;
/// Microseconds of a minute.
const MINUTE_US: i64 = 60_000_000;

/// What became of one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// The server has taken it.
    Sent,
    /// It is tried again later.
    Later,
    /// It is given up.
    Failed,
    /// Nobody knows whether the server has taken it.
    Unknown,
}

/// Sends the next mail that is due. `None` when there is none, or no server to send it to.
pub fn send_once(app: &App, worker: &str) -> Result<Option<Sent>, Error> {
    let Some(post) = app.mail.post.clone() else { return Ok(None) };
    let lease_us = i64::from(app.mail.hold_seconds) * 1_000_000;
    let Some(mail) = app.store.write_technical(&origin(app, worker), |tx| tx.mail_claim(worker, lease_us))? else {
        return Ok(None);
    };
    app.mail.step("mail-claimed")?;
    if mail.in_doubt {
        return doubted(app, worker, &mail).map(Some);
    }
    let handed = hand_over(app, worker, post.as_ref(), &mail)?;
    app.mail.step("mail-handed-over")?;
    let sent = mark(app, worker, &mail, &handed)?;
    app.mail.step("mail-marked")?;
    Ok(Some(sent))
}

/// Sends every mail that is due. Returns what became of each.
pub fn send_all(app: &App, worker: &str) -> Result<Vec<Sent>, Error> {
    std::iter::from_fn(|| send_once(app, worker).transpose()).collect()
}

/// A mail of a worker that ended between the last full stop and the mark: its copy shows that it
/// went out, now or whenever it comes. Without one a person has to say.
fn doubted(app: &App, worker: &str, mail: &ClaimedMail) -> Result<Sent, Error> {
    if app.mail.copies && !for_its_addressee_alone(&mail.purpose) {
        fetch(app, worker)?;
        let status = app.store.read(|tx| tx.mail_by_message_id(&mail.message_id))?;
        if status.is_some_and(|status| status.state == "sent") {
            return Ok(Sent::Sent);
        }
    }
    mark(app, worker, mail, &Handed::Unknown)
}

fn hand_over(app: &App, worker: &str, post: &dyn Post, mail: &ClaimedMail) -> Result<Handed, Error> {
    let Some(body) = mail.body.clone() else { return Ok(Handed::Refused("erased".to_owned())) };
    let stored: StoredMail = serde_json::from_value(body).map_err(|error| Failure::because("reading a mail", error))?;
    let finished = FinishedMail {
        message_id: mail.message_id.clone(),
        written: Timestamp::from_microsecond(mail.queued_us).unwrap_or_default(),
        from_name: app.mail.from_name.clone(),
        from: app.mail.from.clone(),
        files: stored.files()?,
        copy_to: Some(app.mail.from.clone()).filter(|own| app.mail.copies && *own != stored.to && !for_its_addressee_alone(&mail.purpose)),
        to: stored.to,
        title: stored.title,
        text: stored.text,
        in_reply_to: stored.in_reply_to,
        auto_submitted: auto_submitted(&mail.purpose),
    };
    let mut stopped = None;
    let mut last = || {
        let noted = app.store.write_technical(&origin(app, worker), |tx| tx.mail_dot(&mail.id, worker));
        stopped = app.mail.step("mail-at-the-last-full-stop").err();
        matches!(noted, Ok(true)) && stopped.is_none()
    };
    let handed = post.hand_over(&finished, &mut last);
    // A step at which a test stops ends everything, as a crash would.
    match stopped {
        Some(stop) => Err(stop.into()),
        None => Ok(handed),
    }
}

/// Whether a mail holds a link by which whoever has it can act, or an answer with somebody's data:
/// no copy of it lies in our mailbox.
fn for_its_addressee_alone(purpose: &str) -> bool {
    purpose.starts_with("portal-") || purpose == "reply"
}

/// RFC 3834: an answer that nobody wrote says so, so that no machine answers it.
fn auto_submitted(purpose: &str) -> Option<&'static str> {
    match purpose {
        "acknowledgement" => Some("auto-replied"),
        "reply" | "letter" => None,
        _ => Some("auto-generated"),
    }
}

fn mark(app: &App, worker: &str, mail: &ClaimedMail, handed: &Handed) -> Result<Sent, Error> {
    let origin = origin(app, worker);
    let end = |end: MailEnd, why: &str| app.store.write(&origin, |tx| tx.mail_end(&mail.id, Some(worker), end, why));
    match handed {
        Handed::Accepted => {
            app.store.write(&origin, |tx| taken(tx, mail, worker))?;
            Ok(Sent::Sent)
        }
        Handed::Unknown => {
            end(MailEnd::Unknown, "no answer")?;
            Ok(Sent::Unknown)
        }
        Handed::Later(why) if mail.attempts < MOST_ATTEMPTS => {
            let due_us = origin.at_us + delay_minutes(mail.attempts) * MINUTE_US;
            app.store.write_technical(&origin, |tx| tx.mail_again(&mail.id, worker, due_us, why))?;
            Ok(Sent::Later)
        }
        Handed::Later(why) | Handed::Refused(why) => {
            end(MailEnd::Failed, why)?;
            Ok(Sent::Failed)
        }
    }
}

/// What the server said holds, also when the lease ran out while it was thinking.
fn taken(tx: &mut WriteTx<'_>, mail: &ClaimedMail, worker: &str) -> Result<(), Error> {
    if tx.mail_end(&mail.id, Some(worker), MailEnd::Sent, "")? {
        return Ok(());
    }
    let status = tx.mail_get(&mail.id)?.map(|(status, _)| status);
    if status.is_some_and(|status| matches!(status.state.as_str(), "ready" | "sending" | "unknown")) {
        tx.mail_end(&mail.id, None, MailEnd::Sent, "")?;
    }
    Ok(())
}

/// How long to wait after an attempt, the first being 1.
fn delay_minutes(attempts: u64) -> i64 {
    let at = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(DELAYS.len() - 1);
    DELAYS.get(at).copied().unwrap_or(480)
}

fn origin(app: &App, worker: &str) -> Origin {
    Origin { actor: worker.to_owned(), at_us: app.now_us() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_end_after_four_days() {
        let all: Vec<i64> = (1..MOST_ATTEMPTS).map(delay_minutes).collect();
        assert!(all.windows(2).all(|pair| pair[0] <= pair[1]));
        let days = all.iter().sum::<i64>() as f64 / 1440.0;
        assert!((3.0..5.0).contains(&days), "{days}");
    }

    #[test]
    fn what_a_machine_wrote_says_so() {
        assert_eq!(auto_submitted("acknowledgement"), Some("auto-replied"));
        assert_eq!(auto_submitted("digest"), Some("auto-generated"));
        assert_eq!(auto_submitted("reply"), None);
    }
}
