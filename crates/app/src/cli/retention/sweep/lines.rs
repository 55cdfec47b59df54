//! Writing the answers: a line a row, from pieces that were written once.

use std::io::{self, Write};

use domain::retention::{Day, Outcome, Schedule, State};

use super::Printing;
use super::bad::Bad;
use super::row::Answer;

/// Bytes gathered before they are written.
const FULL: usize = 1 << 18;

/// Lines on their way out.
pub(super) struct Lines<'a> {
    schedule: &'a Schedule,
    printing: Printing,
    buffer: Vec<u8>,
    /// The classes and texts as JSON strings, quotes included.
    classes: Vec<Vec<u8>>,
    texts: Vec<Vec<u8>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(schedule: &'a Schedule, printing: Printing) -> Self {
        Self {
            schedule,
            printing,
            buffer: Vec::with_capacity(FULL + (1 << 16)),
            classes: schedule.classes().map(json).collect(),
            texts: schedule.texts().map(json).collect(),
        }
    }

    /// Writes out what has gathered, once it is enough.
    pub(super) fn flush_when_full(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.buffer.len() < FULL { Ok(()) } else { self.flush(out) }
    }

    /// Writes out what has gathered.
    pub(super) fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    /// The line of a row.
    pub(super) fn answer(&mut self, row: u64, answer: &Answer) {
        if !self.printing.json {
            return self.for_a_person(row, answer);
        }
        let outcome = &answer.outcome;
        self.put(b"{\"row\":");
        self.number(row);
        self.put(b",\"class\":");
        self.class(answer.class.index());
        self.result(outcome);
        if let Some(earliest) = outcome.earliest.filter(|earliest| Some(*earliest) != outcome.due) {
            self.put(b",\"earliest\":");
            self.day(earliest);
        }
        if let Some(missing) = outcome.missing {
            self.put(b",\"missing\":\"");
            let column = self.schedule.column(missing);
            self.buffer.extend_from_slice(column.as_bytes());
            self.put(b"\"");
        }
        if outcome.class != answer.class {
            self.put(b",\"decided_by\":");
            self.class(outcome.class.index());
        }
        self.alert(outcome);
        self.fields(answer);
        self.put(b"}\n");
    }

    /// The line of a row that cannot be evaluated.
    pub(super) fn bad(&mut self, row: u64, bad: &Bad) {
        let reason = bad.reason();
        if self.printing.json {
            self.put(b"{\"row\":");
            self.number(row);
            self.put(b",\"class\":");
            self.buffer.extend(json(&bad.class));
            self.put(b",\"due\":null,\"state\":\"error\",\"reason\":");
            self.buffer.extend(json(&reason));
            self.put(b"}\n");
        } else {
            let line = format!("row {row:<8} {:<10}  {:<12}  {}: {reason}\n", "-", State::Error.name(), bad.class);
            self.put(line.as_bytes());
        }
    }

    fn result(&mut self, outcome: &Outcome) {
        match outcome.due {
            Some(due) => {
                self.put(b",\"due\":");
                self.day(due);
            }
            None => self.put(b",\"due\":null"),
        }
        self.put(b",\"state\":\"");
        self.put(outcome.state.name().as_bytes());
        self.put(b"\",\"reason\":");
        self.text(outcome.reason);
    }

    fn alert(&mut self, outcome: &Outcome) {
        let Some(alert) = outcome.alert else { return };
        self.put(b",\"alert\":");
        self.text(alert);
        if let Some(day) = outcome.alert_day {
            self.put(b",\"alert_date\":");
            self.day(day);
        }
    }

    fn fields(&mut self, answer: &Answer) {
        for (at, (name, outcome)) in answer.fields.iter().enumerate() {
            self.put(if at == 0 { b",\"fields\":[{\"field\":" } else { b",{\"field\":" });
            self.buffer.extend(json(name));
            self.put(b",\"class\":");
            self.class(outcome.class.index());
            self.result(outcome);
            self.put(b"}");
        }
        if !answer.fields.is_empty() {
            self.put(b"]");
        }
    }

    fn for_a_person(&mut self, row: u64, answer: &Answer) {
        let outcome = &answer.outcome;
        let due = outcome.due.map_or_else(|| "-".to_owned(), |day| day.date().to_string());
        let class = self.schedule.id(answer.class);
        let held = if outcome.state == State::Held { "a hold stops it; " } else { "" };
        let mut line =
            format!("row {row:<8} {due:<10}  {:<12}  {class}: {held}{}", outcome.state.name(), self.schedule.text(outcome.reason));
        if let Some(alert) = outcome.alert {
            line = line + ". " + self.schedule.text(alert);
        }
        line.push('\n');
        self.put(line.as_bytes());
    }

    fn put(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    fn class(&mut self, place: usize) {
        if let Some(class) = self.classes.get(place) {
            self.buffer.extend_from_slice(class);
        }
    }

    fn text(&mut self, place: usize) {
        match self.texts.get(place) {
            Some(text) => self.buffer.extend_from_slice(text),
            None => self.put(b"\"\""),
        }
    }

    fn day(&mut self, day: Day) {
        self.put(b"\"");
        self.put(&day.write_iso());
        self.put(b"\"");
    }

    fn number(&mut self, number: u64) {
        let (mut digits, mut at, mut rest) = ([b'0'; 20], 20_usize, number);
        while let Some(place) = at.checked_sub(1) {
            at = place;
            if let Some(digit) = digits.get_mut(at) {
                *digit = b'0' + (rest % 10) as u8;
            }
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.put(digits.get(at..).unwrap_or_default());
    }
}

fn json(text: &str) -> Vec<u8> {
    serde_json::to_vec(text).unwrap_or_default()
}
