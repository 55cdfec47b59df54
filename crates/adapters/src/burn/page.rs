//! One page of a PDF: its letters are read, it is drawn, and what is to go is burnt out of the picture.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use finder::plan::Words;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_interpret::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{Context, Device, DrawProps, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::kurbo::{Affine, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::anew::{Pen, Shop, Written};
use super::edges::{Edges, Over};
use super::glyphs::{Drawn, Glyphs, Ink, Judged, Text};
use super::only::OnlyLetters;
use super::pixels::Pixels;
use super::wire::{Area, Sheet};
use super::{boxes, fields};

/// Most pixels of one page; larger pages are drawn coarser.
const MOST_PIXELS: f64 = 24e6;
/// Most pixels of one side.
const MOST_SIDE: f64 = 20_000.0;
/// Pictures smaller than this, in pixels, hold no word that could be read.
const SMALLEST: (u32, u32) = (24, 9);
/// So many small ones may be one in strips.
const STRIPS: usize = 4;
/// So many shapes near each other may be a word; of more than the second they are not told apart.
const LETTERS: usize = 3;
const MANY: usize = 2_000;
/// Pictures nearer to each other than this, in pixels, may hold a word together.
const NEAR: u32 = 12;

/// So many pages without a letter may lie between two parts of a string.
const BLANK: u32 = 2;

/// A scan of more dots than asked for is drawn with its own, up to so many times what was asked for.
const FINER: f64 = 2.0;
/// Pictures may be so much finer than the page on which letters in them were looked for.
const AS_SEEN: f64 = 1.05;

/// How a page lies on its picture.
struct View {
    /// Pixels for each unit of the page.
    scale: f64,
    place: Affine,
    width: u16,
    height: u16,
}

impl View {
    fn of(page: &Page<'_>, asked: f64) -> Self {
        let (wide, high) = page.render_dimensions();
        let scale = scale(f64::from(wide), f64::from(high), asked);
        let pixels = |length: f32| (f64::from(length) * scale).ceil().clamp(1.0, MOST_SIDE) as u16;
        Self { scale, place: Affine::scale(scale) * page.initial_transform(true).to_kurbo(), width: pixels(wide), height: pixels(high) }
    }

    fn size(&self) -> (f64, f64) {
        (f64::from(self.width), f64::from(self.height))
    }

    /// To a multiple of how many pixels the picture is filled up, so that its edges lie on whole pixels for every usual resolution
    /// (72, 96, 100, 150, 200, 300): viewers stretch a picture to whole pixels.
    fn grid(&self) -> Option<u32> {
        let half_inch = self.scale * 36.0;
        [half_inch, half_inch * 2.0].into_iter().find(|side| (side - side.round()).abs() < 1e-6 && *side >= 1.0).map(|side| side as u32)
    }
}

/// How a page may come.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How {
    /// As shapes, where that is certain.
    pub(super) anew: bool,
    /// As pixels, too, where letters may stand in pictures: they will be read.
    pub(super) read: bool,
}

