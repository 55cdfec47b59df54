//! Rows that somebody can take elsewhere, read from text and written as CSV and JSON (Article 20).

use serde_json::{Map, Value};

use crate::{Refusal, RefusalCode};

/// A table: names of columns, and rows of as many values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns, none twice.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Reads a table from CSV text (RFC 4180) whose first line has the names of the columns. A line
/// with tabs and no commas in its head is read with tabs, as copied from a spreadsheet.
///
/// # Errors
/// `FORM-001` without columns or rows, with a column twice, or a row of another length.
pub fn read_table(text: &str) -> Result<Table, Refusal> {
    let refuse = |what: String| Err(Refusal::new(RefusalCode::ValueInvalid, what));
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.contains('\t') && !head.contains(',') { '\t' } else { ',' };
    let mut lines = split(text, separator).into_iter().filter(|line| line.iter().any(|value| !value.trim().is_empty()));
    let Some(columns) = lines.next() else { return refuse("There is nothing in it.".to_owned()) };
    let columns: Vec<String> = columns.into_iter().map(|name| name.trim().to_owned()).collect();
    for (at, name) in columns.iter().enumerate() {
        if name.is_empty() || columns.iter().take(at).any(|earlier| earlier == name) {
            return refuse(format!("Column {} has no name of its own.", at + 1));
        }
    }
    let rows: Vec<Vec<String>> = lines.collect();
    if rows.is_empty() {
        return refuse("There is no row below the names of the columns.".to_owned());
    }
    if let Some(at) = rows.iter().position(|row| row.len() != columns.len()) {
        return refuse(format!("Row {} does not have {} values.", at + 1, columns.len()));
    }
    Ok(Table { columns, rows })
}

fn split(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut value, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                value.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if value.trim().is_empty() => {
                value.clear();
                quoted = true;
            }
            '\r' if !quoted => {}
            '\n' if !quoted => {
                line.push(std::mem::take(&mut value));
                lines.push(std::mem::take(&mut line));
            }
            letter if letter == separator && !quoted => line.push(std::mem::take(&mut value)),
            letter => value.push(letter),
        }
    }
    if !value.is_empty() || !line.is_empty() {
        line.push(value);
        lines.push(line);
    }
    lines
}

impl Table {
    /// As CSV (RFC 4180), with a first line of names.
    pub fn csv(&self) -> String {
        let line = |values: &Vec<String>| values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(",") + "\r\n";
        std::iter::once(&self.columns).chain(&self.rows).map(line).collect()
    }

    /// As JSON: a list of objects.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<String>| {
            Value::Object(self.columns.iter().cloned().zip(row.iter().cloned().map(Value::String)).collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r', '\t']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_table_is_read_from_csv_or_from_a_spreadsheet() {
        let table = read_table("course,passed\r\n\"First aid, level 2\",\"said \"\"yes\"\"\"\n").unwrap();
        assert_eq!(table.rows, [["First aid, level 2", "said \"yes\""]]);
        assert_eq!(read_table("a\tb\n1\t2").unwrap().rows, [["1", "2"]]);
        for wrong in ["", "a,b", "a,a\n1,2", "a,\n1,2", "a,b\n1"] {
            assert_eq!(read_table(wrong).unwrap_err().code, RefusalCode::ValueInvalid, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(rows in prop::collection::vec(prop::collection::vec("[ -~\n]{1,12}", 3), 1..6)) {
            let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.into_iter().map(|value| format!("x{value}")).collect()).collect();
            let table = Table { columns: vec!["a".into(), "b".into(), "c".into()], rows };
            prop_assert_eq!(read_table(&table.csv()).unwrap(), table.clone());
            prop_assert_eq!(table.json().as_array().map(Vec::len), Some(table.rows.len()));
        }
    }
}
