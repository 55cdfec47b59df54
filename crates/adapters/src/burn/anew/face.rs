//! A font made of outlines: of the letters that stay and no others, without names, in an order that says nothing of the text.
//!
//! The Compact Font Format (Adobe Technical Note 5176) with Type 2 charstrings (5177), keyed by number.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro::kurbo::{BezPath, PathEl, Point};

use super::super::write::Book;
use super::Outline;

/// The number of the blank, which every font has.
pub(super) const BLANK: u16 = 1;
/// How wide the blank is, in thousandths.
const BLANK_WIDTH: i32 = 250;
/// Parts of a thousandth that coordinates keep.
const FINE: f64 = 64.0;

/// The letters of a font, by number.
#[derive(Debug, Default)]
pub(in crate::burn) struct Face {
    letters: BTreeMap<u16, (Outline, Vec<u8>)>,
}

impl Face {
    /// Adds a letter with its charstring.
    pub(in crate::burn) fn add(&mut self, outline: Outline, charstring: Vec<u8>) {
        self.letters.insert(outline.number, (outline, charstring));
    }

    /// Writes the font as the object `id` of a book, which was kept free for it.
    pub(in crate::burn) fn bind(mut self, book: &mut Book, id: usize) {
        self.letters.remove(&BLANK);
        let blank = charstring(&BezPath::new(), BLANK_WIDTH);
        let outline = Outline { number: BLANK, length: blank.len() as u64, advance: BLANK_WIDTH, bounds: [0; 4], says: " ".to_owned() };
        self.letters.insert(BLANK, (outline, blank));
        let [left, bottom, right, top] = self.bounds();
        let file = book.stream("/Subtype /CIDFontType0C /Filter /FlateDecode", &packed(&self.file()));
        let words = book.stream("/Filter /FlateDecode", &packed(self.words().as_bytes()));
        let descriptor = book.object(&format!(
            "<< /Type /FontDescriptor /FontName /T /Flags 4 /FontBBox [{left} {bottom} {right} {top}] /ItalicAngle 0 /Ascent 900 /Descent -250 \
             /CapHeight 700 /StemV 80 /FontFile3 {file} 0 R >>"
        ));
        let widths = self.letters.iter().fold(String::new(), |mut out, (number, (outline, _))| {
            let _ = write!(out, "{number} [{}] ", outline.advance);
            out
        });
        let own = book.object(&format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /T /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
             /FontDescriptor {descriptor} 0 R /DW 1000 /W [{widths}] >>"
        ));
        book.define(
            id,
            &format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /DescendantFonts [{own} 0 R] /ToUnicode {words} 0 R >>"
            ),
        );
    }

    /// Left, bottom, right and top of all letters: viewers place the letters of a small font more finely than those of a large one.
    fn bounds(&self) -> [i16; 4] {
        self.letters.values().fold([0, 0, 1, 1], |[left, bottom, right, top], (outline, _)| {
            let [a, b, c, d] = outline.bounds;
            [left.min(a), bottom.min(b), right.max(c), top.max(d)]
        })
    }

    /// What each letter says (ISO 32000-1, 9.10.3).
    fn words(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        let said: Vec<_> = self.letters.iter().filter(|(_, (outline, _))| !outline.says.is_empty()).collect();
        for part in said.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", part.len());
            for (number, (outline, _)) in part {
                let _ = write!(out, "<{number:04X}> <");
                for unit in outline.says.encode_utf16() {
                    let _ = write!(out, "{unit:04X}");
                }
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out + "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    }

    /// The font file.
    fn file(&self) -> Vec<u8> {
        let count = self.letters.len() as u16 + 1;
        let head = [vec![1, 0, 4, 4], index(&[b"T"])].concat();
        let strings = [index(&[b"Adobe", b"Identity"]), vec![0, 0]].concat();
        let charset: Vec<u8> = std::iter::once(0).chain(self.letters.keys().flat_map(|number| number.to_be_bytes())).collect();
        let select = [vec![3, 0, 1, 0, 0, 0], count.to_be_bytes().to_vec()].concat();
        let mut strung: Vec<&[u8]> = vec![&[14]];
        strung.extend(self.letters.values().map(|(_, charstring)| charstring.as_slice()));
        let charstrings = index(&strung);
        // How wide a letter is that does not say so.
        let private = [139, 20];
        let bounds = self.bounds().map(i32::from);
        let top = |places: [usize; 4]| {
            let [charset, select, charstrings, fonts] = places.map(|place| place as i32);
            let mut out = Vec::new();
            for (operands, operator) in [
                (&[391, 392, 0][..], &[12, 30][..]),
                (&bounds, &[5]),
                (&[65_535], &[12, 34]),
                (&[charset], &[15]),
                (&[select], &[12, 37]),
                (&[charstrings], &[17]),
                (&[fonts], &[12, 36]),
            ] {
                for operand in operands {
                    out.push(29);
                    out.extend(operand.to_be_bytes());
                }
                out.extend(operator);
            }
            index(&[&out])
        };
        // Offsets take the same room whatever they are.
        let charset_at = head.len() + top([0; 4]).len() + strings.len();
        let select_at = charset_at + charset.len();
        let charstrings_at = select_at + select.len();
        let private_at = charstrings_at + charstrings.len();
        let fonts_at = private_at + private.len();
        let mut own = Vec::new();
        for value in [private.len() as i32, private_at as i32] {
            own.push(29);
            own.extend(value.to_be_bytes());
        }
        own.push(18);
        let top = top([charset_at, select_at, charstrings_at, fonts_at]);
        [head, top, strings, charset, select, charstrings, private.to_vec(), index(&[&own])].concat()
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(6));
    // Writing to memory does not fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

/// A list of pieces with their offsets.
fn index(pieces: &[&[u8]]) -> Vec<u8> {
    let mut out = (pieces.len() as u16).to_be_bytes().to_vec();
    out.push(4);
    let mut at = 1_u32;
    out.extend(at.to_be_bytes());
    for piece in pieces {
        at += piece.len() as u32;
        out.extend(at.to_be_bytes());
    }
    out.extend(pieces.concat());
    out
}

/// The outline of a letter as a charstring, which begins with how far the next letter is.
pub(super) fn charstring(path: &BezPath, advance: i32) -> Vec<u8> {
    let mut pen = Strokes::default();
    pen.number(f64::from(advance));
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => pen.go(&[to], 21),
            PathEl::LineTo(to) => pen.go(&[to], 5),
            PathEl::QuadTo(by, to) => {
                let from = pen.at;
                let near = |end: Point| end + (by - end) * (2.0 / 3.0);
                pen.go(&[near(from), near(to), to], 8);
            }
            PathEl::CurveTo(first, second, to) => pen.go(&[first, second, to], 8),
            // Every part of a letter is closed.
            PathEl::ClosePath => {}
        }
    }
    pen.out.push(14);
    pen.out
}

