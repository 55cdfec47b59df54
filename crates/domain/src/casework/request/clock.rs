//! The clock of a request: its facts handed to the calendar.

use jiff::civil::Date;

use super::{Evidence, Request};
use crate::Refusal;
use crate::calendar::{self, Calendar, Deadline, Pause, Promise, RightsClock};

impl Request {
    /// The facts the clock runs on (law section 1).
    pub fn clock(&self) -> RightsClock {
        RightsClock {
            right: self.right,
            received: self.received_on,
            identity: self.identity.as_ref().map(evidence),
            authority: self.authority.as_ref().map(evidence),
            fee: self.fee.as_ref().map(|fee| calendar::Evidence { asked: fee.asked, received: fee.paid, relied_on: true }),
            pauses: self.clarifications.iter().map(|c| Pause { asked: c.asked, answered: c.answered }).collect(),
            extension: self.extension.as_ref().map(|extension| calendar::Extension { notice_given: Some(extension.notice_on) }),
            division: self.division,
        }
    }

    /// When the answer is due and why. `promise` is the policy's own, earlier period.
    pub fn deadline(&self, calendar: &Calendar, promise: Option<&Promise>, today: Date) -> Result<Deadline, Refusal> {
        self.clock().deadline(calendar, promise, Some(today))
    }
}

fn evidence(evidence: &Evidence) -> calendar::Evidence {
    calendar::Evidence { asked: evidence.asked, received: evidence.received, relied_on: evidence.relied_on }
}
