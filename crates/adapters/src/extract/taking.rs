//! Takes in what the readers deliver, and keeps the limits of the item as a whole.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use finder::document::{Document, DocumentKind, Extraction, Unreadable};
use sha2::{Digest, Sha256};

use super::again::{self, Content, Known};
use super::limits::Limits;
use super::readers::{Grid, Reader, Sheet, reader_for};
use super::sights::{Print, Sight, What};
use super::sniff::sniff;
use super::writing::{Writing, one_line};
use crate::letters::Raster;

/// Why something could not be read: plain words without personal data.
pub(crate) type Reason = Cow<'static, str>;

/// The reason given when a reader panicked or its process died.
pub(crate) const CRASHED: &str = "crashed the reader";
/// The reason given when there was not enough memory.
pub(crate) const MEMORY: &str = "needed more memory than is allowed";
/// The reason given when an item was read and there is nothing in it.
const NO_TEXT: &str = "holds no text";
const TOO_MUCH: &str = "unpacks to more than is allowed for one item";
const RATIO: &str = "unpacks to suspiciously more than its size";

/// One thing to read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    /// File name, possibly empty.
    pub(crate) name: &'a str,
    /// The content.
    pub(crate) bytes: &'a [u8],
}

/// What a reader knows of a document besides its text.
#[derive(Debug)]
pub(crate) struct About {
    /// What it is.
    pub(crate) kind: DocumentKind,
    /// Title, possibly empty: the file name is used then.
    pub(crate) title: String,
    /// RFC 3339.
    pub(crate) date: Option<String>,
}

/// The extraction of one source item under way.
pub(crate) struct Taking<'l> {
    /// What applies to the item as a whole.
    pub(crate) limits: &'l Limits,
    /// Only the item's own text is wanted: attachments are listed, not read.
    own_only: Option<Reason>,
    /// What a message carries is listed, not read.
    listing: bool,
    out: Extraction,
    path: String,
    depth: usize,
    unpacked: u64,
    text: usize,
    full: bool,
    sights: Vec<Sight>,
    looking: Option<Looking<'l>>,
    giving: Option<Giving>,
    /// Takes the rows of a workbook, where nothing else of it is wanted.
    pub(crate) grid: Option<Grid>,
}

/// Something inside the item that is wanted as it is.
struct Giving {
    path: String,
    bytes: Option<Vec<u8>>,
}

impl Giving {
    /// Takes what has this path, if it is the wanted one. Says whether what has it need not be read.
    fn meets(&mut self, path: &str, bytes: &[u8]) -> bool {
        if self.bytes.is_none() && self.path == path {
            self.bytes = Some(bytes.to_vec());
        }
        let above = path.is_empty() || self.path.strip_prefix(path).is_some_and(|below| below.starts_with('!'));
        self.bytes.is_some() || !above
    }
}

/// Takes a picture that was drawn, or `None` when it cannot be. Says whether to go on.
pub(crate) type Show<'l> = dyn FnMut(Print, Option<Raster>) -> bool + 'l;

/// What is to be drawn.
struct Looking<'l> {
    wanted: Vec<Print>,
    show: &'l mut Show<'l>,
}

