//! The dots of pictures.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_interpret::{ImageData, LumaData};
use hayro::kurbo::{Affine, Point, Rect};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use super::super::pixels::Pixels;
use super::{Dots, Image};

/// From so many dots on, loss is worth its room.
const LARGE: u64 = 1 << 16;
/// Of a JPEG, of 100: changes that nobody sees.
const QUALITY: u8 = 93;

/// A picture with its bytes.
pub(super) struct Packed {
    pub(super) image: Image,
    pub(super) bytes: Vec<u8>,
    /// How far the picture must be stretched to the size that was announced.
    pub(super) stretch: (f32, f32),
}

/// Dots of colour or grey and how opaque they are, without what lies under the boxes. `place` brings dots to the page.
/// `rounded` says that they were packed with loss before; a large picture is then packed so again, after what lies under boxes is gone.
pub(super) fn dots(
    number: u32,
    (data, alpha): (ImageData, Option<LumaData>),
    rounded: bool,
    place: Affine,
    boxes: &[Rect],
) -> Option<Packed> {
    let (width, height, smooth, stretch) = (data.width(), data.height(), data.interpolate(), data.scale_factors());
    let dots_of = (width, height);
    let (colour, data) = match data {
        ImageData::Rgb(rgb) => (true, rgb.data),
        ImageData::Luma(luma) => (false, luma.data),
    };
    let mut pixels = Pixels { width, height, colour, data };
    let scaled = |by: (f32, f32)| place * Affine::scale_non_uniform(f64::from(by.0), f64::from(by.1));
    blacken(&mut pixels, scaled(stretch), boxes);
    let rounded = rounded && u64::from(width) * u64::from(height) >= LARGE;
    let bytes = if rounded { jpeg(&pixels)? } else { pixels.pack().ok()? };
    let length = bytes.len() as u64;
    let dots = if colour { Dots::Colour } else { Dots::Grey };
    let mut packed = Packed { image: Image { number, width, height, dots, rounded, smooth, length, mask: None }, bytes, stretch };
    if let Some(alpha) = alpha {
        let (width, height, smooth) = (alpha.width, alpha.height, alpha.interpolate);
        let mut pixels = Pixels { width, height, colour: false, data: alpha.data };
        // The mask covers the same part of the page with dots of its own.
        let across = f64::from(dots_of.0) / f64::from(width.max(1));
        let down = f64::from(dots_of.1) / f64::from(height.max(1));
        blacken(&mut pixels, scaled(stretch) * Affine::scale_non_uniform(across, down), boxes);
        let bytes = pixels.pack().ok()?;
        let length = bytes.len() as u64;
        packed.image.mask =
            Some(Box::new(Image { number: 0, width, height, dots: Dots::Grey, rounded: false, smooth, length, mask: None }));
        packed.bytes.extend_from_slice(&bytes);
    }
    Some(packed)
}

/// A stencil: where it paints.
pub(super) fn stencil(number: u32, mask: LumaData, place: Affine, boxes: &[Rect]) -> Option<Packed> {
    let (width, height, smooth, stretch) = (mask.width, mask.height, mask.interpolate, mask.scale_factors);
    let mut pixels = Pixels { width, height, colour: false, data: mask.data };
    blacken(&mut pixels, place * Affine::scale_non_uniform(f64::from(stretch.0), f64::from(stretch.1)), boxes);
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(6));
    for row in pixels.data.chunks_exact(width.max(1) as usize) {
        let bits: Vec<u8> =
            row.chunks(8).map(|dots| dots.iter().enumerate().fold(0, |byte, (at, dot)| byte | u8::from(*dot >= 128) << (7 - at))).collect();
        packer.write_all(&bits).ok()?;
    }
    let bytes = packer.finish().ok()?;
    let length = bytes.len() as u64;
    Some(Packed { image: Image { number, width, height, dots: Dots::Stencil, rounded: false, smooth, length, mask: None }, bytes, stretch })
}

