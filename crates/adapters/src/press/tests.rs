//! Letters and packs, set and read back.

use std::fmt::Write;

use domain::letters::{Block, Letter};
use services::ports::{PackDocument, PagePicture, Press, Run};

use super::cleartext_strings;
use super::samples::{a_letter, a_pack, an_item, letter_pdf, pack_pdf, press, shown};

fn read(pdf: &[u8]) -> Vec<String> {
    press().read_back(pdf).unwrap()
}

fn holds(texts: &[String], what: &str) -> bool {
    texts.iter().any(|text| text.contains(what))
}

fn assert_holds(texts: &[String], all: &[&str]) {
    for what in all {
        assert!(holds(texts, what), "{what:?} is not read back");
    }
}

/// A pack with nothing but one item of the given text.
fn pack_of(text: &str) -> PackDocument {
    PackDocument { items: vec![an_item(1, "One", vec![shown(text)])], withheld: vec![], notes: vec![], ..a_pack() }
}

#[test]
fn a_letter_says_everything_it_was_given() {
    let texts = read(letter_pdf());
    assert_holds(
        &texts,
        &[
            "Larkfield Learning CIC",
            "privacy@larkfield.example",
            "Amelia Hart",
            "17 Orchard Rise",
            "22 November 2026",
            "SAR-2026-0001",
            "Dear Amelia Hart,",
            "Reply to your request for your information",
            "How we worked out the date",
            "Our own target",
            "23 November 2026",
            "the local authority",
            "You can ask us to correct or erase it.",
            "Yours sincerely,",
            "Data protection lead",
            "Page 1 of",
        ],
    );
}

#[test]
fn a_pack_says_everything_it_was_given() {
    let texts = read(pack_pdf());
    assert_holds(
        &texts,
        &[
            "Disclosure pack SAR-2026-0001",
            "Prepared for",
            "A box with a number stands where something was withheld.",
            "Contents",
            "1. Re: photographs for the exhibition",
            "Found in",
            "Thank you for the photographs. [withheld 1] will bring the printed set",
            "Could you send them before the exhibition?",
            "Quixotically punctual on every day but one.",
            "What was withheld and why",
            "Data Protection Act 2018, Schedule 2, paragraph 16",
            "private number of somebody else",
            "protected by a password nobody knows",
            "Page 3 of 4",
        ],
    );
}

#[test]
fn the_files_declare_both_standards_language_and_title() {
    for (pdf, title) in [(letter_pdf(), "Reply to your request for your information"), (pack_pdf(), "Disclosure pack SAR-2026-0001")] {
        let raw = String::from_utf8_lossy(pdf);
        assert!(raw.contains("<pdfaid:part>2</pdfaid:part>"));
        assert!(raw.contains("<pdfaid:conformance>A</pdfaid:conformance>"));
        assert!(raw.contains("<pdfuaid:part>1</pdfuaid:part>"));
        assert!(raw.contains("en-GB"));
        assert!(raw.contains(title));
    }
}

#[test]
fn metadata_hold_no_personal_data_and_no_clock() {
    let texts = cleartext_strings(pack_pdf());
    let metadata = texts.iter().find(|text| text.contains("xmpmeta")).unwrap();
    assert!(!metadata.contains("Amelia") && !metadata.contains("Hart"));
    assert!(metadata.contains("2026-11-22"));
    assert_eq!(press().letter(&a_letter()).unwrap(), letter_pdf(), "the same letter is the same file, byte for byte");
}

#[test]
fn a_date_in_no_known_form_still_gives_a_document() {
    let letter = Letter { date: "the feast of Saint Nobody".to_owned(), ..a_letter() };
    assert_holds(&read(&press().letter(&letter).unwrap()), &["the feast of Saint Nobody"]);
}

#[test]
fn markup_in_a_text_stays_text() {
    let hostile = "#panic(\"x\") *bold* _it_ $x^2$ `raw` <label> @ref // not a comment\n/* nor this */ = Heading\n- item \\ #sys.version {}[]()~--- \"q\" 'q'";
    let texts = read(&press().pack(&pack_of(hostile)).unwrap());
    for line in hostile.lines() {
        assert!(holds(&texts, line), "{line:?} was changed");
    }
}

#[test]
fn characters_without_a_glyph_become_a_visible_mark() {
    let odd = "emoji 😀👍🏽 end\nCJK 你好 end\nArabic مرحبا بالعالم end\nHebrew שלום end\nNUL \0 bell \u{7} end\n\
               bidi \u{202E}evil\u{202C} end\nprivate \u{E000} end\nzalgo z\u{335}\u{321}\u{31B}\u{34D}\u{489}\u{310} end\njoin a\u{200B}b\u{200D}c end";
    let texts = read(&press().pack(&pack_of(odd)).unwrap());
    assert_holds(
        &texts,
        &[
            "emoji \u{FFFD}",
            "CJK \u{FFFD}\u{FFFD} end",
            "NUL \u{FFFD} bell \u{FFFD} end",
            "bidi evil end",
            "private \u{FFFD} end",
            "join abc end",
        ],
    );
}

