//! Cells: which records hold them, and how they are written.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::Form;
use super::formats::{built_in, shown};
use super::strings::{Shared, number};
use crate::extract::readers::book::date;
use crate::extract::readers::grid::Grid;
use crate::extract::readers::office::end_line;

/// Errors by their codes.
const ERRORS: [(u8, &str); 7] =
    [(0x00, "#NULL!"), (0x07, "#DIV/0!"), (0x0F, "#VALUE!"), (0x17, "#REF!"), (0x1D, "#NAME?"), (0x24, "#NUM!"), (0x2A, "#N/A")];
/// The day behind the last that Excel knows.
const LAST_DAY: f64 = 2_958_466.0;

/// The text of the sheets so far.
#[derive(Debug)]
pub(in crate::extract::readers) struct Cells {
    pub(in crate::extract::readers) out: String,
    /// For each style of a cell, the number of its format.
    pub(in crate::extract::readers) styles: Vec<u16>,
    pub(in crate::extract::readers) since_1904: bool,
    form: Form,
    formats: u16,
    /// The formats that write days or times.
    dates: HashSet<u16>,
    /// Formats of a file, which need not be the built-in ones of their number.
    own: HashMap<u16, String>,
    row: Option<u32>,
    /// The column of the cell that is being written, from 0.
    pub(in crate::extract::readers) column: u32,
    /// Takes the cells in place of `out` where their columns matter.
    pub(in crate::extract::readers) grid: Option<Grid>,
    /// A formula whose result, a text, comes in a record of its own: its row and column.
    waiting: Option<(u32, u32)>,
}

impl Cells {
    pub(in crate::extract::readers) fn new(form: Form) -> Self {
        let (out, styles) = (String::new(), Vec::new());
        let (dates, own) = (HashSet::new(), HashMap::new());
        Self { out, styles, since_1904: false, form, formats: 0, dates, own, row: None, column: 0, grid: None, waiting: None }
    }

    /// Notes how a format writes numbers.
    pub(in crate::extract::readers) fn format(&mut self, format: Option<u16>, text: &str) {
        let format = format.unwrap_or(self.formats);
        self.formats = self.formats.saturating_add(1);
        self.own.insert(format, text.to_owned());
        if writes_dates(text) {
            self.dates.insert(format);
        } else {
            self.dates.remove(&format);
        }
    }

    pub(in crate::extract::readers) fn begin(&mut self, name: &str) {
        (self.row, self.waiting) = (None, None);
        if let Some(grid) = &mut self.grid {
            return grid.begin(name);
        }
        end_line(&mut self.out);
        let _ = writeln!(self.out, "Sheet {}", crate::extract::writing::one_line(name));
    }

    /// Bytes of text so far.
    pub(in crate::extract::readers) fn taken(&self) -> usize {
        self.grid.as_ref().map_or(self.out.len(), Grid::taken)
    }

    /// A record, if it is one of cells.
    pub(super) fn record(&mut self, kind: u16, body: &[u8], shared: &Shared) {
        let Some(row) = number(body, 0).map(u32::from) else { return };
        self.column = number(body, 2).map(u32::from).unwrap_or_default();
        // Excel 2 has three bytes about the looks of a cell where the others have two.
        let (style, value) = match self.form {
            Form::Two => (body.get(5).map(|looks| u32::from(looks & 0x3F)), body.get(7..)),
            _ => (number(body, 4).map(u32::from), body.get(6..)),
        };
        let value = value.unwrap_or_default();
        match kind {
            0x00FD => {
                let place = value.first_chunk::<4>().map_or(u32::MAX, |four| u32::from_le_bytes(*four));
                self.put(row, shared.get(place as usize));
            }
            0x0002 => self.value(row, style, number(value, 0).map(f64::from).unwrap_or_default()),
            0x0003 | 0x0203 => self.number(row, style, value),
            0x027E => self.packed(row, style, value),
            0x00BD => {
                let all = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
                for one in all.as_chunks::<6>().0 {
                    self.packed(row, number(one, 0).map(u32::from), one.get(2..).unwrap_or_default());
                    self.column += 1;
                }
            }
            0x0005 | 0x0205 => self.logic(row, value.first().copied(), value.get(1).copied()),
            0x0006 | 0x0206 | 0x0406 => self.formula(row, style, value),
            _ => {}
        }
    }

    /// A text that stands in its cell.
    pub(super) fn label(&mut self, body: &[u8], text: &str) {
        if let (Some(row), Some(column)) = (number(body, 0), number(body, 2)) {
            self.column = u32::from(column);
            self.put(u32::from(row), text);
        }
    }

