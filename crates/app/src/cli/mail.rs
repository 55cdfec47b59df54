//! `probity mail`: the outbox and the mailbox, for scripts.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::ids::UserId;
use domain::people::{Actor, Role, Standing};
use services::App;
use services::mail::{self, Sent};
use services::requests::work_once;

use super::outcome::Ending;
use crate::wiring::installation::Installation;

/// What to do with mail.
#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Visit the mailboxes and take what is new.
    Fetch(MailArgs),
    /// Run waiting jobs, then send every mail that is due.
    Send(MailArgs),
    /// Show what waits, what failed and what came back.
    Outbox(MailArgs),
}

/// Arguments of all of them.
#[derive(Debug, Args)]
pub(crate) struct MailArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// JSON instead of lines.
    #[arg(long)]
    json: bool,
}

impl MailCommand {
    /// Whether the result is wanted as JSON.
    pub(crate) fn json(&self) -> bool {
        self.args().json
    }

    fn args(&self) -> &MailArgs {
        match self {
            Self::Fetch(args) | Self::Send(args) | Self::Outbox(args) => args,
        }
    }
}

/// Runs one of them.
pub(crate) fn run(command: &MailCommand, out: &mut dyn Write) -> Result<(), Ending> {
    super::serve::log_to_stderr();
    let args = command.args();
    let app = Installation::load(&args.data)?.open()?;
    match command {
        MailCommand::Fetch(_) => fetch(&app, args.json, out),
        MailCommand::Send(_) => send(&app, args.json, out),
        MailCommand::Outbox(_) => outbox(&app, args.json, out),
    }
}

fn fetch(app: &App, json: bool, out: &mut dyn Write) -> Result<(), Ending> {
    let fetched = mail::fetch(app, &worker())?;
    if json {
        writeln!(out, "{}", serde_json::to_string(&fetched)?)?;
    } else {
        writeln!(out, "{} new, {} of them requests, {} known before", fetched.taken, fetched.requests, fetched.again)?;
        if fetched.left > 0 {
            writeln!(out, "{} could not be taken and were left where they are; `probity doctor` names them", fetched.left)?;
        }
        if fetched.stuck > 0 {
            writeln!(out, "{} are stored and could not be put away in the mailbox", fetched.stuck)?;
        }
    }
    if fetched.failed > 0 {
        return Err(anyhow::anyhow!("{} mailbox(es) could not be read to the end; `probity doctor` says why", fetched.failed).into());
    }
    Ok(())
}

fn worker() -> String {
    format!("mail-{}", std::process::id())
}

fn send(app: &App, json: bool, out: &mut dyn Write) -> Result<(), Ending> {
    while work_once(app, &worker())? {}
    let ended = mail::send_all(app, &worker())?;
    let n = |wanted: Sent| ended.iter().filter(|sent| **sent == wanted).count();
    let (sent, later, failed, unknown) = (n(Sent::Sent), n(Sent::Later), n(Sent::Failed), n(Sent::Unknown));
    if json {
        writeln!(out, "{}", serde_json::json!({ "sent": sent, "later": later, "failed": failed, "unknown": unknown }))?;
    } else {
        writeln!(out, "{sent} sent, {later} to be tried again, {failed} given up, {unknown} perhaps sent")?;
    }
    Ok(())
}

fn outbox(app: &App, json: bool, out: &mut dyn Write) -> Result<(), Ending> {
    let seen = mail::outbox(app, &machine())?;
    let rows = seen.unknown.iter().chain(&seen.waiting).chain(&seen.failed).chain(&seen.bounced);
    let all: Vec<_> = rows.map(|row| &row.mail).collect();
    if json {
        let rows: Vec<_> = all
            .iter()
            .map(|mail| {
                serde_json::json!({ "message_id": mail.message_id, "record": mail.record, "purpose": mail.purpose, "state": mail.state,
                    "attempts": mail.attempts, "error": mail.error })
            })
            .collect();
        let counts: serde_json::Map<String, serde_json::Value> =
            seen.counts.iter().map(|(state, n)| (state.clone(), (*n).into())).collect();
        writeln!(out, "{}", serde_json::json!({ "set_up": seen.set_up, "counts": counts, "mails": rows }))?;
        return Ok(());
    }
    for (state, n) in &seen.counts {
        writeln!(out, "{n:>6} {state}")?;
    }
    for mail in all {
        writeln!(out, "{}  {}  {} attempts  {}  {}", mail.state, mail.purpose, mail.attempts, mail.error, mail.message_id)?;
    }
    Ok(())
}

/// Who acts when the machine's own administrator types a command.
pub(super) fn machine() -> Actor {
    Actor { user: UserId::new("command-line"), name: String::new(), roles: vec![Role::Administrator], standing: Standing::Active }
}