impl<'l> Taking<'l> {
    /// Starts on an item.
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            own_only: None,
            listing: false,
            out: Extraction::default(),
            path: String::new(),
            depth: 0,
            unpacked: 0,
            text: 0,
            full: false,
            sights: Vec::new(),
            looking: None,
            giving: None,
            grid: None,
        }
    }

    /// Starts on an item of which only the own text is wanted; everything inside is listed
    /// with `reason`.
    pub(crate) fn own_text(limits: &'l Limits, reason: Reason) -> Self {
        Self { own_only: Some(reason), ..Self::new(limits) }
    }

    /// Starts on a message of which only what it carries is wanted, listed.
    pub(crate) fn listing(limits: &'l Limits) -> Self {
        Self { listing: true, ..Self::new(limits) }
    }

    /// Lists something carried, where that is wanted: the `number`th, with its size in bytes and its SHA-256. Says whether it was.
    pub(crate) fn listed<'b>(&mut self, number: usize, name: &str, bytes: impl FnOnce() -> Cow<'b, [u8]>) -> bool {
        if self.listing {
            let bytes = bytes();
            let mut said = format!("{} ", bytes.len());
            for byte in Sha256::digest(&bytes) {
                // Writing to a string cannot fail.
                let _ = write!(said, "{byte:02x}");
            }
            self.unreadable_child(number, name, said);
        }
        self.listing
    }

    /// Starts on an item of which some pictures are wanted, drawn, and nothing else.
    pub(crate) fn drawing(limits: &'l Limits, wanted: Vec<Print>, show: &'l mut Show<'l>) -> Self {
        Self { looking: Some(Looking { wanted, show }), ..Self::new(limits) }
    }

    /// Starts on an item of which only the bytes of what has this path in it are wanted.
    pub(crate) fn giving(limits: &'l Limits, path: &str) -> Self {
        Self { giving: Some(Giving { path: path.to_owned(), bytes: None }), ..Self::new(limits) }
    }

    /// Whether pictures are wanted, drawn.
    pub(crate) const fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// Whether the bytes of something inside the item are wanted.
    pub(crate) const fn is_giving(&self) -> bool {
        self.giving.is_some()
    }

    /// Starts on a workbook of which only the rows are wanted.
    pub(crate) fn tabling(limits: &'l Limits) -> Self {
        Self { grid: Some(Grid::default()), ..Self::new(limits) }
    }

    /// Ends, and hands over the sheets, or why they are not all there.
    pub(crate) fn sheets(self) -> Result<Vec<Sheet>, String> {
        let Some(mut grid) = self.grid.filter(|_| self.out.unreadable.is_empty()) else {
            return Err(self.out.unreadable.into_iter().next().map_or_else(|| CRASHED.to_owned(), |one| one.reason));
        };
        grid.end_row();
        if grid.sheets.is_empty() { Err("is no workbook".to_owned()) } else { Ok(grid.sheets) }
    }

    /// Ends, and hands over the bytes that were wanted.
    pub(crate) fn given(self) -> Option<Vec<u8>> {
        self.giving?.bytes
    }

    /// Ends, and hands over what was taken, and what in it can only be seen.
    pub(crate) fn finish(mut self) -> (Extraction, Vec<Sight>) {
        let said = !self.out.unreadable.is_empty() || !self.sights.is_empty() || self.looking.is_some() || self.listing;
        if !said && self.out.documents.iter().all(|document| document.text.trim().is_empty()) {
            self.unreadable(NO_TEXT);
        }
        (self.out, self.sights)
    }

    /// Notes that the current document is, or holds, something that can only be seen, with the
    /// place in the text where its letters belong. It is drawn when it is wanted; a panic over
    /// that costs this picture only.
    pub(crate) fn seen(&mut self, name: &str, what: What, at: usize, print: Print, draw: impl FnOnce() -> Option<Raster>) {
        let Some(looking) = &mut self.looking else {
            let order = self.out.documents.len();
            self.sights.push(Sight { path: self.path.clone(), name: name.to_owned(), order, at, what, print });
            return;
        };
        if let Some(at) = looking.wanted.iter().position(|wanted| *wanted == print) {
            looking.wanted.swap_remove(at);
            let drawn = catch_unwind(AssertUnwindSafe(draw)).ok().flatten();
            if !(looking.show)(print, drawn) {
                looking.wanted.clear();
            }
        }
    }

    /// Reads the item with the reader for its kind. A panic of the reader costs this item only.
    pub(crate) fn read(&mut self, item: Item<'_>) {
        if self.giving.as_mut().is_some_and(|giving| giving.meets(&self.path, item.bytes)) {
            return;
        }
        self.read_with(reader_for(sniff(item.name, item.bytes)), item);
    }

    /// The same with a certain reader.
    pub(crate) fn read_with(&mut self, reader: &Reader, item: Item<'_>) {
        self.guarded(|taking| (reader.read)(taking, item));
    }

    /// The same in a way of its own.
    pub(crate) fn guarded(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Reason>) {
        let (path, depth) = (self.path.len(), self.depth);
        let outcome = catch_unwind(AssertUnwindSafe(|| read(self))).unwrap_or(Err(CRASHED.into()));
        self.path.truncate(path);
        self.depth = depth;
        if let Err(reason) = outcome {
            self.unreadable(reason);
        }
    }

    /// Bytes that may still be unpacked.
    pub(crate) fn left(&self) -> u64 {
        self.limits.unpacked.saturating_sub(self.unpacked)
    }

    /// Bytes of text taken so far.
    pub(crate) fn text_taken(&self) -> usize {
        self.text
    }

    /// Whether another document may be taken; says so once when not.
    pub(crate) fn has_room(&mut self) -> bool {
        // Everything that was wanted is there, or stands in no document.
        if self.grid.is_some()
            || self.looking.as_ref().is_some_and(|looking| looking.wanted.is_empty())
            || self.giving.as_ref().is_some_and(|giving| giving.bytes.is_some())
        {
            return false;
        }
        if self.out.documents.len() < self.limits.documents && self.text < self.limits.text {
            return true;
        }
        if !self.full {
            self.full = true;
            self.unreadable("holds more than is read of one item; the rest was not read");
        }
        false
    }

    /// Takes a document. Its text is cut at the limit of the item, and that is listed.
    pub(crate) fn document(&mut self, about: About, item: Item<'_>, mut writing: Writing) -> Option<&mut Document> {
        if !self.has_room() {
            return None;
        }
        let left = self.limits.text.saturating_sub(self.text);
        let truncated = writing.text.len() > left;
        if truncated {
            cut(&mut writing, left);
            self.unreadable("the text is longer than is read of one item; the rest was not read");
        }
        self.text += writing.text.len();
        let title = if about.title.is_empty() { one_line(item.name) } else { about.title };
        self.out.documents.push(Document {
            path: self.path.clone(),
            kind: about.kind,
            title,
            date: about.date,
            message_id: None,
            correspondents: Vec::new(),
            text: writing.text,
            parts: writing.parts,
            truncated,
            look: String::new(),
        });
        self.out.documents.last_mut()
    }

    /// Lists what is being read as unreadable.
    pub(crate) fn unreadable(&mut self, reason: impl Into<Reason>) {
        self.out.unreadable.push(Unreadable { path: self.path.clone(), reason: reason.into().into_owned() });
    }

    /// Reads something inside the current document: the `number`th (from 1), called `name`.
    pub(crate) fn child(&mut self, number: usize, item: Item<'_>) {
        let content = Content::Bytes(item.bytes);
        self.inside(number, item.name, |taking| taking.read_or_recognise(item.name, &content, || item.bytes));
    }

    /// The same of something that stands in a code with this print, which is undone only when it was not read before.
    pub(crate) fn child_in_code<'b>(&mut self, number: usize, name: &str, code: again::Print, bytes: impl FnOnce() -> &'b [u8]) {
        self.inside(number, name, |taking| taking.read_or_recognise(name, &Content::Code(code), bytes));
    }

    /// Reads something that is carried, or takes what the same turned into before.
    fn read_or_recognise<'b>(&mut self, name: &str, content: &Content<'_>, bytes: impl FnOnce() -> &'b [u8]) {
        // What is inside an attachment is known with it.
        let known = self.depth == 1 && self.looking.is_none() && self.giving.is_none();
        let print = if known { again::print(name, content, self.limits) } else { None };
        let Some(print) = print else { return self.read(Item { name, bytes: bytes() }) };
        if let Some(known) = again::known(&print)
            && self.unpacked.saturating_add(known.unpacked) <= self.limits.unpacked
            && self.text + known.text < self.limits.text
            && self.out.documents.len() + known.extraction.documents.len() < self.limits.documents
        {
            return self.take_known(known);
        }
        let (unpacked, text) = (self.unpacked, self.text);
        let (documents, unreadable, sights) = (self.out.documents.len(), self.out.unreadable.len(), self.sights.len());
        self.read(Item { name, bytes: bytes() });
        let below = |path: &str| path.get(self.path.len()..).unwrap_or_default().to_owned();
        let within = !self.full && self.unpacked <= self.limits.unpacked && self.text < self.limits.text;
        if !within || self.out.documents.len() >= self.limits.documents {
            return;
        }
        let mut extraction = Extraction {
            documents: self.out.documents.get(documents..).unwrap_or_default().to_vec(),
            unreadable: self.out.unreadable.get(unreadable..).unwrap_or_default().to_vec(),
        };
        extraction.documents.iter_mut().for_each(|document| document.path = below(&document.path));
        extraction.unreadable.iter_mut().for_each(|one| one.path = below(&one.path));
        let mut sights = self.sights.get(sights..).unwrap_or_default().to_vec();
        for sight in &mut sights {
            (sight.path, sight.order) = (below(&sight.path), sight.order - documents);
        }
        again::keep(print, Known { extraction, sights, unpacked: self.unpacked - unpacked, text: self.text - text });
    }

    fn take_known(&mut self, known: Known) {
        let Known { extraction, sights, unpacked, text } = known;
        self.unpacked += unpacked;
        self.text += text;
        for mut sight in sights {
            sight.path.insert_str(0, &self.path);
            sight.order += self.out.documents.len();
            self.sights.push(sight);
        }
        for mut document in extraction.documents {
            document.path.insert_str(0, &self.path);
            self.out.documents.push(document);
        }
        for mut unreadable in extraction.unreadable {
            unreadable.path.insert_str(0, &self.path);
            self.out.unreadable.push(unreadable);
        }
    }

    /// Lists something inside the current document as unreadable.
    pub(crate) fn unreadable_child(&mut self, number: usize, name: &str, reason: impl Into<Reason>) {
        let path = self.path.len();
        self.enter(number, name);
        self.unreadable(reason);
        self.path.truncate(path);
    }

    /// Goes one level down for the time of `read`, unless that is too deep or too much.
    pub(crate) fn inside(&mut self, number: usize, name: &str, read: impl FnOnce(&mut Self)) {
        if !self.has_room() {
            return;
        }
        let path = self.path.len();
        self.enter(number, name);
        if let Some(reason) = self.own_only.clone() {
            self.unreadable(reason);
        } else if self.depth >= self.limits.depth {
            self.unreadable(format!("is nested more than {} deep", self.limits.depth));
        } else {
            self.depth += 1;
            read(self);
            self.depth -= 1;
        }
        self.path.truncate(path);
    }

    fn enter(&mut self, number: usize, name: &str) {
        if !self.path.is_empty() {
            self.path.push('!');
        }
        self.path.push_str(&number.to_string());
        self.path.push(':');
        self.path.extend(name.chars().filter(|c| !c.is_control()).map(|c| if c == '!' { '_' } else { c }).take(200));
    }

    /// Counts bytes that an item turns into without being unpacked by [`Self::unpack`].
    pub(crate) fn count(&mut self, bytes: usize) -> Result<(), Reason> {
        self.unpacked = self.unpacked.saturating_add(bytes as u64);
        if self.unpacked > self.limits.unpacked { Err(TOO_MUCH.into()) } else { Ok(()) }
    }

    /// Unpacks a stream whose packed form has `packed` bytes, within what is left for the item.
    pub(crate) fn unpack(&mut self, packed: u64, stream: impl Read) -> Result<Vec<u8>, Reason> {
        self.unpack_to(packed, packed.saturating_mul(4), stream)
    }

    /// The same of a stream that says itself how long it will be, which is believed within bounds.
    pub(crate) fn unpack_to(&mut self, packed: u64, expected: u64, stream: impl Read) -> Result<Vec<u8>, Reason> {
        let (left, by_ratio) = (self.left(), self.by_ratio(packed));
        let allowed = left.min(by_ratio);
        let mut bytes = Vec::new();
        let outcome = fill(&mut bytes, expected.min(allowed), stream.take(allowed.saturating_add(1)));
        self.unpacked = self.unpacked.saturating_add(bytes.len() as u64);
        if bytes.len() as u64 > allowed {
            return Err(if by_ratio < left { RATIO.into() } else { TOO_MUCH.into() });
        }
        match outcome {
            Ok(()) => Ok(bytes),
            Err(error) if error.kind() == ErrorKind::OutOfMemory => Err(MEMORY.into()),
            Err(_) => Err("is damaged or cut off".into()),
        }
    }

    /// Whether something whose packed form has `packed` bytes may turn into `length`.
    pub(crate) fn may_unpack(&self, packed: u64, length: u64) -> bool {
        length <= self.left().min(self.by_ratio(packed))
    }

    /// What something packed may turn into, whatever is left.
    fn by_ratio(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.limits.ratio).max(1 << 20)
    }
}

/// Reads a stream to its end, in few large steps: a small one costs what unpacks it dearly.
fn fill(bytes: &mut Vec<u8>, expected: u64, mut stream: impl Read) -> std::io::Result<()> {
    const ROOM: u64 = 4 << 20;
    let mut filled = 0;
    // What unpacks looks ahead, so that it ends sooner with room to spare.
    bytes.resize(expected.clamp(64, ROOM) as usize + 300, 0);
    let outcome = loop {
        match stream.read(bytes.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => break Ok(()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
        if filled == bytes.len() {
            bytes.resize(2 * filled, 0);
        }
    };
    bytes.truncate(filled);
    outcome
}

/// Cuts a text to at most `bytes`, on a character boundary, its parts with it.
fn cut(writing: &mut Writing, bytes: usize) {
    let end = writing.text.floor_char_boundary(bytes);
    writing.text.truncate(end);
    writing.parts.retain(|part| part.start < end);
    if let Some(last) = writing.parts.last_mut() {
        last.end = last.end.min(end);
    }
}
