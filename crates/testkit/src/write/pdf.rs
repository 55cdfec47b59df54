//! A minimal PDF 1.4: pages of Helvetica text, document properties, a correct cross-reference table.

use super::Sheet;
use crate::mime::charset;

/// Characters on a line.
const WIDTH: usize = 88;
/// Lines on a page.
const LINES: usize = 46;

/// The document as a file. A no-break space keeps two words on one line and shows as a space.
pub fn pdf(sheet: &Sheet) -> Vec<u8> {
    let pages = pages(sheet);
    let first_page = 5;
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", first_page + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        properties(sheet),
    ];
    for (number, content) in pages.iter().enumerate() {
        let stream = first_page + 2 * number + 1;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {stream} 0 R >>"
            )
            .into_bytes(),
        );
        let mut object = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        object.extend_from_slice(content);
        object.extend_from_slice(b"\nendstream");
        objects.push(object);
    }
    assemble(&objects, "")
}

/// Puts numbered objects into a file; `trailer` is added to the trailer dictionary.
pub(super) fn assemble(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let count = objects.len() + 1;
    out.extend_from_slice(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<< /Size {count} /Root 1 0 R /Info 4 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

fn properties(sheet: &Sheet) -> Vec<u8> {
    let mut out = b"<< /Title (".to_vec();
    out.extend(literal(&sheet.title));
    out.extend_from_slice(b") /Author (");
    out.extend(literal(&sheet.author));
    out.extend_from_slice(b") /Producer (Office print) >>");
    out
}

fn pages(sheet: &Sheet) -> Vec<Vec<u8>> {
    let lines: Vec<String> = sheet.lines.iter().flat_map(|line| wrap(&line.replace(" | ", "   "))).collect();
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for (number, chunk) in lines.chunks(LINES).enumerate() {
        let mut content = Vec::new();
        if number == 0 {
            content.extend_from_slice(b"BT /F1 15 Tf 56 786 Td (");
            content.extend(literal(&sheet.title));
            content.extend_from_slice(b") Tj ET\n");
        }
        content.extend_from_slice(b"BT /F1 10.5 Tf 15 TL 56 760 Td\n");
        for line in chunk {
            content.push(b'(');
            content.extend(literal(line));
            content.extend_from_slice(b") Tj T*\n");
        }
        content.extend_from_slice(b"ET");
        pages.push(content);
    }
    pages
}

/// A string of the page description language: windows-1252 bytes, brackets and anything beyond ASCII escaped.
fn literal(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for byte in charset::windows_1252(&text.replace('\u{a0}', " ")) {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            0x20..=0x7e => out.push(byte),
            _ => out.extend(format!("\\{byte:03o}").bytes()),
        }
    }
    out
}

fn wrap(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    out.push(current);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_of_the_table_points_at_its_object() {
        let body = "A line (with brackets) about Zoë.\n".repeat(120);
        let file = pdf(&Sheet::new("Minutes", "Maya", "", &body));
        let text: String = file.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect();
        let start: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n"));
        let rows: Vec<&str> = text[start..].lines().skip(3).take_while(|row| row.ends_with("n ") || row.ends_with('n')).collect();
        assert_eq!(rows.len(), 4 + 2 * 3, "120 lines are three pages");
        for (index, row) in rows.iter().enumerate() {
            let offset: usize = row[..10].parse().unwrap();
            assert!(text[offset..].starts_with(&format!("{} 0 obj\n", index + 1)), "object {}", index + 1);
        }
        assert!(text.contains("\\(with brackets\\) about Zo\\353"));
    }

    #[test]
    fn stream_lengths_are_right() {
        let file = pdf(&Sheet::new("T", "", "", "one\ntwo"));
        let text: String = file.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect();
        let (head, rest) = text.split_once("stream\n").unwrap();
        let length: usize = head.rsplit("/Length ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(rest[length..].starts_with("\nendstream"));
    }

    #[test]
    fn words_held_together_stay_on_one_line() {
        let line = format!("{} Farida\u{a0}Qureshi-Bennett came", "x".repeat(80));
        assert!(wrap(&line).iter().any(|l| l.contains("Farida\u{a0}Qureshi-Bennett")));
    }
}
