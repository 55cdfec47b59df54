//! Writes down what is drawn on a page.

mod lines;
mod pictures;

use std::collections::{BTreeSet, HashSet};
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint, SoftMask, StrokeProps,
};
use hayro::kurbo::{self, Affine, BezPath, PathEl, Rect, Shape, Stroke, StrokeOpts};

pub(super) use pictures::Shown;

use super::behind::{Behind, CLOSED};
use super::ops::{self, Colour, Content};
use super::{Anew, Shop, State, Written};

/// Most dots of all pictures of a page.
const MOST_DOTS: u64 = 24_000_000;
/// Longest content of a page, in bytes.
const LONGEST: usize = 24 << 20;
/// So often letters are looked at for areas that may hide them; a page that asks for more is drawn.
const MOST_LOOKS: usize = 50_000_000;
/// A shape of more pieces than this might be a letter.
const SIMPLE: usize = 6;

/// Most groups of a page.
const MOST_GROUPS: usize = 2_000;
/// From this opacity on, in 255ths, an area hides what lies under it.
const NEARLY: u8 = 215;
/// Up to this opacity, in 255ths, nothing is seen.
const FAINT: u8 = 25;
/// Shapes lower than this, in pixels, may be letters.
const LETTER: f64 = 80.0;

/// Opaque, and mixed with nothing.
const PLAIN: State = State { opacity: 255, blend: 0 };

/// What was said of the state of the page, so that it is said once.
#[derive(Clone, Copy, Default, PartialEq)]
struct Said {
    areas: Option<Colour>,
    lines: Option<Colour>,
    state: Option<State>,
}

/// A part of the page that is clipped.
#[derive(Clone, Copy)]
struct Clip {
    bounds: Rect,
    /// Nothing but a rectangle.
    plain: bool,
}

/// A group that is open: what was written before it, and how it is laid on the page. `None` where it changes nothing.
struct Group(Option<Before>);

/// What was written before a group, how the group is laid on the page, and how many clips were open.
struct Before {
    content: Content,
    said: Said,
    state: State,
    clips: usize,
}

/// Colour and opacity.
struct Ground {
    colour: Colour,
    state: State,
}

/// The device that writes.
pub(in crate::burn) struct Pen<'s> {
    shop: &'s mut Shop,
    boxes: Vec<Rect>,
    page: Rect,
    content: Content,
    said: Said,
    saved: Vec<(Said, Clip)>,
    clip: Clip,
    groups: Vec<Group>,
    behind: Behind,
    anew: Anew,
    /// Bytes of groups, outlines and pictures.
    parts: (Vec<u8>, Vec<u8>, Vec<u8>),
    letters: BTreeSet<u16>,
    pictures: BTreeSet<u32>,
    fonts: BTreeSet<u8>,
    /// Where the last letter that was written as one ends.
    last: Option<Affine>,
    dots: u64,
    /// Most dots of a picture on a pixel, along a side: finer ones were not looked at.
    finest: f64,
    nested: usize,
    /// Letters that are to go, by their numbers in the order they are drawn, and how many were drawn.
    gone: HashSet<u32>,
    drawn: u32,
    /// How many letters were looked at for areas that may hide them.
    looked: usize,
    impossible: bool,
}

impl<'s> Pen<'s> {
    /// For a page of this size with these boxes, in pixels. Pictures may be `finest` times as fine as the page.
    pub(in crate::burn) fn new(shop: &'s mut Shop, size: (f64, f64), boxes: Vec<Rect>, finest: f64) -> Self {
        let page = Rect::new(0.0, 0.0, size.0, size.1);
        Self {
            shop,
            boxes,
            page,
            content: Content::default(),
            said: Said::default(),
            saved: Vec::new(),
            clip: Clip { bounds: page, plain: true },
            groups: Vec::new(),
            behind: Behind::default(),
            anew: Anew::default(),
            parts: Default::default(),
            letters: BTreeSet::new(),
            pictures: BTreeSet::new(),
            fonts: BTreeSet::new(),
            last: None,
            dots: 0,
            finest,
            nested: 0,
            gone: HashSet::new(),
            drawn: 0,
            looked: 0,
            impossible: false,
        }
    }

    /// Says which letters of what is drawn next are to go, wherever they stand.
    pub(in crate::burn) fn without(&mut self, gone: HashSet<u32>) {
        (self.gone, self.drawn) = (gone, 0);
    }

