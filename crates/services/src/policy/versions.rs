//! The versions there are, one of them, and the one in force.

use std::sync::Arc;

use domain::casework::policy_version::{Entry, PolicyVersion};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, may, require};
use domain::policy::{Policy, Problem};
use jiff::civil::Date;

use super::live::InForce;
use super::save::load_version;
use crate::app::App;
use crate::error::Error;

/// Everything a page about one version shows.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// The version with its files.
    pub version: PolicyVersion,
    /// The record's version, sent back with every change.
    pub at: u64,
    /// What is wrong with its files; empty when it can be proposed and adopted.
    pub problems: Vec<Problem>,
    /// Whether the actor may draft, propose and withdraw.
    pub may_propose: bool,
    /// Whether the actor may adopt it: they did not propose it.
    pub may_adopt: bool,
}

/// The policy in force on a day.
pub fn in_force(app: &App, day: Date) -> Result<Arc<InForce>, Error> {
    app.store.read(|tx| app.policies.on(tx, day))
}

/// Every version, the latest first. Empty before the first draft.
pub fn versions(app: &App, actor: &Actor) -> Result<Vec<Entry>, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    app.store.read(|tx| Ok(app.policies.register(tx)?.entries.iter().rev().cloned().collect()))
}

/// One version. Drafts and proposals are seen by those who work on them and by auditors.
pub fn version(app: &App, actor: &Actor, id: &RecordId) -> Result<VersionView, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    let (version, at) = app.store.read(|tx| load_version(tx, id))?;
    let (may_propose, may_adopt) = (may(actor, Verb::PolicyPropose, Relation::None), may(actor, Verb::PolicyAdopt, Relation::None));
    if version.stage.adoption().is_none() && !may_propose && !may_adopt && !actor.has(domain::people::Role::Auditor) {
        return Err(Error::NotFound);
    }
    let proposed_by_them = version.stage.proposal().is_some_and(|proposal| proposal.by == actor.user);
    let problems = Policy::problems(&version.pairs());
    Ok(VersionView { version, at, problems, may_propose, may_adopt: may_adopt && !proposed_by_them })
}
