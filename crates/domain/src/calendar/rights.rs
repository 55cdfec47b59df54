//! The clock of a rights request (UK GDPR Articles 12, 12A and 15 to 22D).

use std::{borrow::Cow, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Calendar, Deadline, Division, Pause, Promise,
    dates::{days_between, in_range, long_date, month_name, plus_days, plus_months, short_date},
    pause::Pauses,
};
use crate::{Refusal, RefusalCode, law};

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Access, Article 15.
    Access,
    /// Rectification, Article 16.
    Rectification,
    /// Erasure, Article 17.
    Erasure,
    /// Restriction, Article 18.
    Restriction,
    /// Portability, Article 20.
    Portability,
    /// Objection, Article 21.
    Objection,
    /// Safeguards for automated decisions, Articles 22A to 22D.
    AutomatedDecisions,
}

impl Right {
    /// Every right, in the order of the articles.
    pub const ALL: [Self; 7] = [
        Self::Access,
        Self::Rectification,
        Self::Erasure,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::AutomatedDecisions,
    ];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::AutomatedDecisions => "automated-decisions",
        }
    }

    /// The provision that gives it.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Access => "UK GDPR Article 15",
            Self::Rectification => "UK GDPR Article 16",
            Self::Erasure => "UK GDPR Article 17",
            Self::Restriction => "UK GDPR Article 18",
            Self::Portability => "UK GDPR Article 20",
            Self::Objection => "UK GDPR Article 21",
            Self::AutomatedDecisions => "UK GDPR Articles 22A to 22D",
        }
    }

    /// Whether a clarification question stops the clock: for access alone.
    pub const fn pauses(self) -> bool {
        matches!(self, Self::Access)
    }
}

impl FromStr for Right {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::ALL
            .into_iter()
            .find(|right| right.id() == text)
            .ok_or_else(|| Refusal::new(RefusalCode::RuleUnknown, format!("It says `{text}`.")))
    }
}

/// Something asked of the requester that the start of the period waits for: proof of
/// identity, proof of authority, a lawful fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The day it was asked for.
    pub asked: Date,
    /// The day it came; `None` while it is outstanding.
    #[serde(default)]
    pub received: Option<Date>,
    /// `false` once a reviewer has decided that it need not have been asked for: then it
    /// never moved the clock.
    pub relied_on: bool,
}

