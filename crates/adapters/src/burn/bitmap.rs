//! Windows bitmaps: rows of dots, from the bottom up.

use image::{DynamicImage, RgbImage};

const DAMAGED: &str = "the picture is damaged or too large";
const UNKNOWN: &str = "pictures of this kind cannot be drawn";

/// What the head of the file says.
struct Head<'a> {
    width: u32,
    height: u32,
    /// The first row is the highest.
    downwards: bool,
    bits: u16,
    /// Where red, green and blue lie in a dot of 16 or 32 bits.
    masks: [u32; 3],
    /// Four bytes a colour: blue, green, red, nothing.
    palette: &'a [u8],
    rows: &'a [u8],
}

/// The picture, of at most `side` dots a side.
pub(crate) fn read(bytes: &[u8], side: u32) -> Result<DynamicImage, &'static str> {
    let head = head(bytes, side)?;
    let row = (u64::from(head.width) * u64::from(head.bits)).div_ceil(32) as usize * 4;
    if head.rows.len() < row.saturating_mul(head.height as usize) {
        return Err(DAMAGED);
    }
    let mut image = RgbImage::new(head.width, head.height);
    for (number, line) in head.rows.chunks_exact(row).take(head.height as usize).enumerate() {
        let y = if head.downwards { number as u32 } else { head.height - 1 - number as u32 };
        for x in 0..head.width {
            let colour = head.dot(line, x as usize).ok_or(DAMAGED)?;
            image.put_pixel(x, y, image::Rgb(colour));
        }
    }
    Ok(DynamicImage::ImageRgb8(image))
}

/// How wide and high it is.
pub(crate) fn size(bytes: &[u8], side: u32) -> Option<(u32, u32)> {
    head(bytes, side).ok().map(|head| (head.width, head.height))
}

fn head(bytes: &[u8], side: u32) -> Result<Head<'_>, &'static str> {
    let long = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes).ok_or(DAMAGED);
    let (begin, size) = (long(10)? as usize, long(14)? as usize);
    if size < 40 {
        return Err(UNKNOWN);
    }
    let (width, height) = (long(18)?, long(22)?.cast_signed());
    let (bits, packing) = ((long(28)? & 0xFFFF) as u16, long(30)?);
    let masks = match (packing, bits) {
        (0, 16) => [0x7C00, 0x03E0, 0x001F],
        (0, 1 | 4 | 8 | 24 | 32) => [0x00FF_0000, 0x0000_FF00, 0x0000_00FF],
        (3 | 6, 16 | 32) => [long(54)?, long(58)?, long(62)?],
        _ => return Err(UNKNOWN),
    };
    let tall = height.unsigned_abs();
    if width == 0 || tall == 0 || width > side || tall > side {
        return Err(DAMAGED);
    }
    let palette = if bits <= 8 { bytes.get(14 + size..begin).ok_or(DAMAGED)? } else { &[] };
    Ok(Head { width, height: tall, downwards: height < 0, bits, masks, palette, rows: bytes.get(begin..).ok_or(DAMAGED)? })
}

impl Head<'_> {
    fn dot(&self, line: &[u8], x: usize) -> Option<[u8; 3]> {
        let byte = |at: usize| line.get(at).copied().map(u32::from);
        match self.bits {
            24 => Some([*line.get(x * 3 + 2)?, *line.get(x * 3 + 1)?, *line.get(x * 3)?]),
            16 => Some(self.masked(byte(x * 2)? | byte(x * 2 + 1)? << 8)),
            32 => Some(self.masked(byte(x * 4)? | byte(x * 4 + 1)? << 8 | byte(x * 4 + 2)? << 16 | byte(x * 4 + 3)? << 24)),
            few => {
                let bit = x * usize::from(few);
                let shift = 8 - usize::from(few) - bit % 8;
                let index = (byte(bit / 8)? >> shift) & ((1 << few) - 1);
                // A colour that the table does not have is black, as viewers have it.
                Some(match self.palette.get(index as usize * 4..index as usize * 4 + 3) {
                    Some([blue, green, red]) => [*red, *green, *blue],
                    _ => [0; 3],
                })
            }
        }
    }

    fn masked(&self, dot: u32) -> [u8; 3] {
        self.masks.map(|mask| {
            let (shift, most) = (mask.trailing_zeros().min(31), u64::from(mask >> mask.trailing_zeros().min(31)));
            (u64::from((dot & mask) >> shift) * 255).checked_div(most).unwrap_or(0) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bitmap of two by two dots.
    fn two_by_two(bits: u8, height: i32, rest: &[u8]) -> Vec<u8> {
        let begin = 54 + if bits == 1 { 8_u32 } else { 0 };
        let mut out = b"BM\0\0\0\0\0\0\0\0".to_vec();
        out.extend(begin.to_le_bytes());
        out.extend([40_u32, 2].into_iter().flat_map(u32::to_le_bytes));
        out.extend(height.to_le_bytes());
        out.extend([1, 0, bits, 0]);
        out.extend([0; 24]);
        out.extend(rest);
        out
    }

    fn shown(bytes: &[u8]) -> Vec<u8> {
        read(bytes, 100).unwrap().into_rgb8().into_raw()
    }

    #[test]
    fn bitmaps_are_read() {
        let colours = [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0];
        assert_eq!(shown(&two_by_two(24, 2, &colours)), [9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4]);
        assert_eq!(shown(&two_by_two(24, -2, &colours)), [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10]);
        let line_art = [0, 0, 0, 0, 255, 255, 255, 0, 0b0100_0000, 0, 0, 0, 0b1000_0000, 0, 0, 0];
        assert_eq!(shown(&two_by_two(1, 2, &line_art)), [255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
        assert_eq!(shown(&two_by_two(16, 2, &[0, 0x7C, 0x1F, 0, 0xFF, 0x7F, 0, 0])), [255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255]);
        assert_eq!(shown(&two_by_two(32, 2, &[3, 2, 1, 0].repeat(4))), [1, 2, 3].repeat(4));
    }

    #[test]
    fn what_is_damaged_or_unknown_is_refused() {
        let whole = two_by_two(24, 2, &[0; 16]);
        for length in 0..whole.len() {
            assert!(read(&whole[..length], 100).is_err(), "{length}");
        }
        assert_eq!(read(&whole, 1).unwrap_err(), DAMAGED);
        let mut packed = whole;
        packed[30] = 1;
        assert_eq!(read(&packed, 100).unwrap_err(), UNKNOWN);
    }
}
