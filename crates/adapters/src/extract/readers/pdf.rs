//! PDF: the text of all pages (invisible layers too), comments, form fields, properties and
//! embedded files.

use std::sync::Arc;

use finder::document::{DocumentKind, PartKind};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{self, Array, Dict, Object, Stream};
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::kurbo::{Affine, Rect};
use memchr::memmem;

use super::pdf_text::Page;
use crate::extract::charset::lenient;
use crate::extract::drawing;
use crate::extract::sights::What;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};
use crate::extract::{Passwords, pdf_file};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let pdf = open(item.bytes, &taking.limits.passwords, taking.is_looking())?;
    let mut facts = Facts::default();
    let mut writing = Writing::default();
    let (mut seen, mut more) = (Vec::new(), false);
    writing.part(PartKind::Body, |out| (seen, more) = pages(&pdf, taking, out, &mut facts));
    properties(&pdf, &mut facts);
    let files = objects(&pdf, taking, &mut facts);
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Pdf, title, date: None }, item, writing);
    if more {
        taking.unreadable("has more pages than are read of one item; the rest was not read");
    }
    let file = if seen.is_empty() { [0; 32] } else { drawing::print(item.bytes, 0) };
    for (number, what, at) in seen {
        taking.seen(item.name, what, at, drawing::print(&file, number), || drawing::page(&pdf, number));
    }
    for (number, (name, file)) in files.into_iter().enumerate() {
        match file {
            Ok(bytes) => taking.child(number + 1, Item { name: &name, bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number + 1, &name, reason),
        }
    }
    Ok(())
}

/// Opens it, to be drawn or only read.
fn open(bytes: &[u8], passwords: &Passwords, drawn: bool) -> Result<Pdf, Reason> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if memmem::find(head, b"%PDF-").is_none() {
        return Err("is not a PDF".into());
    }
    let whole = || if drawn { bytes.to_vec() } else { colourless(bytes) };
    let opened = pdf_file::open_with(whole(), passwords);
    let (pdf, password) = opened.map_err(|reason| if reason == pdf_file::ENCRYPTED { passwords.refused(reason) } else { reason.into() })?;
    if !pdf.xref().has_optional_content_groups() {
        return Ok(pdf);
    }
    // Layers that are switched off are read as well: without the list of layers all are on.
    let mut shown = whole();
    let places: Vec<usize> = memmem::find_iter(bytes, b"/OCProperties").collect();
    for at in places {
        if let Some(slot) = shown.get_mut(at + 1..at + 3) {
            slot.copy_from_slice(b"XX");
        }
    }
    Ok(Pdf::new_with_password(shown, &password).unwrap_or(pdf))
}

/// A copy in which colours that a profile describes are called ordinary ones: what a profile means takes longer to work out than a page to
/// read, and no text depends on it.
fn colourless(bytes: &[u8]) -> Vec<u8> {
    const PROFILE: &[u8] = b"/ICCBased";
    const ORDINARY: &[u8; PROFILE.len()] = b"/CalCMYK ";
    let mut copy = bytes.to_vec();
    for at in memmem::find_iter(bytes, PROFILE) {
        if let Some(slot) = copy.get_mut(at..at + PROFILE.len()) {
            slot.copy_from_slice(ORDINARY);
        }
    }
    copy
}

/// A page that can only be seen: its number from 1, what it is, where in the text it belongs.
type Seen = (usize, What, usize);

/// Writes the text of all pages. Those that can only be seen, and whether there are more pages than are read.
fn pages(pdf: &Pdf, taking: &Taking<'_>, out: &mut String, facts: &mut Facts) -> (Vec<Seen>, bool) {
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() };
    let mut seen = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        if index >= taking.limits.pages || out.len() > taking.limits.text {
            return (seen, true);
        }
        let mut found = Page::default();
        let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut found);
        found.marked.iter().for_each(|text| facts.add("Description", &string(text)));
        annotations(page.raw(), facts);
        let before = out.len();
        let look = found.look;
        found.text(out);
        let letters = out.get(before..).unwrap_or_default().chars().filter(|c| !c.is_whitespace()).count();
        let (width, height) = page.render_dimensions();
        if let Some(what) = look.what(index + 1, letters, f64::from(width * height)) {
            seen.push((index + 1, what, out.len()));
        }
    }
    (seen, false)
}

