//! `probity pack questions`: what the pack leaves open.

use std::io::Write;

use super::{
    super::{inputs, outcome::Ending},
    PackArgs,
};

/// Prints the questions, first those that block something.
pub(super) fn run(args: &PackArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let open = inputs::pack(&args.pack)?.questions();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&open)?)?;
        return Ok(());
    }
    for question in &open {
        let then = if question.blocks.is_empty() {
            format!("until then: {}", question.until_then)
        } else {
            format!("must wait until it is answered: {}", question.blocks)
        };
        writeln!(out, "{}  {}\n    {then}", question.key, question.ask)?;
    }
    writeln!(out, "{} open questions.", open.len())?;
    Ok(())
}
