//! A letter or a pack as the values its template reads. Texts travel as JSON strings and
//! are shown as they are; none of them ever becomes markup.

use domain::documents::Form;
use domain::letters::{Block, Letter};
use domain::policy::Audience;
use serde_json::{Value, json};
use services::ports::{PackDocument, PackItem, PagePicture, Run, Withheld};

use super::clean::Charset;
use super::flow::paragraphs;

/// Characters of a heading; a longer one is cut there and shown in full below it.
const HEADING: usize = 160;

/// Year, month and day of `22 November 2026`. A text that is no such date gives a fixed
/// day: the metadata need one, and the clock must not decide what a document says.
pub(super) fn day(text: &str) -> (i32, u8, u8) {
    jiff::civil::Date::strptime("%d %B %Y", text.trim())
        .or_else(|_| text.trim().parse())
        .map_or((2000, 1, 1), |date| (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs()))
}

/// What the letter's template reads.
pub(super) fn letter(set: &Charset, letter: &Letter) -> Value {
    let lines = |lines: &[String]| lines.iter().map(|line| set.line(line)).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    json!({
        "title": titled(set, &letter.title, "Letter"),
        "sender": lines(&letter.sender),
        "addressee": lines(&letter.addressee),
        "reference": set.line(&letter.reference),
        "date": set.line(&letter.date),
        "salutation": set.line(&letter.salutation),
        "blocks": letter.blocks.iter().filter_map(|one| block(set, one)).collect::<Vec<_>>(),
        "closing": set.line(&letter.closing),
        "signatory": lines(&letter.signatory),
        "large": letter.form == Form::LargePrint,
        "plain": letter.audience != Audience::Adult,
    })
}

/// A block of a letter.
pub(super) fn block(set: &Charset, block: &Block) -> Option<Value> {
    Some(match block {
        Block::Heading(text) => {
            let text = set.line(text);
            if text.is_empty() {
                return None;
            }
            json!({"kind": "heading", "text": text})
        }
        Block::Paragraph(text) => json!({"kind": "paragraph", "text": set.text(text).trim()}),
        Block::Bullets(items) if items.is_empty() => return None,
        Block::Bullets(items) => json!({"kind": "bullets", "items": items.iter().map(|item| set.text(item)).collect::<Vec<_>>()}),
        Block::Terms(rows) if rows.is_empty() => return None,
        Block::Terms(rows) => {
            json!({"kind": "terms", "rows": rows.iter().map(|(term, text)| [set.line(term), set.text(text)]).collect::<Vec<_>>()})
        }
    })
}

/// What the pack's template reads.
pub(super) fn pack(set: &Charset, pack: &PackDocument) -> Value {
    let reference = set.line(&pack.reference);
    json!({
        "title": format!("Disclosure pack {reference}").trim_end(),
        "organisation": set.line(&pack.organisation),
        "reference": reference,
        "subject": set.line(&pack.subject),
        "date": set.line(&pack.made_on),
        "introduction": pack.introduction.iter().map(|text| set.text(text)).collect::<Vec<_>>(),
        "items": pack.items.iter().map(|one| item(set, one)).collect::<Vec<_>>(),
        "withheld": pack.withheld.iter().map(|row| withheld(set, row)).collect::<Vec<_>>(),
        "large": pack.form == Form::LargePrint,
        "notes": pack.notes.iter().map(|text| set.text(text)).collect::<Vec<_>>(),
    })
}

fn item(set: &Charset, item: &PackItem) -> Value {
    let full = titled(set, &item.title, "No subject");
    let title = shortened(&full);
    let mut terms = vec![("Kind", set.line(&item.kind)), ("Date", set.line(&item.date)), ("Found in", set.line(&item.place))];
    if title != full {
        terms.insert(0, ("Subject", full));
    }
    terms.retain(|(_, text)| !text.is_empty());
    let pages: Vec<Value> = item.pages.iter().enumerate().map(|(index, page)| shown(set, item, index, page)).collect();
    json!({
        "number": item.number,
        "title": title,
        "terms": terms,
        "text": if pages.is_empty() { paragraphs(set, &item.runs) } else { Vec::new() },
        "pages": pages,
    })
}

/// A page that is shown as it looks. Whoever has it read aloud hears with the first what all of them say.
fn shown(set: &Charset, item: &PackItem, index: usize, page: &PagePicture) -> Value {
    let said = if index == 0 { format!(". What the item says: {}", set.line(&in_words(&item.runs))) } else { String::new() };
    json!({
        "file": picture_name(item.number, index),
        "alt": format!("Picture of page {} of {}{said}", index + 1, item.pages.len()),
        "page": [page.page.0, page.page.1],
        "picture": [page.picture.0, page.picture.1],
    })
}

fn in_words(runs: &[Run]) -> String {
    let words = |run: &Run| match run {
        Run::Shown(text) => text.clone(),
        Run::Withheld(number) => format!("[withheld {number}]"),
    };
    runs.iter().map(words).collect()
}

/// Under which name the template finds a page.
pub(super) fn picture_name(item: usize, index: usize) -> String {
    format!("page-{item}-{index}.png")
}

fn withheld(set: &Charset, row: &Withheld) -> Value {
    json!({
        "number": row.number,
        "places": row.places,
        "kind": set.line(&row.kind),
        "exemption": set.text(&row.exemption),
        "why": set.text(&row.why),
    })
}

/// The text as one line, or another where it is empty.
pub(super) fn titled(set: &Charset, text: &str, otherwise: &str) -> String {
    let line = set.line(text);
    if line.is_empty() { otherwise.to_owned() } else { line }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(HEADING) {
        None => text.to_owned(),
        Some((end, _)) => {
            let head = text.get(..end).unwrap_or(text);
            let head = head.rfind(' ').filter(|space| *space > HEADING / 2).and_then(|space| head.get(..space)).unwrap_or(head);
            format!("{head} …")
        }
    }
}
