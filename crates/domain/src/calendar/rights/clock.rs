//! [`RightsClock`]: the facts of a request, and its deadline.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Evidence, Extension, Right,
    explain::{explain_months, explain_pauses, sentence_start},
};
use crate::{
    Refusal, RefusalCode,
    calendar::{
        Calendar, Deadline, Division, Pause, Promise, When,
        dates::{in_range, long_date, plus_days, plus_months, short_date},
        pause::Pauses,
    },
    law::{self, TimeLimits},
};

/// The facts that decide when a rights request must be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsClock {
    /// What is asked for.
    pub right: Right,
    /// The day it reached anyone in the organisation.
    pub received: Date,
    /// Proof of identity, if it was asked for.
    #[serde(default)]
    pub identity: Option<Evidence>,
    /// Proof of a third party's authority, if it was asked for.
    #[serde(default)]
    pub authority: Option<Evidence>,
    /// A fee, if one was charged (manifestly unfounded or excessive, or further copies).
    #[serde(default)]
    pub fee: Option<Evidence>,
    /// Clarification questions; access requests only.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// The extension, if there is one.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// Whose bank holidays count.
    pub division: Division,
}

const DUTY: &str = "the reply is due";

impl RightsClock {
    /// A clock that starts on the day of receipt, with nothing asked and nothing extended.
    pub fn new(right: Right, received: Date, division: Division) -> Self {
        Self { right, received, identity: None, authority: None, fee: None, pauses: Vec::new(), extension: None, division }
    }

    /// The date by which the request must be answered, explained. `today` serves only to
    /// say when it would be due if an open question were answered today.
    ///
    /// # Errors
    /// `DATE-002` for a date out of range, `DATE-007` for a pause that ends before it
    /// starts, `DATE-008` for a pause of a right other than access, `DATE-009` for notice
    /// of an extension after the first period, `REQ-013` for notice before receipt.
    pub fn deadline(&self, calendar: &Calendar, promise: Option<&Promise>, today: Option<Date>) -> Result<Deadline, Refusal> {
        self.until(DUTY, calendar, promise, today)
    }

    /// The same end of the period for another duty that falls inside it. `duty` follows the
    /// date in a sentence and precedes "by the end of that day".
    pub(in crate::calendar) fn deadline_for(&self, duty: &str, calendar: &Calendar, today: Option<Date>) -> Result<Deadline, Refusal> {
        self.until(duty, calendar, None, today)
    }

    fn until(&self, duty: &str, calendar: &Calendar, promise: Option<&Promise>, today: Option<Date>) -> Result<Deadline, Refusal> {
        self.check()?;
        let mut deadline = Deadline::begin(self.right.id(), self.received.into(), self.division);
        deadline.extended = self.extension.is_some();
        let outstanding: Vec<_> = self.evidence().filter(|(_, _, at)| at.is_none()).collect();
        if outstanding.is_empty() {
            self.running(&mut deadline, duty, calendar, promise, today)?;
        } else {
            self.waiting(&mut deadline, calendar, &outstanding)?;
        }
        Ok(deadline)
    }

    /// The relevant time: the latest of receipt and of all evidence relied on.
    /// `None` while any of it is outstanding.
    pub fn start(&self) -> Option<Date> {
        self.evidence().try_fold(self.received, |latest, (_, _, at)| at.map(|at| latest.max(at)))
    }

    /// The provisions in force when the request was received.
    fn sources(&self) -> TimeLimits {
        law::time_limits(self.received)
    }

    fn check(&self) -> Result<(), Refusal> {
        in_range(self.received)?;
        if !self.right.pauses() && !self.pauses.is_empty() {
            return Err(Refusal::new(RefusalCode::PauseNotAllowed, format!("This one is about {}.", self.right.id())));
        }
        for pause in &self.pauses {
            in_range(pause.asked)?;
            pause.answered.map(in_range).transpose()?;
            pause.check()?;
        }
        for (_, asked, received) in self.evidence() {
            in_range(asked)?;
            received.map(in_range).transpose()?;
        }
        let notice = self.extension.and_then(|extension| extension.notice_given);
        match notice.map(in_range).transpose()? {
            Some(given) if given < self.received => {
                Err(Refusal::new(RefusalCode::DateBeforeReceipt, format!("Received on {}, notice given on {given}.", self.received)))
            }
            _ => Ok(()),
        }
    }

