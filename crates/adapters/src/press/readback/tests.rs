//! The gate is tried on files that hide something.

use pdf_extract::{Dictionary, Document, Object, Stream, dictionary};

use super::content::shown;
use super::fonts::ByName;
use super::lexer::{Lexer, Token, text_string};
use super::{cleartext_strings, read_back};
use crate::press::samples::{letter_pdf, pack_pdf};

fn holds(texts: &[String], what: &str) -> bool {
    texts.iter().any(|text| text.contains(what))
}

/// A file of one page that draws `content` in the given font, with more objects beside it.
fn a_file(content: &str, font: Dictionary, more: Vec<Object>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(font);
    let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalogue);
    for object in more {
        document.add_object(object);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn helvetica() -> Dictionary {
    dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" }
}

#[test]
fn a_word_of_the_pack_is_seen() {
    let texts = read_back(pack_pdf()).unwrap();
    assert!(holds(&texts, "Quixotically punctual"));
    assert!(!holds(&texts, "Quixotically late"));
}

#[test]
fn a_phrase_broken_over_two_lines_is_seen() {
    let pdf =
        a_file("BT /F1 12 Tf 70 700 Td (ask Marcus) Tj 0 -14 Td (Bellweather on 0163) Tj 0 -14 Td (2960555) Tj ET", helvetica(), vec![]);
    let texts = read_back(&pdf).unwrap();
    assert!(holds(&texts, "Marcus Bellweather"));
    assert!(holds(&texts, "01632960555"));
}

#[test]
fn text_that_is_drawn_but_not_seen_is_read() {
    let pdf = a_file(
        "BT /F1 12 Tf 3 Tr 70 700 Td [(Hidden) -20 (Person)] TJ ET 0 0 600 800 re f /Span <</ActualText (Other Wording)>> BDC EMC BT /F1 9 Tf (x) Tj ET",
        helvetica(),
        vec![],
    );
    let texts = read_back(&pdf).unwrap();
    assert!(holds(&texts, "HiddenPerson"));
    assert!(holds(&texts, "Other Wording"));
}

#[test]
fn strings_and_files_beside_the_pages_are_read() {
    let wide: Vec<u8> = [0xFE, 0xFF].into_iter().chain("Wide Note".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let attached = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"attached: Dorothy Vane".to_vec());
    let metadata =
        Stream::new(dictionary! { "Type" => "Metadata" }, b"<x:xmpmeta a='Attribute Name'><t>Tom &amp; Ida</t></x:xmpmeta>".to_vec());
    let form = Stream::new(
        dictionary! { "Subtype" => "Form", "Resources" => dictionary! { "Font" => dictionary! { "F9" => helvetica() } } },
        b"BT /F9 8 Tf (In a form) Tj ET".to_vec(),
    );
    let note = dictionary! { "Type" => "Annot", "Contents" => Object::string_literal(wide) };
    let pdf = a_file("BT /F1 12 Tf (page) Tj ET", helvetica(), vec![attached.into(), metadata.into(), form.into(), note.into()]);
    let texts = read_back(&pdf).unwrap();
    for what in ["page", "Wide Note", "Dorothy Vane", "Attribute Name", "Tom & Ida", "In a form"] {
        assert!(holds(&texts, what), "{what} was not seen");
    }
}

#[test]
fn what_an_update_left_behind_is_read() {
    let mut pdf = letter_pdf().to_vec();
    pdf.extend(b"\n900 0 obj\n<< /Old (Former Resident) >>\nendobj\n901 0 obj\n<</Length 39>>\nstream\nBT /F1 12 Tf (Deleted Sentence) Tj ET\nendstream\nendobj\n");
    let texts = read_back(&pdf).unwrap();
    assert!(holds(&texts, "Former Resident"));
    assert!(holds(&texts, "Deleted Sentence"));
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let without_map = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H" };
    assert!(read_back(&a_file("BT /F1 12 Tf <00410042> Tj ET", without_map, vec![])).is_err());
    assert!(read_back(b"not a PDF").is_err());
    assert!(read_back(letter_pdf().get(..letter_pdf().len() / 2).unwrap()).is_err());
    assert!(read_back(&a_file("0 0 10 10 re f", helvetica(), vec![])).is_ok(), "a page without text is nothing to refuse");
}

#[test]
fn strings_in_clear_are_listed_as_they_lie() {
    let wide: Vec<u8> = "Ida Quill".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [b"\x01\x02abc\x00Marcus B\xC3\xA9ll\xFF".as_slice(), &wide, b"\x00\x00"].concat();
    let found = cleartext_strings(&bytes);
    assert!(holds(&found, "Marcus Béll"));
    assert!(holds(&found, "Ida Quill"));
    assert!(!holds(&found, "abc"), "three letters are no string");
    assert!(holds(&cleartext_strings(letter_pdf()), "/Type/Catalog"));
}

#[test]
fn every_form_of_string_is_a_token() {
    let tokens: Vec<Token<'_>> = Lexer::new(b"(a\\(b\\)(c)\\101\\\n) <4 1 4> /Name%x\n[12 -3.5]").collect();
    let expected = [
        Token::Text(b"a(b)(c)A".to_vec()),
        Token::Text(b"A@".to_vec()),
        Token::Name(b"Name"),
        Token::Mark("["),
        Token::Word(b"12"),
        Token::Word(b"-3.5"),
        Token::Mark("]"),
    ];
    assert_eq!(tokens, expected);
    assert_eq!(text_string(b"\xFF\xFEA\x00"), "A");
}

#[test]
fn any_bytes_are_read_without_harm() {
    let mut state = 7_u32;
    let mut bytes = Vec::new();
    for _ in 0..200_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.push(b"()<>[]{}/%\\ \n\rBTjJfID'\"0123456789abcstream endstream obj\xFE\xFF\x00"[(state >> 16) as usize % 58]);
    }
    let read = shown(&bytes, &ByName::new(), None);
    assert!(read.drawn == 0 || read.unknown > 0);
    let _ = cleartext_strings(&bytes);
    assert!(read_back(&bytes).is_err());
}
