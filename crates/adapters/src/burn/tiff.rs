//! The pages of a TIFF: what scanners and fax machines write.
//!
//! The strips and tiles of a TIFF are packed as the pictures of a PDF may be. Its pages are therefore handed, as they are, to the
//! drawer of PDFs; nothing is unpacked here.

use std::fmt::Write as _;

use super::tiff_file::{Order, Page, pages};

const UNKNOWN: &str = "pictures of this kind cannot be drawn";
const DAMAGED: &str = "the picture is damaged or too large";

/// A PDF whose pages are those of the TIFF, a unit for each dot; and how each page is to be turned (an EXIF orientation).
pub(crate) fn as_pdf(bytes: &[u8], most: usize, side: u32) -> Result<(Vec<u8>, Vec<u8>), &'static str> {
    let pages = pages(bytes, most).ok_or(DAMAGED)?;
    let mut book = Book::default();
    for page in &pages {
        if page.width == 0 || page.height == 0 || page.width > side || page.height > side {
            return Err(DAMAGED);
        }
        book.page(page)?;
    }
    let turned = pages.iter().map(|page| page.turned).collect();
    Ok((book.finish(), turned))
}

/// Objects of the PDF: 1 is the catalogue, 2 the list of pages, 3 and 4 leave out what is no colour.
#[derive(Default)]
struct Book {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

/// Objects before the first of a page.
const BEFORE: usize = 4;

impl Book {
    fn object(&mut self, object: Vec<u8>) -> usize {
        self.objects.push(object);
        self.objects.len() + BEFORE
    }

    fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        let head = format!("<< {entries} /Length {} >>\nstream\n", bytes.len());
        self.object([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    fn page(&mut self, page: &Page<'_>) -> Result<(), &'static str> {
        let look = Look::of(page).ok_or(UNKNOWN)?;
        let (across, down) = page.segment;
        let in_row = page.width.div_ceil(across);
        let (mut content, mut names) = (String::new(), String::new());
        for (number, data) in page.segments.iter().enumerate() {
            let (column, row) = (number as u32 % in_row, number as u32 / in_row);
            let top = row.saturating_mul(down);
            if top >= page.height {
                break;
            }
            // The last strip may be lower than the others; a tile never is.
            let high = if page.tiled { down } else { down.min(page.height - top) };
            let id = self.stream(&look.entries(across, high), &look.packed(data));
            let _ = write!(names, "/I{number} {id} 0 R ");
            let _ = writeln!(
                content,
                "q {across} 0 0 {high} {} {} cm /I{number} Do Q",
                column * across,
                i64::from(page.height) - i64::from(top) - i64::from(high)
            );
        }
        let content = self.stream("", content.as_bytes());
        let (width, height) = (page.width, page.height);
        let id = self.object(
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << /XObject << {names}>> >> /Contents {content} 0 R >>")
                .into_bytes(),
        );
        self.pages.push(id);
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let kids = self.pages.iter().map(|id| format!("{id} 0 R")).collect::<Vec<_>>().join(" ");
        // All but the last value: what is no colour is how far one sees through.
        let all_but_last = |domain: &str, range: &str| {
            format!("<< /FunctionType 4 /Domain [{domain}] /Range [{range}] /Length 5 >>\nstream\n{{pop}}\nendstream")
        };
        let heads = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len()),
            all_but_last("0 1 0 1", "0 1"),
            all_but_last("0 1 0 1 0 1 0 1", "0 1 0 1 0 1"),
        ];
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (index, object) in heads.into_iter().map(String::into_bytes).chain(self.objects).enumerate() {
            places.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            out.extend_from_slice(&object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let table = out.len();
        let size = places.len() + 1;
        out.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for place in places {
            out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        out.extend_from_slice(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
        out
    }
}

/// How the dots of a page are to be understood.
struct Look<'a> {
    page: &'a Page<'a>,
    space: String,
    /// The highest value is the darkest.
    inverted: bool,
    fax: bool,
}

impl<'a> Look<'a> {
    fn of(page: &'a Page<'a>) -> Option<Self> {
        let fax = matches!(page.packing, 2..=4);
        let whole = matches!(page.bits, 1 | 2 | 4 | 8);
        let wide = page.bits == 16 && (page.order == Order::Big || page.packing == 1);
        if !(whole || wide) || page.apart && page.samples > 1 || fax && (page.bits, page.samples) != (1, 1) {
            return None;
        }
        let space = match (page.colours, page.samples) {
            (0 | 1, 1) => "/DeviceGray".to_owned(),
            (0 | 1, 2) => "[/DeviceN [/G /None] /DeviceGray 3 0 R]".to_owned(),
            (2, 3) => "/DeviceRGB".to_owned(),
            (6, 3) if page.packing == 7 => "/DeviceRGB".to_owned(),
            (2, 4) => "[/DeviceN [/R /G /B /None] /DeviceRGB 4 0 R]".to_owned(),
            (3, 1) if page.bits <= 8 => page.table()?,
            (5, 4) => "/DeviceCMYK".to_owned(),
            _ => return None,
        };
        let known = matches!(page.packing, 1..=5 | 7 | 8 | 32_773 | 32_946);
        known.then_some(Self { page, space, inverted: page.colours == 0, fax })
    }

    fn entries(&self, across: u32, high: u32) -> String {
        let page = self.page;
        let (bits, samples) = (page.bits, page.samples);
        let mut entries =
            format!("/Type /XObject /Subtype /Image /Width {across} /Height {high} /BitsPerComponent {bits} /ColorSpace {}", self.space);
        if self.inverted && !self.fax {
            entries.push_str(if samples == 2 { " /Decode [1 0 0 1]" } else { " /Decode [1 0]" });
        }
        let (filter, parms) = match page.packing {
            2 => ("CCITTFaxDecode", format!("/K 0 /EncodedByteAlign true /Columns {across} /Rows {high}")),
            3 => {
                let (two, aligned) = (i32::from(page.fax_options & 1 != 0), page.fax_options & 4 != 0);
                ("CCITTFaxDecode", format!("/K {two} /EndOfLine true /EncodedByteAlign {aligned} /Columns {across} /Rows {high}"))
            }
            4 => ("CCITTFaxDecode", format!("/K -1 /Columns {across} /Rows {high}")),
            5 => ("LZWDecode", predictor(page, across)),
            8 | 32_946 => ("FlateDecode", predictor(page, across)),
            7 => ("DCTDecode", if page.colours == 2 { "/ColorTransform 0".to_owned() } else { String::new() }),
            32_773 => ("RunLengthDecode", String::new()),
            _ => return entries,
        };
        let fax = if self.fax && !self.inverted { " /BlackIs1 true" } else { "" };
        let _ = write!(entries, " /Filter /{filter} /DecodeParms << {parms}{fax} >>");
        entries
    }

    /// The bytes of a strip as a PDF wants them.
    fn packed(&self, data: &[u8]) -> Vec<u8> {
        let page = self.page;
        match page.packing {
            7 => page.with_tables(data),
            _ if page.backwards => data.iter().map(|byte| byte.reverse_bits()).collect(),
            32_773 => ended(data),
            1 if page.bits == 16 && page.order == Order::Little => data.chunks(2).flat_map(|pair| pair.iter().rev().copied()).collect(),
            _ => data.to_vec(),
        }
    }
}

/// Runs of bytes as a PDF has them: with a mark at their end, which in a TIFF says nothing and may stand anywhere.
fn ended(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() + 1);
    let mut rest = data;
    while let Some((mark, after)) = rest.split_first() {
        let length = match mark {
            0..=127 => usize::from(*mark) + 1,
            128 => 0,
            129..=255 => 1,
        };
        let Some((run, next)) = after.split_at_checked(length) else { break };
        if *mark != 128 {
            out.push(*mark);
            out.extend_from_slice(run);
        }
        rest = next;
    }
    out.push(128);
    out
}

fn predictor(page: &Page<'_>, across: u32) -> String {
    if page.predictor != 2 {
        return String::new();
    }
    format!("/Predictor 2 /Colors {} /BitsPerComponent {} /Columns {across}", page.samples, page.bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::burn::picture::frames;

    type Entries = [(u16, u32)];

    /// A TIFF with one page for each list of entries (tag, value) and its one strip.
    fn file(pages: &[(&Entries, &[u8])]) -> Vec<u8> {
        let mut out = b"II*\0".to_vec();
        let mut next = 8_u32;
        out.extend(next.to_le_bytes());
        for (index, (entries, data)) in pages.iter().enumerate() {
            let end = next + 2 + (entries.len() as u32 + 2) * 12 + 4;
            let mut all: Vec<(u16, u32)> = entries.to_vec();
            all.extend([(273, end), (279, data.len() as u32)]);
            out.extend((all.len() as u16).to_le_bytes());
            for (tag, value) in all {
                out.extend(tag.to_le_bytes());
                out.extend([4, 0, 1, 0, 0, 0]);
                out.extend(value.to_le_bytes());
            }
            next = end + data.len() as u32;
            out.extend(if index + 1 == pages.len() { 0 } else { next }.to_le_bytes());
            out.extend(*data);
        }
        out
    }

    fn shown(file: &[u8]) -> Vec<(u32, u32, Vec<u8>)> {
        frames(file).unwrap().into_iter().map(|(_, pixels)| (pixels.width, pixels.height, pixels.data)).collect()
    }

    #[test]
    fn every_page_is_drawn_dot_by_dot() {
        let grey: &Entries = &[(256, 3), (257, 2), (258, 8), (259, 1), (262, 1)];
        let white_is_zero: &Entries = &[(256, 2), (257, 1), (258, 8), (259, 1), (262, 0)];
        let colour: &Entries = &[(256, 2), (257, 1), (258, 8), (259, 1), (262, 2), (277, 3)];
        let turned: &Entries = &[(256, 2), (257, 1), (258, 8), (259, 1), (262, 1), (274, 6)];
        let file = file(&[
            (grey, &[0, 50, 100, 150, 200, 255]),
            (white_is_zero, &[0, 255]),
            (colour, &[200, 10, 20, 30, 40, 250]),
            (turned, &[9, 200]),
        ]);
        let expected =
            [(3, 2, vec![0, 50, 100, 150, 200, 255]), (2, 1, vec![255, 0]), (2, 1, vec![200, 10, 20, 30, 40, 250]), (1, 2, vec![9, 200])];
        assert_eq!(shown(&file), expected);
    }

    #[test]
    fn packed_and_faxed_pages_are_drawn() {
        let packed: &Entries = &[(256, 4), (257, 1), (258, 8), (259, 32_773), (262, 1)];
        // Two lines of four white dots, then the end of the block, in the code of group 4.
        let faxed: &Entries = &[(256, 4), (257, 2), (258, 1), (259, 4), (262, 0)];
        let few: &Entries = &[(256, 3), (257, 1), (258, 1), (259, 1), (262, 1)];
        let see_through: &Entries = &[(256, 1), (257, 1), (258, 8), (259, 1), (262, 2), (277, 4)];
        let file = file(&[
            (packed, &[0xFF, 77, 0x80, 0x01, 5, 6]),
            (faxed, &[0b1100_0000, 0b0000_0100, 0b0000_0000, 0b0100_0000]),
            (few, &[0b1010_0000]),
            (see_through, &[1, 2, 3, 255]),
        ]);
        assert_eq!(shown(&file), [(4, 1, vec![77, 77, 5, 6]), (4, 2, vec![255; 8]), (3, 1, vec![255, 0, 255]), (1, 1, vec![1, 2, 3])]);
    }

    #[test]
    fn what_is_damaged_or_unknown_is_refused() {
        let grey: &Entries = &[(256, 3), (257, 2), (258, 8), (259, 1), (262, 1)];
        let whole = file(&[(grey, &[0; 6])]);
        assert_eq!(frames(&whole[..20]).unwrap_err(), DAMAGED);
        let odd: &Entries = &[(256, 3), (257, 2), (258, 8), (259, 50_000), (262, 1)];
        assert_eq!(frames(&file(&[(odd, &[0; 6])])).unwrap_err(), UNKNOWN);
        let circle = [b"II*\0".as_slice(), &8_u32.to_le_bytes(), &[0, 0], &8_u32.to_le_bytes()].concat();
        assert_eq!(frames(&circle).unwrap_err(), DAMAGED);
    }
}
