//! How well people are found in what a charity's mailbox holds: letters, chat, case and care notes, registers, minutes.

use std::fmt::Write as _;

use finder::detect::{Detector, Kind};

/// Texts of our own writing about invented people.
const MAILBOX: &str = include_str!("everyday/mailbox.txt");

/// A text and its people.
struct Sample {
    text: String,
    people: Vec<(usize, usize)>,
    /// What is neither wanted nor wrong: nicknames of relations, initials of a company.
    either: Vec<(usize, usize)>,
}

/// Reads a text with its people in braces: `{Bev}`, `{Mrs Rees|Rees}` where a part is the name, `{gran|}` for either way.
fn sample(marked: &str) -> Sample {
    let mut out = Sample { text: String::new(), people: Vec::new(), either: Vec::new() };
    let mut rest = marked.trim();
    while let Some((before, after)) = rest.split_once('{') {
        let (inner, tail) = after.split_once('}').unwrap_or((after, ""));
        out.text.push_str(before);
        let (shown, name) = inner.split_once('|').unwrap_or((inner, inner));
        let start = out.text.len();
        out.text.push_str(shown);
        if name.is_empty() {
            out.either.push((start, out.text.len()));
        } else {
            let at = start + shown.rfind(name).unwrap_or_default();
            out.people.push((at, at + name.len()));
        }
        rest = tail;
    }
    out.text.push_str(rest);
    out
}

fn samples() -> Vec<Sample> {
    let texts = MAILBOX.split("\n----\n");
    texts.map(|t| t.lines().filter(|l| !l.starts_with("# ")).collect::<Vec<_>>().join("\n")).map(|t| sample(&t)).collect()
}

/// F1 of the same range, and what was missed or wrong.
fn measure(detector: Detector) -> (f64, f64, f64, String) {
    let (mut right, mut found, mut wanted, mut report) = (0_usize, 0_usize, 0_usize, String::new());
    for one in samples() {
        let people: Vec<(usize, usize)> =
            detector.detect(&one.text).into_iter().filter(|f| f.kind == Kind::Person).map(|f| (f.start, f.end)).collect();
        let counted: Vec<_> = people.iter().filter(|p| !one.either.iter().any(|e| p.0 < e.1 && e.0 < p.1)).collect();
        (found, wanted) = (found + counted.len(), wanted + one.people.len());
        right += counted.iter().filter(|p| one.people.contains(p)).count();
        let around = |p: (usize, usize)| {
            let (a, b) = (one.text.floor_char_boundary(p.0.saturating_sub(25)), one.text.floor_char_boundary(p.1 + 25));
            format!("{}[[{}]]{}", &one.text[a..p.0], &one.text[p.0..p.1], &one.text[p.1..b]).replace('\n', "|")
        };
        for p in one.people.iter().filter(|p| !people.contains(p)) {
            let _ = writeln!(report, "- {}", around(*p));
        }
        for p in counted.iter().filter(|p| !one.people.contains(p)) {
            let _ = writeln!(report, "+ {}", around(**p));
        }
    }
    let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    (share(right, found), share(right, wanted), share(2 * right, found + wanted), report)
}

#[test]
fn people_are_found_in_a_charitys_mailbox() {
    let (precision, recall, f1, report) = measure(Detector::new());
    assert!(f1 >= 0.95, "precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}\n{report}");
}

#[test]
fn whoever_would_rather_hide_too_much_misses_almost_nobody() {
    let (precision, recall, _, report) = measure(Detector::careful());
    assert!(recall >= 0.93 && precision >= 0.9, "precision {precision:.3}, recall {recall:.3}\n{report}");
}

#[test]
fn a_cry_is_no_part_of_a_name_and_a_street_abroad_is_nobody() {
    let people = |text: &str| {
        let found = Detector::new().detect(text).into_iter().filter(|f| f.kind == Kind::Person);
        found.map(|f| text[f.start..f.end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(people("Thx Amelia! See you on Monday."), ["Amelia"]);
    assert_eq!(people("She lives at Kálmán Imre u. 12, Zalakaros."), Vec::<String>::new());
}
