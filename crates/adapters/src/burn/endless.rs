//! What on a page has no end when it is drawn: letters that are drawings, patterns and masks that draw with themselves, and lines of more
//! dashes than anybody sees. Whoever draws them runs out of stack, of memory or of time.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::{BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use hayro::kurbo::{Affine, BezPath, PathEl, Point};

/// Most drawings within one another; what programs write has three at most (a letter painted with a pattern behind a mask).
const MOST_DEEP: usize = 8;
/// Most drawings that one of them draws in all, each as often as it is drawn.
const MOST: u64 = 100_000;

/// Most dashes of a line.
const MOST_DASHES: f64 = 100_000.0;

/// Goes through what a page draws with, each drawing once.
#[derive(Debug, Default)]
pub(super) struct Endless {
    /// How many drawings each one draws, itself among them.
    known: HashMap<u128, u64>,
    /// Of those that are being gone through, the innermost last.
    open: Vec<u64>,
    /// There is something that is not drawn.
    pub(super) found: bool,
}

impl Endless {
    /// Looks at the paint of a shape, and the mask before it.
    pub(super) fn paint(&mut self, props: &DrawProps<'_>) {
        self.mask(props.soft_mask.as_ref());
        if let Paint::Pattern(pattern) = &props.paint
            && let Pattern::Tiling(tile) = &**pattern
        {
            self.enter(tile.cache_key(), |within| {
                tile.interpret(within, Affine::IDENTITY, false);
            });
        }
    }

    pub(super) fn mask(&mut self, mask: Option<&SoftMask<'_>>) {
        if let Some(mask) = mask {
            self.enter(mask.cache_key(), |within| mask.interpret(within));
        }
    }

    /// Looks at a letter, and how it is painted.
    pub(super) fn glyph<'a>(&mut self, glyph: &Glyph<'a>, place: Affine, paint: &Paint<'a>) {
        if let Glyph::Type3(drawn) = glyph {
            self.enter(drawn.cache_key(), |within| drawn.interpret(within, Affine::IDENTITY, place, paint));
        }
    }

    /// Looks at a line, as long as its corners and those of its curves lie apart.
    pub(super) fn line(&mut self, path: &BezPath, mode: &DrawMode) {
        let (DrawMode::Stroke(how) | DrawMode::FillAndStroke(_, how)) = mode else { return };
        if how.dash_array.is_empty() {
            return;
        }
        let mut at = Point::ZERO;
        let mut length = 0.0;
        for element in path.elements() {
            let on: &[Point] = match element {
                PathEl::MoveTo(to) => {
                    at = *to;
                    continue;
                }
                PathEl::LineTo(to) => &[*to],
                PathEl::QuadTo(bend, to) => &[*bend, *to],
                PathEl::CurveTo(bend, other, to) => &[*bend, *other, *to],
                PathEl::ClosePath => continue,
            };
            for to in on {
                length += (*to - at).hypot();
                at = *to;
            }
        }
        let dash: f64 = how.dash_array.iter().map(|part| f64::from(*part).abs()).sum();
        // No number: a corner is endlessly far away.
        self.found |= length.is_nan() || length > dash * MOST_DASHES;
    }

    fn enter(&mut self, key: u128, go: impl FnOnce(&mut Self)) {
        if self.found {
            return;
        }
        let drawings = match self.known.get(&key) {
            Some(drawings) => *drawings,
            None if self.open.len() >= MOST_DEEP => {
                self.found = true;
                return;
            }
            None => {
                self.open.push(1);
                go(self);
                let drawings = self.open.pop().unwrap_or_default();
                self.known.insert(key, drawings);
                drawings
            }
        };
        if let Some(outer) = self.open.last_mut() {
            *outer = outer.saturating_add(drawings);
            self.found |= *outer > MOST;
        }
    }
}

