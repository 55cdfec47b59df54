//! The policy, notices and the notice-board sheet, set and read back.

use std::sync::OnceLock;

use domain::documents::{self, Adoption, Document, Form};
use domain::letters::{Block, Writer};
use domain::policy::{Audience, Policy};
use services::ports::Press;

use super::cleartext_strings;
use super::samples::press;

/// The longest of the policies.
fn pack() -> &'static Policy {
    static POLICY: OnceLock<Policy> = OnceLock::new();
    POLICY.get_or_init(|| Policy::builtin("training-provider").unwrap())
}

fn writer(policy: &Policy) -> Writer {
    services::sar::writer(policy, jiff::civil::date(2026, 11, 22))
}

fn the_policy() -> Document {
    documents::policy(pack(), &Adoption::of(pack())).printed_on(jiff::civil::date(2026, 11, 22))
}

fn notice_for(audience: Audience) -> Document {
    let notice = pack().notices().notice.iter().find(|notice| notice.audience == audience).unwrap();
    documents::notice(pack(), notice, &writer(pack()))
}

/// The policy in both forms, set once for all tests.
fn policy_pdfs() -> &'static [(Form, Vec<u8>); 2] {
    static PDFS: OnceLock<[(Form, Vec<u8>); 2]> = OnceLock::new();
    PDFS.get_or_init(|| [Form::Print, Form::LargePrint].map(|form| (form, press().document(&the_policy(), form).unwrap())))
}

/// Without any white space: where lines and pages end is the typesetter's affair.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of the pages, read by the independent reader.
fn read(pdf: &[u8]) -> String {
    squeezed(&press().read_back(pdf).unwrap().join("\n"))
}

/// The same without the foot of each page, which parts a clause that runs over.
fn read_on(document: &Document, pdf: &[u8]) -> String {
    let foot = squeezed(&document.foot);
    let all = pages(pdf);
    (1..=all).fold(read(pdf), |text, page| text.replace(&format!("{foot}Page{page}of{all}"), ""))
}

/// Every text a document holds, line by line.
fn texts(document: &Document) -> Vec<&str> {
    let mut all = vec![document.title.as_str(), &document.organisation];
    all.extend(document.about.iter().flat_map(|(term, text)| [term.as_str(), text]));
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => all.push(text),
            Block::Bullets(items) => all.extend(items.iter().map(String::as_str)),
            Block::Terms(rows) => all.extend(rows.iter().flat_map(|(term, text)| std::iter::once(term.as_str()).chain(text.lines()))),
        }
    }
    all
}

fn assert_says_everything(document: &Document, pdf: &[u8]) {
    let foot = format!("{}Page1of{}", squeezed(&document.foot), pages(pdf));
    assert!(read(pdf).contains(&foot), "{}: {foot}", document.title);
    let page = read_on(document, pdf);
    for text in texts(document) {
        assert!(page.contains(&squeezed(text)), "{}: {text:?} is not read back", document.title);
    }
}

/// The pages of a PDF as the independent reader counts them.
fn pages(pdf: &[u8]) -> usize {
    pdf_extract::Document::load_mem(pdf).unwrap().get_pages().len()
}

/// The sizes of letters on the first pages, in points, from the font operators.
fn sizes(pdf: &[u8]) -> Vec<f32> {
    let document = pdf_extract::Document::load_mem(pdf).unwrap();
    let mut sizes = Vec::new();
    for page in document.page_iter() {
        let content = String::from_utf8_lossy(&document.get_page_content(page).unwrap()).into_owned();
        let words: Vec<&str> = content.split_whitespace().collect();
        sizes.extend(words.windows(2).filter(|pair| pair[1] == "Tf").filter_map(|pair| pair[0].parse::<f32>().ok()));
    }
    sizes
}

#[test]
fn every_clause_of_the_policy_is_read_back_in_both_forms() {
    let document = the_policy();
    assert_eq!(pack().clauses().len(), 215);
    for (form, pdf) in policy_pdfs() {
        assert_says_everything(&document, pdf);
        assert!(pages(pdf) > 10, "{form:?}");
    }
}

#[test]
fn every_notice_and_sheet_is_read_back_in_both_forms() {
    for audience in [Audience::Adult, Audience::Child, Audience::EasyRead] {
        let document = notice_for(audience);
        for form in [Form::Print, Form::LargePrint] {
            assert_says_everything(&document, &press().document(&document, form).unwrap());
        }
    }
    let board = documents::board(pack(), &writer(pack()));
    assert_says_everything(&board, &press().document(&board, Form::Print).unwrap());
}

#[test]
fn the_policy_declares_both_standards_language_and_title() {
    for (_, pdf) in policy_pdfs() {
        let raw = String::from_utf8_lossy(pdf);
        for declared in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "en-GB",
            &pack().about().title,
        ] {
            assert!(raw.contains(declared), "{declared}");
        }
    }
}

