//! `probity verify`: every version against the log, offline.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use domain::{Refusal, RefusalCode};
use store::{VerifyConfig, verify};

use super::outcome::Ending;
use crate::wiring::installation::Installation;

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// A checkpoint saved earlier: finds a database that was rolled back or rewritten since.
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Save the present checkpoint here, to be kept somewhere else.
    #[arg(long, value_name = "FILE")]
    save_checkpoint: Option<PathBuf>,
    /// One JSON object instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Returns whether everything is as it was written.
pub(crate) fn run(args: &VerifyArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    let installation = Installation::load(&args.data)?;
    let config = installation.store_config();
    let key_file = config.keys_dir.join(format!("log-{}.vkey", config.org));
    let verifier_key = std::fs::read_to_string(&key_file)
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The log's public key {} cannot be read.", key_file.display())))?;
    let checkpoint = args
        .checkpoint
        .as_ref()
        .map(|path| {
            std::fs::read_to_string(path)
                .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The checkpoint {} cannot be read.", path.display())))
        })
        .transpose()?;
    let config = VerifyConfig {
        url: config.url,
        data_dir: config.data_dir,
        org: config.org,
        verifier_key: verifier_key.trim().to_owned(),
        checkpoint,
    };
    let report = verify(&config);
    if let Some(path) = &args.save_checkpoint {
        std::fs::write(path, &report.checkpoint).with_context(|| format!("writing {}", path.display()))?;
    }
    if args.json {
        serde_json::to_writer(&mut *out, &report)?;
        writeln!(out)?;
        return Ok(report.ok);
    }
    writeln!(out, "{} versions, {} log entries, {} files checked.", report.versions, report.entries, report.files)?;
    for note in &report.notes {
        writeln!(out, "Note: {note}")?;
    }
    for problem in &report.problems {
        match problem.seq {
            Some(seq) => writeln!(out, "PROBLEM at entry {seq}: {}", problem.what)?,
            None => writeln!(out, "PROBLEM: {}", problem.what)?,
        }
    }
    writeln!(out, "{}", if report.ok { "Everything is as it was written." } else { "Something was changed after it was written." })?;
    Ok(report.ok)
}
