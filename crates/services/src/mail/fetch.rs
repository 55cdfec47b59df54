//! Fetching: read a message, store it in one transaction with all that follows from it, then
//! mark or move it in the mailbox. A crash before the commit leaves it in the mailbox, a crash
//! after it leaves it stored: it is seen again, known again, and marked.
//!
//! Nothing that is wrong with one message keeps the others waiting: it is left where it lies,
//! noted with its number and a reason, and tried again. A folder that cannot be written to keeps
//! no message from being taken.

use store::{MailLeft, Origin};

use super::arrive::{Arrival, Place, Way, arrive, arrive_in};
use super::left::{BY_HAND_AFTER, HANDLED, VISIT, again_at};
use crate::app::App;
use crate::error::Error;
use crate::ports::{Arrived, Mailbox, Visit};

/// Messages taken from one mailbox in one visit at most.
const MOST: u64 = 500;
/// Attempts in one visit at putting away what an earlier one had to leave.
const MOST_REFUSED: u64 = 3;

/// What became of the messages of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Fetched {
    /// Messages stored for the first time.
    pub taken: u64,
    /// Of these, the ones that became cases.
    pub requests: u64,
    /// Messages that were there before.
    pub again: u64,
    /// Messages that could not be taken and were left where they are, each with its reason.
    pub left: u64,
    /// Messages that are stored and could not be put away in their mailbox.
    pub stuck: u64,
    /// Mailboxes that could not be visited, or not to the end.
    pub failed: u64,
}

impl Fetched {
    fn count(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Again => self.again += 1,
            Arrival::Taken => self.taken += 1,
            Arrival::Request => {
                self.taken += 1;
                self.requests += 1;
            }
        }
    }
}

/// Visits every mailbox and takes what is new. A mailbox that fails does not keep the others waiting.
pub fn fetch(app: &App, worker: &str) -> Result<Fetched, Error> {
    let mut fetched = Fetched::default();
    for mailbox in &app.mail.mailboxes {
        let mut round = Round { app, worker, mailbox: mailbox.as_ref(), name: mailbox.name(), stuck: 0, fetched: &mut fetched };
        let ended = round.visit();
        // A step at which a test stops ends everything.
        if ended.is_err() && app.mail.stopped() {
            return ended.map(|()| fetched);
        }
        if round.note_visit(ended.is_ok()).is_err() || ended.is_err() {
            fetched.failed += 1;
        }
    }
    Ok(fetched)
}

/// Takes one message that came by another way than a mailbox.
pub fn take(app: &App, worker: &str, message: &Arrived) -> Result<Arrival, Error> {
    arrive(app, worker, message, None)
}

/// One visit to one mailbox.
struct Round<'a> {
    app: &'a App,
    worker: &'a str,
    mailbox: &'a dyn Mailbox,
    name: String,
    /// Messages of this mailbox that could not be put away.
    stuck: u64,
    fetched: &'a mut Fetched,
}

