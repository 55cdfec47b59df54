//! The names of values in files of data (JSON, XML). They stand between values that belong together, a first name and a surname: a
//! term that spans both is looked for without them, as it is in the cells of a table.

use std::ops::Range;

/// Endings of files that are JSON.
const JSON: [&str; 6] = ["json", "jsonl", "ndjson", "geojson", "ipynb", "har"];
/// Bytes of the longest name.
const LONGEST: usize = 80;

/// Where the names stand in a text of a file that is called so, ascending; nothing in other files.
pub(super) fn of(file: &str, text: &str) -> Vec<Range<usize>> {
    let file = file.to_lowercase();
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        ending if JSON.contains(&ending) || looks_like_json(text) => of_json(text),
        "xml" => of_xml(text),
        _ => Vec::new(),
    }
}

/// A part of the text without the signs around it that belong to the data.
pub(super) fn value(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default();
    let sign = |c: char| !c.is_alphanumeric();
    let start = range.start + inner.len() - inner.trim_start_matches(sign).len();
    start..start + inner.trim_matches(sign).len()
}

fn looks_like_json(text: &str) -> bool {
    let start = text.trim_start();
    let head = start.get(..start.floor_char_boundary(4_096)).unwrap_or_default();
    head.starts_with(['{', '[']) && head.contains("\":")
}

/// What stands in quotes before a colon.
fn of_json(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let Some(name) = text.get(..colon).map(str::trim_end).and_then(|before| before.strip_suffix('"')) else { continue };
        let near = name.get(name.floor_char_boundary(name.len().saturating_sub(LONGEST))..).unwrap_or_default();
        let Some(quote) = near.rfind('"') else { continue };
        let start = name.len() - near.len() + quote;
        if found.last().is_none_or(|last| last.end <= start) {
            found.push(start..colon + 1);
        }
    }
    found
}

/// What stands before a colon at the beginning of a line, as attributes are written out.
fn of_xml(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let label = line.split_once(": ").map(|(label, _)| label).filter(|label| label.len() <= LONGEST);
        if let Some(label) = label.filter(|label| label.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
            found.push(at..at + label.len() + 2);
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'t>(file: &str, text: &'t str) -> Vec<&'t str> {
        of(file, text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn names_of_values_are_told_from_values() {
        let json = r#"[{"first" : "Ada", "at":"12:30", "b": {"c":1}}]"#;
        assert_eq!(shown("", json), [r#""first" :"#, r#""at":"#, r#""b":"#, r#""c":"#]);
        assert_eq!(shown("a.xml", "first: Ada\nsee also: her letter\nlast:x\n"), ["first: "]);
        assert_eq!(shown("a.txt", "first: Ada\n"), Vec::<&str>::new());
        assert_eq!(shown("a.JSON", "\":\":\"é\":"), ["\":\":", "\"é\":"]);
    }

    #[test]
    fn signs_around_a_value_stay() {
        let text = "\"Zoë\", ";
        assert_eq!(&text[value(text, 0..text.len())], "Zoë");
        assert!(value(",\"", 0..2).is_empty());
    }
}
