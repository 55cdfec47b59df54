//! Deciding about a right other than access, one function a decision.

use domain::casework::request::{
    AutomatedOutcome, ClassChoice, ClassFacts, CorrectionForm, KeepGround, NotARequest, ObjectionOutcome, RestrictionGround, TakeDown,
    decide_class, read_table,
};
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::retention::Schedule;
use domain::rights::RequestKind;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;

use super::super::outgoing::text_file;
use super::change::rule_day;
use crate::app::App;
use crate::error::Error;

/// The decision about one class of records, as typed.
#[derive(Debug, Clone)]
pub struct ErasureChoice {
    /// The class, by its id.
    pub class: String,
    /// Why it stays; `None`: erase it.
    pub keep: Option<KeepGround>,
    /// The reasons.
    pub reasons: String,
    /// The day its time is counted from.
    pub from: Option<Date>,
    /// Something holds it.
    pub hold: bool,
}

/// Decides about one value (Article 16).
pub fn correct(app: &App, actor: &Actor, at: (&RecordId, u64), form: &CorrectionForm) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "correct", |request, around| {
        Ok((request.correct(form, &actor.user, around.today, around.by)?, Vec::new()))
    })
}

/// Names the classes of the schedule that hold something about the person.
pub fn hold_classes(app: &App, actor: &Actor, at: (&RecordId, u64), classes: &[String]) -> Result<u64, Error> {
    let policy = app.policy()?;
    if let Some(unknown) = classes.iter().find(|class| policy.retention().class(class).is_none()) {
        return Err(Refusal::new(RefusalCode::ClassUnknown, format!("It says `{unknown}`.")).into());
    }
    app.rights_change(actor, at, Verb::RequestWork, "hold-classes", |request, around| {
        Ok((request.hold_classes(classes.to_vec(), around.today)?, Vec::new()))
    })
}

/// Decides an erasure, class by class, against the schedule of the policy in force.
///
/// # Errors
/// `RIGHT-006` to `RIGHT-009`, as [`decide_class`] and [`domain::casework::request::Request::erase`] say.
pub fn erase(app: &App, actor: &Actor, at: (&RecordId, u64), choices: &[ErasureChoice], recipients: &[String]) -> Result<u64, Error> {
    let policy = app.policy()?;
    let schedule = Schedule::compile(&policy);
    app.rights_change(actor, at, Verb::RequestWork, "decide-erasure", |request, around| {
        let mut classes = Vec::new();
        for choice in choices {
            let title = policy.retention().class(&choice.class).map_or("", |class| class.title.as_str());
            let facts = ClassFacts { class: &choice.class, title, from: choice.from, hold: choice.hold || request.facts.hold };
            let wanted = ClassChoice { keep: choice.keep, reasons: &choice.reasons };
            classes.push(decide_class(&schedule, &request.subject, &facts, &wanted, around.today)?);
        }
        Ok((request.erase(classes, recipients, (&actor.user, around.today), around.by, around.access_open)?, Vec::new()))
    })
}

/// Decides about a restriction (Article 18). A granted one makes a mark at once.
pub fn restrict(
    app: &App,
    actor: &Actor,
    at: (&RecordId, u64),
    ground: Option<RestrictionGround>,
    reasons: &str,
    recipients: &[String],
) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "decide-restriction", |request, around| {
        Ok((request.restrict(ground, reasons, recipients, &actor.user, around.today)?, Vec::new()))
    })
}

/// Weighs an objection (Article 21(1)).
pub fn weigh(
    app: &App,
    actor: &Actor,
    at: (&RecordId, u64),
    outcome: ObjectionOutcome,
    purpose: &str,
    reasons: &str,
) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "decide-objection", |request, around| {
        Ok((request.weigh(outcome, purpose, reasons, &actor.user, around.today)?, Vec::new()))
    })
}

/// Records what stops and what has to be done for it. Pictures come down by the day the policy's
/// clock gives, which never moves.
pub fn stop(app: &App, actor: &Actor, at: (&RecordId, u64), form: &TakeDown) -> Result<u64, Error> {
    let policy = app.policy()?;
    app.rights_change(actor, at, Verb::RequestWork, "decide-stop", |request, around| {
        let mut form = form.clone();
        if request.kind != RequestKind::Marketing {
            let due = rule_day(app, &policy, "consent-withdrawn", &request, true)?;
            form.actions.iter_mut().filter(|action| action.due.is_none()).for_each(|action| action.due = due);
        }
        Ok((request.stop(&form, &actor.user, around.today)?, Vec::new()))
    })
}

/// Makes the files to take elsewhere from rows as CSV text (Article 20); without rows, nothing is
/// in scope and the reason is recorded.
pub fn export(app: &App, actor: &Actor, at: (&RecordId, u64), rows: &str, reasons: &str, to: &str) -> Result<u64, Error> {
    let table = if rows.trim().is_empty() { None } else { Some(read_table(rows)?) };
    app.rights_change(actor, at, Verb::RequestWork, "decide-portability", |request, around| {
        let count = table.as_ref().map_or(0, |table| table.rows.len() as u64);
        let request = request.export(count, reasons, to, &actor.user, around.today)?;
        let mut files = Vec::new();
        if let Some(table) = &table {
            files.push(text_file(&request, "portable.csv", "text/csv", table.csv())?);
            files.push(text_file(&request, "portable.json", "application/json", format!("{:#}\n", table.json()))?);
        }
        Ok((request, files))
    })
}

/// Records that a person looked at an automated decision: how it is made, the person's view, who
/// looked, the reasons (Article 22C).
pub fn review_decision(app: &App, actor: &Actor, at: (&RecordId, u64), outcome: AutomatedOutcome, words: [&str; 4]) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "decide-automated", |request, around| {
        Ok((request.review_decision(outcome, words, &actor.user, around.today)?, Vec::new()))
    })
}

/// Records that a notice, safeguards or a child's plan were given, or why not.
pub fn give(app: &App, actor: &Actor, at: (&RecordId, u64), given: bool, text: &str, proof: &str) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "decide-given", |request, around| {
        Ok((request.give(given, text, proof, &actor.user, around.today)?, Vec::new()))
    })
}

/// Records that it is no request of this kind, and where it goes.
pub fn elsewhere(app: &App, actor: &Actor, at: (&RecordId, u64), why: NotARequest, more: &str) -> Result<u64, Error> {
    app.rights_change(actor, at, Verb::RequestWork, "decide-elsewhere", |request, around| {
        Ok((request.send_elsewhere(why, more, &actor.user, around.today)?, Vec::new()))
    })
}
