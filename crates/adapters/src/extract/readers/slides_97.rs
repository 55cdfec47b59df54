//! PowerPoint 97-2003 (MS-PPT): slides in their order, then notes and masters; comments, links,
//! headers and footers. All of it is records: eight bytes that tell kind and length, then the
//! content, which in containers is records again.

use std::collections::{HashMap, HashSet};

use encoding_rs::{UTF_16LE, mem::decode_latin1};

use super::office::end_line;
use super::ole::{Ole, word};
use crate::extract::locked::{OldLock, other};
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;
use crate::extract::writing::{Facts, push_plain};

/// Kinds of records.
mod kind {
    pub(super) const DOCUMENT: u16 = 0x03E8;
    pub(super) const SLIDE_PLACE: u16 = 0x03F3;
    pub(super) const OUTLINE: u16 = 0x0F9E;
    pub(super) const WIDE_TEXT: u16 = 0x0FA0;
    pub(super) const NARROW_TEXT: u16 = 0x0FA8;
    pub(super) const STRING: u16 = 0x0FBA;
    pub(super) const LINK: u16 = 0x0FD7;
    pub(super) const HEADERS: u16 = 0x0FD9;
    pub(super) const SLIDE_LIST: u16 = 0x0FF0;
    pub(super) const EDIT: u16 = 0x0FF5;
    pub(super) const TAG: u16 = 0x138B;
    pub(super) const PLACES: u16 = 0x1772;
    pub(super) const COMMENT: u16 = 0x2EE0;
    pub(super) const ENCRYPTION: u16 = 0x2F14;
}

/// How deeply containers are followed into each other.
const DEEPEST: usize = 40;

/// Reads the text of the stream, `limit` bytes at most.
pub(super) fn read(ole: &Ole<'_>, stream: &[u8], facts: &mut Facts, limit: usize) -> String {
    let user = ole.stream("Current User").unwrap_or_default();
    let mut deck = Deck { stream, places: HashMap::new(), read: HashSet::new(), facts, out: String::new(), limit };
    let document = word(&user, 16).and_then(|at| deck.find_places(at));
    match document.and_then(|id| deck.at(id)).filter(|record| record.kind == kind::DOCUMENT) {
        Some(document) => deck.document(document),
        // Without the list of places, everything is read as it lies.
        None => drop(deck.walk_all(stream, &[], 0)),
    }
    deck.out
}

/// The stream decrypted, when it is encrypted: each part by itself, under its number.
///
/// # Errors
/// When no password opens it.
pub(super) fn opened(ole: &Ole<'_>, stream: &[u8], passwords: &Passwords) -> Result<Option<Vec<u8>>, Reason> {
    let user = ole.stream("Current User").unwrap_or_default();
    if word(&user, 12) != Some(0xF3D1_C4DF) && !records(stream).any(|record| record.kind == kind::ENCRYPTION) {
        return Ok(None);
    }
    let mut facts = Facts::default();
    let mut deck = Deck { stream, places: HashMap::new(), read: HashSet::new(), facts: &mut facts, out: String::new(), limit: 0 };
    word(&user, 16).and_then(|at| deck.find_places(at)).ok_or("is encrypted")?;
    let mut parts: Vec<(usize, u32)> = deck.places.iter().map(|(number, place)| (*place as usize, *number)).collect();
    parts.sort_unstable();
    let lock = parts.iter().find_map(|(place, _)| records(stream.get(*place..)?).next().filter(|record| record.kind == kind::ENCRYPTION));
    let key = OldLock::read(lock.ok_or_else(other)?.content).ok_or_else(other)?.open(passwords)?;
    let mut out = stream.to_vec();
    for (at, (place, number)) in parts.iter().enumerate() {
        let end = parts.get(at + 1).map_or(stream.len(), |(next, _)| *next);
        let kept = |record: Record<'_>| matches!(record.kind, kind::EDIT | kind::PLACES | kind::ENCRYPTION);
        let in_clear = stream.get(*place..).and_then(|rest| records(rest).next()).is_some_and(kept);
        // The last part ends where what is never encrypted begins; its own length tells.
        if let Some((head, rest)) = out.get_mut(*place..end).and_then(|part| part.split_at_mut_checked(8)).filter(|_| !in_clear) {
            key.decrypt_in_two(*number, head, |head| rest.get_mut(..word(head, 4)? as usize));
        }
    }
    Ok(Some(out))
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its version (four bits) and instance.
    pub(super) head: u16,
    pub(super) kind: u16,
    pub(super) content: &'a [u8],
}

impl Record<'_> {
    const fn is_container(self) -> bool {
        self.head & 0x0F == 0x0F || self.kind == kind::TAG
    }

    const fn instance(self) -> u16 {
        self.head >> 4
    }
}

/// The records right in these bytes; a last one that is cut off is left out.
pub(super) fn records(mut bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let ([head, head_high, kind, kind_high, a, b, c, d], rest) = bytes.split_first_chunk::<8>()?;
        let (content, after) = rest.split_at_checked(u32::from_le_bytes([*a, *b, *c, *d]) as usize)?;
        bytes = after;
        Some(Record { head: u16::from_le_bytes([*head, *head_high]), kind: u16::from_le_bytes([*kind, *kind_high]), content })
    })
}

