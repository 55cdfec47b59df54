//! Pictures: what stands in them besides the picture (EXIF with the place it was taken, XMP,
//! IPTC captions, PNG texts). The picture itself can only be seen.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use finder::document::DocumentKind;
use memchr::memmem;

use super::metafile;
use super::office::decoded;
use crate::extract::charset::lenient;
use crate::extract::drawing;
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    if let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(item.bytes)) {
        camera(&exif, &mut facts);
    }
    xmp(item.bytes, &mut facts);
    captions(item.bytes, &mut facts);
    if item.bytes.starts_with(b"\x89PNG") {
        texts(taking, item.bytes, &mut facts);
    }
    if metafile::is_one(item.bytes) {
        words(taking, item);
    }
    let mut writing = Writing::default();
    writing.metadata(&facts);
    if !writing.text.is_empty() {
        taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    }
    if let Some(scan) = drawing::Scan::open(item.bytes) {
        for (number, what) in scan.pages() {
            taking.seen(item.name, what, 0, drawing::print(item.bytes, number), || scan.page(number));
        }
    } else {
        let what = drawing::what(item.bytes);
        taking.seen(item.name, what, 0, drawing::print(item.bytes, 0), || drawing::picture(item.bytes));
    }
    Ok(())
}

/// Takes the words of a drawing, and what lies beside it.
pub(super) fn words(taking: &mut Taking<'_>, item: Item<'_>) {
    let said = metafile::read(item.bytes);
    if !said.text.trim().is_empty() {
        let mut writing = Writing::sized(said.text.len());
        writing.body(&said.text);
        taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    }
    if let Some(pdf) = said.pdf {
        taking.child(1, Item { name: "drawing.pdf", bytes: pdf });
    }
}

const TAGS: &[(Tag, &str)] = &[
    (Tag::Artist, "Author"),
    (Tag::Copyright, "Copyright"),
    (Tag::ImageDescription, "Description"),
    (Tag::UserComment, "Comment"),
    (Tag::DateTimeOriginal, "Taken"),
    (Tag::DateTime, "Changed"),
    (Tag::Make, "Camera"),
    (Tag::Model, "Camera"),
    (Tag::CameraOwnerName, "Camera owner"),
    (Tag::BodySerialNumber, "Camera number"),
    (Tag::GPSDateStamp, "Taken"),
];

fn camera(exif: &Exif, facts: &mut Facts) {
    for (tag, label) in TAGS {
        for field in exif.fields().filter(|field| field.tag == *tag) {
            facts.add(label, &said(&field.value));
        }
    }
    let degrees = |value: Tag, direction: Tag| {
        let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else { return None };
        let [whole, minutes, seconds, ..] = parts.as_slice() else { return None };
        let angle = whole.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3_600.0;
        let back = exif.get_field(direction, In::PRIMARY).map(|field| said(&field.value));
        let back = matches!(back.as_deref().map(str::trim), Some("S" | "W"));
        angle.is_finite().then_some(if back { -angle } else { angle })
    };
    if let (Some(north), Some(east)) = (degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef), degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef)) {
        facts.add("Taken at (latitude, longitude)", &format!("{north:.5}, {east:.5}"));
    }
}

/// A value as text. A comment names its character set in its first eight bytes.
fn said(value: &Value) -> String {
    match value {
        Value::Ascii(lines) => lines.iter().map(|line| lenient(line).into_owned()).collect::<Vec<_>>().join(" "),
        Value::Undefined(bytes, _) => match bytes.split_first_chunk::<8>() {
            Some((b"UNICODE\0", text)) => {
                let wide = crate::extract::charset::utf16_by_pattern(text).unwrap_or(encoding_rs::UTF_16LE);
                wide.decode_without_bom_handling(text).0.into_owned()
            }
            Some((_, text)) => lenient(text).into_owned(),
            None => String::new(),
        },
        _ => String::new(),
    }
    .trim_matches(['\0', ' '])
    .to_owned()
}