    /// The result of the formula before, a text.
    pub(super) fn result(&mut self, text: &str) {
        if let Some((row, column)) = self.waiting.take() {
            self.column = column;
            self.put(row, text);
        }
    }

    /// Writes a text into its row.
    pub(in crate::extract::readers) fn put(&mut self, row: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(grid) = &mut self.grid {
            return grid.put(row, self.column, text);
        }
        match self.row {
            Some(before) if before == row => self.out.push_str(" | "),
            Some(_) => self.out.push('\n'),
            None => {}
        }
        self.row = Some(row);
        if memchr::memchr3(b'\n', b'\r', 0, text.as_bytes()).is_none() {
            return self.out.push_str(text);
        }
        for (number, line) in text.split(['\n', '\r', '\0']).filter(|line| !line.is_empty()).enumerate() {
            self.out.extend([if number > 0 { " " } else { "" }, line]);
        }
    }

    /// Writes a truth or an error.
    pub(in crate::extract::readers) fn logic(&mut self, row: u32, value: Option<u8>, is_error: Option<u8>) {
        let Some(value) = value else { return };
        if is_error == Some(1) {
            let error = ERRORS.iter().find(|(code, _)| *code == value).map_or("#N/A", |(_, error)| *error);
            self.put(row, error);
        } else {
            self.put(row, if value == 0 { "false" } else { "true" });
        }
    }

    fn formula(&mut self, row: u32, style: Option<u32>, value: &[u8]) {
        match value.first_chunk::<8>() {
            Some([0, .., 0xFF, 0xFF]) => self.waiting = Some((row, self.column)),
            Some([1, _, truth, .., 0xFF, 0xFF]) => self.logic(row, Some(*truth), None),
            Some([2, _, error, .., 0xFF, 0xFF]) => self.logic(row, Some(*error), Some(1)),
            Some([.., 0xFF, 0xFF]) => {}
            _ => self.number(row, style, value),
        }
    }

    /// Writes a number of eight bytes.
    pub(in crate::extract::readers) fn number(&mut self, row: u32, style: Option<u32>, value: &[u8]) {
        if let Some(eight) = value.first_chunk::<8>() {
            self.value(row, style, f64::from_le_bytes(*eight));
        }
    }

    /// A number in four bytes: the upper half of a long one, or a whole one, or a hundredth of either.
    pub(in crate::extract::readers) fn packed(&mut self, row: u32, style: Option<u32>, value: &[u8]) {
        let Some(four) = value.first_chunk::<4>() else { return };
        let bits = u32::from_le_bytes(*four);
        let plain = if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
        self.value(row, style, if bits & 1 != 0 { plain / 100.0 } else { plain });
    }

    /// Writes a number as its style shows it.
    pub(in crate::extract::readers) fn value(&mut self, row: u32, style: Option<u32>, value: f64) {
        let style = style.unwrap_or_default();
        let format = if self.form == Form::Two { Some(style as u16) } else { self.styles.get(style as usize).copied() };
        let format = format.unwrap_or_default();
        let mut text = String::new();
        let written = if self.is_date(format) && (0.0..LAST_DAY).contains(&value) {
            date(&mut text, &ExcelDateTime::new(value, ExcelDateTimeType::DateTime, self.since_1904))
        } else {
            let code = self.own.get(&format).map_or(if self.form >= Form::Five { built_in(format) } else { "" }, String::as_str);
            match shown(value, code) {
                Some(shown) => write!(text, "{shown}"),
                None => write!(text, "{value}"),
            }
        };
        if written.is_ok() {
            self.put(row, &text);
        }
    }

    fn is_date(&self, format: u16) -> bool {
        let built_in = matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58) && self.form >= Form::Five;
        self.dates.contains(&format) || (built_in && !self.own.contains_key(&format))
    }
}

/// Whether a format writes a day or a time.
fn writes_dates(text: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    // `[h]` counts hours beyond a day.
    let counts = ["[h", "[H", "[m]", "[mm]", "[s"].iter().any(|mark| text.contains(mark));
    if counts || text.eq_ignore_ascii_case("general") {
        return false;
    }
    for sign in text.chars() {
        match sign {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed || quoted => {}
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            '0' | '#' | '?' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::writes_dates;

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers() {
        for format in ["dd/mm/yyyy", "[$-809]d mmmm yyyy;@", "h:mm", "yyyy\\-mm", "\"am \"d/m", "mmm"] {
            assert!(writes_dates(format), "{format}");
        }
        for format in ["General", "0.00", "#,##0;[Red]-#,##0", "\"days\" 0", "@", "_-£* #,##0", "00\\d", "[h]:mm:ss", "0 \"min\""] {
            assert!(!writes_dates(format), "{format}");
        }
    }
}
