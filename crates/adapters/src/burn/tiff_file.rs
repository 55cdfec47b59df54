//! The structure of a TIFF: its pages, and for each the few entries that say how it is packed.

use std::fmt::Write as _;

/// Most strips or tiles of a page.
const MOST_SEGMENTS: usize = 50_000;

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) order: Order,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u32,
    pub(super) samples: u32,
    /// `Compression`.
    pub(super) packing: u32,
    /// `PhotometricInterpretation`.
    pub(super) colours: u32,
    /// The bits of a byte run from the last to the first.
    pub(super) backwards: bool,
    pub(super) fax_options: u32,
    pub(super) predictor: u32,
    /// Each colour lies apart from the others.
    pub(super) apart: bool,
    /// EXIF orientation.
    pub(super) turned: u8,
    pub(super) tiled: bool,
    /// Width and height of a strip or tile.
    pub(super) segment: (u32, u32),
    pub(super) segments: Vec<&'a [u8]>,
    palette: Vec<u32>,
    tables: &'a [u8],
}

/// All pages, at most `most`; `None` when the file is damaged or has more.
pub(super) fn pages(bytes: &[u8], most: usize) -> Option<Vec<Page<'_>>> {
    let order = match bytes.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let file = File { bytes, order };
    let mut at = file.long(4)?;
    let mut pages = Vec::new();
    while at != 0 {
        if pages.len() >= most {
            return None;
        }
        let entries = usize::from(file.short(at)?);
        pages.push(file.page(at + 2, entries)?);
        at = file.long(at + 2 + entries * 12).unwrap_or(0);
    }
    (!pages.is_empty()).then_some(pages)
}

#[derive(Clone, Copy)]
struct File<'a> {
    bytes: &'a [u8],
    order: Order,
}

impl<'a> File<'a> {
    fn short(self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.order == Order::Little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(self, at: usize) -> Option<usize> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.order == Order::Little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize)
    }

    /// Where the values of an entry begin, their type and number.
    fn entry(self, list: usize, entries: usize, tag: u16) -> Option<(usize, u16, usize)> {
        let at = (0..entries).map(|index| list + index * 12).find(|at| self.short(*at) == Some(tag))?;
        let (kind, count) = (self.short(at + 2)?, self.long(at + 4)?);
        let size = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 => 4,
            _ => return None,
        };
        let at = if count.checked_mul(size)? <= 4 { at + 8 } else { self.long(at + 8)? };
        Some((at, kind, count))
    }

    fn values(self, list: usize, entries: usize, tag: u16) -> Vec<u32> {
        let Some((at, kind, count)) = self.entry(list, entries, tag) else { return Vec::new() };
        let value = |index: usize| match kind {
            3 => self.short(at + index * 2).map(u32::from),
            4 => self.long(at + index * 4).map(|value| value as u32),
            _ => self.bytes.get(at + index).copied().map(u32::from),
        };
        (0..count.min(1 << 18)).map_while(value).collect()
    }

    fn page(self, list: usize, entries: usize) -> Option<Page<'a>> {
        let all = |tag| self.values(list, entries, tag);
        let one = |tag, otherwise| all(tag).first().copied().unwrap_or(otherwise);
        let (width, height) = (one(256, 0), one(257, 0));
        let tiled = !all(324).is_empty();
        let segment = if tiled { (one(322, 0), one(323, 0)) } else { (width, one(278, height).min(height)) };
        let (places, lengths) = if tiled { (all(324), all(325)) } else { (all(273), all(279)) };
        if segment.0 == 0 || segment.1 == 0 || places.is_empty() || places.len() > MOST_SEGMENTS {
            return None;
        }
        let segments = places.iter().zip(&lengths).map(|(place, length)| {
            let end = (*place as usize).checked_add(*length as usize)?.min(self.bytes.len());
            self.bytes.get(*place as usize..end)
        });
        let tables = self.entry(list, entries, 347).and_then(|(at, _, count)| self.bytes.get(at..at.checked_add(count)?));
        Some(Page {
            order: self.order,
            width,
            height,
            bits: one(258, 1),
            samples: one(277, 1),
            packing: one(259, 1),
            colours: one(262, 0),
            backwards: one(266, 1) == 2,
            fax_options: one(292, 0),
            predictor: one(317, 1),
            apart: one(284, 1) == 2,
            turned: one(274, 1) as u8,
            tiled,
            segment,
            segments: segments.collect::<Option<Vec<_>>>()?,
            palette: all(320),
            tables: tables.unwrap_or_default(),
        })
    }
}

impl Page<'_> {
    /// The colours of a palette, as a PDF writes them.
    pub(super) fn table(&self) -> Option<String> {
        let entries = 1_usize << self.bits;
        let mut table = format!("[/Indexed /DeviceRGB {} <", entries - 1);
        for index in 0..entries {
            for plane in 0..3 {
                let _ = write!(table, "{:02X}", self.palette.get(plane * entries + index)? >> 8);
            }
        }
        Some(table + ">]")
    }

    /// A part packed as JPEG, with the tables that all parts share.
    pub(super) fn with_tables(&self, data: &[u8]) -> Vec<u8> {
        match (self.tables.strip_suffix(&[0xFF, 0xD9]), data.strip_prefix(&[0xFF, 0xD8])) {
            (Some(tables), Some(rest)) => [tables, rest].concat(),
            _ => data.to_vec(),
        }
    }
}
