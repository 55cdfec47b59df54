//! `probity redact`: takes given words out of one file for good.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use domain::calendar::short_date;
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::plan::occurrences;
use services::ports::Extractor;
use services::sar::{Decision, DraftItem, DraftRedaction, EXEMPTION_OTHERS, PackHead, burn, plain_item};

use super::inputs;
use super::outcome::Ending;
use crate::wiring;

/// Arguments of `redact`.
#[derive(Debug, Args)]
pub(crate) struct RedactArgs {
    /// The file: text, HTML, message, Word, spreadsheet or PDF.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The redacted copy, set anew as PDF; it must not exist yet.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The words to take out, one to a line.
    #[arg(long, value_name = "FILE")]
    terms: PathBuf,
}

pub(crate) fn run(args: &RedactArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let unreadable = |what: &PathBuf| Refusal::new(RefusalCode::SourceUnreadable, format!("`{}` cannot be read.", what.display()));
    let bytes = std::fs::read(&args.input).map_err(|_| unreadable(&args.input))?;
    let terms = std::fs::read_to_string(&args.terms).map_err(|_| unreadable(&args.terms))?;
    let terms: Vec<&str> = terms.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if terms.is_empty() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "The file of words is empty.").into());
    }
    if args.output.exists() {
        return Err(Refusal::new(RefusalCode::OutputExists, format!("{} exists already.", args.output.display())).into());
    }
    let name = args.input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let extraction = inputs::extractor()?.extract(&name, &bytes)?;
    // A part that cannot be read cannot be cleaned: the file is not released.
    if let Some(unreadable) = extraction.unreadable.first() {
        return Err(Refusal::new(RefusalCode::RedactionUnreadable, format!("{}.", unreadable.reason)).into());
    }
    if extraction.documents.is_empty() {
        return Err(Refusal::new(RefusalCode::RedactionUnreadable, "There is no text in it.").into());
    }
    let items: Vec<DraftItem> = extraction.documents.into_iter().map(|document| with_terms(plain_item(document), &terms)).collect();
    let included: Vec<&DraftItem> = items.iter().collect();
    let places = [String::new()];
    let head = PackHead {
        organisation: "Redacted copy",
        reference: "",
        subject: "",
        made_on: wiring::today(),
        places: &places,
        introduction: Some(vec![
            "This is a redacted copy of one file. A box with a number stands where words were taken out; all boxes have the same width."
                .to_owned(),
        ]),
        notes: vec![format!("Made on {} from a file of {} bytes.", short_date(wiring::today()), bytes.len())],
        form: domain::documents::Form::Print,
        further: &|_| Vec::new(),
    };
    let burnt = burn(&included, &head, &adapters::press::TypstPress::new())?;
    super::sar::write(&args.output, &burnt.pdf)?;
    writeln!(out, "{} passages taken out; read back, none can be found in {}.", burnt.withheld, args.output.display())?;
    let unmatched = terms.iter().filter(|term| items.iter().all(|item| occurrences(&item.scanned.document.text, term).is_empty())).count();
    if unmatched > 0 {
        writeln!(out, "Note: {unmatched} of the {} words do not stand in the file.", terms.len())?;
    }
    Ok(())
}

fn with_terms(mut item: DraftItem, terms: &[&str]) -> DraftItem {
    item.redactions = redactions(&item.scanned.document.text, terms);
    item.label_redactions = redactions(&item.label, terms);
    item
}

fn redactions(text: &str, terms: &[&str]) -> Vec<DraftRedaction> {
    let mut found: Vec<DraftRedaction> = terms
        .iter()
        .flat_map(|term| occurrences(text, term))
        .map(|range| DraftRedaction {
            start: range.start,
            end: range.end,
            kind: Kind::Person,
            why: "named in the list".to_owned(),
            exemption: EXEMPTION_OTHERS.to_owned(),
            decision: Decision::Withhold,
        })
        .collect();
    found.sort_by_key(|redaction| redaction.start);
    found
}
