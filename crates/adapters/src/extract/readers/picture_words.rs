//! What people and programs write into pictures: comments, captions of news agencies (IPTC), properties in XML (XMP), texts of a PNG.
//! Everything here is read once from its beginning to its end, whatever lengths it speaks of.

use memchr::memmem;

use super::office::decoded;
use crate::extract::charset::lenient;
use crate::extract::markup::{Tag, Token, tokens};
use crate::extract::taking::Taking;
use crate::extract::writing::Facts;

/// Properties that are written as attributes and speak of people, places or what is shown. Those written as elements are all taken.
const PROPERTIES: &[&str] = &[
    "Artist",
    "Author",
    "AuthorsPosition",
    "CameraOwnerName",
    "Caption",
    "CaptionWriter",
    "CiAdrCity",
    "CiAdrExtadr",
    "CiAdrPcode",
    "CiEmailWork",
    "CiTelWork",
    "City",
    "Comment",
    "Copyright",
    "Country",
    "creator",
    "CreatorTool",
    "Credit",
    "description",
    "Event",
    "GPSLatitude",
    "GPSLongitude",
    "Headline",
    "ImageDescription",
    "Instructions",
    "Keywords",
    "Label",
    "Location",
    "Name",
    "Nickname",
    "OwnerName",
    "PersonDisplayName",
    "PersonInImage",
    "rights",
    "SerialNumber",
    "Source",
    "State",
    "subject",
    "title",
    "TransmissionReference",
    "UsageTerms",
    "UserComment",
];
/// The text of all the properties that a picture is asked for.
const XMP: &[u8] = b"<x:xmpmeta";

/// Everything but EXIF.
pub(super) fn all(taking: &mut Taking<'_>, bytes: &[u8], facts: &mut Facts) {
    properties(bytes, facts);
    captions(bytes, facts);
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => texts(taking, bytes, facts),
        [0xFF, 0xD8, ..] => remarks(bytes, facts),
        [b'G', b'I', b'F', b'8', ..] => comments(bytes, facts),
        _ => {}
    }
}

/// Properties in XML, which every kind of picture carries as they are.
fn properties(bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes;
    while let Some(start) = memmem::find(rest, XMP) {
        let from = rest.get(start..).unwrap_or_default();
        let end = memmem::find(from, b"</x:xmpmeta>").unwrap_or(from.len());
        let xml = lenient(from.get(..end).unwrap_or_default());
        for token in tokens(&xml) {
            match token {
                Token::Text(text) => facts.add("Property", decoded(text).trim()),
                Token::Literal(text) => facts.add("Property", text),
                Token::Open(tag) => attributes(&tag, facts),
                Token::Close(_) => {}
            }
        }
        rest = from.get(end..).unwrap_or_default();
    }
}

fn attributes(tag: &Tag<'_>, facts: &mut Facts) {
    if memchr::memchr(b'=', tag.attributes.as_bytes()).is_some() {
        for name in PROPERTIES {
            facts.add("Property", &tag.attribute(name).unwrap_or_default());
        }
    }
}

/// Captions as news agencies write them, behind the mark of the program that keeps them so.
fn captions(bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes;
    while let Some(at) = memmem::find(rest, b"8BIM\x04\x04") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let near = rest.get(..64.min(rest.len())).unwrap_or_default();
        if let Some(first) = memmem::find(near, b"\x1C\x01").into_iter().chain(memmem::find(near, b"\x1C\x02")).min() {
            rest = caption(rest.get(first..).unwrap_or_default(), facts);
        }
    }
}

/// Fields of a caption: `1C record number length text`. What stands behind the last of them.
pub(super) fn caption<'b>(bytes: &'b [u8], facts: &mut Facts) -> &'b [u8] {
    let mut rest = bytes;
    while let [0x1C, record, number, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((text, next)) = after.split_at_checked(length) else { return rest };
        // Numbers below 5 and those of codes are not written for people.
        if *record == 2 && *number >= 5 {
            facts.add(if *number == 80 { "Author" } else { "Caption" }, &lenient(text));
        }
        rest = next;
    }
    rest
}