/// Draws the pages of one PDF.
pub(super) struct Drawing<'a> {
    pdf: &'a Pdf,
    words: &'a Words,
    dpi: f32,
    read: InterpreterCache<'a>,
    drawn: RenderCache<'a>,
    settings: InterpreterSettings,
    shop: Shop,
    judged: Judged,
    /// Of the pages near the last one.
    edges: BTreeMap<u32, Rc<Edges>>,
    canvas: RenderContext,
    picture: Pixmap,
    resources: Resources,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(pdf: &'a Pdf, words: &'a Words, dpi: f32) -> Self {
        Self {
            pdf,
            words,
            dpi,
            read: InterpreterCache::new(),
            drawn: RenderCache::new(),
            settings: InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() },
            shop: Shop::new(words),
            judged: Judged::default(),
            edges: BTreeMap::new(),
            canvas: RenderContext::new(1, 1),
            picture: Pixmap::new(1, 1),
            resources: Resources::default(),
        }
    }

    /// The page without the words: as shapes where that is certain and asked for, and as pixels where not, or where letters in its
    /// pictures will be read. `None` when there is no such page, or it holds what is not drawn, [`Glyphs::cannot_be_drawn`].
    pub(super) fn sheet(&mut self, number: u32, how: How) -> Option<(Sheet, Option<Written>, Option<Pixels>)> {
        let page = self.pdf.pages().get(number as usize)?;
        let unit = page.raw().get::<f32>("UserUnit").filter(|unit| (0.1..=1_000.0).contains(unit)).unwrap_or(1.0);
        let asked = f64::from(self.dpi * unit) / 72.0;
        let mut view = View::of(page, asked);
        let fields = fields::overlay(page.raw()).and_then(|bytes| Pdf::new(bytes).ok());
        let mut glyphs = self.glyphs(page, &view);
        if glyphs.cannot_be_drawn() {
            return None;
        }
        let mut pixels = None;
        if let Some(finer) = glyphs.scan(view.size()).map(|times| View::of(page, asked * times.min(FINER)))
            && finer.scale > view.scale * 1.05
        {
            let drawn = self.draw(page, fields.as_ref(), &view);
            if drawn.colour {
                pixels = Some(drawn);
            } else {
                view = finer;
                glyphs = self.glyphs(page, &view);
            }
        }
        let mut covered = Covered::default();
        let (texts, pieces) = glyphs.texts();
        let over = self.over(number, Edges::of(&glyphs, (&texts, &pieces), self.words));
        let mut gone = (
            self.cover((&glyphs, &texts, over), &view, &mut covered, |ink| {
                look_at_ink(page, &self.read, &self.settings, view.place, ink);
            }),
            HashSet::new(),
        );
        if let Some(values) = fields.as_ref().and_then(|fields| fields.pages().first()) {
            let cache = InterpreterCache::new();
            let mut glyphs = Glyphs::default();
            interpret(values, &cache, &self.settings, view.place, &mut glyphs);
            if glyphs.cannot_be_drawn() {
                return None;
            }
            let texts = glyphs.texts().0;
            gone.1 = self.cover((&glyphs, &texts, Vec::new()), &view, &mut covered, |ink| {
                look_at_ink(values, &cache, &self.settings, view.place, ink);
            });
        }
        let (boxes, found) = (boxes::merge(covered.areas), covered.found);
        let pictures = pictures(&glyphs, view.width.into(), view.height.into());
        let seen = how.read && (glyphs.unknown > 0 || !pictures.is_empty());
        let written = if how.anew { self.write((page, fields.as_ref()), &view, &boxes, gone, how.read) } else { None };
        let pixels = (written.is_none() || seen).then(|| {
            let mut pixels = pixels.unwrap_or_else(|| self.draw(page, fields.as_ref(), &view));
            for area in &boxes {
                pixels.black(*area);
            }
            if let Some(grid) = view.grid() { pixels.filled_up(grid) } else { pixels }
        });
        let sheet = Sheet {
            number,
            width: pixels.as_ref().map_or(view.width.into(), |pixels| pixels.width),
            height: pixels.as_ref().map_or(view.height.into(), |pixels| pixels.height),
            colour: pixels.as_ref().is_some_and(|pixels| pixels.colour),
            scale: view.scale as f32,
            size: page.base_dimensions(),
            turned: turned(page.rotation()),
            unit,
            pictures,
            boxes,
            found,
            unknown: glyphs.unknown,
            doubtful: glyphs.doubtful(),
            form: has_form(page.raw()),
        };
        Some((sheet, written, pixels))
    }

    /// The page and the values of its fields as shapes, without the letters that are `gone` from each. Where letters in pictures are `seen`
    /// to by drawing it, no picture may be finer than the drawing.
    fn write(
        &mut self,
        (page, fields): (&'a Page<'a>, Option<&Pdf>),
        view: &View,
        boxes: &[Area],
        gone: (HashSet<u32>, HashSet<u32>),
        seen: bool,
    ) -> Option<Written> {
        let finest = if seen { AS_SEEN } else { f64::INFINITY };
        let mut pen = Pen::new(&mut self.shop, view.size(), boxes.iter().map(|area| area.rect()).collect(), finest);
        pen.without(gone.0);
        interpret(page, &self.read, &self.settings, view.place, &mut pen);
        pen.without(gone.1);
        if let Some(values) = fields.and_then(|fields| fields.pages().first()) {
            interpret(values, &InterpreterCache::new(), &self.settings, view.place, &mut pen);
        }
        pen.finish()
    }

    /// The page as a picture, with everything on it.
    pub(super) fn plain(&mut self, number: u32) -> Option<Pixels> {
        let page = self.pdf.pages().get(number as usize)?;
        let view = View::of(page, f64::from(self.dpi) / 72.0);
        Some(self.draw(page, None, &view))
    }

    fn glyphs(&mut self, page: &'a Page<'a>, view: &View) -> Glyphs {
        let mut glyphs = Glyphs::default();
        glyphs.judged = std::mem::take(&mut self.judged);
        interpret(page, &self.read, &self.settings, view.place, &mut glyphs);
        self.judged = std::mem::take(&mut glyphs.judged);
        glyphs
    }

    /// The strings that go on on the next page, and those that have begun on the page before, by their letters on this one. A string counts
    /// where it begins.
    fn over(&mut self, number: u32, edges: Edges) -> Vec<Half> {
        let edges = Rc::new(edges);
        self.edges.retain(|other, _| other.abs_diff(number) <= BLANK + 1);
        self.edges.insert(number, Rc::clone(&edges));
        let mut over = Vec::new();
        if edges.may_go_on() {
            let next = self.neighbour((1..=BLANK + 1).filter_map(|step| number.checked_add(step)));
            let both = next.map(|next| edges.over(&next, self.words)).unwrap_or_default();
            over.extend(both.into_iter().map(|Over { word, first, .. }| (Some(word as u32), first)));
        }
        if edges.may_have_begun() {
            let before = self.neighbour((1..=BLANK + 1).filter_map(|step| number.checked_sub(step)));
            let both = before.map(|before| before.over(&edges, self.words)).unwrap_or_default();
            over.extend(both.into_iter().map(|Over { second, .. }| (None, second)));
        }
        over
    }

    /// The first of these pages that has letters.
    fn neighbour(&mut self, numbers: impl Iterator<Item = u32>) -> Option<Rc<Edges>> {
        for number in numbers {
            let known = self.edges.get(&number).map(Rc::clone);
            let edges = if let Some(known) = known {
                known
            } else {
                let page = self.pdf.pages().get(number as usize)?;
                let glyphs = self.glyphs(page, &View::of(page, f64::from(self.dpi) / 72.0));
                let (texts, pieces) = glyphs.texts();
                let edges = Rc::new(Edges::of(&glyphs, (&texts, &pieces), self.words));
                self.edges.insert(number, Rc::clone(&edges));
                edges
            };
            if !edges.is_empty() {
                return Some(edges);
            }
        }
        None
    }

    /// Adds the boxes that cover the words, and which words were found; `over` are those that stand on two pages. `look` goes over the page
    /// once more, for the ink of letters. Gives the letters of the words, by number.
    fn cover(
        &self,
        (glyphs, texts, over): (&Glyphs, &[Text], Vec<Half>),
        view: &View,
        covered: &mut Covered,
        look: impl FnOnce(&mut Ink),
    ) -> HashSet<u32> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut taken = HashSet::new();
        for text in texts {
            self.places(text, &mut taken, &mut covered.found, &mut groups);
        }
        for (word, letters) in over {
            take(word, letters, &mut taken, &mut covered.found, &mut groups);
        }
        if groups.is_empty() {
            return HashSet::new();
        }
        let letters: Vec<Vec<_>> =
            groups.iter().map(|group| group.iter().filter_map(|index| glyphs.placed.get(*index)).collect()).collect();
        let mut ink = Ink::of(letters.iter().flatten().map(|letter| letter.ordinal));
        look(&mut ink);
        let (width, height) = (view.width.into(), view.height.into());
        covered
            .areas
            .extend(letters.iter().flat_map(|group| boxes::cover(group, &ink)).filter_map(|rect| boxes::area(rect, width, height)));
        letters.iter().flatten().map(|letter| letter.ordinal).collect()
    }

    /// `taken` are the letters at which a string was found already: in another order of the letters it is the same place.
    fn places(&self, text: &Text, taken: &mut HashSet<(u32, usize)>, found: &mut Vec<u32>, groups: &mut Vec<Vec<usize>>) {
        for place in self.words.places(&text.text) {
            let (word, letters) = (place.word as u32, text.letters(place.start, place.end));
            // What has no letters on the page is not covered there.
            if !letters.is_empty() {
                take(Some(word), letters, taken, found, groups);
            }
        }
    }

    fn draw(&mut self, page: &'a Page<'a>, fields: Option<&Pdf>, view: &View) -> Pixels {
        self.canvas.reset_and_resize(view.width, view.height);
        self.picture.resize(view.width, view.height);
        // Letters are not moved to whole pixels: they stay where every other viewer puts them.
        let how = RenderSettings { hinting: false, ..RenderSettings::default() };
        render_into(page, &self.drawn, &self.settings, &how, &mut self.canvas, view.place);
        if let Some(values) = fields.and_then(|fields| fields.pages().first()) {
            render_into(values, &RenderCache::new(), &self.settings, &how, &mut self.canvas, view.place);
        }
        self.canvas.flush();
        let fresh = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        self.canvas.render_with(&mut self.picture, &mut self.resources, fresh);
        Pixels::from_rgba(view.width.into(), view.height.into(), self.picture.data_as_u8_slice())
    }
}

