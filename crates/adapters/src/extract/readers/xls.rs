//! Workbooks of Excel 2 to 2003 (MS-XLS, and the older forms of the same records): all cells of all
//! sheets, hidden ones too, comments, boxes, headers, names. Nothing that a file announces is
//! believed before it is there.

mod cells;
mod formats;
mod locked;
mod strings;

use memchr::memmem;

pub(super) use self::cells::Cells;
use self::strings::{Pieces, Shared, byte_text, long_text, number};
use super::grid::Grid;
use super::ole::{Ole, word};
use super::scraps;
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;
use crate::extract::writing::Facts;

/// Streams that hold a workbook; the newer one first.
const STREAMS: [&str; 2] = ["Workbook", "Book"];
/// The record that begins a workbook of Excel 97.
const BEGIN_97: &[u8] = &[0x09, 0x08, 0x10, 0, 0, 6];

/// Kinds of records.
mod kind {
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const NAME: u16 = 0x0018;
    pub(super) const NOTE: u16 = 0x001C;
    pub(super) const HEADER: u16 = 0x0014;
    pub(super) const FOOTER: u16 = 0x0015;
    pub(super) const SINCE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const KEPT_COPY: u16 = 0x005A;
    pub(super) const WRITTEN_BY: u16 = 0x005C;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const SHEET_HEAD: u16 = 0x008F;
    pub(super) const PIVOT_TEXT: u16 = 0x00CD;
    pub(super) const STYLE: u16 = 0x00E0;
    pub(super) const DRAWINGS: u16 = 0x00EB;
    pub(super) const SHARED: u16 = 0x00FC;
    pub(super) const BOX_TEXT: u16 = 0x01B6;
    pub(super) const LINK: u16 = 0x01B8;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const SERIES_TEXT: u16 = 0x100D;
}

/// How the records of a workbook are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Excel 2.
    Two,
    /// Excel 3 and 4.
    Three,
    /// Excel 5 and 95.
    Five,
    /// Excel 97 to 2003.
    Eight,
}

/// What was read of a workbook.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The cells, sheet by sheet.
    pub(super) cells: String,
    /// Comments and boxes.
    pub(super) notes: String,
    /// The records with all pictures, in one piece.
    pub(super) drawings: Vec<u8>,
    /// Whether it was there to its end.
    pub(super) whole: bool,
    /// The cells in their columns, in place of `cells`, where those are wanted.
    pub(super) grid: Option<Grid>,
}

/// Reads the workbook of a compound file, `limit` bytes of text at most.
///
/// # Errors
/// When it is encrypted and no password opens it, or is no workbook.
pub(super) fn read(ole: &Ole<'_>, passwords: &Passwords, facts: &mut Facts, limit: usize, grid: Option<Grid>) -> Result<Sheets, Reason> {
    let stream = STREAMS.iter().find_map(|name| ole.stream(name)).ok_or("is damaged or cut off")?;
    for entry in
        ole.entries.iter().filter(|entry| entry.is_stream && ole.entries.get(entry.parent).is_some_and(|of| of.name == "_SX_DB_CUR"))
    {
        pivot(&ole.content(entry).unwrap_or_default(), facts);
    }
    read_bare(&stream, passwords, facts, limit, grid)
}

/// Reads a workbook that stands in no compound file.
///
/// # Errors
/// When it is encrypted and no password opens it, or is no workbook.
pub(super) fn read_bare(
    stream: &[u8],
    passwords: &Passwords,
    facts: &mut Facts,
    limit: usize,
    grid: Option<Grid>,
) -> Result<Sheets, Reason> {
    // Of a stream whose beginning is damaged the rest is read.
    let lost = || memmem::find(stream, BEGIN_97).unwrap_or_default();
    let start = (Records { bytes: stream, at: 0 }).next().and_then(|first| form(&first)).map_or_else(lost, |_| 0);
    let mut records = Records { bytes: stream, at: start };
    let mut book = Book::new(records.next().and_then(|first| form(&first)).ok_or("is damaged or cut off")?);
    book.cells.grid = grid;
    let opened = locked::opened(stream, start, passwords)?;
    let mut records = Records { bytes: opened.as_deref().unwrap_or(stream), at: start };
    while book.cells.taken() <= limit && book.notes.len() <= limit {
        let at = records.at;
        let Some(record) = records.next() else { break };
        let more = records.continued();
        book.record(at, &record, more, facts);
    }
    Ok(book.finish(facts))
}

