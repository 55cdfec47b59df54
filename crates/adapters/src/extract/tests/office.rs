use super::make::{compound, docx, paragraph, xlsx, zip};
use crate::extract::inprocess::taken;
use finder::document::{Document, DocumentKind, PartKind};

fn word(body: &str, more: &[(&str, &str)]) -> Document {
    taken("x.docx", &docx(body, more)).documents.remove(0)
}

#[test]
fn tables_notes_headers_and_comments() {
    let table =
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ada</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1985</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let note = |text: &str| format!("<w:x>{}</w:x>", paragraph(text));
    let document = word(
        &format!(
            "{}{table}{}",
            paragraph("Dear &amp; split <!-- no -->"),
            "<w:p><w:r><w:t>Gra</w:t></w:r><w:r><w:t>ce</w:t><w:tab/><w:t>S</w:t></w:r></w:p>"
        ),
        &[
            ("word/header1.xml", &note("in the header")),
            ("word/footer12.xml", &note("in the footer")),
            ("word/footnotes.xml", &note("in a footnote")),
            ("word/comments.xml", "<w:comment w:author='Dan Reviewer'><w:p><w:r><w:t>a comment</w:t></w:r></w:p></w:comment>"),
            ("docProps/core.xml", "<c><dc:title>The title</dc:title><dc:creator>Erin Author</dc:creator></c>"),
            ("word/_rels/document.xml.rels", "<R><Relationship Target='mailto:bob@example.org' TargetMode='External'/></R>"),
        ],
    );
    assert_eq!(document.title, "The title");
    assert!(document.text.contains("Ada | 1985\n") && document.text.contains("Grace\tS"), "{}", document.text);
    for found in [
        "in the header",
        "in the footer",
        "in a footnote",
        "a comment",
        "Changed by: Dan Reviewer",
        "Author: Erin Author",
        "mailto:bob@example.org",
    ] {
        assert!(document.text.contains(found), "{found}: {}", document.text);
    }
    assert!(document.parts.iter().any(|p| p.kind == PartKind::Metadata && document.text[p.start..p.end].contains("Erin Author")));
}

#[test]
fn tracked_changes_are_found_but_stand_apart() {
    let document = word(
        "<w:p><w:r><w:t>kept </w:t></w:r><w:ins w:author='Dan'><w:r><w:t>added</w:t></w:r></w:ins><w:del w:author='Erin'><w:r><w:delText>taken away</w:delText></w:r></w:del></w:p>",
        &[],
    );
    assert!(document.text.starts_with("kept added\n"), "{}", document.text);
    assert!(document.text.contains("Deleted: taken away") && document.text.contains("Changed by: Erin"));
}

#[test]
fn text_of_old_fallbacks_is_not_doubled() {
    let document = word(&format!("<mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>", paragraph("boxed"), paragraph("boxed")), &[]);
    assert_eq!(document.text.matches("boxed").count(), 1);
}

#[test]
fn embedded_files_are_children() {
    let inner = xlsx(&[("S", "visible", "<row r='1'><c r='A1'><v>42</v></c></row>")], &[]);
    let members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>outer</w:t></w:r></w:p>"),
        ("word/embeddings/sheet.xlsx", &inner),
        ("word/media/image1.png", b"\x89PNG"),
    ];
    let extraction = taken("x.docx", &zip(&members));
    assert_eq!(extraction.documents[1].path, "1:sheet.xlsx");
    assert!(extraction.documents[1].text.contains("42"));
    assert_eq!(extraction.unreadable[0].reason, "holds pictures; they must be looked at by a person");
}

#[test]
fn all_sheets_with_dates_comments_and_kept_copies() {
    let book = xlsx(
        &[
            (
                "Staff",
                "visible",
                "<row r='1'><c r='A1' t='inlineStr'><is><t>Ada</t></is></c><c r='B1' s='1'><v>31149</v></c><c r='D1'><v>1.5</v></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>two\nlines</t></is></c></row>",
            ),
            ("Secret", "veryHidden", "<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>Grace</t></is></c></row>"),
        ],
        &[
            (
                "xl/comments1.xml",
                "<comments><authors><author>Dan Reviewer</author></authors><commentList><comment><text><r><t>ask Bob</t></r></text></comment></commentList></comments>",
            ),
            ("xl/pivotCache/pivotCacheDefinition1.xml", "<p><sharedItems><s v='Carol Copied'/></sharedItems></p>"),
        ],
    );
    let extraction = taken("x.xlsx", &book);
    let document = &extraction.documents[0];
    assert_eq!(document.kind, DocumentKind::Sheet);
    assert!(document.text.starts_with("Sheet Staff\nAda | 12/04/1985 |  | 1.5\ntwo lines\nSheet Secret\nGrace\n"), "{}", document.text);
    for found in ["ask Bob", "Dan Reviewer", "Carol Copied"] {
        assert!(document.text.contains(found), "{found}: {}", document.text);
    }
}

