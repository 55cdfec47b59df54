//! Pages that were written anew, bound into the result: one font of the letters used, every picture once, and nothing that no page uses.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::anew::{Anew, BLENDS, Dots, FONTS, Face, Image, Outline, STANDARD};
use super::wire::Sheet;
use super::write::{Book, upright};

/// What one child handed over, by its numbers.
#[derive(Default)]
pub(super) struct Stock {
    outlines: HashMap<u16, (Outline, Vec<u8>)>,
    /// The font of the letters that pages use, and the object that is kept free for it.
    face: Option<(usize, Face)>,
    images: HashMap<u32, Part<Image>>,
}

/// Something for pages.
enum Part<T> {
    /// Not used by any page so far.
    Waiting(T, Vec<u8>),
    /// An object of the result.
    Bound(usize),
}

/// What all pages share.
#[derive(Default)]
pub(super) struct Shared {
    fonts: HashMap<u8, usize>,
}

/// The packed content of a page and its groups.
pub(super) struct Page {
    content: Vec<u8>,
    groups: Vec<Vec<u8>>,
}

impl Stock {
    /// Takes what came with a page; `None` when there are fewer bytes than were announced.
    pub(super) fn take(&mut self, anew: &Anew, bytes: &[u8]) -> Option<Page> {
        let mut rest = bytes;
        let mut next = |length: u64| {
            let (piece, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            rest = after;
            Some(piece.to_vec())
        };
        let content = next(anew.content)?;
        let groups = anew.groups.iter().map(|length| next(*length)).collect::<Option<Vec<_>>>()?;
        for outline in &anew.outlines {
            self.outlines.insert(outline.number, (outline.clone(), next(outline.length)?));
        }
        for image in &anew.images {
            let mask = image.mask.as_ref().map_or(0, |mask| mask.length);
            self.images.insert(image.number, Part::Waiting(image.clone(), next(image.length.checked_add(mask)?)?));
        }
        rest.is_empty().then_some(Page { content, groups })
    }

    /// Binds the font of the letters that were used.
    pub(super) fn finish(self, book: &mut Book) {
        if let Some((id, face)) = self.face {
            face.bind(book, id);
        }
    }

    /// Lets go of pictures that only one page, which became a picture, was to show.
    pub(super) fn clear(&mut self) {
        self.images.retain(|_, part| !matches!(part, Part::Waiting(image, _) if !image.is_shared()));
    }
}

impl Book {
    /// Adds a page written anew. `false`, and nothing added, when it uses what was never handed over.
    pub(super) fn anew(&mut self, sheet: &Sheet, anew: &Anew, page: &Page, stock: &mut Stock, shared: &mut Shared) -> bool {
        let known = anew.letters.iter().all(|number| stock.outlines.contains_key(number))
            && anew.pictures.iter().all(|number| stock.images.contains_key(number))
            && anew.fonts.iter().all(|font| usize::from(*font) < FONTS.len())
            && anew.states.iter().all(|state| usize::from(state.blend) < BLENDS.len());
        if !known {
            return false;
        }
        let mut objects = String::new();
        for number in &anew.pictures {
            if let Some(part) = stock.images.get_mut(number) {
                let _ = write!(objects, "/I{number} {} 0 R ", self.image(part));
            }
        }
        let mut fonts = String::new();
        if !anew.letters.is_empty() {
            let (id, face) = stock.face.get_or_insert_with(|| (self.reserve(), Face::default()));
            for number in &anew.letters {
                if let Some((outline, charstring)) = stock.outlines.get(number) {
                    face.add(outline.clone(), charstring.clone());
                }
            }
            let _ = write!(fonts, "/T {id} 0 R ");
        }
        for font in &anew.fonts {
            let _ = write!(fonts, "/F{font} {} 0 R ", self.font(*font, shared));
        }
        let states = anew.states.iter().enumerate().fold(String::new(), |mut out, (index, state)| {
            let opacity = f64::from(state.opacity) / 255.0;
            let blend = BLENDS.get(usize::from(state.blend)).copied().unwrap_or_default();
            let _ = write!(out, "/S{index} << /ca {opacity:.4} /CA {opacity:.4} /BM /{blend} >> ");
            out
        });
        // Groups draw with what the page draws with.
        let resources = self.reserve();
        let mut groups = String::new();
        for (index, bytes) in page.groups.iter().enumerate() {
            let (width, height) = (sheet.width, sheet.height);
            let id = self.stream(
                &format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 {width} {height}] /Group << /S /Transparency /I true /CS /DeviceRGB >> /Filter \
                     /FlateDecode /Resources {resources} 0 R"
                ),
                bytes,
            );
            let _ = write!(groups, "/X{index} {id} 0 R ");
        }
        self.define(resources, &format!("<< /XObject << {objects}{groups}>> /Font << {fonts}>> /ExtGState << {states}>> >>"));
        let before = self.stream("", opening(sheet).as_bytes());
        let content = self.stream("/Filter /FlateDecode", &page.content);
        let after = self.stream("", closing(sheet).as_bytes());
        self.leaf(sheet, &format!("{resources} 0 R"), &format!("[{before} 0 R {content} 0 R {after} 0 R]"), None);
        true
    }

    fn image(&mut self, part: &mut Part<Image>) -> usize {
        let (image, bytes) = match part {
            Part::Bound(id) => return *id,
            Part::Waiting(image, bytes) => (image, bytes),
        };
        let cut = (image.length as usize).min(bytes.len());
        let (dots, mask) = bytes.split_at(cut);
        let masked = image.mask.as_ref().map(|of| self.stream(&entries(of), mask));
        let mut said = entries(image);
        if let Some(mask) = masked {
            let _ = write!(said, " /SMask {mask} 0 R");
        }
        let id = self.stream(&said, dots);
        *part = Part::Bound(id);
        id
    }

    fn font(&mut self, font: u8, shared: &mut Shared) -> usize {
        *shared.fonts.entry(font).or_insert_with(|| {
            let name = FONTS.get(usize::from(font)).copied().unwrap_or_default();
            let encoding = if usize::from(font) < STANDARD { " /Encoding /WinAnsiEncoding" } else { "" };
            self.object(&format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name}{encoding} >>"))
        })
    }
}

