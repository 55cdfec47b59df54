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
    /// The last day to send something that must have arrived by the due day.
    pub send_by: Option<Date>,
    /// The last day before something due at once is reported as late.
    pub late_after: Option<Date>,
    /// The day of the reminder of something that expires.
    pub remind_on: Option<Date>,
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
    /// What is still awaited before the period starts (identity, authority, fee), and the
    /// further triggers that have not happened yet.
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
            send_by: None,
            late_after: None,
            remind_on: None,
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

    /// The latest day of a destruction that the retention schedule arrived at by `steps`. It
    /// never moves forward; the last working day before it is named where it is none.
    pub fn destruction(class: &str, happened: Date, place: (Division, &Calendar), due: Date, steps: Vec<Step>) -> Self {
        let mut deadline = Self::begin(class, happened.into(), place.0);
        deadline.start = Some(happened);
        deadline.nominal = Some(due.into());
        deadline.steps = steps;
        deadline.fixed(place.1, due, "the latest day for destruction", "UK GDPR Article 5(1)(e)");
        deadline
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

    /// Ends on `day` itself, which never moves forward, and says so when it is no working day.
    pub(super) fn fixed(&mut self, calendar: &Calendar, day: Date, what: &str, source: &str) {
        self.due = Some(day.into());
        self.cautious = Some(day.into());
        if calendar.is_working_day(self.division, day) {
            self.step(format!("{} is {what}.", long_date(day)), day, source.to_owned());
        } else {
            let before = calendar.last_working_day_before(self.division, day);
            let what = format!(
                "{} is {what}. It is not a working day, but it never moves forward: the last working day before it is {}.",
                long_date(day),
                long_date(before)
            );
            self.step(what, before, source.to_owned());
        }
        self.warn_if_not_published(calendar, &[day]);
    }

    /// Adds the organisation's own promise, counted from `start` with `excluded` days added. It
    /// is never later than the law's day; one that does not move to a working day is never
    /// later than `end`, the law's period before it moves.
    pub(super) fn promise(&mut self, calendar: &Calendar, promise: &Promise, (start, excluded): (Date, i64), (end, due): (Date, Date)) {
        let mut promised = plus_days(promise.within.end(calendar, self.division, start), excluded);
        let rolls = promise.rolls || matches!(promise.within, Period::WorkingDays(_));
        let mut latest = end;
        if rolls {
            promised = calendar.roll_forward(self.division, promised);
            latest = due;
        }
        let policy_due = promised.min(latest);
        self.policy_due = Some(policy_due.into());
        let date = long_date(promised);
        let ending = match (promised.cmp(&due), promised > latest) {
            (_, true) if latest < due => {
                format!("{date}, which is later than the month itself, so the promise ends on {}", long_date(latest))
            }
            (Ordering::Less, _) => format!("{date}, which is earlier, so the organisation works to that day"),
            (Ordering::Equal, _) => "the same day".to_owned(),
            (Ordering::Greater, _) => format!("{date}, which is later than the law allows, so the law's day counts"),
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
