//! `OpenDocument` texts, sheets and slides.

use finder::document::{DocumentKind, PartKind};

use super::office::{Package, described, end_line, properties};
use crate::extract::markup::{Token, local, push_decoded, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    if !package.names(|n| n == "META-INF/manifest.xml").is_empty() {
        let manifest = package.text(taking, "META-INF/manifest.xml");
        if manifest.contains("encryption-data") {
            return Err("is encrypted".into());
        }
    }
    let kind = kind(&package.bytes(taking, "mimetype").unwrap_or_default());
    let mut facts = Facts::default();
    let mut body = String::new();
    for name in ["content.xml", "styles.xml"] {
        if !package.names(|n| n == name).is_empty() {
            let xml = package.text(taking, name);
            story(&xml, &mut body, &mut facts);
        }
    }
    // Tables, charts and texts put into the document are documents of their own beside it.
    for name in package.names(|n| n.ends_with("/content.xml")) {
        end_line(&mut body);
        let xml = package.text(taking, &name);
        story(&xml, &mut body, &mut facts);
    }
    for name in package.names(|n| n == "meta.xml") {
        let xml = package.text(taking, &name);
        properties(&xml, &mut facts);
    }
    let mut writing = Writing::default();
    writing.part(PartKind::Body, |out| out.push_str(&body));
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind, title, date: None }, item, writing);
    package.embedded(taking);
    Ok(())
}

fn kind(mimetype: &[u8]) -> DocumentKind {
    match mimetype.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.") {
        Some(rest) if rest.starts_with(b"spreadsheet") => DocumentKind::Sheet,
        Some(rest) if rest.starts_with(b"presentation") => DocumentKind::Slides,
        _ => DocumentKind::Word,
    }
}

/// Text of paragraphs and headings; a table row is a line.
fn story(xml: &str, out: &mut String, facts: &mut Facts) {
    let (mut shown, mut cells, mut creator) = (0_usize, 0_usize, false);
    for token in tokens(xml) {
        match token {
            Token::Open(tag) => match tag.local() {
                "p" | "h" if !tag.empty => shown += 1,
                "table-cell" if !tag.empty => cells += 1,
                "tab" => out.push('\t'),
                "line-break" => out.push('\n'),
                "s" if tag.name.starts_with("text:") => out.push(' '),
                "creator" => creator = !tag.empty,
                "a" => facts.add("Link", &tag.attribute("href").unwrap_or_default()),
                "table" => {
                    described(tag.attribute("name"), out);
                    end_line(out);
                }
                _ => {}
            },
            Token::Close(name) => match local(name) {
                "p" | "h" => {
                    shown = shown.saturating_sub(1);
                    out.push(if cells > 0 || shown > 0 { ' ' } else { '\n' });
                }
                "table-cell" => {
                    cells = cells.saturating_sub(1);
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push_str(" | ");
                }
                "table-row" => {
                    out.truncate(out.trim_end_matches([' ', '|']).len());
                    end_line(out);
                }
                "creator" => creator = false,
                _ => {}
            },
            Token::Text(text) if creator => facts.add("Changed by", &super::office::decoded(text)),
            Token::Text(text) if shown > 0 => push_decoded(out, text),
            Token::Literal(text) if shown > 0 => out.push_str(text),
            _ => {}
        }
    }
}
