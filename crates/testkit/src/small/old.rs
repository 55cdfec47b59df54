//! Kinds that are an OLE compound file.

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::wide;
use crate::write::png::png;

/// A compound file of these streams; the storages that they lie in are made.
fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let make = || {
        let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
        for (path, content) in streams {
            if let Some((storage, _)) = path.rsplit_once('/').filter(|(storage, _)| !storage.is_empty()) {
                file.create_storage_all(storage)?;
            }
            file.create_stream(path)?.write_all(content)?;
        }
        file.flush()?;
        std::io::Result::Ok(file.into_inner().into_inner())
    };
    make().unwrap_or_default()
}

/// Pictures as Office 97 keeps them: a PNG, a bitmap without the head of its file, a packed drawing with words.
pub fn blips() -> Vec<u8> {
    let points = [&40_u32.to_le_bytes()[..], &[2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0], &[0; 24], &[0x7F; 16]].concat();
    let text = b"Ada on a drawing";
    let piece = [&[14, 0, 0, 0, 0x21, 5, 16, 0][..], text, &[7, 0, 5, 0]].concat();
    let drawing = [&[1, 0, 9, 0, 0, 3][..], &[0; 12], &piece, &[3, 0, 0, 0, 0, 0]].concat();
    let mut packing = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packing.write_all(&drawing).and_then(|()| packing.finish()).unwrap_or_default();
    let sizes = [&(drawing.len() as u32).to_le_bytes()[..], &[0; 24], &(packed.len() as u32).to_le_bytes(), &[0, 0xFE]].concat();
    [
        slide_record(0x6E00, 0xF01E, &[&[1; 16][..], &[0xFF], &png(9, 5)].concat()),
        slide_record(0x7A90, 0xF01F, &[&[2; 32][..], &[0xFF], &points].concat()),
        slide_record(0x2160, 0xF01B, &[&[3; 16][..], &sizes, &packed].concat()),
    ]
    .concat()
}

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(content.len() as u16).to_le_bytes(), content].concat()
}

/// A workbook of Excel 97: a sheet with a shared text, a text of its own, numbers and a formula.
fn book() -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
    let text = |text: &str| [&(text.len() as u16).to_le_bytes()[..], &[0], text.as_bytes()].concat();
    let cell = |row: u16, column: u16, rest: &[u8]| [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], rest].concat();
    let shared = record(0x00FC, &[&2_u32.to_le_bytes()[..], &2_u32.to_le_bytes(), &text("Ada Example"), &text("Grace")].concat());
    let page = record(0x0042, &1200_u16.to_le_bytes());
    let format = record(0x041E, &[&164_u16.to_le_bytes()[..], &text("dd/mm/yyyy")].concat());
    let style = record(0x00E0, &[&[0, 0][..], &164_u16.to_le_bytes(), &[0; 16]].concat());
    let before = [begin(5), page, format, style].concat();
    let end = record(0x000A, &[]);
    let place = before.len() + (4 + 8 + 6) + shared.len() + end.len();
    let sheet = record(0x0085, &[&(place as u32).to_le_bytes()[..], &[0, 0, 6, 0], b"People"].concat());
    let cells = [
        record(0x0200, &[&0_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), &[0, 0, 4, 0, 0, 0]].concat()),
        record(0x00FD, &cell(0, 0, &0_u32.to_le_bytes())),
        record(0x0204, &cell(0, 1, &text("in line"))),
        record(0x0203, &cell(1, 0, &46_000.5_f64.to_le_bytes())),
        record(0x027E, &cell(1, 1, &0x0000_0192_u32.to_le_bytes())),
        record(0x0205, &cell(1, 2, &[1, 0])),
        record(0x0006, &cell(2, 0, &[&2.0_f64.to_le_bytes()[..], &[0; 6], &[3, 0, 0x1E, 1, 0]].concat())),
        record(0x0006, &cell(2, 1, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0])),
        record(0x0207, &text("a result")),
        record(0x01B6, &[&[0; 10][..], &[4, 0, 16, 0], &[0; 4]].concat()),
        record(0x003C, b"\0note"),
        record(0x003C, &[0; 16]),
        record(0x001C, &[&[0, 0, 1, 0, 0, 0, 1, 0][..], &text("Dan"), &[0]].concat()),
    ];
    // Behind the sheets, so that their places stay; a record in two pieces.
    let drawings = blips();
    let (first, second) = drawings.split_at(drawings.len() / 2);
    let drawings = [record(0x00EB, first), record(0x003C, second)].concat();
    [before, sheet, shared, end.clone(), begin(0x10), cells.concat(), drawings, end].concat()
}

