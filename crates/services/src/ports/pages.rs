//! Pages that keep their look.

use std::collections::BTreeSet;

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

/// The pages of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BurntPages {
    /// In their order.
    pub pages: Vec<PagePicture>,
    /// Which of the strings were found on them, by index.
    pub found: BTreeSet<usize>,
}