#[test]
fn a_damaged_name_beside_an_inner_document_costs_nothing() {
    let whole = testkit::small::small("compound").remove(2);
    let name: Vec<u8> = "CompObj".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let at = memchr::memmem::find(&whole, &name).unwrap();
    let expected = taken("", &whole);
    assert!(expected.documents[0].text.contains("Ada Example"), "{expected:?}");
    for letter in [b'\\', b'/', b':', b'!'] {
        let mut spoilt = whole.clone();
        spoilt[at] = letter;
        assert_eq!(taken("", &spoilt), expected);
    }
}

#[test]
fn places_beyond_every_sheet_cost_no_cell() {
    for place in ["4294967295", "99999999999"] {
        let rows = format!(
            "<row r='{place}'><c r='FXSHRXX{place}' t='str'><v>Ada</v></c><c t='str'><v>Grace</v></c></row><row><c t='str'><v>Zoe</v></c></row>"
        );
        let found = taken("x.xlsx", &xlsx(&[("People", "visible", &rows)], &[]));
        let text = &found.documents[0].text;
        assert!(["Ada", "Grace", "Zoe"].iter().all(|name| text.contains(name)), "{text}");
        assert!(found.unreadable.is_empty(), "{found:?}");
    }
}

#[test]
fn slides_and_open_documents() {
    let slides = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p/>"),
        ("ppt/slides/slide10.xml", b"<a:p><a:r><a:t>tenth</a:t></a:r></a:p>"),
        ("ppt/slides/slide2.xml", b"<a:p><a:r><a:t>second</a:t></a:r></a:p>"),
        ("ppt/slides/_rels/slide2.xml.rels", b"<R><Relationship Target='../slideLayouts/slideLayout3.xml'/></R>"),
        ("ppt/notesSlides/notesSlide1.xml", b"<a:p><a:r><a:t>speak of Ada</a:t></a:r></a:p>"),
        (
            "ppt/slideLayouts/slideLayout3.xml",
            b"<p:sp><p:ph type='title'/><a:p><a:t>Click to edit</a:t></a:p></p:sp><p:sp><a:p><a:t>The Trust</a:t></a:p></p:sp>",
        ),
        ("ppt/slideLayouts/slideLayout4.xml", b"<p:sp><a:p><a:t>of no slide</a:t></a:p></p:sp>"),
    ]);
    let found = taken("x.pptx", &slides);
    assert_eq!(found.documents[0].text, "second\ntenth\nspeak of Ada\nThe Trust\n");
    let open = super::make::zip_as(
        &[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b"<office:text><text:p>Dear<text:tab/>Ada</text:p><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></office:text>"),
            ("meta.xml", b"<m><dc:creator>Grace Author</dc:creator></m>"),
        ],
        zip::CompressionMethod::Stored,
    );
    let found = taken("x.odt", &open);
    assert_eq!(found.documents[0].kind, DocumentKind::Word);
    assert!(found.documents[0].text.starts_with("Dear\tAda\na | b\n"), "{}", found.documents[0].text);
    assert!(found.documents[0].text.contains("Grace Author"));
}

#[test]
fn a_workbook_without_its_structure_gives_its_bare_text() {
    let broken = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook>"),
        ("xl/sharedStrings.xml", b"<sst><si><t>about Ada</t></si></sst>"),
    ]);
    let extraction = taken("x.xlsx", &broken);
    assert!(extraction.documents[0].text.contains("about Ada"));
    assert!(extraction.unreadable[0].reason.starts_with("some of its cells could not be read"));
}

#[test]
fn what_a_compound_file_carries_is_read() {
    let wide: Vec<u8> = "about Ada Example".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = taken("x.pub", &compound(&[("/Quill/QuillSub/CONTENTS", &[&[1, 0, 2, 0][..], &wide, &[0, 0]].concat())]));
    assert!(found.documents[0].path == "1:" && found.documents[0].text.contains("about Ada Example"), "{found:?}");
    let found = taken("x.vsd", &compound(&[("/VisioDocument", &wide)]));
    assert!(found.documents[0].text.contains("about Ada Example"), "{found:?}");
    assert!(found.unreadable[0].reason.starts_with("not a kind of file that can be read"));
}

#[test]
fn a_damaged_old_document_keeps_its_words() {
    let mut bytes = compound(&[("/WordDocument", &b"about Ada Example ".repeat(400))]);
    bytes.truncate(bytes.len() - 100);
    let found = taken("x.doc", &bytes);
    assert!(found.documents[0].text.contains("about Ada Example"), "{found:?}");
    assert!(found.unreadable[0].reason.ends_with("only the words that stand in it in clear were"), "{found:?}");
}

#[test]
fn a_workbook_that_announces_more_texts_than_it_has_is_read() {
    let rows = "<row r='1'><c r='A1' t='str'><v>x</v></c></row>";
    let texts = |count: &str| format!("<sst uniqueCount='{count}'><si><t>Ada Example</t></si></sst>");
    for count in ["99999999999999", "18446744073709551616", "18446744073709551619"] {
        let found = taken("b.xlsx", &xlsx(&[("People", "visible", rows)], &[("xl/sharedStrings.xml", &texts(count))]));
        assert!(found.documents[0].text.contains("Ada Example"), "{found:?}");
        assert!(found.documents[0].text.starts_with("Sheet People\nx\n") && found.unreadable.is_empty(), "{found:?}");
    }
}
