//! What the retention schedule asks for after an event about one person or thing: a duty for
//! each class that counts from it, with its own date. And what stops destruction.

use super::Terms;
use crate::calendar::{Calendar, Deadline, Division, Kind, Step};
use crate::policy::retention::Class;
use crate::policy::{DutyKind, Policy};
use crate::retention::{Day, Explanation, Facts, Schedule};
use jiff::civil::Date;

/// The role that sees to a destruction.
const ROLE: &str = "dpo";
/// Ids of these duties begin with this; the id of the class follows.
const PREFIX: &str = "destroy:";

/// An event that classes of the schedule count from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionEvent {
    /// Its name in the schedule, such as `employment-end`.
    pub trigger: String,
    /// What it is, to begin a sentence: "The end of the employment".
    pub title: String,
    /// The titles of the classes that then have a date.
    pub classes: Vec<String>,
}

/// The events of a policy's schedule after which something has a date of destruction.
pub fn retention_events(policy: &Policy, today: Date) -> Vec<RetentionEvent> {
    let schedule = Schedule::compile(policy);
    let mut events: Vec<RetentionEvent> = Vec::new();
    for class in &policy.retention().class {
        for trigger in triggers(class) {
            if dated(&schedule, class, trigger, today).is_none() {
                continue;
            }
            if let Some(event) = events.iter_mut().find(|event| event.trigger == trigger) {
                event.classes.push(class.title.clone());
                continue;
            }
            let title = format!("The {}", policy.retention().fact_title(trigger));
            events.push(RetentionEvent { trigger: trigger.to_owned(), title, classes: vec![class.title.clone()] });
        }
    }
    events
}

/// What has to be destroyed after an event of the schedule, and until when: a duty a class.
/// A class whose rule needs more than the event has no date, and is left to the schedule.
pub fn destructions(policy: &Policy, trigger: &str, happened: Date, calendar: &Calendar) -> Vec<(Terms, Deadline)> {
    let schedule = Schedule::compile(policy);
    let division = policy.division().unwrap_or(Division::EnglandAndWales);
    let counts = |class: &&Class| triggers(class).any(|name| name == trigger);
    let follows = |class: &Class| {
        let (explained, due) = dated(&schedule, class, trigger, happened)?;
        let step = |what: &str, date: Option<Date>, source: &str| Step {
            what: what.to_owned(),
            date: date.map(Into::into),
            source: source.to_owned().into(),
        };
        let steps = explained.steps.iter().map(|one| step(&one.what, one.date, &one.source)).collect();
        let mut deadline = Deadline::destruction(&class.id, happened, (division, calendar), due, steps);
        deadline.warnings.extend(explained.warnings);
        Some((terms(class), deadline))
    };
    policy.retention().class.iter().filter(counts).filter_map(follows).collect()
}

/// The explanation for a class of which nothing is known but one event, if that gives a date.
fn dated(schedule: &Schedule, class: &Class, trigger: &str, happened: Date) -> Option<(Explanation, Date)> {
    let index = schedule.class(&class.id)?;
    let mut facts = Facts::new(schedule);
    facts.set(schedule, trigger, &happened.to_string()).ok()?;
    let (year, month, day) = (happened.year(), happened.month().unsigned_abs(), happened.day().unsigned_abs());
    let explained = schedule.explain(&facts.of(index), Day::new(year.into(), month.into(), day.into())?);
    let due = explained.due?;
    Some((explained, due))
}

/// The events that a class counts from.
fn triggers(class: &Class) -> impl Iterator<Item = &str> {
    std::iter::once(class.trigger.as_str()).chain(class.also.iter().map(|limb| limb.trigger.as_str()))
}

fn terms(class: &Class) -> Terms {
    let holds = if class.holds.is_empty() { class.title.clone() } else { class.holds.join(", ") };
    let remains = if class.remains.is_empty() { String::new() } else { format!(" What stays: {}.", class.remains.join(", ")) };
    Terms {
        duty: format!("{PREFIX}{}", class.id),
        title: format!("Destroy: {}", class.title),
        kind: DutyKind::Event,
        statement: format!("Gone everywhere, in every copy: {holds}.{remains}"),
        role: ROLE.to_owned(),
        every: None,
        rule: String::new(),
        clauses: class.clauses.clone(),
    }
}

impl Terms {
    /// Whether doing this destroys something: a class of the retention schedule, or what has to
    /// be gone by a latest day after an event.
    pub fn destroys(&self, policy: &Policy) -> bool {
        let latest = || policy.rule(&self.rule).is_ok_and(|rule| matches!(rule.kind, Kind::Latest(_)));
        self.kind == DutyKind::Event && (self.duty.starts_with(PREFIX) || latest())
    }
}

/// Whether a note names one of these numbers: "Case 1047" names "1047" and "case-1047".
pub fn names_one_of(note: &str, numbers: &[String]) -> bool {
    let plain = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let words: Vec<String> = note.split_whitespace().map(plain).filter(|word| word.chars().any(|one| one.is_ascii_digit())).collect();
    let whole = plain(note);
    numbers.iter().map(|number| plain(number)).filter(|number| number.len() >= 2).any(|number| whole == number || words.contains(&number))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn somebody_who_leaves_sets_five_dates_going() {
        let policy = Policy::builtin("social-enterprise").unwrap();
        let found = destructions(&policy, "employment-end", date(2026, 8, 31), &Calendar::embedded());
        let dates: Vec<(&str, String)> =
            found.iter().map(|(terms, due)| (terms.duty.as_str(), due.alert().unwrap().date().to_string())).collect();
        assert_eq!(
            dates,
            [
                ("destroy:recruitment-hired", "2029-08-31".to_owned()),
                ("destroy:right-to-work-copies", "2028-08-31".to_owned()),
                ("destroy:payroll-details", "2027-02-28".to_owned()),
                ("destroy:employment-records", "2032-08-31".to_owned()),
                ("destroy:paye-records", "2033-04-05".to_owned()),
            ]
        );
        let (terms, due) = found.iter().find(|(terms, _)| terms.duty == "destroy:payroll-details").unwrap();
        assert!(terms.destroys(&policy));
        assert!(due.steps.iter().any(|step| step.what.contains("Friday 26 February 2027")), "28 February is a Sunday: {:?}", due.steps);
        assert_eq!(terms.clauses, ["SEK-76"]);
    }

    #[test]
    fn every_event_offered_leads_to_something() {
        let (calendar, today) = (Calendar::embedded(), date(2026, 11, 22));
        for name in Policy::builtin_names() {
            let policy = Policy::builtin(name).unwrap();
            for event in retention_events(&policy, today) {
                let found = destructions(&policy, &event.trigger, today, &calendar);
                assert_eq!(found.len(), event.classes.len(), "{name}: {}", event.trigger);
                assert!(found.iter().all(|(terms, _)| policy.role(&terms.role).is_some()), "{name}: nobody sees to it");
            }
        }
        assert_eq!(destructions(&Policy::builtin("uk").unwrap(), "no-such-event", today, &calendar), []);
    }

    #[test]
    fn a_note_names_a_number_however_it_is_written() {
        let numbers = ["1047".to_owned(), "L-88".to_owned()];
        for note in ["1047", "Case 1047", "case 1047, closed", "file L88", "l-88"] {
            assert!(names_one_of(note, &numbers), "{note}");
        }
        for note in ["", "Case 10471", "Case 104 7", "the one of Monday", "L 88 or so"] {
            assert!(!names_one_of(note, &numbers), "{note}");
        }
        assert!(!names_one_of("a 7", &["7".to_owned()]), "one digit names nothing");
    }
}
