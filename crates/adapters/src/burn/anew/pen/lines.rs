//! Letters as they are written down.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{DrawMode, DrawProps, StrokeProps};
use hayro::kurbo::{Affine, Point, Rect, Vec2};

use super::super::behind::{CLOSED, Mark};
use super::super::face::{BLANK, charstring};
use super::super::{Letter, Outline};
use super::{Ground, PLAIN, Pen, overlaps};
use crate::burn::glyphs::Ink;

/// Letters keep their places to this part of a pixel: finer would tell the width of what was taken out.
const STEP: f64 = 8.0;
/// From this gap on, as a part of the size, a letter begins a word.
const GAP: f64 = 0.12;

/// The font of a letter.
#[derive(Clone, Copy, PartialEq)]
enum Font {
    Standard(u8),
    Outlines,
}

/// A line of letters.
#[derive(Default)]
struct Line {
    begun: bool,
    /// The font that was said last.
    font: Option<Font>,
}

impl Pen<'_> {
    /// A run of letters, without those that are to go or that nobody sees.
    pub(super) fn run<'a>(&mut self, run: &GlyphRun<'_, 'a>, props: &DrawProps<'a>, mode: &DrawMode) {
        let first = self.drawn;
        if self.nested == 0 {
            self.drawn += run.glyphs().len() as u32;
        }
        if matches!(mode, DrawMode::Invisible) || self.impossible {
            return;
        }
        let mut line = Line::default();
        for (number, glyph) in (first..).zip(run.glyphs()) {
            if self.nested == 0 && self.gone.contains(&number) {
                continue;
            }
            let place = props.transform * glyph.transform();
            match &**glyph {
                Glyph::Outline(outline) => {
                    let Some(letter) = self.shop.letter(outline) else { return self.impossible() };
                    if letter.path.elements().is_empty() {
                        continue;
                    }
                    let Some(ground) = self.ground(&props.paint, props.soft_mask.is_some(), props.blend_mode) else { break };
                    match mode {
                        DrawMode::Fill(_) => self.letter(&letter, place, &ground, &mut line),
                        DrawMode::Stroke(how) | DrawMode::FillAndStroke(_, how) => {
                            self.drawn_letter(&letter, (place, glyph.transform()), props, how);
                        }
                        DrawMode::Invisible => {}
                    }
                }
                Glyph::Type3(drawn) => {
                    self.end(&mut line);
                    let ink = Ink::drawn(drawn, props.transform, glyph.transform(), &props.paint);
                    if self.nested >= 4 {
                        return self.impossible();
                    }
                    if !ink.is_some_and(|ink| self.under_box(ink)) {
                        self.nested += 1;
                        drawn.interpret(self, props.transform, glyph.transform(), &props.paint);
                        self.nested -= 1;
                    }
                }
            }
        }
        self.end(&mut line);
    }

    fn letter(&mut self, letter: &Letter, place: Affine, ground: &Ground, line: &mut Line) {
        let bounds = place.transform_rect_bbox(letter.bounds);
        let Some(seen) = self.seen(bounds) else { return };
        let unseen = bounds.width().max(bounds.height()) < 0.5 || !overlaps(seen, self.page);
        let hidden = ground.state.blend == 0 && self.behind.hides(bounds.center(), ground.colour.light);
        if unseen || hidden || self.under_box(bounds) {
            return;
        }
        let place = if self.boxes.is_empty() { place } else { stepped(place) };
        let apart = self.boxes.iter().all(|part| !overlaps(part.inflate(1.0, 1.0), bounds));
        if !apart {
            self.end(line);
        }
        self.set(ground, false);
        if apart && !line.begun {
            self.content.say("BT");
            *line = Line { begun: true, font: None };
        }
        let from = if apart {
            self.text(letter, place, line)
        } else {
            let from = self.content.0.len();
            self.content.path(&(place * &letter.path)).say("f");
            from
        };
        // A block hides what lies under it, as an area does.
        if ground.state == PLAIN && letter.says.chars().any(|c| matches!(c, '\u{2580}'..='\u{25FF}')) {
            self.take_back(seen, Some(&(place * &letter.path)));
        }
        self.behind.marks.push(Mark { bounds, depth: self.depth(), bytes: (from, self.content.0.len()) });
    }

    fn end(&mut self, line: &mut Line) {
        if std::mem::take(line).begun {
            self.content.say("ET");
        }
    }

    /// Whether the middle of what is seen of a letter lies under a box.
    fn under_box(&self, bounds: Rect) -> bool {
        let middle = bounds.intersect(self.page).center();
        self.boxes.iter().any(|part| part.contains(middle))
    }

    /// Writes a letter as a letter, after a blank where it does not follow the one before. Gives where its own bytes begin.
    fn text(&mut self, letter: &Letter, place: Affine, line: &mut Line) -> usize {
        let (font, code, blank) = if let Some((font, code)) = letter.standard {
            self.fonts.insert(font);
            (Font::Standard(font), format!("<{code:02X}> Tj"), "<20> Tj".to_owned())
        } else {
            self.outline(letter);
            (Font::Outlines, format!("<{:04X}> Tj", letter.number), format!("<{BLANK:04X}> Tj"))
        };
        if line.font.replace(font) != Some(font) {
            match font {
                Font::Standard(font) => self.content.say(&format!("/F{font} 1 Tf")),
                Font::Outlines => self.content.say("/T 1 Tf"),
            };
        }
        // What comes after it needs the font, even when the letter is taken back.
        let from = self.content.0.len();
        let start = place * Point::ZERO;
        let size = (place * Point::new(0.0, 1000.0) - start).hypot();
        if let Some(before) = self.last.replace(place * Affine::translate((letter.advance, 0.0)))
            && (before * Point::ZERO).distance(start) > size * GAP
        {
            self.content.matrix(before * Affine::scale(1000.0)).say("Tm").say(&blank);
        }
        self.content.matrix(place * Affine::scale(1000.0)).say("Tm").say(&code);
        from
    }

    /// Hands over an outline once for all pages.
    fn outline(&mut self, letter: &Letter) {
        self.letters.insert(letter.number);
        if !self.shop.told.insert(letter.number) {
            return;
        }
        let advance = letter.advance.round().clamp(-30_000.0, 30_000.0) as i32;
        let charstring = charstring(&letter.path, advance);
        let edge = |value: f64| value.clamp(-16_000.0, 16_000.0) as i16;
        let ink = letter.bounds;
        let bounds = [edge(ink.x0.floor()), edge(ink.y0.floor()), edge(ink.x1.ceil()), edge(ink.y1.ceil())];
        let (number, says) = (letter.number, letter.says.clone());
        self.anew.outlines.push(Outline { number, length: charstring.len() as u64, advance, bounds, says });
        self.parts.1.extend(charstring);
    }

    /// A letter drawn as a line: written where it stands.
    fn drawn_letter(&mut self, letter: &Letter, (place, own): (Affine, Affine), props: &DrawProps<'_>, how: &StrokeProps) {
        let bounds = place.transform_rect_bbox(letter.bounds);
        if self.under_box(bounds) {
            return;
        }
        // It is not taken back: what hides it stops the page.
        self.behind.marks.push(Mark { bounds, depth: CLOSED, bytes: (0, 0) });
        self.line(&(own * &letter.path), props.clone(), how);
    }
}

/// A place to the step that letters keep.
fn stepped(place: Affine) -> Affine {
    let step = |value: f64| (value * STEP).round() / STEP;
    let at = place.translation();
    place.with_translation(Vec2::new(step(at.x), step(at.y)))
}
