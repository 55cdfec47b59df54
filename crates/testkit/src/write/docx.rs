//! A minimal word processor document: paragraphs, tables, a page header and properties.

use std::fmt::Write as _;

use super::{Sheet, cells, escape, zip::zip};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

/// The document as a file.
pub fn docx(sheet: &Sheet) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("word/document.xml", body(sheet)),
        ("docProps/core.xml", core_properties(sheet)),
    ])
}

/// The properties part that the office formats share.
pub(super) fn core_properties(sheet: &Sheet) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{}</dcterms:created></cp:coreProperties>"#,
        escape(&sheet.title),
        escape(&sheet.author),
        escape(&sheet.created)
    )
}

fn body(sheet: &Sheet) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
    );
    let _ = write!(xml, r#"<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>{}</w:r></w:p>"#, run(&sheet.title));
    let mut in_table = false;
    for line in &sheet.lines {
        let row = cells(line);
        if row.is_some() != in_table {
            in_table = row.is_some();
            xml.push_str(if in_table { r#"<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/>"# } else { "</w:tbl>" });
        }
        match row {
            Some(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc><w:p><w:r>{}</w:r></w:p></w:tc>", run(cell))).collect();
                let cells = cells.concat();
                let _ = write!(xml, "<w:tr>{cells}</w:tr>");
            }
            None => {
                let _ = write!(xml, "<w:p>{}</w:p>", split_runs(line));
            }
        }
    }
    if in_table {
        xml.push_str("</w:tbl>");
    }
    xml.push_str(r#"<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#);
    xml
}

fn run(text: &str) -> String {
    format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(text))
}

/// Word processors cut a paragraph into runs anywhere, also within a name: readers must join them without a space.
fn split_runs(line: &str) -> String {
    let cut = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
    let (left, right) = line.split_at(cut);
    format!("<w:r>{}</w:r><w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr>{}</w:r>", run(left), run(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_text_is_in_the_document_part_and_escaped() {
        let sheet = Sheet::new("Notes", "Maya", "2024-01-02T03:04:05Z", "Tea & cake\nName | Born\nJo | 2001\nEnd");
        let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(docx(&sheet))).unwrap();
        let mut xml = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
        assert!(xml.contains("Tea &amp;") && !xml.contains("Tea &<"));
        assert_eq!(xml.matches("<w:tbl>").count(), 1);
        assert_eq!(xml.matches("</w:tbl>").count(), 1);
        assert_eq!(xml.matches("<w:tr>").count(), 2);
    }
}
