//! `OpenDocument` texts, sheets and slides.

use std::io::{Cursor, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use finder::document::{DocumentKind, PartKind};
use flate2::read::DeflateDecoder;

use super::grid::NOT_WHOLE;
use super::office::{Package, described, end_line, properties};
use super::open_sheets;
use crate::extract::locked::{OTHER, Sealed, sealed};
use crate::extract::markup::{Tag, Token, Tokens, local, push_decoded, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

const MANIFEST: &str = "META-INF/manifest.xml";
/// The file of a package that was locked as a whole.
const WHOLE: &str = "encrypted-package";
/// What opening the files of one package may cost, in turns of hashing a password: some seconds.
const MOST_COST: u32 = 5_000_000;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let plain = match locks(taking, &mut package) {
        Some(locks) => Some(unlocked(taking, &mut package, locks)?),
        None => None,
    };
    let mut inner;
    let package = if let Some(plain) = &plain {
        inner = Package::open(taking, plain)?;
        if locks(taking, &mut inner).is_some() {
            return Err("is encrypted twice".into());
        }
        &mut inner
    } else {
        &mut package
    };
    if let Some(mut grid) = taking.grid.take() {
        let whole = open_sheets::rows(&package.text(taking, "content.xml"), &mut grid, taking.limits.text);
        taking.grid = Some(grid);
        return if whole && package.whole { Ok(()) } else { Err(NOT_WHOLE.into()) };
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

/// The locked files of a package, when there are any.
fn locks(taking: &mut Taking<'_>, package: &mut Package<'_>) -> Option<Vec<Sealed>> {
    if package.names(|name| name == MANIFEST).is_empty() {
        return None;
    }
    let manifest = package.text(taking, MANIFEST);
    manifest.contains("encryption-data").then(|| sealed(&manifest))
}

/// A package as it was before it was locked, under the first password that opens it.
fn unlocked(taking: &mut Taking<'_>, package: &mut Package<'_>, mut locks: Vec<Sealed>) -> Result<Vec<u8>, Reason> {
    // What a document says, before what is shown in it.
    locks.sort_by_key(|one| (!matches!(one.path.as_str(), WHOLE | "content.xml"), one.path.starts_with("Pictures/")));
    let main = locks.first().filter(|one| one.is_known()).ok_or(OTHER)?;
    let data = package.bytes(taking, &main.path)?;
    let limits = taking.limits;
    let opened = limits.passwords.find(|password| main.open(&data, password));
    let (content, password) = opened.ok_or_else(|| limits.passwords.refused("is encrypted"))?;
    if main.path == WHOLE {
        return inflated(taking, content);
    }
    let (mut members, mut cost, mut left) = (vec![(main.path.clone(), inflated(taking, content)?)], main.cost(), 0);
    for one in locks.iter().skip(1).filter(|one| is_read(&one.path)) {
        cost = cost.saturating_add(one.cost());
        let data = if cost <= MOST_COST { package.bytes(taking, &one.path).ok() } else { None };
        match data.and_then(|data| one.open(&data, password)).and_then(|content| inflated(taking, content).ok()) {
            Some(content) => members.push((one.path.clone(), content)),
            None => left += 1,
        }
    }
    for name in package.names(|name| name != MANIFEST && is_read(name) && locks.iter().all(|one| one.path != name)) {
        let content = package.bytes(taking, &name)?.into_owned();
        members.push((name.into_owned(), content));
    }
    if left > 0 {
        taking.unreadable("some of its parts are encrypted otherwise, are damaged, or would take too long to open");
    }
    Ok(packed(members))
}

/// Whether a part holds anything for a reader.
fn is_read(name: &str) -> bool {
    let unread = ["Thumbnails/", "Configurations", "Basic/", "Dialogs/"];
    !name.ends_with('/') && name != "settings.xml" && name != "layout-cache" && !unread.iter().any(|start| name.starts_with(start))
}

/// What was packed before it was locked.
fn inflated(taking: &mut Taking<'_>, content: Vec<u8>) -> Result<Vec<u8>, Reason> {
    taking.unpack(content.len() as u64, DeflateDecoder::new(content.as_slice()))
}

fn packed(members: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in members {
        // Writing to memory does not fail; a name that is there twice is left out the second time.
        if writer.start_file(name, stored).is_ok() {
            let _ = writer.write_all(&content);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn kind(mimetype: &[u8]) -> DocumentKind {
    match mimetype.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.") {
        Some(rest) if rest.starts_with(b"spreadsheet") => DocumentKind::Sheet,
        Some(rest) if rest.starts_with(b"presentation") => DocumentKind::Slides,
        _ => DocumentKind::Word,
    }
}

/// Text of paragraphs and headings; a table row is a line. Notes and comments stand behind it, so that none cuts a word.
fn story(xml: &str, out: &mut String, facts: &mut Facts) {
    let mut story = Story { out, facts, shown: 0, cells: 0, creator: false, began: Vec::new(), notes: String::new() };
    let mut rest = tokens(xml);
    while let Some(token) = rest.next() {
        match token {
            Token::Open(tag) => story.open(&tag, &mut rest),
            Token::Close(name) => story.close(local(name)),
            Token::Text(text) if story.creator => story.facts.add("Changed by", &super::office::decoded(text)),
            Token::Text(text) if story.shown > 0 => push_decoded(story.out, text),
            Token::Literal(text) if story.shown > 0 => story.out.push_str(text),
            _ => {}
        }
    }
    if !story.notes.is_empty() {
        end_line(story.out);
        story.out.push_str(&story.notes);
    }
}

/// Where the reading stands.
struct Story<'o> {
    out: &'o mut String,
    facts: &'o mut Facts,
    /// Paragraphs around the text.
    shown: usize,
    cells: usize,
    creator: bool,
    /// Where the notes around the text began.
    began: Vec<usize>,
    notes: String,
}

impl Story<'_> {
    fn open(&mut self, tag: &Tag<'_>, rest: &mut Tokens<'_>) {
        match tag.local() {
            "p" | "h" if !tag.empty => self.shown += 1,
            "table-cell" if !tag.empty => self.cells += 1,
            "tab" => self.out.push('\t'),
            "line-break" => self.out.push('\n'),
            "s" if tag.name.starts_with("text:") => self.out.push(' '),
            "creator" => self.creator = !tag.empty,
            "a" => self.facts.add("Link", &tag.attribute("href").unwrap_or_default()),
            "table" => {
                described(tag.attribute("name"), self.out);
                end_line(self.out);
            }
            "note" | "annotation" if !tag.empty => self.began.push(self.out.len()),
            // Its number, and when it was written.
            "note-citation" | "date" if !tag.empty && !self.began.is_empty() => {
                rest.skip_to_close(tag.name);
            }
            // How the letters before are spoken.
            "ruby-text" if !tag.empty => self.facts.add("Read as", &super::office::decoded(rest.skip_to_close(tag.name))),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.shown = self.shown.saturating_sub(1);
                self.out.push(if self.cells > 0 || self.shown > 0 { ' ' } else { '\n' });
            }
            "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str(" | ");
            }
            "table-row" => {
                self.out.truncate(self.out.trim_end_matches([' ', '|']).len());
                end_line(self.out);
            }
            "creator" => self.creator = false,
            "note" | "annotation" => {
                if let Some(began) = self.began.pop().filter(|began| self.out.is_char_boundary(*began)) {
                    let note = self.out.split_off(began);
                    if !note.trim().is_empty() {
                        self.notes.extend([note.trim(), "\n"]);
                    }
                }
            }
            _ => {}
        }
    }
}
