use super::make::{lines, pdf};
use crate::extract::inprocess::taken;

#[test]
fn lines_words_and_properties() {
    let page = "BT /F1 11 Tf 72 720 Td [(A) 20 (da) -300 (Example)] TJ 0 -14 Td (willing to) Tj 60 0 Td (Grace) Tj ET";
    let extraction = taken("x.pdf", &pdf(&[page, &lines(&["second page"])], "/Title (The file) /Author (Erin Author)", &[]));
    assert_eq!(extraction.unreadable, []);
    let document = &extraction.documents[0];
    assert_eq!(document.title, "The file");
    assert!(document.text.starts_with("Ada Example\nwilling to Grace\nsecond page\n"), "{}", document.text);
    assert!(document.text.contains("Author: Erin Author"));
}

#[test]
fn invisible_and_doubled_text() {
    let page =
        "BT 3 Tr /F1 11 Tf 72 720 Td (hidden layer) Tj ET BT 2 Tr /F1 11 Tf 72 700 Td (bold) Tj ET BT /F1 11 Tf 72 700 Td (bold) Tj ET";
    let extraction = taken("x.pdf", &pdf(&[page], "", &[]));
    assert_eq!(extraction.documents[0].text, "hidden layer\nbold\n");
}

#[test]
fn comments_and_embedded_files() {
    let extra = [
        "<< /Type /Annot /Subtype /Text /Contents (ask Grace about this) /T (Dan Reviewer) >>",
        "<< /Type /Filespec /UF (inner.txt) /EF << /F 9 0 R >> >>",
        "<< /Length 9 >>\nstream\nabout Ada\nendstream",
    ];
    let extraction = taken("x.pdf", &pdf(&[&lines(&["page"])], "", &extra));
    let text = &extraction.documents[0].text;
    assert!(text.contains("Comment: ask Grace about this") && text.contains("Comment by: Dan Reviewer"), "{text}");
    assert_eq!((extraction.documents[1].path.as_str(), extraction.documents[1].text.as_str()), ("1:inner.txt", "about Ada"));
}

#[test]
fn a_page_that_is_a_picture_is_listed() {
    let picture = "BI /W 1 /H 1 /CS /G /BPC 8 ID x EI";
    let extraction = taken("x.pdf", &pdf(&[&lines(&["text"]), picture, picture, &lines(&["text"]), picture], "", &[]));
    let reasons: Vec<_> = extraction.unreadable.iter().map(|u| u.reason.as_str()).collect();
    assert_eq!(reasons, ["pages 2 to 3 and 5 are pictures without text"]);
}

#[test]
fn what_is_no_pdf_or_cut_off_or_encrypted_says_so() {
    let reason = |bytes: &[u8]| taken("x.pdf", bytes).unreadable.first().map(|u| u.reason.clone()).unwrap_or_default();
    assert_eq!(reason(b"plain words"), "is not a PDF");
    assert_eq!(reason(b"%PDF-1.7\n1 0 obj\n<< /Type"), "the PDF is cut off");
    let whole = pdf(&[&lines(&["x"])], "", &[]);
    let encrypt = "/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (0123456789abcdef0123456789abcdef) /U (fedcba9876543210fedcba9876543210) >> /ID [(0123456789abcdef) (0123456789abcdef)]";
    let text = String::from_utf8(whole).unwrap().replace("/Root 1 0 R", encrypt);
    assert_eq!(reason(text.as_bytes()), "the PDF is encrypted");
}
