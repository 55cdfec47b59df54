//! One file.

use std::collections::BTreeSet;

use adapters::burn::{Burnt, Kind, NotBurnt, kind_of};
use adapters::extract::Pool;
use domain::{Refusal, RefusalCode};
use services::ports::Extractor as _;
use services::sar::is_locked;

use super::{Task, anew};
use crate::cli::outcome::Ending;

/// Said of the copy of a file that was locked.
const OPENED: &str = "it was under a password; the copy opens without.";

/// A redacted copy.
pub(super) struct Done {
    pub(super) pdf: Vec<u8>,
    pub(super) passages: usize,
    /// Pages that kept their look.
    pub(super) pages: Option<usize>,
    /// Words that were found, by index.
    pub(super) found: BTreeSet<usize>,
    /// What a person should know, in sentences.
    pub(super) notes: Vec<String>,
}

/// Redacts one file, and says so when a password opened some of it.
pub(super) fn redact(task: &Task, name: &str, bytes: &[u8]) -> Result<Done, Ending> {
    let mut done = in_its_way(task, name, bytes)?;
    if let Some(without) = &task.without {
        let locked = |reader: &Pool| -> Result<usize, Ending> {
            Ok(reader.extract(name, bytes)?.unreadable.iter().filter(|part| is_locked(&part.reason)).count())
        };
        let before = locked(without)?;
        if before > 0 && locked(&task.reader)? < before {
            done.notes.insert(0, OPENED.to_owned());
        }
    }
    Ok(done)
}

/// The same in the way its kind asks for.
fn in_its_way(task: &Task, name: &str, bytes: &[u8]) -> Result<Done, Ending> {
    let burnt = match kind_of(name, bytes) {
        Kind::Pdf if !task.as_text => task.burner.pdf(bytes, &task.order),
        Kind::Picture => task.burner.picture(bytes, &task.order),
        _ => return anew::redact(task, name, bytes),
    };
    match burnt {
        Ok(burnt) => Ok(done(burnt, task.burner.reads_pictures())),
        Err(NotBurnt::File(reason)) => Err(Refusal::new(RefusalCode::RedactionUnreadable, format!("{}.", sentence(&reason))).into()),
        Err(NotBurnt::Leak(words)) => {
            Err(Refusal::new(RefusalCode::RedactionLeak, format!("{words} of the words can still be found in the copy.")).into())
        }
        Err(NotBurnt::Failure(failure)) => Err(failure.into()),
    }
}

fn done(burnt: Burnt, reads: bool) -> Done {
    let mut notes = Vec::new();
    let mut reasons: Vec<&'static str> = burnt.look.iter().map(|look| look.why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for why in reasons {
        let pages: Vec<usize> = burnt.look.iter().filter(|look| look.why == why).map(|look| look.page).collect();
        let (which, verb) = (
            adapters::listed(&pages).unwrap_or_default(),
            if pages.len() == 1 { why.to_owned() } else { why.replacen("holds", "hold", 1) },
        );
        notes.push(format!("{which} {verb}: a person must look at {}.", if pages.len() == 1 { "it" } else { "them" }));
    }
    if !notes.is_empty() {
        notes.push(if reads {
            format!("Tesseract read the letters in pictures on {} of {} pages.", burnt.read, burnt.pages)
        } else {
            "Tesseract is not used: words in pictures are not found.".to_owned()
        });
    }
    if burnt.drawn > 0 {
        notes.push(format!(
            "{} of {} pages became pictures, because their text could not be written anew with certainty.",
            burnt.drawn, burnt.pages
        ));
    }
    notes.push("hidden text, properties, comments, form fields, attachments and earlier versions did not come with it.".to_owned());
    Done { pdf: burnt.pdf, passages: burnt.boxes, pages: Some(burnt.pages), found: burnt.found.into_keys().collect(), notes }
}

/// With a capital at its beginning.
pub(super) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