#[derive(Default)]
struct Strokes {
    at: Point,
    out: Vec<u8>,
}

impl Strokes {
    fn go(&mut self, points: &[Point], operator: u8) {
        for point in points {
            let to = Point::new(fine(point.x), fine(point.y));
            self.number(to.x - self.at.x);
            self.number(to.y - self.at.y);
            self.at = to;
        }
        self.out.push(operator);
    }

    fn number(&mut self, value: f64) {
        let whole = value.round() as i32;
        if (value - value.round()).abs() > 1e-9 {
            self.out.push(255);
            self.out.extend(((value * 65_536.0).round() as i32).to_be_bytes());
        } else if (-107..=107).contains(&whole) {
            self.out.push((whole + 139) as u8);
        } else {
            self.out.push(28);
            self.out.extend((whole as i16).to_be_bytes());
        }
    }
}

/// To the step that coordinates keep, within what a font can say.
fn fine(value: f64) -> f64 {
    ((value * FINE).round() / FINE).clamp(-16_000.0, 16_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_is_three_strokes() {
        let mut path = BezPath::new();
        path.move_to((10.0, 0.0));
        path.line_to((510.0, 0.0));
        path.line_to((10.0, 0.5));
        path.close_path();
        let expected = [vec![28, 1, 244, 149, 139, 21, 28, 1, 244, 139, 5, 28, 254, 12, 255, 0, 0, 128, 0, 5], vec![14]].concat();
        assert_eq!(charstring(&path, 500), expected);
    }

    #[test]
    fn the_order_of_letters_is_that_of_their_numbers() {
        let mut faces = [Face::default(), Face::default()];
        let outline = |number| Outline { number, length: 1, advance: 500, bounds: [0, -20, 480, 700], says: String::new() };
        for number in [7, 900, 33] {
            faces[0].add(outline(number), vec![14]);
        }
        for number in [900, 33, 7] {
            faces[1].add(outline(number), vec![14]);
        }
        assert_eq!(faces[0].file(), faces[1].file());
    }
}