/// Copies of cells that a pivot table keeps.
fn pivot(stream: &[u8], facts: &mut Facts) {
    let mut records = Records { bytes: stream, at: 0 };
    while let Some(record) = records.next() {
        if record.kind == kind::PIVOT_TEXT {
            facts.add("Kept copy", &long_text(record.body, records.continued()));
        }
    }
}

/// The form of a workbook by its first record.
fn form(first: &Record<'_>) -> Option<Form> {
    match (first.kind, first.body.get(..2)) {
        (0x0009, Some(_)) => Some(Form::Two),
        (0x0209 | 0x0409, Some(_)) => Some(Form::Three),
        (kind::BEGIN, Some([_, 6])) => Some(Form::Eight),
        (kind::BEGIN, Some(_)) => Some(Form::Five),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy)]
struct Record<'a> {
    kind: u16,
    body: &'a [u8],
}

struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// The next record; of one that is cut off there is what is left of it.
    fn next(&mut self) -> Option<Record<'a>> {
        let ([a, b, c, d], after) = self.bytes.get(self.at..)?.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        self.at += 4 + length;
        Some(Record { kind: u16::from_le_bytes([*a, *b]), body: after.get(..length).unwrap_or(after) })
    }

    /// What goes on with the record before.
    fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut more = Vec::new();
        while number(self.bytes, self.at) == Some(kind::CONTINUE)
            && let Some(next) = self.next()
        {
            more.push(next.body);
        }
        more
    }
}

/// A workbook being read.
struct Book {
    form: Form,
    page: Option<u32>,
    shared: Shared,
    /// Where each sheet begins, and its name.
    sheets: Vec<(u32, String)>,
    /// How many sheets have begun.
    begun: usize,
    /// How many beginnings have no end yet: a chart lies inside a sheet.
    depth: usize,
    cells: Cells,
    notes: String,
    drawings: Vec<u8>,
    ended: bool,
}

impl Book {
    fn new(form: Form) -> Self {
        Self {
            form,
            page: None,
            shared: Shared::default(),
            sheets: Vec::new(),
            begun: 0,
            depth: 0,
            cells: Cells::new(form),
            notes: String::new(),
            drawings: Vec::new(),
            ended: false,
        }
    }

