//! The parsers of burning over bytes in memory, for trying out spoilt ones.

use std::io::Read as _;
use std::sync::LazyLock;

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;

use super::bind::{Shared, Stock};
use super::page::{Drawing, How};
use super::picture;
use super::pixels::Pixels;
use super::wire::{Area, Sheet, Up};
use super::worker;
use super::write::Book;
use crate::extract::{Passwords, receive, send};

/// Pages that are drawn of one file.
const PAGES: u32 = 2;
/// Dots an inch: what is tried is the reading, not the number of pixels.
const DPI: f32 = 24.0;

/// What is to be burnt out.
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(&["Ada"], false));

/// Opens a PDF and draws its first pages.
pub(crate) fn pdf(bytes: &[u8]) {
    let Ok(pdf) = worker::opened(bytes.to_vec(), &Passwords::default()) else { return };
    let mut drawing = Drawing::new(&pdf, &WORDS, DPI);
    for number in 0..PAGES.min(pdf.pages().len() as u32) {
        worker::drawn(&mut drawing, number, How { anew: true, read: true });
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
    let (mut book, mut stock, mut shared) = (Book::new(true), Stock::default(), Shared::default());
    let mut anew = None;
    while let Ok(Some(up)) = receive::<Up>(&mut from, &mut buffer) {
        let (Up::Sheet(_, length) | Up::Anew(_, length)) = &up else { continue };
        let mut packed = Vec::new();
        let read = (&mut from).take(*length).read_to_end(&mut packed);
        if read.is_err() || packed.len() as u64 != *length {
            return;
        }
        match up {
            Up::Anew(page, _) => anew = stock.take(&page, &packed).map(|taken| (page, taken)),
            Up::Sheet(sheet, _) => {
                Pixels::unpack(sheet.width, sheet.height, sheet.colour, &packed);
                if let Some((page, taken)) = anew.take() {
                    book.anew(&sheet, &page, &taken, &mut stock, &mut shared);
                }
            }
            _ => {}
        }
    }
    stock.finish(&mut book);
    book.finish();
}

/// What a child says that draws a small page, and one that it writes anew.
pub(crate) fn said() -> Vec<u8> {
    let packed = Pixels::from_rgba(3, 2, &[200; 24]).pack().unwrap_or_default();
    let boxes = vec![Area { left: 0, top: 0, right: 2, bottom: 1 }];
    let sheet = Sheet { width: 3, height: 2, scale: 1.0, size: (3.0, 2.0), unit: 1.0, boxes, found: vec![0], ..Sheet::default() };
    let (mut out, mut buffer) = (Vec::new(), Vec::new());
    // Writing to memory does not fail.
    let _ = send(&mut out, &Up::Opened(1), &mut buffer);
    let _ = send(&mut out, &Up::Sheet(Box::new(sheet), packed.len() as u64), &mut buffer);
    out.extend(packed);
    for (up, bytes) in written() {
        let _ = send(&mut out, &up, &mut buffer);
        out.extend(bytes);
    }
    let _ = send(&mut out, &Up::Done, &mut buffer);
    out
}

/// A small page; what is said of where its parts are is found by looking for them.
const PAGE: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
    3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 90] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 \
    /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 88 >>\nstream\nBT /F1 12 Tf 9 50 Td (Ada Example and others) Tj ET 0 0 30 9 re S \
    BI /W 1 /H 1 /CS /G /BPC 8 ID x EI\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n";

/// A page of which a part lies under a box.
fn written() -> Vec<(Up, Vec<u8>)> {
    let Ok(pdf) = Pdf::new(PAGE.as_bytes().to_vec()) else { return Vec::new() };
    let words = Words::new(&["Ada Example"], false);
    let Some((sheet, Some(anew), _)) = Drawing::new(&pdf, &words, DPI).sheet(0, How { anew: true, read: false }) else { return Vec::new() };
    vec![(Up::Anew(Box::new(anew.anew), anew.bytes.len() as u64), anew.bytes), (Up::Sheet(Box::new(sheet), 0), Vec::new())]
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_tried_holds_a_page_written_anew() {
        assert_eq!(super::written().len(), 2);
    }
}
