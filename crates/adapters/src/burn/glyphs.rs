//! The letters of a page with their places, and the texts they make.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{Glyph, GlyphRun, Type3Glyph};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::{BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};

use super::bounds::is_too_large;
use super::endless::Endless;
use super::lies::lies;
use super::orders::{Piece, standing};
use crate::layout::{Spot, gap};

/// Most letters, and shapes that may be letters, of one page that are looked at.
const MOST: usize = 1_000_000;
const MOST_SHAPES: usize = 100_000;
const MOST_PICTURES: usize = 10_000;
/// Larger than any page, in pixels.
const EVERYWHERE: Rect = Rect::new(-1e6, -1e6, 1e6, 1e6);

/// One letter: where it begins and ends along its line, in pixels.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Which glyph of the page, in the order they are drawn.
    pub(super) ordinal: u32,
    pub(super) start: Point,
    pub(super) end: Point,
    /// From the line up to the top of a tall letter.
    pub(super) up: Vec2,
    /// Height of the type.
    pub(super) size: f64,
    /// Where its text stands in [`Glyphs::letters`].
    text: (u32, u32),
}

impl Placed {
    fn spot(&self) -> Spot {
        Spot { start: self.start, end: self.end, size: self.size }
    }
}

/// Which letters look like others than they are said to be: by what the shape is known by, and what is said.
pub(super) type Judged = HashMap<(u128, char), bool>;

/// All letters of a page.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub(super) placed: Vec<Placed>,
    letters: String,
    seen: HashMap<(i32, i32, u32), (f32, f32)>,
    drawn: u32,
    /// Glyphs that stand for no known letter, or look like another one than they stand for.
    pub(super) unknown: u32,
    /// Of each letter that was looked at, whether it looks like another one: kept for all pages of a file.
    pub(super) judged: Judged,
    /// Where pictures, and drawings that might be letters, stand.
    pub(super) pictures: Vec<Rect>,
    /// Of the larger pictures: the pixels they cover, and their dots on one, along a side.
    scans: Vec<(f64, f64)>,
    shapes: Vec<Drawn>,
    /// A picture says that it is larger than any that is drawn.
    too_large: bool,
    endless: Endless,
    doubt: Doubt,
}

/// A shape that may be a letter, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) bounds: Rect,
    /// It may be a word by itself.
    pub(super) rich: bool,
}

/// Shapes with a slanted side or a curve may be letters up to this size, in pixels; others may be dots of letters up to the second.
const LETTER: f64 = 300.0;
const DOT: f64 = 80.0;
/// Rules: thinner than the first, longer than the second, in pixels.
const RULE: (f64, f64) = (3.0, 30.0);

impl Drawn {
    fn of(bounds: Rect, sides: usize) -> Option<Self> {
        let (thin, long) = (bounds.width().min(bounds.height()), bounds.width().max(bounds.height()));
        let rich = sides >= SHAPE;
        let may_be = if sides > 0 { long <= LETTER } else { long <= DOT && (thin >= RULE.0 || long <= RULE.1) };
        // A line has no width of its own.
        ((rich || may_be) && bounds.is_finite()).then_some(Self { bounds: bounds.inflate(0.5, 0.5), rich })
    }
}

/// What on a page may be handwriting, or letters drawn as shapes.
#[derive(Debug, Default)]
struct Doubt {
    /// Something is painted with a pattern, behind a mask, or clipped to a shape with many sides.
    certain: bool,
    /// Sides that are neither level nor upright, and curves.
    slanted: usize,
    /// Pictures, however small.
    pictures: usize,
}

impl Doubt {
    fn paint(&mut self, props: &DrawProps<'_>) {
        self.certain |= props.soft_mask.is_some() || matches!(props.paint, Paint::Pattern(_));
    }

    /// How many sides of it are slanted or curves.
    fn path(&mut self, path: &BezPath) -> usize {
        let sides = slanted(path);
        self.certain |= sides >= SHAPE;
        self.slanted += sides;
        sides
    }
}

/// A shape of so many slanted sides may be a signature or a word; so many on a page may be one together.
const SHAPE: usize = 12;
const SHAPES: usize = 64;
/// Fewer pictures than this are no picture cut into strips.
const STRIPS: usize = 4;

fn slanted(path: &BezPath) -> usize {
    let (mut at, mut sides) = (Point::ZERO, 0);
    for element in path.elements() {
        let (to, curve) = match element {
            PathEl::MoveTo(to) => {
                at = *to;
                continue;
            }
            PathEl::LineTo(to) => (*to, false),
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => (*to, true),
            PathEl::ClosePath => continue,
        };
        sides += usize::from(curve || ((to.x - at.x).abs() > 1e-3 && (to.y - at.y).abs() > 1e-3));
        at = to;
    }
    sides
}

