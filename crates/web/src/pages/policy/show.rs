//! The addresses of the policy's pages that only show: the document, a clause, conflicts,
//! questions, notices, the notice-board sheet.

use std::sync::Arc;

use axum::response::Response;
use domain::calendar::short_date;
use domain::documents::{self, Adoption, Document};
use domain::people::{Actor, Relation, Verb, may};
use jiff::civil::Date;
use services::policy::{self, InForce};

use super::conflicts::Conflicts;
use super::document::{Filter, Material, PolicyPage};
use super::kept::{Kept, notes};
use super::notices::Notices;
use super::paper::{As, Paper, as_file, stem};
use super::questions::Questions;
use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::shell::Link;

/// `GET /policy`
pub(crate) async fn document(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let form = As::read(asked.text("as"));
    let filter = Filter { state: asked.text("state").to_owned(), words: asked.text("q").chars().take(200).collect() };
    let asking = actor.clone();
    let seen = visit.state.run(move |app| policy::evidence(app, &asking)).await?;
    let (in_force, policy) = (&seen.in_force, &seen.in_force.policy);
    let adoption = adoption(in_force);
    let paper = || documents::policy(policy, &adoption).printed_on(seen.today);
    if let Some(file) = as_file(&visit, &paper, "data-protection-policy", form).await? {
        return Ok(file);
    }
    let coverage = policy.coverage();
    let evidence: Vec<(Kept, String)> = seen.clauses.iter().map(|clause| (Kept::of(clause), notes(clause, in_force).join(" "))).collect();
    let material = Material {
        policy,
        coverage: &coverage,
        adoption: &adoption,
        evidence: &evidence,
        questions: policy.questions().len(),
        conflicts: policy.conflicts().len(),
        records: sees_records(&actor),
        more: more(&actor),
    };
    visit.page(&PolicyPage::new(material, &filter).in_form(form))
}

/// Whether a reader may see the records behind the evidence.
pub(super) fn sees_records(actor: &Actor) -> bool {
    may(actor, Verb::DutySee, Relation::NotInvolved)
}

/// Where else a reader may go from the policy.
fn more(actor: &Actor) -> Vec<Link> {
    let all = [
        ("/policy/read", "Read and sign", Verb::PolicyRead),
        ("/policy/readings", "Who has signed", Verb::DutySee),
        ("/policy/versions", "Versions", Verb::PolicySee),
        ("/policy/notices", "Privacy notices", Verb::PolicySee),
        ("/policy/board-sheet", "Notice-board sheet", Verb::PolicySee),
    ];
    all.iter().filter(|(_, _, verb)| may(actor, *verb, Relation::NotInvolved)).map(|(href, text, _)| Link::new(*href, *text)).collect()
}

/// How the policy in force came to be: recorded here, or told by its pack.
pub(crate) fn adoption(in_force: &InForce) -> Adoption {
    let told = Adoption::of(&in_force.policy);
    match &in_force.adoption {
        None => told,
        Some(adopted) => Adoption {
            by: adopted.board.clone(),
            on: Some(adopted.on),
            in_force: in_force.effective,
            signatory: in_force.policy.role(&adopted.signatory).map_or_else(|| adopted.signatory.clone(), |role| role.title.clone()),
            next_review: Some(adopted.next_review),
            ..told
        },
    }
}

/// `GET /policy/conflicts`
pub(crate) async fn conflicts(visit: Visit) -> Result<Response, Problem> {
    let (in_force, today) = in_force(&visit).await?;
    let policy = &in_force.policy;
    visit.page(&Conflicts::new(policy.conflicts(), &policy.organisation().name, &policy.about().version, &short_date(today)))
}

/// `GET /policy/questions`
pub(crate) async fn questions(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let may_propose = may(&actor, Verb::PolicyPropose, Relation::None);
    let open = visit.state.run(move |app| policy::questions(app, &actor)).await?;
    visit.page(&Questions::new(&open, may_propose))
}

/// `GET /policy/notices`
pub(crate) async fn notices(visit: Visit) -> Result<Response, Problem> {
    let (in_force, _) = in_force(&visit).await?;
    visit.page(&Notices::new(&in_force.policy))
}

/// `GET /policy/notices/{notice}`
pub(crate) async fn notice(visit: Visit, At(id): At<String>, Asked(asked): Asked) -> Result<Response, Problem> {
    let (in_force, today) = in_force(&visit).await?;
    let writer = services::sar::writer(&in_force.policy, today);
    let document = documents::notice_for(&in_force.policy, &id, &writer).ok_or(Problem::NotFound)?;
    let here = format!("/policy/notices/{id}");
    paper(&visit, document, &here, Link::new("/policy/notices", "Notices"), As::read(asked.text("as"))).await
}

/// `GET /policy/board-sheet`
pub(crate) async fn board_sheet(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let (in_force, today) = in_force(&visit).await?;
    let document = documents::board(&in_force.policy, &services::sar::writer(&in_force.policy, today));
    paper(&visit, document, "/policy/board-sheet", Link::new("/policy/notices", "Notices"), As::read(asked.text("as"))).await
}

/// A document on its page, or as the file that was asked for.
async fn paper(visit: &Visit, document: Document, here: &str, back: Link, form: As) -> Result<Response, Problem> {
    if let Some(file) = as_file(visit, &|| document.clone(), &stem(&document.title), form).await? {
        return Ok(file);
    }
    visit.page(&Paper::new(&document, here, back, form == As::Page { large: true }))
}

/// The policy in force today, and today.
pub(super) async fn in_force(visit: &Visit) -> Result<(Arc<InForce>, Date), Problem> {
    visit.state.run(|app| Ok((policy::in_force(app, app.today())?, app.today()))).await
}