/// The letters of a string that stands on two pages: on the first of them with which string it is.
type Half = (Option<u32>, Vec<usize>);

/// What is to be black on a page.
#[derive(Default)]
struct Covered {
    areas: Vec<Area>,
    /// Which words were found, by index: one for each place.
    found: Vec<u32>,
}

/// Takes these letters out, and counts the word that they are unless some of them were found to be it before.
fn take(word: Option<u32>, letters: Vec<usize>, taken: &mut HashSet<(u32, usize)>, found: &mut Vec<u32>, groups: &mut Vec<Vec<usize>>) {
    if let Some(word) = word {
        if !letters.iter().any(|letter| taken.contains(&(word, *letter))) {
            found.push(word);
        }
        taken.extend(letters.iter().map(|letter| (word, *letter)));
    }
    if !groups.contains(&letters) {
        groups.push(letters);
    }
}

fn interpret<'p>(
    page: &'p Page<'p>,
    cache: &InterpreterCache<'p>,
    settings: &InterpreterSettings,
    place: Affine,
    device: &mut impl Device<'p>,
) {
    let whole = Rect::new(0.0, 0.0, 1.0, 1.0);
    let mut context = Context::new(place, whole, cache, page.xref(), settings.clone());
    interpret_page(page, &mut context, device);
}

