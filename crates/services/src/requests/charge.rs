//! Asking for a fee: refused unless the law allows it.

use domain::casework::request::{FeeGround, FeeLine};
use domain::ids::RecordId;
use domain::letters::fee_statement;
use domain::people::{Actor, Verb};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;

use crate::app::App;
use crate::error::Error;

/// A fee as it is asked for.
#[derive(Debug, Clone, Default)]
pub struct FeeForm {
    /// The ground; `None` when staff simply ask for money.
    pub ground: Option<FeeGround>,
    /// The reasons, as the person will read them.
    pub reasons: String,
    /// What shows that the request is manifestly unfounded or excessive.
    pub signs: Vec<String>,
    /// What the amount is made up of.
    pub lines: Vec<FeeLine>,
}

/// Asks for a fee on a ground, with itemised reasons, and writes the statement.
///
/// # Errors
/// `REQ-008` without a ground, naming the clause of the policy that the law supersedes;
/// `REQ-017` and `REQ-018` as the request has them.
pub fn charge(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &FeeForm) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestConclude, "charge", |request, today| {
        let policy = app.policy()?;
        if form.ground.is_none() {
            return Err(Refusal::new(RefusalCode::FeeRefused, superseded(&policy)).into());
        }
        let request = request.charge(form.ground, &form.reasons, &form.signs, form.lines.clone(), today)?;
        let letter = fee_statement(&crate::sar::writer(&policy, today), &request);
        let file = app.letter_file(&request, "fee-statement.pdf", &letter)?;
        Ok((request, vec![file]))
    })
}

/// Records that the fee was paid on a day: the time for the answer begins.
pub fn fee_paid(app: &App, actor: &Actor, id: &RecordId, version: u64, on: Date) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestConclude, "fee-paid", |request, today| request.fee_paid(on, today))
}

/// The clause that asks for money all the same, and that it does not hold.
fn superseded(policy: &Policy) -> String {
    let rights = policy.rights();
    if rights.fee_pence == 0 {
        return String::new();
    }
    format!(
        "Clause {} of your policy asks for £{}.{:02}: it is superseded by the law and never charged.",
        rights.fee_clause,
        rights.fee_pence / 100,
        rights.fee_pence % 100
    )
}
