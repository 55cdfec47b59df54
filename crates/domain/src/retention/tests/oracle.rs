//! An independent implementation: dates as (year, month, day) stepped by hand, rules read
//! straight from the pack. Shares nothing with what it checks but the pack.

use std::collections::BTreeMap;

use crate::{
    calendar::Period,
    policy::{
        YearEnd,
        retention::{Class, Combine, Keep, Retention, Start},
    },
};

/// A date as people think of it; the order of the parts makes it comparable.
pub(super) type Ymd = (i64, i64, i64);

/// The facts of one holding by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) days: BTreeMap<String, Ymd>,
    pub(super) numbers: BTreeMap<String, u32>,
    pub(super) flags: BTreeMap<String, bool>,
    pub(super) contact: Option<String>,
    pub(super) hold: bool,
}

/// State and due date.
pub(super) type Verdict = (&'static str, Option<Ymd>);

fn leap(year: i64) -> bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
}

pub(super) fn month_length(year: i64, month: i64) -> i64 {
    if month == 2 { 28 + i64::from(leap(year)) } else { 30 + (month + month / 8) % 2 }
}

fn later(date: Ymd, period: Period) -> Ymd {
    let (mut year, mut month, mut day) = date;
    match period {
        Period::Days(count) => {
            for _ in 0..count {
                day += 1;
                if day > month_length(year, month) {
                    (day, month) = (1, month + 1);
                    if month > 12 {
                        (month, year) = (1, year + 1);
                    }
                }
            }
            (year, month, day)
        }
        Period::Months(count) => {
            for _ in 0..count {
                month += 1;
                if month > 12 {
                    (month, year) = (1, year + 1);
                }
            }
            (year, month, day.min(month_length(year, month)))
        }
        Period::Years(count) => {
            year += i64::from(count);
            (year, month, day.min(month_length(year, month)))
        }
        other => panic!("{other:?} is not counted in retention"),
    }
}

fn on_or_after(date: Ymd, month: i64, day: i64) -> Ymd {
    let this = (date.0, month, day.min(month_length(date.0, month)));
    if this < date { (date.0 + 1, month, day.min(month_length(date.0 + 1, month))) } else { this }
}

pub(super) struct Oracle<'a> {
    pub(super) retention: &'a Retention,
    pub(super) year_end: Option<YearEnd>,
}

