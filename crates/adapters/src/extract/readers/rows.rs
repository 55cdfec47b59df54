//! Rows of tables as a source of ours hands them over, which knows what the columns are called. No file of another program looks so.

use finder::document::{DocumentKind, PartKind};

use super::table::push_row;
use crate::extract::charset::lenient;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Writing, push_plain};

/// Begins one row: the name of its table in a line, then text in which each name of a column stands between two marks.
pub(crate) const ROW: &[u8] = b"\x1E\x1Fprobity row\x1F";
/// Begins some rows: the name of their table in a line, then CSV with the names of the columns first.
pub(crate) const ROWS: &[u8] = b"\x1E\x1Fprobity rows\x1F";
/// Stands before and behind the name of a column.
pub(crate) const MARK: char = '\x1F';

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let several = item.bytes.strip_prefix(ROWS);
    let bytes = several.or_else(|| item.bytes.strip_prefix(ROW)).ok_or("is damaged or cut off")?;
    let text = lenient(bytes);
    let (table, text) = text.split_once('\n').unwrap_or((&text, ""));
    let mut writing = Writing::sized(text.len() + text.len() / 4);
    let kind = if several.is_some() {
        rows(text, &mut writing);
        DocumentKind::Sheet
    } else {
        for (number, piece) in text.split(MARK).enumerate() {
            let kind = if number % 2 == 1 { PartKind::Heading } else { PartKind::Body };
            writing.part(kind, |out| push_plain(out, piece));
        }
        DocumentKind::Text
    };
    taking.document(About { kind, title: crate::extract::writing::one_line(table), date: None }, item, writing);
    Ok(())
}

fn rows(text: &str, writing: &mut Writing) {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    if rows.read_record(&mut row).unwrap_or(false) {
        writing.part(PartKind::Heading, |out| push_row(out, row.iter()));
    }
    writing.part(PartKind::Body, |out| {
        while rows.read_record(&mut row).unwrap_or(false) {
            push_row(out, row.iter());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::inprocess::taken;

    fn read(head: &[u8], rest: &str) -> (DocumentKind, String, Vec<(PartKind, String)>) {
        let found = taken("x.txt", &[head, rest.as_bytes()].concat());
        assert!(found.unreadable.is_empty(), "{found:?}");
        let one = &found.documents[0];
        let parts = one.parts.iter().map(|part| (part.kind, one.text[part.start..part.end].to_owned())).collect();
        (one.kind, one.title.clone(), parts)
    }

    #[test]
    fn a_row_says_what_its_columns_are_called() {
        let (kind, title, parts) = read(ROW, "Task\n\x1FFrom\x1F: a\n\x1FSubject\x1F: b\n\x1FCut");
        assert_eq!((kind, title.as_str()), (DocumentKind::Text, "Task"));
        let part = |kind, text: &str| (kind, text.to_owned());
        use PartKind::{Body, Heading};
        let expected = [part(Heading, "From"), part(Body, ": a\n"), part(Heading, "Subject"), part(Body, ": b\n"), part(Heading, "Cut")];
        assert_eq!(parts, expected);
    }

    #[test]
    fn rows_of_a_table_stand_below_the_names() {
        let (kind, title, parts) = read(ROWS, "public.people\nid,note\n1,\"two\nlines\"\n2,\n");
        assert_eq!((kind, title.as_str()), (DocumentKind::Sheet, "public.people"));
        let part = |kind, text: &str| (kind, text.to_owned());
        assert_eq!(parts, [part(PartKind::Heading, "id | note\n"), part(PartKind::Body, "1 | two lines\n2 | \n")]);
    }
}
