//! `probity erase`: destroys the key of a data subject. Cannot be undone.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Role, Standing};
use domain::{Refusal, RefusalCode};
use services::requests;

use super::outcome::Ending;
use crate::wiring::installation::Installation;

/// Arguments of `erase`.
#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// The finished request whose data subject is erased, e.g. SAR-2026-0001.
    #[arg(long)]
    reference: String,
    /// Do it without asking.
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(args: &EraseArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let app = Installation::load(&args.data)?.open()?;
    let id = app.store.read(|tx| tx.record_by_reference(requests::KIND, &args.reference))?;
    let id = id.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "There is no request with this reference."))?;
    if !args.yes {
        if !std::io::stdin().is_terminal() {
            return Err(Refusal::new(RefusalCode::ReasonNeeded, "Erasing cannot be undone: confirm it with --yes.").into());
        }
        write!(out, "Everything sealed to this person is lost for good. Type the reference to go on: ")?;
        out.flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        if answer.trim() != args.reference {
            writeln!(out, "Nothing was erased.")?;
            return Ok(());
        }
    }
    let console = Actor { user: UserId::new("console"), name: "console".to_owned(), roles: vec![Role::Lead], standing: Standing::Active };
    requests::erase(&app, &console, &RecordId::new(id))?;
    writeln!(out, "Erased. What was sealed to this person reads as erased; `probity verify` still passes.")?;
    Ok(())
}