struct Deck<'a, 'f> {
    stream: &'a [u8],
    /// Where the parts stand, by their number.
    places: HashMap<u32, u32>,
    read: HashSet<u32>,
    facts: &'f mut Facts,
    out: String,
    limit: usize,
}

impl<'a> Deck<'a, '_> {
    /// Goes from the last edit back to the first, and notes where each part stands now. The
    /// number of the document's own part.
    fn find_places(&mut self, last: u32) -> Option<u32> {
        let (mut at, mut document) = (last, None);
        // All lists together are no longer than the stream.
        let mut left = self.stream.len() / 4;
        loop {
            let edit = self.record(at).filter(|record| record.kind == kind::EDIT)?;
            document = document.or(word(edit.content, 16));
            let list = self.record(word(edit.content, 12)?).filter(|record| record.kind == kind::PLACES)?;
            let mut numbers = list.content.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number));
            while let Some(head) = numbers.next() {
                for number in 0..head >> 20 {
                    left = left.checked_sub(1)?;
                    self.places.entry((head & 0x000F_FFFF) + number).or_insert(numbers.next()?);
                }
            }
            let before = word(edit.content, 8)?;
            if before == 0 || before >= at {
                return document;
            }
            at = before;
        }
    }

    fn record(&self, at: u32) -> Option<Record<'a>> {
        records(self.stream.get(at as usize..)?).next()
    }

    /// A part that was not read yet.
    fn at(&mut self, number: u32) -> Option<Record<'a>> {
        let place = *self.places.get(&number)?;
        if self.read.insert(place) { self.record(place) } else { None }
    }

    fn document(&mut self, document: Record<'a>) {
        // Slides (0), notes (2), masters (1).
        for list in [0, 2, 1] {
            for record in records(document.content).filter(|record| record.kind == kind::SLIDE_LIST && record.instance() == list) {
                self.slides(record.content);
            }
        }
        for record in records(document.content).filter(|record| record.kind != kind::SLIDE_LIST) {
            let _ = self.walk(record, &[], 0);
        }
    }

    /// A list of slides: each is named by its part, and behind that the texts of its outline.
    fn slides(&mut self, list: &'a [u8]) {
        let (mut slide, mut outline) = (None, Vec::new());
        for record in records(list) {
            match record.kind {
                kind::SLIDE_PLACE => {
                    self.slide(slide, &std::mem::take(&mut outline));
                    slide = word(record.content, 0);
                }
                kind::WIDE_TEXT | kind::NARROW_TEXT => outline.push(text(record)),
                _ => {}
            }
        }
        self.slide(slide, &outline);
    }

    fn slide(&mut self, number: Option<u32>, outline: &[String]) {
        let Some(slide) = number.and_then(|number| self.at(number)) else {
            for text in outline {
                self.line(text);
            }
            return;
        };
        let shown: HashSet<usize> = self.walk_all(slide.content, outline, 0);
        for (number, text) in outline.iter().enumerate() {
            if !shown.contains(&number) {
                self.line(text);
            }
        }
    }

    /// Reads what lies in a container. Which texts of the outline were shown.
    fn walk_all(&mut self, content: &'a [u8], outline: &[String], depth: usize) -> HashSet<usize> {
        let mut shown = HashSet::new();
        for record in records(content) {
            shown.extend(self.walk(record, outline, depth));
        }
        shown
    }

    fn walk(&mut self, record: Record<'a>, outline: &[String], depth: usize) -> HashSet<usize> {
        if self.out.len() > self.limit {
            return HashSet::new();
        }
        match record.kind {
            kind::LINK | kind::COMMENT | kind::HEADERS => self.strings(record),
            _ if record.is_container() && depth < DEEPEST => return self.walk_all(record.content, outline, depth + 1),
            kind::WIDE_TEXT | kind::NARROW_TEXT => self.line(&text(record)),
            kind::OUTLINE => {
                let number = word(record.content, 0).unwrap_or(u32::MAX) as usize;
                if let Some(text) = outline.get(number) {
                    self.line(text);
                }
                return HashSet::from([number]);
            }
            _ => {}
        }
        HashSet::new()
    }

    /// The strings of a link, a comment, or of headers and footers.
    fn strings(&mut self, of: Record<'_>) {
        for string in records(of.content).filter(|record| record.kind == kind::STRING) {
            let text = text(string);
            match (of.kind, string.instance()) {
                (kind::LINK, _) => self.facts.add("Link", &text),
                (kind::COMMENT, 0) => self.facts.add("Comment by", &text),
                (kind::COMMENT, 2) => {}
                _ => self.line(&text),
            }
        }
    }

    fn line(&mut self, text: &str) {
        push_plain(&mut self.out, text);
        end_line(&mut self.out);
    }
}

/// The text of a record: of two bytes a letter, or the low bytes alone.
fn text(record: Record<'_>) -> String {
    let text = if record.kind == kind::NARROW_TEXT {
        decode_latin1(record.content)
    } else {
        UTF_16LE.decode_without_bom_handling(record.content).0
    };
    text.replace('\u{B}', "\n")
}