    /// The page, if all that was drawn could be written.
    pub(in crate::burn) fn finish(mut self) -> Option<Written> {
        if self.impossible || !self.groups.is_empty() {
            self.shop.forget(&self.anew);
            return None;
        }
        for _ in &self.saved {
            self.content.say("Q");
        }
        let content = packed(&self.content.0)?;
        self.anew.content = content.len() as u64;
        self.anew.letters = self.letters.into_iter().collect();
        self.anew.pictures = self.pictures.into_iter().collect();
        self.anew.fonts = self.fonts.into_iter().collect();
        let (groups, outlines, images) = self.parts;
        Some(Written { anew: self.anew, bytes: [content, groups, outlines, images].concat() })
    }

    fn impossible(&mut self) {
        self.impossible = true;
        // Nothing more is kept of a page that becomes a picture.
        self.content = Content::default();
        self.behind = Behind::default();
    }

    /// In how many groups that are laid on the page as a whole.
    fn depth(&self) -> usize {
        self.groups.iter().filter(|group| group.0.is_some()).count()
    }

    /// The place of what is seen of a rectangle.
    fn seen(&mut self, bounds: Rect) -> Option<Rect> {
        if self.impossible {
            return None;
        }
        if self.content.0.len() > LONGEST {
            self.impossible();
            return None;
        }
        let seen = bounds.intersect(self.clip.bounds);
        let touches = bounds.is_finite() && bounds.x1 >= seen.x0 && bounds.y1 >= seen.y0 && overlaps(bounds, self.clip.bounds);
        touches.then_some(seen)
    }

    /// The colour of what is drawn; `None` where nothing is seen of it, or the page cannot be written.
    fn ground(&mut self, paint: &Paint<'_>, mask: bool, blend: BlendMode) -> Option<Ground> {
        let Paint::Color(colour) = paint else {
            self.impossible();
            return None;
        };
        let (colour, opacity) = Colour::of(colour);
        let state = State { opacity, blend: ops::blend(blend) };
        self.allowed(mask, state).then_some(Ground { colour, state })
    }

    fn allowed(&mut self, mask: bool, state: State) -> bool {
        // Colours mix with what lies in the same group, and such a group was not written.
        let mixed = state.blend != 0 && self.groups.iter().any(|group| group.0.is_none());
        if mask || mixed {
            self.impossible();
        }
        !self.impossible && state.opacity > 0
    }

    fn set(&mut self, ground: &Ground, lines: bool) {
        self.state(ground.state);
        let said = if lines { &mut self.said.lines } else { &mut self.said.areas };
        if *said != Some(ground.colour) {
            *said = Some(ground.colour);
            self.content.colour(ground.colour, lines);
        }
    }

    fn state(&mut self, state: State) {
        if self.said.state.unwrap_or(PLAIN) == state {
            return;
        }
        self.said.state = Some(state);
        let index = self.anew.states.iter().position(|known| *known == state).unwrap_or_else(|| {
            self.anew.states.push(state);
            self.anew.states.len() - 1
        });
        self.content.say(&format!("/S{index} gs"));
    }

    /// Whether this is drawn whole under a box. A shape that might be a letter, partly under one, cannot be written.
    fn taken_out(&mut self, bounds: Rect, pieces: usize) -> bool {
        let inside = self.boxes.iter().any(|part| contains(*part, bounds));
        if !inside && pieces > SIMPLE && self.boxes.iter().any(|part| overlaps(*part, bounds)) {
            self.impossible();
        }
        inside || self.impossible
    }

    fn paint(&mut self, path: &BezPath, props: DrawProps<'_>, rule: FillRule, rect: Option<Rect>) {
        let Some(ground) = self.ground(&props.paint, props.soft_mask.is_some(), props.blend_mode) else { return };
        let path = props.transform * path;
        let bounds = path.bounding_box();
        let Some(seen) = self.seen(bounds) else { return };
        if self.taken_out(bounds, path.elements().len()) {
            return;
        }
        let shape = rect.is_none().then(|| path.clone());
        self.hide(seen, shape.as_ref(), &ground);
        let solid = ground.state == PLAIN && self.clip.plain && self.depth() == 0;
        // A small shape of many pieces may be a letter, which an area may hide later.
        if path.elements().len() > SIMPLE && bounds.height().min(bounds.width()) < LETTER {
            self.behind.pictures.push(bounds);
        }
        self.behind.paint(seen, shape, solid.then_some(ground.colour.light));
        self.set(&ground, false);
        match rect {
            Some(rect) => self.content.rect(rect),
            None => self.content.path(&path),
        };
        self.content.say(if rule == FillRule::EvenOdd && rect.is_none() { "f*" } else { "f" });
    }

