//! Web pages and the HTML bodies of mail.

use std::fmt::Write as _;

use super::{Sheet, cells, escape};

/// Paragraphs and tables as HTML.
pub fn fragment(lines: &[String]) -> String {
    let mut out = String::new();
    let mut in_table = false;
    for line in lines {
        let row = cells(line);
        if row.is_some() != in_table {
            in_table = row.is_some();
            out.push_str(if in_table { "<table>\n" } else { "</table>\n" });
        }
        match row {
            Some(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
                let cells = cells.concat();
                let _ = writeln!(out, "<tr>{cells}</tr>");
            }
            None => {
                let _ = writeln!(out, "<p>{}</p>", escape(line));
            }
        }
    }
    if in_table {
        out.push_str("</table>\n");
    }
    out
}

/// A whole page.
pub fn page(sheet: &Sheet) -> Vec<u8> {
    let title = escape(&sheet.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><title>{title}</title><meta name=\"author\" content=\"{}\"></head>\n<body>\n<h1>{title}</h1>\n{}</body>\n</html>\n",
        escape(&sheet.author),
        fragment(&sheet.lines)
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_open_and_close() {
        let page = String::from_utf8(page(&Sheet::new("A & B", "", "", "x\na | b\nc | d"))).unwrap();
        assert!(page.contains("<title>A &amp; B</title>"));
        assert_eq!((page.matches("<table>").count(), page.matches("</table>").count()), (1, 1));
    }
}
