//! Form fields that a viewer draws by itself, because the file holds their value and not how it looks:
//! the values as a page of their own, to be drawn over the page.

use std::fmt::Write as _;

use hayro::hayro_interpret::hayro_syntax::object::{self, Array, Dict, Name, Object, Rect, Stream};

use crate::extract::lenient;

/// How far a field looks for what its parents say of it.
const DEPTH: usize = 8;
/// Most fields of one page.
const MOST: usize = 2_000;
/// Bits of an annotation that is not shown: hidden, not viewed.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Bit of a field of several lines, and of one whose letters are not shown.
const LINES: u32 = 1 << 12;
const SECRET: u32 = 1 << 13;

/// A PDF of one page with the values of the page's fields that have no appearance; `None` where there are none.
pub(super) fn overlay(page: &Dict<'_>) -> Option<Vec<u8>> {
    let all = page.get::<Array<'_>>("Annots")?;
    let content: String = all.iter::<Dict<'_>>().take(MOST).filter_map(|one| drawn(&one)).collect();
    (!content.is_empty()).then(|| file(&content))
}

fn drawn(field: &Dict<'_>) -> Option<String> {
    let widget = field.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Widget");
    if !widget || field.get::<u32>("F").unwrap_or(0) & UNSEEN != 0 || has_appearance(field) {
        return None;
    }
    let rect = field.get::<Rect>("Rect")?;
    let bits = inherited(field, |of| of.get::<u32>("Ff")).unwrap_or(0);
    let kind = inherited(field, |of| of.get::<Name<'_>>("FT").map(|name| name.as_str().to_owned()))?;
    let place = Place { left: rect.x0, bottom: rect.y0, width: rect.x1 - rect.x0, height: rect.y1 - rect.y0 };
    match kind.as_str() {
        "Tx" | "Ch" => {
            let value = inherited(field, |of| of.get::<object::String<'_>>("V").map(|text| lenient(text.as_bytes()).into_owned()))?;
            let value = if bits & SECRET != 0 && kind == "Tx" { "*".repeat(value.chars().count()) } else { value };
            let size = inherited(field, |of| of.get::<object::String<'_>>("DA").and_then(|text| size(text.as_bytes())));
            Some(place.text(&value, size, bits & LINES != 0))
        }
        "Btn" => {
            let state = field.get::<Name<'_>>("AS").or_else(|| field.get::<Name<'_>>("V"))?;
            (state.as_str() != "Off").then(|| place.cross())
        }
        _ => None,
    }
}

fn has_appearance(field: &Dict<'_>) -> bool {
    match field.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Object<'_>>("N")) {
        Some(Object::Stream(_)) => true,
        Some(Object::Dict(states)) => field.get::<Name<'_>>("AS").is_some_and(|state| states.get::<Stream<'_>>(state).is_some()),
        _ => false,
    }
}

/// What a field or the nearest of its parents says.
fn inherited<T>(field: &Dict<'_>, of: impl Fn(&Dict<'_>) -> Option<T>) -> Option<T> {
    let mut field = field.clone();
    for _ in 0..DEPTH {
        if let Some(found) = of(&field) {
            return Some(found);
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// The size of type in `/Helv 12 Tf 0 g`; none where the viewer is to choose.
fn size(appearance: &[u8]) -> Option<f64> {
    let text = lenient(appearance);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok().filter(|size| (1.0..=400.0).contains(size))
}

struct Place {
    left: f64,
    bottom: f64,
    width: f64,
    height: f64,
}

impl Place {
    fn text(&self, value: &str, size: Option<f64>, lines: bool) -> String {
        let size = size.unwrap_or_else(|| if lines { 10.0 } else { (self.height * 0.7).clamp(4.0, 12.0) });
        let rows =
            if lines { rows(value, ((self.width - 4.0) / (size * 0.5)).max(1.0) as usize) } else { vec![value.replace(['\r', '\n'], " ")] };
        let first = if lines { self.height - 2.0 - size * 0.9 } else { (self.height - size) / 2.0 + size * 0.22 };
        let mut out = format!(
            "q {} {} {} {} re W n BT /F {size} Tf {size} TL {} {} Td\n",
            self.left,
            self.bottom,
            self.width,
            self.height,
            self.left + 2.0,
            self.bottom + first
        );
        for row in rows {
            let _ = writeln!(out, "<{}> Tj T*", hexadecimal(&row));
        }
        out + "ET Q\n"
    }

    /// A box that was ticked.
    fn cross(&self) -> String {
        let (x0, y0) = (self.left + self.width * 0.2, self.bottom + self.height * 0.2);
        let (x1, y1) = (self.left + self.width * 0.8, self.bottom + self.height * 0.8);
        format!("q 1 w {x0} {y0} m {x1} {y1} l {x0} {y1} m {x1} {y0} l S Q\n")
    }
}

/// Lines of at most so many letters, broken between words.
fn rows(value: &str, most: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for line in value.split(['\r', '\n']) {
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.chars().count() + 1 + word.chars().count() > most {
                rows.push(std::mem::take(&mut row));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        rows.push(row);
    }
    rows
}

/// The letters of Western Europe as one byte each; others as a mark.
fn hexadecimal(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, letter| {
        let mut room = [0; 4];
        let (bytes, _, unknown) = encoding_rs::WINDOWS_1252.encode(letter.encode_utf8(&mut room));
        let byte = if unknown { b'?' } else { bytes.first().copied().unwrap_or(b'?') };
        let _ = write!(out, "{byte:02X}");
        out
    })
}

fn file(content: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [-20000 -20000 20000 20000] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
         5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_broken_between_words() {
        assert_eq!(rows("Ada Lovelace was here\nand there", 12), ["Ada Lovelace", "was here", "and there"]);
        assert_eq!(hexadecimal("Zo\u{EB} \u{20AC}\u{4E2D}"), "5A6FEB20803F");
        assert_eq!((size(b"/Helv 12 Tf 0 g"), size(b"/Helv 0 Tf")), (Some(12.0), None));
    }
}