/// A workbook of Excel 5: a sheet with two texts and numbers packed together.
fn older_book() -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&0x0500_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 4]].concat());
    let before = [begin(5), record(0x0042, &1_252_u16.to_le_bytes())].concat();
    let place = before.len() + (4 + 7 + 3) + 4;
    let sheet = record(0x0085, &[&(place as u32).to_le_bytes()[..], &[0, 0, 3], b"Old"].concat());
    let cells = [
        record(0x0204, &[&[0, 0, 0, 0, 0, 0, 5, 0][..], b"Zo\xEB L"].concat()),
        record(0x00D6, &[&[0, 0, 1, 0, 0, 0, 5, 0][..], b"Grace", &[1, 0, 0]].concat()),
        record(0x00BD, &[1, 0, 0, 0, 0, 0, 0x92, 1, 0, 0, 0, 0, 2, 0, 0, 0x40, 1, 0]),
        record(0x001C, &[&[1, 0, 0, 0, 6, 0][..], b"a note"].concat()),
    ];
    let end = record(0x000A, &[]);
    [before, sheet, end.clone(), begin(0x10), cells.concat(), end].concat()
}

/// A letter of Word 97: the head of the file, one piece of text, the table that says where it is.
fn letter() -> Vec<(&'static str, Vec<u8>)> {
    let text = b"Dear Ada,\rthis is about \x13 HYPERLINK \"x\" \x14Zoe\x15.\x07cell\x07\r";
    let mut main = vec![0; 1_024];
    let mut put = |at: usize, bytes: &[u8]| main.splice(at..at + bytes.len(), bytes.iter().copied()).for_each(drop);
    put(0, &0xA5EC_u16.to_le_bytes());
    put(2, &0x00C1_u16.to_le_bytes());
    put(10, &0x0200_u16.to_le_bytes());
    put(12, &0x00BF_u16.to_le_bytes());
    put(24, &1_024_u32.to_le_bytes());
    put(28, &(1_024 + text.len() as u32).to_le_bytes());
    put(32, &14_u16.to_le_bytes());
    put(62, &22_u16.to_le_bytes());
    put(64, &(1_024 + text.len() as u32).to_le_bytes());
    put(76, &(text.len() as u32).to_le_bytes());
    put(152, &93_u16.to_le_bytes());
    let pieces =
        [&0_u32.to_le_bytes()[..], &(text.len() as u32).to_le_bytes(), &[0, 0], &(0x4000_0000_u32 | 2_048).to_le_bytes(), &[0, 0]].concat();
    let table = [&[2][..], &(pieces.len() as u32).to_le_bytes(), &pieces].concat();
    put(418, &0_u32.to_le_bytes());
    put(422, &(table.len() as u32).to_le_bytes());
    main.extend(text);
    vec![("/WordDocument", main), ("/1Table", table), ("/Data", blips())]
}

fn slide_record(version: u16, kind: u16, content: &[u8]) -> Vec<u8> {
    [&version.to_le_bytes()[..], &kind.to_le_bytes(), &(content.len() as u32).to_le_bytes(), content].concat()
}

/// Slides of PowerPoint 97: a list of their texts.
fn show() -> Vec<(&'static str, Vec<u8>)> {
    let texts = [
        slide_record(0, 0x03F3, &[0; 20]),
        slide_record(0, 0x0F9F, &[0; 4]),
        slide_record(0, 0x0FA8, b"Ada on a slide"),
        slide_record(0, 0x0F9F, &[1, 0, 0, 0]),
        slide_record(0, 0x0FA0, &wide("Zo\u{eb}")),
    ];
    let list = slide_record(0x0F, 0x0FF0, &texts.concat());
    let document = slide_record(0x0F, 0x03E8, &list);
    let slide = slide_record(0x0F, 0x03EE, &slide_record(0, 0x0FBA, &wide("title")));
    let edit = slide_record(0, 0x0FF5, &[0; 28]);
    vec![
        ("/PowerPoint Document", [document, slide, edit].concat()),
        ("/Current User", slide_record(0, 0x0FF6, &[&[20, 0, 0, 0, 0x5F, 0xC0, 0x91, 0xE3][..], &[0; 16], b"Ada"].concat())),
        ("/Pictures", blips()),
    ]
}

pub(super) fn documents() -> Vec<Vec<u8>> {
    let summary = {
        let text = |text: &str| [&30_u32.to_le_bytes()[..], &(text.len() as u32 + 1).to_le_bytes(), text.as_bytes(), &[0; 4]].concat();
        let section =
            [&[60, 0, 0, 0][..], &[2, 0, 0, 0], &[2, 0, 0, 0, 24, 0, 0, 0], &[4, 0, 0, 0, 44, 0, 0, 0], &text("Minutes"), &text("Ada")];
        let head =
            [&[0xFE, 0xFF, 0, 0][..], &[0; 20], &[1, 0, 0, 0], &[0xE0, 0x85, 0x9F, 0xF2, 0xF9, 0x4F, 0x68, 0x10], &[0; 8], &[48, 0, 0, 0]];
        [head.concat(), section.concat()].concat()
    };
    let with = |mut streams: Vec<(&'static str, Vec<u8>)>| {
        streams.push(("/\u{5}SummaryInformation", summary.clone()));
        compound(&streams)
    };
    vec![with(vec![("/Workbook", book())]), with(letter()), with(show()), compound(&[("/Book", older_book())])]
}

pub(super) fn books() -> Vec<Vec<u8>> {
    vec![compound(&[("/Workbook", book())]), compound(&[("/Book", older_book())])]
}

