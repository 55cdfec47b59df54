//! Pages for the pack of a request: pictures in a file of its own each, to be set between other items.

use flate2::Crc;
use services::ports::{BurntPages, Failure, PagePicture};

use super::wire::Sheet;
use super::{Burner, Kind, NotBurnt, Order, kind_of};

impl Burner {
    /// The pages of a PDF, without the strings as whole words. `None` where the look cannot be kept with certainty: another kind of
    /// file, one that cannot be drawn, or pages on which letters may stand that are no text.
    ///
    /// # Errors
    /// When drawing cannot work at all.
    pub fn shown(&self, name: &str, bytes: &[u8], withhold: &[String]) -> Result<Option<BurntPages>, Failure> {
        if kind_of(name, bytes) != Kind::Pdf {
            return Ok(None);
        }
        let order = Order { pictures: true, ..Order::of(withhold.to_vec(), false) };
        match self.pdf(bytes, &order) {
            Ok(burnt) if burnt.look.is_empty() => Ok(Some(BurntPages { pages: burnt.pictures, found: burnt.found })),
            Ok(_) | Err(NotBurnt::File(_) | NotBurnt::Leak(_)) => Ok(None),
            Err(NotBurnt::Failure(failure)) => Err(failure),
        }
    }
}

/// A page as a file of its own.
pub(super) fn picture(sheet: &Sheet, packed: &[u8]) -> PagePicture {
    let (wide, high) = match sheet.turned {
        90 | 270 => (sheet.size.1, sheet.size.0),
        _ => sheet.size,
    };
    let points = |pixels: u32| pixels as f32 / sheet.scale.max(f32::EPSILON) * sheet.unit;
    PagePicture {
        png: png(sheet, packed),
        page: (wide * sheet.unit, high * sheet.unit),
        picture: (points(sheet.width), points(sheet.height)),
    }
}

/// A PNG: its rows are packed just as those of a picture in a PDF.
fn png(sheet: &Sheet, packed: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let colour = if sheet.colour { 2 } else { 0 };
    let head = [sheet.width.to_be_bytes().as_slice(), &sheet.height.to_be_bytes(), &[8, colour, 0, 0, 0]].concat();
    for (kind, data) in [(b"IHDR", head.as_slice()), (b"IDAT", packed), (b"IEND", b"")] {
        out.extend((data.len() as u32).to_be_bytes());
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend(sum.sum().to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::pixels::Pixels;
    use super::*;

    #[test]
    fn a_page_is_a_picture_that_others_read() {
        for rgba in [[9, 9, 9, 255].repeat(6), [200, 10, 30, 255].repeat(6)] {
            let pixels = Pixels::from_rgba(3, 2, &rgba);
            let sheet = Sheet {
                width: 3,
                height: 2,
                colour: pixels.colour,
                scale: 2.0,
                unit: 1.0,
                size: (1.5, 1.0),
                turned: 90,
                ..Sheet::default()
            };
            let page = picture(&sheet, &pixels.pack().unwrap());
            assert_eq!((page.page, page.picture), ((1.0, 1.5), (1.5, 1.0)));
            let read = image::load_from_memory(&page.png).unwrap();
            assert_eq!(read.into_rgba8().into_raw(), rgba);
        }
    }
}
