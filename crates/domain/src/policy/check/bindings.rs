//! What hangs together: clauses and their controls, duties and their clauses, references to
//! clauses by id, bases of activities, questions and their answers.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{
    super::{
        controls::{CONTROLS, Evidence, State, control},
        duties::DutyKind,
        fault::Fault,
        nearest::nearest,
        read::Sections,
        retention,
    },
    Found,
};

/// Every clause says something and is bound to controls that exist; what somebody has to do
/// or sign is a duty.
pub(super) fn clauses(sections: &Sections, found: &mut Found<'_>) {
    let kept: BTreeSet<&str> = sections.duties.duty.iter().flat_map(|duty| &duty.clauses).map(String::as_str).collect();
    for clause in &sections.clauses.clause {
        let id = clause.id.as_str();
        if clause.says.trim().is_empty() {
            found.wrong(Fault::ClauseEmpty, "clauses", id, format!("the clause `{id}` says nothing."));
        }
        if clause.controls.is_empty() {
            found.wrong(Fault::ClauseUnbound, "clauses", id, format!("the clause `{id}` names no control, so nothing carries it out."));
        }
        for name in &clause.controls {
            match control(name) {
                None => {
                    let known = CONTROLS.iter().map(|control| control.id);
                    let meant = nearest(name, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                    found.wrong(Fault::ControlUnknown, "clauses", name, format!("`{id}` names the control `{name}`.{meant}"));
                }
                Some(known) if by_people(known.state, known.evidence) && !kept.contains(id) => {
                    let what = format!("the clause `{id}` is to be done or signed by somebody (`{name}`), but no duty names it.");
                    found.wrong(Fault::ClauseWithoutDuty, "clauses", id, what);
                }
                Some(_) => {}
            }
        }
        let unexplained = |text: &str| text.trim().is_empty();
        if clause.conflict.as_ref().is_some_and(|it| [&it.wins, &it.why, &it.source].into_iter().any(|text| unexplained(text))) {
            found.wrong(
                Fault::ConflictUnexplained,
                "clauses",
                id,
                format!("the conflict of `{id}` does not say what holds, why, or its source."),
            );
        }
    }
}

/// A control that works through somebody doing or signing something.
fn by_people(state: State, evidence: Evidence) -> bool {
    evidence == Evidence::Duties && matches!(state, State::Evidenced | State::Attested)
}

/// Every duty comes round or follows a clock that exists, and says what is done or signed.
pub(super) fn duties(sections: &Sections, found: &mut Found<'_>) {
    for duty in &sections.duties.duty {
        let id = duty.id.as_str();
        let never = match duty.kind {
            DutyKind::Event => duty.clock.is_empty(),
            _ => duty.every.is_none(),
        };
        if never || duty.statement.trim().is_empty() || duty.role.is_empty() {
            let what = format!(
                "the duty `{id}` needs a `role`, a `statement`, and {}.",
                if duty.kind == DutyKind::Event { "the `clock` of its event" } else { "an interval in `every`" }
            );
            found.wrong(Fault::DutyNeverDue, "duties", id, what);
        }
    }
    let clocks: Vec<&str> =
        sections.clocks.clock.iter().flat_map(|clock| std::iter::once(&clock.id).chain(&clock.aliases)).map(String::as_str).collect();
    let named = sections.duties.duty.iter().map(|duty| ("duties", duty.clock.as_str()));
    let stages = sections.complaints.stage.iter().map(|stage| ("complaints", stage.clock.as_str()));
    for (stem, name) in named.chain(stages).filter(|(_, name)| !name.is_empty() && !clocks.contains(name)) {
        let meant = nearest(name, clocks.iter().copied()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        found.wrong(Fault::ClockUnknown, stem, name, format!("there is no clock `{name}`.{meant}"));
    }
}

/// Every clause that is named anywhere exists, as soon as the pack has clauses at all.
pub(super) fn clause_ids_exist(sections: &Sections, tables: &BTreeMap<String, Table>, found: &mut Found<'_>) {
    let known: Vec<&str> = sections.clauses.clause.iter().map(|clause| clause.id.as_str()).collect();
    if known.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for (stem, table) in tables {
        named_clauses(table, &mut |name| {
            if !name.is_empty() && !known.contains(&name) && told.insert((stem.clone(), name.to_owned())) {
                let meant = nearest(name, known.iter().copied()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                found.wrong(Fault::ClauseUnknown, stem, name, format!("there is no clause `{name}`.{meant}"));
            }
        });
    }
}

/// Calls `each` with every text under a key that names clauses: `clause`, `clauses`, `…_clause`.
fn named_clauses(table: &Table, each: &mut impl FnMut(&str)) {
    for (key, value) in table {
        match value {
            Value::String(name) if key == "clause" || key.ends_with("_clause") => each(name),
            Value::Array(items) if key == "clauses" => items.iter().filter_map(Value::as_str).for_each(&mut *each),
            Value::Array(items) => items.iter().filter_map(Value::as_table).for_each(|inner| named_clauses(inner, each)),
            Value::Table(inner) => named_clauses(inner, each),
            _ => {}
        }
    }
}

/// Every class of the retention schedule has one rule that can be used, and every activity
/// names classes that exist.
pub(super) fn retention_rules(sections: &Sections, found: &mut Found<'_>) {
    for (key, what) in retention::problems(&sections.retention, &[]) {
        found.wrong(Fault::RetentionWrong, "retention", &key, what);
    }
    for activity in &sections.processing.activity {
        for class in activity.record_classes.iter().filter(|class| sections.retention.class(class).is_none()) {
            let known = sections.retention.class.iter().map(|class| class.id.as_str());
            let meant = nearest(class, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let what = format!("`{}` names the record class `{class}`, which is not in retention.toml.{meant}", activity.id);
            found.wrong(Fault::RetentionWrong, "processing", class, what);
        }
    }
}

/// The seven bases of UK GDPR Article 6(1), by their letters.
const BASES: [&str; 7] = ["6(1)(a)", "6(1)(b)", "6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(ea)", "6(1)(f)"];

/// Every activity rests on one of the seven lawful bases.
pub(super) fn bases(sections: &Sections, found: &mut Found<'_>) {
    for activity in &sections.processing.activity {
        if !BASES.iter().any(|basis| activity.basis.contains(basis)) {
            let what = format!("the activity `{}` names no lawful basis such as `legitimate interests (Article 6(1)(f))`.", activity.id);
            found.wrong(Fault::BasisMissing, "processing", &activity.id, what);
        }
    }
}

/// Every question of the understanding check can be answered.
pub(super) fn questions(sections: &Sections, found: &mut Found<'_>) {
    for question in &sections.understanding.question {
        let answers = question.answers.len();
        if answers < 2 || question.right == 0 || question.right > answers || question.ask.is_empty() {
            let what =
                format!("the question `{}` has {answers} answers, of which number {} is said to be right.", question.id, question.right);
            found.wrong(Fault::QuestionWrong, "understanding", &question.id, what);
        }
    }
}
