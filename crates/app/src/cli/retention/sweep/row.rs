//! One row: from cells to facts to an outcome.

use std::collections::HashMap;

use csv::ByteRecord;
use domain::retention::{ClassIndex, Day, FactRef, Facts, Outcome, Schedule, is_hold, parse_flag, parse_number};

use super::bad::Bad;
use super::columns::{Columns, Target, title};
use super::mapping::Dates;

/// Spellings of a class that are remembered.
const MOST_SPELLINGS: usize = 4096;

/// The outcome of a row.
pub(super) struct Answer {
    /// The class of the row.
    pub(super) class: ClassIndex,
    /// The outcome, of what the class's own rule covers.
    pub(super) outcome: Outcome,
    /// Fields that live on under another class.
    pub(super) fields: Vec<(String, Outcome)>,
}

/// Evaluates rows, one after another, into the same places.
pub(super) struct Rows<'a> {
    schedule: &'a Schedule,
    columns: Columns,
    facts: Facts,
    /// The spelling of the last row: tables are mostly sorted by class.
    last: (Vec<u8>, Option<ClassIndex>),
    spellings: HashMap<Vec<u8>, ClassIndex>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(schedule: &'a Schedule, columns: Columns) -> Self {
        let spellings = columns.classes.clone();
        Self { schedule, facts: Facts::new(schedule), last: (Vec::new(), columns.class), spellings, columns }
    }

    /// The outcome of a row, or what is wrong with it.
    pub(super) fn evaluate(&mut self, record: &ByteRecord, on: Day) -> Result<Answer, Bad> {
        self.facts.clear();
        if record.len() != self.columns.width {
            return Err(self.ragged(record));
        }
        if record.as_slice().contains(&b'\n') && self.swallows(record) {
            return Err(self.swallowed(record));
        }
        let mut class = self.columns.class;
        let mut fields: &[u8] = &[];
        for at in 0..self.columns.used.len() {
            let Some(&(place, target)) = self.columns.used.get(at) else { break };
            let cell = record.get(place).unwrap_or_default().trim_ascii();
            match target {
                Target::Class => class = Some(self.class(cell)?),
                Target::Fields => fields = cell,
                _ if cell.is_empty() => {}
                _ if self.fact(target, cell).is_none() && !is_blank(cell) => return Err(self.unreadable(record, target)),
                _ => {}
            }
        }
        let class = class.ok_or_else(Self::no_class)?;
        if fields.is_empty() {
            return Ok(Answer { class, outcome: self.schedule.evaluate(&self.facts.of(class), on), fields: Vec::new() });
        }
        Ok(self.by_field(class, fields, on))
    }

    fn class(&mut self, cell: &[u8]) -> Result<ClassIndex, Bad> {
        if let (last, Some(class)) = &self.last
            && last == cell
        {
            return Ok(*class);
        }
        let class = match self.spellings.get(cell) {
            Some(class) => *class,
            None => self.spelt(cell)?,
        };
        self.last.0.clear();
        self.last.0.extend_from_slice(cell);
        self.last.1 = Some(class);
        Ok(class)
    }

    fn spelt(&mut self, cell: &[u8]) -> Result<ClassIndex, Bad> {
        if cell.is_empty() {
            return Err(Self::no_class());
        }
        let name = String::from_utf8_lossy(cell);
        let class = self.schedule.class(&name).ok_or_else(|| Bad {
            class: name.chars().take(64).collect(),
            what: format!("There is no such class. {}", self.schedule.unknown_class(&name)),
            remedy: "Correct it, or give what the table calls it under `classes` in a mapping.".to_owned(),
        })?;
        if self.spellings.len() < MOST_SPELLINGS {
            self.spellings.insert(cell.to_vec(), class);
        }
        Ok(class)
    }

    /// Sets a fact; nothing when the cell does not hold one of its kind.
    fn fact(&mut self, target: Target, cell: &[u8]) -> Option<()> {
        match target {
            Target::Fact(FactRef::Day(place)) => self.facts.set_day(place, self.day(cell)?),
            Target::Fact(FactRef::Number(place)) => self.facts.set_number(place, parse_number(cell)?),
            Target::Fact(FactRef::Flag(place)) => self.facts.flags.set(place, parse_flag(cell)?),
            Target::Hold => self.facts.hold = is_hold(cell) && !is_blank(cell),
            Target::Funder => self.facts.funders = self.schedule.funder_bits(cell).ok()?,
            Target::Contact => self.facts.contact = self.schedule.contact_kind(cell),
            Target::Fact(FactRef::Funder) | Target::Class | Target::Fields => {}
        }
        Some(())
    }

    fn day(&self, cell: &[u8]) -> Option<Day> {
        let iso = Day::parse_iso(cell);
        match self.columns.dates {
            Dates::Iso => iso,
            Dates::DayFirst => iso.or_else(|| Day::parse_day_first(cell)),
        }
    }

    /// A holding that names its fields: those that live on under another class get their own
    /// outcome; when all do, theirs is the outcome of the row.
    fn by_field(&self, class: ClassIndex, fields: &[u8], on: Day) -> Answer {
        let outcome_of = |class| self.schedule.evaluate(&self.facts.of(class), on);
        let names = fields.split(|byte| *byte == b';').map(|name| String::from_utf8_lossy(name.trim_ascii()).into_owned());
        let (mut own, mut elsewhere) = (false, Vec::new());
        for name in names.filter(|name| !name.is_empty()) {
            match self.schedule.field(class, &name) {
                Some(other) => elsewhere.push((name, outcome_of(other))),
                None => own = true,
            }
        }
        match elsewhere.first() {
            Some((_, first)) if !own && elsewhere.len() == 1 => Answer { class, outcome: *first, fields: Vec::new() },
            Some((_, first)) if !own => Answer { class, outcome: *first, fields: elsewhere },
            _ => Answer { class, outcome: outcome_of(class), fields: elsewhere },
        }
    }

    fn no_class() -> Bad {
        Bad {
            class: String::new(),
            what: "The row names no class.".to_owned(),
            remedy: "Fill in the class, or take the row out if it is empty.".to_owned(),
        }
    }

    fn unreadable(&self, record: &ByteRecord, target: Target) -> Bad {
        let (kind, remedy) = match target {
            Target::Fact(FactRef::Day(_)) if self.columns.dates == Dates::DayFirst => {
                ("a day", "Write it as DD/MM/YYYY or leave it empty.")
            }
            Target::Fact(FactRef::Day(_)) => {
                ("a day", "Write it as YYYY-MM-DD or leave it empty; for DD/MM/YYYY set `dates = \"day-first\"` in a mapping.")
            }
            Target::Fact(FactRef::Number(_)) => ("a number", "Write a whole number or leave it empty."),
            Target::Funder => ("a funder of the pack", "Correct it, or add the funder to retention.toml."),
            _ => ("yes or no", "Write yes or no, or leave it empty."),
        };
        Bad {
            class: self.written_class(record),
            what: format!("`{}` is not {kind}.", title(target, self.schedule)),
            remedy: remedy.to_owned(),
        }
    }

    fn ragged(&self, record: &ByteRecord) -> Bad {
        let (cells, width) = (record.len(), self.columns.width);
        let lines = record.iter().map(|cell| cell.split(|byte| *byte == b'\n').count()).max().unwrap_or_default();
        let remedy = if lines > 1 {
            format!("A quote that is not closed joins {lines} lines; close it.")
        } else {
            "Add or remove a separator, or put quotes round a text that holds one.".to_owned()
        };
        Bad { class: self.written_class(record), what: format!("The row has {cells} cells, the first line has {width}."), remedy }
    }

    /// Whether a cell holds lines that look like rows of their own.
    fn swallows(&self, record: &ByteRecord) -> bool {
        let cells = |line: &[u8]| line.split(|byte| *byte == self.columns.delimiter).count();
        let looks_like_a_row = |line: &[u8]| self.columns.width > 1 && cells(line) >= self.columns.width;
        record.iter().any(|cell| cell.split(|byte| *byte == b'\n').skip(1).any(looks_like_a_row))
    }

    fn swallowed(&self, record: &ByteRecord) -> Bad {
        Bad {
            class: self.written_class(record),
            what: "A text in quotes runs on over lines that look like rows of their own, which are not evaluated.".to_owned(),
            remedy: "Close the quote on the line where it is opened, and sweep again.".to_owned(),
        }
    }

    fn written_class(&self, record: &ByteRecord) -> String {
        let place = self.columns.used.iter().find(|(_, target)| *target == Target::Class).map(|(place, _)| *place);
        let cell = place.and_then(|place| record.get(place)).map(|cell| String::from_utf8_lossy(cell.trim_ascii()).into_owned());
        let written = cell.or_else(|| self.columns.class.map(|class| self.schedule.id(class).to_owned())).unwrap_or_default();
        written.chars().take(64).collect()
    }
}

/// What people write where there is nothing to write.
fn is_blank(cell: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"n/a", b"na", b"none", b"unknown", b"null"];
    matches!(cell, b"-" | b"?") || (cell.len() <= 7 && WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word)))
}
