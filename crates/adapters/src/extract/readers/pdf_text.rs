//! Lines of text from the glyphs of a PDF page.

use std::collections::HashSet;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::object::Dict;
use hayro::hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use hayro::kurbo::{Affine, BezPath, Point};

use crate::extract::sights::What;
use crate::layout::{Spot, gap};

/// What is on a page.
#[derive(Default)]
pub(super) struct Page {
    glyphs: Vec<Placed>,
    seen: HashSet<(i64, i64, u64)>,
    /// What on it can only be seen.
    pub(super) look: Look,
    /// Text given for marked content (descriptions, replacements).
    pub(super) marked: Vec<Vec<u8>>,
}

/// What on a page can only be seen.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Look {
    /// Glyphs that stand for no known character.
    unknown: usize,
    /// Pictures, and how much of the page they cover at most, in square points.
    pictures: usize,
    covered: f64,
    /// Lines and areas.
    paths: usize,
}

/// A page with no more letters than these besides its picture is a picture: a number, a stamp.
const FEW: usize = 100;
/// How much of such a page the picture covers at least.
const MOST_OF_IT: f64 = 0.5;
/// A page of so many lines and areas, and without letters, may have letters that were drawn.
const DRAWN: usize = 40;

impl Look {
    /// What the page of this number is, if it is to be looked at.
    pub(super) fn what(&self, page: usize, letters: usize, area: f64) -> Option<What> {
        let scanned = letters < FEW && self.covered >= area * MOST_OF_IT;
        if self.unknown > 0 {
            Some(What::Unknown(page))
        } else if self.pictures > 0 && (letters == 0 || scanned) {
            Some(What::Page(page))
        } else if letters == 0 && self.paths >= DRAWN {
            Some(What::Drawing(page))
        } else {
            None
        }
    }
}

/// One glyph: where it starts and ends along its baseline.
struct Placed {
    order: usize,
    start: Point,
    end: Point,
    size: f64,
    text: String,
}

impl Page {
    /// The text, line by line in reading order of the content stream. A word ends where the
    /// gap to the next glyph is wider than a fraction of the type size.
    pub(super) fn text(mut self, out: &mut String) {
        let mut last: Option<Placed> = None;
        let mut glyphs = std::mem::take(&mut self.glyphs);
        glyphs.sort_by_key(|g| g.order);
        if glyphs.iter().any(|glyph| is_leftward(&glyph.text)) {
            return leftward(&glyphs, out);
        }
        for glyph in glyphs {
            if let Some(before) = &last {
                separate(out, before, &glyph);
            }
            out.push_str(&glyph.text);
            last = Some(glyph);
        }
        super::office::end_line(out);
    }
}

/// Whether letters are of a script that is written from right to left: Hebrew, Arabic and their kin.
fn is_leftward(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
}

/// Writes a page on which something is written from right to left.
fn leftward(glyphs: &[Placed], out: &mut String) {
    // Letters, with what lies between them as pieces of their own.
    let mut pieces: Vec<(&str, Option<&Placed>)> = Vec::with_capacity(glyphs.len() * 5 / 4);
    for (number, glyph) in glyphs.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|before| glyphs.get(before));
        let mut between = String::new();
        if let Some(before) = before {
            between.push_str(before.text.get(before.text.len().saturating_sub(1)..).unwrap_or_default());
            let written = between.len();
            separate(&mut between, before, glyph);
            pieces.extend(match between.get(written..) {
                Some("\n") => Some(("\n", None)),
                Some(" ") => Some((" ", None)),
                _ => None,
            });
        }
        pieces.push((&glyph.text, Some(glyph)));
    }
    pieces.split_mut(|(text, _)| *text == "\n").for_each(as_read);
    out.extend(pieces.iter().map(|(text, _)| *text));
    super::office::end_line(out);
}

