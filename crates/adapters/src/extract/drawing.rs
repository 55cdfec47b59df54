//! Draws what can only be seen, inside the confined child: grey pixels for the reader of letters.

use std::io::Cursor;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits};

use super::sights::{Print, What};
use crate::burn::{bitmap, tiff};
use crate::letters::Raster;

/// Most pixels of a side, and most memory while decoding, in bytes.
const MOST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 200 << 20;
/// Most pages of one picture file.
const MOST_FRAMES: usize = 200;
/// Most pixels that are handed on; larger pictures are made smaller. A4 at 300 pixels an inch.
pub(crate) const MOST: u64 = 9_000_000;
/// Pictures of fewer pixels are drawn at twice their size, which reads better.
const SMALL: u64 = 1_500_000;
/// What is smaller holds no line of text that could be read: a bullet, a spacer, an icon.
const LEAST_WIDTH: u32 = 60;
const LEAST_HEIGHT: u32 = 16;
const LEAST_PIXELS: u64 = 8_000;
/// Pixels an inch at which pages are drawn.
const DENSITY: f32 = 300.0;
/// Points an inch.
const POINTS: f32 = 72.0;

/// What a picture is to a reader of letters.
pub(crate) fn what(bytes: &[u8]) -> What {
    let size = if bytes.starts_with(b"BM") { bitmap::size(bytes, MOST_SIDE) } else { size(bytes) };
    match size {
        None => What::Undrawn,
        Some((width, height)) if width > MOST_SIDE || height > MOST_SIDE => What::Undrawn,
        Some((width, height)) if is_large(width, height) => What::Picture,
        Some(_) => What::Small,
    }
}

/// What a picture on the pages of a document is; its beginning is enough, as far as that tells its size.
pub(crate) fn inside(bytes: &[u8]) -> What {
    if what(bytes) == What::Picture { What::Inside } else { What::InsideUndrawn }
}

fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.format()?;
    reader.into_dimensions().ok()
}

const fn is_large(width: u32, height: u32) -> bool {
    width >= LEAST_WIDTH && height >= LEAST_HEIGHT && width as u64 * height as u64 >= LEAST_PIXELS
}

/// The pages of a TIFF, which scanners and fax machines write.
pub(crate) struct Scan {
    pdf: Pdf,
    turned: Vec<u8>,
}

impl Scan {
    /// Opens it; `None` when it is no TIFF, or one of a kind that cannot be drawn.
    pub(crate) fn open(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(b"II*\0") && !bytes.starts_with(b"MM\0*") {
            return None;
        }
        let (pdf, turned) = tiff::as_pdf(bytes, MOST_FRAMES, MOST_SIDE).ok()?;
        let pdf = Pdf::new(pdf).ok().filter(|pdf| !pdf.pages().is_empty())?;
        Some(Self { pdf, turned })
    }

    /// What each of its pages is, with their numbers.
    pub(crate) fn pages(&self) -> Vec<(usize, What)> {
        let several = self.pdf.pages().len() > 1;
        let pages = (1..).zip(self.pdf.pages().iter());
        let what = pages.map(|(number, page)| {
            let (width, height) = page.render_dimensions();
            let large = is_large(width as u32, height as u32);
            (
                number,
                if !large {
                    What::Small
                } else if several {
                    What::Page(number)
                } else {
                    What::Picture
                },
            )
        });
        what.collect()
    }

    /// A page, from 1, as it is looked at.
    pub(crate) fn page(&self, number: usize) -> Option<Raster> {
        let Raster { width, height, grey } = drawn(&self.pdf, number, 1.0)?;
        let mut image = DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, grey)?);
        if let Some(turned) = self.turned.get(number.checked_sub(1)?).and_then(|turned| Orientation::from_exif(*turned)) {
            image.apply_orientation(turned);
        }
        Some(fitted(image))
    }
}

/// What a picture inside an archive is known by, before it is unpacked: its sum and sizes there. Unpacking checks them.
pub(crate) fn print_of_member(sum: u32, size: u64, packed: u64) -> Print {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"member");
    hasher.update(&sum.to_le_bytes());
    hasher.update(&size.to_le_bytes());
    hasher.update(&packed.to_le_bytes());
    hasher.finalize().into()
}

/// What a file, or one of its pages, is known by.
pub(crate) fn print(bytes: &[u8], page: usize) -> Print {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(page as u64).to_le_bytes());
    hasher.update(bytes);
    hasher.finalize().into()
}