fn entries(image: &Image) -> String {
    let (width, height) = (image.width, image.height);
    let smooth = if image.smooth { " /Interpolate true" } else { "" };
    let packed = if image.rounded { "/Filter /DCTDecode" } else { "/Filter /FlateDecode" };
    let dots = match image.dots {
        Dots::Stencil => "/ImageMask true /BitsPerComponent 1 /Decode [1 0]".to_owned(),
        Dots::Grey | Dots::Colour => {
            let (depth, space) = if image.dots == Dots::Colour { (3, "DeviceRGB") } else { (1, "DeviceGray") };
            let rows = format!(" /DecodeParms << /Predictor 15 /Colors {depth} /BitsPerComponent 8 /Columns {width} >>");
            format!("/ColorSpace /{space} /BitsPerComponent 8{}", if image.rounded { "" } else { &rows })
        }
    };
    format!("/Type /XObject /Subtype /Image /Width {width} /Height {height}{smooth} {dots} {packed}")
}

/// From the page's units to the pixels in which it was written.
fn opening(sheet: &Sheet) -> String {
    let (turn, top) = upright(sheet);
    let unit = 1.0 / f64::from(sheet.scale).max(1e-6);
    format!("/P << /MCID 0 >> BDC\nq {turn}{unit:.9} 0 0 {:.9} 0 {top} cm q", -unit)
}

fn closing(sheet: &Sheet) -> String {
    let mut out = String::from("Q 0 g\n");
    for area in &sheet.boxes {
        let _ = writeln!(out, "{} {} {} {} re f", area.left, area.top, area.width(), area.height());
    }
    out + "Q\nEMC"
}
