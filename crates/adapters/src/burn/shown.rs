//! Pages for the pack of a request: pictures in a file of its own each, to be set between other items.

use flate2::Crc;
use services::ports::{BurntPages, NO_PAGES, PageArea, PageLook, PageOrder, PagePicture};

use super::wire::{Area, Sheet};
use super::{Burner, Kind, NotBurnt, Order, kind_of};

impl Burner {
    /// The pages of a PDF or a picture, without the strings as whole words and with the areas covered. Where nobody looks at them, they
    /// cannot be had as soon as letters may stand on one that are no text.
    ///
    /// # Errors
    /// Why they cannot be had, in words that go on after the name of the file.
    pub fn shown(&self, name: &str, bytes: &[u8], wanted: &PageOrder<'_>) -> Result<BurntPages, String> {
        let kind = kind_of(name, bytes);
        let own = wanted.withhold.len();
        let order = Order {
            elsewhere: own,
            tell: wanted.elsewhere.tell.to_vec(),
            spare: wanted.elsewhere.spare.to_vec(),
            pictures: true,
            areas: wanted.areas.to_vec(),
            certain: !wanted.looked_at,
            most: wanted.most,
            ..Order::of([wanted.withhold, wanted.elsewhere.burn].concat(), false)
        };
        let burnt = match kind {
            Kind::Pdf => self.pdf(bytes, &order),
            Kind::Picture if wanted.looked_at => self.picture(bytes, &order),
            Kind::Picture | Kind::Other => return Err(NO_PAGES.to_owned()),
        };
        match burnt {
            Ok(mut burnt) => {
                let elsewhere = burnt.found.split_off(&own).into_iter().map(|(word, pages)| (word - own, pages)).collect();
                let look = burnt.look.into_iter().map(|look| PageLook { page: look.page, why: look.why.to_owned() });
                Ok(BurntPages { pages: burnt.pictures, found: burnt.found, elsewhere, told: burnt.told, look: look.collect() })
            }
            Err(NotBurnt::File(why)) => Err(why),
            Err(leak @ NotBurnt::Leak(_)) => Err(leak.to_string()),
            // One file that cannot be drawn keeps no answer back: its text goes out.
            Err(NotBurnt::Failure(_)) => Err("cannot be drawn just now".to_owned()),
        }
    }
}

/// Those areas that lie on the page with this number (from 1), in pixels of its picture. What is covered in part is covered whole.
pub(super) fn covered(sheet: &Sheet, page: usize, areas: &[PageArea]) -> Vec<Area> {
    let (wide, high) = as_looked_at(sheet);
    let pixels = |length: f32, part: u16| length * sheet.scale * f32::from(part) / f32::from(PageArea::WHOLE);
    let on_page = areas.iter().filter(|area| area.page as usize == page && area.width > 0 && area.height > 0);
    let area = |area: &PageArea| Area {
        left: pixels(wide, area.left).floor() as u32,
        top: pixels(high, area.top).floor() as u32,
        right: (pixels(wide, area.left.saturating_add(area.width)).ceil() as u32).min(sheet.width),
        bottom: (pixels(high, area.top.saturating_add(area.height)).ceil() as u32).min(sheet.height),
    };
    on_page.map(area).filter(|area| area.width() > 0 && area.height() > 0).collect()
}

/// Width and height of a page as it is looked at, in units.
const fn as_looked_at(sheet: &Sheet) -> (f32, f32) {
    match sheet.turned {
        90 | 270 => (sheet.size.1, sheet.size.0),
        _ => sheet.size,
    }
}

/// A page as a file of its own.
pub(super) fn picture(sheet: &Sheet, packed: &[u8]) -> PagePicture {
    let (wide, high) = as_looked_at(sheet);
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
    fn an_area_covers_what_a_person_saw_there() {
        let sheet = Sheet { width: 96, height: 240, scale: 2.0, unit: 1.0, size: (100.0, 40.0), turned: 90, ..Sheet::default() };
        let area = |page, left, top, width, height| PageArea { page, left, top, width, height };
        let on = |area| covered(&sheet, 2, &[area]);
        // 40 by 100 units as it is looked at: 80 by 200 pixels; the picture is filled up to 96 by 240.
        assert_eq!(on(area(2, 0, 0, 1_000, 1_000)), [Area { left: 0, top: 0, right: 80, bottom: 200 }]);
        assert_eq!(on(area(2, 505, 250, 10, 1)), [Area { left: 40, top: 50, right: 42, bottom: 51 }]);
        assert_eq!(on(area(2, 900, 0, 60_000, 60_000)), [Area { left: 72, top: 0, right: 96, bottom: 240 }]);
        assert_eq!(on(area(1, 0, 0, 1_000, 1_000)), []);
        assert_eq!(on(area(2, 0, 0, 0, 1_000)), []);
        assert_eq!(on(area(2, 60_000, 0, 5, 5)), []);
    }

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
