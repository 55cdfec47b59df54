//! `probity user`: accounts from the machine itself.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::ids::UserId;
use domain::people::{Actor, Role, Standing};
use domain::{Refusal, RefusalCode};
use services::accounts;

use super::outcome::Ending;
use crate::wiring::installation::Installation;

/// Accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Invite somebody: prints the one-time path of their link.
    Invite(InviteArgs),
    /// Make a complete account; the password is read from standard input.
    Add(AddArgs),
    /// List the accounts.
    List(DataArgs),
    /// Block an account and end its sessions.
    Suspend(StandingArgs),
    /// Open a blocked account again.
    Restore(StandingArgs),
    /// Disable the account of somebody who left.
    Leave(StandingArgs),
}

/// Which installation.
#[derive(Debug, Args)]
pub(crate) struct DataArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// Arguments of `invite`.
#[derive(Debug, Args)]
pub(crate) struct InviteArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Display name.
    #[arg(long)]
    name: String,
    /// Address to sign in with.
    #[arg(long)]
    email: String,
    /// lead, handler, approver, staff, auditor or administrator; may be given several times.
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
}

/// Arguments of `add`.
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    invite: InviteArgs,
}

/// Arguments of `suspend`, `restore`, `leave`.
#[derive(Debug, Args)]
pub(crate) struct StandingArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Address of the account.
    #[arg(long)]
    email: String,
}

/// The command line on the machine itself manages accounts and nothing else.
fn console() -> Actor {
    Actor { user: UserId::new("console"), name: "console".to_owned(), roles: vec![Role::Administrator], standing: Standing::Active }
}

pub(crate) fn run(command: UserCommand, out: &mut dyn Write) -> Result<(), Ending> {
    match command {
        UserCommand::Invite(args) => {
            let app = Installation::load(&args.data.data)?.open()?;
            let token = accounts::invite(&app, &console(), &args.name, &args.email, &roles(&args.roles)?)?;
            writeln!(out, "/set-up/{token}")?;
            Ok(())
        }
        UserCommand::Add(AddArgs { invite }) => add(&invite, out),
        UserCommand::List(args) => list(&args, out),
        UserCommand::Suspend(args) => standing(&args, Standing::Suspended, out),
        UserCommand::Restore(args) => standing(&args, Standing::Active, out),
        UserCommand::Leave(args) => standing(&args, Standing::Left, out),
    }
}

fn add(args: &InviteArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let app = Installation::load(&args.data.data)?.open()?;
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let secret = accounts::fresh_secret()?;
    let id = accounts::create(&app, &args.name, &args.email, &roles(&args.roles)?, password.trim_end_matches(['\n', '\r']), &secret)?;
    if args.data.json {
        writeln!(out, "{}", serde_json::json!({ "id": id.as_str(), "totp_secret": secret }))?;
    } else {
        writeln!(out, "Made the account. Enter this secret into the authenticator: {secret}")?;
    }
    Ok(())
}

fn list(args: &DataArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let app = Installation::load(&args.data)?.open()?;
    let rows = accounts::accounts(&app, &console())?;
    if args.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| serde_json::json!({ "id": row.id.as_str(), "name": row.name, "email": row.email, "roles": row.roles, "state": row.state }))
            .collect();
        writeln!(out, "{}", serde_json::Value::from(rows))?;
        return Ok(());
    }
    if rows.is_empty() {
        writeln!(out, "There is no account yet. `probity serve` prints the link for the first one.")?;
    }
    for row in rows {
        let roles: Vec<&str> = row.roles.iter().map(|role| role.key()).collect();
        writeln!(out, "{}\t{}\t{}\t{}", row.email, row.name, row.state, roles.join(","))?;
    }
    Ok(())
}

fn standing(args: &StandingArgs, standing: Standing, out: &mut dyn Write) -> Result<(), Ending> {
    let app = Installation::load(&args.data.data)?.open()?;
    let wanted = args.email.trim().to_lowercase();
    let row = accounts::accounts(&app, &console())?.into_iter().find(|row| row.email == wanted);
    let row = row.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "There is no account with this address."))?;
    accounts::set_standing(&app, &console(), &row.id, standing)?;
    writeln!(out, "Done.")?;
    Ok(())
}

fn roles(keys: &[String]) -> Result<Vec<Role>, Refusal> {
    keys.iter()
        .map(|key| {
            Role::from_key(key).ok_or_else(|| {
                Refusal::new(
                    RefusalCode::ValueInvalid,
                    format!("`{key}` is no role. Roles: lead, handler, approver, staff, auditor, administrator."),
                )
            })
        })
        .collect()
}
