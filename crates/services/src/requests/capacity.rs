//! The judgement of a child's understanding.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use jiff::civil::Date;

use crate::app::App;
use crate::error::Error;

/// What the assessor writes down.
#[derive(Debug, Clone)]
pub struct CapacityForm {
    /// The child understands the right and what follows from it.
    pub understands: bool,
    /// Why.
    pub reasons: String,
    /// The day the child agreed, when the child understands.
    pub consent_on: Option<Date>,
    /// What the child said about it; empty when nothing was said.
    pub view: String,
}

/// Records the judgement (clauses TURN-87 to TURN-89).
pub fn judge_capacity(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &CapacityForm) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "judge-capacity", |request, today| {
        Ok(request.judge_capacity(form.understands, actor.user.clone(), &form.reasons, today, form.consent_on)?.with_child_view(&form.view))
    })
}
