//! What was read before. In a mailbox the same attachment comes again and again (a form sent to
//! everybody, a document passed on, the picture under every signature): it is read once.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use finder::document::Extraction;

use super::limits::Limits;
use super::sights::Sight;
use super::taking::{CRASHED, MEMORY};

/// Bytes that are kept of all attachments together.
const ROOM: usize = 16 << 20;
/// An attachment that turns into more than this is read again each time.
const LARGEST: usize = 2 << 20;
/// An attachment smaller than this is as quickly read as recognised.
const SMALLEST: usize = 1 << 10;
/// Codes that are remembered as ones that can be undone.
const CODES: usize = 50_000;

/// What an attachment is known by: its name, its bytes and the limits. Nothing else has a say in
/// what it turns into, as long as no limit of the item as a whole is met.
pub(crate) type Print = [u8; 32];

/// What an attachment turned into, with paths below itself, and what that cost of the limits.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) extraction: Extraction,
    pub(super) sights: Vec<Sight>,
    pub(super) unpacked: u64,
    pub(super) text: usize,
}

#[derive(Default)]
struct Memory {
    known: HashMap<Print, Known>,
    order: VecDeque<(Print, usize)>,
    held: usize,
}

thread_local! {
    /// A child reads in one thread for as long as it lives.
    static SEEN: RefCell<Memory> = RefCell::default();
    /// Codes that were undone before, each with the length of what is left of it without the line end.
    static UNDONE: RefCell<HashMap<Print, usize>> = RefCell::default();
}

/// What an attachment holds: its bytes, or the print of the code that it came in.
pub(super) enum Content<'b> {
    Bytes(&'b [u8]),
    Code(Print),
}

/// The print of an attachment that is worth remembering.
pub(super) fn print(name: &str, content: &Content<'_>, limits: &Limits) -> Option<Print> {
    let bytes = match content {
        Content::Bytes(bytes) if bytes.len() < SMALLEST => return None,
        Content::Bytes(bytes) => bytes,
        // Shorter than any bytes that are taken.
        Content::Code(print) => print.as_slice(),
    };
    let Limits { unpacked, ratio, documents, text, depth, pages, .. } = limits;
    let sizes = [*documents, *text, *depth, *pages, name.len()].map(|size| size as u64);
    let mut hasher = blake3::Hasher::new();
    for number in sizes.iter().chain([unpacked, ratio]) {
        hasher.update(&number.to_le_bytes());
    }
    hasher.update(name.as_bytes());
    hasher.update(bytes);
    Some(hasher.finalize().into())
}

/// The print of an attachment by the code that it stands in, and the length of the code when the same was undone before.
pub(crate) fn code(bytes: &[u8]) -> (Print, Option<usize>) {
    let print = blake3::hash(bytes).into();
    (print, UNDONE.with_borrow(|undone| undone.get(&print).copied()))
}

/// Remembers that a code can be undone.
pub(crate) fn undone(code: Print, length: usize) {
    UNDONE.with_borrow_mut(|undone| {
        if undone.len() >= CODES {
            undone.clear();
        }
        undone.insert(code, length);
    });
}

/// What it turned into when it was last read.
pub(super) fn known(print: &Print) -> Option<Known> {
    SEEN.with_borrow(|memory| memory.known.get(print).cloned())
}

/// Keeps what it turned into; what was kept longest makes room.
pub(super) fn keep(print: Print, known: Known) {
    let documents = known.extraction.documents.iter();
    let size = known.text + documents.map(|document| 500 + document.parts.len() * 24 + document.path.len()).sum::<usize>();
    let size = size + known.sights.len() * 200;
    // What failed for reasons of the moment is tried again.
    let passing = known.extraction.unreadable.iter().any(|one| one.reason == CRASHED || one.reason == MEMORY);
    if size > LARGEST || passing {
        return;
    }
    SEEN.with_borrow_mut(|memory| {
        if memory.known.insert(print, known).is_none() {
            memory.order.push_back((print, size));
            memory.held += size;
        }
        while memory.held > ROOM {
            let Some((oldest, size)) = memory.order.pop_front() else { return };
            memory.known.remove(&oldest);
            memory.held -= size;
        }
    });
}
