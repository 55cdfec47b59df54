//! The words of the steps that every rights request has.

use jiff::civil::Date;

use crate::{
    calendar::{
        Deadline,
        dates::{days_between, long_date, month_name, plus_days, short_date},
        pause::Pauses,
    },
    law::TimeLimits,
};

/// The step from the start to the same date one or three months later.
pub(super) fn explain_months(deadline: &mut Deadline, start: Date, nominal: Date, sources: TimeLimits) {
    let (length, source) = if deadline.extended {
        ("The time is extended: three calendar months", sources.extended)
    } else {
        ("One calendar month", sources.month)
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

pub(super) fn explain_pauses(deadline: &mut Deadline, pauses: &Pauses, (start, end): (Date, Date), sources: TimeLimits) {
    for (asked, answered) in pauses.closed() {
        let days = days_between(asked.max(plus_days(start, 1)), answered) + 1;
        let plural = if days == 1 { "1 day" } else { &format!("{days} days") };
        let open = format!("A question was open from {} to {}", short_date(asked), short_date(answered));
        let what = if days <= 0 {
            format!("{open}, before the period had begun to count, so it changes nothing.")
        } else if asked <= start {
            format!("{open}: the {plural} after the start, the last included, do not count.")
        } else if days == 1 {
            format!("A question was asked and answered on {}: that day does not count.", short_date(asked))
        } else {
            format!("{open}: these {plural}, the first and the last included, do not count.")
        };
        deadline.step(what, answered, sources.pause);
    }
    for late in &pauses.too_late {
        deadline.warnings.push(format!(
            "The question asked on {} came after the time had run out, so it does not stop the clock.",
            short_date(late.asked)
        ));
    }
    if let Some(open) = pauses.open() {
        let what = format!(
            "A question asked on {} has not been answered, so the clock stands still and the date is not known yet.",
            long_date(open.asked)
        );
        deadline.step(what, open.asked, sources.pause);
    } else if deadline.excluded_days > 0 {
        let days = deadline.excluded_days;
        let plural = if days == 1 { "day" } else { "days" };
        deadline.step(format!("With {days} {plural} added the period ends on {}.", short_date(end)), end, sources.pause);
    }
}

pub(super) fn sentence_start(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