/// The extension to three months in all, for complexity or number of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The day the notice with its reasons was given; `None` when it is not known yet.
    #[serde(default)]
    pub notice_given: Option<Date>,
}

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
        self.check()?;
        let mut deadline = Deadline::begin(self.right.id(), self.received.into(), self.division);
        deadline.extended = self.extension.is_some();
        let outstanding: Vec<_> = self.evidence().filter(|(_, _, at)| at.is_none()).collect();
        if outstanding.is_empty() {
            self.running(&mut deadline, calendar, promise, today)?;
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
    fn waiting(&self, deadline: &mut Deadline, calendar: &Calendar, outstanding: &[(&'static str, Date, Option<Date>)]) -> Result<(), Refusal> {
        deadline.step(format!("The request was received on {}.", long_date(self.received)), self.received, law::RELEVANT_TIME);
        for (name, asked, _) in outstanding {
            let what = format!("{} was asked for on {} and has not come yet, so the month has not begun.", sentence_start(name), short_date(*asked));
            deadline.step(what, *asked, law::RELEVANT_TIME);
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

    fn running(&self, deadline: &mut Deadline, calendar: &Calendar, promise: Option<&Promise>, today: Option<Date>) -> Result<(), Refusal> {
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
        explain_months(deadline, start, nominal, months);
        self.explain_notice(deadline)?;
        deadline.nominal = Some(nominal.into());

        let pauses = Pauses::effective(&self.pauses, start, |days| roll(plus_days(nominal, days)));
        let excluded = pauses.excluded_days(start);
        deadline.excluded_days = excluded;
        explain_pauses(deadline, &pauses, start, plus_days(nominal, excluded));
        if let Some(open) = pauses.open() {
            deadline.paused_since = Some(open.asked);
            deadline.would_be_due_if_answered_today = today.filter(|today| *today >= open.asked).and_then(|today| self.answered_on(today, calendar));
            return Ok(());
        }
        let end = plus_days(nominal, excluded);
        let due = deadline.roll(calendar, end, DUTY);
        deadline.due = Some(due.into());
        deadline.cautious = Some(roll(plus_days(nominal, pauses.careful_days(start))).into());
        deadline.strict = Some(plus_days(end, -1));
        deadline.target = Some(calendar.last_working_day_before(self.division, end));
        if !deadline.extended {
            deadline.internal_28 = Some(calendar.roll_back(self.division, plus_days(start, 28 + excluded)));
            if let Some(promise) = promise {
                deadline.promise(calendar, promise, (start, excluded), due);
            }
        }
        deadline.warn_if_not_published(calendar, &[end, due]);
        Ok(())
    }

    /// The due date if every open question were answered on `today`.
    fn answered_on(&self, today: Date, calendar: &Calendar) -> Option<super::When> {
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
            deadline.step(format!("The request was received on {received}."), self.received, law::RELEVANT_TIME);
            let what = format!("{} came on {}, so the period starts from that day.", sentence_start(name), long_date(start));
            deadline.step(what, start, law::RELEVANT_TIME);
        } else if calendar.is_working_day(self.division, start) {
            deadline.step(format!("The request was received on {received}, so the period starts from that day."), start, law::RELEVANT_TIME);
        } else {
            let what = format!("The request was received on {received}. That is not a working day, but the period still starts from that day.");
            deadline.step(what, start, law::RELEVANT_TIME);
        }
        for (name, evidence) in [("proof of identity", self.identity), ("proof of authority", self.authority), ("a fee", self.fee)] {
            if evidence.is_some_and(|evidence| !evidence.relied_on) {
                let what = format!("Asking for {name} is not relied on, so it did not move the start.");
                deadline.note(what, law::RELEVANT_TIME);
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
                deadline.step(format!("Notice of the extension was given on {}{until}.", short_date(given)), given, law::EXTENSION_NOTICE);
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

/// The step from the start to the same date one or three months later.
fn explain_months(deadline: &mut Deadline, start: Date, nominal: Date, months: u32) {
    let (length, source) = if months == law::EXTENDED_MONTHS.value {
        ("The time is extended: three calendar months", law::EXTENDED_MONTHS.source)
    } else {
        ("One calendar month", law::month_source(start))
    };
    if start.day() == nominal.day() {
        deadline.step(format!("{length} from {} is {}.", short_date(start), short_date(nominal)), nominal, source);
    } else {
        let missing = format!("{} {}", start.day(), month_name(nominal.month()));
        let what = format!(
            "{length} from {} would be {missing}, which does not exist, so the last day of {} counts: {}.",
            short_date(start),
            month_name(nominal.month()),
            short_date(nominal)
        );
        deadline.step(what, nominal, source);
    }
}

fn explain_pauses(deadline: &mut Deadline, pauses: &Pauses, start: Date, end: Date) {
    for (asked, answered) in pauses.closed() {
        let days = days_between(asked.max(plus_days(start, 1)), answered) + 1;
        let what = if days <= 0 {
            format!(
                "A question was open from {} to {}, before the period had begun to count, so it changes nothing.",
                short_date(asked),
                short_date(answered)
            )
        } else {
            let starting = if asked <= start { ", counted from the day after the start" } else { ", counting both days" };
            let plural = if days == 1 { "1 day does" } else { &format!("{days} days do") };
            format!("A question was open from {} to {}: {plural} not count{starting}.", short_date(asked), short_date(answered))
        };
        deadline.step(what, answered, law::PAUSE);
    }
    for late in &pauses.too_late {
        deadline.warnings.push(format!("The question asked on {} came after the time had run out, so it does not stop the clock.", short_date(late.asked)));
    }
    if let Some(open) = pauses.open() {
        let what = format!("A question asked on {} has not been answered, so the clock stands still and the date is not known yet.", long_date(open.asked));
        deadline.step(what, open.asked, law::PAUSE);
    } else if deadline.excluded_days > 0 {
        let days = deadline.excluded_days;
        let plural = if days == 1 { "day" } else { "days" };
        deadline.step(format!("With {days} {plural} added the period ends on {}.", short_date(end)), end, law::PAUSE);
    }
}

fn sentence_start(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, When};

    const EW: Division = Division::EnglandAndWales;

    fn due(clock: &RightsClock) -> Option<Date> {
        clock.deadline(&Calendar::embedded(), None, None).unwrap().due.map(When::date)
    }

    fn asked(asked: Date, received: Option<Date>) -> Option<Evidence> {
        Some(Evidence { asked, received, relied_on: true })
    }

    #[test]
    fn the_period_starts_when_identity_comes() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 3, 2), EW);
        clock.identity = asked(date(2026, 3, 3), Some(date(2026, 3, 20)));
        assert_eq!(due(&clock), Some(date(2026, 4, 20)));
        clock.identity = Some(Evidence { relied_on: false, ..clock.identity.unwrap() });
        assert_eq!(due(&clock), Some(date(2026, 4, 2)), "an unreasonable demand moves nothing");
        let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
        assert!(deadline.steps.iter().any(|step| step.what == "Asking for proof of identity is not relied on, so it did not move the start."));
    }

    #[test]
    fn the_period_starts_at_the_latest_of_authority_identity_and_fee() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 9, 10), EW);
        clock.authority = asked(date(2026, 9, 11), Some(date(2026, 9, 18)));
        clock.identity = asked(date(2026, 9, 11), Some(date(2026, 9, 25)));
        assert_eq!(due(&clock), Some(date(2026, 10, 26)));

        let mut clock = RightsClock::new(Right::Access, date(2026, 10, 1), EW);
        clock.fee = asked(date(2026, 10, 8), Some(date(2026, 10, 30)));
        assert_eq!(due(&clock), Some(date(2026, 11, 30)));
        clock.division = Division::Scotland;
        assert_eq!(due(&clock), Some(date(2026, 12, 1)));
    }

    #[test]
    fn only_an_access_request_can_be_paused() {
        let mut clock = RightsClock::new(Right::Erasure, date(2026, 2, 15), EW);
        assert_eq!(due(&clock), Some(date(2026, 3, 16)));
        clock.pauses = vec![Pause { asked: date(2026, 2, 20), answered: Some(date(2026, 2, 27)) }];
        for right in Right::ALL {
            clock.right = right;
            let refused = clock.deadline(&Calendar::embedded(), None, None).err().map(|refusal| refusal.code);
            assert_eq!(refused, (right != Right::Access).then_some(RefusalCode::PauseNotAllowed), "{right:?}");
        }
    }

    #[test]
    fn while_something_is_outstanding_there_is_no_date() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 3, 2), EW);
        clock.identity = asked(date(2026, 3, 3), None);
        let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!((deadline.due, deadline.nominal, deadline.start), (None, None, None));
        assert_eq!(deadline.due_without_outstanding.map(When::date), Some(date(2026, 4, 2)));
        assert_eq!(deadline.outstanding, ["proof of identity"]);
        assert_eq!(
            deadline.warnings,
            ["If proof of identity need not have been asked for, the reply is due on Thursday 2 April 2026: \
              asking without a reasonable need does not move the clock."]
        );
    }

    #[test]
    fn an_open_question_makes_the_date_unknown() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 2, 15), EW);
        clock.pauses = vec![Pause { asked: date(2026, 2, 20), answered: None }];
        let deadline = clock.deadline(&Calendar::embedded(), None, Some(date(2026, 2, 27))).unwrap();
        assert_eq!((deadline.due, deadline.cautious, deadline.notice_last), (None, None, None));
        assert_eq!(deadline.paused_since, Some(date(2026, 2, 20)));
        assert_eq!(deadline.nominal.map(When::date), Some(date(2026, 3, 15)));
        assert_eq!(deadline.would_be_due_if_answered_today.map(When::date), Some(date(2026, 3, 23)));
    }

    #[test]
    fn a_question_after_the_end_does_not_stop_the_clock() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 2, 15), EW);
        clock.pauses = vec![Pause { asked: date(2026, 3, 17), answered: None }];
        let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!((deadline.due.map(When::date), deadline.paused_since), (Some(date(2026, 3, 16)), None));
        assert_eq!(deadline.warnings, ["The question asked on 17 March 2026 came after the time had run out, so it does not stop the clock."]);
    }

    #[test]
    fn an_extension_needs_its_notice_inside_the_first_period() {
        let mut clock = RightsClock::new(Right::Access, date(2026, 8, 28), EW);
        clock.pauses = vec![Pause { asked: date(2026, 9, 1), answered: Some(date(2026, 9, 14)) }];
        clock.extension = Some(Extension { notice_given: Some(date(2026, 10, 12)) });
        let deadline = clock.deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!(deadline.due.map(When::date), Some(date(2026, 12, 14)));
        assert_eq!(deadline.notice_last, Some(date(2026, 10, 12)));
        let refused = |given| {
            let mut clock = clock.clone();
            clock.extension = Some(Extension { notice_given: Some(given) });
            clock.deadline(&Calendar::embedded(), None, None).unwrap_err().code
        };
        assert_eq!(refused(date(2026, 10, 13)), RefusalCode::ExtensionLate);
        assert_eq!(refused(date(2026, 8, 27)), RefusalCode::DateBeforeReceipt);
    }

    #[test]
    fn the_safe_dates_of_a_request_over_christmas() {
        let deadline = RightsClock::new(Right::Access, date(2026, 11, 28), EW).deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!(deadline.nominal.map(When::date), Some(date(2026, 12, 28)));
        assert_eq!(deadline.due.map(When::date), Some(date(2026, 12, 29)));
        assert_eq!(deadline.target, Some(date(2026, 12, 24)));
        assert_eq!(deadline.strict, Some(date(2026, 12, 27)));
        assert_eq!(deadline.internal_28, Some(date(2026, 12, 24)), "26 December is a Saturday");
        let words: Vec<_> = deadline.steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(
            words,
            [
                "The request was received on Saturday 28 November 2026. That is not a working day, but the period still starts from that day.",
                "One calendar month from 28 November 2026 is 28 December 2026.",
                "28 December 2026 is a bank holiday (Boxing Day, substitute day), so the next working day counts.",
                "Tuesday 29 December 2026 is the next working day in England and Wales: the reply is due by the end of that day.",
            ]
        );
    }

    #[test]
    fn a_missing_day_is_explained() {
        let deadline = RightsClock::new(Right::Access, date(2026, 1, 31), EW).deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!(
            deadline.steps[1].what,
            "One calendar month from 31 January 2026 would be 31 February, which does not exist, so the last day of February counts: 28 February 2026."
        );
    }

    #[test]
    fn a_stricter_promise_is_shown_beside_the_law_and_a_weaker_one_never_counts() {
        let calendar = Calendar::embedded();
        let policy_due = |received, within, rolls| {
            let promise = Promise { within, rolls, clause: "X-1".to_owned() };
            let deadline = RightsClock::new(Right::Access, received, EW).deadline(&calendar, Some(&promise), None).unwrap();
            (deadline.policy_due.unwrap().date(), deadline.due.unwrap().date())
        };
        let thirty = Period::Days(30);
        assert_eq!(policy_due(date(2026, 8, 3), thirty, false), (date(2026, 9, 2), date(2026, 9, 3)));
        assert_eq!(policy_due(date(2027, 1, 31), thirty, false), (date(2027, 3, 1), date(2027, 3, 1)), "28 February is a Sunday");
        assert_eq!(policy_due(date(2026, 8, 3), Period::Days(40), false), (date(2026, 9, 3), date(2026, 9, 3)));
        assert_eq!(policy_due(date(2026, 11, 28), Period::Months(1), true), (date(2026, 12, 29), date(2026, 12, 29)));
        assert_eq!(policy_due(date(2026, 12, 18), Period::WorkingDays(5), true), (date(2026, 12, 29), date(2027, 1, 18)));
    }

    #[test]
    fn a_year_outside_the_table_is_computed_with_a_warning() {
        let deadline = RightsClock::new(Right::Access, date(2030, 11, 25), EW).deadline(&Calendar::embedded(), None, None).unwrap();
        assert_eq!(deadline.due.map(When::date), Some(date(2030, 12, 27)));
        assert_eq!(deadline.warnings.len(), 1);
        assert!(deadline.warnings[0].contains("2030"));
        let inside = RightsClock::new(Right::Access, date(2026, 11, 25), EW).deadline(&Calendar::embedded(), None, None).unwrap();
        assert!(inside.warnings.is_empty());
    }

    #[test]
    fn dates_out_of_range_and_backwards_pauses_are_refused() {
        let calendar = Calendar::embedded();
        let early = RightsClock::new(Right::Access, date(2018, 5, 24), EW);
        assert_eq!(early.deadline(&calendar, None, None).unwrap_err().code, RefusalCode::DateOutOfRange);
        let mut clock = RightsClock::new(Right::Access, date(2026, 5, 24), EW);
        clock.pauses = vec![Pause { asked: date(2026, 6, 2), answered: Some(date(2026, 6, 1)) }];
        assert_eq!(clock.deadline(&calendar, None, None).unwrap_err().code, RefusalCode::PauseBackwards);
        let last = RightsClock::new(Right::Access, date(2099, 12, 31), EW);
        assert_eq!(last.deadline(&calendar, None, None).unwrap().due.map(When::date), Some(date(2100, 2, 1)), "31 January 2100 is a Sunday");
    }
}