/// A character that tells nothing of what is seen: a font that lies about its letters, or says nothing.
pub(super) fn says_nothing(c: char) -> bool {
    // From U+F000 on stand bullets of symbol fonts.
    c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace()) || ('\u{E000}'..'\u{F000}').contains(&c)
}

/// A text of the page; each byte knows its letter.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// For each letter of the text: where its text ends, and its index in [`Glyphs::placed`].
    owners: Vec<(usize, usize)>,
}

/// A side of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// With this letter as its last.
    UpTo(usize),
    /// With this letter as its first.
    From(usize),
}

impl Text {
    /// The letters of a part of the text, by index.
    pub(super) fn letters(&self, start: usize, end: usize) -> Vec<usize> {
        let from = self.owners.partition_point(|owner| owner.0 <= start);
        let rest = self.owners.get(from..).unwrap_or_default();
        let mut begin = from.checked_sub(1).and_then(|before| self.owners.get(before)).map_or(0, |owner| owner.0);
        let mut letters = Vec::new();
        for (until, letter) in rest {
            if begin >= end {
                break;
            }
            if *letter != usize::MAX {
                letters.push(*letter);
            }
            begin = *until;
        }
        letters
    }

    /// The last letters up to one, or the first from one on: at most `most`.
    pub(super) fn part(&self, side: Side, most: usize) -> Option<Self> {
        let (Side::UpTo(letter) | Side::From(letter)) = side;
        let at = self.owners.iter().position(|owner| owner.1 == letter)?;
        let range = match side {
            Side::UpTo(_) => (at + 1).saturating_sub(most)..at + 1,
            Side::From(_) => at..(at + most).min(self.owners.len()),
        };
        let begin = range.start.checked_sub(1).and_then(|before| self.owners.get(before)).map_or(0, |owner| owner.0);
        let owners = self.owners.get(range)?;
        let end = owners.last().map_or(begin, |owner| owner.0);
        let text = self.text.get(begin..end)?.to_owned();
        Some(Self { text, owners: owners.iter().map(|(end, letter)| (end - begin, *letter)).collect() })
    }

    fn add(&mut self, text: &str, letter: usize) {
        self.text.push_str(text);
        self.owners.push((self.text.len(), letter));
    }

    /// The same letters from the last to the first.
    fn backwards(&self) -> Self {
        let mut out = Self::default();
        let mut end = self.text.len();
        for (index, (_, letter)) in self.owners.iter().enumerate().rev() {
            let start = index.checked_sub(1).and_then(|before| self.owners.get(before)).map_or(0, |owner| owner.0);
            let piece: String = self.text.get(start..end).unwrap_or_default().chars().rev().collect();
            out.add(&piece, *letter);
            end = start;
        }
        out
    }
}

impl Glyphs {
    /// The texts in which strings are looked for: in the order drawn; in others in which they may be read, where these differ; and all of
    /// them backwards where letters run from right to left. With the lines as they stand, in parts.
    pub(super) fn texts(&self) -> (Vec<Text>, Vec<Piece>) {
        let drawn: Vec<usize> = (0..self.placed.len()).collect();
        let mut texts = vec![self.text(&drawn)];
        let standing = standing(&self.placed);
        let others = standing.orders.into_iter().filter(|order| *order != drawn);
        texts.extend(others.map(|order| self.text(&order)));
        if self.letters.chars().any(is_leftward) {
            let backwards: Vec<Text> = texts.iter().map(Text::backwards).collect();
            texts.extend(backwards);
        }
        (texts, standing.pieces)
    }

    /// What a letter is said to be.
    pub(super) fn said(&self, index: usize) -> &str {
        let text = self.placed.get(index).map_or((0, 0), |letter| letter.text);
        self.letters.get(text.0 as usize..text.1 as usize).unwrap_or_default()
    }

    fn text(&self, order: &[usize]) -> Text {
        let mut out = Text::default();
        let mut last: Option<&Placed> = None;
        for index in order {
            let Some(letter) = self.placed.get(*index) else { continue };
            let text = self.said(*index);
            if let Some(gap) = last.and_then(|before| gap(before.spot(), letter.spot())) {
                let mark = if gap == '\n' { "\n" } else { " " };
                if !out.text.ends_with(['\n', ' ']) && !text.starts_with(' ') || gap == '\n' && !out.text.ends_with('\n') {
                    out.add(mark, usize::MAX);
                }
            }
            out.add(text, *index);
            last = Some(letter);
        }
        out
    }

    /// Shapes that may be letters.
    pub(super) fn shapes(&self) -> &[Drawn] {
        &self.shapes
    }

