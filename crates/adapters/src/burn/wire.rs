//! What the burner and its child say to each other.
//!
//! Down: the limits, then for each file a [`Job`] with the file's bytes behind it and one
//! [`Stride`]. Up: a greeting, then for each file [`Up::Opened`] (or [`Up::Refused`], and nothing more), and
//! for each page [`Up::Sheet`] with its packed pixels behind it, at last [`Up::Done`].

use hayro::kurbo::Rect;
use serde::{Deserialize, Serialize};

use super::anew::Anew;

/// A file to burn. Its bytes follow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Job {
    /// A picture instead of a PDF.
    pub(super) picture: bool,
    /// Length of the file in bytes.
    pub(super) length: u64,
    /// The strings to take out.
    pub(super) words: Vec<String>,
    /// Long strings are taken out of longer words too.
    pub(super) inside: bool,
    /// Dots an inch.
    pub(super) dpi: f32,
    /// Pages may come as shapes.
    pub(super) anew: bool,
    /// Letters in pictures will be read: pages on which some may stand come as pixels, too.
    pub(super) read: bool,
}

/// Which pages this child draws: `first`, `first + step`, and so on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Stride {
    pub(super) first: u32,
    pub(super) step: u32,
}

/// What a child answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Up {
    /// The file is open and has so many pages.
    Opened(u32),
    /// The file cannot be burnt: the reason, in words.
    Refused(String),
    /// The next page as shapes; so many bytes follow.
    Anew(Box<Anew>, u64),
    /// A page; so many bytes of packed pixels follow. None may, when the page came as shapes.
    Sheet(Box<Sheet>, u64),
    /// All pages asked for were sent.
    Done,
}

/// A page as a picture from which the strings are gone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Sheet {
    /// Number of the page, from 0.
    pub(crate) number: u32,
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// Red, green and blue; else grey.
    pub(crate) colour: bool,
    /// Pixels for each unit of the page.
    pub(crate) scale: f32,
    /// Width and height of the page before it is turned, in units.
    pub(crate) size: (f32, f32),
    /// Degrees by which a viewer turns the page clockwise.
    pub(crate) turned: u16,
    /// Length of a unit, in 1/72 inch.
    pub(crate) unit: f32,
    /// Black boxes, in pixels.
    pub(crate) boxes: Vec<Area>,
    /// Which strings were found, by index: one for each place.
    pub(crate) found: Vec<u32>,
    /// Glyphs without a known letter.
    pub(crate) unknown: u32,
    /// Something may be seen that is neither among the letters nor among the pictures: handwriting, words drawn as shapes.
    pub(crate) doubtful: bool,
    /// Parts of the page on which letters may stand that are no text.
    pub(crate) pictures: Vec<Area>,
    /// The page has form fields.
    pub(crate) form: bool,
}

/// A rectangle of pixels: left, top, right, bottom; the last two are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) struct Area {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) right: u32,
    pub(crate) bottom: u32,
}

impl Area {
    /// Width in pixels.
    pub(super) fn width(self) -> u32 {
        self.right.saturating_sub(self.left)
    }

    /// Height in pixels.
    pub(super) fn height(self) -> u32 {
        self.bottom.saturating_sub(self.top)
    }

    /// The same as a rectangle.
    pub(super) fn rect(self) -> Rect {
        Rect::new(self.left.into(), self.top.into(), self.right.into(), self.bottom.into())
    }

    /// Whether they share a pixel.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The smallest area that holds both.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}
