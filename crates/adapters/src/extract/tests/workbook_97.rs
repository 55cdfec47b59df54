//! Workbooks of Excel 2 to 2003, built here record by record.

use proptest::prelude::*;

use super::make::compound;
use crate::extract::inprocess::{extract, sheets, taken};
use crate::extract::limits::Limits;
use crate::extract::locked::OldLock;
use crate::extract::passwords::Passwords;

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(content.len() as u16).to_le_bytes(), content].concat()
}

/// A beginning of a workbook (5) or sheet (16) of Excel 97.
fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
}

/// A text in one byte a letter, behind its length.
fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_le_bytes()[..], &[0], text.as_bytes()].concat()
}

/// A text in two.
fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&((letters.len() / 2) as u16).to_le_bytes()[..], &[1], &letters].concat()
}

fn cell(row: u16, column: u16, style: u16, rest: &[u8]) -> Vec<u8> {
    [&row.to_le_bytes()[..], &column.to_le_bytes(), &style.to_le_bytes(), rest].concat()
}

/// A workbook of two sheets, the second hidden and standing in front of the first.
fn book(first: &[Vec<u8>], second: &[Vec<u8>]) -> Vec<u8> {
    let end = record(0x000A, &[]);
    let looks = [
        record(0x041E, &[&164_u16.to_le_bytes()[..], &text("dd/mm/yyyy")].concat()),
        record(0x041E, &[&165_u16.to_le_bytes()[..], &text("0.00")].concat()),
        record(0x00E0, &[&[0; 2][..], &165_u16.to_le_bytes(), &[0; 16]].concat()),
        record(0x00E0, &[&[0; 2][..], &164_u16.to_le_bytes(), &[0; 16]].concat()),
    ];
    let long = "ž".repeat(5_000);
    let (head, tail) = (wide(&long), wide("end").split_off(3));
    let shared = [
        record(0x00FC, &[&3_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), &text("Ada Example"), &head[..8_003]].concat()),
        record(0x003C, &[&[1][..], &head[8_003..], &[3, 0, 1], &tail].concat()),
    ];
    let name = record(0x0018, &[&[0; 3][..], &[6], &[0; 10], b"\0People"].concat());
    let links = [name, record(0x005A, &[&[0, 0, 0, 0, 2][..], &text("Erin Elsewhere")].concat())].concat();
    let mut out = [begin(5), looks.concat(), shared.concat(), links].concat();
    let list = |places: [usize; 2]| {
        let one = |place: usize, state: u8, name: &str| {
            record(0x0085, &[&(place as u32).to_le_bytes()[..], &[state, 0, name.len() as u8, 0], name.as_bytes()].concat())
        };
        [one(places[0], 0, "Shown"), one(places[1], 1, "Secret")].concat()
    };
    let start = out.len() + list([0, 0]).len() + end.len();
    let second = [begin(0x10), second.concat(), end.clone()].concat();
    let first = [begin(0x10), first.concat(), end.clone()].concat();
    out.extend([list([start + second.len(), start]), end, second, first].concat());
    out
}

fn read(stream: &[u8]) -> String {
    let found = taken("x.xls", &compound(&[("/Workbook", stream)]));
    assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
    found.documents[0].text.clone()
}

