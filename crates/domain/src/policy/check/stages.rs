//! Stages of a complaint: each can begin, and none waits for itself.

use super::{
    super::{complaints::Stage, fault::Fault, nearest::nearest, read::Sections},
    Found,
};

/// Every stage begins with the complaint or after another one that can begin.
pub(super) fn can_begin(sections: &Sections, found: &mut Found<'_>) {
    let stages = &sections.complaints.stage;
    for stage in stages {
        if stage.trigger.trim().is_empty() {
            let what = format!("the stage `{}` has no trigger: nothing says what makes it begin.", stage.id);
            found.wrong(Fault::StageNeverBegins, "complaints", &stage.id, what);
        }
        if stage.after.is_empty() {
            continue;
        }
        if !stages.iter().any(|other| other.id == stage.after) {
            let meant = nearest(&stage.after, stages.iter().map(|other| other.id.as_str()));
            let meant = meant.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let what = format!("the stage `{}` comes after `{}`, which does not exist.{meant}", stage.id, stage.after);
            found.wrong(Fault::StageNeverBegins, "complaints", &stage.after, what);
        } else if waits_for_itself(stages, stage) {
            let what = format!("the stage `{}` waits, in the end, for itself.", stage.id);
            found.wrong(Fault::StageCycle, "complaints", &stage.id, what);
        }
    }
}

fn waits_for_itself(stages: &[Stage], first: &Stage) -> bool {
    let mut at = first;
    // A chain longer than the list of stages has gone round.
    for _ in 0..=stages.len() {
        match stages.iter().find(|stage| stage.id == at.after) {
            Some(before) => at = before,
            None => return false,
        }
    }
    true
}
