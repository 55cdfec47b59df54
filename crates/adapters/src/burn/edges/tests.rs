//! Pages drawn one after the other, with a string that stands on two of them.

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use proptest::prelude::*;

use super::super::page::{Drawing, How};
use super::super::tests::pages;
use super::super::wire::Sheet;

/// The sheets of pages with these contents.
fn sheets(contents: &[String], words: &[&str]) -> Vec<Sheet> {
    let pdf = Pdf::new(pages(contents)).unwrap();
    let words = Words::new(words, false);
    let mut drawing = Drawing::new(&pdf, &words, 72.0);
    let all: Vec<Sheet> = (0..contents.len() as u32).map(|number| drawing.sheet(number, How::default()).unwrap().0).collect();
    // Whichever pages a child has drawn before, each comes out the same.
    for number in (0..contents.len() as u32).rev() {
        let alone = Drawing::new(&pdf, &words, 72.0).sheet(number, How::default()).unwrap().0;
        assert_eq!(alone.boxes, all[number as usize].boxes);
    }
    all
}

/// A page of lines: each with its size and its distance from the bottom; `x` where another column begins.
fn page(lines: &[(f64, f64, &str)]) -> String {
    lines.iter().map(|(size, up, text)| column(20.0, *size, *up, text)).collect::<Vec<_>>().concat()
}

fn column(left: f64, size: f64, up: f64, text: &str) -> String {
    format!("BT /F1 {size} Tf {left} {up} Td ({text}) Tj ET ")
}

/// How many boxes are on each page, and how many places were found.
fn counted(contents: &[String], word: &str) -> (Vec<usize>, usize) {
    let sheets = sheets(contents, &[word]);
    (sheets.iter().map(|sheet| sheet.boxes.len()).collect(), sheets.iter().map(|sheet| sheet.found.len()).sum())
}

const BODY: [(f64, f64, &str); 3] =
    [(10.0, 90.0, "It was a long day and"), (10.0, 78.0, "nobody had slept, so"), (10.0, 66.0, "in the end we called Ada")];
const NEXT: [(f64, f64, &str); 3] =
    [(10.0, 150.0, "Lovelace, who came at"), (10.0, 138.0, "once and mended what"), (10.0, 126.0, "was broken before noon")];

fn with(lines: &[(f64, f64, &'static str)], more: &[(f64, f64, &'static str)]) -> String {
    page(&[lines, more].concat())
}

#[test]
fn a_name_that_goes_on_on_the_next_page_is_burnt_on_both() {
    assert_eq!(counted(&[with(&BODY, &[]), with(&NEXT, &[])], "Ada Lovelace"), (vec![1, 1], 1));
    let hyphen = [page(&[(10.0, 90.0, "It was a long day"), (10.0, 78.0, "for Mrs Love-")]), page(&[(10.0, 150.0, "lace, who came")])];
    assert_eq!(counted(&hyphen, "Lovelace"), (vec![1, 1], 1));
    let blank = [with(&BODY, &[]), "10 10 100 80 re f".to_owned(), with(&NEXT, &[])];
    assert_eq!(counted(&blank, "Ada Lovelace"), (vec![1, 0, 1], 1));
}

#[test]
fn headers_footers_numbers_and_notes_may_lie_between() {
    for (below, above) in [
        (vec![(10.0, 30.0, "3")], vec![]),
        (vec![(10.0, 52.0, "Page 3 of 9")], vec![(10.0, 164.0, "- iv -")]),
        (vec![(8.0, 52.0, "1 Her own words, in a letter"), (8.0, 42.0, "to her mother")], vec![]),
        (vec![(10.0, 30.0, "Example Trust, a charity")], vec![(10.0, 185.0, "Case file")]),
        (vec![(10.0, 54.0, "Case file 7, page 3")], vec![(10.0, 162.0, "Case file 7, page 4")]),
        (vec![(10.0, 54.0, "Confidential")], vec![(10.0, 162.0, "Case file"), (10.0, 30.0, "Confidential")]),
    ] {
        let first = with(&BODY, &[below.clone(), vec![(10.0, 190.0, "Case file")]].concat());
        let second = with(&NEXT, &above);
        assert_eq!(counted(&[first, second], "Ada Lovelace"), (vec![1, 1], 1), "{below:?} {above:?}");
    }
}

