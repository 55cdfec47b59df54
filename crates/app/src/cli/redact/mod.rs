//! `probity redact`: takes given words out of files for good.
//!
//! A PDF and a picture keep their look: their pages are drawn, and the words burnt out of the drawing.
//! Everything else is set anew from its text.

mod anew;
mod folder;
mod labels;
mod one;

use std::io::Write;
use std::path::{Path, PathBuf};

use adapters::extract::Passwords;
use clap::Args;
use domain::{Refusal, RefusalCode};

use super::inputs;
use super::outcome::Ending;

/// Arguments of `redact`.
#[derive(Debug, Args)]
pub(crate) struct RedactArgs {
    /// The file: PDF, picture, text, HTML, message, Word, spreadsheet, slides; or a folder of files.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The redacted copy, a PDF; it must not exist yet. Of a folder, the folder for the copies.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The words to take out, one to a line.
    #[arg(long, value_name = "FILE")]
    terms: PathBuf,
    /// Leave longer words that contain one of the words. Without this, words of five letters and more are taken out of
    /// longer ones too (`Lovelace` out of `alovelace@mail.example`).
    #[arg(long)]
    whole_words: bool,
    /// Set a PDF anew from its text, too, instead of keeping its look.
    #[arg(long)]
    as_text: bool,
    /// Dots an inch of pages that keep their look.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u16).range(72..=600))]
    dpi: u16,
    /// Do not read letters in pictures, even where Tesseract is installed.
    #[arg(long)]
    no_ocr: bool,
    /// A file of passwords, a line each, to try on what is encrypted. The copies open without one.
    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,
}

/// What is to be taken out, and how.
struct Task {
    order: adapters::burn::Order,
    burner: adapters::burn::Burner,
    reader: adapters::extract::Pool,
    /// Reads without the passwords, where some were given.
    without: Option<adapters::extract::Pool>,
    as_text: bool,
}

pub(crate) fn run(args: &RedactArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let terms = std::fs::read_to_string(&args.terms).map_err(|_| unreadable(&args.terms))?;
    let terms: Vec<String> =
        terms.trim_start_matches('\u{FEFF}').lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if terms.is_empty() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "The file of words is empty.").into());
    }
    if args.output.exists() {
        return Err(Refusal::new(RefusalCode::OutputExists, format!("{} exists already.", args.output.display())).into());
    }
    let passwords = inputs::passwords(args.passwords.as_deref())?;
    let folder = args.input.is_dir();
    let mut order = adapters::burn::Order::of(terms, !args.whole_words);
    order.dpi = f32::from(args.dpi);
    let task = Task {
        order,
        without: if passwords.is_empty() { None } else { Some(inputs::extractor_with(Passwords::default())?) },
        burner: adapters::burn::Burner::new(inputs::own_program()?, if folder { 1 } else { 2 }, args.no_ocr)
            .with_passwords(passwords.clone()),
        reader: inputs::extractor_with(passwords)?,
        as_text: args.as_text,
    };
    if folder { folder::run(&task, &args.input, &args.output, out) } else { single(&task, args, out) }
}

fn single(task: &Task, args: &RedactArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let bytes = std::fs::read(&args.input).map_err(|_| unreadable(&args.input))?;
    let done = one::redact(task, &name(&args.input), &bytes)?;
    super::sar::write(&args.output, &done.pdf)?;
    writeln!(out, "{} passages taken out; read back, none can be found in {}.", done.passages, args.output.display())?;
    let unmatched = task.order.words.len() - done.found.len();
    if unmatched > 0 {
        writeln!(out, "Note: {unmatched} of the {} words do not stand in the file.", task.order.words.len())?;
    }
    for note in done.notes {
        writeln!(out, "Note: {note}")?;
    }
    Ok(())
}

fn unreadable(what: &Path) -> Refusal {
    Refusal::new(RefusalCode::SourceUnreadable, format!("`{}` cannot be read.", what.display()))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
