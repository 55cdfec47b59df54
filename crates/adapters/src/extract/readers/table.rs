//! Tables as text with a separator (CSV, TSV): a line a row, `a | b | c`.

use finder::document::{DocumentKind, PartKind};

use crate::extract::pages::undeclared;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Writing, push_plain};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let text = undeclared(item.bytes);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(&text)).from_reader(text.as_bytes());
    let mut writing = Writing::sized(text.len() + text.len() / 4);
    writing.part(PartKind::Body, |out| {
        let mut row = csv::StringRecord::new();
        while rows.read_record(&mut row).unwrap_or(false) {
            push_row(out, row.iter());
        }
    });
    taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
    Ok(())
}

/// Writes a row. Line breaks inside a cell become spaces, so that a row stays a line.
pub(super) fn push_row<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.push_str(" | ");
        }
        if cell.contains(['\n', '\r', '\0']) {
            push_plain(out, &cell.replace(['\n', '\r'], " "));
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}

/// The separator that is most frequent in the first lines, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(8 << 10) {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

#[cfg(test)]
mod tests {
    use super::separator;
    use crate::extract::inprocess::taken;

    #[test]
    fn rows_are_lines_whatever_the_separator() {
        for (csv, expected) in [
            ("name,note\n\"Example, Ada\",\"two\nlines\"\n", "name | note\nExample, Ada | two lines\n"),
            ("name;born\nAda;1985-04-12\n", "name | born\nAda | 1985-04-12\n"),
            ("a\tb\n", "a | b\n"),
        ] {
            assert_eq!(taken("x.csv", csv.as_bytes()).documents[0].text, expected);
        }
        assert_eq!(separator("plain"), b',');
    }
}