#[test]
fn columns_and_cells_go_on_where_they_are() {
    let cell = [
        page(&[(10.0, 60.0, "Ada")]) + &column(150.0, 10.0, 60.0, "mended the engine"),
        page(&[(10.0, 150.0, "Lovelace")]) + &column(150.0, 10.0, 150.0, "at once"),
    ];
    assert_eq!(counted(&cell, "Ada Lovelace"), (vec![1, 1], 1));
    let right = [
        page(&[(10.0, 60.0, "of the first column")]) + &column(150.0, 10.0, 60.0, "called Ada"),
        page(&[(10.0, 150.0, "Lovelace, who came")]) + &column(150.0, 10.0, 150.0, "and then some"),
    ];
    assert_eq!(counted(&right, "Ada Lovelace"), (vec![1, 1], 1));
}

#[test]
fn what_is_no_string_over_the_edge_stays() {
    let nothing = (vec![0, 0], 0);
    let running = [with(&BODY, &[(10.0, 54.0, "and she came at noon")]), with(&NEXT, &[])];
    assert_eq!(counted(&running, "Ada Lovelace"), nothing, "a line of the text lies between");
    let above = [with(&BODY, &[]), with(&NEXT, &[(10.0, 162.0, "the day after")])];
    assert_eq!(counted(&above, "Ada Lovelace"), nothing);
    assert_eq!(counted(&[with(&NEXT, &[]), with(&BODY, &[])], "Ada Lovelace"), nothing, "the pages lie otherwise");
    let words = [page(&[(10.0, 60.0, "the Canada")]), page(&[(10.0, 150.0, "Lovelaces")])];
    assert_eq!(counted(&words, "Ada Lovelace"), nothing, "parts of other words");
    let cells = [
        page(&[(10.0, 60.0, "Ada")]) + &column(150.0, 10.0, 60.0, "Grace"),
        page(&[(10.0, 150.0, "Hopper")]) + &column(150.0, 10.0, 150.0, "Lovelace"),
    ];
    assert_eq!(counted(&cells, "Ada Lovelace"), nothing, "cells of other columns");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn wherever_a_string_is_cut_its_letters_are_covered(
        string in "[A-Z][a-z]{2,7} [A-Z][a-z]{3,8}", at in 1_usize..10, footer in prop::sample::select(vec!["", "4", "Page 4 of 9"]), above in 1_usize..9,
    ) {
        let cut = at.min(string.len() - 1);
        let (first, second) = string.split_at(cut);
        let hyphen = if first.ends_with(' ') || second.starts_with(' ') { "" } else { "-" };
        let mut lines: Vec<(f64, f64, String)> = (0..above).map(|n| (10.0, 60.0 + 12.0 * (above - n) as f64, "zzz qqq zzz qqq".to_owned())).collect();
        lines.extend([(10.0, 60.0, format!("zzz {first}{hyphen}")), (10.0, 48.0, footer.to_owned())]);
        let one: String = lines.iter().map(|(size, up, text)| column(20.0, *size, *up, text)).collect::<Vec<_>>().concat();
        let two = page(&[(10.0, 150.0, &format!("{} zzz", second.trim_start())), (10.0, 138.0, "zzz qqq zzz")]);
        let (boxes, found) = counted(&[one.clone(), two.clone()], &string);
        prop_assert_eq!((boxes, found), (vec![1, 1], 1));
        let other = string.chars().rev().collect::<String>().to_lowercase().replace(' ', "x");
        prop_assert_eq!(counted(&[one, two], &other), (vec![0, 0], 0));
    }
}
