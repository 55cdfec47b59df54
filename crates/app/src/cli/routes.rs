//! `probity routes`: every address with who may come to it.

use std::io::Write;

use clap::Args;

use super::outcome::Ending;

/// Arguments of `routes`.
#[derive(Debug, Args)]
pub(crate) struct RoutesArgs {
    /// JSON instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &RoutesArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let routes: Vec<_> = web::routes::ROUTES
        .iter()
        .map(|route| {
            // A path without variable parts is its own sample; others exist only where there are records.
            let sample = (!route.path.contains('{')).then_some(route.path);
            serde_json::json!({ "method": route.method, "path": route.path, "access": format!("{:?}", route.access), "sample": sample })
        })
        .collect();
    if args.json {
        writeln!(out, "{}", serde_json::Value::from(routes))?;
        return Ok(());
    }
    for route in web::routes::ROUTES {
        writeln!(out, "{:4} {:50} {:?}", route.method, route.path, route.access)?;
    }
    Ok(())
}
