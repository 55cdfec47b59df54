//! In which column of a table a mention stands, where the document says what its columns are called.

use crate::document::{Document, DocumentKind, Part, PartKind};
use crate::identity::Hit;

/// Between two cells of a line.
const BETWEEN: &str = " | ";
/// Bytes of a row before and behind a cell in it: of a longer one no column is said.
const ROW: usize = 20_000;
/// Letters of a name of a column or a table that are said.
const LONGEST: usize = 60;

/// Puts the column into the reason of each mention that stands in one.
pub(super) fn say(doc: &Document, hits: &mut [Hit]) {
    let headings: Vec<&Part> = doc.parts.iter().filter(|part| part.kind == PartKind::Heading).collect();
    if headings.is_empty() {
        return;
    }
    for hit in hits.iter_mut().filter(|hit| hit.end > hit.start) {
        let column = if doc.kind == DocumentKind::Sheet {
            headings.first().and_then(|heading| of_line(&doc.text, heading, hit.start))
        } else {
            // The names stand before what they are names of.
            let before = headings.partition_point(|heading| heading.end <= hit.start).checked_sub(1);
            before.and_then(|place| headings.get(place)).and_then(|heading| doc.text.get(heading.start..heading.end))
        };
        if let Some(column) = column.map(said).filter(|column| !column.is_empty()) {
            hit.reason = format!("{} (in the column {column} of {})", hit.reason, said(&doc.title));
        }
    }
}

/// A name in one line, cut where it is long.
fn said(name: &str) -> String {
    name.split_whitespace().flat_map(|word| [" ", word]).collect::<String>().trim().chars().take(LONGEST).collect()
}

/// The column of a place in a row of a table whose names stand in a line of their own. `None` when the row has not as many cells
/// as there are names.
fn of_line<'t>(text: &'t str, heading: &Part, at: usize) -> Option<&'t str> {
    let names = text.get(heading.start..heading.end)?.trim_end_matches('\n');
    let begin = heading.end.max(text.ceil_char_boundary(at.saturating_sub(ROW)));
    let stop = text.floor_char_boundary(at + ROW);
    let head = text.get(begin..at)?;
    let before = head.rsplit('\n').next().unwrap_or_default();
    let line = text.get(at - before.len()..stop)?.split('\n').next().unwrap_or_default();
    // A piece of a longer row would have the cells of a shorter one.
    let cut_before = before.len() == head.len() && begin > heading.end;
    let cut_behind = at - before.len() + line.len() == stop && stop < text.len();
    if cut_before || cut_behind {
        return None;
    }
    let same = line.matches(BETWEEN).count() == names.matches(BETWEEN).count();
    same.then(|| names.split(BETWEEN).nth(before.matches(BETWEEN).count()))?
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, DocumentKind, Part, PartKind};
    use crate::identity::{Identity, Matcher};

    fn found(kind: DocumentKind, pieces: &[(PartKind, &str)]) -> Vec<(String, String)> {
        let mut doc = Document::of(kind, "Contact", "");
        doc.parts.clear();
        for (kind, piece) in pieces {
            let start = doc.text.len();
            doc.text.push_str(piece);
            doc.parts.push(Part { kind: *kind, start, end: doc.text.len() });
        }
        let person = Identity { names: vec!["Amelia Hart".into()], emails: vec!["amelia@example.org".into()], ..Identity::default() };
        let hits = Matcher::new(&person).unwrap().find(&doc);
        hits.into_iter().map(|hit| (doc.text[hit.start..hit.end].to_owned(), hit.reason)).collect()
    }

    fn pair(text: &str, reason: &str) -> (String, String) {
        (text.to_owned(), reason.to_owned())
    }

    #[test]
    fn a_value_behind_its_name_is_in_that_column() {
        use PartKind::{Body, Heading};
        let pieces = [
            (Body, "Name ("),
            (Heading, "First name, Last\n name"),
            (Body, "): Amelia Hart\nE-mail ("),
            (Heading, "Email"),
            (Body, "): amelia@example.org\n"),
        ];
        let of_names = "full name (in the column First name, Last name of Contact)";
        let expected = [pair("Amelia Hart", of_names), pair("amelia@example.org", "e-mail address (in the column Email of Contact)")];
        assert_eq!(found(DocumentKind::Text, &pieces), expected);
    }

    #[test]
    fn a_cell_below_its_name_is_in_that_column_where_the_row_is_whole() {
        use PartKind::{Body, Heading};
        let rows = "1 |  | amelia@example.org | \n2 | amelia@example.org | x | y | z\n3 | x | y\namelia@example.org";
        let found = found(DocumentKind::Sheet, &[(Body, "Sheet people\n"), (Heading, "id | name | mail | note\n"), (Body, rows)]);
        let reasons: Vec<&str> = found.iter().map(|(_, reason)| reason.as_str()).collect();
        assert_eq!(reasons, ["e-mail address (in the column mail of Contact)", "e-mail address", "e-mail address"]);
    }

    /// A row is read from its beginning to its end or not at all: what is left of a cut one may have as many cells as there are names.
    #[test]
    fn of_a_cell_in_a_very_long_row_no_column_is_said() {
        use PartKind::{Body, Heading};
        for filler in ["x | ", "x ", "é", "xx"] {
            let long = filler.repeat(30_000);
            for row in [format!("{long} | amelia@example.org | y\n"), format!("y | amelia@example.org | {long}\n")] {
                let found = found(DocumentKind::Sheet, &[(Heading, "id | name | mail\n"), (Body, &row)]);
                let reasons: Vec<&str> = found.iter().map(|(_, reason)| reason.as_str()).collect();
                assert_eq!(reasons, ["e-mail address"], "{filler}");
            }
        }
        let row = format!("y | amelia@example.org | {}", "x".repeat(19_000));
        let found = found(DocumentKind::Sheet, &[(Heading, "id | name | mail\n"), (Body, &row)]);
        assert_eq!(found[0].1, "e-mail address (in the column name of Contact)");
    }

    #[test]
    fn where_no_column_has_a_name_none_is_said() {
        let found = found(DocumentKind::Sheet, &[(PartKind::Body, "Amelia Hart | amelia@example.org\n")]);
        assert!(found.iter().all(|(_, reason)| !reason.contains("column")), "{found:?}");
    }
}
