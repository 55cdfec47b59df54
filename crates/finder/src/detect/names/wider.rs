//! Words that belong to the name of a place or an authority though they are written small: `municipality of Hay`, `8th Chamber of the Court`.

use super::edges::token_at;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};

/// Widens places and organisations over what stands before them. `findings` are sorted.
pub(super) fn extend(view: &View<'_>, findings: &mut [Finding]) {
    let mut past = 0;
    for finding in findings.iter_mut() {
        let start = match finding.kind {
            Kind::Place | Kind::Organisation => start(view, finding),
            _ => finding.start,
        };
        if start >= past {
            finding.start = start;
        }
        past = finding.end;
    }
}

fn start(view: &View<'_>, finding: &Finding) -> usize {
    let tokens = view.tokens();
    let at = token_at(tokens, finding.start);
    let word = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i)).map(|t| (t, text(view, t)));
    let of = |back: usize| word(back).is_some_and(|(_, w)| w == "of");
    let area = || word(2).filter(|(_, w)| AREAS.contains(&w.to_ascii_lowercase().as_str())).map(|(t, _)| t.start);
    let found = if let Some(start) = of(1).then(area).flatten() {
        Some(start)
    } else if finding.kind == Kind::Organisation {
        let back = if word(1).is_some_and(|(_, w)| w == "the") && of(2) { 3 } else { 2 };
        let part = (back == 3 || of(1)) && word(back).is_some_and(|(_, w)| PARTS.contains(&w));
        part.then(|| word(back + 1))
            .flatten()
            .filter(|(t, w)| t.shape == Shape::Number && ordinal(w) || ORDINALS.contains(w))
            .map(|(t, _)| t.start)
    } else {
        None
    };
    found.unwrap_or(finding.start)
}

fn text<'a>(view: &'a View<'_>, t: &Token) -> &'a str {
    view.text().get(t.start..t.end).unwrap_or_default()
}

fn ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|end| word.strip_suffix(end).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())))
}

const AREAS: &[&str] = &[
    "municipality",
    "county",
    "district",
    "province",
    "region",
    "commune",
    "parish",
    "borough",
    "canton",
    "prefecture",
    "governorate",
    "department",
    "diocese",
];
const PARTS: &[&str] = &["Chamber", "Section", "Division", "Senate", "Department", "Branch", "Panel"];
const ORDINALS: &[&str] =
    &["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth", "Thirteenth"];

#[cfg(test)]
mod tests {
    use crate::detect::Detector;

    #[test]
    fn the_word_for_an_area_belongs_to_its_name() {
        for (text, expected) in [
            ("He lives in the municipality of Leeds with her.", "municipality of Leeds"),
            ("The 8th Chamber of the Supreme Administrative Court ruled.", "8th Chamber of the Supreme Administrative Court"),
            ("He thought of Leeds again.", "Leeds"),
        ] {
            let found: Vec<&str> = Detector::new().detect(text).iter().map(|f| &text[f.start..f.end]).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }
}
