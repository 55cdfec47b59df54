//! Pictures of every kind as plain pixels: what a camera wrote beside them stays behind.

use std::io::Cursor;

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use image::codecs::gif::GifDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits, RgbImage};

use super::bitmap;
use super::bounds::holds_too_large;
use super::page::Drawing;
use super::pixels::Pixels;
use super::tiff;
use super::wire::{Area, Sheet};

/// Most pixels of a side, and most memory while decoding, in bytes.
const MOST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 400 << 20;
/// Most memory of all pictures of one file, in bytes.
const MOST_OF_ALL: u64 = 600 << 20;
const TOO_LARGE: &str = "the picture is too large";
/// Most pixels of the result: larger pictures are made smaller.
const MOST_PIXELS: u64 = 24_000_000;
/// Most pages of one picture file.
const MOST_FRAMES: usize = 50;

/// The pictures in a file, each as a page.
pub(super) fn frames(bytes: &[u8]) -> Result<Vec<(Sheet, Pixels)>, &'static str> {
    let images = match bytes {
        [b'G', b'I', b'F', b'8', ..] => moving(bytes)?,
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => scanned(bytes)?,
        [b'B', b'M', ..] => vec![bitmap::read(bytes, MOST_SIDE)?],
        _ => vec![still(bytes)?],
    };
    Ok(images.into_iter().enumerate().map(|(number, image)| page(number as u32, image)).collect())
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn still(bytes: &[u8]) -> Result<DynamicImage, &'static str> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| "the picture is damaged")?;
    if reader.format().is_none() {
        return Err("pictures of this kind cannot be drawn");
    }
    let mut decoder = reader.into_decoder().map_err(|_| "pictures of this kind cannot be drawn")?;
    decoder.set_limits(limits()).map_err(|_| TOO_LARGE)?;
    // Not every decoder looks at the memory that it may have.
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(TOO_LARGE);
    }
    let turned = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| "the picture is damaged or too large")?;
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    Ok(image)
}

fn scanned(bytes: &[u8]) -> Result<Vec<DynamicImage>, &'static str> {
    const DAMAGED: &str = "the picture is damaged or too large";
    let (pdf, turned) = tiff::as_pdf(bytes, MOST_FRAMES, MOST_SIDE)?;
    let pdf = Pdf::new(pdf).map_err(|_| DAMAGED)?;
    if holds_too_large(&pdf) {
        return Err(TOO_LARGE);
    }
    let words = Words::default();
    let mut drawing = Drawing::new(&pdf, &words, 72.0);
    let (mut images, mut all) = (Vec::new(), 0);
    for (number, turned) in turned.into_iter().enumerate() {
        let pixels = drawing.plain(number as u32).ok_or(DAMAGED)?;
        let Pixels { width, height, colour, data } = pixels;
        all = added(all, data.len())?;
        let image = if colour {
            RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8)
        } else {
            GrayImage::from_raw(width, height, data).map(DynamicImage::ImageLuma8)
        };
        let mut image = image.ok_or(DAMAGED)?;
        if let Some(turned) = Orientation::from_exif(turned) {
            image.apply_orientation(turned);
        }
        images.push(image);
    }
    Ok(images)
}

/// The memory of all pictures of a file, with another one.
fn added(all: u64, more: usize) -> Result<u64, &'static str> {
    let all = all + more as u64;
    if all > MOST_OF_ALL { Err(TOO_LARGE) } else { Ok(all) }
}

fn moving(bytes: &[u8]) -> Result<Vec<DynamicImage>, &'static str> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_| "the picture is damaged")?;
    decoder.set_limits(limits()).map_err(|_| TOO_LARGE)?;
    let (mut images, mut all) = (Vec::new(), 0);
    for frame in decoder.into_frames() {
        if images.len() >= MOST_FRAMES {
            return Err("the picture has too many frames");
        }
        let frame = frame.map_err(|_| "the picture is damaged")?.into_buffer();
        all = added(all, frame.len())?;
        images.push(DynamicImage::ImageRgba8(frame));
    }
    if images.is_empty() { Err("the picture is damaged") } else { Ok(images) }
}

fn page(number: u32, image: DynamicImage) -> (Sheet, Pixels) {
    let pixels = u64::from(image.width()) * u64::from(image.height());
    let image = if pixels > MOST_PIXELS {
        let part = (MOST_PIXELS as f64 / pixels as f64).sqrt();
        let side = |length: u32| ((f64::from(length) * part) as u32).max(1);
        image.thumbnail(side(image.width()), side(image.height()))
    } else {
        image
    };
    let mut rgba = image.into_rgba8();
    for pixel in rgba.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        let on_white = |value: u8| ((u32::from(value) * u32::from(a) + 255 * (255 - u32::from(a))) / 255) as u8;
        pixel.0 = [on_white(r), on_white(g), on_white(b), 255];
    }
    let (width, height) = rgba.dimensions();
    let pixels = Pixels::from_rgba(width, height, rgba.as_raw());
    // 150 pixels an inch: what a page of a document has.
    let scale = 150.0 / 72.0;
    let sheet = Sheet {
        number,
        width,
        height,
        colour: pixels.colour,
        scale,
        size: (width as f32 / scale, height as f32 / scale),
        turned: 0,
        unit: 1.0,
        pictures: vec![Area { left: 0, top: 0, right: width, bottom: height }],
        ..Sheet::default()
    };
    (sheet, pixels)
}

#[cfg(test)]
mod tests {
    use super::{TOO_LARGE, frames};

    #[test]
    fn a_picture_that_only_says_how_large_it_is_costs_nothing() {
        let frame = [&[0x30, 1, 0, 0x9d, 1, 0x2a][..], &16_383_u16.to_le_bytes(), &16_383_u16.to_le_bytes(), &[0; 9]].concat();
        let size = (frame.len() as u32).to_le_bytes();
        let webp = [b"RIFF", &(frame.len() as u32 + 12).to_le_bytes()[..], b"WEBPVP8 ", &size, &frame, b"\0"].concat();
        assert_eq!(frames(&webp).map(|frames| frames.len()), Err(TOO_LARGE));
    }
}