/// Whether a picture is packed in a way that rounds its dots: JPEG or JPEG 2000.
pub(super) fn is_rounded(picture: &Dict<'_>) -> bool {
    let rounds = |name: &Name<'_>| matches!(name.as_str(), "DCTDecode" | "DCT" | "JPXDecode");
    ["Filter", "F"].into_iter().any(|key| {
        picture.get::<Name<'_>>(key).is_some_and(|name| rounds(&name))
            || picture.get::<Array<'_>>(key).is_some_and(|names| names.iter::<Name<'_>>().any(|name| rounds(&name)))
    })
}

fn jpeg(pixels: &Pixels) -> Option<Vec<u8>> {
    let kind = if pixels.colour { ExtendedColorType::Rgb8 } else { ExtendedColorType::L8 };
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode(&pixels.data, pixels.width, pixels.height, kind).ok()?;
    Some(out)
}

/// Makes black (or unpainted) what lies under boxes.
fn blacken(pixels: &mut Pixels, place: Affine, boxes: &[Rect]) {
    if boxes.is_empty() || place.determinant().abs() < 1e-12 {
        return;
    }
    let back = place.inverse();
    for part in boxes {
        let corners = [(part.x0, part.y0), (part.x1, part.y0), (part.x0, part.y1), (part.x1, part.y1)];
        let dots =
            corners.into_iter().map(|corner| back * Point::from(corner)).map(|at| Rect::from_points(at, at)).reduce(|a, b| a.union(b));
        if let Some(area) = dots.and_then(|dots| super::super::boxes::area(dots, pixels.width, pixels.height)) {
            pixels.black(area);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_that_was_rounded_is_rounded_again_without_what_lies_under_a_box() {
        let data = || LumaData { data: vec![200; 300 * 300], width: 300, height: 300, interpolate: false, scale_factors: (1.0, 1.0) };
        let packed =
            |rounded| dots(1, (ImageData::Luma(data()), None), rounded, Affine::IDENTITY, &[Rect::new(0.0, 0.0, 150.0, 300.0)]).unwrap();
        let (exact, again) = (packed(false), packed(true));
        assert!(!exact.image.rounded && again.image.rounded && again.bytes.starts_with(&[0xFF, 0xD8]));
        let read = image::load_from_memory(&again.bytes).unwrap().into_luma8();
        assert!(read.get_pixel(20, 20).0[0] < 8 && read.get_pixel(250, 20).0[0].abs_diff(200) < 8);
    }

    #[test]
    fn a_mask_of_other_dots_loses_the_same_part() {
        let luma = |width: u32, height: u32| LumaData {
            data: vec![200; (width * height) as usize],
            width,
            height,
            interpolate: false,
            scale_factors: (1.0, 1.0),
        };
        let place = Affine::scale(100.0);
        let packed = dots(1, (ImageData::Luma(luma(1, 1)), Some(luma(50, 20))), false, place, &[Rect::new(0.0, 0.0, 50.0, 100.0)]).unwrap();
        let mask = packed.image.mask.unwrap();
        let from = packed.image.length as usize;
        let read = Pixels::unpack(mask.width, mask.height, false, &packed.bytes[from..]).unwrap();
        assert_eq!(read.data.iter().filter(|dot| **dot > 0).count(), 25 * 20);
    }

    #[test]
    fn dots_under_a_box_are_gone() {
        let mut pixels = Pixels { width: 4, height: 2, colour: false, data: vec![9; 8] };
        // The picture lies mirrored and twice as large on the page.
        let place = Affine::new([2.0, 0.0, 0.0, -2.0, 10.0, 4.0]);
        blacken(&mut pixels, place, &[Rect::new(12.0, 2.0, 16.0, 4.0)]);
        assert_eq!(pixels.data, [9, 0, 0, 9, 9, 9, 9, 9]);
    }
}
