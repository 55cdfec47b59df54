//! Makes documents to read.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip of named members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_as(members, CompressionMethod::Deflated)
}

/// A zip with one way of packing.
pub(in crate::extract) fn zip_as(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with these parts beside the obligatory ones.
pub(in crate::extract) fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let mut members: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    members.extend(more.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    zip(&members)
}

/// A paragraph of a Word document.
pub(in crate::extract) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A workbook; each sheet is a name, its state and its rows as XML.
pub(crate) fn xlsx(sheets: &[(&str, &str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut members: Vec<(String, String)> = Vec::new();
    for (number, (name, state, rows)) in sheets.iter().enumerate() {
        let id = number + 1;
        write!(list, "<sheet name='{name}' sheetId='{id}' state='{state}' r:id='r{id}'/>").unwrap();
        write!(
            relations,
            "<Relationship Id='r{id}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet{id}.xml'/>"
        ).unwrap();
        let sheet = format!(
            "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{rows}</sheetData></worksheet>"
        );
        members.push((format!("xl/worksheets/sheet{id}.xml"), sheet));
    }
    let space = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    members.push(("[Content_Types].xml".into(), "<Types/>".into()));
    members.push((
        "_rels/.rels".into(),
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>".into(),
    ));
    members.push(("xl/workbook.xml".into(), format!("<workbook {space}><sheets>{list}</sheets></workbook>")));
    members.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{relations}</Relationships>"),
    ));
    members.push((
        "xl/styles.xml".into(),
        format!("<styleSheet {space}><cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
    ));
    members.extend(more.iter().map(|(name, xml)| ((*name).to_owned(), (*xml).to_owned())));
    zip(&members.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect::<Vec<_>>())
}

/// A PDF whose pages have these content streams; `extra` goes into the file as objects.
pub(in crate::extract) fn pdf(pages: &[&str], information: &str, extra: &[&str]) -> Vec<u8> {
    let mut objects: Vec<String> = Vec::new();
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    objects.push("<< /Type /Catalog /Pages 2 0 R >>".into());
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into());
    objects.push(format!("<< {information} >>"));
    for (number, content) in pages.iter().enumerate() {
        let stream = 6 + 2 * number;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /Im 999 0 R >> >> /Contents {stream} 0 R >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects.extend(extra.iter().map(|object| (*object).to_owned()));
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for at in &places {
        out.extend(format!("{at:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    out
}

/// A page that shows these lines.
pub(in crate::extract) fn lines(lines: &[&str]) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td")).collect();
    format!("BT /F1 11 Tf 72 720 Td {} ET", shown.join(" "))
}

/// Standard base64 in lines of 76.
pub(in crate::extract) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (number, group) in bytes.chunks(3).enumerate() {
        if number > 0 && number % 19 == 0 {
            out.push_str("\r\n");
        }
        let value = group.iter().fold(0_u32, |v, b| v << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let sign = SIGNS[(value >> (18 - 6 * place) & 63) as usize];
            out.push(if place > group.len() { '=' } else { sign as char });
        }
    }
    out
}

/// A message with a plain text and attachments: name, declared type, bytes.
pub(in crate::extract) fn mail(subject: &str, text: &str, attachments: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "From: Ada Example <Ada@Example.org>\r\nTo: Grace Sample <grace@sample.example>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\
         Message-ID: <1@example.org>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    for (name, kind, bytes) in attachments {
        write!(
            out,
            "--b\r\nContent-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(bytes)
        )
        .unwrap();
    }
    out += "--b--\r\n";
    out.into_bytes()
}

/// A compound file of these streams.
pub(in crate::extract) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        let path = std::path::Path::new(path);
        file.create_storage_all(path.parent().unwrap()).unwrap();
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A stream of properties of a document in UTF-8, by their number.
pub(in crate::extract) fn summary(values: &[(u32, &str)]) -> Vec<u8> {
    let mut values: Vec<(u32, Vec<u8>)> = values
        .iter()
        .map(|(id, text)| (*id, [&[0x1E, 0, 0, 0][..], &(text.len() as u32 + 1).to_le_bytes(), text.as_bytes(), &[0]].concat()))
        .collect();
    values.insert(0, (1, vec![2, 0, 0, 0, 0xE9, 0xFD]));
    let (mut list, mut content) = (Vec::new(), Vec::new());
    for (id, value) in &values {
        list.extend(id.to_le_bytes());
        list.extend((8 + 8 * values.len() as u32 + content.len() as u32).to_le_bytes());
        content.extend(value);
    }
    let section = [&[0; 4][..], &(values.len() as u32).to_le_bytes(), &list, &content].concat();
    [&[0xFE, 0xFF, 0, 0][..], &[0; 20], &1_u32.to_le_bytes(), &[0; 16], &48_u32.to_le_bytes(), &section].concat()
}
