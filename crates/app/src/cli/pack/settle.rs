//! What an answer to a set-up question changes in the pack.

use domain::policy::{
    Policy, Question,
    retention::{FactKind, KNOWN_FACTS, Keep},
};
use toml_edit::Value;

use super::{
    draft::{Draft, words},
    key::Key,
    words::{day_of_year, division, keep, period},
};

/// The answer that leaves what is used already, and closes the question.
pub(crate) const AS_IT_IS: &str = "ok";

/// The draft with the question answered.
///
/// # Errors
/// A sentence for the person who answered, when the answer cannot be used.
pub(crate) fn settle(draft: &Draft, policy: &Policy, question: &Question, answer: &str) -> Result<Draft, String> {
    let mut changed = draft.clone();
    let key = question.key.as_str();
    match key {
        "organisation.name" => set(&mut changed, key, Value::from(answer))?,
        "organisation.division" => set(&mut changed, key, Value::from(division(answer)?.id()))?,
        "organisation.year_end" => {
            let (day, month) = day_of_year(answer)?;
            set(&mut changed, key, toml(&format!("{{ month = {month}, day = {day} }}"))?)?;
        }
        "rights.approve" => set(&mut changed, key, words(answer.split(',').map(str::trim)))?,
        _ if key.starts_with("duties.duty[") => interval(&mut changed, key, answer)?,
        _ if key.starts_with("clauses.clause[") => decision(&mut changed, key, answer)?,
        _ => match key.strip_prefix("retention.class[").and_then(|rest| rest.split_once("].")) {
            Some((class, part)) => retention(&mut changed, policy, class, part, answer)?,
            None => {
                return Err(format!(
                    "This takes more than one line: write it in {}.toml, then go on.",
                    key.split('.').next().unwrap_or(key)
                ));
            }
        },
    }
    let worse = changed.worse();
    match worse.first() {
        Some(problem) => Err(format!("{} {}", problem.what, problem.remedy)),
        None => Ok(changed),
    }
}

fn interval(draft: &mut Draft, key: &str, answer: &str) -> Result<(), String> {
    if answer != AS_IT_IS {
        set(draft, key, toml(&period(answer)?)?)?;
    }
    let default = format!("{}.default", key.trim_end_matches(".every"));
    draft.remove(&read(&default)?).map_err(|refusal| refusal.detail)
}

/// What shall hold where a clause leaves a question open: a decision of the organisation.
fn decision(draft: &mut Draft, key: &str, answer: &str) -> Result<(), String> {
    set(draft, &format!("{key}.conflict.winner"), Value::from("policy"))?;
    if answer == AS_IT_IS { Ok(()) } else { set(draft, &format!("{key}.conflict.wins"), Value::from(answer)) }
}

fn retention(draft: &mut Draft, policy: &Policy, class: &str, part: &str, answer: &str) -> Result<(), String> {
    let entry = format!("retention.class[{class}]");
    let known = policy.retention().class(class).ok_or("There is no such class.")?;
    draft.borrow("retention", "class", class).map_err(|refusal| refusal.detail)?;
    let is_default = known.defaults.iter().any(|default| default.name() == part);
    if part == "class" {
        return own_question(draft, &entry, known.trigger.is_empty(), answer);
    }
    match (answer, known.keep) {
        (AS_IT_IS, _) if is_default => {}
        (AS_IT_IS, Keep::AtLeast(_)) if part == "ceiling" => {
            let least = draft.value(&read(&format!("{entry}.keep.at-least"))?).ok_or("Write the period in words.")?;
            set(draft, &format!("{entry}.ceiling"), toml(&format!("{{ period = {least} }}"))?)?;
        }
        (AS_IT_IS, _) => return Err("There is no default here: somebody has to decide.".to_owned()),
        _ => {
            let (place, value) = match part {
                "keep" => (part, counted_from(draft, &entry, known.trigger.is_empty(), answer)?),
                "ceiling" if known.ceiling.is_some() => ("ceiling.period", period(answer)?),
                "ceiling" => (part, format!("{{ period = {} }}", period(answer)?)),
                "review" => ("review.after", period(answer)?),
                "carry_out" => (part, period(answer)?),
                "trigger" => (part, Value::from(answer).to_string()),
                _ => return Err(format!("Type `ok` when it is right; otherwise change it in retention.toml under `{class}`.")),
            };
            set(draft, &format!("{entry}.{place}"), toml(&value)?)?;
        }
    }
    draft.strike(&read(&format!("{entry}.defaults"))?, part).map_err(|refusal| refusal.detail)
}

/// A question that the pack words itself is about the period or about more: a period answers
/// it, and so does agreement with the rule as it is written.
fn own_question(draft: &mut Draft, entry: &str, needed: bool, answer: &str) -> Result<(), String> {
    if answer != AS_IT_IS {
        let value = counted_from(draft, entry, needed, answer).map_err(|why| {
            format!("{why} Type `ok` when the rule is right as it is written; for more than a period change it in retention.toml.")
        })?;
        set(draft, &format!("{entry}.keep"), toml(&value)?)?;
    }
    draft.remove(&read(&format!("{entry}.question"))?).map_err(|refusal| refusal.detail)
}

/// The period of an answer such as `6 years after tenancy-end`; the event becomes the trigger.
fn counted_from(draft: &mut Draft, entry: &str, needed: bool, answer: &str) -> Result<String, String> {
    let (length, event) = answer.split_once(" after ").or_else(|| answer.split_once(" from ")).unwrap_or((answer, ""));
    let value = keep(length)?;
    if event.is_empty() && needed && !value.contains("at-once") {
        let days: Vec<_> = KNOWN_FACTS.iter().filter(|fact| fact.kind == FactKind::Day).map(|fact| fact.id).collect();
        return Err(format!("{} after what? Write `{} after` and one of: {}.", length.trim(), length.trim(), days.join(", ")));
    }
    if !event.is_empty() {
        let event = event.trim().trim_start_matches("the ").to_lowercase().replace(' ', "-");
        set(draft, &format!("{entry}.trigger"), Value::from(event))?;
    }
    Ok(value)
}

fn set(draft: &mut Draft, key: &str, value: Value) -> Result<(), String> {
    draft.set(&read(key)?, value, false).map_err(|refusal| refusal.detail)
}

fn read(key: &str) -> Result<Key, String> {
    key.parse().map_err(|refusal: domain::Refusal| refusal.detail)
}

fn toml(text: &str) -> Result<Value, String> {
    text.parse().map_err(|_| "This cannot be written into the pack.".to_owned())
}
