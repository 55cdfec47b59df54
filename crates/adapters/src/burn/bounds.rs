//! What in a PDF would take all memory or time there is to be drawn: pictures that say they are larger than any that is drawn (whoever
//! unpacks one makes room for it first), and patterns that lie over themselves without an end.

use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect};

/// Most pixels of a picture: a sheet of A3 at 600 dots an inch, with room to spare.
const MOST: u64 = 120_000_000;

/// Columns of a picture from a fax that does not say how many it has (ISO 32000-1, table 11).
const COLUMNS_OF_A_FAX: f64 = 1_728.0;

/// Most copies of a pattern that lie over one place; a step of nearly nothing is not drawn at all.
const MOST_COPIES: f64 = 1_000.0;
const NOTHING: f64 = 1.0 / 4_096.0;

/// Whether one of the pictures or patterns is too large to be drawn.
pub(super) fn holds_too_large(pdf: &Pdf) -> bool {
    let mut objects = pdf.objects().into_iter();
    objects.any(|object| matches!(object, Object::Stream(stream) if is_too_large(stream.dict()) || is_too_often(stream.dict())))
}

fn is_too_often(pattern: &Dict<'_>) -> bool {
    let Some(tile) = pattern.get::<Rect>("BBox").filter(|_| pattern.contains_key("XStep")) else { return false };
    let copies = |length: f64, step: &'static str| {
        let step = pattern.get::<f64>(step).map_or(0.0, f64::abs);
        if step < NOTHING { 1.0 } else { (length.abs() / step).max(1.0) }
    };
    copies(tile.x1 - tile.x0, "XStep") * copies(tile.y1 - tile.y0, "YStep") > MOST_COPIES
}

/// Whether a picture is too large to be drawn, by all that it says of its size.
pub(super) fn is_too_large(picture: &Dict<'_>) -> bool {
    let parms = |name: &'static str| {
        let one = picture.get::<Dict<'_>>(name);
        let several = picture.get::<Array<'_>>(name);
        let several = several.iter().flat_map(Array::iter::<Object<'_>>).filter_map(Object::into_dict);
        one.into_iter().chain(several).collect::<Vec<_>>()
    };
    let said: Vec<Dict<'_>> = ["DecodeParms", "DP"].into_iter().flat_map(parms).chain([picture.clone()]).collect();
    let most = |names: [&'static str; 3]| {
        let sides = said.iter().flat_map(|dict| names.into_iter().filter_map(|name| dict.get::<f64>(name)));
        sides.fold(0.0_f64, f64::max)
    };
    let unsaid = if is_from_a_fax(picture) { COLUMNS_OF_A_FAX } else { 0.0 };
    most(["Width", "W", "Columns"]).max(unsaid) * most(["Height", "H", "Rows"]) > MOST as f64
}

fn is_from_a_fax(picture: &Dict<'_>) -> bool {
    let filters = |name: &'static str| {
        let several = picture.get::<Array<'_>>(name);
        let several = several.iter().flat_map(Array::iter::<Object<'_>>).filter_map(Object::into_name);
        picture.get::<Name<'_>>(name).into_iter().chain(several).collect::<Vec<_>>()
    };
    ["Filter", "F"].into_iter().flat_map(filters).any(|filter| matches!(&*filter, b"CCITTFaxDecode" | b"CCF"))
}

#[cfg(test)]
mod tests {
    use finder::plan::Words;

    use super::*;
    use crate::burn::page::{Drawing, How};

    fn pdf(picture: &str) -> Pdf {
        let file = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n4 0 obj\n<< /Subtype /Image {picture} /Length 1 >>\nstream\nx\n\
             endstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n"
        );
        Pdf::new(file.into_bytes()).unwrap()
    }

    #[test]
    fn what_a_picture_says_of_its_size_counts_wherever_it_is_said() {
        for large in [
            "/Width 65535 /Height 65535",
            "/Width 2 /Height 4294967295 /DecodeParms << /Columns 8888888 >>",
            "/Width 2 /Height 65536 /DecodeParms [null << /K -1 /Columns 65535 >>]",
            "/W 99999 /H 99999",
            "/Height 2000590 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /:olumns 8 >>",
            "/W 8 /H 2000590 /F [/A85 /CCF]",
            "/Width 99999999999999999999 /Height 2",
            "/PatternType 1 /BBox [0 4294967295 4 4] /XStep 4 /YStep 4",
            "/PatternType 1 /BBox [0 0 99 99] /XStep -1 /YStep 1",
        ] {
            assert!(holds_too_large(&pdf(large)), "{large}");
        }
        for usual in [
            "/Width 9921 /Height 7016",
            "/Width 1728 /Height 2200 /DecodeParms << /Columns 1728 /Rows 2200 >>",
            "",
            "/Width -9 /Height -9",
            "/Width 8 /Height 2000590",
            "/Width 8 /Height 60000 /Filter /CCITTFaxDecode",
            "/PatternType 1 /BBox [0 0 900 900] /XStep 900 /YStep 90",
            "/PatternType 1 /BBox [0 0 9 9] /XStep 0 /YStep 0",
            "/Subtype /Form /BBox [0 0 99999 99999]",
        ] {
            assert!(!holds_too_large(&pdf(usual)), "{usual}");
        }
    }

    #[test]
    fn a_page_with_such_a_picture_among_its_words_is_not_drawn() {
        let file = |high: &str, wide: &str| {
            let shown = format!("q 9 0 0 9 0 0 cm BI /W 8 /H {high} /IM true /BPC 1 /F /CCF /DP << /K -1 /Columns {wide} >> ID &! EI Q");
            format!(
                "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
                 3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 20 20] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{shown}\n\
                 endstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n",
                shown.len()
            )
        };
        let words = Words::default();
        for (high, wide, is_drawn) in
            [("2", "8", true), ("4294967295", "8", false), ("2", "4294967295", false), ("2", "18446744073709551615", false)]
        {
            let pdf = Pdf::new(file(high, wide).into_bytes()).unwrap();
            let sheet = Drawing::new(&pdf, &words, 72.0).sheet(0, How { anew: true, read: true });
            assert_eq!(sheet.is_some(), is_drawn, "{high} {wide}");
        }
    }
}
