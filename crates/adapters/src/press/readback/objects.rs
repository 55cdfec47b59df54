//! The texts of a PDF outside its pages.

use std::collections::{BTreeSet, HashSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::shown;
use super::fonts::{ByName, Fonts};
use super::lexer::{Lexer, Token, text_string};
use super::remains::{find, streams};
use super::strings::printable;
use super::{Found, guarded};

/// Nesting of arrays and dictionaries that is followed.
const DEPTH: usize = 64;

/// The fonts a page may draw with, its own and those it inherits.
pub(super) fn page_fonts(document: &Document, fonts: &Fonts, page: ObjectId) -> ByName {
    let mut named = ByName::new();
    let Ok((own, inherited)) = document.get_page_resources(page) else { return named };
    let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
    for resources in own.into_iter().chain(inherited) {
        for (name, font) in resource_fonts(document, fonts, resources) {
            named.entry(name).or_insert(font);
        }
    }
    named
}

fn resource_fonts(document: &Document, fonts: &Fonts, resources: &Dictionary) -> ByName {
    let dictionary = resources.get_deref(b"Font", document).and_then(Object::as_dict);
    dictionary.map(|dictionary| fonts.named(document, dictionary)).unwrap_or_default()
}

/// Texts of all objects, whether anything refers to them or not: strings of dictionaries
/// (information, outline, annotations, structure), metadata, attached files, and the
/// content of streams that are no page's own.
pub(super) fn texts(document: &Document, fonts: &Fonts, pages: &HashSet<ObjectId>, found: &mut Found) {
    strings(&Object::Dictionary(document.trailer.clone()), 0, found);
    for (id, object) in &document.objects {
        strings(object, 0, found);
        if let (Object::Stream(stream), false) = (object, pages.contains(id)) {
            of_stream(document, fonts, stream, found);
        }
    }
}

fn strings(object: &Object, depth: usize, found: &mut Found) {
    if depth > DEPTH {
        return;
    }
    match object {
        Object::String(bytes, _) => found.add(text_string(bytes)),
        Object::Array(items) => items.iter().for_each(|item| strings(item, depth + 1, found)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, value)| strings(value, depth + 1, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| strings(value, depth + 1, found)),
        _ => {}
    }
}

fn of_stream(document: &Document, fonts: &Fonts, stream: &Stream, found: &mut Found) {
    let is = |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    let binary = stream.dict.has(b"Length1")
        || is(b"Type", b"XRef")
        || is(b"Subtype", b"Image")
        || is(b"Subtype", b"CIDFontType0C")
        || is(b"Subtype", b"Type1C")
        || is(b"Subtype", b"OpenType")
        || stream.dict.has(b"N") && !is(b"Type", b"ObjStm");
    if binary {
        return;
    }
    let Some(Ok(plain)) = guarded(|| stream.get_plain_content()) else { return };
    if is(b"Type", b"Metadata") {
        xml(&plain, found);
    } else if let Ok(resources) = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict) {
        content(&plain, &resource_fonts(document, fonts, resources), fonts, found);
    } else {
        unclaimed(&plain, fonts, found);
    }
}

/// A stream of which nothing is known: as content in any of the fonts, and as text.
fn unclaimed(plain: &[u8], fonts: &Fonts, found: &mut Found) {
    if find(plain, b"begincmap").is_some() {
        return;
    }
    if plain.starts_with(b"<?xpacket") || plain.starts_with(b"<?xml") {
        xml(plain, found);
    } else if draws(plain) {
        content(plain, &ByName::new(), fonts, found);
    } else {
        literals(plain, found);
        let mut runs = Vec::new();
        printable(plain, &mut runs);
        for run in runs {
            found.add(run);
        }
    }
}

fn draws(plain: &[u8]) -> bool {
    Lexer::new(plain).any(|token| matches!(token, Token::Word(b"Tj" | b"TJ")))
}

/// Content with its own fonts; strings in fonts that it does not name are read as they are
/// and in each font of the document, for one of them must have been meant.
fn content(plain: &[u8], named: &ByName, fonts: &Fonts, found: &mut Found) {
    let own = shown(plain, named, None);
    let unsure = own.unknown > 0;
    found.add_page(own.text);
    for text in own.aside {
        found.add(text);
    }
    if unsure {
        literals(plain, found);
        for font in fonts.all() {
            found.add_page(shown(plain, named, Some(font)).text);
        }
    }
}

/// The text and the attribute values of XML.
fn xml(bytes: &[u8], found: &mut Found) {
    let text = String::from_utf8_lossy(bytes);
    for part in text.split('<') {
        let (tag, body) = part.split_once('>').unwrap_or((part, ""));
        for quote in ['"', '\''] {
            tag.split(quote).skip(1).step_by(2).for_each(|value| found.add(unescaped(value)));
        }
        found.add(unescaped(body.trim()));
    }
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, character);
    }
    text
}

fn literals(bytes: &[u8], found: &mut Found) {
    for token in Lexer::new(bytes) {
        if let Token::Text(text) = token {
            found.add(text_string(&text));
        }
    }
}

/// What lies in the file beside the objects it lists: earlier revisions, deleted objects,
/// and anything appended.
pub(super) fn left_over(pdf: &[u8], document: &Document, fonts: &Fonts, found: &mut Found) {
    let known: BTreeSet<&[u8]> =
        document.objects.values().filter_map(|object| object.as_stream().ok()).map(|stream| stream.content.as_slice()).collect();
    for stream in streams(pdf) {
        literals(stream.before, found);
        let end = stream.bytes.trim_ascii_end();
        if stream.binary || stream.bytes.is_empty() || known.contains(stream.bytes) || known.contains(end) {
            continue;
        }
        unclaimed(stream.plain.as_deref().unwrap_or(stream.bytes), fonts, found);
    }
}
