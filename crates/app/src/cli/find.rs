//! `probity find`: everything about a person in the given places.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use finder::document::HEADERS;
use finder::identity::Matcher;
use services::sar::{Edition, Keeping, Memory, Terms, scan_on};

use super::inputs::{self, ReadArgs};
use super::outcome::Ending;
use super::progress::ScanBar;
use super::resume::{WorkFile, said};

/// Arguments of `find`.
#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    /// Who: a TOML file with names, emails, phones, born, addresses, references.
    #[arg(long, value_name = "FILE.toml")]
    person: PathBuf,
    #[arg(long = "source", value_name = "PATH", required = true, help = inputs::PLACES)]
    sources: Vec<PathBuf>,
    /// A file to note in how far the search is: after an interruption, or for the same search again, it goes on from there.
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// One JSON object instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &FindArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let person = inputs::person(&args.person)?;
    let matcher = Matcher::new(&person)?;
    let places = inputs::places(&args.sources)?;
    let extractor = inputs::search_extractor(&args.read)?;
    let keeping = Keeping::Findings;
    let edition = Edition::of(&person, keeping, &extractor)?;
    let mut file = args.resume.as_deref().map(|path| WorkFile::open(path, edition)).transpose()?;
    let memory = file.as_mut().map(|file| (file as &mut dyn Memory, edition));
    let bar = ScanBar::begin();
    let found = scan_on(&places, Terms { matcher: &matcher, extractor: &extractor, keeping, parts: false, memory }, &mut |progress| {
        bar.show(progress);
        true
    });
    bar.end();
    let (found, earlier) = found?;
    let place = |index: usize| places.get(index).map(|place| place.name.as_str()).unwrap_or_default();
    if args.json {
        let items: Vec<_> = found
            .met
            .iter()
            .filter(|met| met.band.is_some() || met.unreadable.is_some())
            .map(|met| {
                serde_json::json!({
                    "locator": met.locator, "source": place(met.place), "band": met.band, "reasons": met.reasons,
                    "duplicate_of": met.duplicate_of, "unreadable": met.unreadable,
                })
            })
            .collect();
        let summary = serde_json::json!({
            "items": found.items, "documents": found.listed, "bytes": found.bytes, "found": found.found, "left_out": found.left_out,
            "without_letters": found.without_letters(), "encrypted": found.encrypted(),
            "headers": HEADERS.join(", "),
            "known": earlier.items, "changed": earlier.changed,
        });
        serde_json::to_writer(&mut *out, &serde_json::json!({ "items": items, "summary": summary }))?;
        writeln!(out)?;
        return Ok(());
    }
    for met in &found.met {
        if let Some(band) = met.band {
            let same = met.duplicate_of.as_ref().map(|first| format!("; the same as {first}, which is counted")).unwrap_or_default();
            writeln!(out, "{band}\t{}\t{}{same}", met.locator, met.reasons.join("; "))?;
        }
        if let Some(reason) = &met.unreadable {
            writeln!(out, "not readable\t{}\t{reason}", met.locator)?;
        }
    }
    writeln!(out, "{} items searched, {} concern the person.", found.items, found.found)?;
    if found.left_out > 0 {
        writeln!(
            out,
            "{} more hold no more than a first name, a surname or initials that many items hold; they were left out.",
            found.left_out
        )?;
    }
    let more = [inputs::said_of_letters(found.without_letters()), inputs::said_of_encrypted(found.encrypted())];
    for said in more.into_iter().flatten() {
        writeln!(out, "{said}")?;
    }
    writeln!(out, "Headers that count: {}. Routing headers do not.", HEADERS.join(", "))?;
    if let Some(said) = said(&earlier) {
        writeln!(out, "{said}")?;
    }
    Ok(())
}