impl<'a> Device<'a> for Endless {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.paint(&props);
        self.line(path, mode);
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.mask(mask.as_ref());
    }

    fn draw_image(&mut self, _: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.mask(props.soft_mask.as_ref());
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.paint(&props);
        for glyph in run.glyphs() {
            self.glyph(glyph, glyph.transform(), &props.paint);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use finder::plan::Words;
    use hayro::hayro_interpret::hayro_syntax::Pdf;

    use crate::burn::page::{Drawing, How};

    /// Whether a page is drawn that draws `shown` with the resources `with`, and with the other objects, from 5 on.
    fn is_drawn(shown: &str, with: &str, others: &[String]) -> bool {
        let mut file = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 20 20] /Resources << {with} >> /Contents 4 0 R >>\nendobj\n\
             4 0 obj\n{}\nendobj\n",
            stream("", shown)
        );
        for (number, object) in (5..).zip(others) {
            writeln!(file, "{number} 0 obj\n{object}\nendobj").unwrap();
        }
        writeln!(file, "trailer\n<< /Root 1 0 R /Size {} >>\nstartxref\n0\n%%EOF", 5 + others.len()).unwrap();
        let pdf = Pdf::new(file.into_bytes()).unwrap();
        let words = Words::default();
        Drawing::new(&pdf, &words, 72.0).sheet(0, How { anew: true, read: true }).is_some()
    }

    fn stream(entries: &str, content: &str) -> String {
        format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
    }

    #[test]
    fn a_letter_that_is_written_with_itself_is_not_drawn() {
        let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /CharProcs << /a 6 0 R >> \
                    /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] >>";
        let drawn =
            |content: &str| is_drawn("BT /F1 9 Tf 5 5 Td (aaa) Tj ET", "/Font << /F1 5 0 R >>", &[font.to_owned(), stream("", content)]);
        assert!(drawn("9 0 d0 0 0 9 9 re f"));
        assert!(!drawn("9 0 d0 BT /F1 9 Tf (a) Tj ET"));
        assert!(!drawn("BT /F1 9 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET"));
        assert!(!drawn("9 0 0 0 9 9 d1 BT /F1 9 Tf (aa) Tj ET"));
    }

    #[test]
    fn patterns_painted_with_patterns_are_drawn_where_they_are_few() {
        let drawn = |deep: usize, shown: &str| {
            let pattern = |number: usize| {
                let entries = "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /XStep 4 /YStep 4";
                stream(
                    &format!("{entries} /Resources << /Pattern << /P1 {} 0 R >> >>", number + 6),
                    &format!("/Pattern cs /P1 scn {shown}"),
                )
            };
            let others: Vec<String> = (0..deep).map(pattern).chain(["null".to_owned()]).collect();
            is_drawn("/Pattern cs /P1 scn 0 0 9 9 re f", "/Pattern << /P1 5 0 R >>", &others)
        };
        assert!(drawn(3, "0 0 2 2 re f"));
        assert!(!drawn(9, "0 0 2 2 re f"));
        assert!(!drawn(6, &"0 0 2 2 re f ".repeat(20)));
    }

    #[test]
    fn masks_behind_masks_are_drawn_where_they_are_few() {
        let drawn = |deep: usize| {
            let mask = |number: usize| {
                let entries = "/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Group << /S /Transparency /CS /DeviceGray >>";
                let (form, next) = (6 + 2 * number, 7 + 2 * number);
                let state = format!("<< /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G {form} 0 R >> >>");
                let with = format!("/Resources << /ExtGState << /G1 {next} 0 R >> >>");
                [state, stream(&format!("{entries} {with}"), "/G1 gs 1 g 0 0 5 5 re f")]
            };
            let others: Vec<String> = (0..deep).flat_map(mask).chain(["<< /Type /ExtGState >>".to_owned()]).collect();
            is_drawn("/G1 gs 0 0 9 9 re f", "/ExtGState << /G1 5 0 R >>", &others)
        };
        assert!(drawn(3));
        assert!(!drawn(9));
    }

    #[test]
    fn a_line_of_more_dashes_than_anybody_sees_is_not_drawn() {
        let drawn = |shown: &str| is_drawn(shown, "", &[]);
        assert!(drawn("[3 1] 0 d 1 1 m 20 20 l 5 9 30 9 9 9 c h B*"));
        assert!(drawn("[] 0 d 1 1 m 299999999999999999999999 20 l S"));
        assert!(!drawn("[3 1] 0 d 1 1 m 299999999999999999999999 20 l S"));
        assert!(!drawn("[3 1] 0 d 1 1 m 20 20 l 5 9 299999999999999999999999 30 9 9 c h B*"));
        assert!(!drawn("[.000001] 0 d 1 1 m 20 20 l S"));
    }
}
