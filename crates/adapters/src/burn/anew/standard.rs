//! The fourteen fonts that every viewer has its own of. A file that uses them does not carry them, so their letters are written as
//! letters: another outline would not look as the page did.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::{Context, DrawProps, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::kurbo::{Affine, BezPath, Rect};

use crate::burn::only::OnlyLetters;

/// Their names (ISO 32000-1, 9.6.2.2); the last two have codes of their own.
pub(in crate::burn) const NAMES: [&str; 14] = [
    "Helvetica",
    "Helvetica-Bold",
    "Helvetica-Oblique",
    "Helvetica-BoldOblique",
    "Courier",
    "Courier-Bold",
    "Courier-Oblique",
    "Courier-BoldOblique",
    "Times-Roman",
    "Times-Bold",
    "Times-Italic",
    "Times-BoldItalic",
    "Symbol",
    "ZapfDingbats",
];
/// How many of them are encoded as Windows does.
pub(in crate::burn) const ENCODED: usize = 12;

/// Every letter of them, by its outline: the font and the code. Made once for all files: it takes milliseconds.
pub(super) static TABLE: LazyLock<HashMap<u128, (u8, u8)>> = LazyLock::new(table);

fn table() -> HashMap<u128, (u8, u8)> {
    let mut all = HashMap::new();
    for font in (0..NAMES.len()).rev() {
        // Several codes may look the same; the first is the usual one.
        for (key, code, _) in letters(font).into_iter().rev() {
            all.insert(key, (font as u8, code));
        }
    }
    all
}

/// The letters of the fonts that are encoded as Windows does, with their codes.
pub(in crate::burn) fn outlines() -> Vec<(u8, BezPath)> {
    (0..ENCODED).flat_map(letters).map(|(_, code, path)| (code, path)).collect()
}

/// A page with every letter of a font, read: what it is known by, its code and its shape.
fn letters(font: usize) -> Vec<(u128, u8, BezPath)> {
    let Ok(pdf) = Pdf::new(sample(font)) else { return Vec::new() };
    let Some(page) = pdf.pages().first() else { return Vec::new() };
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() };
    let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, page.xref(), settings);
    let mut seen = Vec::new();
    let look = |run: &GlyphRun<'_, '_>, _: DrawProps<'_>| {
        for glyph in run.glyphs() {
            let Glyph::Outline(outline) = &**glyph else { continue };
            let path = outline.outline();
            // A blank, or a code without a letter, looks like nothing.
            if !path.elements().is_empty() {
                seen.push((outline.identifier().cache_key(), outline.char_code() as u8, path));
            }
        }
    };
    interpret_page(page, &mut context, &mut OnlyLetters(look));
    seen
}

fn sample(font: usize) -> Vec<u8> {
    let name = NAMES.get(font).copied().unwrap_or_default();
    let encoding = if font < ENCODED { "/Encoding /WinAnsiEncoding" } else { "" };
    let codes = (33..=255).fold(String::new(), |mut out, code| {
        let _ = write!(out, "{code:02X}");
        out
    });
    let content = format!("BT /F 1 Tf <{codes}> Tj ET");
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for object in [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 \
             /BaseFont /{name} {encoding} >> >> >> >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ] {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", places.len());
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_all_fourteen_fonts_are_known() {
        for font in 0..NAMES.len() as u8 {
            let count = TABLE.values().filter(|(of, _)| *of == font).count();
            assert!(count > 140, "{} has {count}", NAMES[usize::from(font)]);
        }
    }
}