#[test]
fn cells_of_every_kind_stand_in_their_sheets() {
    let cells = [
        record(0x00FD, &cell(0, 0, 0, &0_u32.to_le_bytes())),
        record(0x0204, &cell(0, 1, 0, &wide("Žofie\nSample"))),
        record(0x00FD, &cell(0, 2, 0, &2_u32.to_le_bytes())),
        record(0x0203, &cell(1, 0, 1, &31_149_f64.to_le_bytes())),
        record(0x0203, &cell(1, 1, 0, &31_149.5_f64.to_le_bytes())),
        record(
            0x00BD,
            &[&cell(2, 0, 0, &((7_u32 << 2) | 2).to_le_bytes())[..], &[1, 0], &((31_149_u32 << 2) | 2).to_le_bytes(), &[1, 0]].concat(),
        ),
        record(0x027E, &cell(3, 0, 0, &((1_234_u32 << 2) | 3).to_le_bytes())),
        record(0x0205, &cell(3, 1, 0, &[1, 0])),
        record(0x0205, &cell(3, 2, 0, &[0x2A, 1])),
        record(0x0006, &cell(4, 0, 0, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        record(0x0207, &text("a result")),
        record(0x0006, &cell(4, 1, 0, &2.5_f64.to_le_bytes())),
    ];
    let text = read(&book(&cells, &[record(0x00FD, &cell(9, 0, 0, &0_u32.to_le_bytes()))]));
    let expected = "Sheet Secret\nAda Example\nSheet Shown\nAda Example | Žofie Sample | end\n12/04/1985 | 31149.50\n7.00 | 12/04/1985\n\
                    12.34 | true | #N/A\na result | 2.50\n";
    assert!(text.starts_with(expected), "{text}");
    for fact in ["Hidden sheet: Secret", "Name: People", "Kept copy: Erin Elsewhere"] {
        assert!(text.contains(fact), "{fact}: {text}");
    }
}

#[test]
fn rows_alone_keep_their_columns() {
    let cells = [
        record(0x0204, &cell(0, 1, 0, &wide("Žofie, Sample"))),
        record(
            0x00BD,
            &[&cell(2, 1, 0, &((7_u32 << 2) | 2).to_le_bytes())[..], &[1, 0], &((31_149_u32 << 2) | 2).to_le_bytes(), &[2, 0]].concat(),
        ),
        record(0x0006, &cell(4, 2, 0, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0])),
        record(0x0207, &text("a result")),
    ];
    let stream = book(&cells, &[record(0x00FD, &cell(9, 0, 0, &0_u32.to_le_bytes()))]);
    for bytes in [compound(&[("/Workbook", &stream)]), stream.clone()] {
        let found = sheets(&Limits::default(), "x.xls", &bytes).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|sheet| (sheet.name.as_str(), sheet.csv.as_str())).collect();
        assert_eq!(found, [("Secret", "Ada Example\n"), ("Shown", ",\"Žofie, Sample\"\n,7.00,12/04/1985\n,,a result\n")]);
    }
    assert_eq!(sheets(&Limits::default(), "x.xls", &stream[..stream.len() - 8]), Err(crate::extract::READ_IN_PART.to_owned()));
}

#[test]
fn comments_boxes_charts_headers_and_links_are_found() {
    let said = |text: &str| {
        let marks = [&[0; 10][..], &(text.len() as u16).to_le_bytes(), &[0; 6]].concat();
        [record(0x01B6, &marks), record(0x003C, &[&[0][..], text.as_bytes()].concat()), record(0x003C, &[0; 16])].concat()
    };
    let chart = [begin(0x20), record(0x100D, b"\0\0\x05\0Trend"), record(0x0203, &cell(0, 0, 0, &[0; 8])), record(0x000A, &[])].concat();
    let link = "mailto:bob@example.org".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cells = [
        record(0x0014, &text("&CHead of Ada")),
        record(0x00FD, &cell(0, 0, 0, &0_u32.to_le_bytes())),
        said("ask Grace"),
        chart,
        record(0x001C, &[&[0, 0, 0, 0, 0, 0, 1, 0][..], &text("Dan Smith"), &[0]].concat()),
        record(0x01B8, &[&[0; 40][..], &link].concat()),
    ];
    let text = read(&book(&cells, &[]));
    assert!(text.contains("Sheet Shown\nAda Example\nask Grace\nTrend\n"), "{text}");
    for fact in ["Header and footer: &CHead of Ada", "Comment by: Dan Smith", "Link: mailto:bob@example.org"] {
        assert!(text.contains(fact), "{fact}: {text}");
    }
}

#[test]
fn older_workbooks_are_read_with_their_code_page() {
    let begin = |kind: u16| record(0x0809, &[&0x0500_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 4]].concat());
    let end = record(0x000A, &[]);
    let label = record(0x0204, &cell(0, 0, 0, b"\x04\0\xC7\xE4\xF0\xE0"));
    let note = record(0x001C, b"\0\0\0\0\x05\0aside");
    let sheet = record(0x0085, b"\0\0\0\0\0\0\x03Old");
    let five = [begin(5), record(0x0042, &1_251_u16.to_le_bytes()), sheet, end.clone(), begin(0x10), label, note, end.clone()].concat();
    let found = taken("x.xls", &compound(&[("/Book", &five)]));
    assert_eq!(found.documents[0].text, "Sheet Old\nЗдра\naside\n");
    // Excel 2: no compound file, three bytes about looks, short texts.
    let two = [record(0x0009, &[2, 0, 0x10, 0]), record(0x0004, b"\0\0\0\0\0\0\0\x03Ada"), record(0x0002, b"\0\0\x01\0\0\0\0\x11\0"), end];
    let found = taken("x.xls", &two.concat());
    assert_eq!((found.documents[0].text.as_str(), found.unreadable.len()), ("Sheet \nAda | 17\n", 0));
}