    /// Whether the page holds what would take all memory or stack there is to be drawn.
    pub(super) fn cannot_be_drawn(&self) -> bool {
        self.too_large || self.endless.found
    }

    /// Whether something on the page may be seen that is neither among its letters nor among [`Self::looks`]: a signature, a word drawn as
    /// a shape, a picture in strips, letters that are called something else.
    pub(super) fn doubtful(&self) -> bool {
        self.doubt.certain || self.doubt.slanted >= SHAPES || self.doubt.pictures >= STRIPS
    }

    /// Of a scan, a page that is mostly one picture: how many of its dots stand on a pixel, along a side.
    pub(super) fn scan(&self, page: (f64, f64)) -> Option<f64> {
        self.scans.iter().filter(|(area, _)| area * 2.0 > page.0 * page.1).map(|(_, dots)| *dots).reduce(f64::max)
    }

    /// Remembers where letters may stand that are no text; `false` when there are too many such places.
    fn look_at(&mut self, bounds: Rect) -> bool {
        let room = self.pictures.len() < MOST_PICTURES;
        if room {
            self.pictures.push(bounds);
        }
        room
    }

    fn shape(&mut self, bounds: Rect, sides: usize) {
        if self.shapes.len() < MOST_SHAPES {
            self.shapes.extend(Drawn::of(bounds, sides));
        }
    }

    fn put(&mut self, place: Affine, advance: Vec2, text: &str, ordinal: u32) {
        let start = place * Point::ZERO;
        let end = place * advance.to_point();
        let up = place * Point::new(0.0, 1000.0) - start;
        let finite = [start.x, start.y, end.x, end.y, up.x, up.y].iter().all(|value| value.is_finite());
        if !finite || self.placed.len() >= MOST {
            self.unknown += 1;
            return;
        }
        let size = up.hypot();
        if !text.trim().is_empty() && self.is_double(start, size, text) {
            return;
        }
        let from = self.letters.len() as u32;
        self.letters.push_str(text);
        self.placed.push(Placed { ordinal, start, end, up, size, text: (from, self.letters.len() as u32) });
    }

    /// Whether a letter looks like another one than it is said to be.
    fn lies<'a>(&mut self, glyph: &Glyph<'a>, said: char, paint: &Paint<'a>) -> bool {
        match glyph {
            Glyph::Outline(outline) => {
                let key = (outline.identifier().cache_key(), said);
                *self.judged.entry(key).or_insert_with(|| lies(&outline.outline(), said))
            }
            Glyph::Type3(drawn) => {
                let look = || {
                    let mut shape = Shapes::default();
                    drawn.interpret(&mut shape, Affine::IDENTITY, Affine::IDENTITY, paint);
                    let blank = said.is_whitespace() && shape.all.is_some_and(|all| all.area() > 1.0);
                    shape.dots || blank || lies(&shape.path, said)
                };
                *self.judged.entry((drawn.cache_key(), said)).or_insert_with(look)
            }
        }
    }

    /// Bold made by drawing twice, and shadows, put the same letter on nearly the same spot.
    fn is_double(&mut self, at: Point, size: f64, text: &str) -> bool {
        let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let cell = (size / 4.0).max(0.01);
        let near = cell / 2.0;
        let key = |dx: f64, dy: f64| (((at.x + dx) / cell).floor() as i32, ((at.y + dy) / cell).floor() as i32, hash);
        for (dx, dy) in [(-near, -near), (near, -near), (-near, near), (near, near)] {
            if let Some((x, y)) = self.seen.get(&key(dx, dy))
                && (f64::from(*x) - at.x).abs() <= near
                && (f64::from(*y) - at.y).abs() <= near
            {
                return true;
            }
        }
        self.seen.insert(key(0.0, 0.0), (at.x as f32, at.y as f32));
        false
    }
}

fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}

/// How far a glyph moves on, in thousandths of its size.
fn advance(glyph: &Glyph<'_>, mode: WritingMode) -> Vec2 {
    if mode == WritingMode::Vertical {
        return Vec2::new(0.0, -1000.0);
    }
    let width = match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    Vec2::new(f64::from(width.unwrap_or(500.0)), 0.0)
}