/// Files that carry others: one wrapped by Windows, one as it is, one whole document.
pub(super) fn carriers() -> Vec<Vec<u8>> {
    let inside = b"carried words";
    let path = b"C:\\a.txt\0";
    let native = [
        &[40, 0, 0, 0, 2, 0][..],
        b"a.txt\0",
        path,
        &[0, 0, 3, 0],
        &(path.len() as u32).to_le_bytes(),
        path,
        &(inside.len() as u32).to_le_bytes(),
        inside,
    ];
    vec![
        compound(&[("/\u{1}Ole10Native", native.concat())]),
        compound(&[("/CONTENTS", b"%PDF-1.4 nothing".to_vec()), ("/\u{1}CompObj", vec![1; 40])]),
        compound(&[("/Obj1/Workbook", book()), ("/Obj1/\u{1}CompObj", vec![0; 30])]),
    ]
}

/// A Word document under the password `tiger moth`, as Office 2010 and later lock it.
pub(super) fn locked() -> Vec<u8> {
    let (info, package) = super::packed::LOCKED_WORD;
    compound(&[("/EncryptionInfo", info.to_vec()), ("/EncryptedPackage", package.to_vec())])
}

/// A message that Outlook saved: properties, a recipient, a file, a rich body.
pub(super) fn messages() -> Vec<Vec<u8>> {
    let entry =
        |kind: u16, number: u16, value: u64| [&kind.to_le_bytes()[..], &number.to_le_bytes(), &[0; 4], &value.to_le_bytes()].concat();
    let rich = [&[0; 8][..], b"MELA", &[0; 4], br"{\rtf1 the rich body}"].concat();
    let packed = [&[30, 0, 0, 0, 20, 0, 0, 0][..], b"LZFu", &[0; 4], &[3, 0, 10, 0], b"rcpg125\x32\x0c\x60c", &[0, 80]].concat();
    let common = |body: Vec<u8>| {
        vec![
            ("/__properties_version1.0", [vec![0; 32], entry(0x40, 0x0039, 134_084_988_000_000_000), entry(3, 0x3FFD, 1_251)].concat()),
            ("/__substg1.0_0037001E", b"\xC7\xE4\xF0\xE0".to_vec()),
            ("/__substg1.0_1000001F", wide("the plain body")),
            ("/__substg1.0_0C1F001F", wide("ada@mail.example")),
            ("/__substg1.0_10090102", body),
            ("/__recip_version1.0_#00000000/__properties_version1.0", [vec![0; 8], entry(3, 0x0C15, 2)].concat()),
            ("/__recip_version1.0_#00000000/__substg1.0_3001001F", wide("Bob Sample")),
            ("/__attach_version1.0_#00000000/__substg1.0_3707001F", wide("n.txt")),
            ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"a note".to_vec()),
            ("/__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F", wide("inner")),
        ]
    };
    vec![compound(&common(rich)), compound(&common(packed))]
}

/// Letters of WordPerfect: version 6 with a footnote, and version 5.
pub(super) fn letters() -> Vec<Vec<u8>> {
    let note = b"\x01\0\x0A\0\0\0\x0B\0\0\0a\x80footnote\xCC";
    let entry = [&[0, 8, 1, 0, 0, 0][..], &(note.len() as u32).to_le_bytes(), &44_u32.to_le_bytes()].concat();
    let front = [&[0, 0, 1, 0][..], &[0; 10], &entry, note].concat();
    let file = |major: u8, front: &[u8], text: &[u8]| {
        [b"\xFFWPC", &(16 + front.len() as u32).to_le_bytes()[..], &[1, 10, major, 0, 0, 0, 16, 0], front, text].concat()
    };
    let six = b"Dear\x80Zo\x0E,\xCF\xD4\x1A\x08\0\x09\x09\x09\xD4I\x80met\x80Ma\xF0\x29\x01\xF0\xF2\x0C\xF2dek\xF3\x0C\xF3.\xE0\x11\x05\0\xE0x\xCC\xD0\x04\x05\0\xD0one\xC6two";
    let five = b"Dear Zo\xC0\x2D\x01\xC0,\x0DI met\x0A\xC3\x0C\xC3Grace\xC4\x0C\xC4\xA9Anne\xD6\0\x12\0\0\0a footnote\0\0\x12\0\0\xD6\x0A";
    vec![file(2, &front, six), file(0, &[], five)]
}

/// A section of OneNote: a line, one of single bytes, and a file that was put in.
pub(super) fn sections() -> Vec<Vec<u8>> {
    let line = wide("Ada, 3 May\rsecond line");
    let file = b"Dear Zo\xC3\xAB, from a file";
    vec![
        [
            &b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3"[..],
            &[0; 40],
            &(line.len() as u32).to_le_bytes(),
            &line,
            b"\x07\x07\x07\x0C\0\0\0called Grace",
            b"\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC",
            &(file.len() as u64).to_le_bytes(),
            &[0; 12],
            file,
            &[0x22; 16],
        ]
        .concat(),
    ]
}
