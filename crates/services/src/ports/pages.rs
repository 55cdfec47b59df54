//! Pages that keep their look.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A page of a file as a picture, from which strings are gone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PagePicture {
    /// The picture as PNG. It may be larger than the page, to the right and below: that part is white and is not shown.
    pub png: Vec<u8>,
    /// Width and height of the page as a viewer shows it, in points.
    pub page: (f32, f32),
    /// Width and height of the picture, in points.
    pub picture: (f32, f32),
}

/// A part of a page that is covered whatever stands there: a face, a signature. In thousandths of the page as it is looked at, from its
/// upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageArea {
    /// Number of the page, from 1.
    pub page: u32,
    /// How far from the left edge.
    pub left: u16,
    /// How far from the upper edge.
    pub top: u16,
    /// How wide.
    pub width: u16,
    /// How high.
    pub height: u16,
}

impl PageArea {
    /// The whole of a page's width, and of its height.
    pub const WHOLE: u16 = 1_000;
}

/// What is to be burnt out of the pages of a file.
#[derive(Debug, Clone, Copy)]
pub struct PageOrder<'a> {
    /// Strings, as whole words; also as a reader of letters takes them with a mistake or two.
    pub withhold: &'a [String],
    /// What is withheld in other items.
    pub elsewhere: Others<'a>,
    /// Parts of pages.
    pub areas: &'a [PageArea],
    /// A person looks at the pages before they go anywhere: pages on which letters may stand that are no text come as well, with what
    /// can be read in their pictures burnt out.
    pub looked_at: bool,
    /// Files of more pages are left as they are.
    pub most: usize,
}

/// Strings that are withheld in other items than the one whose pages these are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Others<'a> {
    /// Those that are burnt out of the pages, too. Of their misread forms only such that are no other name or number.
    pub burn: &'a [String],
    /// Those that are not, since they may be something else, but of which is said where they stand in a picture.
    pub tell: &'a [String],
    /// What is no misread form of anything.
    pub spare: &'a [String],
}

/// Strings by their index, with the number (from 1) of the page of each place where one stands.
pub type Places = BTreeMap<usize, Vec<usize>>;

/// A page that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLook {
    /// Number of the page, from 1.
    pub page: usize,
    /// Why, in words: `holds letters that could not be recognised`.
    pub why: String,
}

/// The pages of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BurntPages {
    /// In their order.
    pub pages: Vec<PagePicture>,
    /// Where strings were found on them and covered.
    pub found: Places,
    /// Where those were that are withheld in other items.
    pub elsewhere: Places,
    /// Where those stand in pictures of which a person is told.
    pub told: Places,
    /// What only a person can judge. Empty unless a person looks at them.
    pub look: Vec<PageLook>,
}

impl BurntPages {
    /// What these pictures are known by: SHA-256 in hexadecimal digits. Pages that look different have another.
    pub fn print(&self) -> String {
        let mut sum = Sha256::new();
        for page in &self.pages {
            sum.update((page.png.len() as u64).to_le_bytes());
            sum.update(&page.png);
            for length in [page.page.0, page.page.1, page.picture.0, page.picture.1] {
                sum.update(length.to_le_bytes());
            }
        }
        store::hex(&sum.finalize())
    }
}
