//! Words that stand in patterns, behind masks and on turned stamps.

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;

use super::super::anew::Written;
use super::super::page::{Drawing, How};
use super::super::pixels::Pixels;
use super::super::wire::{Area, Sheet};
use super::{drawn, file, inside};

/// A page with these entries of its own and of its resources, this content, and objects from number 6 on; 5 is a font.
fn page((entries, resources): (&str, &str), content: &str, more: &[String]) -> Vec<u8> {
    let stream = |content: &str| format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] {entries} /Resources << /Font << /F1 5 0 R >> {resources} >> /Contents 4 0 R >>"
        ),
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    objects.extend_from_slice(more);
    file(&objects)
}

/// A stream that draws with the font.
fn drawing(entries: &str, content: &str) -> String {
    format!("<< {entries} /Resources << /Font << /F1 5 0 R >> >> /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The page as it would be handed over: its sheet, and as shapes where that is certain.
fn handed_over(pdf: &[u8], words: &[&str]) -> (Sheet, Option<Written>) {
    let pdf = Pdf::new(pdf.to_vec()).unwrap();
    let words = Words::new(words, true);
    let (sheet, written, _) = Drawing::new(&pdf, &words, 150.0).sheet(0, How { anew: true, read: false }).unwrap();
    (sheet, written)
}

/// The dots of ink of the page as it was, and of those the ones that are seen when the words are gone.
fn ink(pdf: &[u8], words: &[&str]) -> (usize, usize) {
    let (_, before) = drawn(pdf, &[]);
    let (sheet, after) = drawn(pdf, words);
    let width = before.width as usize;
    let dark = |pixels: &Pixels, at: usize| pixels.data.get(at * if pixels.colour { 3 } else { 1 }).is_some_and(|value| *value < 200);
    let dots: Vec<usize> = (0..width * before.height as usize).filter(|at| dark(&before, *at)).collect();
    (dots.len(), dots.iter().filter(|at| dark(&after, **at) && !inside(&sheet, **at % width, **at / width)).count())
}

fn holds(areas: &[Area], part: Area) -> bool {
    areas.iter().any(|area| area.with(part) == *area)
}

#[test]
fn a_pattern_of_words_is_looked_at_where_it_is_seen() {
    let tile = drawing(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 140 30] /XStep 140 /YStep 30",
        "BT /F1 14 Tf 10 10 Td (Ada Lovelace) Tj ET",
    );
    let content = "/Pattern cs /P1 scn 30 40 200 60 re f 0 g BT /F1 14 Tf 20 150 Td (by Grace Hopper) Tj ET";
    let pdf = page(("", "/Pattern << /P1 6 0 R >>"), content, &[tile]);
    let (sheet, written) = handed_over(&pdf, &["Ada Lovelace", "Hopper"]);
    assert!(written.is_none(), "what the pattern draws would be handed over");
    assert_eq!(sheet.found, [1], "the words beside it are found among the letters");
    assert!(sheet.doubtful && holds(&sheet.pictures, Area { left: 63, top: 209, right: 479, bottom: 333 }), "{:?}", sheet.pictures);
}

#[test]
fn words_behind_a_mask_are_covered_and_words_in_a_mask_are_looked_at() {
    let group = "/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Group << /S /Transparency /CS /DeviceGray >>";
    let state = "<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>".to_owned();
    let resources = ("", "/ExtGState << /G1 7 0 R >>");
    let behind = "BT /F1 14 Tf 20 150 Td (by Grace Hopper) Tj ET /G1 gs BT /F1 14 Tf 20 100 Td (Ada Lovelace again) Tj ET";
    let pdf = page(resources, behind, &[drawing(group, "1 g 0 0 300 200 re f"), state.clone()]);
    let (sheet, written) = handed_over(&pdf, &["Ada Lovelace"]);
    assert!(written.is_none() && sheet.found == [0] && sheet.boxes.len() == 1, "{sheet:?}");
    let (all, left) = ink(&pdf, &["Ada Lovelace"]);
    assert!(left > 0 && left < all, "{left} of {all}");
    assert_eq!(ink(&pdf, &["Ada Lovelace again", "by Grace Hopper"]).1, 0);
    let within = "BT /F1 14 Tf 20 150 Td (by Grace Hopper) Tj ET /G1 gs 0 0 300 120 re f";
    let pdf = page(resources, within, &[drawing(group, "1 g BT /F1 14 Tf 20 100 Td (Ada Lovelace) Tj ET"), state]);
    let (sheet, written) = handed_over(&pdf, &["Ada Lovelace"]);
    assert!(written.is_none(), "the mask would be handed over");
    assert!(sheet.doubtful && holds(&sheet.pictures, Area { left: 0, top: 167, right: 625, bottom: 417 }), "{:?}", sheet.pictures);
}

#[test]
fn a_word_on_a_turned_stamp_is_covered_and_the_rest_of_it_stays() {
    for (cos, sin) in [(0.866, 0.5), (0.0, 1.0), (-1.0, 0.0), (0.94, -0.342)] {
        let stamp = "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [60 20 220 180] /AP << /N 7 0 R >> >>".to_owned();
        let look = drawing(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 120 40] /Matrix [{cos} {sin} {} {cos} 0 0]", -sin),
            "1 0 0 RG 2 2 116 36 re S BT /F1 12 Tf 8 22 Td (RECEIVED) Tj 0 -14 Td (Ada Lovelace) Tj ET",
        );
        let pdf = page(("/Annots [6 0 R]", ""), "BT /F1 9 Tf 5 185 Td (a letter) Tj ET", &[stamp, look]);
        let (sheet, _) = handed_over(&pdf, &["Ada Lovelace"]);
        assert_eq!(sheet.found, [0], "{cos} {sin}");
        let word = ink(&pdf, &["Ada Lovelace"]);
        let all = ink(&pdf, &["Ada Lovelace", "RECEIVED", "a letter"]);
        assert!(word.1 > all.1, "the rest stays: {word:?} {all:?}");
        assert!(word.0 > word.1 + 100, "the word is gone: {word:?}");
    }
}
