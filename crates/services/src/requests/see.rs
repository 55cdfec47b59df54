//! Looking at one request. Looking is logged: who, what, when.

use std::collections::BTreeMap;

use domain::calendar::Deadline;
use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::people::{Actor, Verb, may};
use domain::record::Task;
use jiff::Timestamp;
use store::{BlobMeta, ReadTx};

use super::assign::HandlerRow;
use super::save::load;
use crate::app::App;
use crate::error::Error;
use crate::mail::{CaseMail, case_mail};

/// One line of the timeline, from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Position in the log.
    pub seq: u64,
    /// What was done: the verb of the use case.
    pub verb: String,
    /// Kind of entry: saved, read, ...
    pub kind: String,
    /// Account id of who did it.
    pub actor: String,
    /// Display name of who did it, where known.
    pub actor_name: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Everything the request page shows.
#[derive(Debug, Clone)]
pub struct View {
    /// The request.
    pub request: Request,
    /// The version the page shows; sent back with every change.
    pub version: u64,
    /// When the answer is due, and why.
    pub deadline: Deadline,
    /// The task list.
    pub tasks: Vec<Task>,
    /// Files of the case; empty when the actor may not open them.
    pub documents: Vec<BlobMeta>,
    /// Messages filed to the case, and mails sent about it.
    pub mail: CaseMail,
    /// What happened, newest first.
    pub timeline: Vec<Event>,
    /// What the actor may do.
    pub may_work: bool,
    /// Whether the actor may approve.
    pub may_approve: bool,
    /// Who signs the reply off by the policy, in words; empty when it names nobody.
    pub sign_off: String,
    /// Whether the actor may assign it.
    pub may_assign: bool,
    /// To whom; empty when the actor may not.
    pub handlers: Vec<HandlerRow>,
    /// The training that the policy asks of them, in words; empty when it asks for none.
    pub training: String,
    /// Display name of who is in charge.
    pub owner: Option<String>,
    /// Whether the actor may send, refuse, withdraw, close.
    pub may_conclude: bool,
}

/// Whether the actor may do this to the request, without looking at it.
///
/// # Errors
/// Not found when they may not, or there is none.
pub fn reachable(app: &App, actor: &Actor, id: &RecordId, verb: Verb) -> Result<(), Error> {
    app.request_load(actor, id, verb).map(drop)
}

/// Shows a request and logs that it was looked at.
pub fn see(app: &App, actor: &Actor, id: &RecordId) -> Result<View, Error> {
    let today = app.today();
    app.store.write(&app.origin(actor), |tx| {
        let loaded = load(tx, actor, id, Verb::RequestSee)?;
        tx.log_read(id.as_str(), "see", "casework")?;
        let relation = loaded.request.facts.relation(actor);
        let deadline = app.request_deadline(tx, &loaded.request, today)?;
        let documents = if may(actor, Verb::DocumentOpen, relation) { tx.blob_list(id.as_str())? } else { Vec::new() };
        let timeline = events(tx, id)?;
        let mail = case_mail(tx, id)?;
        let policy = std::sync::Arc::clone(&app.policies.on(tx, today)?.policy);
        let owner = match &loaded.request.facts.owner {
            Some(owner) => crate::accounts::display_name(tx, owner.as_str())?,
            None => None,
        };
        Ok(View {
            sign_off: crate::accounts::sign_off_words(&policy),
            may_assign: may(actor, Verb::RequestAssign, relation),
            handlers: super::assign::offered(tx, actor, relation, &policy)?,
            training: super::assign::training(&policy).map(|(_, words)| words).unwrap_or_default(),
            owner,
            mail,
            tasks: loaded.request.tasks(),
            may_work: may(actor, Verb::RequestWork, relation),
            may_approve: may(actor, Verb::RequestApprove, relation),
            may_conclude: may(actor, Verb::RequestConclude, relation),
            request: loaded.request,
            version: loaded.version,
            deadline,
            documents,
            timeline,
        })
    })
}

/// What happened to a record, newest first.
pub(crate) fn events(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<Event>, Error> {
    let (mut timeline, mut names) = (Vec::new(), BTreeMap::new());
    for entry in tx.record_history(id.as_str())? {
        if !names.contains_key(&entry.actor) {
            names.insert(entry.actor.clone(), crate::accounts::display_name(tx, &entry.actor)?);
        }
        let actor_name = names.get(&entry.actor).cloned().flatten();
        timeline.push(Event {
            seq: entry.seq,
            verb: entry.verb,
            kind: entry.kind,
            actor: entry.actor,
            actor_name,
            at: Timestamp::from_microsecond(entry.at_us).unwrap_or_default(),
        });
    }
    timeline.sort_by_key(|event| std::cmp::Reverse(event.seq));
    Ok(timeline)
}
