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

#[test]
fn slides_that_carry_a_workbook_unpacked_stay_slides() {
    let book = xlsx(&[("S", "visible", "<row r='1'><c r='A1' t='str'><v>Ada</v></c></row>")], &[]);
    let slides: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p/>"),
        ("ppt/slides/slide1.xml", b"<a:p><a:t>Grace</a:t></a:p>"),
        ("ppt/embeddings/sheet1.xlsx", &book),
    ];
    let found = taken("x", &zip_as(&slides, ::zip::CompressionMethod::Stored));
    assert_eq!(texts(&found), [("", "Grace\n"), ("1:sheet1.xlsx", "Sheet S\nAda\n")]);
    let inside = docx(&paragraph("Grace"), &[]);
    let letter: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name='S' r:id='r1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/></R>"),
        ("xl/worksheets/sheet1.xml", b"<row><c t='str'><v>Ada</v></c></row>"),
        ("xl/embeddings/letter.docx", &inside),
    ];
    let found = taken("x", &zip_as(&letter, ::zip::CompressionMethod::Stored));
    assert_eq!(texts(&found), [("", "Sheet S\nAda\n"), ("1:letter.docx", "Grace\n")]);
}

#[test]
fn no_note_of_an_open_document_cuts_a_word() {
    let content = "<office:text><text:p>Exam<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>born 1985</text:p></text:note-body></text:note>ple<office:annotation><dc:creator>Dan</dc:creator><dc:date>2024-01-01T00:00:00</dc:date><text:p>ask her</text:p></office:annotation>s <text:ruby><text:ruby-base>\u{5c71}\u{7530}</text:ruby-base><text:ruby-text>yamada</text:ruby-text></text:ruby></text:p></office:text>";
    let members: Vec<(&str, &[u8])> = vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())];
    let found = taken("x.odt", &zip_as(&members, ::zip::CompressionMethod::Stored));
    assert_eq!(found.documents[0].text, "Examples \u{5c71}\u{7530}\nborn 1985\nask her\nChanged by: Dan\nRead as: yamada\n");
}

#[test]
fn how_a_name_is_spoken_does_not_stand_within_it() {
    let ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yamada</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>\u{5c71}\u{7530}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    assert_eq!(taken("x.docx", &docx(ruby, &[])).documents[0].text, "\u{5c71}\u{7530}\nRead as: yamada\n");
}
