//! Reading a finished PDF back, to prove what is in it and what is not.
//!
//! Two extractors read the pages: one made for showing text, and one of our own that takes
//! every string in the order it is drawn, seen or not. Everything else that holds text is
//! read as well: document information and metadata, outline, annotations, structure tree,
//! attached files, and streams and strings that no object refers to any more.

mod content;
mod fonts;
mod lexer;
mod objects;
mod remains;
mod strings;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, ObjectId};
use services::ports::Failure;

use content::shown;
use fonts::Fonts;
pub use strings::cleartext_strings;

const READING: &str = "reading a finished PDF back";

/// All texts of a PDF, each once. The text of a page comes in several forms: as extracted,
/// in the order it is drawn, with all white space made single spaces, and with the line
/// ends removed, so that a phrase or a number that was broken over two lines is found; and,
/// where there are letters written from right to left, in the order they are spoken.
///
/// # Errors
/// When the file cannot be opened, is encrypted, or draws text of which nothing, or not
/// everything, can be read: a gate that cannot see must not let anything pass.
pub(crate) fn read_back(pdf: &[u8]) -> Result<Vec<String>, Failure> {
    let document = guarded(|| Document::load_mem(pdf))
        .ok_or_else(|| Failure::because(READING, Blind::Unreadable))?
        .map_err(|_| Failure::because(READING, Blind::Unreadable))?;
    if document.was_encrypted() || document.is_encrypted() {
        return Err(Failure::because(READING, Blind::Encrypted));
    }
    let fonts = Fonts::of(&document);
    let mut found = Found::default();
    let pages = pages(&document, &fonts, &mut found)?;
    objects::texts(&document, &fonts, &pages, &mut found);
    objects::left_over(pdf, &document, &fonts, &mut found);
    Ok(found.texts)
}

/// Why a file cannot be vouched for.
#[derive(Debug, thiserror::Error)]
enum Blind {
    #[error("the file cannot be opened")]
    Unreadable,
    #[error("the file is encrypted")]
    Encrypted,
    #[error("the file has no pages")]
    NoPages,
    #[error("page {0} draws text that cannot be read")]
    Page(u32),
}

/// Texts found so far, each once.
#[derive(Default)]
struct Found {
    texts: Vec<String>,
    seen: HashSet<u64>,
}

impl Found {
    fn add(&mut self, text: String) {
        use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
        if text.trim().is_empty() {
            return;
        }
        if self.seen.insert(BuildHasherDefault::<DefaultHasher>::default().hash_one(&text)) {
            self.texts.push(text);
        }
    }

    /// The text of a page, in the forms that undo the line breaks.
    fn add_page(&mut self, text: String) {
        let visible = |c: &char| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}');
        self.add(squeezed(&text.chars().filter(visible).collect::<String>()));
        self.add(text.chars().filter(visible).filter(|c| !matches!(c, '\n' | '\r')).collect());
        if text.chars().any(is_leftward) {
            self.add(squeezed(&text.lines().map(logical).collect::<Vec<_>>().join(" ")));
        }
        self.add(text);
    }
}

/// All white space as single spaces.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and marks of the scripts that run from right to left.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}

/// A line in the order it is spoken: what is drawn from left to right is turned round where
/// its script runs the other way.
fn logical(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(is_leftward) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let length = from.find(|c: char| c.is_alphanumeric() && !is_leftward(c)).unwrap_or(from.len());
        let run = from.get(..length).unwrap_or(from).trim_end_matches(|c| !is_leftward(c));
        out.push_str(before);
        out.extend(run.chars().rev());
        rest = from.get(run.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Reads all pages; returns the ids of the streams that were read with them.
fn pages(document: &Document, fonts: &Fonts, found: &mut Found) -> Result<HashSet<ObjectId>, Failure> {
    let mut read = HashSet::new();
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Failure::because(READING, Blind::NoPages));
    }
    for (number, page) in &pages {
        read.extend(document.get_page_contents(*page));
        let content = document.get_page_content(*page).map_err(|_| Failure::because(READING, Blind::Page(*number)))?;
        let named = objects::page_fonts(document, fonts, *page);
        let drawn = shown(&content, &named, None);
        let extracted = guarded(|| extract(document, *number)).flatten();
        let nothing = drawn.text.is_empty() && extracted.as_deref().is_none_or(|text| text.trim().is_empty());
        if drawn.unknown > 0 || drawn.drawn > 0 && nothing {
            return Err(Failure::because(READING, Blind::Page(*number)));
        }
        found.add_page(drawn.text);
        for text in drawn.aside {
            found.add(text);
        }
        if let Some(text) = extracted {
            found.add_page(text);
        }
    }
    Ok(read)
}

/// One page by the extractor made for showing text.
fn extract(document: &Document, page: u32) -> Option<String> {
    let mut text = String::new();
    let mut output = pdf_extract::PlainTextOutput::new(&mut text);
    pdf_extract::output_doc_page(document, &mut output, page).ok()?;
    Some(text)
}

/// Runs a library that may panic on a file it did not expect.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}
