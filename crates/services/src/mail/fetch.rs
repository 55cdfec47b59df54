//! Fetching: read a message, store it in one transaction with all that follows from it, then
//! mark or move it in the mailbox. A crash before the commit leaves it in the mailbox, a crash
//! after it leaves it stored: it is seen again, known again, and marked.

use super::arrive::{Arrival, Place, arrive};
use crate::app::App;
use crate::error::Error;
use crate::ports::{Arrived, Mailbox};

/// Messages taken from one mailbox in one visit at most.
const MOST: usize = 500;

/// What became of the messages of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Fetched {
    /// Messages stored for the first time.
    pub taken: u64,
    /// Of these, the ones that became cases.
    pub requests: u64,
    /// Messages that were there before.
    pub again: u64,
    /// Messages that could not be read and were left where they are.
    pub left: u64,
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
        if let Err(error) = visit(app, worker, mailbox.as_ref(), &mut fetched) {
            // A step at which a test stops ends everything.
            if app.mail.stopped() {
                return Err(error);
            }
            fetched.failed += 1;
        }
    }
    Ok(fetched)
}

fn visit(app: &App, worker: &str, mailbox: &dyn Mailbox, fetched: &mut Fetched) -> Result<(), Error> {
    let name = mailbox.name();
    let mut visit = mailbox.visit()?;
    let known = app.store.read(|tx| tx.mail_place(&name))?;
    let above = match (known, visit.validity()) {
        (Some((validity, number)), Some(now)) if validity == now => number,
        _ => 0,
    };
    let left = visit.unmarked(above)?;
    visit.done(&left)?;
    for number in visit.numbers(above)?.into_iter().take(MOST) {
        // What cannot be read stays where it is, for a person to see.
        let Some(message) = visit.fetch(number)? else {
            fetched.left += 1;
            continue;
        };
        app.mail.step("message-fetched")?;
        let place = visit.validity().map(|validity| Place { mailbox: &name, validity, number });
        fetched.count(arrive(app, worker, &message, place)?);
        app.mail.step("message-stored")?;
        visit.done(&[number])?;
        app.mail.step("message-marked")?;
    }
    Ok(())
}

/// Takes one message that came by another way than a mailbox.
pub fn take(app: &App, worker: &str, message: &Arrived) -> Result<Arrival, Error> {
    arrive(app, worker, message, None)
}