    fn record(&mut self, at: usize, record: &Record<'_>, more: Vec<&[u8]>, facts: &mut Facts) {
        let body = record.body;
        match record.kind {
            0x0009 | 0x0209 | 0x0409 | kind::BEGIN => self.begin(at, body),
            kind::END => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = self.depth == 0;
            }
            kind::CODE_PAGE => self.page = number(body, 0).map(u32::from),
            kind::SINCE_1904 => self.cells.since_1904 = number(body, 0) == Some(1),
            kind::SHARED => self.shared.read(Pieces::new(body, more)),
            kind::FORMAT | 0x001E | 0x0043 | 0x0243 | 0x0443 | kind::STYLE => self.looks(record),
            kind::SHEET => self.sheet(body, facts),
            kind::SHEET_HEAD => {
                let name = self.short(body.get(4..).unwrap_or_default());
                self.sheets.push((u32::MAX, name));
            }
            kind::NOTE => self.note(body, facts),
            kind::BOX_TEXT => {
                let count = number(body, 10).unwrap_or_default();
                let text = Pieces::new(&[], more).flagged(usize::from(count));
                self.say(&text);
            }
            kind::SERIES_TEXT => {
                let text = self.short(body.get(2..).unwrap_or_default());
                self.say(&text);
            }
            kind::HEADER | kind::FOOTER if !body.is_empty() => facts.add("Header and footer", &self.long_or_short(body)),
            kind::DRAWINGS => self.drawings.extend(std::iter::once(body).chain(more).flatten()),
            kind::NAME => self.name(body, facts),
            kind::WRITTEN_BY => facts.add("Last changed by", &self.long_or_short(body)),
            kind::KEPT_COPY => facts.add("Kept copy", &scraps::of(body.get(4..).unwrap_or_default())),
            kind::LINK => facts.add("Link", &scraps::of(body)),
            0x0004 | 0x0204 | 0x00D6 => {
                let text = self.text(body.get(if self.form == Form::Two { 7 } else { 6 }..).unwrap_or_default(), more);
                self.cells.label(body, &text);
            }
            0x0007 | 0x0207 => {
                let text = self.text(body, more);
                self.cells.result(&text);
            }
            // What a chart keeps of numbers stands in the cells too.
            _ if self.depth > 1 => {}
            other => self.cells.record(other, body, &self.shared),
        }
    }

    fn begin(&mut self, at: usize, body: &[u8]) {
        // The first part of a newer file is about the workbook as a whole.
        let whole = self.form > Form::Two && matches!(body.get(2..4), Some([5, 0] | [0, 1]));
        if whole {
            return;
        }
        self.depth += 1;
        self.ended = false;
        if self.depth == 1 {
            let named = self.sheets.iter().find(|(place, _)| *place as usize == at).or_else(|| self.sheets.get(self.begun));
            let name = named.map(|(_, name)| name.clone()).unwrap_or_default();
            self.begun += 1;
            self.cells.begin(&name);
        }
    }

    /// How cells look: the formats of numbers, and which style has which.
    fn looks(&mut self, record: &Record<'_>) {
        let body = record.body;
        match record.kind {
            kind::FORMAT if self.form >= Form::Five => {
                let text = self.long_or_short(body.get(2..).unwrap_or_default());
                self.cells.format(number(body, 0), &text);
            }
            // Older ones are numbered in their order.
            kind::FORMAT => {
                let text = self.short(body.get(2..).unwrap_or_default());
                self.cells.format(None, &text);
            }
            0x001E => {
                let text = self.short(body);
                self.cells.format(None, &text);
            }
            kind::STYLE => self.cells.styles.push(number(body, 2).unwrap_or_default()),
            _ => self.cells.styles.push(body.get(1).copied().map(u16::from).unwrap_or_default()),
        }
    }

    fn sheet(&mut self, body: &[u8], facts: &mut Facts) {
        let name = self.short(body.get(6..).unwrap_or_default());
        if body.get(4).is_some_and(|state| state & 3 != 0) {
            facts.add("Hidden sheet", &name);
        }
        // A module of macros is listed like a sheet, and has none.
        if body.get(5) != Some(&6) {
            self.sheets.push((word(body, 0).unwrap_or(u32::MAX), name));
        }
    }

    /// A comment: its text in the older forms, its author in the newest, whose text is in a box.
    fn note(&mut self, body: &[u8], facts: &mut Facts) {
        if self.form == Form::Eight {
            facts.add("Comment by", &long_text(body.get(8..).unwrap_or_default(), Vec::new()));
        } else {
            let text = byte_text(body.get(6..).unwrap_or_default(), self.page);
            self.say(&text);
        }
    }

    fn name(&mut self, body: &[u8], facts: &mut Facts) {
        let count = body.get(3).copied().map(usize::from).unwrap_or_default();
        let rest = body.get(14..).unwrap_or_default();
        let name = match self.form {
            Form::Eight => Pieces::new(rest, Vec::new()).flagged(count),
            Form::Five => byte_text(rest.get(..count.min(rest.len())).unwrap_or_default(), self.page),
            Form::Two | Form::Three => return,
        };
        // Names of one sign are the program's own.
        if name.chars().nth(1).is_some() {
            facts.add("Name", &name);
        }
    }

    fn say(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.notes.extend([text, "\n"]);
        }
    }

    fn finish(self, facts: &mut Facts) -> Sheets {
        let whole = self.ended && self.begun >= self.sheets.len();
        // A sheet that is missing was named all the same.
        for (_, name) in self.sheets.iter().skip(self.begun) {
            facts.add("Sheet", name);
        }
        Sheets { cells: self.cells.out, notes: self.notes, drawings: self.drawings, whole, grid: self.cells.grid }
    }

    /// A text behind a length of one byte.
    fn short(&self, body: &[u8]) -> String {
        let Some((length, rest)) = body.split_first() else { return String::new() };
        let length = usize::from(*length);
        if self.form == Form::Eight {
            return Pieces::new(rest, Vec::new()).flagged(length);
        }
        byte_text(rest.get(..length.min(rest.len())).unwrap_or_default(), self.page)
    }

    /// A text behind a length of two bytes in the newest form, of one in others.
    fn long_or_short(&self, body: &[u8]) -> String {
        if self.form == Form::Eight { long_text(body, Vec::new()) } else { self.short(body) }
    }

    /// A text as it stands in a cell: behind its length.
    fn text(&self, body: &[u8], more: Vec<&[u8]>) -> String {
        match self.form {
            Form::Eight => long_text(body, more),
            Form::Two => self.short(body),
            Form::Three | Form::Five => {
                let length = number(body, 0).map(usize::from).unwrap_or_default();
                let rest = body.get(2..).unwrap_or_default();
                byte_text(rest.get(..length.min(rest.len())).unwrap_or_default(), self.page)
            }
        }
    }
}