fn properties(pdf: &Pdf, facts: &mut Facts) {
    let metadata = pdf.metadata();
    let known = [
        ("Title", &metadata.title),
        ("Author", &metadata.author),
        ("Subject", &metadata.subject),
        ("Keywords", &metadata.keywords),
        ("Creator", &metadata.creator),
    ];
    for (label, value) in known {
        facts.add(label, &string(value.as_deref().unwrap_or_default()));
    }
}

/// Strings in annotations that stand on no page: comments, field values, authors.
fn annotations(page: &Dict<'_>, facts: &mut Facts) {
    let Some(annotations) = page.get::<Array<'_>>("Annots") else { return };
    for annotation in annotations.iter::<Dict<'_>>() {
        strings(&annotation, facts);
        if let Some(action) = annotation.get::<Dict<'_>>("A") {
            strings(&action, facts);
        }
    }
}

const STRINGS: &[(&str, &str)] = &[
    ("Contents", "Comment"),
    ("RC", "Comment"),
    ("Subj", "Comment"),
    ("V", "Field"),
    ("DV", "Field"),
    ("TU", "Field"),
    ("Title", "Title"),
    ("Alt", "Description"),
    ("ActualText", "Description"),
    ("Author", "Author"),
    ("URI", "Link"),
];

fn strings(dict: &Dict<'_>, facts: &mut Facts) {
    for (key, label) in STRINGS {
        if let Some(text) = dict.get::<object::String<'_>>(*key) {
            facts.add(label, &string(text.as_bytes()));
        }
    }
    if dict.contains_key("Subtype")
        && let Some(text) = dict.get::<object::String<'_>>("T")
    {
        facts.add("Comment by", &string(text.as_bytes()));
    }
}

type Embedded = Vec<(String, Result<Vec<u8>, Reason>)>;

/// Strings in all objects, the XMP properties, and the embedded files.
fn objects(pdf: &Pdf, taking: &mut Taking<'_>, facts: &mut Facts) -> Embedded {
    let mut files = Vec::new();
    for object in pdf.objects() {
        match object {
            Object::Dict(dict) => {
                strings(&dict, facts);
                form(&dict, facts);
                if let Some(stream) =
                    dict.get::<Dict<'_>>("EF").and_then(|ef| ef.get::<Stream<'_>>("F").or_else(|| ef.get::<Stream<'_>>("UF")))
                {
                    let name = dict.get::<object::String<'_>>("UF").or_else(|| dict.get::<object::String<'_>>("F"));
                    let name = name.map(|n| string(n.as_bytes())).unwrap_or_default();
                    let packed = stream.raw_data().len() as u64;
                    let file = stream.decoded().map_err(|_| Reason::from("is damaged or cut off"));
                    files.push((name, file.and_then(|bytes| taking.unpack(packed, &*bytes))));
                }
            }
            Object::Stream(stream) if stream.dict().get::<object::Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "XML") => {
                if let Ok(xml) = stream.decoded() {
                    facts.add("Properties", &super::office::plain(&lenient(&xml)));
                }
            }
            _ => {}
        }
    }
    files
}

/// A form of the kind that keeps its texts and values as XML beside the pages.
fn form(dict: &Dict<'_>, facts: &mut Facts) {
    let whole = dict.get::<Stream<'_>>("XFA");
    let pieces = dict.get::<Array<'_>>("XFA");
    let pieces = pieces.iter().flat_map(Array::iter::<Object<'_>>).filter_map(|piece| match piece {
        Object::Stream(stream) => Some(stream),
        _ => None,
    });
    for stream in whole.into_iter().chain(pieces) {
        if let Ok(xml) = stream.decoded() {
            facts.add("Form", &super::office::plain(&lenient(&xml)));
        }
    }
}

/// A PDF string: UTF-16 or UTF-8 with their marks, else single bytes.
fn string(bytes: &[u8]) -> String {
    lenient(bytes).into_owned()
}
