//! A page written anew: what a viewer draws on it, as shapes, and without the words.
//!
//! Everything that is drawn comes out of the interpreter and is written down again: letters with a font made of their outlines, pictures
//! as their dots, lines and areas as they are. What the file says beside that stays behind. Letters under a box, under an area drawn later, and
//! letters nobody sees are left out, so nothing can be uncovered. Where a page holds what cannot be written so with certainty, it
//! becomes a picture instead.

mod behind;
mod face;
mod image;
mod ops;
mod pen;
mod standard;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use finder::plan::Words;
use hayro::hayro_interpret::font::OutlineGlyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::kurbo::{BezPath, Rect, Shape};
use serde::{Deserialize, Serialize};

pub(super) use face::Face;
pub(super) use pen::Pen;
pub(super) use standard::{ENCODED as STANDARD, NAMES as FONTS, outlines as standard_letters};

/// A page as shapes. Its bytes follow in this order: content, groups, new outlines, new pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Anew {
    /// Length of the packed content, in bytes. It draws in pixels of the page's picture, from the top downwards.
    pub(crate) content: u64,
    /// Lengths of the packed groups `/X0`, `/X1` and so on.
    pub(crate) groups: Vec<u64>,
    /// Outlines not seen before on the pages of this child.
    pub(crate) outlines: Vec<Outline>,
    /// Pictures not seen before.
    pub(crate) images: Vec<Image>,
    /// The letters of the font `/T` that are used.
    pub(crate) letters: Vec<u16>,
    /// Numbers of the pictures `/In` that are used.
    pub(crate) pictures: Vec<u32>,
    /// The standard fonts `/Fn` that are used, as places in [`FONTS`].
    pub(crate) fonts: Vec<u8>,
    /// The states `/S0`, `/S1` and so on.
    pub(crate) states: Vec<State>,
}

/// A letter of the font `/T`, which is made of the outlines of the letters that stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outline {
    /// Its code.
    pub(crate) number: u16,
    /// Length of its charstring, in bytes.
    pub(crate) length: u64,
    /// How far the next letter is, in thousandths of the size.
    pub(crate) advance: i32,
    /// Left, bottom, right and top of its ink, in thousandths.
    pub(crate) bounds: [i16; 4],
    /// What it says; empty where nobody knows.
    pub(crate) says: String,
}

/// The dots of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Image {
    pub(crate) number: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) dots: Dots,
    /// Packed as JPEG, because a picture of that kind was: its dots were rounded before.
    pub(crate) rounded: bool,
    /// A viewer makes its dots smooth.
    pub(crate) smooth: bool,
    /// Length of the packed dots, in bytes.
    pub(crate) length: u64,
    /// How opaque its dots are; the bytes follow those of the picture.
    pub(crate) mask: Option<Box<Self>>,
}

impl Image {
    /// Whether it is kept for other pages.
    pub(super) fn is_shared(&self) -> bool {
        u64::from(self.width) * u64::from(self.height) <= 1 << 20
    }
}

/// What a dot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Dots {
    Colour,
    Grey,
    /// Painted or not: one bit.
    Stencil,
}

/// How opaque, and how colours mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// In 255ths.
    pub(crate) opacity: u8,
    /// A place in [`ops::BLENDS`].
    pub(crate) blend: u8,
}

pub(super) use ops::BLENDS;

/// A page as shapes and the bytes behind it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) anew: Anew,
    pub(super) bytes: Vec<u8>,
}

/// Most different letters of a file.
const MOST_LETTERS: usize = 20_000;

/// What the pages of one file share.
#[derive(Default)]
pub(super) struct Shop {
    letters: HashMap<(u128, String), Rc<Letter>>,
    /// Numbers of letters that are taken.
    taken: HashSet<u16>,
    pictures: HashMap<u128, pen::Shown>,
    /// Which outlines were handed over.
    told: HashSet<u16>,
    /// Standard fonts of which the name must not stand in the result.
    barred: Vec<u8>,
    numbers: u32,
}

/// A letter's shape.
struct Letter {
    number: u16,
    path: BezPath,
    bounds: Rect,
    /// How far the next letter is, in thousandths of the size.
    advance: f64,
    says: String,
    /// Of a standard font, which every viewer has its own of: the font and the code.
    standard: Option<(u8, u8)>,
}

impl Shop {
    /// For a result in which these words must not stand, not even as the name of a font.
    pub(super) fn new(words: &Words) -> Self {
        let barred = (0_u8..).zip(FONTS).filter(|(_, name)| !words.places(name).is_empty()).map(|(font, _)| font).collect();
        Self { barred, ..Self::default() }
    }

    /// The shape of a letter; `None` when there are too many to number.
    fn letter(&mut self, glyph: &OutlineGlyph) -> Option<Rc<Letter>> {
        let says = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => String::new(),
        };
        let key = (glyph.identifier().cache_key(), says);
        if let Some(letter) = self.letters.get(&key) {
            return Some(Rc::clone(letter));
        }
        let number = self.code(key.0)?;
        let path = glyph.outline();
        let advance = f64::from(glyph.advance_width().unwrap_or(500.0));
        let standard = standard::TABLE.get(&key.0).copied();
        let standard = standard.filter(|(font, _)| !self.barred.contains(font));
        let says = key.1.clone();
        let letter = Rc::new(Letter { number, bounds: path.bounding_box(), path, advance, says, standard });
        self.letters.insert(key, Rc::clone(&letter));
        Some(letter)
    }

    /// The code of a letter: from its shape, not from when it came, which would tell of letters that are gone.
    fn code(&mut self, shape: u128) -> Option<u16> {
        if self.taken.len() > MOST_LETTERS {
            return None;
        }
        let mut code = shape as u16;
        while code <= face::BLANK || code == u16::MAX || !self.taken.insert(code) {
            code = code.wrapping_add(1);
        }
        Some(code)
    }

    /// What was to be handed over with a page that became a picture was not.
    fn forget(&mut self, page: &Anew) {
        for outline in &page.outlines {
            self.told.remove(&outline.number);
        }
        self.pictures.retain(|_, shown| page.images.iter().all(|image| image.number != shown.number()));
    }

    fn number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }
}
