//! PDF files.

/// A file of these objects, with a table of where they are.
fn file(objects: &[&str], more: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for at in &places {
        out.extend(format!("{at:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R {more} >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    out
}

fn stream(head: &str, content: &str) -> String {
    format!("<< {head} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /A /eacute] >> >>";
const DRAWN: &str = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /CharProcs << /a 9 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] /ToUnicode 10 0 R >>";
const MAP: &str = "/CIDInit begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <00660069> endbfchar 1 beginbfrange <62> <64> [<0041> <0042>] endbfrange endcmap";

pub(super) fn texts() -> Vec<Vec<u8>> {
    let shown = stream(
        "",
        "BT /F1 11 Tf 72 720 Td (Dear \\(Ada\\)) Tj 0 -14 Td [(about) -300 (Zo) 20 <e9>] TJ T* (line) ' 1 0 .2 1 5 5 Tm /F3 9 Tf (a) Tj ET /Span << /ActualText (fi) >> BDC EMC q 1 0 0 1 0 0 cm /X1 Do Q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI",
    );
    let form =
        stream("/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 3 0 R >> >>", "BT /F1 9 Tf (inside) Tj ET");
    let (glyph, map, carried) = (stream("", "9 0 d0 0 0 9 9 re f"), stream("", MAP), stream("/Type /EmbeddedFile", "carried words"));
    let hex = stream("/Filter [/ASCIIHexDecode /RunLengthDecode]", "05414441414141 80>");
    vec![
        file(
            &[
                "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a.txt) 12 0 R] >> >> /AcroForm << /Fields [11 0 R] >> /OCProperties << >> >>",
                "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
                HELVETICA,
                "<< /Title (Minutes) /Author <FEFF00410064> /CreationDate (D:20261102100000Z) >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F3 8 0 R >> /XObject << /X1 7 0 R >> >> /Contents [6 0 R 13 0 R] /Annots [11 0 R] >>",
                &shown,
                &form,
                DRAWN,
                &glyph,
                &map,
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada Example) /Rect [0 0 9 9] /Contents (note) >>",
                "<< /Type /Filespec /F (a.txt) /EF << /F 14 0 R >> >>",
                &hex,
                &carried,
            ],
            "/Info 4 0 R",
        ),
        b"%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj 3 0 obj<</MediaBox[0 0 9 9]/Contents 4 0 R>>endobj 4 0 obj<</Length 9>>stream\nBT(A)Tj ET\nendstream endobj trailer<</Root 1 0 R>>".to_vec(),
    ]
}

/// A page of these dots, with what it draws with (resources, the first of them an object of its own each) and how.
fn drawing(shown: &str, resources: &str, objects: &[&str]) -> Vec<u8> {
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 20 20] /Rotate 90 /Resources << {resources} >> /Contents 4 0 R >>");
    let shown = stream("", shown);
    let mut all = vec!["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page, &shown];
    all.extend(objects);
    file(&all, "")
}

/// Small pages with a little of what is drawn: type, paths, colours, shadings, patterns, masks, pictures. One thing or two on each, so
/// that many can be tried.
pub(super) fn drawings() -> Vec<Vec<u8>> {
    let (glyph, map) = (stream("", "9 0 d0 0 0 9 9 re f"), stream("", MAP));
    let own = DRAWN.replace("9 0 R", "6 0 R").replace("10 0 R", "7 0 R");
    let shading = "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 20 20] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> /Extend [true true] >>";
    let tile = stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /XStep 4 /YStep 4 /Resources << >>",
        "0 0 1 rg 0 0 2 2 re f",
    );
    let picture =
        stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /SMask 6 0 R", "abcdefghijkl");
    let mask =
        stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Decode [1 0]", "abcd");
    let fax = stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 2 /ImageMask true /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 >>",
        "\x26\x21",
    );
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 2 2] /Group << /S /Transparency /I true >> /Resources << /XObject << /I2 6 0 R >> >>",
        "q 5 0 0 5 0 0 cm /I2 Do Q",
    );
    vec![
        drawing("BT /F1 11 Tf 2 Tr 5 5 Td (Ada) Tj ET", "/Font << /F1 5 0 R >>", &[HELVETICA]),
        drawing("BT /F3 9 Tf 1 0 .2 1 5 5 Tm (a) Tj ET", "/Font << /F3 5 0 R >>", &[&own, &glyph, &map]),
        drawing("q 1 0 0 RG .2 g 2 w [3 1] 0 d 1 1 m 20 20 l 5 9 20 30 9 9 c h B* 4 4 9 9 re W n 0 0 9 9 re f Q", "", &[]),
        drawing("/S1 sh", "/Shading << /S1 5 0 R >>", &[shading]),
        drawing("/Pattern cs /P1 scn 0 0 9 9 re f", "/Pattern << /P1 5 0 R >>", &[&tile]),
        drawing("q 9 0 0 9 2 2 cm /I1 Do Q", "/XObject << /I1 5 0 R >>", &[&picture, &mask]),
        drawing("/G1 gs /X1 Do", "/XObject << /X1 5 0 R >> /ExtGState << /G1 << /ca .5 /BM /Multiply >> >>", &[&form, &fax]),
        drawing("q 9 0 0 9 0 0 cm BI /W 8 /H 2 /IM true /BPC 1 /F /CCF /DP << /K -1 /Columns 8 >> ID \x26\x21 EI Q", "", &[]),
    ]
}
