//! `probity pack schema`: JSON Schema for editors.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::policy::{Policy, nearest};
use domain::{Refusal, RefusalCode};
use serde_json::{Map, Value};

use crate::cli::outcome::Ending;

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The file, without `.toml`; all of them when left out.
    file: Option<String>,
    /// Write `<file>.schema.json` and the settings of the editor into this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints or writes the schemas.
pub(super) fn run(args: &SchemaArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let mut schemas = Map::new();
    for stem in Policy::file_stems().filter(|stem| args.file.as_deref().is_none_or(|wanted| wanted.trim_end_matches(".toml") == *stem)) {
        schemas.insert(stem.to_owned(), Policy::schema(stem).unwrap_or_default());
    }
    if schemas.is_empty() {
        let wanted = args.file.as_deref().unwrap_or_default();
        let meant = nearest(wanted, Policy::file_stems()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        return Err(Refusal::new(RefusalCode::PackUnknownKey, format!("A pack has no file of this name.{meant}")).into());
    }
    match (&args.out, &args.file) {
        (Some(folder), _) => write_all(folder, &schemas, out),
        (None, Some(_)) => print(&schemas.into_values().collect::<Vec<_>>(), out),
        (None, None) => print(&[Value::Object(schemas)], out),
    }
}

fn print(schemas: &[Value], out: &mut dyn Write) -> Result<(), Ending> {
    for schema in schemas {
        writeln!(out, "{}", serde_json::to_string_pretty(schema)?)?;
    }
    Ok(())
}

const HEAD: &str = "# For editors that use Taplo (in Visual Studio Code: \"Even Better TOML\"): which schema belongs to which file.\n\
# Open the pack's folder in the editor; keys are then completed, explained and checked while you type.\n\
# An editor that does not read this file takes `#:schema ./NAME.schema.json` as the first line of NAME.toml.\n";

fn write_all(folder: &Path, schemas: &Map<String, Value>, out: &mut dyn Write) -> Result<(), Ending> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut settings = HEAD.to_owned();
    for (stem, schema) in schemas {
        let path = folder.join(format!("{stem}.schema.json"));
        std::fs::write(&path, serde_json::to_string_pretty(schema)? + "\n").with_context(|| format!("writing {}", path.display()))?;
        let _ = write!(
            settings,
            "\n[[rule]]\ninclude = [\"**/{stem}.toml\"]\n[rule.schema]\npath = \"./{stem}.schema.json\"\nenabled = true\n"
        );
    }
    let path = folder.join(".taplo.toml");
    std::fs::write(&path, settings).with_context(|| format!("writing {}", path.display()))?;
    writeln!(out, "Wrote {} schemas and .taplo.toml into {}.", schemas.len(), folder.display())?;
    writeln!(out, "Editors with Taplo find them by themselves; others take `#:schema ./NAME.schema.json` as the first line of NAME.toml.")?;
    Ok(())
}