    /// Takes back the letters under an area, if it is opaque. One that nearly is, or makes everything dark, leaves letters that nobody sees.
    fn hide(&mut self, seen: Rect, shape: Option<&BezPath>, ground: &Ground) {
        let dark = ground.state.blend != 0 && ground.colour.light.iter().all(|part| *part < 60);
        if ground.state == PLAIN {
            self.take_back(seen, shape);
        } else if ground.state.opacity > NEARLY || dark {
            self.bare(seen, shape);
        }
    }

    /// Demands that no letter lies under an area.
    fn bare(&mut self, seen: Rect, shape: Option<&BezPath>) {
        if !self.may_look(shape) {
            return;
        }
        let under = self.behind.under(seen, shape, self.depth());
        if under.partly || !under.whole.is_empty() || self.behind.on_picture(seen) {
            self.impossible();
        }
    }

    /// Whether there is time to look at all that may lie under an area.
    fn may_look(&mut self, shape: Option<&BezPath>) -> bool {
        let pieces = 1 + shape.map_or(0, |shape| shape.elements().len() / 8);
        self.looked += (self.behind.marks.len() + self.behind.pictures.len()) * pieces;
        if self.looked > MOST_LOOKS {
            self.impossible();
        }
        !self.impossible
    }

    /// Takes back the letters under an opaque area. Letters that are hidden in part, or by an area of which the edge is not certain,
    /// cannot be written: what hides them could be taken away.
    fn take_back(&mut self, bounds: Rect, shape: Option<&BezPath>) {
        let depth = self.depth();
        if !self.may_look(shape) {
            return;
        }
        if self.behind.on_picture(bounds) {
            return self.impossible();
        }
        let under = self.behind.under(bounds, shape, depth);
        if under.partly || (!self.clip.plain && !under.whole.is_empty()) {
            return self.impossible();
        }
        for mark in under.whole {
            if mark.depth != depth {
                self.impossible();
            } else if let Some(bytes) = self.content.0.get_mut(mark.bytes.0..mark.bytes.1) {
                bytes.fill(b' ');
            }
        }
    }

