//! Pages written anew beside the same pages drawn.

use std::io::Read as _;

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;

use super::super::bind::{Shared, Stock};
use super::super::gate::leaks;
use super::super::page::{Drawing, How};
use super::super::pixels::Pixels;
use super::super::tests::{LYING, Page, drawn};
use super::super::wire::Sheet;
use super::super::write::Book;
use super::face::charstring;
use super::{Dots, Face, Outline, Written};
use hayro::kurbo::{Rect, Shape};

fn written(page: &Page<'_>, words: &[&str]) -> (Sheet, Option<Written>) {
    let pdf = Pdf::new(page.pdf()).unwrap();
    let words = Words::new(words, true);
    let (sheet, written, pixels) = Drawing::new(&pdf, &words, 150.0).sheet(0, How { anew: true, read: false }).unwrap();
    assert_ne!(written.is_some(), pixels.is_some());
    (sheet, written)
}

fn bound(sheet: &Sheet, written: &Written) -> Vec<u8> {
    let (mut book, mut stock) = (Book::new(true), Stock::default());
    let page = stock.take(&written.anew, &written.bytes).unwrap();
    assert!(book.anew(sheet, &written.anew, &page, &mut stock, &mut Shared::default()));
    stock.finish(&mut book);
    book.finish()
}

fn content_of(written: &Written) -> String {
    let mut out = String::new();
    flate2::read::ZlibDecoder::new(&written.bytes[..written.anew.content as usize]).read_to_string(&mut out).unwrap();
    out
}

/// How many letters are written, without blanks.
fn letters(written: &Written) -> usize {
    let content = content_of(written);
    content.matches(" Tj").count() - content.matches("<20> Tj").count() - content.matches("<0001> Tj").count()
}

/// The page drawn and burnt, beside the page written anew and drawn: they look the same.
fn alike(page: &Page<'_>, words: &[&str]) -> Written {
    let (_, expected) = drawn(&page.pdf(), words);
    let (sheet, written) = written(page, words);
    let written = written.unwrap_or_else(|| panic!("{} {}", page.entries, page.content));
    let pdf = bound(&sheet, &written);
    assert_eq!(leaks(&pdf, &Words::new(words, true), &[true]).unwrap(), 0);
    let (again, same) = drawn(&pdf, &[]);
    assert_eq!((again.size, again.turned, same.width, same.height), (sheet.size, sheet.turned, expected.width, expected.height));
    let light = |pixels: &Pixels, at: usize| {
        let depth = if pixels.colour { 3 } else { 1 };
        pixels.data[at * depth..(at + 1) * depth].iter().map(|part| u32::from(*part)).sum::<u32>() * (3 / depth as u32)
    };
    let dots = (same.width * same.height) as usize;
    let apart: f64 = (0..dots).map(|at| f64::from(light(&same, at).abs_diff(light(&expected, at)))).sum();
    let mean = apart / dots as f64 / 7.65;
    assert!(mean < 0.2, "{mean:.3} % apart: {} {}", page.entries, page.content);
    written
}

const WORDS: &str = "BT /F1 14 Tf 80 150 Td (Ada Lovelace) Tj 0 -20 Td (and others) Tj ET";

#[test]
fn a_page_looks_the_same_however_it_lies() {
    for entries in LYING {
        let content = format!("1 0 0 rg 60 70 50 30 re f 0 g {WORDS}");
        let written = alike(&Page { entries, content: &content, more: &[] }, &["Ada"]);
        assert_eq!(letters(&written), 17, "{entries}");
    }
}

