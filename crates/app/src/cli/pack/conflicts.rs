//! `probity pack conflicts`: the report for the board.

use std::io::Write;

use super::{
    super::{inputs, outcome::Ending},
    PackArgs,
};

/// Prints every conflict with what wins, why, and the wording that would mend it.
pub(super) fn run(args: &PackArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let policy = inputs::pack(&args.pack)?;
    if args.json {
        writeln!(out, "{}", serde_json::to_string(policy.conflicts())?)?;
        return Ok(());
    }
    for conflict in policy.conflicts() {
        writeln!(out, "{}  {}", conflict.clause, conflict.says)?;
        writeln!(out, "    {} decides: {}", conflict.winner.title(), conflict.wins)?;
        writeln!(out, "    Why: {} ({})", conflict.why, conflict.source)?;
        if !conflict.mend.is_empty() {
            writeln!(out, "    Wording that would mend it: {}", conflict.mend)?;
        }
    }
    writeln!(out, "{} conflicts.", policy.conflicts().len())?;
    Ok(())
}