fn look_at_ink<'p>(page: &'p Page<'p>, cache: &InterpreterCache<'p>, settings: &InterpreterSettings, place: Affine, ink: &mut Ink) {
    let run = |run: &GlyphRun<'_, 'p>, props: DrawProps<'p>| ink.run(run, &props);
    interpret(page, cache, settings, place, &mut OnlyLetters(run));
}

/// Pixels for each unit: as asked for, or fewer on a page so large that its picture would not fit.
fn scale(wide: f64, high: f64, asked: f64) -> f64 {
    let by_area = (MOST_PIXELS / (wide * high).max(1.0)).sqrt();
    let by_side = MOST_SIDE / wide.max(high).max(1.0);
    asked.min(by_area).min(by_side)
}

fn turned(rotation: Rotation) -> u16 {
    match rotation {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    }
}

/// What is near each other is one: a picture may come in strips, or a letter at a time, each too small for a word.
fn pictures(glyphs: &Glyphs, width: u32, height: u32) -> Vec<Area> {
    let mut areas: Vec<Area> = glyphs.pictures.iter().filter_map(|rect| boxes::area(*rect, width, height)).collect();
    areas.extend(words_as_shapes(glyphs.shapes(), width, height));
    let holds_words = |area: &Area| area.width() >= SMALLEST.0 && area.height() >= SMALLEST.1;
    let (mut large, small): (Vec<Area>, Vec<Area>) = boxes::gathered(areas, NEAR).into_iter().partition(holds_words);
    // Strips may be far from each other.
    if small.len() >= STRIPS {
        large.extend(small.into_iter().reduce(Area::with).filter(holds_words));
    }
    boxes::gathered(large, 0)
}

/// Where so many shapes stand near each other that they may be a word, or one shape is rich enough for one.
fn words_as_shapes(shapes: &[Drawn], width: u32, height: u32) -> Vec<Area> {
    let areas: Vec<(Area, bool)> =
        shapes.iter().filter_map(|shape| Some((boxes::area(shape.bounds, width, height)?, shape.rich))).collect();
    let all: Vec<Area> = areas.iter().map(|(area, _)| *area).collect();
    let groups = if all.len() > MANY { all.into_iter().reduce(Area::with).into_iter().collect() } else { boxes::gathered(all, 2 * NEAR) };
    let may_be_word = |group: &Area| {
        let inside = areas.iter().filter(|(area, _)| group.meets(*area));
        inside.clone().any(|(_, rich)| *rich) || inside.count() >= LETTERS
    };
    groups.into_iter().filter(may_be_word).collect()
}

fn has_form(page: &Dict<'_>) -> bool {
    let annotations = page.get::<Array<'_>>("Annots");
    annotations
        .is_some_and(|all| all.iter::<Dict<'_>>().any(|one| one.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Widget")))
}

#[cfg(test)]
mod tests {
    use super::scale;

    #[test]
    fn huge_pages_are_drawn_coarser() {
        assert!((scale(595.0, 842.0, 150.0 / 72.0) - 150.0 / 72.0).abs() < 1e-9);
        let coarse = scale(14_400.0, 14_400.0, 150.0 / 72.0);
        assert!(coarse * coarse * 14_400.0 * 14_400.0 <= 24.1e6);
        assert!(scale(1e6, 1.0, 2.0) * 1e6 <= 20_000.0);
    }
}
