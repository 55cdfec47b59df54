//! `probity pack controls`: the list that clauses are bound to.

use std::io::Write;

use domain::policy::{CONTROLS, State};

use super::{super::outcome::Ending, ControlsArgs};

/// Prints every control with how it works today.
pub(super) fn run(args: &ControlsArgs, out: &mut dyn Write) -> Result<(), Ending> {
    if args.json {
        writeln!(out, "{}", serde_json::to_string(CONTROLS)?)?;
        return Ok(());
    }
    for control in CONTROLS {
        let what = match control.state {
            State::Planned { waits_for } => format!("waits for: {waits_for}"),
            _ => control.does.to_owned(),
        };
        writeln!(out, "{:<22} {:<10} {what}", control.id, control.state.name())?;
    }
    Ok(())
}