/// The sheet names the officer on the page, on purpose; no file says anybody in its metadata.
#[test]
fn metadata_name_nobody_and_no_clock() {
    let policy = Policy::builtin("childrens-education-cic").unwrap();
    let board = documents::board(&policy, &writer(&policy));
    let officer = &policy.holder(&policy.wording().signatory).expect("the pack names its officer").name;
    let pdf = press().document(&board, Form::Print).unwrap();
    assert!(read(&pdf).contains(&squeezed(officer)));
    let metadata = cleartext_strings(&pdf).into_iter().find(|text| text.contains("xmpmeta")).unwrap();
    assert!(metadata.contains(&board.title) && metadata.contains("2026-11-22"), "{metadata}");
    for word in officer.split_whitespace() {
        assert!(!metadata.contains(word), "{word}");
    }
    assert_eq!(press().document(&board, Form::Print).unwrap(), pdf, "the same document is the same file, byte for byte");
}

#[test]
fn in_large_print_nothing_is_smaller_than_eighteen_points() {
    let [(_, print), (_, large)] = policy_pdfs();
    assert!(sizes(print).iter().any(|size| *size < 12.0));
    let sizes = sizes(large);
    assert!(sizes.len() > 100 && sizes.iter().all(|size| *size >= 18.0), "{sizes:?}");
    let raw = String::from_utf8_lossy(large);
    let fonts: Vec<&str> = raw.split("/FontName/").skip(1).filter_map(|rest| rest.split(['/', '\n']).next()).map(str::trim).collect();
    assert!(!fonts.is_empty() && fonts.iter().all(|font| font.ends_with("+NotoSans") || font.ends_with("+NotoSans-Bold")), "{fonts:?}");
    let easy = press().document(&notice_for(Audience::EasyRead), Form::Print).unwrap();
    let small: Vec<f32> = self::sizes(&easy).into_iter().filter(|size| *size < 16.0).collect();
    assert!(small.len() <= 2 * pages(&easy), "only the foot is smaller, title and page number: {small:?}");
}

#[test]
fn a_long_document_has_contents_and_a_short_one_has_none() {
    let [(_, print), _] = policy_pdfs();
    assert!(read(print).contains("Contents"));
    for name in Policy::builtin_names().filter(|name| *name != "uk") {
        let policy = Policy::builtin(name).unwrap();
        let board = documents::board(&policy, &writer(&policy));
        let pdf = press().document(&board, Form::Print).unwrap();
        assert!(!read(&pdf).contains("Contents"));
        assert_eq!(pages(&pdf), 1, "{name}: a notice board has room for one page");
    }
}

#[test]
fn a_heading_stands_on_the_page_of_its_first_clause() {
    for (form, pdf) in policy_pdfs() {
        let document = pdf_extract::Document::load_mem(pdf).unwrap();
        let pages: Vec<String> = pdf_extract::extract_text_from_mem_by_pages(pdf).unwrap().iter().map(|page| squeezed(page)).collect();
        assert_eq!(pages.len(), document.get_pages().len());
        for pair in the_policy().blocks.windows(2) {
            let [Block::Heading(heading), Block::Terms(rows)] = pair else { continue };
            let together = format!("{}{}", squeezed(heading), squeezed(&rows[0].0));
            assert!(pages.iter().any(|page| page.contains(&together)), "{form:?}: {heading}");
        }
    }
}

#[test]
fn odd_documents_are_set() {
    let blank = Document {
        title: String::new(),
        organisation: String::new(),
        about: vec![],
        blocks: vec![Block::Heading(String::new()), Block::Bullets(vec![]), Block::Terms(vec![]), Block::Paragraph(String::new())],
        foot: String::new(),
        audience: Audience::Adult,
    };
    let endless = "One clause without an end. ".repeat(600);
    let hostile = "#panic() *bold* $x$ 你好 \u{202E}evil\n\n= no heading";
    let odd = Document {
        blocks: vec![
            Block::Heading("Part".to_owned()),
            Block::Terms(vec![("A-1".to_owned(), format!("{endless}THE-END")), ("A-2".to_owned(), hostile.to_owned())]),
            Block::Terms(vec![("Term".to_owned(), String::new())]),
        ],
        ..blank.clone()
    };
    for audience in [Audience::Adult, Audience::Child, Audience::EasyRead] {
        for form in [Form::Print, Form::LargePrint] {
            assert!(read(&press().document(&Document { audience, ..blank.clone() }, form).unwrap()).contains("Document"));
            let text = read(&press().document(&Document { audience, ..odd.clone() }, form).unwrap());
            assert!(text.contains("THE-END") && text.contains("#panic()*bold*$x$"), "{audience:?} {form:?}");
        }
    }
}
