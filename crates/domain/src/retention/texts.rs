//! The short reasons, written once when a schedule is compiled.

use crate::{
    calendar::Period,
    policy::retention::{Class, Floor, Keep, Part, Retention, Start, title_of},
};

/// The clauses in brackets, with a blank before; empty when there are none.
pub(super) fn in_brackets(clauses: &[String]) -> String {
    if clauses.is_empty() { String::new() } else { format!(" ({})", clauses.join(", ")) }
}

/// What is a default the organisation has not decided on.
pub(super) fn defaults(class: &Class) -> String {
    class.defaults.iter().map(|part: &Part| part.name().replace('_', " ")).collect::<Vec<_>>().join(", ")
}

/// What is appended to a reason that rests on a default.
pub(super) fn default_note(class: &Class) -> String {
    if class.defaults.is_empty() { String::new() } else { format!("; default until the organisation decides: {}", defaults(class)) }
}

/// How long, and from when: `6 years from the end of the employment`.
pub(super) fn period(retention: &Retention, keep: Keep, ceiling: Option<Period>, trigger: &str, start: Start) -> String {
    let event = event(retention, trigger, start);
    match (keep, ceiling) {
        (Keep::AtOnce, _) => format!("at once on the {event}"),
        (Keep::Exactly(period), _) => format!("{} from the {event}", period.shown()),
        (Keep::AtLeast(period), Some(ceiling)) => format!("at least {}, at most {} from the {event}", period.shown(), ceiling.shown()),
        (keep, _) => format!("{} from the {event}", keep.shown()),
    }
}

fn event(retention: &Retention, trigger: &str, start: Start) -> String {
    let title = title_of(retention, trigger);
    match start {
        Start::Event => title.to_owned(),
        Start::TaxYearEnd => format!("end of the tax year of the {title}"),
        Start::AccountingYearEnd => format!("end of the accounting year of the {title}"),
        Start::CalendarYearEnd => format!("end of the year of the {title}"),
    }
}

/// Said when a floor decides.
pub(super) fn floor(retention: &Retention, floor: &Floor, class: &Class, rule: &str) -> String {
    let trigger = if floor.trigger.is_empty() { &class.trigger } else { &floor.trigger };
    let start = if floor.trigger.is_empty() { class.start } else { floor.start };
    let least = floor.period.map(Period::shown).unwrap_or_default();
    let lock = if floor.locked { "; nothing earlier" } else { "" };
    format!("at least {least} from the {}: {} beats {rule}{lock}", event(retention, trigger, start), floor.source)
}

/// Said when a day is missing.
pub(super) fn missing(fact: &str, rule: &str) -> String {
    format!("{} is missing: {rule}", fact.replace('-', "_"))
}

/// Said when the policy leaves the period open.
pub(super) fn open_period(class: &Class) -> String {
    let why = match class.keep {
        Keep::PerProcessingRecord => "it is to be entered in the record of processing",
        Keep::Unlimited => "the policy says without end, which UK GDPR Article 5(1)(e) does not allow",
        _ => "the policy does not state one",
    };
    format!("no period is set: {why}{}", in_brackets(&class.clauses))
}

/// A number as a place in a row: `21st`.
pub(super) fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