impl Oracle<'_> {
    pub(super) fn verdict(&self, class: &str, known: &Known, on: Ymd) -> Verdict {
        let (state, due) = self.without_hold(class, known, on);
        if known.hold { ("held", due) } else { (state, due) }
    }

    fn without_hold(&self, class: &str, known: &Known, on: Ymd) -> Verdict {
        let class = self.retention.class.iter().find(|one| one.id == class).unwrap();
        for unless in &class.unless {
            match known.flags.get(&unless.flag) {
                Some(true) if unless.class.is_empty() => return ("not_due", None),
                Some(true) => return self.without_hold(&unless.class, known, on),
                None if unless.must_be_known => return ("missing_fact", None),
                _ => {}
            }
        }
        let (mut keep, mut trigger) = (class.keep, class.trigger.clone());
        if let Some(first) = class.variant.first() {
            let matching = class.variant.iter().find(|variant| match variant.is {
                Some(answer) => known.flags.get(&first.fact) == Some(&answer),
                None => known.numbers.get(&first.fact).is_some_and(|number| {
                    variant.from.is_none_or(|from| from <= *number) && variant.below.is_none_or(|below| *number < below)
                }),
            });
            let Some(variant) = matching else { return ("missing_fact", None) };
            keep = variant.keep.unwrap_or(keep);
            trigger = variant.trigger.clone().unwrap_or(trigger);
        }
        let sooner = class.sooner.iter().filter_map(|name| known.days.get(name)).min().copied();
        if sooner.is_none() && known.flags.get("ongoing") == Some(&true) {
            return ("not_due", None);
        }
        let due = match (self.rule(class, &trigger, keep, known), sooner) {
            (Ok(due), Some(sooner)) => due.min(sooner),
            (Err(_), Some(sooner)) => sooner,
            (Ok(due), None) => due,
            (Err(state), None) => return (state, None),
        };
        match self.lifted(class, &trigger, due, known) {
            Some(due) => (if due <= on { "due" } else { "not_due" }, Some(due)),
            None => ("missing_fact", None),
        }
    }

    /// The date of the class's own rule, or the state when there is none.
    fn rule(&self, class: &Class, trigger: &str, keep: Keep, known: &Known) -> Result<Ymd, &'static str> {
        if keep == Keep::PerFunder {
            return known.days.get("funder-until").copied().ok_or("missing_fact");
        }
        if keep.period().is_none() || trigger == "not-stated" {
            return Err("missing_fact");
        }
        let mut limbs = vec![(trigger.to_owned(), class.start, keep, false)];
        limbs.extend(class.also.iter().map(|limb| (limb.trigger.clone(), limb.start, limb.keep.unwrap_or(keep), limb.optional)));
        let mut dates = Vec::new();
        for (name, start, keep, optional) in &limbs {
            let day = self.event(class, name, *start, known);
            match day {
                Some(day) => {
                    let end = later(day, keep.period().unwrap());
                    let capped = matches!(keep, Keep::AtLeast(_)).then(|| class.ceiling.as_ref().map(|ceiling| later(day, ceiling.period)));
                    dates.push(capped.flatten().map_or(end, |ceiling| ceiling.max(end)));
                }
                None if class.combine == Combine::LaterOf && !optional => return Err("missing_fact"),
                None => {}
            }
        }
        let best = if class.combine == Combine::LaterOf { dates.iter().max() } else { dates.iter().min() };
        let awaited = limbs.iter().all(|(name, ..)| name == "request" || name == "consent-withdrawn");
        best.copied().ok_or(if awaited { "not_due" } else { "missing_fact" })
    }

    fn event(&self, class: &Class, name: &str, start: Start, known: &Known) -> Option<Ymd> {
        self.counted(Self::happened(class, name, known)?, name, start)
    }

    /// The day of an event, as far as it counts.
    fn happened(class: &Class, name: &str, known: &Known) -> Option<Ymd> {
        if name == "last-contact" && known.contact.as_ref().is_some_and(|kind| class.not_contact.contains(kind)) {
            return None;
        }
        known.days.get(name).copied()
    }

    /// From which day the period of an event is counted.
    fn counted(&self, day: Ymd, name: &str, start: Start) -> Option<Ymd> {
        match start {
            Start::TaxYearEnd => Some(on_or_after(day, 4, 5)),
            Start::Event if name == "tax-year-end" => Some(on_or_after(day, 4, 5)),
            Start::Event => Some(day),
            Start::CalendarYearEnd => Some((day.0, 12, 31)),
            Start::AccountingYearEnd => self.year_end.map(|end| on_or_after(day, i64::from(end.month), i64::from(end.day))),
        }
    }

    /// Raised to every minimum; nothing when the day of one is not known.
    fn lifted(&self, class: &Class, trigger: &str, mut due: Ymd, known: &Known) -> Option<Ymd> {
        for floor in self.retention.floor.iter().filter(|floor| class.floors.contains(&floor.id)) {
            let from = if floor.trigger.is_empty() || floor.trigger == class.trigger {
                let mut names = std::iter::once(trigger).chain(class.also.iter().map(|limb| limb.trigger.as_str()));
                let first = names.find_map(|name| Self::happened(class, name, known))?;
                let start = if floor.trigger.is_empty() { class.start } else { floor.start };
                self.counted(first, trigger, start)
            } else {
                self.event(&Class::default(), &floor.trigger, floor.start, known)
            };
            due = due.max(later(from?, floor.period.unwrap()));
        }
        Some(known.days.get("funder-until").map_or(due, |until| due.max(*until)))
    }
}

#[test]
fn the_independent_dates_are_right() {
    assert_eq!(later((2024, 1, 31), Period::Months(1)), (2024, 2, 29));
    assert_eq!(later((2024, 2, 29), Period::Years(1)), (2025, 2, 28));
    assert_eq!(later((2023, 12, 25), Period::Days(14)), (2024, 1, 8));
    assert_eq!(on_or_after((2024, 4, 6), 4, 5), (2025, 4, 5));
    let lengths: Vec<_> = (1..=12).map(|month| month_length(2023, month)).collect();
    assert_eq!(lengths, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
}