#[test]
fn all_that_is_drawn_is_written() {
    let more = [
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /A 7 0 R >> \
         /Encoding << /Type /Encoding /Differences [65 /A] >> /FirstChar 65 /LastChar 65 /Widths [10] /Resources << >> >>",
        "<< /Length 32 >>\nstream\n10 0 0 -6 10 14 d1 0 -6 9 20 re f\nendstream",
    ];
    for drawing in [
        "10 10 m 90 10 l 50 80 l h f",
        "10 10 m 90 10 l 50 80 l 20 40 90 90 10 10 c f*",
        "2 w [6 3] 1 d 1 J 1 j 10 10 m 90 60 l 20 90 l S",
        "3 w 0 0.5 0 RG 0.9 0.9 0 rg 20 20 60 40 re B",
        "q 20 20 40 40 re W n 0 0 1 rg 0 0 90 90 re f Q 0.5 g 70 10 20 20 re f",
        "q 40 40 m 90 40 l 60 90 l h W* n 0 0 1 rg 0 0 90 90 re f Q",
        "q 80 10 -10 60 20 20 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID abcdefghijkl EI Q",
        "q 0 0 1 rg 60 0 0 60 20 20 cm BI /W 8 /H 2 /IM true /BPC 1 ID aZ EI Q",
        "BT /F3 14 Tf 20 100 Td (AAA) Tj ET",
        "BT /F1 20 Tf 1 Tr 1 0 0 RG 20 60 Td (outlined) Tj ET",
        "BT /F1 20 Tf 0.7 0.7 -0.7 0.7 60 20 Tm (aslant) Tj ET",
        "0.2 0.9 0 0.1 k 10 10 50 50 re f 0 0 0 1 K 9 9 m 90 90 l S",
        "q 50 0 0 50 0 0 cm 0.02 w 0.1 0.1 m 0.9 0.9 l S Q",
    ] {
        let content = format!("{drawing} 0 g 0 Tr {WORDS}");
        alike(&Page { entries: "", content: &content, more: &more }, &["Ada"]);
    }
}

#[test]
fn inks_stay_inks() {
    let written = alike(&Page::of(&format!("0.2 0.9 0 0.1 k 10 10 50 50 re f 0 g {WORDS}")), &["Ada"]);
    assert!(content_of(&written).contains("0.2 0.9 0 0.1 k"), "{}", content_of(&written));
}

#[test]
fn what_nobody_sees_is_not_written() {
    for (hidden, why) in [
        ("1 g BT /F1 14 Tf 20 100 Td (unseen) Tj ET 0 g", "white on paper"),
        ("0 0 1 rg 10 80 90 40 re f BT /F1 14 Tf 20 100 Td (unseen) Tj ET 0 g", "blue on blue"),
        ("BT /F1 14 Tf 20 100 Td (unseen) Tj ET 0 0 1 rg 10 80 90 40 re f 0 g", "under an area"),
        ("BT /F1 14 Tf 20 100 Td (unseen) Tj ET q 90 0 0 40 10 80 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", "under a picture"),
        ("BT /F1 14 Tf 3 Tr 20 100 Td (unseen) Tj 0 Tr ET", "invisible"),
        ("BT /F1 14 Tf 20 100 Td (unseen) Tj ET 30 w 10 105 m 90 105 l S 1 w", "under a broad line"),
        ("BT /F1 14 Tf 400 100 Td (unseen) Tj ET", "beside the page"),
        ("q 0 0 5 5 re W n BT /F1 14 Tf 20 100 Td (unseen) Tj ET Q", "clipped away"),
        ("BT /F1 0.1 Tf 20 100 Td (unseen) Tj ET", "too small"),
    ] {
        let content = format!("{hidden} {WORDS}");
        assert_eq!(letters(&alike(&Page::of(&content), &["Ada"])), 17, "{why}");
    }
    let seen = "0 0 1 rg 10 80 90 40 re f 1 g BT /F1 14 Tf 20 100 Td (seen) Tj ET 0 g";
    assert_eq!(letters(&alike(&Page::of(&format!("{seen} {WORDS}")), &["Ada"])), 21);
}

#[test]
fn letters_that_are_hidden_in_part_stay_in_a_picture() {
    for cover in ["0 g 10 104 90 40 re f", "20 w 10 105 m 47 105 l S", "q 0 0 m 300 0 l 300 200 l 5 200 l h W n 0 90 300 40 re f Q"] {
        let content = format!("BT /F1 14 Tf 20 100 Td (unseen) Tj ET {cover} 0 g {WORDS}");
        assert!(written(&Page::of(&content), &["Ada"]).1.is_none(), "{cover}");
    }
    let line = format!("BT /F1 14 Tf 20 100 Td (underlined) Tj ET 1 w 10 98 m 90 98 l S {WORDS}");
    assert_eq!(letters(&alike(&Page::of(&line), &["Ada"])), 27);
}

#[test]
fn a_letter_that_goes_is_not_written_wherever_it_stands() {
    let content = format!("BT /F1 14 Tf -6 100 Td (Ada at the edge) Tj ET {WORDS}");
    let (_, written) = written(&Page::of(&content), &["Ada"]);
    let content = content_of(&written.unwrap());
    assert!(!content.contains("<41> Tj"), "the first letter of the name, of which half is beside the page");
}

