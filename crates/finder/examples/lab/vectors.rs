//! Identifier vectors: a text and how many identifiers of a kind it holds.

use std::io::{self, Write};
use std::path::Path;

use finder::detect::{Detector, Kind, to_char_offsets};

/// Prints how many vectors of each kind come out right, and every wrong one.
pub(crate) fn report(file: &Path, out: &mut dyn Write) -> io::Result<()> {
    let Ok(text) = std::fs::read_to_string(file) else { return Ok(()) };
    let (mut right, mut all) = (0, 0);
    for row in text.lines().skip(1).map(fields) {
        let [kind, text, count, positions, ..] = row.as_slice() else { continue };
        let wanted = match kind.as_str() {
            "driving_licence" => Kind::DrivingLicence,
            "nhs" => Kind::NhsNumber,
            "nino" => Kind::NationalInsurance,
            "passport" => Kind::Passport,
            "postcode" => Kind::Postcode,
            "vehicle" | "vehicle_registration" => Kind::Vehicle,
            _ => {
                writeln!(out, "  ? {kind}")?;
                continue;
            }
        };
        let found: Vec<Vec<usize>> = Detector::new()
            .detect(text)
            .into_iter()
            .filter(|f| f.kind == wanted)
            .map(|f| to_char_offsets(text, &[f.start, f.end]))
            .collect();
        let places: Vec<Vec<usize>> = serde_json::from_str(if positions.is_empty() { "[]" } else { positions }).unwrap_or_default();
        let good = found.len().to_string() == *count && (places.is_empty() || places == found);
        all += 1;
        right += usize::from(good);
        if !good {
            writeln!(out, "  ! {kind} {text:?}: expected {count} at {positions}, found {found:?}")?;
        }
    }
    writeln!(out, "identifier vectors right: {right}/{all}")
}

/// The fields of a CSV row with double quotes.
fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(last) = out.last_mut() {
                    last.push('"');
                }
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    out
}