impl<'a> Device<'a> for Glyphs {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.doubt.paint(&props);
        self.endless.paint(&props);
        self.endless.line(path, mode);
        let sides = self.doubt.path(path);
        let bounds = props.transform.transform_rect_bbox(path.control_box());
        self.shape(bounds, sides);
        // What a pattern repeats, and what a mask leaves, is drawn elsewhere: it is looked at where it is seen.
        if props.soft_mask.is_some() || matches!(&props.paint, Paint::Pattern(pattern) if matches!(**pattern, Pattern::Tiling(_))) {
            self.look_at(bounds);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let sides = self.doubt.path(&clip.path);
        if sides >= SHAPE {
            self.shape(clip.path.control_box(), sides);
        }
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.doubt.certain |= mask.is_some();
        self.endless.mask(mask.as_ref());
        if mask.is_some() {
            self.look_at(EVERYWHERE);
        }
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let stream = match &image {
            Image::Stencil(stencil) => stencil.stream(),
            Image::Raster(raster) => raster.stream(),
        };
        self.too_large |= is_too_large(stream.dict());
        self.endless.mask(props.soft_mask.as_ref());
        self.doubt.pictures += 1;
        let whole = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = props.transform.transform_rect_bbox(whole);
        if self.look_at(rect) && rect.area() > 1e4 && rect.is_finite() {
            self.scans.push((rect.area(), (whole.area() / rect.area()).sqrt()));
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.doubt.paint(&props);
        self.endless.paint(&props);
        for glyph in run.glyphs() {
            self.endless.glyph(glyph, glyph.transform(), &props.paint);
            let ordinal = self.drawn;
            self.drawn += 1;
            let place = props.transform * glyph.transform();
            let on = advance(glyph, run.writing_mode());
            let said = glyph.as_unicode();
            self.doubt.certain |= match &said {
                Some(BfString::Char(c)) => says_nothing(*c),
                Some(BfString::String(text)) => text.chars().any(says_nothing),
                None => false,
            };
            if let (Some(BfString::Char(c)), DrawMode::Fill(_) | DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) = (&said, mode) {
                self.unknown += u32::from(self.lies(glyph, *c, &props.paint));
            }
            match said {
                Some(BfString::Char(c)) => self.put(place, on, c.encode_utf8(&mut [0; 4]), ordinal),
                Some(BfString::String(text)) => self.put(place, on, &text, ordinal),
                None => {
                    self.unknown += 1;
                    self.put(place, on, "\u{FFFD}", ordinal);
                }
            }
        }
    }
}

/// The ink of chosen glyphs of a page, found in a second pass over it.
pub(super) struct Ink {
    wanted: HashMap<u32, Option<Rect>>,
    drawn: u32,
}

impl Ink {
    /// The glyphs to look at, by ordinal.
    pub(super) fn of(wanted: impl Iterator<Item = u32>) -> Self {
        Self { wanted: wanted.map(|ordinal| (ordinal, None)).collect(), drawn: 0 }
    }

    /// Where the ink of a glyph that is a drawing is, if it has any.
    pub(super) fn drawn<'a>(glyph: &Type3Glyph<'a>, transform: Affine, place: Affine, paint: &Paint<'a>) -> Option<Rect> {
        let mut shape = Shapes::default();
        glyph.interpret(&mut shape, transform, place, paint);
        shape.all
    }

    /// Looks at the next letters of the page.
    pub(super) fn run<'a>(&mut self, run: &GlyphRun<'_, 'a>, props: &DrawProps<'a>) {
        for glyph in run.glyphs() {
            let ordinal = self.drawn;
            self.drawn += 1;
            if !self.wanted.contains_key(&ordinal) {
                continue;
            }
            let ink = match &**glyph {
                Glyph::Outline(outline) => {
                    let path = outline.outline();
                    (!path.elements().is_empty()).then(|| (props.transform * glyph.transform()).transform_rect_bbox(path.bounding_box()))
                }
                Glyph::Type3(drawn) => Self::drawn(drawn, props.transform, glyph.transform(), &props.paint),
            };
            self.wanted.insert(ordinal, ink);
        }
    }

    /// Where the ink of a glyph is, if it has any.
    pub(super) fn get(&self, ordinal: u32) -> Option<Rect> {
        self.wanted.get(&ordinal).copied().flatten()
    }
}

/// Where anything is drawn: for glyphs that are drawings.
#[derive(Default)]
struct Shapes {
    all: Option<Rect>,
    /// Some of it are dots.
    dots: bool,
    path: BezPath,
}

impl Shapes {
    fn add(&mut self, rect: Rect) {
        self.all = Some(self.all.map_or(rect, |all| all.union(rect)));
    }
}

impl<'a> Device<'a> for Shapes {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        if !path.elements().is_empty() {
            self.add(props.transform.transform_rect_bbox(path.control_box()));
            self.path.extend((props.transform * path).elements().iter().copied());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.dots = true;
        self.add(props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()))));
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
impl Placed {
    /// A letter for tests.
    pub(super) fn at(ordinal: u32, start: Point, end: Point, size: f64) -> Self {
        Self { ordinal, start, end, up: Vec2::new(0.0, -size), size, text: (0, 0) }
    }
}