/// The comments of a JPEG: segments of their own in front of the picture.
fn remarks(bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, mark, after @ ..] = rest {
        match mark {
            // A byte that fills, or a mark that stands alone.
            0xFF => rest = rest.get(1..).unwrap_or_default(),
            0x01 | 0xD0..=0xD8 => rest = after,
            // Behind these the picture begins, or ends.
            0xD9 | 0xDA => return,
            _ => {
                let Some((length, content)) = after.split_first_chunk::<2>() else { return };
                let length = usize::from(u16::from_be_bytes(*length)).saturating_sub(2);
                let content = content.get(..length.min(content.len())).unwrap_or_default();
                if *mark == 0xFE {
                    facts.add("Comment", &lenient(content));
                }
                rest = after.get(2 + length..).unwrap_or_default();
            }
        }
    }
}

/// The comments of a GIF, in pieces of 255 bytes at most.
fn comments(bytes: &[u8], facts: &mut Facts) {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let flags = bytes.get(10).copied().unwrap_or_default();
    let mut rest = bytes.get(13 + colours(flags)..).unwrap_or_default();
    loop {
        match rest {
            [0x21, kind, after @ ..] => {
                let mut said = Vec::new();
                rest = pieces(after, if *kind == 0xFE { Some(&mut said) } else { None });
                facts.add("Comment", &lenient(&said));
            }
            [0x2C, ..] => {
                let flags = rest.get(9).copied().unwrap_or_default();
                // The length of its codes stands in front of them.
                rest = pieces(rest.get(11 + colours(flags)..).unwrap_or_default(), None);
            }
            _ => return,
        }
    }
}

/// Walks over pieces that say how long they are, up to one of no length, and gathers them.
fn pieces<'b>(bytes: &'b [u8], mut into: Option<&mut Vec<u8>>) -> &'b [u8] {
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        let (piece, next) = after.split_at_checked(usize::from(*length)).unwrap_or((after, &[]));
        if let Some(into) = &mut into {
            into.extend_from_slice(piece);
        }
        rest = next;
        if *length == 0 {
            break;
        }
    }
    rest
}

/// The texts of a PNG: `length, kind, key, 0, text`, packed or not.
fn texts(taking: &mut Taking<'_>, bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (kind, body) = (after.get(..4).unwrap_or_default(), after.get(4..4_usize.saturating_add(length)).unwrap_or_default());
        let (key, value) = body.iter().position(|byte| *byte == 0).and_then(|end| body.split_at_checked(end)).unwrap_or_default();
        let value = value.get(1..).unwrap_or_default();
        let (text, packed) = match kind {
            b"tEXt" => (value.to_vec(), false),
            b"zTXt" => (inflated(taking, value.get(1..).unwrap_or_default()), true),
            b"iTXt" => {
                let packed = value.first() == Some(&1);
                // Two more texts stand before it: the language and the translated key.
                let text = value.get(2..).unwrap_or_default().splitn(3, |byte| *byte == 0).nth(2).unwrap_or_default();
                (if packed { inflated(taking, text) } else { text.to_vec() }, packed)
            }
            _ => (Vec::new(), false),
        };
        if key.starts_with(b"Raw profile type ") {
            let profile = profile(&text);
            captions(&profile, facts);
            properties(&profile, facts);
            if memmem::find(&profile, b"8BIM").is_none() {
                caption(&profile, facts);
            }
        } else if memmem::find(&text, XMP).is_none() {
            facts.add("Text", &lenient(&text));
        } else if packed {
            // Those that are not packed were read already.
            properties(&text, facts);
        }
        rest = after.get(length.saturating_add(8)..).unwrap_or_default();
    }
}