#[test]
fn dots_of_a_picture_under_a_box_are_gone() {
    let content = format!("q 300 0 0 200 0 0 cm BI /W 300 /H 200 /CS /G /BPC 8 ID {} EI Q {WORDS}", "z".repeat(60_000));
    let written = alike(&Page::of(&content), &["Ada"]);
    let [image] = written.anew.images.as_slice() else { panic!("{:?}", written.anew.images) };
    assert_eq!(image.dots, Dots::Grey);
    let from = written.bytes.len() - image.length as usize;
    let pixels = Pixels::unpack(image.width, image.height, false, &written.bytes[from..]).unwrap();
    let left = pixels.data.iter().filter(|dot| **dot > 0).count();
    assert!((58_000..59_600).contains(&left), "{left}");
}

#[test]
fn a_drawing_under_a_box_is_gone_and_one_that_may_be_a_letter_stops_all() {
    let small = "84 152 m 86 160 l 88 152 l h f";
    let (_, written_) = written(&Page::of(&format!("{small} {WORDS}")), &["Ada"]);
    assert!(!content_of(&written_.unwrap()).contains(" l\n"), "inside the box");
    let wave = "85 150 l 200 152 l ".repeat(15);
    let (_, none) = written(&Page::of(&format!("85 150 m {wave} S {WORDS}")), &["Ada"]);
    assert!(none.is_none());
}

/// A file whose own font has three letters; the second says two letters.
fn own_font() -> Vec<u8> {
    let mut face = Face::default();
    for (number, says, right) in [(40, "A", 500.0), (41, "fi", 300.0), (42, "B", 600.0)] {
        let path = Rect::new(20.0, 0.0, right, 700.0).to_path(0.1);
        let charstring = charstring(&path, right as i32);
        let bounds = [20, 0, right as i16, 700];
        face.add(Outline { number, length: charstring.len() as u64, advance: right as i32, bounds, says: says.to_owned() }, charstring);
    }
    let mut book = Book::new(true);
    let id = book.reserve();
    face.bind(&mut book, id);
    let content = book.stream("", b"/Figure << /MCID 0 >> BDC BT /T 20 Tf 20 60 Td <0028> Tj 60 0 Td <0029> Tj 60 0 Td <002A> Tj ET EMC");
    let sheet = Sheet { size: (300.0, 200.0), scale: 1.0, unit: 1.0, width: 300, height: 200, ..Sheet::default() };
    book.leaf(&sheet, &format!("<< /Font << /T {id} 0 R >> >>"), &format!("{content} 0 R"), None);
    book.finish()
}

#[test]
fn letters_of_a_font_in_the_file_come_with_a_font_of_those_that_stay() {
    let file = own_font();
    let pdf = Pdf::new(file.clone()).unwrap();
    let words = Words::new(&["fi"], true);
    let (sheet, written, _) = Drawing::new(&pdf, &words, 150.0).sheet(0, How { anew: true, read: false }).unwrap();
    let written = written.unwrap();
    let said: Vec<&str> = written.anew.outlines.iter().map(|outline| outline.says.as_str()).collect();
    assert_eq!(said, ["A", "B"], "{:?}", sheet.boxes);
    let result = bound(&sheet, &written);
    for (letter, times) in [("A", 1), ("B", 1), ("fi", 0)] {
        assert_eq!(leaks(&result, &Words::new(&[letter], false), &[true]).unwrap(), times, "{letter}");
    }
    let (_, expected) = drawn(&file, &["fi"]);
    let (_, same) = drawn(&result, &[]);
    let apart = same.data.iter().zip(&expected.data).filter(|(a, b)| a.abs_diff(**b) > 40).count();
    assert!(apart * 1_000 < same.data.len(), "{apart} of {}", same.data.len());
}

#[test]
fn a_word_that_is_the_name_of_a_font_does_not_stand_in_the_result() {
    let (sheet, written) = written(&Page::of(WORDS), &["Helvetica"]);
    let result = bound(&sheet, &written.unwrap());
    assert!(!String::from_utf8_lossy(&result).contains("Helvetica"));
    assert_eq!(leaks(&result, &Words::new(&["Lovelace"], true), &[true]).unwrap(), 1);
}

#[test]
fn codes_of_letters_do_not_say_when_they_came() {
    let pdf = Pdf::new(own_font()).unwrap();
    let numbers = |words: &[&str]| {
        let words = Words::new(words, true);
        let (_, written, _) = Drawing::new(&pdf, &words, 150.0).sheet(0, How { anew: true, read: false }).unwrap();
        written.unwrap().anew.letters
    };
    let all = numbers(&[]);
    let rest = numbers(&["fi"]);
    assert_eq!((all.len(), rest.len()), (3, 2));
    assert!(rest.iter().all(|number| all.contains(number)));
}

