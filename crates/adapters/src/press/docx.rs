//! A letter as a word processor document (DOCX) for editing by hand: real headings, lists and
//! tables, the language set, nothing that runs. Every text travels as escaped character data.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use domain::letters::{Block, Letter};
use services::ports::Failure;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The words on every page of a letter that has not gone out.
const DRAFT: &str = "DRAFT – this letter has not been sent";

const TYPES: &str = include_str!("docx/content_types.xml");
const RELS: &str = include_str!("docx/rels.xml");
const DOCUMENT_RELS: &str = include_str!("docx/document_rels.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Writes the letter as a draft. The same letter always gives the same bytes.
pub(super) fn draft(letter: &Letter) -> Result<Vec<u8>, Failure> {
    let header = format!("{HEAD}<w:hdr {SPACE}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{}</w:p></w:hdr>", run(DRAFT));
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("docProps/core.xml", properties(letter)),
        ("word/document.xml", document(letter)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/numbering.xml", NUMBERING.to_owned()),
        ("word/settings.xml", SETTINGS.to_owned()),
        ("word/header1.xml", header),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let fault = |error| Failure::because("writing a word processor document", error);
    for (name, text) in parts {
        archive.start_file(name, options).map_err(|error| fault(Box::<dyn std::error::Error + Send + Sync>::from(error)))?;
        archive.write_all(text.as_bytes()).map_err(|error| fault(error.into()))?;
    }
    Ok(archive.finish().map_err(|error| fault(error.into()))?.into_inner())
}

/// Title and language, as its properties; no author, no date of the machine.
fn properties(letter: &Letter) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{} (draft)</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(&letter.title)
    )
}

fn document(letter: &Letter) -> String {
    let mut xml =
        format!("{HEAD}<w:document {SPACE} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>");
    for line in &letter.sender {
        paragraph(&mut xml, "Sender", line);
    }
    for line in &letter.addressee {
        paragraph(&mut xml, "Address", line);
    }
    paragraph(&mut xml, "Reference", &format!("Our reference: {}", letter.reference));
    paragraph(&mut xml, "Reference", &letter.date);
    paragraph(&mut xml, "", &letter.salutation);
    paragraph(&mut xml, "Heading1", &letter.title);
    for block in &letter.blocks {
        self::block(&mut xml, block);
    }
    paragraph(&mut xml, "Closing", &letter.closing);
    for line in &letter.signatory {
        paragraph(&mut xml, "Address", line);
    }
    xml.push_str(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
    );
    xml
}

fn block(xml: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => paragraph(xml, "Heading2", text),
        Block::Paragraph(text) => paragraph(xml, "", text),
        Block::Bullets(items) => items.iter().for_each(|item| paragraph(xml, "ListBullet", item)),
        Block::Terms(rows) if rows.is_empty() => {}
        Block::Terms(rows) => table(xml, rows),
    }
}

fn table(xml: &mut String, rows: &[(String, String)]) {
    xml.push_str(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Terms\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
         <w:tblLook w:val=\"0080\" w:firstRow=\"0\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"2700\"/><w:gridCol w:w=\"6370\"/></w:tblGrid>",
    );
    for (term, text) in rows {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"2700\" w:type=\"dxa\"/></w:tcPr>");
        paragraph(xml, "Term", term);
        xml.push_str("</w:tc><w:tc><w:tcPr><w:tcW w:w=\"6370\" w:type=\"dxa\"/></w:tcPr>");
        paragraph(xml, "", text);
        xml.push_str("</w:tc></w:tr>");
    }
    // A table must not touch the next one, or they become one.
    xml.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>");
}

fn paragraph(xml: &mut String, style: &str, text: &str) {
    xml.push_str("<w:p>");
    if !style.is_empty() {
        let _ = write!(xml, "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    }
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            xml.push_str("<w:r><w:br/></w:r>");
        }
        xml.push_str(&run(line));
    }
    xml.push_str("</w:p>");
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// Text as XML character data; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use domain::letters::{from_read, from_text, to_text};
    use services::ports::Extractor;

    use super::super::samples::a_letter;
    use super::*;
    use crate::extract::InProcess;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn read(bytes: &[u8]) -> String {
        let read = InProcess::default().extract("letter.docx", bytes).unwrap();
        assert!(read.unreadable.is_empty(), "{:?}", read.unreadable);
        read.documents[0].text.clone()
    }

    #[test]
    fn the_draft_is_read_back_whole_by_our_own_reader() {
        let letter = a_letter();
        let text = read(&draft(&letter).unwrap());
        for wanted in ["Amelia Hart", "Our reference: SAR-2026-0001", "22 November 2026", "Dear Amelia Hart", "Yours sincerely", DRAFT] {
            assert!(text.contains(wanted), "{wanted} not in {text}");
        }
        assert_eq!(from_read(&text, &letter).unwrap(), letter.blocks, "{text}");
    }

    #[test]
    fn an_edited_draft_gives_the_edited_letter() {
        let mut letter = a_letter();
        letter.blocks = from_text(&to_text(&letter.blocks).replace("It is enclosed", "It comes with this letter"));
        let text = read(&draft(&letter).unwrap());
        let blocks = from_read(&text, &a_letter()).unwrap();
        assert_eq!(blocks, letter.blocks);
    }

    #[test]
    fn headings_lists_tables_and_the_language_are_real_and_nothing_runs() {
        let bytes = draft(&a_letter()).unwrap();
        let document = part(&bytes, "word/document.xml");
        for wanted in ["w:val=\"Heading1\"", "w:val=\"Heading2\"", "w:val=\"ListBullet\"", "<w:tbl>", "w:firstColumn=\"1\""] {
            assert!(document.contains(wanted), "{wanted}");
        }
        assert!(part(&bytes, "word/styles.xml").contains("w:lang w:val=\"en-GB\""));
        assert!(part(&bytes, "word/header1.xml").contains(DRAFT));
        let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert!(archive.file_names().all(|name| !name.contains("vba") && !name.contains("embed") && !name.contains("activeX")));
        assert_eq!(bytes, draft(&a_letter()).unwrap(), "the same letter, the same bytes");
    }

    #[test]
    fn a_text_cannot_become_markup() {
        let mut letter = a_letter();
        letter.blocks = vec![Block::Paragraph("</w:t><w:object/>&amp; \u{1}\u{b}\"quoted\" 1 < 2".to_owned())];
        let bytes = draft(&letter).unwrap();
        assert!(!part(&bytes, "word/document.xml").contains("<w:object"));
        assert!(read(&bytes).contains("</w:t><w:object/>&amp; \"quoted\" 1 < 2"));
    }
}
