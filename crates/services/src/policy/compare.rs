//! Two versions side by side, and what the second would mean for cases that run.

use std::sync::Arc;

use domain::casework::policy_version::{Comparison, Contender, Which, choose};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use jiff::civil::Date;

use super::live::InForce;
use crate::app::App;
use crate::error::Error;
use crate::requests::running;

/// Rows listed at most.
const MOST_ROWS: usize = 50;

/// Two versions compared.
#[derive(Debug, Clone)]
pub struct CompareView {
    /// The first version.
    pub before: Arc<InForce>,
    /// The second version.
    pub after: Arc<InForce>,
    /// Clause by clause, value by value.
    pub comparison: Comparison,
    /// Running requests looked at.
    pub running: u64,
    /// How many of them the second version would bring an earlier date.
    pub earlier: u64,
    /// The first of these, with both dates.
    pub rows: Vec<RunningRow>,
}

/// A running request that the second version would bring an earlier date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningRow {
    /// The record.
    pub id: RecordId,
    /// Its reference.
    pub reference: String,
    /// The day under the first version.
    pub before: Option<Date>,
    /// The day under the second version.
    pub after: Option<Date>,
}

/// Compares two versions; `None` stands for the policy in force today.
///
/// # Errors
/// Not found for an unknown version; `PACK-002` when one of them does not read as a policy.
pub fn compare(app: &App, actor: &Actor, before: Option<&RecordId>, after: Option<&RecordId>) -> Result<CompareView, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    let today = app.today();
    let either = |tx: &mut store::ReadTx<'_>, id: Option<&RecordId>| match id {
        Some(id) => app.policies.version(tx, id),
        None => app.policies.on(tx, today),
    };
    app.store.read(|tx| {
        let (one, other) = (either(tx, before)?, either(tx, after)?);
        let comparison = domain::casework::policy_version::compare((&one.policy, &one.files), (&other.policy, &other.files));
        let mut view =
            CompareView { before: Arc::clone(&one), after: Arc::clone(&other), comparison, running: 0, earlier: 0, rows: Vec::new() };
        if one.policy.reply_promise() == other.policy.reply_promise() {
            view.running =
                tx.record_counts(crate::requests::KIND)?.iter().filter(|(state, _)| crate::requests::is_live(state)).map(|(_, n)| n).sum();
            return Ok(view);
        }
        running(tx, |request, _| {
            let under = |policy: &InForce| {
                let deadline = request.deadline(&app.calendar, policy.policy.reply_promise().as_ref(), today)?;
                Ok::<_, Error>(Contender { label: policy.label(), deadline })
            };
            let (one, other) = (under(&one)?, under(&other)?);
            let day = |contender: &Contender| contender.deadline.alert().map(domain::calendar::When::date);
            let row = RunningRow {
                id: request.facts.id.clone(),
                reference: request.facts.reference.clone(),
                before: day(&one),
                after: day(&other),
            };
            view.running += 1;
            if choose(one, other).which == Which::InForce {
                view.earlier += 1;
                if view.rows.len() < MOST_ROWS {
                    view.rows.push(row);
                }
            }
            Ok(())
        })?;
        Ok(view)
    })
}
