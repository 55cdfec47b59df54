//! Pictures in a PDF that say they are larger than any that is drawn: whoever unpacks one makes room for it first.

use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Object};

/// Most pixels of a picture: a sheet of A3 at 600 dots an inch, with room to spare.
const MOST: u64 = 120_000_000;

/// Whether one of the pictures is too large to be drawn.
pub(super) fn holds_too_large(pdf: &Pdf) -> bool {
    pdf.objects().into_iter().any(|object| matches!(object, Object::Stream(stream) if is_too_large(stream.dict())))
}

fn is_too_large(picture: &Dict<'_>) -> bool {
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
    most(["Width", "W", "Columns"]) * most(["Height", "H", "Rows"]) > MOST as f64
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "/Width 99999999999999999999 /Height 2",
        ] {
            assert!(holds_too_large(&pdf(large)), "{large}");
        }
        for usual in
            ["/Width 9921 /Height 7016", "/Width 1728 /Height 2200 /DecodeParms << /Columns 1728 /Rows 2200 >>", "", "/Width -9 /Height -9"]
        {
            assert!(!holds_too_large(&pdf(usual)), "{usual}");
        }
    }
}
