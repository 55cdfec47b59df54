//! `probity pack check`: every problem with its place and remedy.

use std::io::Write;

use domain::policy::Policy;
use serde_json::json;

use super::{
    super::{inputs, outcome::Ending},
    PackArgs,
};

/// Prints the problems; `true` when there is none.
pub(super) fn run(args: &PackArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    let files = inputs::pack_files(&args.pack)?;
    let problems = Policy::problems(&files);
    let policy = if problems.is_empty() { Some(Policy::from_files(&files)?) } else { None };
    let superseded = policy.as_ref().map_or(0, |policy| policy.conflicts().len());
    let open = policy.as_ref().map(Policy::questions).unwrap_or_default();
    if args.json {
        let body =
            json!({ "pack": args.pack, "ok": problems.is_empty(), "problems": problems, "conflicts": superseded, "questions": open });
        writeln!(out, "{body}")?;
        return Ok(problems.is_empty());
    }
    for problem in &problems {
        writeln!(out, "{problem}\n    {}", problem.remedy)?;
    }
    if problems.is_empty() {
        writeln!(
            out,
            "The pack can be used. {superseded} conflicts (`probity pack conflicts {}`) and {} open questions.",
            args.pack,
            open.len()
        )?;
        for question in open.iter().filter(|question| !question.blocks.is_empty()) {
            writeln!(out, "  Until it is answered, {} must wait: {} ({})", question.blocks, question.ask, question.key)?;
        }
    } else {
        writeln!(out, "{} problems. Nothing of the pack is used until they are mended.", problems.len())?;
    }
    Ok(problems.is_empty())
}
