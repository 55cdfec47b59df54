//! The parsers of burning over bytes in memory, for trying out spoilt ones.

use std::io::Read as _;

use finder::plan::Words;

use super::page::Drawing;
use super::picture;
use super::pixels::Pixels;
use super::wire::{Area, Sheet, Up};
use crate::extract::{pdf_file, receive, send};

/// Pages that are drawn of one file.
const PAGES: u32 = 2;
/// Dots an inch: what is tried is the reading, not the number of pixels.
const DPI: f32 = 24.0;

/// Opens a PDF and draws its first pages.
pub(crate) fn pdf(bytes: &[u8]) {
    let Ok(pdf) = pdf_file::open(bytes.to_vec()) else { return };
    let words = Words::new(&["Ada Example"], false);
    let mut drawing = Drawing::new(&pdf, &words, DPI);
    for number in 0..PAGES.min(pdf.pages().len() as u32) {
        drawing.sheet(number);
    }
}

/// Opens a picture.
pub(crate) fn picture(bytes: &[u8]) {
    // What is refused is as good as what is opened.
    let _ = picture::frames(bytes);
}

/// Reads what a child says, as the parent does.
pub(crate) fn answers(bytes: &[u8]) {
    let (mut from, mut buffer) = (bytes, Vec::new());
    while let Ok(Some(up)) = receive::<Up>(&mut from, &mut buffer) {
        if let Up::Sheet(sheet, length) = up {
            let mut packed = Vec::new();
            let read = (&mut from).take(length).read_to_end(&mut packed);
            if read.is_err() || packed.len() as u64 != length {
                return;
            }
            Pixels::unpack(sheet.width, sheet.height, sheet.colour, &packed);
        }
    }
}

/// What a child says that draws a small page.
pub(crate) fn said() -> Vec<u8> {
    let packed = Pixels::from_rgba(3, 2, &[200; 24]).pack().unwrap_or_default();
    let boxes = vec![Area { left: 0, top: 0, right: 2, bottom: 1 }];
    let sheet = Sheet { width: 3, height: 2, scale: 1.0, size: (3.0, 2.0), unit: 1.0, boxes, found: vec![0], ..Sheet::default() };
    let (mut out, mut buffer) = (Vec::new(), Vec::new());
    // Writing to memory does not fail.
    let _ = send(&mut out, &Up::Opened(1), &mut buffer);
    let _ = send(&mut out, &Up::Sheet(Box::new(sheet), packed.len() as u64), &mut buffer);
    out.extend(packed);
    let _ = send(&mut out, &Up::Done, &mut buffer);
    out
}