    /// What was asked for and is relied on: its name, the day asked, the day received.
    fn evidence(&self) -> impl Iterator<Item = (&'static str, Date, Option<Date>)> + '_ {
        [("proof of identity", self.identity), ("proof of authority", self.authority), ("the fee", self.fee)]
            .into_iter()
            .filter_map(|(name, evidence)| evidence.filter(|evidence| evidence.relied_on).map(|it| (name, it.asked, it.received)))
    }

    /// The period has not begun: no date, but the date it would have without the wait.
    fn waiting(
        &self,
        deadline: &mut Deadline,
        calendar: &Calendar,
        outstanding: &[(&'static str, Date, Option<Date>)],
    ) -> Result<(), Refusal> {
        deadline.step(format!("The request was received on {}.", long_date(self.received)), self.received, self.sources().relevant_time);
        for (name, asked, _) in outstanding {
            let what = format!(
                "{} was asked for on {} and has not come yet, so the month has not begun.",
                sentence_start(name),
                short_date(*asked)
            );
            deadline.step(what, *asked, self.sources().relevant_time);
        }
        deadline.outstanding = outstanding.iter().map(|(name, _, _)| Cow::Borrowed(*name)).collect();
        let mut without = self.clone();
        for slot in [&mut without.identity, &mut without.authority, &mut without.fee] {
            *slot = slot.filter(|evidence| evidence.received.is_some());
        }
        let unpaused = without.deadline(calendar, None, None)?;
        deadline.paused_since = unpaused.paused_since;
        deadline.due_without_outstanding = unpaused.due;
        if let Some(due) = unpaused.due {
            deadline.warnings.push(format!(
                "If {} need not have been asked for, the reply is due on {}: asking without a reasonable need does not move the clock.",
                deadline.outstanding.join(" and "),
                due.shown()
            ));
        }
        Ok(())
    }

    fn running(
        &self,
        deadline: &mut Deadline,
        duty: &str,
        calendar: &Calendar,
        promise: Option<&Promise>,
        today: Option<Date>,
    ) -> Result<(), Refusal> {
        let start = self.explain_start(deadline, calendar);
        deadline.start = Some(start);
        let one = plus_months(start, i64::from(law::RIGHTS_MONTHS.value));
        let months = if deadline.extended { law::EXTENDED_MONTHS.value } else { law::RIGHTS_MONTHS.value };
        let nominal = plus_months(start, i64::from(months));
        let roll = |day: Date| calendar.roll_forward(self.division, day);
        let within_month = Pauses::effective(&self.pauses, start, |days| roll(plus_days(one, days)));
        if within_month.open().is_none() {
            deadline.notice_last = Some(roll(plus_days(one, within_month.excluded_days(start))));
        }
        explain_months(deadline, start, nominal, self.sources());
        self.explain_notice(deadline)?;
        deadline.nominal = Some(nominal.into());

        let pauses = Pauses::effective(&self.pauses, start, |days| roll(plus_days(nominal, days)));
        let excluded = pauses.excluded_days(start);
        deadline.excluded_days = excluded;
        explain_pauses(deadline, &pauses, (start, plus_days(nominal, excluded)), self.sources());
        if let Some(open) = pauses.open() {
            deadline.paused_since = Some(open.asked);
            deadline.would_be_due_if_answered_today =
                today.filter(|today| *today >= open.asked).and_then(|today| self.answered_on(today, calendar));
            return Ok(());
        }
        let end = plus_days(nominal, excluded);
        let due = deadline.roll(calendar, end, duty);
        deadline.due = Some(due.into());
        deadline.cautious = Some(roll(plus_days(nominal, pauses.careful_days(start))).into());
        deadline.strict = Some(plus_days(end, -1));
        deadline.target = Some(calendar.last_working_day_before(self.division, end));
        if !deadline.extended {
            deadline.internal_28 = Some(calendar.roll_back(self.division, plus_days(start, 28 + excluded)));
            if let Some(promise) = promise {
                deadline.promise(calendar, promise, (start, excluded), (end, due));
            }
        }
        deadline.warn_if_not_published(calendar, &[end, due]);
        Ok(())
    }

    /// The due date if every open question were answered on `today`.
    fn answered_on(&self, today: Date, calendar: &Calendar) -> Option<When> {
        let mut answered = self.clone();
        for pause in &mut answered.pauses {
            pause.answered = pause.answered.or(Some(today.max(pause.asked)));
        }
        answered.deadline(calendar, None, None).ok().and_then(|deadline| deadline.due)
    }

    fn explain_start(&self, deadline: &mut Deadline, calendar: &Calendar) -> Date {
        let start = self.start().unwrap_or(self.received);
        let received = long_date(self.received);
        let latest = self.evidence().filter(|(_, _, at)| *at == Some(start) && start > self.received).map(|(name, ..)| name).last();
        if let Some(name) = latest {
            deadline.step(format!("The request was received on {received}."), self.received, self.sources().relevant_time);
            let what = format!("{} came on {}, so the period starts from that day.", sentence_start(name), long_date(start));
            deadline.step(what, start, self.sources().relevant_time);
        } else if calendar.is_working_day(self.division, start) {
            deadline.step(
                format!("The request was received on {received}, so the period starts from that day."),
                start,
                self.sources().relevant_time,
            );
        } else {
            let what =
                format!("The request was received on {received}. That is not a working day, but the period still starts from that day.");
            deadline.step(what, start, self.sources().relevant_time);
        }
        for (name, evidence) in [("proof of identity", self.identity), ("proof of authority", self.authority), ("a fee", self.fee)] {
            if evidence.is_some_and(|evidence| !evidence.relied_on) {
                let what = format!("Asking for {name} is not relied on, so it did not move the start.");
                deadline.note(what, self.sources().relevant_time);
            }
        }
        start
    }

    fn explain_notice(&self, deadline: &mut Deadline) -> Result<(), Refusal> {
        let Some(extension) = self.extension else { return Ok(()) };
        match (extension.notice_given, deadline.notice_last) {
            (Some(given), Some(last)) if given > last => {
                let detail = format!("Notice was given on {given}; the last day for it was {last}.");
                return Err(Refusal::new(RefusalCode::ExtensionLate, detail));
            }
            (Some(given), last) => {
                let until = last.map(|last| format!("; the last day for it is {}", short_date(last))).unwrap_or_default();
                deadline.step(format!("Notice of the extension was given on {}{until}.", short_date(given)), given, self.sources().notice);
            }
            (None, Some(last)) => deadline.warnings.push(format!(
                "The extension counts only if the person is told of it, with the reasons, no later than {}.",
                long_date(last)
            )),
            (None, None) => deadline
                .warnings
                .push("The extension counts only if the person is told of it, with the reasons, before the first month ends.".to_owned()),
        }
        Ok(())
    }
}