    fn line(&mut self, path: &BezPath, props: DrawProps<'_>, how: &StrokeProps) {
        let Some(ground) = self.ground(&props.paint, props.soft_mask.is_some(), props.blend_mode) else { return };
        let room = f64::from(how.line_width) * 0.5;
        let bounds = props.transform.transform_rect_bbox(path.bounding_box().inflate(room, room));
        let Some(seen) = self.seen(bounds) else { return };
        if self.taken_out(bounds, path.elements().len()) {
            return;
        }
        let scale = props.transform.determinant().abs().sqrt();
        if scale < 1e-9 || !scale.is_finite() {
            return self.impossible();
        }
        // A broad line hides what an area hides.
        if room * scale > 2.0 {
            let broad = Stroke::new(f64::from(how.line_width)).with_caps(how.line_cap).with_join(how.line_join);
            let shape = props.transform * kurbo::stroke(path.elements().iter().copied(), &broad, &StrokeOpts::default(), 0.1 / scale);
            if how.dash_array.is_empty() {
                self.hide(seen, Some(&shape), &ground);
            } else {
                self.bare(seen, Some(&shape));
            }
            let solid = ground.state == PLAIN && self.clip.plain && self.depth() == 0 && how.dash_array.is_empty();
            self.behind.paint(seen, Some(shape), solid.then_some(ground.colour.light));
        }
        self.set(&ground, true);
        // In pixels, so that coordinates keep their places.
        self.content.say("q").matrix(props.transform * Affine::scale(scale.recip())).say("cm").lines(how, scale);
        self.content.path(&(Affine::scale(scale) * path)).say("S").say("Q");
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(rule) => self.paint(path, props, *rule, None),
            DrawMode::Stroke(how) => self.line(path, props, how),
            DrawMode::FillAndStroke(rule, how) => {
                self.paint(path, props.clone(), *rule, None);
                self.line(path, props, how);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let path = rect.to_path(0.1);
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let upright = (b.abs() < 1e-9 && c.abs() < 1e-9) || (a.abs() < 1e-9 && d.abs() < 1e-9);
        match mode {
            DrawMode::Fill(rule) if upright => {
                let placed = props.transform.transform_rect_bbox(*rect);
                self.paint(&path, props, *rule, Some(placed));
            }
            _ => self.draw_path(&path, props, mode),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let rect = rectangle(&clip.path);
        let bounds = clip.path.bounding_box();
        self.saved.push((self.said, self.clip));
        self.clip = Clip { bounds: within(self.clip.bounds, bounds), plain: self.clip.plain && rect.is_some() };
        // Letters may be clips, too.
        if (rect.is_none() && self.boxes.iter().any(|part| overlaps(*part, bounds))) || self.content.0.len() > LONGEST {
            self.impossible();
        }
        if self.impossible {
            return;
        }
        self.content.say("q");
        match rect {
            Some(rect) => self.content.rect(rect),
            None => self.content.path(&clip.path),
        };
        self.content.say(if clip.fill == FillRule::EvenOdd { "W*" } else { "W" }).say("n");
    }

    fn pop_clip(&mut self) {
        // A clip that was begun outside a group cannot end in it.
        if self.groups.iter().rev().find_map(|group| group.0.as_ref()).is_some_and(|group| self.saved.len() <= group.clips) {
            self.impossible();
        }
        if let Some((said, clip)) = self.saved.pop() {
            (self.said, self.clip) = (said, clip);
            self.content.say("Q");
        }
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        let state = State { opacity: (opacity.clamp(0.0, 1.0) * 255.0).round() as u8, blend: ops::blend(blend) };
        if mask.is_some() {
            self.impossible();
        }
        let plain = state == PLAIN;
        let clips = self.saved.len();
        let before =
            (!plain).then(|| Before { content: std::mem::take(&mut self.content), said: std::mem::take(&mut self.said), state, clips });
        self.groups.push(Group(before));
    }

    fn pop_transparency_group(&mut self) {
        let Some(Group(Some(Before { content, said, state, clips }))) = self.groups.pop() else { return };
        let group = std::mem::replace(&mut self.content, content);
        self.said = said;
        // A group that nobody sees would hand over what is in it, and one that leaves clips open would clip the boxes.
        let unseen = state.opacity <= FAINT && !group.0.is_empty();
        if unseen || self.saved.len() != clips || self.anew.groups.len() >= MOST_GROUPS {
            self.impossible();
        }
        // Letters in it can no more be taken back one by one.
        let depth = self.depth();
        for mark in &mut self.behind.marks {
            if mark.depth > depth {
                mark.depth = CLOSED;
            }
        }
        if self.impossible || !self.allowed(false, state) {
            return;
        }
        let Some(bytes) = packed(&group.0) else { return self.impossible() };
        let index = self.anew.groups.len();
        self.anew.groups.push(bytes.len() as u64);
        self.parts.0.extend(bytes);
        self.state(state);
        self.content.say(&format!("/X{index} Do"));
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.run(run, &props, mode);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.image(image, &props);
    }
}

fn packed(content: &[u8]) -> Option<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::with_capacity(content.len() / 4 + 32), Compression::new(5));
    packer.write_all(content).ok()?;
    packer.finish().ok()
}

/// Whether they share more than an edge, or one is a line on the other.
fn overlaps(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

fn contains(outer: Rect, inner: Rect) -> bool {
    inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1
}

fn within(a: Rect, b: Rect) -> Rect {
    if overlaps(a, b) { a.intersect(b) } else { Rect::new(-9.0, -9.0, -9.0, -9.0) }
}

/// The rectangle that a path is, if it is one and stands upright.
fn rectangle(path: &BezPath) -> Option<Rect> {
    let elements = path.elements();
    let points: Vec<_> = elements
        .iter()
        .filter_map(|element| match element {
            PathEl::MoveTo(to) | PathEl::LineTo(to) => Some(*to),
            _ => None,
        })
        .collect();
    let straight = elements.iter().skip(1).all(|element| matches!(element, PathEl::LineTo(_) | PathEl::ClosePath));
    let bounds = path.bounding_box();
    let edge = |value: f64, low: f64, high: f64| (value - low).abs() < 1e-6 || (value - high).abs() < 1e-6;
    let at_corners = points.iter().all(|at| edge(at.x, bounds.x0, bounds.x1) && edge(at.y, bounds.y0, bounds.y1));
    let steps = points.windows(2).all(|pair| match pair {
        [from, to] => ((from.x - to.x).abs() < 1e-6) != ((from.y - to.y).abs() < 1e-6),
        _ => true,
    });
    let corner = |x: f64, y: f64| points.iter().any(|at| (at.x - x).abs() < 1e-6 && (at.y - y).abs() < 1e-6);
    let all = [(bounds.x0, bounds.y0), (bounds.x0, bounds.y1), (bounds.x1, bounds.y0), (bounds.x1, bounds.y1)];
    let all = all.into_iter().all(|(x, y)| corner(x, y));
    (straight && at_corners && steps && all && matches!(points.len(), 4 | 5)).then_some(bounds)
}
