//! Several triggers of one duty: each gives a date, and the earliest counts.

use super::{
    Calendar, Deadline, Facts, When,
    compute::compute,
    rule::{Also, Rule, same_name},
};
use crate::{Refusal, RefusalCode, policy::nearest};

/// Refuses a further trigger that the rule does not have, naming the one that was meant.
pub(super) fn refuse_unknown(rule: &Rule, facts: &Facts) -> Result<(), Refusal> {
    let Some(unknown) = facts.triggers.keys().find(|given| !rule.trigger_names().any(|known| same_name(known, given))) else {
        return Ok(());
    };
    let shown: String = unknown.chars().take(64).collect();
    let known: Vec<_> = rule.trigger_names().collect();
    let meant = match nearest(&shown, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if known.is_empty() => format!("The rule `{}` has none.", rule.id),
        None => format!("The rule `{}` knows {}.", rule.id, known.join(", ")),
    };
    Err(Refusal::new(RefusalCode::TriggerUnknown, format!("It says `{shown}`. {meant}")))
}

/// Lays the dates of the further triggers over that of the main one. Where the law sets the
/// main period, an earlier date becomes the organisation's own, shown beside the law's;
/// everywhere else the earliest date is due. A later one never moves anything.
pub(super) fn lay_over(deadline: &mut Deadline, rule: &Rule, facts: &Facts, calendar: &Calendar) -> Result<(), Refusal> {
    for also in &rule.also {
        let Some(from) = facts.trigger(&also.name) else {
            let what = format!("It also counts {} from {} ({}), which is not known yet.", also.kind.shown(), also.trigger, also.name);
            deadline.note(what, also.source.clone());
            deadline.outstanding.push(also.trigger.clone().into());
            continue;
        };
        let part = part(also, from, facts, calendar)?;
        deadline.step(format!("It also counts from {} ({}): {}.", also.trigger, also.name, from.shown()), from, also.source.clone());
        deadline.steps.extend(part.steps.iter().cloned());
        for warning in &part.warnings {
            if !deadline.warnings.contains(warning) {
                deadline.warnings.push(warning.clone());
            }
        }
        if rule.kind.is_statutory() {
            beside_the_law(deadline, also, &part);
        } else {
            earliest(deadline, also, part);
        }
    }
    Ok(())
}

/// The date that a further trigger gives on its own.
fn part(also: &Also, from: When, facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
    let rule = Rule {
        id: also.name.clone(),
        aliases: Vec::new(),
        title: String::new(),
        trigger: also.trigger.clone(),
        kind: also.kind.clone(),
        source: also.source.clone(),
        promise: None,
        note: None,
        runs_on: None,
        also: Vec::new(),
    };
    compute(&rule, &Facts::new(from, facts.division), calendar)
}

fn beside_the_law(deadline: &mut Deadline, also: &Also, part: &Deadline) {
    let Some(day) = part.due else { return };
    let before = |other: Option<When>| other.is_none_or(|other| day.ends_before(other));
    if !before(deadline.due) {
        let what = format!("{} is no earlier than the law's day, so the law's day counts.", day.shown());
        deadline.step(what, day, also.source.clone());
        return;
    }
    deadline.step(format!("The organisation works to the earlier day: {}.", day.shown()), day, also.source.clone());
    if before(deadline.policy_due) {
        deadline.policy_due = Some(day);
    }
}

fn earliest(deadline: &mut Deadline, also: &Also, part: Deadline) {
    let Some(day) = part.due else { return };
    if deadline.due.is_some_and(|due| !day.ends_before(due)) {
        deadline.step(format!("{} is no earlier, so it changes nothing.", day.shown()), day, also.source.clone());
        return;
    }
    deadline.step(format!("{} is the earliest, so it counts.", day.shown()), day, also.source.clone());
    deadline.start = part.start;
    deadline.nominal = part.nominal;
    deadline.due = part.due;
    deadline.cautious = part.cautious;
    deadline.target = part.target;
    deadline.send_by = part.send_by.or(deadline.send_by);
    deadline.late_after = part.late_after;
    deadline.remind_on = part.remind_on;
}