#[test]
fn an_encrypted_workbook_is_named_as_such_and_a_cut_one_as_cut() {
    let locked = [begin(5), record(0x002F, &[[1, 0, 1, 0, 1, 0].as_slice(), &[7; 48]].concat()), record(0x00FC, &[7; 60])].concat();
    let found = taken("x.xls", &compound(&[("/Workbook", &locked)]));
    assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted"));
    let whole = book(&[record(0x0204, &cell(0, 0, 0, &text("Ada, who is cut off")))], &[]);
    let found = taken("x.xls", &compound(&[("/Workbook", &whole[..whole.len() - 12])]));
    assert!(found.documents[0].text.contains("Ada, who is"), "{found:?}");
    assert_eq!(found.unreadable[0].reason, crate::extract::READ_IN_PART);
}

/// Encrypts the records as a program does: heads, beginnings and the places of sheets stay in clear.
fn locked(stream: &[u8], pass: &[u8], encrypt: &dyn Fn(&mut [u8])) -> Vec<u8> {
    // The record with the parameters stands behind the beginning, so that everything moves.
    let at = 20;
    let moved = 4 + pass.len() as u32;
    let mut plain = [&stream[..at], &record(0x002F, pass), &stream[at..]].concat();
    let mut noise = plain.clone();
    encrypt(&mut noise);
    let mut place = 0;
    while place + 4 <= plain.len() {
        let kind = u16::from_le_bytes([plain[place], plain[place + 1]]);
        let length = usize::from(u16::from_le_bytes([plain[place + 2], plain[place + 3]]));
        let body = place + 4;
        match kind {
            0x0809 | 0x002F => {}
            0x0085 => {
                let sheet = u32::from_le_bytes(plain[body..body + 4].try_into().unwrap()) + moved;
                plain[body..body + 4].copy_from_slice(&sheet.to_le_bytes());
                plain[body + 4..body + length].copy_from_slice(&noise[body + 4..body + length]);
            }
            _ => plain[body..body + length].copy_from_slice(&noise[body..body + length]),
        }
        place = body + length;
    }
    plain
}

#[test]
fn a_workbook_under_a_password_is_read_with_it() {
    let stream = book(&[record(0x0204, &cell(0, 0, 0, &text("Ada, locked away")))], &[]);
    // Parameters that Office wrote, as msoffcrypto-tool publishes them; the password is `password1`.
    let pass = [
        &[1, 0, 1, 0, 1, 0][..],
        b"\xe8w,\x1d\x91\xc5j7\x96Ga\xb2\x80\x182\x17",
        b"\xc9\xe9\x97\xd4T\x97=1\x0b\xb1\xbap\x14&\x83~",
        b"\xb1\xde\x17\x8f\x07\xe9\x89\xc4M\xae^L\xf9j\xc4\x07",
    ]
    .concat();
    let passwords = Passwords::of("wrong\npassword1\n").unwrap();
    let key = OldLock::read(&pass[2..]).unwrap().open(&passwords).unwrap();
    let locked = locked(&stream, &pass, &|bytes| {
        let noise = key.stream(bytes, 1_024);
        bytes.copy_from_slice(&noise);
    });
    let file = compound(&[("/Workbook", &locked)]);
    let found = extract(&Limits { passwords, ..Limits::default() }, "x.xls", &file);
    assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
    assert!(found.documents[0].text.contains("Sheet Shown\nAda, locked away\n"), "{found:?}");
    let wrong = Limits { passwords: Passwords::of("wrong").unwrap(), ..Limits::default() };
    assert_eq!(extract(&wrong, "x.xls", &file).unreadable[0].reason, "is encrypted, and none of the passwords opens it");
    assert_eq!(taken("x.xls", &file).unreadable[0].reason, "is encrypted");
}

proptest! {
    #[test]
    fn whatever_the_records_say_the_text_is_bounded(kinds in proptest::collection::vec((any::<u16>(), proptest::collection::vec(any::<u8>(), 0..60)), 0..40)) {
        let known = [0x0809, 0x0085, 0x00FC, 0x003C, 0x00FD, 0x0204, 0x0006, 0x0207, 0x01B6, 0x001C, 0x0018, 0x041E, 0x00E0, 0x00BD, 0x027E, 0x0203];
        let records: Vec<u8> = kinds.iter().flat_map(|(kind, body)| record(known[usize::from(*kind) % known.len()], body)).collect();
        let stream = [begin(5), records].concat();
        let found = taken("x.xls", &compound(&[("/Workbook", &stream)]));
        prop_assert!(!found.documents.is_empty() || !found.unreadable.is_empty());
        prop_assert!(found.unreadable.iter().all(|one| one.reason != crate::extract::taking::CRASHED));
    }
}
