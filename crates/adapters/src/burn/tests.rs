//! Pages drawn and burnt in this process.

mod painted;

use std::fmt::Write as _;

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;

use super::gate::leaks;
use super::page::{Drawing, How};
use super::pixels::Pixels;
use super::wire::Sheet;
use super::write::Book;

/// Ways in which a page may lie.
pub(super) const LYING: [&str; 7] =
    ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [10 20 250 180]", "/MediaBox [50 60 351 262.5] /Rotate 90", "/UserUnit 2"];

/// A page with entries of its own (`/Rotate 90`), its content, and objects from number 6 on.
pub(super) struct Page<'a> {
    pub(super) entries: &'a str,
    pub(super) content: &'a str,
    pub(super) more: &'a [&'a str],
}

impl<'a> Page<'a> {
    pub(super) fn of(content: &'a str) -> Self {
        Self { entries: "", content, more: &[] }
    }

    pub(super) fn pdf(&self) -> Vec<u8> {
        let mut out = String::from(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        );
        let sized = if self.entries.contains("MediaBox") { "" } else { "/MediaBox [0 0 300 200]" };
        write!(
            out,
            "3 0 obj\n<< /Type /Page /Parent 2 0 R {sized} {} /Resources << /Font << /F1 5 0 R /F3 6 0 R >> >> /Contents 4 0 R >>\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{}\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /StandardEncoding >>\nendobj\n",
            self.entries,
            self.content.len(),
            self.content
        )
        .unwrap();
        for (index, object) in self.more.iter().enumerate() {
            write!(out, "{} 0 obj\n{object}\nendobj\n", index + 6).unwrap();
        }
        let table = out.len();
        let size = 6 + self.more.len();
        writeln!(out, "xref\n0 {size}\n0000000000 65535 f ").unwrap();
        for id in 1..size {
            writeln!(out, "{:010} 00000 n ", out.find(&format!("\n{id} 0 obj")).unwrap() + 1).unwrap();
        }
        writeln!(out, "trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{table}\n%%EOF").unwrap();
        out.into_bytes()
    }
}

/// A file of pages with these contents.
pub(super) fn pages(contents: &[String]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect::<Vec<_>>().concat();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (n, content) in contents.iter().enumerate() {
        let id = 5 + 2 * n;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R >> >> /Contents {id} 0 R >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    file(&objects)
}

/// A file of these objects, the first of which is its catalogue.
pub(super) fn file(objects: &[String]) -> Vec<u8> {
    let (mut out, mut table) = (String::from("%PDF-1.7\n"), String::from("0000000000 65535 f \n"));
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let (size, start) = (objects.len() + 1, out.len());
    write!(out, "xref\n0 {size}\n{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{start}\n%%EOF").unwrap();
    out.into_bytes()
}

pub(super) fn drawn(pdf: &[u8], words: &[&str]) -> (Sheet, Pixels) {
    let pdf = Pdf::new(pdf.to_vec()).unwrap();
    let words = Words::new(words, true);
    let (sheet, _, pixels) = Drawing::new(&pdf, &words, 150.0).sheet(0, How::default()).unwrap();
    (sheet, pixels.unwrap())
}

fn inside(sheet: &Sheet, x: usize, y: usize) -> bool {
    sheet.boxes.iter().any(|area| (area.left..area.right).contains(&(x as u32)) && (area.top..area.bottom).contains(&(y as u32)))
}

/// Draws with and without the words: the boxes are black, all else is as it was. Gives the sheet.
fn burnt(page: &Page<'_>, word: &str) -> Sheet {
    let (_, before) = drawn(&page.pdf(), &[]);
    let (sheet, after) = drawn(&page.pdf(), &[word]);
    for (index, (old, new)) in before.data.iter().zip(&after.data).enumerate() {
        let (x, y) = (index % before.width as usize, index / before.width as usize);
        assert_eq!(*new, if inside(&sheet, x, y) { 0 } else { *old }, "pixel {x} {y}");
    }
    sheet
}

/// Whether any ink of the page without words lies outside the boxes.
fn ink_left(page: &Page<'_>, sheet: &Sheet) -> bool {
    let (_, before) = drawn(&page.pdf(), &[]);
    let width = before.width as usize;
    before.data.iter().enumerate().any(|(index, value)| *value < 200 && !inside(sheet, index % width, index / width))
}

#[test]
fn a_word_is_covered_and_the_rest_stays() {
    let page = Page::of("BT /F1 14 Tf 20 150 Td (Ada Lovelace wrote this) Tj 0 -20 Td (and nobody else) Tj ET");
    let sheet = burnt(&page, "ada lovelace");
    assert_eq!((sheet.boxes.len(), sheet.found.as_slice()), (1, [0].as_slice()));
    assert!(ink_left(&page, &sheet));
    assert_eq!((sheet.unknown, sheet.form, sheet.colour), (0, false, false));
}

#[test]
fn a_word_is_found_however_it_is_drawn() {
    for (word, content) in [
        ("field", "BT /F1 14 Tf 20 150 Td (\\256eld) Tj ET"),
        ("Lovelace", "BT /F1 14 Tf 200 150 Td (Love-) Tj -180 -20 Td (lace) Tj ET"),
        ("Ada Lovelace", "BT /F1 14 Tf 20 150 Td [(A) 30 (da) -400 (Love) -20 (lace)] TJ ET"),
        ("Ada", "BT /F1 14 Tf 1 0 0 1 45 100 Tm (a) Tj 1 0 0 1 37.2 100 Tm (d) Tj 1 0 0 1 28 100 Tm (A) Tj ET"),
        ("Ada", "BT /F1 14 Tf 20 150 Td (Ada) Tj ET BT /F1 14 Tf 20.3 150 Td (Ada) Tj ET"),
        ("Lovelace", "BT /F1 14 Tf 9 Tc 20 150 Td (Lovelace) Tj ET"),
        ("Ada", "BT /F1 14 Tf 0 1 -1 0 100 50 Tm (Ada) Tj ET"),
        ("Ada", "BT /F1 14 Tf 0.7 0.7 -0.7 0.7 100 50 Tm (Ada) Tj ET"),
    ] {
        let page = Page::of(content);
        let sheet = burnt(&page, word);
        assert!(!sheet.boxes.is_empty() && !ink_left(&page, &sheet), "{word}: {content}: {:?}", sheet.boxes);
    }
}

#[test]
fn words_that_nobody_sees_are_covered_too() {
    let hidden = "BT 3 Tr /F1 14 Tf 20 150 Td (Ada) Tj ET";
    assert_eq!(burnt(&Page::of(hidden), "Ada").boxes.len(), 1);
}

#[test]
fn the_value_of_a_form_field_is_covered_and_the_page_reported() {
    let more = [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada) /Rect [20 20 200 60] /AP << /N 7 0 R >> >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 180 40] /Resources << /Font << /F1 5 0 R >> >> /Length 41 >>\nstream\nBT /F1 14 Tf 10 10 Td (Ada Lovelace) Tj ET\nendstream",
    ];
    let page = Page { entries: "/Annots [6 0 R]", content: "", more: &more };
    let sheet = burnt(&page, "Lovelace");
    assert!(sheet.form && sheet.boxes.len() == 1, "{sheet:?}");
}

