//! A file set anew from its text: messages, office documents, web pages, and what they carry.

use std::collections::BTreeSet;
use std::ops::Range;

use adapters::extract::{HOLDS_PICTURES, READ_IN_PART};
use adapters::press::{CopyPart, TypstPress};
use domain::{Refusal, RefusalCode};
use finder::document::{Document, Extraction};
use finder::plan::Words;
use services::ports::{Extractor, Run};
use services::sar::plain_item;

use super::one::{Done, sentence};
use super::{Task, labels};
use crate::cli::outcome::Ending;

/// Most parts left out that are named one by one.
const NAMED: usize = 20;
/// How often a text is looked at again, because taking out one word may have joined another.
const ROUNDS: usize = 8;

/// Redacts a file by setting its text anew.
pub(super) fn redact(task: &Task, name: &str, bytes: &[u8]) -> Result<Done, Ending> {
    let extraction = task.reader.extract(name, bytes)?;
    let notes = left_out(&extraction)?;
    let words = Words::new(&task.order.words, task.order.inside);
    let mut found = BTreeSet::new();
    let mut passages = 0;
    let mut cut = |text: &str, labels: &[Range<usize>]| {
        let ranges = ranges(text, labels, &words, &mut found);
        passages += ranges.len();
        runs(text, &ranges)
    };
    let several = extraction.documents.len() > 1;
    let part = |document: Document| {
        let item = plain_item(document);
        let document = &item.scanned.document;
        let labels = labels::of(&document.title, &document.text);
        CopyPart { heading: if several { cut(&item.label, &[]) } else { Vec::new() }, text: cut(&document.text, &labels) }
    };
    let parts: Vec<CopyPart> = extraction.documents.into_iter().map(part).collect();
    let pdf = press().copy(&parts)?;
    match press().left_in_copy(&pdf, &task.order.words, task.order.inside)? {
        0 => Ok(Done { pdf, passages, pages: None, found, notes }),
        left => Err(Refusal::new(RefusalCode::RedactionLeak, format!("{left} of the words can still be found in the copy.")).into()),
    }
}

/// The press with its fonts, made once for all files.
fn press() -> &'static TypstPress {
    static PRESS: std::sync::OnceLock<TypstPress> = std::sync::OnceLock::new();
    PRESS.get_or_init(TypstPress::new)
}

/// What of the file does not come into the copy, in sentences. A file that cannot be read is
/// not released; what it carries and nobody can read is left out.
fn left_out(extraction: &Extraction) -> Result<Vec<String>, Ending> {
    let refuse = |detail: String| Err(Refusal::new(RefusalCode::RedactionUnreadable, detail).into());
    let (whole, parts): (Vec<_>, Vec<_>) = extraction.unreadable.iter().partition(|part| part.path.is_empty());
    if let Some(whole) = whole.iter().find(|part| of_itself(&part.reason).is_none()) {
        return refuse(said(&whole.reason));
    }
    if extraction.documents.is_empty() {
        return refuse(match extraction.unreadable.first() {
            Some(part) => said(&part.reason),
            None => "There is no text in it.".to_owned(),
        });
    }
    if extraction.documents.iter().any(|document| document.truncated) {
        return refuse("It is too long to be read whole.".to_owned());
    }
    let mut notes: Vec<String> = whole.iter().filter_map(|part| of_itself(&part.reason)).map(str::to_owned).collect();
    notes.sort_unstable();
    notes.dedup();
    notes.extend(parts.iter().take(NAMED).map(|part| format!("`{}` is not in the copy: {}.", part.path, part.reason)));
    let more = parts.len().saturating_sub(NAMED);
    if more > 0 {
        notes.push(format!("{more} more parts are not in the copy."));
    }
    Ok(notes)
}

/// A reason as a sentence: those that begin with a verb are about the file.
fn said(reason: &str) -> String {
    let verbs = ["is ", "has ", "holds ", "needed ", "took ", "was "];
    if verbs.iter().any(|verb| reason.starts_with(verb)) { format!("It {reason}.") } else { format!("{}.", sentence(reason)) }
}

/// What is said of a file whose text was read, and which is not in its copy as a whole.
fn of_itself(reason: &str) -> Option<&'static str> {
    match reason {
        HOLDS_PICTURES => Some("its pictures are not in the copy."),
        READ_IN_PART => Some("it is damaged or cut off: what could be read of it is in the copy."),
        _ => None,
    }
}

