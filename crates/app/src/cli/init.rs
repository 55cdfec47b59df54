//! `probity init`: a new installation.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::outcome::Ending;
use crate::wiring::installation::{Config, Installation};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to make.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// The policy pack: a built-in name or a folder.
    #[arg(long, value_name = "PACK", default_value = "uk")]
    pack: String,
    /// A `postgres://` URL; without it everything lives in the folder.
    #[arg(long, value_name = "URL", default_value = "")]
    database: String,
    /// One person is everything here: a reply needs no second person.
    #[arg(long)]
    one_person: bool,
}

pub(crate) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let policy = super::inputs::pack(&args.pack)?;
    let config = Config {
        org: "own".to_owned(),
        pack: args.pack.clone(),
        database: args.database.clone(),
        second_person: !args.one_person,
        bank_holidays: None,
        place: Vec::new(),
    };
    let installation = Installation::create(&args.data, config)?;
    installation.open()?;
    writeln!(out, "Made {} with the pack `{}`.", args.data.display(), args.pack)?;
    for question in policy.questions() {
        writeln!(out, "To answer in the pack: {} ({}) Until then: {}.", question.ask, question.key, question.until_then)?;
    }
    writeln!(out, "Keys lie in {}: back them up apart from the data.", args.data.join("keys").display())?;
    writeln!(out, "Next: probity serve --data {}", args.data.display())?;
    Ok(())
}
