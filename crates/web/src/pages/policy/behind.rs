//! `GET /policy/clauses/{clause}`: one clause with the records behind its evidence.

use std::sync::Arc;

use axum::response::Response;
use domain::calendar::short_date;
use domain::casework::ClockState;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, may};
use domain::policy::Policy;
use jiff::civil::Date;
use services::App;
use services::policy::{self, BehindRow, ClauseEvidence, InForce, Which};

use super::clause::{ClausePage, Past, RecordLine, Shown};
use super::document::clause_href;
use super::kept::{Kept, notes};
use super::show::sees_records;
use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::words::Tag;

/// Records on one page.
const PAGE: usize = 50;
/// Versions whose wording is shown.
const MOST_VERSIONS: usize = 6;

/// `GET /policy/clauses/{clause}`
pub(crate) async fn show(visit: Visit, At(id): At<String>, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let show = if asked.text("show") == "done" { "done" } else { "open" };
    let after = asked.text("after").to_owned();
    let page = visit.state.run(move |app| page(app, &actor, &id, show, &after)).await?;
    visit.page(&page)
}

fn page(app: &App, actor: &Actor, id: &str, show: &'static str, after: &str) -> Result<ClausePage, services::Error> {
    let today = app.today();
    let in_force = policy::in_force(app, today)?;
    let shown_policy = Arc::clone(&in_force.policy);
    let clause = shown_policy.clauses().iter().find(|clause| clause.id == id).ok_or(services::Error::NotFound)?;
    let coverage = shown_policy.coverage();
    let state = coverage.clauses_list.iter().find(|covered| covered.id == id).map_or("orphan", |covered| covered.state);
    let evidence = policy::evidence_of(app, actor, id)?;
    let (records, next) = if sees_records(actor) { records(app, actor, &evidence, (show, after), &in_force)? } else { (Vec::new(), None) };
    let shown = Shown {
        kept: Kept::of(&evidence),
        notes: notes(&evidence, &in_force),
        show: show.to_owned(),
        hidden: !sees_records(actor),
        records,
        next: next.map(|next| format!("{}?show={show}&after={next}", clause_href(id))),
        history: history(app, actor, id)?,
        duties: open_duties(app, actor, id)?,
    };
    Ok(ClausePage::new(&in_force.policy, clause, state, shown))
}

/// A page of the records behind the clocks of a clause, one clock after the other, and
/// where the next page begins.
fn records(
    app: &App,
    actor: &Actor,
    evidence: &ClauseEvidence,
    (show, after): (&str, &str),
    in_force: &InForce,
) -> Result<(Vec<RecordLine>, Option<String>), services::Error> {
    let which = if show == "done" { [Which::Late, Which::Kept] } else { [Which::Running, Which::Paused] };
    let mut clocks: Vec<&String> = Vec::new();
    for clock in evidence.lines.iter().flat_map(|line| &line.clocks) {
        if !clocks.contains(&clock) {
            clocks.push(clock);
        }
    }
    let steps: Vec<(&String, Which)> = which.iter().flat_map(|which| clocks.iter().map(|clock| (*clock, *which))).collect();
    let (first, mut from) = keyset(after);
    let (mut rows, today) = (Vec::new(), app.today());
    let (mut next, mut more) = (String::new(), false);
    for (at, (clock, which)) in steps.iter().enumerate().skip(first) {
        let found = policy::behind(app, actor, clock, *which, from.take().as_ref())?;
        // A full page of one clock has more behind it, as has a page that another clock goes on.
        more = found.len() >= PAGE || (rows.len() + found.len() > PAGE);
        for row in found.into_iter().take(PAGE - rows.len()) {
            next = format!("{at}~{}~{}", row.state, row.id);
            rows.push(line(&row, clock, actor, &in_force.policy, today));
        }
        if more {
            break;
        }
    }
    Ok((rows, Some(next).filter(|_| more)))
}