#[test]
fn the_value_of_a_field_without_a_look_is_drawn_and_covered() {
    let field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada Lovelace) /DA (/Helv 12 Tf 0 g) /Rect [20 20 200 60] >>";
    let ticked = "<< /Type /Annot /Subtype /Widget /FT /Btn /V /Yes /Rect [220 20 240 40] >>";
    let page = Page { entries: "/Annots [6 0 R 7 0 R]", content: "", more: &[field, ticked] };
    let sheet = burnt(&page, "Lovelace");
    assert_eq!((sheet.boxes.len(), sheet.found.as_slice()), (1, [0].as_slice()));
    let area = sheet.boxes[0];
    assert!(area.left > 60 && area.right < 420 && area.top > 290 && area.bottom < 380, "{area:?}");
    assert!(ink_left(&page, &sheet), "the first name and the tick");
    let hidden = field.replace("/Rect", "/F 2 /Rect");
    let page = Page { entries: "/Annots [6 0 R]", content: "", more: &[&hidden] };
    assert!(burnt(&page, "Lovelace").boxes.is_empty());
}

#[test]
fn a_scan_is_drawn_with_its_own_dots() {
    let scan = format!("q 300 0 0 200 0 0 cm BI /W 1250 /H 834 /CS /G /BPC 8 ID {} EI Q", "z".repeat(1250 * 834));
    let (grey, _) = drawn(&Page::of(&scan).pdf(), &[]);
    assert!((f64::from(grey.scale) - 1250.0 / 300.0).abs() < 0.01, "{}", grey.scale);
    let small = Page::of("q 100 0 0 60 100 20 cm BI /W 900 /H 1 /CS /G /BPC 8 ID x EI Q").pdf();
    assert!((f64::from(drawn(&small, &[]).0.scale) - 150.0 / 72.0).abs() < 1e-6, "no scan");
}

#[test]
fn letters_that_are_drawings_are_covered_whole() {
    let more = [
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /A 7 0 R >> \
         /Encoding << /Type /Encoding /Differences [65 /A] >> /FirstChar 65 /LastChar 65 /Widths [10] /Resources << >> >>",
        "<< /Length 32 >>\nstream\n10 0 0 -6 10 14 d1 0 -6 9 20 re f\nendstream",
    ];
    let page = Page { entries: "", content: "BT /F3 14 Tf 20 100 Td (AAA) Tj ET", more: &more };
    let sheet = burnt(&page, "AAA");
    assert!(!sheet.boxes.is_empty() && !ink_left(&page, &sheet), "{:?}", sheet.boxes);
}