/// Properties in XML, which every kind of picture carries as they are.
fn xmp(bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes;
    while let Some(start) = memmem::find(rest, b"<x:xmpmeta") {
        let from = rest.get(start..).unwrap_or_default();
        let end = memmem::find(from, b"</x:xmpmeta>").unwrap_or(from.len());
        let xml = lenient(from.get(..end).unwrap_or_default());
        for token in tokens(&xml) {
            match token {
                Token::Text(text) => facts.add("Property", decoded(text).trim()),
                Token::Open(tag) => {
                    for name in
                        ["creator", "Artist", "Credit", "City", "Location", "OwnerName", "CreatorTool", "GPSLatitude", "GPSLongitude"]
                    {
                        facts.add("Property", &tag.attribute(name).unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        rest = from.get(end..).unwrap_or_default();
    }
}

/// Captions as news agencies write them: `1C 02 number length text` behind a mark.
fn captions(bytes: &[u8], facts: &mut Facts) {
    let Some(at) = memmem::find(bytes, b"8BIM\x04\x04") else { return };
    let mut rest = bytes.get(at..).unwrap_or_default();
    let Some(first) = memmem::find(rest.get(..64.min(rest.len())).unwrap_or_default(), b"\x1C\x02") else { return };
    rest = rest.get(first..).unwrap_or_default();
    while let [0x1C, record, number, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(text) = after.get(..length) else { return };
        // Numbers below 5 and those of codes are not written for people.
        if *record == 2 && *number >= 5 {
            facts.add("Caption", &lenient(text));
        }
        rest = after.get(length..).unwrap_or_default();
    }
}

/// The texts of a PNG: `length, kind, key, 0, text`, packed or not.
fn texts(taking: &mut Taking<'_>, bytes: &[u8], facts: &mut Facts) {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (kind, body) = (after.get(..4).unwrap_or_default(), after.get(4..4_usize.saturating_add(length)).unwrap_or_default());
        let value = body.iter().position(|byte| *byte == 0).and_then(|end| body.get(end + 1..)).unwrap_or_default();
        let text = match kind {
            b"tEXt" => value.to_vec(),
            b"zTXt" => inflated(taking, value.get(1..).unwrap_or_default()),
            b"iTXt" => {
                let packed = value.first() == Some(&1);
                // Two more texts stand before it: the language and the translated key.
                let text = value.get(2..).unwrap_or_default().splitn(3, |byte| *byte == 0).nth(2).unwrap_or_default();
                if packed { inflated(taking, text) } else { text.to_vec() }
            }
            _ => Vec::new(),
        };
        // Properties in XML were read already.
        if memmem::find(&text, b"<x:xmpmeta").is_none() {
            facts.add("Text", &lenient(&text));
        }
        rest = after.get(length.saturating_add(8)..).unwrap_or_default();
    }
}

fn inflated(taking: &mut Taking<'_>, packed: &[u8]) -> Vec<u8> {
    taking.unpack(packed.len() as u64, flate2::read::ZlibDecoder::new(packed)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    /// A TIFF directory: who took it, and where.
    fn tiff() -> Vec<u8> {
        fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
        }
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend(2_u16.to_le_bytes());
        bytes.extend(entry(0x013B, 2, 12, 100)); // artist
        bytes.extend(entry(0x8825, 4, 1, 120)); // place
        bytes.extend([0; 4]);
        bytes.resize(100, 0);
        bytes.extend(b"Ada Example\0");
        bytes.resize(120, 0);
        bytes.extend(4_u16.to_le_bytes());
        bytes.extend(entry(1, 2, 2, u32::from(b'N')));
        bytes.extend(entry(2, 5, 3, 200));
        bytes.extend(entry(3, 2, 2, u32::from(b'W')));
        bytes.extend(entry(4, 5, 3, 224));
        bytes.extend([0; 4]);
        bytes.resize(200, 0);
        for part in [53_u32, 1, 48, 1, 0, 1, 1, 1, 30, 1, 0, 1] {
            bytes.extend(part.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn who_took_it_and_where_is_text() {
        let found = taken("p.tif", &tiff());
        assert_eq!(found.documents[0].text, "Author: Ada Example\nTaken at (latitude, longitude): 53.80000, -1.50000\n");
        assert_eq!(found.unreadable[0].reason, "a picture; it must be looked at by a person", "the picture itself still goes to a person");
    }

    #[test]
    fn texts_of_a_png_and_properties() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, body) in [(b"tEXt", &b"Author\0Ada"[..]), (b"iTXt", b"Note\0\0\0en\0\0Zo\xC3\xAB"), (b"IEND", b"")] {
            png.extend((body.len() as u32).to_be_bytes());
            png.extend(kind);
            png.extend(body);
            png.extend([0; 4]);
        }
        png.extend(b"<x:xmpmeta><dc:creator>Grace</dc:creator></x:xmpmeta>");
        assert_eq!(taken("p.png", &png).documents[0].text, "Property: Grace\nText: Ada\nText: Zoë\n");
    }

    #[test]
    fn a_bare_picture_is_only_listed() {
        let found = taken("p.jpg", b"\xFF\xD8\xFF\xD9");
        assert!(found.documents.is_empty());
        assert_eq!(found.unreadable.len(), 1);
    }
}
