//! How a deadline is printed.

use std::io::Write;

use domain::calendar::{Deadline, Rule, When, long_date};
use domain::policy::Policy;
use serde::Serialize;
use serde_json::Value;

use super::super::outcome::Ending;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    #[serde(flatten)]
    deadline: &'a Deadline,
}

/// One JSON object on one line.
pub(super) fn json(id: &Value, deadline: &Deadline, out: &mut dyn Write) -> Result<(), Ending> {
    serde_json::to_writer(&mut *out, &Line { id, deadline })?;
    writeln!(out)?;
    Ok(())
}

/// The date first, then what to work to, then why.
pub(super) fn human(policy: &Policy, deadline: &Deadline, out: &mut dyn Write) -> Result<(), Ending> {
    let title = policy.rule(&deadline.rule).map(|rule| rule.title.as_str()).unwrap_or_default();
    writeln!(out, "{title}")?;
    match deadline.due {
        Some(When::Date(day)) => writeln!(out, "Due by the end of {}.", long_date(day))?,
        Some(moment @ When::Instant(_)) => writeln!(out, "Due by {}.", moment.shown())?,
        None => writeln!(out, "The date is not known yet.")?,
    }
    let mut also = |label: &str, when: Option<When>| match when {
        Some(when) => writeln!(out, "  {label:<34}{}", when.shown()),
        None => Ok(()),
    };
    also("The organisation's own promise", deadline.policy_due)?;
    also("Send it by", deadline.send_by.map(When::Date))?;
    also("Reported as late after", deadline.late_after.map(When::Date))?;
    also("Reminder on", deadline.remind_on.map(When::Date))?;
    also("Safe target", deadline.target.map(When::Date).filter(|target| Some(*target) != deadline.due))?;
    also("On the most careful reading", deadline.cautious.filter(|cautious| Some(*cautious) != deadline.due))?;
    also("Last day to announce an extension", deadline.notice_last.map(When::Date))?;
    also("Paused since", deadline.paused_since.map(When::Date))?;
    also("If the answer came today", deadline.would_be_due_if_answered_today)?;
    writeln!(out, "\nWhy")?;
    for (index, step) in deadline.steps.iter().enumerate() {
        writeln!(out, "  {}. {} [{}]", index + 1, step.what, step.source)?;
    }
    if !deadline.warnings.is_empty() {
        writeln!(out, "\nNote")?;
        for warning in &deadline.warnings {
            writeln!(out, "  - {warning}")?;
        }
    }
    Ok(())
}

/// A rule as the list shows it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    rule: &'a Rule,
    /// How it computes, in words.
    computes: String,
    /// The names that `--trigger` takes.
    triggers: Vec<&'a str>,
}

impl<'a> From<&'a Rule> for Listed<'a> {
    fn from(rule: &'a Rule) -> Self {
        Self { rule, computes: rule.kind.shown(), triggers: rule.trigger_names().collect() }
    }
}

/// Every rule of the pack.
pub(super) fn list(policy: &Policy, json: bool, out: &mut dyn Write) -> Result<(), Ending> {
    if json {
        let listed = policy.rule_list().iter().map(Listed::from);
        serde_json::to_writer(&mut *out, &listed.collect::<Vec<_>>())?;
        writeln!(out)?;
        return Ok(());
    }
    for rule in policy.rule_list() {
        one(rule, out)?;
    }
    Ok(())
}

fn one(rule: &Rule, out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "{}\n  {}\n  counts from {}\n  {}", rule.id, rule.title, rule.trigger, rule.kind.shown())?;
    if let Some(promise) = &rule.promise {
        writeln!(out, "  the policy promises {} ({})", promise.within.shown(), promise.clause)?;
    }
    for also in &rule.also {
        writeln!(out, "  also from {}, {} (--trigger {}=DATE; {})", also.trigger, also.kind.shown(), also.name, also.source)?;
    }
    for set_by in rule.trigger_names().filter(|name| rule.also.iter().all(|also| also.name != *name)) {
        writeln!(out, "  the day set by the {set_by} goes before (--trigger {set_by}=DATE)")?;
    }
    if let Some(who) = &rule.runs_on {
        writeln!(out, "  runs on the {who}")?;
    }
    writeln!(out, "  rests on {}", rule.source)?;
    if let Some(note) = &rule.note {
        writeln!(out, "  note: {note}")?;
    }
    if !rule.aliases.is_empty() {
        writeln!(out, "  also called {}", rule.aliases.join(", "))?;
    }
    Ok(())
}
