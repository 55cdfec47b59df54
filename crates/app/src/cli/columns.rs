//! `probity columns`: what the columns of an export mean, written down once for every export that follows.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::Context;
use domain::{Refusal, RefusalCode};

use super::outcome::Ending;

/// How the file has to end, so that it is known as a place to search.
const END: &str = ".export.toml";

/// Arguments of `columns`.
#[derive(Debug, clap::Args)]
pub(crate) struct ColumnsArgs {
    /// An export: a folder or zip with CSV files and workbooks (XLSX, XLSB, XLS, ODS), or one such file.
    export: PathBuf,
    /// Where to save the mapping, as a file ending in `.export.toml`. Without it, it is printed.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &ColumnsArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let text = adapters::sources::draft_mapping(&args.export, &super::inputs::workbooks()?)?;
    let Some(path) = &args.save else {
        write!(out, "{text}")?;
        return Ok(());
    };
    let refuse = |what: String| Ending::Refused(Refusal::new(RefusalCode::MappingInvalid, what));
    if !path.to_string_lossy().ends_with(END) {
        return Err(refuse(format!("Name a file that ends in `{END}`.")));
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
        // It may have been edited by hand.
        ErrorKind::AlreadyExists => refuse(format!("`{}` is there already and is not overwritten. Name another file.", path.display())),
        _ => error.into(),
    })?;
    file.write_all(text.as_bytes()).context("writing the mapping")?;
    let (tables, columns) = (text.matches("[[table]]").count(), text.lines().filter(|line| line.contains(" = ")).count());
    writeln!(out, "{}: {tables} tables, about {columns} columns.", path.display())?;
    writeln!(out, "Look through it: each column is name, e-mail, telephone, date of birth, address, reference, fact, text or leave out.")?;
    writeln!(out, "Then search it: probity find --person person.toml --source {}", path.display())?;
    Ok(())
}