/// A picture as it is looked at.
pub(crate) fn picture(bytes: &[u8]) -> Option<Raster> {
    if bytes.starts_with(b"BM") {
        return Some(fitted(DynamicImage::ImageLuma8(grey(bitmap::read(bytes, MOST_SIDE).ok()?)?)));
    }
    let mut decoder = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?.into_decoder().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).ok()?;
    let turned = decoder.orientation().ok();
    let mut image = DynamicImage::ImageLuma8(grey(DynamicImage::from_decoder(decoder).ok()?)?);
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    Some(fitted(image))
}

/// Neither larger nor smaller than reads well.
fn fitted(image: DynamicImage) -> Raster {
    let pixels = u64::from(image.width()) * u64::from(image.height());
    let image = if pixels > MOST {
        let part = (MOST as f64 / pixels as f64).sqrt();
        let side = |length: u32| ((f64::from(length) * part) as u32).max(1);
        image.thumbnail_exact(side(image.width()), side(image.height()))
    } else if pixels < SMALL {
        image.resize_exact(image.width() * 2, image.height() * 2, FilterType::Triangle)
    } else {
        image
    };
    Raster { width: image.width(), height: image.height(), grey: image.into_luma8().into_raw() }
}

fn grey(image: DynamicImage) -> Option<GrayImage> {
    if !image.color().has_alpha() {
        return Some(image.into_luma8());
    }
    let rgba = image.into_rgba8();
    let grey = rgba.pixels().map(|pixel| light(pixel.0)).collect();
    GrayImage::from_raw(rgba.width(), rgba.height(), grey)
}

/// A page of a PDF, from 1.
pub(crate) fn page(pdf: &Pdf, number: usize) -> Option<Raster> {
    drawn(pdf, number, DENSITY / POINTS)
}

fn drawn(pdf: &Pdf, number: usize, scale: f32) -> Option<Raster> {
    let page = pdf.pages().get(number.checked_sub(1)?)?;
    let (width, height) = page.render_dimensions();
    let area = (width * height).max(1.0);
    let scale = scale.min((MOST as f32 / area).sqrt()).min(f32::from(u16::MAX) / width.max(height).max(1.0));
    let settings = InterpreterSettings { warning_sink: std::sync::Arc::new(|_| {}), ..InterpreterSettings::default() };
    let how = PixmapSettings { x_scale: scale, y_scale: scale, ..PixmapSettings::default() };
    let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &how);
    let grey = drawn.data_as_u8_slice().as_chunks::<4>().0.iter().map(|[red, green, blue, cover]| {
        // The colours have been multiplied by how much they cover; paper is white.
        let paper = 255 - *cover;
        light([red.saturating_add(paper), green.saturating_add(paper), blue.saturating_add(paper), 255])
    });
    Some(Raster { width: u32::from(drawn.width()), height: u32::from(drawn.height()), grey: grey.collect() })
}

/// How light a colour is on white paper.
fn light([red, green, blue, cover]: [u8; 4]) -> u8 {
    let mixed = (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000;
    ((mixed * u32::from(cover) + 255 * (255 - u32::from(cover))) / 255).min(255) as u8
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbaImage};

    use super::*;

    fn png(width: u32, height: u32, colour: [u8; 4]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, image::Rgba(colour)).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn icons_and_spacers_are_small() {
        for (width, height) in [(1, 1), (32, 32), (400, 10), (64, 64), (59, 600)] {
            assert_eq!(what(&png(width, height, [0; 4])), What::Small, "{width} x {height}");
        }
        assert_eq!(what(&png(300, 30, [0; 4])), What::Picture);
        assert_eq!(what(b"\xFF\xD8\xFF\xD9"), What::Undrawn);
        assert_eq!(what(b"BM"), What::Undrawn);
    }

    #[test]
    fn what_is_not_covered_is_white_paper() {
        let small = picture(&png(100, 20, [0, 0, 0, 0])).unwrap();
        assert_eq!((small.width, small.height), (200, 40));
        assert!(small.grey.iter().all(|pixel| *pixel == 255) && small.grey.len() == 8_000);
        assert!(picture(&png(1500, 1200, [10, 10, 10, 255])).unwrap().grey.iter().all(|pixel| *pixel == 10));
        assert_eq!(light([0, 0, 0, 128]), 127);
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let large = picture(&png(6000, 2000, [200, 200, 200, 255])).unwrap();
        assert!(u64::from(large.width) * u64::from(large.height) <= MOST);
        assert!(large.width > 5000 && large.grey.len() == large.width as usize * large.height as usize);
    }

    #[test]
    fn pages_of_one_file_are_told_apart() {
        assert_eq!(print(b"x", 1), print(b"x", 1));
        assert_ne!(print(b"x", 1), print(b"x", 2));
    }
}
