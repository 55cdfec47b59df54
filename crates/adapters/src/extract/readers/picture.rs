//! Pictures: what stands in them besides the picture (EXIF with the place it was taken, and what
//! `picture_words` reads). The picture itself can only be seen.

use std::io::Cursor;

use exif::{Context, Error, Exif, In, Rational, Reader, Tag, Value};
use finder::document::DocumentKind;
use memchr::memmem;

use super::{metafile, picture_words, wide};
use crate::extract::charset::lenient;
use crate::extract::drawing;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    if let Some(exif) = exif(item.bytes) {
        camera(&exif, &mut facts);
    }
    picture_words::all(taking, item.bytes, &mut facts);
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

/// What the camera and the programs behind it noted. A flaw costs what is flawed: many programs write directories without an end.
fn exif(bytes: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let kept = |outcome: Result<Exif, Error>| outcome.or_else(|error| error.distill_partial_result(drop)).ok();
    kept(reader.read_from_container(&mut Cursor::new(bytes))).or_else(|| {
        // The file around it is damaged: its own mark tells where it begins.
        let mark = b"Exif\0\0";
        let begin = memmem::find(bytes, mark)? + mark.len();
        let most = begin.saturating_add(usize::from(u16::MAX)).min(bytes.len());
        kept(reader.read_raw(bytes.get(begin..most)?.to_vec()))
    })
}

/// Texts of Windows, in UTF-16; and a caption of news agencies as a TIFF keeps it.
const XP_TITLE: Tag = Tag(Context::Tiff, 0x9C9B);
const XP_COMMENT: Tag = Tag(Context::Tiff, 0x9C9C);
const XP_AUTHOR: Tag = Tag(Context::Tiff, 0x9C9D);
const XP_KEYWORDS: Tag = Tag(Context::Tiff, 0x9C9E);
const XP_SUBJECT: Tag = Tag(Context::Tiff, 0x9C9F);
const CAPTION: Tag = Tag(Context::Tiff, 0x83BB);
/// Directories of one file that are read.
const DIRECTORIES: u16 = 8;

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
    (XP_AUTHOR, "Author"),
    (XP_TITLE, "Title"),
    (XP_SUBJECT, "Subject"),
    (XP_COMMENT, "Comment"),
    (XP_KEYWORDS, "Keywords"),
    (Tag(Context::Tiff, 0x010D), "Title"),
    (Tag(Context::Tiff, 0x013C), "Computer"),
    (Tag(Context::Gps, 0x001C), "Place"),
];

fn camera(exif: &Exif, facts: &mut Facts) {
    let values = |tag: Tag| (0..DIRECTORIES).filter_map(move |number| Some(&exif.get_field(tag, In(number))?.value));
    for (tag, label) in TAGS {
        let windows = matches!(*tag, XP_TITLE | XP_COMMENT | XP_AUTHOR | XP_KEYWORDS | XP_SUBJECT);
        for value in values(*tag) {
            match value {
                Value::Byte(bytes) | Value::Undefined(bytes, _) if windows => facts.add(label, &wide(bytes)),
                _ => facts.add(label, &said(value)),
            }
        }
    }
    for value in values(CAPTION) {
        match value {
            Value::Byte(bytes) | Value::Undefined(bytes, _) => {
                picture_words::caption(bytes, facts);
            }
            // Some programs say that it is made of long numbers.
            Value::Long(numbers) => {
                let bytes = |number: &u32| if exif.little_endian() { number.to_le_bytes() } else { number.to_be_bytes() };
                let bytes: Vec<u8> = numbers.iter().flat_map(bytes).collect();
                picture_words::caption(&bytes, facts);
            }
            _ => {}
        }
    }
    let degrees = |value: Tag, direction: Tag| {
        let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else { return None };
        let [whole, smaller @ ..] = parts.as_slice() else { return None };
        // Minutes and seconds that nobody knew are nothing over nothing.
        let part = |at: usize| smaller.get(at).filter(|part| part.denom > 0).map_or(0.0, Rational::to_f64);
        let angle = whole.to_f64() + part(0) / 60.0 + part(1) / 3_600.0;
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
        // Some programs say bytes where they mean letters.
        Value::Byte(bytes) => lenient(bytes).into_owned(),
        _ => String::new(),
    }
    .trim_matches(['\0', ' '])
    .to_owned()
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
    fn a_flaw_costs_only_what_is_flawed() {
        let expected = taken("p.tif", &tiff()).documents[0].text.clone();
        let whole = tiff();
        // A further directory where there is none; nothing over nothing for the seconds; a value that lies outside the file.
        let mut further = whole.clone();
        further[170..174].copy_from_slice(&[9, 0, 0, 0]);
        let mut unknown = whole.clone();
        unknown[216..224].fill(0);
        unknown[240..248].fill(0);
        let mut outside = whole.clone();
        outside.splice(8..10, [3, 0]);
        outside.splice(34..34, [&[0x0E, 1, 2, 0][..], &[0xFF; 8]].concat());
        outside.drain(46..58);
        for flawed in [further, unknown, outside] {
            assert_eq!(taken("p.tif", &flawed).documents[0].text, expected, "{flawed:?}");
        }
        // In a JPEG whose first segment has a wrong length.
        let jpeg = [b"\xFF\xD8\xFF\xE0\xFF\xFF\xFF\xE1\x01\x20Exif\0\0", whole.as_slice()].concat();
        assert_eq!(taken("p.jpg", &jpeg).documents[0].text, expected);
    }

    #[test]
    fn what_windows_notes_is_text() {
        let wide = |text: &str| text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (author, title) = (wide("Zo\u{eb} Example"), wide("Bob at the lake"));
        let mut bytes = b"II*\0\x08\0\0\0\x02\0".to_vec();
        let (first, second) = (38_u32, 38 + author.len() as u32);
        for (tag, value, at) in [(0x9C9D_u16, &author, first), (0x9C9B, &title, second)] {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([1, 0]);
            bytes.extend((value.len() as u32).to_le_bytes());
            bytes.extend(at.to_le_bytes());
        }
        bytes.extend([0; 4]);
        bytes.extend([author, title].concat());
        assert_eq!(taken("p.tif", &bytes).documents[0].text, "Author: Zo\u{eb} Example\nTitle: Bob at the lake\n");
    }

    #[test]
    fn a_bare_picture_is_only_listed() {
        let found = taken("p.jpg", b"\xFF\xD8\xFF\xD9");
        assert!(found.documents.is_empty());
        assert_eq!(found.unreadable.len(), 1);
    }
}
