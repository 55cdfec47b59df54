//! [`Deadline`]: a date that explains itself, and the writing of its explanation.

use std::{borrow::Cow, cmp::Ordering};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    Calendar, Division, Period, Promise, When,
    dates::{long_date, plus_days, short_date, weekday_name},
};
use crate::law;

/// One step of a computation, in plain English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What this step found, as a sentence a data subject can follow.
    pub what: String,
    /// The day or moment it arrived at, if it arrived at one.
    pub date: Option<When>,
    /// The statute or clause it rests on.
    pub source: Cow<'static, str>,
}

/// A deadline with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The rule that was evaluated.
    pub rule: String,
    /// What the rule was evaluated from.
    pub from: When,
    /// Whose bank holidays counted.
    pub division: Division,
    /// The day the period starts from: for a rights request the latest of receipt,
    /// identity, authority and fee. `None` while one of these is outstanding.
    pub start: Option<Date>,
    /// The end of the period before pauses are added and before rolling to a working day.
    pub nominal: Option<When>,
    /// The statutory latest day (to its end) or moment. `None` while it is not known.
    pub due: Option<When>,
    /// The same on the most careful reading of the law; never later than `due`.
    pub cautious: Option<When>,
    /// The organisation's own promise, where its policy makes one; never later than `due`.
    pub policy_due: Option<When>,
    /// The safe working target: the last working day before the period ends.
    pub target: Option<Date>,
    /// The day before the period ends: "one month beginning with" read strictly, not rolled.
    pub strict: Option<Date>,
    /// Twenty-eight days, rolled back to a working day: always inside a month.
    pub internal_28: Option<Date>,
    /// The last day on which notice of an extension can be given.
    pub notice_last: Option<Date>,
    /// Days that did not count because a clarification question was open.
    pub excluded_days: i64,
    /// The time has been extended.
    pub extended: bool,
    /// Since when an open question stops the clock.
    pub paused_since: Option<Date>,
    /// The due date if the open question were answered today.
    pub would_be_due_if_answered_today: Option<When>,
    /// The due date if what is outstanding turned out not to be needed.
    pub due_without_outstanding: Option<When>,
    /// What is still awaited before the period starts: identity, authority, fee.
    pub outstanding: Vec<Cow<'static, str>>,
    /// How the date came about, in order.
    pub steps: Vec<Step>,
    /// What the reader must know before relying on the date.
    pub warnings: Vec<String>,
}

impl Deadline {
    /// A deadline of which nothing is known yet but its rule and its beginning.
    pub(super) fn begin(rule: &str, from: When, division: Division) -> Self {
        Self {
            rule: rule.to_owned(),
            from,
            division,
            start: None,
            nominal: None,
            due: None,
            cautious: None,
            policy_due: None,
            target: None,
            strict: None,
            internal_28: None,
            notice_last: None,
            excluded_days: 0,
            extended: false,
            paused_since: None,
            would_be_due_if_answered_today: None,
            due_without_outstanding: None,
            outstanding: Vec::new(),
            steps: Vec::with_capacity(8),
            warnings: Vec::new(),
        }
    }

    /// The earliest of the organisation's promise and the statutory day: what to alert on.
    pub fn alert(&self) -> Option<When> {
        self.policy_due.or(self.due)
    }

    pub(super) fn step(&mut self, what: String, date: impl Into<When>, source: impl Into<Cow<'static, str>>) {
        self.steps.push(Step { what, date: Some(date.into()), source: source.into() });
    }

    pub(super) fn note(&mut self, what: String, source: impl Into<Cow<'static, str>>) {
        self.steps.push(Step { what, date: None, source: source.into() });
    }

    /// Explains why `nominal` rolls (or does not) and returns the working day it ends on.
    pub(super) fn roll(&mut self, calendar: &Calendar, nominal: Date, duty: &str) -> Date {
        let division = self.division;
        let due = calendar.roll_forward(division, nominal);
        let mut at = nominal;
        while at < due {
            let because = not_working(calendar, division, at);
            let ending = if at == nominal { ", so the next working day counts." } else { "." };
            let source = if is_weekend(at) { law::PERIODS } else { law::BANK_HOLIDAYS };
            self.step(format!("{} is {because}{ending}", short_date(at)), at, source);
            at = plus_days(at, 1);
        }
        let which = if due == nominal { "a working day" } else { "the next working day" };
        self.step(format!("{} is {which} in {}: {duty} by the end of that day.", long_date(due), division.name()), due, law::PERIODS);
        due
    }

    /// Adds the organisation's own promise, counted from `start` with `excluded` days added.
    /// It never moves the date past `due`.
    pub(super) fn promise(&mut self, calendar: &Calendar, promise: &Promise, (start, excluded): (Date, i64), due: Date) {
        let mut promised = plus_days(promise.within.end(calendar, self.division, start), excluded);
        if promise.rolls || matches!(promise.within, Period::WorkingDays(_)) {
            promised = calendar.roll_forward(self.division, promised);
        }
        let policy_due = promised.min(due);
        self.policy_due = Some(policy_due.into());
        let ending = match promised.cmp(&due) {
            Ordering::Less => format!("{}, which is earlier, so the organisation works to that day", long_date(promised)),
            Ordering::Equal => "the same day".to_owned(),
            Ordering::Greater => format!("{}, which is later than the law allows, so the law's day counts", long_date(promised)),
        };
        self.step(format!("The organisation's policy promises {}: {ending}.", promise.within.shown()), policy_due, promise.clause.clone());
    }

    /// Warns when a year that mattered is not in the published table.
    pub(super) fn warn_if_not_published(&mut self, calendar: &Calendar, dates: &[Date]) {
        let mut seen = 0;
        for date in dates {
            let year = date.year();
            if year != seen && !calendar.covers(self.division, year) {
                self.warnings.push(format!(
                    "The bank holidays of {year} are not in the table this program has; they were computed from the standing rules. \
                     Check this date against the published list for that year."
                ));
                seen = year;
            }
        }
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `a Saturday`, or `a bank holiday (Boxing Day, substitute day)`.
fn not_working(calendar: &Calendar, division: Division, day: Date) -> String {
    match calendar.holiday(division, day) {
        Some(holiday) if !is_weekend(day) => format!("a bank holiday ({})", holiday.shown()),
        _ => format!("a {}", weekday_name(day.weekday())),
    }
}
