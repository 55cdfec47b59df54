//! What documents carry within themselves: messages, files that another program packed, charts, tables, patterns.

use std::io::Write as _;

use super::make::{compound, docx, lines, paragraph, pdf, xlsx, zip, zip_as};
use crate::extract::HOLDS_PICTURES;
use crate::extract::inprocess::taken;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The streams of a message in a storage.
fn message(storage: &str) -> Vec<(String, Vec<u8>)> {
    let head = if storage.is_empty() { 32 } else { 24 };
    vec![
        (format!("{storage}/__properties_version1.0"), vec![0; head]),
        (format!("{storage}/__substg1.0_0037001F"), wide("About Ada Example")),
        (format!("{storage}/__substg1.0_1000001F"), wide("The words of the message")),
        (format!("{storage}/__recip_version1.0_#00000000/__properties_version1.0"), vec![0; 8]),
        (format!("{storage}/__recip_version1.0_#00000000/__substg1.0_3001001F"), wide("Grace Sample")),
    ]
}

fn made(streams: &[(String, Vec<u8>)]) -> Vec<u8> {
    compound(&streams.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

fn texts(found: &finder::document::Extraction) -> Vec<(&str, &str)> {
    found.documents.iter().map(|document| (document.path.as_str(), document.text.as_str())).collect()
}

#[test]
fn a_message_packed_into_a_letter_is_read_as_one() {
    let letter = made(&message(""));
    let mut native = vec![0, 0, 0, 0, 2, 0];
    native.extend(b"mail.msg\0C:\\mail.msg\0\0\0\x03\0\x05\0\0\0C:\\m\0");
    native.extend((letter.len() as u32).to_le_bytes());
    native.extend(&letter);
    let object = compound(&[("/\u{1}Ole10Native", &native)]);
    let members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>outer</w:t></w:r></w:p>"),
        ("word/embeddings/oleObject1.bin", &object),
    ];
    let found = taken("x.docx", &zip(&members));
    let inner = found.documents.iter().find(|document| document.path == "1:oleObject1.bin!1:mail.msg");
    let inner = inner.unwrap_or_else(|| panic!("{found:?}"));
    assert!(
        inner.text.contains("To: Grace Sample\nSubject: About Ada Example\n") && inner.text.contains("words of the message"),
        "{inner:?}"
    );
}

#[test]
fn a_message_in_a_storage_of_a_workbook_is_lifted_with_its_people() {
    let mut streams = message("/MBD001");
    // A workbook of one cell: beginning, a text, end.
    let begin = [&[0x09, 0x08, 0x10, 0, 0, 6, 0x10, 0][..], &[0; 12]].concat();
    let cell = [&[0x04, 0x02, 0x0C, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0][..], b"Ada"].concat();
    streams.push(("/Workbook".to_owned(), [&begin[..], &cell, &[0x0A, 0, 0, 0]].concat()));
    let found = taken("x.xls", &made(&streams));
    assert_eq!(found.documents.len(), 2, "{found:?}");
    assert!(found.documents[0].text.contains("Ada"), "{found:?}");
    assert!(found.documents[1].text.contains("Grace Sample") && found.documents[1].text.contains("words of the message"), "{found:?}");
}

#[test]
fn what_slides_carry_is_unpacked_without_its_end() {
    let file = pdf(&[&lines(&["about Ada Example"])], "", &[]);
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(&file).unwrap();
    let packed = packer.finish().unwrap();
    let content = [&(file.len() as u32).to_le_bytes()[..], &packed[..packed.len() - 4]].concat();
    let record = [&[0x10, 0, 0x11, 0x10][..], &(content.len() as u32).to_le_bytes(), &content].concat();
    let found = taken("x.ppt", &compound(&[("/PowerPoint Document", &record), ("/Current User", &[0; 20])]));
    assert!(found.documents.iter().any(|document| document.path == "1:" && document.text.contains("about Ada Example")), "{found:?}");
}

#[test]
fn charts_tell_the_names_they_keep() {
    let chart = "<c:chartSpace><c:title><a:p><a:r><a:t>Days off</a:t></a:r></a:p></c:title><c:ser><c:cat><c:strRef><c:f>S!A1</c:f><c:strCache><c:pt idx='0'><c:v>Ada Example</c:v></c:pt><c:pt idx='1'><c:v>R&amp;D</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numCache><c:formatCode>General</c:formatCode><c:pt idx='0'><c:v>4</c:v></c:pt></c:numCache></c:val></c:ser></c:chartSpace>";
    let said = "Days off\nAda Example | R&D\n4\n";
    let letter = taken("x.docx", &docx(&paragraph("see"), &[("word/charts/chart1.xml", chart)]));
    assert_eq!(letter.documents[0].text, format!("see\n{said}"));
    let book = taken("x.xlsx", &xlsx(&[("S", "visible", "")], &[("xl/charts/chart1.xml", chart)]));
    assert!(book.documents[0].text.contains(said), "{book:?}");
    let slides = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p/>"),
        ("ppt/charts/chart1.xml", chart.as_bytes()),
        ("ppt/handoutMasters/handoutMaster1.xml", b"<p:sp><a:p><a:t>Minutes of Ada</a:t></a:p></p:sp>"),
    ]);
    assert_eq!(taken("x.pptx", &slides).documents[0].text, format!("{said}Minutes of Ada\n"));
}

#[test]
fn documents_within_an_open_document_are_read() {
    let open = zip_as(
        &[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b"<office:text><text:p>outer</text:p></office:text>"),
            (
                "Object 1/content.xml",
                b"<table:table-row><table:table-cell><text:p>Ada Example</text:p></table:table-cell></table:table-row>",
            ),
            ("Object 2", b"a note about Grace Sample"),
        ],
        ::zip::CompressionMethod::Stored,
    );
    let found = taken("x.odt", &open);
    assert_eq!(texts(&found), [("", "outer\nAda Example\n"), ("1:Object 2", "a note about Grace Sample")]);
}

#[test]
fn an_item_without_text_says_so() {
    for (name, bytes) in [("x.docx", docx("", &[])), ("x.pdf", pdf(&[""], "", &[])), ("x.txt", b" \n".to_vec())] {
        let found = taken(name, &bytes);
        assert_eq!(found.unreadable.len(), 1, "{name}: {found:?}");
        assert_eq!(found.unreadable[0].reason, "holds no text", "{name}");
    }
    let picture =
        taken("x.docx", &zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"), ("word/media/a.png", b"\x89PNG")]));
    assert_eq!(picture.unreadable[0].reason, HOLDS_PICTURES);
}