/// Where a page begins: the step, and the record after which it goes on.
fn keyset(text: &str) -> (usize, Option<BehindRow>) {
    let mut parts = text.splitn(3, '~');
    let (step, state, id) = (parts.next(), parts.next(), parts.next());
    let row = state.and_then(ClockState::from_key).zip(id).map(|(state, id)| BehindRow {
        id: RecordId::new(id),
        kind: String::new(),
        reference: String::new(),
        state,
    });
    (step.and_then(|step| step.parse().ok()).unwrap_or_default(), row)
}

fn line(row: &BehindRow, clock: &str, actor: &Actor, policy: &Policy, today: Date) -> RecordLine {
    let href = match row.kind.as_str() {
        "request" if may(actor, Verb::RequestSee, Relation::NotInvolved) => format!("/requests/{}", row.id),
        "duty" => format!("/duties/{}", row.id),
        _ => String::new(),
    };
    let (day, tag) = match row.state {
        ClockState::Running(day) if day < today => (format!("due {}", short_date(day)), Tag::new("Overdue", "red")),
        ClockState::Running(day) => (format!("due {}", short_date(day)), Tag::new("Open", "blue")),
        ClockState::Paused => ("no date yet".to_owned(), Tag::new("Waiting", "yellow")),
        ClockState::Kept(day) => (short_date(day), Tag::new("Kept", "green")),
        ClockState::Late(day) => (short_date(day), Tag::new("Late", "red")),
        ClockState::Dropped(day) => (short_date(day), Tag::new("Ended", "grey")),
    };
    let reference = if row.reference.is_empty() { "A reader".to_owned() } else { row.reference.clone() };
    RecordLine { href, reference, what: clock_title(clock, policy), day, tag }
}

/// What a clock is about, in the words of the policy.
fn clock_title(clock: &str, policy: &Policy) -> String {
    let named = match clock.split_once(':') {
        Some(("duty", id)) => policy.duties().iter().find(|duty| duty.id == id).map(|duty| duty.title.clone()),
        Some(("reading", _)) => Some("Read the policy and sign".to_owned()),
        Some(("reply", right)) => policy.rule(right).ok().map(|rule| rule.title.clone()),
        _ => None,
    };
    named.unwrap_or_else(|| "Reply to a request".to_owned())
}

/// What the clause said in the versions that were adopted, the newest first.
fn history(app: &App, actor: &Actor, id: &str) -> Result<Vec<Past>, services::Error> {
    let mut history = Vec::new();
    let adopted = policy::versions(app, actor)?.into_iter().filter(|entry| matches!(entry.stage.as_str(), "adopted" | "superseded"));
    for entry in adopted.take(MOST_VERSIONS) {
        let version = policy::version(app, actor, &entry.id)?.version;
        let says = version.policy()?.clauses().iter().find(|clause| clause.id == id).map(|clause| clause.says.clone());
        history.push(Past {
            version: entry.label,
            from: entry.effective.map(short_date).unwrap_or_default(),
            says: says.unwrap_or_else(|| "It was not in this version.".to_owned()),
        });
    }
    Ok(history)
}

/// Where the duties that keep the clause are open.
fn open_duties(app: &App, actor: &Actor, id: &str) -> Result<Vec<(String, String)>, services::Error> {
    if !may(actor, Verb::DutySee, Relation::Involved) {
        return Ok(Vec::new());
    }
    let rows = policy::duties(app, actor)?;
    let of_clause = rows.into_iter().filter(|row| row.duty.terms.clauses.iter().any(|clause| clause == id));
    Ok(of_clause.map(|row| (row.duty.terms.duty.clone(), format!("/duties/{}", row.duty.facts.id))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_on_after_a_record() {
        let (step, row) = keyset("3~running/2026-11-20~r1");
        let row = row.unwrap();
        assert_eq!((step, row.id.as_str(), row.state.to_string().as_str()), (3, "r1", "running/2026-11-20"));
        assert_eq!(keyset("").0, 0);
        assert!(keyset("x~y").1.is_none() && keyset("1~nonsense~r").1.is_none());
    }
}