#[test]
fn right_to_left_text_is_read_back_in_the_order_it_is_spoken() {
    let texts = read(&press().pack(&PackDocument { notes: vec!["said שלום עולם to all".to_owned()], ..pack_of("-") }).unwrap());
    assert_holds(&texts, &["said שלום עולם to all"]);
}

#[test]
fn what_the_standards_refuse_even_so_does_not_stop_the_export() {
    let odd: String = (0x20..0x600_u32).filter_map(char::from_u32).flat_map(|c| [c, '\u{943}', 'a', '\u{5B0}', '\u{20EA}']).collect();
    assert_holds(&read(&press().pack(&pack_of(&odd)).unwrap()), &["What was withheld and why"]);
}

#[test]
fn one_endless_line_is_set_on_many_pages() {
    let mut words = String::new();
    while words.len() < 20_000 {
        write!(words, "word{} ", words.len()).unwrap();
    }
    let unbroken = "x".repeat(20_000);
    let texts = read(&press().pack(&pack_of(&format!("{words}\n{unbroken}THE-END"))).unwrap());
    assert_holds(&texts, &["word19", "THE-END"]);
}

#[test]
fn empty_documents_are_set() {
    let blank = Letter {
        title: String::new(),
        sender: vec![],
        addressee: vec![],
        reference: String::new(),
        date: String::new(),
        salutation: String::new(),
        blocks: vec![Block::Heading(String::new()), Block::Paragraph(String::new()), Block::Bullets(vec![]), Block::Terms(vec![])],
        closing: String::new(),
        signatory: vec![],
        form: domain::documents::Form::LargePrint,
        audience: domain::policy::Audience::Adult,
    };
    assert!(holds(&read(&press().letter(&blank).unwrap()), "Letter"));
    let pack = PackDocument { introduction: vec![], items: vec![], withheld: vec![], notes: vec![], ..a_pack() };
    assert!(holds(&read(&press().pack(&pack).unwrap()), "Nothing was withheld."));
}

#[test]
fn an_item_that_keeps_its_look_is_shown_as_its_pages() {
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(30, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let page = PagePicture { png: png.into_inner(), page: (280.0, 190.0), picture: (300.0, 200.0) };
    let mut kept = an_item(1, "A form", vec![shown("perspicuous words by "), Run::Withheld(1)]);
    (kept.pages_shown, kept.pages) = (2, vec![page.clone(), page]);
    let pack = PackDocument { items: vec![kept, an_item(2, "A note", vec![shown("ordinary words")])], ..a_pack() };
    let pdf = press().pack(&pack).unwrap();
    let texts = read(&pdf);
    assert!(holds(&texts, "1. A form") && holds(&texts, "ordinary words"));
    let heard = "Picture of page 1 of 2. What the item says: perspicuous words by [withheld 1]";
    assert!(holds(&texts, heard) && holds(&texts, "Picture of page 2 of 2"), "what a screen reader says of a page");
    let document = pdf_extract::Document::load_mem(&pdf).unwrap();
    let is_picture = |object: &&pdf_extract::Object| {
        object
            .as_stream()
            .is_ok_and(|stream| stream.dict.get(b"Subtype").and_then(pdf_extract::Object::as_name).is_ok_and(|name| name == b"Image"))
    };
    assert!(document.objects.values().filter(is_picture).count() >= 1);
}

#[test]
fn every_gap_has_one_width() {
    let runs = vec![shown("a "), Run::Withheld(1), shown(" b\nc "), Run::Withheld(98_765), shown(" d")];
    let pack = PackDocument { items: vec![an_item(1, "Gaps", runs)], ..a_pack() };
    let pdf = press().pack(&pack).unwrap();
    assert_holds(&read(&pdf), &["a [withheld 1] b", "c [withheld 98765] d"]);
    let document = pdf_extract::Document::load_mem(&pdf).unwrap();
    let drawn: String =
        document.page_iter().map(|page| String::from_utf8_lossy(&document.get_page_content(page).unwrap()).into_owned()).collect();
    let widths: Vec<&str> = drawn.split("0.6 w 4 M 0 0 m ").skip(1).filter_map(|path| path.split(' ').next()).collect();
    assert_eq!(widths.len(), 2);
    assert_eq!(widths[0], widths[1]);
}
