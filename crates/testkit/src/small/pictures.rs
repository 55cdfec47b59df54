//! Pictures of a few pixels, with what cameras and programs write beside them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::write::png::png;

/// One grey point as a JPEG; the smallest WebP of each kind; a GIF of two frames.
const JPEG: &str = "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==";
const WEBP: [&str; 3] = [
    "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
    "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
    "UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA",
];
const GIF: &[u8] = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xFE\x04note\0!\xF9\x04\x01\x0A\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0!\xF9\x04\x05\x0A\0\0\0,\x01\0\x01\0\x01\0\x01\0\0\x02\x02L\x01\0;";

/// A TIFF directory: who took it, and where.
fn tiff() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mut bytes =
        [&b"II*\0\x08\0\0\0\x03\0"[..], &entry(0x013B, 2, 12, 60), &entry(0x8825, 4, 1, 80), &entry(0x010F, 2, 4, 0x0041_6441)].concat();
    bytes.resize(60, 0);
    bytes.extend(b"Ada Example\0");
    bytes.resize(80, 0);
    bytes.extend(
        [&[4, 0][..], &entry(1, 2, 2, u32::from(b'N')), &entry(2, 5, 3, 140), &entry(3, 2, 2, u32::from(b'W')), &entry(4, 5, 3, 164)]
            .concat(),
    );
    bytes.resize(140, 0);
    for part in [53_u32, 1, 48, 1, 0, 1, 1, 1, 30, 1, 0, 1] {
        bytes.extend(part.to_le_bytes());
    }
    bytes
}

/// The same camera's notes in a JPEG, with a caption.
fn photo(point: &[u8]) -> Vec<u8> {
    let exif = [b"Exif\0\0", tiff().as_slice()].concat();
    let caption = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0A\x1C\x02\x78\0\x05about";
    let piece = |mark: u8, content: &[u8]| [&[0xFF, mark][..], &(content.len() as u16 + 2).to_be_bytes(), content].concat();
    let (start, rest) = point.split_at_checked(2).unwrap_or_default();
    [start, &piece(0xE1, &exif), &piece(0xED, caption), &piece(0xFE, b"by Ada"), rest].concat()
}

pub(super) fn pictures() -> Vec<Vec<u8>> {
    let decoded = |text: &str| STANDARD.decode(text).unwrap_or_default();
    let jpeg = decoded(JPEG);
    let mut grey = png(9, 5);
    let told = b"\0\0\0\x0AtEXtAuthor\0Ada\0\0\0\0\0\0\0\x0EiTXtNote\0\0\0en\0\0Zo\xC3\xAB\0\0\0\0<x:xmpmeta><dc:creator>Grace</dc:creator></x:xmpmeta>";
    let end = grey.len();
    grey.splice(end..end, told.iter().copied());
    let mut all = vec![photo(&jpeg), jpeg, tiff(), grey, GIF.to_vec()];
    all.extend(WEBP.map(decoded));
    // A row of white dots of each kind that tells its sides in front.
    all.push(b"P6 # x\n4 1\n255\n\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec());
    all.push([&b"BM\x42\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x04\0\0\0\x01\0\0\0\x01\0\x18\0"[..], &[0; 24], &[0xFF; 12]].concat());
    all
}