impl Round<'_> {
    fn visit(&mut self) -> Result<(), Error> {
        let mut visit = self.mailbox.visit()?;
        let validity = visit.validity().unwrap_or_default();
        let (known, left) = self.app.store.read(|tx| Ok::<_, Error>((tx.mail_place(&self.name)?, tx.mail_left_of(&self.name)?)))?;
        let above = known.filter(|(of, _)| *of == validity && validity > 0).map_or(0, |(_, number)| number);
        let left: Vec<MailLeft> = left.into_iter().filter(|left| left.validity == validity && left.number > HANDLED.1).collect();
        self.put_away_earlier(visit.as_mut(), above, &left)?;
        let now = self.app.now_us();
        let numbers = left.iter().filter(|left| left.due_us <= now).map(|left| left.number);
        let new = visit.numbers(above)?.into_iter().filter(|number| !left.iter().any(|left| left.number == *number));
        let numbers: Vec<u64> = numbers.chain(new).collect();
        let begun = self.fetched.taken + self.fetched.left;
        for number in numbers {
            if self.fetched.taken + self.fetched.left >= begun + MOST {
                break;
            }
            let before = left.iter().find(|left| left.number == number);
            if !self.one(visit.as_mut(), (validity, number), before)? {
                // After a failed answer nobody knows what the connection says next.
                visit = self.mailbox.visit()?;
                if visit.validity().unwrap_or_default() != validity {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What was taken earlier and not put away, unless it was left: that was never taken.
    fn put_away_earlier(&mut self, visit: &mut dyn Visit, above: u64, left: &[MailLeft]) -> Result<(), Error> {
        let mut refused = 0;
        for number in visit.unmarked(above)?.into_iter().filter(|number| !left.iter().any(|left| left.number == *number)) {
            if refused == MOST_REFUSED {
                self.fetched.stuck += 1;
                self.stuck += 1;
            } else if !self.put_away(visit, number)? {
                refused += 1;
            }
        }
        Ok(())
    }

    /// Takes one message. `false` when the visit has to begin anew.
    fn one(&mut self, visit: &mut dyn Visit, at: (u64, u64), before: Option<&MailLeft>) -> Result<bool, Error> {
        let (validity, number) = at;
        let message = match visit.fetch(number) {
            Ok(Some(message)) => message,
            // Somebody took it away meanwhile: nothing of it is ours to keep.
            Ok(None) => {
                self.strike(at, before)?;
                return Ok(true);
            }
            Err(_) => {
                self.leave(at, "fetch", before)?;
                return Ok(false);
            }
        };
        self.app.mail.step("message-fetched")?;
        let place = visit.validity().map(|validity| Place { mailbox: &self.name, validity, number });
        let many = before.is_some_and(|before| before.tries >= BY_HAND_AFTER);
        let taken = if many {
            arrive_in(Way::ByHand, self.app, self.worker, &message, place)
        } else {
            arrive(self.app, self.worker, &message, place)
        };
        let Ok(arrival) = taken else {
            self.leave(at, "store", before)?;
            return Ok(true);
        };
        self.fetched.count(arrival);
        self.app.mail.step("message-stored")?;
        self.strike((validity, number), before)?;
        self.put_away(visit, number)?;
        self.app.mail.step("message-marked")?;
        Ok(true)
    }

    fn put_away(&mut self, visit: &mut dyn Visit, number: u64) -> Result<bool, Error> {
        let done = visit.done(&[number]).is_ok();
        if !done {
            self.fetched.stuck += 1;
            self.stuck += 1;
        }
        if !done && self.stuck == 1 {
            self.note(HANDLED, "handled", 1)?;
        }
        Ok(done)
    }

    /// Notes whether the mailbox could be visited, and whether everything could be put away.
    fn note_visit(&self, visited: bool) -> Result<(), Error> {
        let noted = self.app.store.read(|tx| Ok::<_, Error>(tx.mail_left_of(&self.name)?))?;
        let is_noted = |at: (u64, u64)| noted.iter().any(|left| (left.validity, left.number) == at);
        if !visited {
            return self.note(VISIT, "visit", 1);
        }
        for at in [VISIT, HANDLED] {
            if is_noted(at) && (at == VISIT || self.stuck == 0) {
                self.technical(|tx| Ok(tx.mail_left_gone(&self.name, at.0, at.1)?))?;
            }
        }
        Ok(())
    }

    fn leave(&mut self, at: (u64, u64), reason: &str, before: Option<&MailLeft>) -> Result<(), Error> {
        self.fetched.left += 1;
        self.note(at, reason, before.map_or(1, |before| before.tries + 1))
    }

    fn note(&self, at: (u64, u64), reason: &str, tries: u64) -> Result<(), Error> {
        let due_us = again_at(self.app.now_us(), tries);
        self.technical(|tx| Ok(tx.mail_left_put(&self.name, at, reason, due_us)?))
    }

    fn strike(&self, at: (u64, u64), before: Option<&MailLeft>) -> Result<(), Error> {
        if before.is_none() {
            return Ok(());
        }
        self.technical(|tx| Ok(tx.mail_left_gone(&self.name, at.0, at.1)?))
    }

    fn technical(&self, f: impl FnMut(&mut store::WriteTx<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let origin = Origin { actor: self.worker.to_owned(), at_us: self.app.now_us() };
        self.app.store.write_technical(&origin, f)
    }
}