/// Brings what in a line is written from right to left, and was set from left to right, into the order in which it is read. Numbers
/// within it keep theirs.
fn as_read(line: &mut [(&str, Option<&Placed>)]) {
    let mut at = 0;
    while let Some(start) = line.iter().skip(at).position(|(text, _)| is_leftward(text)).map(|first| at + first) {
        let ends = |(text, _): &(&str, Option<&Placed>)| !is_leftward(text) && text.chars().any(char::is_alphabetic);
        let limit = line.iter().skip(start).position(ends).map_or(line.len(), |length| start + length);
        let run = line.get_mut(start..limit).unwrap_or_default();
        let last = run.iter().rposition(|(text, _)| is_leftward(text)).unwrap_or_default();
        let run = run.get_mut(..=last).unwrap_or_default();
        if let [(_, Some(first)), .., (_, Some(last))] = &*run {
            let (along, way) = (first.end - first.start, last.start - first.start);
            if along.x * way.x + along.y * way.y > 0.0 {
                run.reverse();
                let digit = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "./,:-".contains(c));
                run.chunk_by_mut(|(one, _), (other, _)| digit(one) && digit(other)).for_each(<[_]>::reverse);
            }
        }
        at = limit;
    }
}

/// Writes the space or line break that lies between two glyphs.
fn separate(out: &mut String, before: &Placed, next: &Placed) {
    let spot = |glyph: &Placed| Spot { start: glyph.start, end: glyph.end, size: glyph.size };
    match gap(spot(before), spot(next)) {
        Some('\n') if !out.ends_with('\n') => out.push('\n'),
        Some(' ') if !out.ends_with([' ', '\n']) && !next.text.starts_with(' ') => out.push(' '),
        _ => {}
    }
}

impl<'a> Device<'a> for Page {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.look.paths += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.look.pictures += 1;
        let pixels = f64::from(image.width()) * f64::from(image.height());
        self.look.covered += props.transform.determinant().abs() * pixels;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => {
                    self.look.unknown += 1;
                    continue;
                }
            };
            let advance = match &**glyph {
                Glyph::Outline(g) => g.advance_width(),
                Glyph::Type3(g) => g.advance_width(),
            };
            self.put(place, f64::from(advance.unwrap_or(500.0)), text);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        if let Some(properties) = properties {
            for key in ["ActualText", "Alt"] {
                if let Some(text) = properties.get::<hayro::hayro_interpret::hayro_syntax::object::String<'_>>(key) {
                    self.marked.push(text.as_bytes().to_vec());
                }
            }
        }
    }
}

impl Page {
    fn put(&mut self, place: Affine, advance: f64, text: String) {
        let start = place * Point::ZERO;
        let end = place * Point::new(advance, 0.0);
        let up = place * Point::new(0.0, 1000.0) - start;
        if !(start.x.is_finite() && start.y.is_finite() && end.x.is_finite() && end.y.is_finite()) {
            return;
        }
        // Bold made by drawing twice, and fill-and-stroke, put the same glyph on the same spot.
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        let size = up.hypot();
        let grid = 12.0 / size.max(0.1);
        if text.trim().is_empty() || self.seen.insert(((start.x * grid) as i64, (start.y * grid) as i64, hash)) {
            self.glyphs.push(Placed { order: self.glyphs.len(), start, end, size, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(letters: &[(f64, f64, &str)]) -> String {
        let mut page = Page::default();
        for (x, y, text) in letters {
            page.put(Affine::translate((*x, *y)) * Affine::scale(0.01), 500.0, (*text).to_owned());
        }
        let mut out = String::new();
        page.text(&mut out);
        out
    }

    #[test]
    fn what_is_written_from_right_to_left_is_read_so() {
        // Set from the left: the last letter comes first. A wide gap is a space, a number keeps its order.
        let set = [
            (0.0, 0.0, "\u{5DF}"),
            (5.0, 0.0, "\u{5D4}"),
            (10.0, 0.0, "\u{5DB}"),
            (25.0, 0.0, "1"),
            (30.0, 0.0, "2"),
            (45.0, 0.0, "\u{5D3}"),
        ];
        assert_eq!(page(&set), "\u{5D3} 12 \u{5DB}\u{5D4}\u{5DF}\n");
        // Set in the order of reading: it stays.
        let read = [(10.0, 0.0, "\u{5DB}"), (5.0, 0.0, "\u{5D4}"), (0.0, 0.0, "\u{5DF}")];
        assert_eq!(page(&read), "\u{5DB}\u{5D4}\u{5DF}\n");
        // Latin words beside it stay, and so does another line.
        let mixed =
            [(0.0, 50.0, "A"), (5.0, 50.0, "d"), (20.0, 50.0, "\u{5DF}"), (25.0, 50.0, "\u{5DB}"), (40.0, 50.0, "x"), (0.0, 0.0, "B")];
        assert_eq!(page(&mixed), "Ad \u{5DB}\u{5DF} x\nB\n");
    }
}
