//! The demo's policy in use: a version adopted by two people, duties open, one of them
//! overdue, one done, and a proposal that waits for the second person.

use domain::calendar::When;
use domain::casework::policy_version::{AdoptionForm, PackFile};
use domain::ids::RecordId;
use domain::people::Actor;
use jiff::Span;
use services::App;
use services::policy::{DoneForm, SignForm, adopt, daily, draft, duties, duty_done, event_log, propose, reading_open};

use crate::cli::outcome::Ending;

/// What pages need to know of it.
pub(super) struct Lived {
    /// The version that waits to be adopted.
    pub(super) proposal: RecordId,
    /// A duty that is overdue.
    pub(super) duty: RecordId,
}

/// Adopts the demo's pack as its first version and lets the policy live for a while.
pub(super) fn live(app: &App, lead: &Actor, approver: &Actor) -> Result<Lived, Ending> {
    let today = app.today();
    let days = |days: i32| today.saturating_add(Span::new().days(days));
    let files = app.policies.configured().files.to_vec();
    let first = draft(app, lead, files.clone(), "The policy as the board adopted it.")?;
    let at = propose(app, lead, &first, 1, today)?;
    let form = |next_review| AdoptionForm { board: "Board of Directors".to_owned(), on: today, signatory: "chair".to_owned(), next_review };
    adopt(app, approver, &first, at, &form(days(20)))?;
    let happened = |ago: i32| When::from(app.clock.now().saturating_sub(Span::new().hours(24 * ago)).unwrap_or_else(|_| app.clock.now()));
    let duty = event_log(app, lead, "training-after-change", days(-40).into(), "New guidance on recording calls")?;
    event_log(app, lead, "breach-reported", happened(1), "Incident 14: a list went to the wrong address")?;
    event_log(app, lead, "training-at-induction", days(-2).into(), "Starter 7")?;
    sign_one(app, lead)?;
    reading_open(app, lead)?;
    let second = draft(app, lead, with_sooner_reply(files), "Replies within 20 days instead of a month.")?;
    propose(app, lead, &second, 1, days(30))?;
    daily(app, "demo")?;
    Ok(Lived { proposal: second, duty })
}

/// Signs the first statement that the lead may sign, so that there is evidence to see.
fn sign_one(app: &App, lead: &Actor) -> Result<(), Ending> {
    let rows = duties(app, lead)?;
    let statement = rows.iter().find(|row| row.mine && row.may_do && !row.duty.terms.kind.needs_evidence());
    let Some(row) = statement else { return Ok(()) };
    let terms = &row.duty.terms;
    let signing = SignForm { statement: terms.statement.clone(), name: lead.name.clone(), role: terms.role.clone() };
    let done = DoneForm { on: app.today().into(), evidence: String::new(), signing: Some(signing) };
    duty_done(app, lead, &row.duty.facts.id, row.at, &done)?;
    Ok(())
}

/// The files with a promise to reply within 20 days.
fn with_sooner_reply(mut files: Vec<PackFile>) -> Vec<PackFile> {
    files.retain(|file| file.name != "rights.toml");
    for file in &mut files {
        if file.name == "pack.toml" {
            file.text = file.text.replace("version = \"1.0\"", "version = \"1.1\"");
        }
    }
    files.push(PackFile { name: "rights.toml".to_owned(), text: "reply = { days = 20 }\n".to_owned() });
    files
}
