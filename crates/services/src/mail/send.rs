//! Sending: claim, hand over, mark. The claim and the mark are transactions, the handing over
//! is between them and holds no lock.
//!
//! A mail keeps its Message-ID through every attempt. The one window in which a crash leaves
//! open whether it went out is from the server's word that it has taken it to the commit that
//! marks it: nothing but that commit happens in between. Where a mailbox of ours is read, a
//! copy of each mail goes there: a mail in doubt is looked for among them before it is handed
//! over again. Without a mailbox it is handed over again under the same Message-ID.

use jiff::Timestamp;
use store::{ClaimedMail, MailEnd, Origin};

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
}

/// Sends the next mail that is due. `None` when there is none, or no server to send it to.
pub fn send_once(app: &App, worker: &str) -> Result<Option<Sent>, Error> {
    let Some(post) = app.mail.post.clone() else { return Ok(None) };
    let lease_us = i64::from(app.mail.hold_seconds) * 1_000_000;
    let Some(mail) = app.store.write_technical(&origin(app, worker), |tx| tx.mail_claim(worker, lease_us))? else {
        return Ok(None);
    };
    app.mail.step("mail-claimed")?;
    if mail.in_doubt && app.mail.copies && !opens_something(&mail.purpose) {
        match settled(app, worker, &mail)? {
            Some(true) => return Ok(Some(Sent::Sent)),
            // The mailbox cannot be read now: the mail stays in doubt, and is taken up again later.
            None => return Ok(Some(Sent::Later)),
            Some(false) => {}
        }
    }
    let handed = hand_over(app, post.as_ref(), &mail)?;
    app.mail.step("mail-handed-over")?;
    let sent = mark(app, worker, &mail, &handed)?;
    app.mail.step("mail-marked")?;
    Ok(Some(sent))
}

/// Sends every mail that is due. Returns what became of each.
pub fn send_all(app: &App, worker: &str) -> Result<Vec<Sent>, Error> {
    std::iter::from_fn(|| send_once(app, worker).transpose()).collect()
}

/// Looks for the copy of a mail in doubt: whether it went out, or `None` when that cannot be told now.
fn settled(app: &App, worker: &str, mail: &ClaimedMail) -> Result<Option<bool>, Error> {
    if fetch(app, worker)?.failed > 0 {
        return Ok(None);
    }
    let status = app.store.read(|tx| tx.mail_by_message_id(&mail.message_id))?;
    Ok(Some(status.is_some_and(|status| status.state == "sent")))
}

fn hand_over(app: &App, post: &dyn Post, mail: &ClaimedMail) -> Result<Handed, Error> {
    let Some(body) = mail.body.clone() else { return Ok(Handed::Refused("erased".to_owned())) };
    let stored: StoredMail = serde_json::from_value(body).map_err(|error| Failure::because("reading a mail", error))?;
    let finished = FinishedMail {
        message_id: mail.message_id.clone(),
        written: Timestamp::from_microsecond(mail.queued_us).unwrap_or_default(),
        from_name: app.mail.from_name.clone(),
        from: app.mail.from.clone(),
        files: stored.files()?,
        // A link that opens something is for its addressee alone: no copy of it lies in our mailbox.
        copy_to: Some(app.mail.from.clone()).filter(|own| app.mail.copies && *own != stored.to && !opens_something(&mail.purpose)),
        to: stored.to,
        title: stored.title,
        text: stored.text,
        in_reply_to: stored.in_reply_to,
        auto_submitted: auto_submitted(&mail.purpose),
    };
    Ok(post.hand_over(&finished))
}

/// Whether a mail holds a link by which whoever has it can act.
fn opens_something(purpose: &str) -> bool {
    purpose.starts_with("portal-")
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
            end(MailEnd::Sent, "")?;
            Ok(Sent::Sent)
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
