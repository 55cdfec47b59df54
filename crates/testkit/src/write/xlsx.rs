//! A minimal spreadsheet: one sheet, shared strings, numbers as numbers.

use std::fmt::Write as _;

use super::docx::core_properties;
use super::{Sheet, escape, zip::zip};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The spreadsheet as a file. Every line of the sheet is a row; its title names the worksheet.
pub fn xlsx(sheet: &Sheet) -> Vec<u8> {
    let (rows, strings) = rows(sheet);
    let name: String = sheet.title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    let book = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        escape(&name)
    );
    zip(&[
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.to_owned()),
        ("xl/worksheets/sheet1.xml", rows),
        ("xl/sharedStrings.xml", strings),
        ("docProps/core.xml", core_properties(sheet)),
    ])
}

fn rows(sheet: &Sheet) -> (String, String) {
    let mut rows = String::new();
    let mut strings = String::new();
    let mut count = 0;
    for (y, line) in sheet.lines.iter().enumerate() {
        let _ = write!(rows, r#"<row r="{}">"#, y + 1);
        for (x, cell) in line.split(" | ").map(str::trim).enumerate() {
            let at = format!("{}{}", column(x), y + 1);
            if is_number(cell) {
                let _ = write!(rows, r#"<c r="{at}"><v>{cell}</v></c>"#);
            } else {
                let _ = write!(rows, r#"<c r="{at}" t="s"><v>{count}</v></c>"#);
                let _ = write!(strings, r#"<si><t xml:space="preserve">{}</t></si>"#, escape(cell));
                count += 1;
            }
        }
        rows.push_str("</row>");
    }
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    (
        format!(r#"{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#),
        format!(r#"{head}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{strings}</sst>"#),
    )
}

/// `0` is `A`, `26` is `AA`.
fn column(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", column(index / 26 - 1)) }
}

/// Telephone numbers and references keep their leading zero, so they stay text.
fn is_number(cell: &str) -> bool {
    !cell.is_empty()
        && cell.len() < 10
        && (cell == "0" || !cell.starts_with('0'))
        && cell.parse::<f64>().is_ok()
        && !cell.contains(['e', 'E', 'n', 'N', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_numbers() {
        assert_eq!((column(0), column(25), column(26)), ("A".into(), "Z".into(), "AA".into()));
        assert!(is_number("12.50") && !is_number("07700900111") && !is_number("12 May") && !is_number("inf"));
    }

    #[test]
    fn the_archive_has_the_parts_a_reader_needs() {
        let book = xlsx(&Sheet::new("Register", "", "", "Name | Age\nJo & Co | 17"));
        let archive = ::zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"] {
            assert!(archive.index_for_name(part).is_some(), "{part}");
        }
    }
}
