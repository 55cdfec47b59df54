//! `probity pack coverage`: how each clause is carried out today.

use std::io::Write;

use super::{
    super::{inputs, outcome::Ending},
    PackArgs,
};

/// Prints the clauses; `true` when none is an orphan.
pub(super) fn run(args: &PackArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    let coverage = inputs::pack(&args.pack)?.coverage();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&coverage)?)?;
        return Ok(coverage.orphan == 0);
    }
    for clause in &coverage.clauses_list {
        let waits = if clause.waits_for.is_empty() { String::new() } else { format!("  waits for: {}", clause.waits_for.join("; ")) };
        writeln!(out, "{:<9} {:<10} {}{waits}", clause.id, clause.state, clause.controls.join(", "))?;
    }
    writeln!(
        out,
        "{}: {} clauses: {} enforced, {} evidenced, {} attested, {} definition, {} planned, {} orphan.",
        coverage.pack,
        coverage.clauses,
        coverage.enforced,
        coverage.evidenced,
        coverage.attested,
        coverage.definition,
        coverage.planned,
        coverage.orphan
    )?;
    Ok(coverage.orphan == 0)
}
