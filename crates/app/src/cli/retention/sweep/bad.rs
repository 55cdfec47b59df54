//! A row that cannot be evaluated: what is wrong, and what to do.

use std::io::{self, Write};

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bad {
    /// The class as it is written, as far as it is known.
    pub(super) class: String,
    /// What is wrong. Never the content of a cell other than the class.
    pub(super) what: String,
    /// What to do.
    pub(super) remedy: String,
}

impl Bad {
    /// What and what to do, as one reason.
    pub(super) fn reason(&self) -> String {
        format!("{} {}", self.what, self.remedy)
    }

    /// Writes a line of the file of bad rows.
    pub(super) fn write(&self, out: &mut dyn Write, row: u64, line: u64) -> io::Result<()> {
        record(out, &[&row.to_string(), &line.to_string(), &self.what, &self.remedy])
    }
}

/// The first line of the file of bad rows.
pub(super) fn head(out: &mut dyn Write) -> io::Result<()> {
    record(out, &["row", "line", "what", "what to do"])
}

fn record(out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}