/// What is to go from a text: ascending, apart from each other. `labels` name values that may belong together, like the columns of a table.
fn ranges(text: &str, labels: &[Range<usize>], words: &Words, found: &mut BTreeSet<usize>) -> Vec<Range<usize>> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    for _ in 0..ROUNDS {
        let before = gone.len();
        for passed in [&[], labels] {
            let shown = Shown::without(text, &merged([&gone, passed].concat()));
            for place in words.places(&shown.text) {
                found.insert(place.word);
                let parts = shown.original(place.start..place.end);
                let apart = parts.len() > 1;
                let parts = parts.into_iter().flat_map(|range| cells(text, range));
                gone.extend(parts.map(|range| if apart { labels::value(text, range) } else { range }).filter(|range| !range.is_empty()));
            }
            if labels.is_empty() {
                break;
            }
        }
        if gone.len() == before {
            break;
        }
        gone = merged(gone);
    }
    gone
}

/// A text as it reads when ranges are gone: a space stands for each.
#[derive(Default)]
struct Shown {
    text: String,
    /// Where each piece begins here, and which part of the original it is.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Shown {
    fn without(text: &str, gone: &[Range<usize>]) -> Self {
        let mut shown = Self::default();
        let mut at = 0;
        for range in gone {
            shown.add(text, at..range.start);
            shown.text.push(' ');
            at = range.end;
        }
        shown.add(text, at..text.len());
        shown
    }

    fn add(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.clone()));
        self.text.push_str(text.get(range).unwrap_or_default());
    }

    /// The parts of the original that a part of this text stands for.
    fn original(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let of_piece = |(begin, range): &(usize, Range<usize>)| {
            let from = range.start + part.start.saturating_sub(*begin);
            let to = range.end.min(range.start + part.end.saturating_sub(*begin));
            (part.end > *begin && from < to).then_some(from..to)
        };
        self.pieces.iter().filter_map(of_piece).collect()
    }
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The text with gaps.
fn runs(text: &str, gone: &[Range<usize>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for range in gone {
        runs.push(Run::Shown(text.get(at..range.start).unwrap_or_default().to_owned()));
        runs.push(Run::Withheld(0));
        at = range.end;
    }
    runs.push(Run::Shown(text.get(at..).unwrap_or_default().to_owned()));
    runs.retain(|run| !matches!(run, Run::Shown(text) if text.is_empty()));
    runs
}

/// The parts of a place in each cell of a table: the marks between cells stay.
fn cells(text: &str, place: Range<usize>) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut at = place.start;
    for part in text.get(place).unwrap_or_default().split_inclusive(['|', '\t']) {
        let inner = part.trim_end_matches(['|', '\t']);
        let (lead, rest) = (inner.len() - inner.trim_start().len(), inner.trim());
        if !rest.is_empty() {
            cells.push(at + lead..at + lead + rest.len());
        }
        at += part.len();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str]) -> String {
        let ranges = ranges(
            text,
            &labels::of(if text.starts_with('{') { "a.json" } else { "" }, text),
            &Words::new(words, true),
            &mut BTreeSet::new(),
        );
        runs(text, &ranges).iter().map(|run| if let Run::Shown(text) = run { text.as_str() } else { "#" }).collect()
    }

    #[test]
    fn a_withheld_cell_stays_a_cell() {
        assert_eq!(shown("1 | Ada | Lovelace | x\nAda Lovelace", &["Ada Lovelace"]), "1 | # | # | x\n#");
    }

    #[test]
    fn what_taking_out_one_word_joins_goes_too() {
        assert_eq!(shown("Ada Augusta Lovelace wrote", &["Augusta", "Ada Lovelace"]), "# # # wrote");
        assert_eq!(shown("nothing here", &["Ada"]), "nothing here");
    }

    #[test]
    fn neighbouring_values_of_data_go_as_those_of_a_table_do() {
        let json = r#"{"first":"Quilliam", "last" : "Zebrowski", "x": "Quilliam"}"#;
        assert_eq!(shown(json, &["Quilliam Zebrowski"]), r##"{"first":"#", "last" : "#", "x": "Quilliam"}"##);
        let xml = "first: Quilliam\nlast: Zebrowski\n";
        let ranges = ranges(xml, &labels::of("a.xml", xml), &Words::new(&["Quilliam Zebrowski"], true), &mut BTreeSet::new());
        let gone: Vec<&str> = ranges.into_iter().map(|range| &xml[range]).collect();
        assert_eq!(gone, ["Quilliam", "Zebrowski"]);
    }

    #[test]
    fn what_overlaps_is_one_gap() {
        assert_eq!(shown("to ada@mail.example, Ada", &["ada@mail.example", "mail.example", "Ada"]), "to #, #");
    }
}
