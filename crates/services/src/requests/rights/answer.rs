//! The answer to a right other than access: the letter, and the request moves on.

use domain::ids::RecordId;
use domain::letters::rights;
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use crate::app::App;
use crate::error::Error;

/// Writes the answer and records it as sent.
///
/// # Errors
/// `RIGHT-002` before the decision; `REQ-005` and `REQ-015` while identity, authority or a
/// child's capacity is open and the answer would give data away or destroy it.
pub fn answer(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.rights_change(actor, (id, version), Verb::RequestConclude, "answer", |request, around| {
        let answered = request.answer(around.today)?;
        let policy = app.policy()?;
        let writer = crate::sar::writer(&policy, around.today);
        let letter = rights::answer(&writer, &answered).ok_or_else(|| Refusal::new(RefusalCode::DecisionNeeded, ""))?;
        crate::requests::letter::shows_no_kept_address(&answered, &letter)?;
        let file = app.letter_file(answered.kind.procedure().letter, &letter)?;
        Ok((answered, vec![file]))
    })
}
