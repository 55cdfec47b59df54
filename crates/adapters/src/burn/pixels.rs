//! Pictures as they lie in the result: rows of grey or coloured pixels, packed without loss.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::wire::Area;

/// An opaque picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Three bytes a pixel instead of one.
    pub(super) colour: bool,
    pub(super) data: Vec<u8>,
}

impl Pixels {
    /// From opaque pixels of red, green, blue and anything; grey where all of them are.
    pub(super) fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Self {
        let colour = !rgba.chunks_exact(4).all(|pixel| matches!(pixel, [r, g, b, _] if r == g && g == b));
        let data = if colour {
            let mut data = Vec::with_capacity(rgba.len() / 4 * 3);
            for pixel in rgba.chunks_exact(4) {
                data.extend_from_slice(pixel.get(..3).unwrap_or_default());
            }
            data
        } else {
            rgba.iter().step_by(4).copied().collect()
        };
        Self { width, height, colour, data }
    }

    /// Bytes of one row.
    fn row(&self) -> usize {
        self.width as usize * if self.colour { 3 } else { 1 }
    }

    /// Makes an area black.
    pub(super) fn black(&mut self, area: Area) {
        let (row, depth) = (self.row(), if self.colour { 3 } else { 1 });
        for y in area.top..area.bottom.min(self.height) {
            let start = y as usize * row + area.left as usize * depth;
            let end = y as usize * row + area.right.min(self.width) as usize * depth;
            if let Some(run) = self.data.get_mut(start..end) {
                run.fill(0);
            }
        }
    }

    /// With white below and to the right, until both sides are multiples of `grid`.
    pub(super) fn filled_up(self, grid: u32) -> Self {
        let (width, height) = (self.width.next_multiple_of(grid), self.height.next_multiple_of(grid));
        let depth = if self.colour { 3 } else { 1 };
        let mut data = Vec::with_capacity(width as usize * height as usize * depth);
        for row in self.data.chunks_exact(self.row().max(1)) {
            data.extend_from_slice(row);
            data.extend(std::iter::repeat_n(255, (width - self.width) as usize * depth));
        }
        data.resize(width as usize * height as usize * depth, 255);
        Self { width, height, colour: self.colour, data }
    }

    /// Packed for a PDF: zlib over rows, each as the difference to the row above.
    pub(super) fn pack(&self) -> std::io::Result<Vec<u8>> {
        let row = self.row().max(1);
        let mut packer = ZlibEncoder::new(Vec::with_capacity(self.data.len() / 16 + 64), Compression::new(1));
        let mut line = vec![0; row + 1];
        let mut above: &[u8] = &vec![0; row];
        for now in self.data.chunks_exact(row) {
            // The mark of this kind of row in a PDF: "up".
            let Some((mark, rest)) = line.split_first_mut() else { break };
            *mark = 2;
            for ((slot, value), before) in rest.iter_mut().zip(now).zip(above) {
                *slot = value.wrapping_sub(*before);
            }
            packer.write_all(&line)?;
            above = now;
        }
        packer.finish()
    }

    /// The picture again from its packed form; `None` when it is not of this size.
    pub(super) fn unpack(width: u32, height: u32, colour: bool, packed: &[u8]) -> Option<Self> {
        let mut out = Self { width, height, colour, data: Vec::new() };
        let row = out.row();
        let whole = row.checked_add(1)?.checked_mul(height as usize)?;
        let mut lines = Vec::with_capacity(whole.min(1 << 28));
        ZlibDecoder::new(packed).take(whole as u64 + 1).read_to_end(&mut lines).ok()?;
        if lines.len() != whole {
            return None;
        }
        out.data.reserve(row * height as usize);
        for line in lines.chunks_exact(row + 1) {
            let (2, rest) = line.split_first().map(|(mark, rest)| (*mark, rest))? else { return None };
            let from = out.data.len();
            for (index, value) in rest.iter().enumerate() {
                let above = from.checked_sub(row).and_then(|start| out.data.get(start + index)).copied().unwrap_or(0);
                out.data.push(value.wrapping_add(above));
            }
        }
        Some(out)
    }

    /// An area as grey, each pixel `times` as wide and high, as a PGM file: what programs that read letters take.
    pub(super) fn grey_file(&self, area: Area, times: u32) -> Vec<u8> {
        let mut out = format!("P5 {} {} 255\n", area.width() * times, area.height() * times).into_bytes();
        let depth = if self.colour { 3 } else { 1 };
        for y in area.top..area.bottom {
            let start = y as usize * self.row() + area.left as usize * depth;
            let run = self.data.get(start..start + area.width() as usize * depth).unwrap_or_default();
            let mut line = Vec::with_capacity(area.width() as usize * times as usize);
            for pixel in run.chunks_exact(depth) {
                let grey = match pixel {
                    [r, g, b] => ((u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1000) as u8,
                    _ => pixel.first().copied().unwrap_or(255),
                };
                line.extend(std::iter::repeat_n(grey, times as usize));
            }
            for _ in 0..times {
                out.extend_from_slice(&line);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packing_loses_nothing(width in 1_u32..40, height in 1_u32..20, seed in any::<u64>(), grey in any::<bool>()) {
            let mut state = seed;
            let rgba: Vec<u8> = (0..width * height).flat_map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let [a, b, c, ..] = state.to_be_bytes();
                if grey { [a, a, a, 255] } else { [a, b, c, 255] }
            }).collect();
            let pixels = Pixels::from_rgba(width, height, &rgba);
            prop_assert!(!grey || !pixels.colour);
            let packed = pixels.pack().unwrap();
            prop_assert_eq!(Pixels::unpack(width, height, pixels.colour, &packed), Some(pixels));
        }
    }

    #[test]
    fn an_area_becomes_black_and_nothing_else() {
        let mut pixels = Pixels::from_rgba(4, 3, &[200, 10, 10, 255].repeat(12));
        pixels.black(Area { left: 1, top: 1, right: 9, bottom: 2 });
        let black: Vec<usize> =
            pixels.data.chunks(3).enumerate().filter(|(_, pixel)| **pixel == [0, 0, 0]).map(|(index, _)| index).collect();
        assert_eq!(black, [5, 6, 7]);
    }

    #[test]
    fn a_picture_is_filled_up_with_white() {
        let pixels = Pixels::from_rgba(2, 1, &[7, 7, 7, 255, 9, 9, 9, 255]).filled_up(3);
        assert_eq!((pixels.width, pixels.height), (3, 3));
        assert_eq!(pixels.data, [7, 9, 255, 255, 255, 255, 255, 255, 255]);
    }

    #[test]
    fn a_damaged_pack_is_no_picture() {
        let packed = Pixels::from_rgba(2, 2, &[1; 16]).pack().unwrap();
        assert_eq!(Pixels::unpack(2, 3, false, &packed), None);
        assert_eq!(Pixels::unpack(2, 2, false, &packed[..4]), None);
    }
}