#[test]
fn what_cannot_be_written_becomes_a_picture() {
    let shaded = "/Pattern cs /P1 scn 10 10 50 50 re f";
    let entries = "/Annots [6 0 R]";
    let look = [
        "<< /Type /Annot /Subtype /Stamp /Rect [20 20 200 60] /AP << /N 7 0 R >> >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 180 40] /Resources << /Pattern << /P1 << /PatternType 2 /Shading << /ShadingType 2 \
         /ColorSpace /DeviceRGB /Coords [0 0 99 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >> >> >> >> \
         /Length 38 >>\nstream\n/Pattern cs /P1 scn 10 10 50 50 re f   \nendstream",
    ];
    assert!(written(&Page { entries, content: shaded, more: &look }, &[]).1.is_none());
}

#[test]
fn pictures_of_which_a_part_is_hidden_are_not_handed_over() {
    let scan = format!("q 300 0 0 200 0 0 cm BI /W 300 /H 200 /CS /G /BPC 8 ID {} EI Q", "z".repeat(60_000));
    for hiding in ["0 g 80 40 60 20 re f", "20 w 10 50 m 90 50 l S", "q 60 0 0 40 20 20 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"] {
        assert!(written(&Page::of(&format!("{scan} {hiding} {WORDS}")), &[]).1.is_none(), "{hiding}");
    }
    let (_, cut) = written(&Page::of(&format!("q 0 0 300 100 re W n {scan} Q {WORDS}")), &[]);
    let cut = cut.unwrap();
    let [image] = cut.anew.images.as_slice() else { panic!("{:?}", cut.anew.images) };
    let pixels = Pixels::unpack(image.width, image.height, false, &cut.bytes[cut.bytes.len() - image.length as usize..]).unwrap();
    assert!(pixels.data[..300 * 90].iter().all(|dot| *dot == 0) && pixels.data[300 * 110..].iter().all(|dot| *dot > 0));
    let round = format!("q 0 0 m 300 0 l 150 200 l h W n {scan} Q {WORDS}");
    assert!(written(&Page::of(&round), &[]).1.is_none(), "the edge is not certain");
}

#[test]
fn clips_that_stay_open_do_not_clip_the_boxes() {
    let content = format!("q 10 10 280 180 re W n {WORDS} 0 0 50 50 re W n");
    let (sheet, written) = written(&Page::of(&content), &["Ada"]);
    let (_, same) = drawn(&bound(&sheet, &written.unwrap()), &[]);
    let area = sheet.boxes[0];
    let middle = (u32::midpoint(area.top, area.bottom) * same.width + u32::midpoint(area.left, area.right)) as usize;
    assert_eq!(same.data[middle], 0);
}

#[test]
fn letters_on_a_broad_line_are_seen_and_letters_after_a_hidden_one_keep_their_font() {
    let on_line = format!("30 w 10 105 m 90 105 l S 1 g BT /F1 14 Tf 20 100 Td (Title) Tj ET 0 g 1 w {WORDS}");
    assert_eq!(letters(&alike(&Page::of(&on_line), &["Ada"])), 22);
    let hidden = format!("BT /F1 14 Tf 20 100 Td (gone seen) Tj ET 1 1 0 rg 15 90 37 30 re f 0 g {WORDS}");
    assert_eq!(letters(&alike(&Page::of(&hidden), &["Ada"])), 21);
}

#[test]
fn lines_keep_their_places_in_large_units() {
    let lines = "q 300 0 0 200 0 0 cm 0.002 w 0.0317 0.1 m 0.9133 0.737 l S 0.0817 0.3 m 0.4417 0.1371 l S Q";
    alike(&Page::of(&format!("{lines} {WORDS}")), &["Ada"]);
}

#[test]
fn what_is_handed_over_is_taken_whole_or_not_at_all() {
    let (sheet, written) = written(&Page::of(WORDS), &["Ada"]);
    let mut written = written.unwrap();
    assert!(Stock::default().take(&written.anew, &written.bytes[1..]).is_none());
    written.anew.letters.push(9_999);
    let mut stock = Stock::default();
    let page = stock.take(&written.anew, &written.bytes).unwrap();
    assert!(!Book::new(true).anew(&sheet, &written.anew, &page, &mut stock, &mut Shared::default()));
}