#[test]
fn a_letter_without_meaning_and_a_picture_are_reported() {
    let more = [
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /odd 7 0 R >> \
         /Encoding << /Type /Encoding /Differences [65 /odd] >> /FirstChar 65 /LastChar 65 /Widths [10] /Resources << >> >>",
        "<< /Length 28 >>\nstream\n10 0 0 0 10 10 d1 0 0 9 9 re f\nendstream",
    ];
    let page = Page {
        entries: "",
        content: "BT /F3 14 Tf 20 100 Td (AA) Tj ET q 100 0 0 60 100 20 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q",
        more: &more,
    };
    let (sheet, _) = drawn(&page.pdf(), &["AA"]);
    assert_eq!((sheet.unknown, sheet.pictures.len()), (2, 1));
}

#[test]
fn a_page_comes_out_as_it_looked_however_it_lies() {
    for entries in LYING {
        let page = Page { entries, content: "1 0 0 rg 60 70 50 30 re f BT /F1 14 Tf 80 150 Td (Ada Lovelace) Tj ET", more: &[] };
        let (sheet, pixels) = drawn(&page.pdf(), &["Ada"]);
        let mut book = Book::new(true);
        book.page(&sheet, &pixels.pack().unwrap());
        let result = book.finish();
        let (again, same) = drawn(&result, &[]);
        assert_eq!(
            (again.size, again.turned, again.width, again.height),
            (sheet.size, sheet.turned, sheet.width, sheet.height),
            "{entries}"
        );
        let differing = same.data.iter().zip(&pixels.data).filter(|(a, b)| a.abs_diff(**b) > 8).count();
        assert!(differing * 200 < same.data.len(), "{entries}: {differing} of {}", same.data.len());
        assert_eq!(leaks(&result, &Words::new(&["Ada", "Picture"], true), &[false]).unwrap(), 1, "the description alone");
    }
}

#[test]
fn the_gate_sees_letters() {
    let page = Page::of("BT /F1 14 Tf 20 150 Td (Hello) Tj ET").pdf();
    assert!(leaks(&page, &Words::new(&["Ada"], true), &[false]).unwrap() > 0);
}

#[test]
fn a_page_as_large_as_a_field_is_drawn_coarser() {
    let (sheet, pixels) = drawn(&Page { entries: "/MediaBox [0 0 14400 14400]", content: "", more: &[] }.pdf(), &["Ada"]);
    assert!(pixels.data.len() <= 24_100_000);
    assert_eq!(sheet.size, (14_400.0, 14_400.0));
}

#[test]
fn what_may_be_handwriting_or_a_word_drawn_as_a_shape_is_told() {
    let doubtful = |content: &str| drawn(&Page::of(content).pdf(), &[]).0.doubtful;
    assert!(!doubtful(
        "BT /F1 14 Tf 20 150 Td (Hello) Tj ET 10 10 80 40 re S 10 5 m 90 5 l S 20 20 m 20 90 l S q 5 5 9 9 re W n 0 0 9 9 re f Q"
    ));
    let stroke = (1..20).map(|at| format!(" {} {} l", 10 + 3 * at, 20 + (at * at * 7) % 30)).collect::<Vec<_>>().join(" ");
    assert!(doubtful(&format!("10 20 m{stroke} S")), "one long stroke");
    let strokes = (0..70).map(|at| format!("{at} 10 m {} 17 l S ", at + 5)).collect::<Vec<_>>().join(" ");
    assert!(doubtful(&strokes), "many short ones");
    assert!(doubtful(&format!("q 10 20 m{stroke} h W n 0 0 90 90 re f Q")), "cut out of something");
    let strips =
        (0..30).map(|at| format!("q 200 0 0 3 20 {} cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q ", 20 + 3 * at)).collect::<Vec<_>>().join(" ");
    assert!(doubtful(&strips));
    let (sheet, _) = drawn(&Page::of(&strips).pdf(), &[]);
    assert_eq!(sheet.pictures.len(), 1, "a picture in strips is one in which letters are looked for");
}

#[test]
fn a_letter_that_is_called_nothing_is_in_doubt() {
    for (c, nothing) in [('a', false), ('\n', false), ('\u{F0B7}', false), ('\u{FFFD}', true), ('\u{1}', true), ('\u{E123}', true)] {
        assert_eq!(super::glyphs::says_nothing(c), nothing, "{c:?}");
    }
}

#[test]
fn words_that_are_drawn_are_looked_at_and_rules_are_not() {
    let looked_at = |content: &str| drawn(&Page::of(content).pdf(), &[]).0.pictures;
    let strokes = "20 20 m 24 34 l 28 20 l S 34 20 m 34 34 l 40 20 l S 46 20 m 50 34 l S";
    let [one] = looked_at(strokes).try_into().unwrap();
    assert!(one.width() > 50 && one.height() > 20, "{one:?}");
    let dots: String = (0..9).map(|at| format!("{} {} 1 1 re f ", 20 + 3 * at, 20 + 4 * (at % 3))).collect::<Vec<_>>().concat();
    assert_eq!(looked_at(&dots).len(), 1, "letters of dots");
    assert_eq!(
        looked_at("10 20 180 0.5 re f 10 40 180 0.5 re f 10 60 180 0.5 re f 10 20 0.5 40 re f 190 20 0.5 40 re f").len(),
        0,
        "a table"
    );
}
