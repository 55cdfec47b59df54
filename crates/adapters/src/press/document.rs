//! A document of the policy pack as the values its template reads.

use domain::documents::{Document, Form};
use domain::letters::Block;
use domain::policy::Audience;
use serde_json::{Value, json};

use super::clean::Charset;
use super::values::{self, titled};

/// From how many characters on a document has a table of contents.
const LONG: usize = 12_000;

/// Up to how many characters a document for adults is a sheet to be read from a few steps away.
const SHEET: usize = 1_600;

/// The longest table, in characters, that is kept on one page.
const TABLE: usize = 1_500;

/// The longest clause, in characters, that is kept on one page. A longer one may run over.
const WHOLE: usize = 900;

/// The longest id of a clause, in characters.
const ID: usize = 16;

/// The date for the metadata: the first that stands in the document's table, best that of
/// printing. Empty when there is none.
pub(super) fn day(document: &Document) -> &str {
    let dates = |(term, text): &&(String, String)| (term == "Printed on", jiff::civil::Date::strptime("%d %B %Y", text).is_ok());
    let found = |best: bool| document.about.iter().find(|row| dates(row).1 && (!best || dates(row).0));
    found(true).or_else(|| found(false)).map_or("", |(_, text)| text)
}

/// What the document's template reads.
pub(super) fn values(set: &Charset, document: &Document, form: Form) -> Value {
    json!({
        "title": titled(set, &document.title, "Document"),
        "organisation": set.line(&document.organisation),
        "about": document.about.iter().map(|(term, text)| [set.line(term), set.line(text)]).collect::<Vec<_>>(),
        "foot": set.line(&document.foot),
        "large": form == Form::LargePrint,
        "voice": match document.audience {
            Audience::Adult => "adult",
            Audience::Child => "child",
            Audience::EasyRead => "easy",
        },
        "sheet": document.audience == Audience::Adult && length(document) <= SHEET,
        "contents": headings(document) > 3 && length(document) > LONG,
        "blocks": document.blocks.iter().filter_map(|one| block(set, one)).collect::<Vec<_>>(),
    })
}

fn headings(document: &Document) -> usize {
    document.blocks.iter().filter(|block| matches!(block, Block::Heading(_))).count()
}

/// The characters of all blocks together.
fn length(document: &Document) -> usize {
    document.blocks.iter().map(size).sum()
}

fn size(block: &Block) -> usize {
    match block {
        Block::Heading(text) | Block::Paragraph(text) => text.len(),
        Block::Bullets(items) => items.iter().map(String::len).sum(),
        Block::Terms(rows) => rows.iter().map(|(term, text)| term.len() + text.len()).sum(),
    }
}

/// A block as the template for documents takes it: clauses and long tables have forms of their
/// own, everything else is as in a letter.
fn block(set: &Charset, block: &Block) -> Option<Value> {
    match block {
        Block::Terms(rows) if rows.is_empty() => None,
        Block::Terms(rows) if rows.iter().all(|(term, _)| is_id(term)) => {
            Some(json!({"kind": "clauses", "rows": rows.iter().map(|row| clause(set, row)).collect::<Vec<_>>()}))
        }
        Block::Terms(rows) => {
            let whole = size(block) <= TABLE;
            Some(json!({"kind": "terms", "whole": whole, "rows": rows.iter().map(|row| term(set, row)).collect::<Vec<_>>()}))
        }
        Block::Heading(_) | Block::Paragraph(_) | Block::Bullets(_) => values::block(set, block),
    }
}

/// Whether a term is the id of a clause, which stands in the margin.
fn is_id(term: &str) -> bool {
    term.chars().count() <= ID && term.contains(|c: char| c.is_ascii_digit()) && !term.contains(char::is_whitespace)
}

/// A clause: its words, and as a note beneath what holds instead of them.
fn clause(set: &Charset, (id, text): &(String, String)) -> Value {
    let text = set.text(text);
    let (says, note) = text.split_once('\n').unwrap_or((&text, ""));
    json!({"id": set.line(id), "says": says.trim(), "note": note.trim(), "whole": text.chars().count() <= WHOLE})
}

/// A term with its lines: sentences and plain entries, one a line.
fn term(set: &Charset, (term, text): &(String, String)) -> Value {
    let text = set.text(text);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    json!({"term": set.line(term), "lines": lines, "whole": text.chars().count() <= WHOLE})
}