/// What some programs keep in a text of digits: a name, how long it is, and two digits a byte.
fn profile(text: &[u8]) -> Vec<u8> {
    let digits = text.trim_ascii_start().splitn(3, |byte| *byte == b'\n').nth(2).unwrap_or_default();
    let mut values = digits.iter().filter_map(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(digits.len() / 2);
    while let (Some(high), Some(low)) = (values.next(), values.next()) {
        out.push(high << 4 | low);
    }
    out
}

fn inflated(taking: &mut Taking<'_>, packed: &[u8]) -> Vec<u8> {
    taking.unpack(packed.len() as u64, flate2::read::ZlibDecoder::new(packed)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use crate::extract::inprocess::taken;

    fn text(name: &str, bytes: &[u8]) -> String {
        taken(name, bytes).documents.first().map(|document| document.text.clone()).unwrap_or_default()
    }

    fn png(chunks: &[(&[u8], Vec<u8>)], behind: &[u8]) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, body) in chunks {
            png.extend((body.len() as u32).to_be_bytes());
            png.extend(*kind);
            png.extend(body);
            png.extend([0; 4]);
        }
        png.extend(behind);
        png
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn texts_of_a_png_and_properties() {
        let chunks = [(&b"tEXt"[..], b"Author\0Ada".to_vec()), (b"iTXt", b"Note\0\0\0en\0\0Zo\xC3\xAB".to_vec()), (b"IEND", Vec::new())];
        let made = png(&chunks, b"<x:xmpmeta><dc:creator>Grace</dc:creator></x:xmpmeta>");
        assert_eq!(text("p.png", &made), "Property: Grace\nText: Ada\nText: Zoë\n");
    }

    #[test]
    fn two_photographs_with_the_same_words_are_two() {
        let photograph = |dots: u8| png(&[(b"tEXt", b"Author\0Ada".to_vec()), (b"IDAT", vec![dots; 9]), (b"IEND", Vec::new())], b"");
        let print = |made: &[u8]| finder::dedupe::fingerprint(&taken("p.png", made).documents[0]);
        assert_eq!(print(&photograph(1)), print(&photograph(1)));
        assert_ne!(print(&photograph(1)), print(&photograph(2)));
    }

    #[test]
    fn what_a_png_packs_is_unpacked() {
        let xmp = b"<x:xmpmeta><rdf:Description photoshop:Credit='Grace Sample' exif:X='9'><mwg-rs:Region mwg-rs:Name=\"Bob Example\"/></rdf:Description></x:xmpmeta>";
        let iptc = "\niptc\n      12\n1c020500034164\n611c0250000000000000";
        let chunks = [
            (&b"zTXt"[..], [b"Comment\0\0", packed(b"Ada in the garden").as_slice()].concat()),
            (b"iTXt", [b"XML:com.adobe.xmp\0\x01\0\0\0", packed(xmp).as_slice()].concat()),
            (b"zTXt", [b"Raw profile type iptc\0\0", packed(iptc.as_bytes()).as_slice()].concat()),
        ];
        assert_eq!(
            text("p.png", &png(&chunks, b"")),
            "Text: Ada in the garden\nProperty: Grace Sample\nProperty: Bob Example\nCaption: Ada\n"
        );
    }

    #[test]
    fn comments_of_a_jpeg_and_a_gif() {
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xFF\xFE\0\x0DAda Example\xFF\xFE\0\x05Zo\xEB\xFF\xDA\0\x02\xFF\xFE\0\x05not\xFF\xD9";
        assert_eq!(text("p.jpg", jpeg), "Comment: Ada Example\nComment: Zoë\n");
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\x0A\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0!\xFE\x04Ada \x07Example\0!\xFE\x03Bob\0;";
        assert_eq!(text("p.gif", gif), "Comment: Ada Example\nComment: Bob\n");
        // Cut off anywhere, each gives what there is.
        for cut in 0..gif.len() {
            text("p.gif", &gif[..cut]);
            text("p.jpg", &jpeg[..cut.min(jpeg.len())]);
        }
    }

    #[test]
    fn each_caption_is_read_and_the_author_is_called_so() {
        let one = |fields: &[u8]| [b"\xFF\xEDPhotoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x40", fields].concat();
        let first = one(b"\x1C\x01\x5A\0\x03\x1B%G\x1C\x02\0\0\x02\0\x04\x1C\x02\x50\0\x0BAda Example\x1C\x02\x78\0\x08Zo\xC3\xAB dig");
        let made = [b"\xFF\xD8\xFF", first.as_slice(), &one(b"\x1C\x02\x19\0\x03Bob")].concat();
        assert_eq!(text("p.jpg", &made), "Author: Ada Example\nCaption: Zoë dig\nCaption: Bob\n");
    }
}
