//! Pictures by their heads. A light picture is one byte over and over, which some charset reads as a letter: so where the head of a
//! file is that of a picture in every field, what follows is not asked.

use super::sniff::is_text;

/// Marks at the very beginning that no text has.
const MARKS: &[&[u8]] = &[
    b"\0\0\0\x0CjP  \r\n\x87\n",
    b"\xFF\x4F\xFF\x51",
    b"\0\0\0\x0CJXL \r\n\x87\n",
    b"\x59\xA6\x6A\x95",
    b"II+\0",
    b"MM\0+",
    b"IIRO\x08\0",
    b"IIRS\x08\0",
    b"MMOR\0\0",
    b"IIU\0",
    b"FUJIFILMCCD-RAW",
    b"DDS |\0\0\0",
    b"AT&TFORM",
    b"\0\0\x02\0\x01\0",
    b"gimp xcf file\0",
    b"gimp xcf v0",
];

/// Whether the head is that of a picture, in more than a word of ASCII.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    MARKS.iter().any(|mark| bytes.starts_with(mark)) || is_bitmap(bytes) || is_paintbrush(bytes) || is_targa(bytes) || is_pixmap(bytes)
}

/// A bitmap of Windows or OS/2: nothing in its reserved bytes, a second head of a length that there is, and the dots behind both.
fn is_bitmap(bytes: &[u8]) -> bool {
    let Some([b'B', b'M', _, _, _, _, 0, 0, 0, 0, dots @ .., h1, h2, h3, h4]) = bytes.first_chunk::<18>() else { return false };
    let (dots, head) = (u32::from_le_bytes(*dots), u32::from_le_bytes([*h1, *h2, *h3, *h4]));
    matches!(head, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124) && dots >= 14 + head
}

/// A picture of Paintbrush (PCX).
fn is_paintbrush(bytes: &[u8]) -> bool {
    let known = matches!(bytes, [0x0A, 0 | 2..=5, 0 | 1, 1 | 2 | 4 | 8, ..]);
    known && bytes.len() > 128 && bytes.get(64) == Some(&0) && matches!(bytes.get(65), Some(1..=4))
}

/// A picture of Truevision (TGA) without a table of colours, which has no mark: its head has to be right in every field.
fn is_targa(bytes: &[u8]) -> bool {
    let Some([0, 0, 2 | 3 | 10 | 11, 0, 0, 0, 0, 0, _, _, _, _, wide @ .., tall1, tall2, depth, ways]) = bytes.first_chunk::<18>() else {
        return false;
    };
    *wide != [0; 2] && [*tall1, *tall2] != [0; 2] && matches!(depth, 8 | 15 | 16 | 24 | 32) && ways & 0xC0 == 0
}

/// A portable pixmap, greymap or bitmap with dots in bytes: `P6`, its sides, and of two kinds the most a dot can be. A sentence could
/// begin so: then as many dots have to follow as there are, and no more.
fn is_pixmap(bytes: &[u8]) -> bool {
    let [b'P', kind @ (b'4'..=b'6'), rest @ ..] = bytes else { return false };
    let (mut rest, mut numbers) = (rest, [0_u64; 3]);
    for number in numbers.iter_mut().take(if *kind == b'4' { 2 } else { 3 }) {
        let Some(digits) = behind_blanks(rest) else { return false };
        let length = digits.iter().take(7).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, after) = digits.split_at_checked(length).unwrap_or_default();
        let Some(value) = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()) else { return false };
        (*number, rest) = (value, after);
    }
    let [width, height, most] = numbers;
    let dots = match kind {
        b'4' => width.div_ceil(8) * height,
        b'5' => width * height,
        _ => 3 * width * height,
    };
    let expected = if most > 255 { 2 * dots } else { dots };
    rest.first().is_some_and(u8::is_ascii_whitespace) && (rest.len() as u64 == expected + 1 || !is_text(bytes))
}

/// What stands behind blanks and remarks, of which there is one at least.
fn behind_blanks(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.trim_ascii_start();
    while rest.len() < bytes.len() && rest.first() == Some(&b'#') {
        rest = rest.get(memchr::memchr(b'\n', rest)?..)?.trim_ascii_start();
    }
    (rest.len() < bytes.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::sniff::{Format, sniff};

    /// A head, and a sheet of white paper behind it.
    fn white(head: &[u8]) -> Vec<u8> {
        [head, &[0xFF; 8_000]].concat()
    }

    #[test]
    fn white_paper_is_a_picture_whatever_its_dots_read_as() {
        let bitmap = b"BM\x76\x1F\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x32\0\0\0\x32\0\0\0\x01\0\x18\0\0\0\0\0\x40\x1F\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        let mut paintbrush = [0; 128];
        paintbrush[..4].copy_from_slice(&[0x0A, 5, 1, 8]);
        paintbrush[65] = 3;
        let targa = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 0, 50, 0, 24, 0x20];
        let others: [&[u8]; 6] = [
            b"P6\n50 50\n255\n",
            b"P5 # a remark\n50 50 255 ",
            b"II*\0\x08\0\0\0",
            b"GIF89a\x32\0\x32\0\x80\0\0",
            b"8BPS\0\x01",
            b"DDS |\0\0\0",
        ];
        for head in [&bitmap[..], &paintbrush, &targa].into_iter().chain(others) {
            assert_eq!(sniff("", &white(head)), Format::Picture, "{head:?}");
            assert_eq!(sniff("scan.txt", &white(head)), Format::Picture, "{head:?}");
        }
        assert!(!is_paintbrush(&paintbrush[..100]));
        // Nobody says of it what it is: its name alone does.
        assert_eq!(sniff("a.tga", &white(b"")), Format::Unknown);
        assert_eq!(sniff("a.bmp", &white(b"BM")), Format::Picture);
    }

    #[test]
    fn words_that_begin_like_a_mark_stay_words() {
        for text in [
            "BM stands for bitmap; ask Ada",
            "P6 is a key on the plan",
            "P4 12 34 of them came",
            "P5 12 34 of them came",
            "GIF8 is not a picture",
            "RIFF and Rar! said Ada Example",
            "Rar! said the lion to Ada",
            "OggS was her name, she said",
            "MSCF is a club in Leeds",
            "\nfourteen",
        ] {
            assert_eq!(sniff("", text.as_bytes()), Format::Text, "{text}");
        }
    }
}
