//! A file set anew from its text: messages, office documents, web pages, and what they carry.

use std::collections::BTreeSet;

use domain::calendar::short_date;
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::document::Extraction;
use finder::plan::Words;
use services::ports::Extractor;
use services::sar::{Decision, DraftItem, DraftRedaction, EXEMPTION_OTHERS, PackHead, burn, plain_item};

use super::Task;
use super::one::Done;
use crate::cli::outcome::Ending;
use crate::wiring;

/// Most parts left out that are named one by one.
const NAMED: usize = 20;

/// Redacts a file by setting its text anew.
pub(super) fn redact(task: &Task, name: &str, bytes: &[u8]) -> Result<Done, Ending> {
    let extraction = task.reader.extract(name, bytes)?;
    let left_out = left_out(&extraction)?;
    let words = Words::new(&task.order.words, task.order.inside);
    let mut found = BTreeSet::new();
    let items: Vec<DraftItem> =
        extraction.documents.into_iter().map(|document| with_words(plain_item(document), &words, &mut found)).collect();
    let included: Vec<&DraftItem> = items.iter().collect();
    let places = [String::new()];
    let mut notes = vec![format!("Made on {} from a file of {} bytes.", short_date(wiring::today()), bytes.len())];
    // A part's name may hold what was to go: in the copy the parts are only counted.
    if !left_out.is_empty() {
        notes.push(format!("{} parts of the file are not in this copy, because they are pictures or cannot be read.", left_out.len()));
    }
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
        notes,
        form: domain::documents::Form::Print,
        further: &|_| Vec::new(),
    };
    let burnt = burn(&included, &head, press())?;
    Ok(Done { pdf: burnt.pdf, passages: burnt.withheld, pages: None, found, notes: left_out })
}

/// The press with its fonts, made once for all files.
fn press() -> &'static adapters::press::TypstPress {
    static PRESS: std::sync::OnceLock<adapters::press::TypstPress> = std::sync::OnceLock::new();
    PRESS.get_or_init(adapters::press::TypstPress::new)
}

/// What of the file does not come into the copy, in sentences. A file that cannot be read
/// itself, or not whole, is not released; what it carries and nobody can read is left out.
fn left_out(extraction: &Extraction) -> Result<Vec<String>, Ending> {
    let refuse = |detail: String| Err(Refusal::new(RefusalCode::RedactionUnreadable, detail).into());
    if let Some(whole) = extraction.unreadable.iter().find(|part| part.path.is_empty()) {
        return refuse(format!("{}.", whole.reason));
    }
    if extraction.documents.is_empty() {
        return refuse(match extraction.unreadable.first() {
            Some(part) => format!("{}.", part.reason),
            None => "There is no text in it.".to_owned(),
        });
    }
    let mut notes: Vec<String> =
        extraction.unreadable.iter().take(NAMED).map(|part| format!("`{}` is not in the copy: {}.", part.path, part.reason)).collect();
    let more = extraction.unreadable.len().saturating_sub(NAMED);
    if more > 0 {
        notes.push(format!("{more} more parts are not in the copy."));
    }
    if extraction.documents.iter().any(|document| document.truncated) {
        return refuse("It is too long to be read whole.".to_owned());
    }
    Ok(notes)
}

fn with_words(mut item: DraftItem, words: &Words, found: &mut BTreeSet<usize>) -> DraftItem {
    // A date that we would write out ourselves may be one of the words; the text keeps its own.
    item.scanned.document.date = None;
    item.redactions = redactions(&item.scanned.document.text, words, found);
    item.label_redactions = redactions(&item.label, words, found);
    item
}

fn redactions(text: &str, words: &Words, found: &mut BTreeSet<usize>) -> Vec<DraftRedaction> {
    let mut redactions = Vec::new();
    for place in words.places(text) {
        found.insert(place.word);
        for (start, end) in cells(text, place.start, place.end) {
            redactions.push(DraftRedaction {
                start,
                end,
                kind: Kind::Person,
                why: "named in the list".to_owned(),
                exemption: EXEMPTION_OTHERS.to_owned(),
                decision: Decision::Withhold,
            });
        }
    }
    redactions
}

/// The parts of a place in each cell of a table: the marks between cells stay.
fn cells(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let mut at = start;
    for part in text.get(start..end).unwrap_or_default().split_inclusive(['|', '\t']) {
        let inner = part.trim_end_matches(['|', '\t']);
        let (lead, rest) = (inner.len() - inner.trim_start().len(), inner.trim());
        if !rest.is_empty() {
            cells.push((at + lead, at + lead + rest.len()));
        }
        at += part.len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_cell_stays_a_cell() {
        let words = Words::new(&["Ada Lovelace"], true);
        let text = "1 | Ada | Lovelace | x\nAda Lovelace";
        let found = redactions(text, &words, &mut BTreeSet::new());
        let shown: Vec<&str> = found.iter().map(|redaction| &text[redaction.start..redaction.end]).collect();
        assert_eq!(shown, ["Ada", "Lovelace", "Ada Lovelace"]);
    }
}
