//! The result: a PDF of pages that are pictures or written anew, with nothing of the original in it.

use std::fmt::Write as _;

use super::wire::Sheet;

/// Writes pages one after the other.
pub(super) struct Book {
    out: Vec<u8>,
    /// Where each object begins, from object 1 on.
    places: Vec<usize>,
    pages: Vec<usize>,
    figures: Vec<usize>,
    described: bool,
}

/// Objects 1 to 4: catalogue, pages, structure, document element.
const CATALOGUE: usize = 1;
const PAGES: usize = 2;
const STRUCTURE: usize = 3;
const ROOT: usize = 4;

impl Book {
    /// An empty book. Each page says what it is (for people who hear it) when `described`.
    pub(super) fn new(described: bool) -> Self {
        let mut out = b"%PDF-1.7\n%".to_vec();
        out.extend_from_slice(&[0xE2, 0xE3, 0xCF, 0xD3, b'\n']);
        Self { out, places: vec![0; 4], pages: Vec::new(), figures: Vec::new(), described }
    }

    /// What is said of a page.
    pub(super) fn description(number: usize) -> String {
        format!("Picture of page {number}")
    }

    /// Adds a page with its packed pixels.
    pub(super) fn page(&mut self, sheet: &Sheet, packed: &[u8]) {
        let (width, height) = (f64::from(sheet.width), f64::from(sheet.height));
        let (depth, space) = if sheet.colour { (3, "DeviceRGB") } else { (1, "DeviceGray") };
        let image = self.stream(
            &format!(
                "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{space} /BitsPerComponent 8 /Filter /FlateDecode \
                 /DecodeParms << /Predictor 15 /Colors {depth} /BitsPerComponent 8 /Columns {width} >>"
            ),
            packed,
        );
        let content = self.stream("", placed(sheet).as_bytes());
        let said = Self::description(self.pages.len() + 1);
        self.leaf(sheet, &format!("<< /XObject << /I {image} 0 R >> >>"), &format!("{content} 0 R"), Some(&said));
    }

    /// Adds a page with these resources and contents: a picture of which something is said, or text that speaks for itself.
    pub(super) fn leaf(&mut self, sheet: &Sheet, resources: &str, contents: &str, picture: Option<&str>) {
        let (wide, high) = (f64::from(sheet.size.0), f64::from(sheet.size.1));
        let index = self.pages.len();
        let page = self.places.len() + 1;
        let mut dict =
            format!("<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {wide} {high}] /Resources {resources} /Contents {contents}");
        if sheet.turned != 0 {
            let _ = write!(dict, " /Rotate {}", sheet.turned);
        }
        if (sheet.unit - 1.0).abs() > f32::EPSILON {
            let _ = write!(dict, " /UserUnit {}", sheet.unit);
        }
        let _ = write!(dict, " /StructParents {index} /Tabs /S >>");
        self.object(&dict);
        self.pages.push(page);
        let said = picture.filter(|_| self.described).map_or(String::new(), |said| format!(" /Alt {}", text(said)));
        let kind = if picture.is_some() { "Figure" } else { "P" };
        self.object(&format!("<< /Type /StructElem /S /{kind} /P {ROOT} 0 R /Pg {page} 0 R /K 0{said} >>"));
        self.figures.push(self.places.len());
    }

    /// The finished file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let list = |all: &[usize]| all.iter().map(|id| format!("{id} 0 R")).collect::<Vec<_>>().join(" ");
        let kids = list(&self.pages);
        let figures = list(&self.figures);
        let parents: String =
            self.figures.iter().enumerate().fold(String::new(), |out, (index, figure)| format!("{out}{index} [{figure} 0 R] "));
        let count = self.pages.len();
        for (id, dict) in [
            (CATALOGUE, format!("<< /Type /Catalog /Pages {PAGES} 0 R /MarkInfo << /Marked true >> /StructTreeRoot {STRUCTURE} 0 R >>")),
            (PAGES, format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>")),
            (
                STRUCTURE,
                format!("<< /Type /StructTreeRoot /K {ROOT} 0 R /ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {count} >>"),
            ),
            (ROOT, format!("<< /Type /StructElem /S /Document /P {STRUCTURE} 0 R /K [{figures}] >>")),
        ] {
            self.define(id, &dict);
        }
        let table = self.out.len();
        let size = self.places.len() + 1;
        self.out.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for place in &self.places {
            self.out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        self.out.extend_from_slice(format!("trailer\n<< /Size {size} /Root {CATALOGUE} 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
        self.out
    }

    /// Adds an object; gives its number.
    pub(super) fn object(&mut self, content: &str) -> usize {
        self.places.push(self.out.len());
        let id = self.places.len();
        self.out.extend_from_slice(format!("{id} 0 obj\n{content}\nendobj\n").as_bytes());
        id
    }

    /// Keeps a number free for an object.
    pub(super) fn reserve(&mut self) -> usize {
        self.places.push(0);
        self.places.len()
    }

    /// Adds the object for which a number was kept free.
    pub(super) fn define(&mut self, id: usize, content: &str) {
        if let Some(slot) = self.places.get_mut(id.saturating_sub(1)) {
            *slot = self.out.len();
            self.out.extend_from_slice(format!("{id} 0 obj\n{content}\nendobj\n").as_bytes());
        }
    }

    /// Adds a stream; gives its number.
    pub(super) fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        self.places.push(self.out.len());
        let id = self.places.len();
        self.out.extend_from_slice(format!("{id} 0 obj\n<< {entries} /Length {} >>\nstream\n", bytes.len()).as_bytes());
        self.out.extend_from_slice(bytes);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        id
    }
}

/// The picture in its place: each pixel exactly where it was drawn, also on a page that is turned.
fn placed(sheet: &Sheet) -> String {
    let scale = f64::from(sheet.scale).max(1e-6);
    // A hair less than whole pixels: a viewer that takes every pixel which is touched would stretch the picture by one.
    let hair = 0.002 / scale;
    let (across, down) = (f64::from(sheet.width) / scale - 2.0 * hair, f64::from(sheet.height) / scale - 2.0 * hair);
    let (turn, top) = upright(sheet);
    format!("/Figure << /MCID 0 >> BDC\nq {turn}{across:.6} 0 0 {down:.6} {hair:.6} {:.6} cm /I Do Q\nEMC", top - down - hair)
}

/// What turns a page so that it stands upright, and the height of its upper edge then.
pub(super) fn upright(sheet: &Sheet) -> (String, f64) {
    let (wide, high) = (f64::from(sheet.size.0), f64::from(sheet.size.1));
    match sheet.turned {
        90 => (format!("0 1 -1 0 {wide} 0 cm "), wide),
        180 => (format!("-1 0 0 -1 {wide} {high} cm "), high),
        270 => (format!("0 -1 1 0 0 {high} cm "), wide),
        _ => (String::new(), high),
    }
}

/// A text as UTF-16 in hexadecimal.
fn text(words: &str) -> String {
    let digits = words.encode_utf16().fold(String::from("<FEFF"), |mut out, unit| {
        let _ = write!(out, "{unit:04X}");
        out
    });
    digits + ">"
}
