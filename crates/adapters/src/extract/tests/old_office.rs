//! Office 97-2003, built here as the specifications say.

use super::make::{compound, summary};
use crate::extract::inprocess::taken;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn put(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    let end = at + what.len();
    bytes.resize(bytes.len().max(end), 0);
    bytes[at..end].copy_from_slice(what);
}

/// A Word document of two pieces, the first of one byte a letter, the second of two. `taken_away`
/// is a stretch of the first, `row_end` a place in it.
fn word(narrow: &[u8], second: &str, taken_away: std::ops::Range<usize>, row_end: usize) -> Vec<u8> {
    const TEXT: usize = 0x600;
    let (mut main, mut table) = (vec![0; TEXT], Vec::new());
    put(&mut main, 0, &[0xEC, 0xA5, 0xC1, 0]);
    put(&mut main, 10, &[0, 2]);
    put(&mut main, TEXT, narrow);
    let place = main.len().next_multiple_of(2);
    put(&mut main, place, &wide(second));
    // The pieces.
    let letters = second.encode_utf16().count();
    let ends = [0, narrow.len(), narrow.len() + letters];
    let list: Vec<u8> = [
        ends.iter().flat_map(|end| (*end as u32).to_le_bytes()).collect::<Vec<_>>(),
        [&[0; 2][..], &((TEXT as u32 * 2) | 0x4000_0000).to_le_bytes(), &[0; 2]].concat(),
        [&[0; 2][..], &(place as u32).to_le_bytes(), &[0; 2]].concat(),
    ]
    .concat();
    let clx = [&[2][..], &(list.len() as u32).to_le_bytes(), &list].concat();
    let note = |number: usize, what: &[u8], main: &mut Vec<u8>, table: &mut Vec<u8>| {
        put(main, 0x9A + 8 * number, &(table.len() as u32).to_le_bytes());
        put(main, 0x9E + 8 * number, &(what.len() as u32).to_le_bytes());
        table.extend(what);
    };
    note(33, &clx, &mut main, &mut table);
    let authors = [&[0xFF, 0xFF, 1, 0, 0, 0, 9, 0][..], &wide("Dan Smith")].concat();
    note(51, &authors, &mut main, &mut table);
    // One page about letters, one about paragraphs.
    for (number, range, list) in [(12, taken_away, vec![3, 0x00, 0x08, 1]), (13, row_end..row_end + 1, vec![3, 0, 0, 0x17, 0x24, 1])] {
        let mut content = vec![0; 512];
        put(&mut content, 0, &((TEXT + range.start) as u32).to_le_bytes());
        put(&mut content, 4, &((TEXT + range.end) as u32).to_le_bytes());
        content[8] = 100;
        put(&mut content, 200, &list);
        content[511] = 1;
        let at = main.len().next_multiple_of(512);
        put(&mut main, at, &content);
        let plc: Vec<u8> = [0, 1, (at / 512) as u32].iter().flat_map(|word| word.to_le_bytes()).collect();
        note(number, &plc, &mut main, &mut table);
    }
    compound(&[
        ("/WordDocument", &main),
        ("/1Table", &table),
        ("/\u{5}SummaryInformation", &summary(&[(4, "Erin Author"), (8, "Zoë Last")])),
    ])
}

#[test]
fn an_old_word_document_with_its_pieces_fields_cells_and_changes() {
    let first = b"Dear Ada, gone now\rname\x07born\x07\x07call \x13HYPERLINK \"mailto:bob@example.org\"\x14Bob\x15 at \x93home\x94\r";
    let away = first.windows(4).position(|w| w == b"gone").unwrap();
    let row = first.windows(2).position(|w| w == b"\x07\x07").unwrap() + 1;
    let found = taken("x.doc", &word(first, "and Žofie\u{1E}Anna\r", away..away + 5, row));
    assert!(found.unreadable.is_empty(), "{found:?}");
    let text = &found.documents[0].text;
    assert!(text.starts_with("Dear Ada, now\nname | born\ncall Bob at “home”\nand Žofie-Anna\n"), "{text}");
    for fact in [
        "Field: HYPERLINK \"mailto:bob@example.org\"",
        "Deleted: gone",
        "Changed by: Dan Smith",
        "Author: Erin Author",
        "Last changed by: Zoë Last",
    ] {
        assert!(text.contains(fact), "{fact}: {text}");
    }
}

#[test]
fn an_encrypted_old_document_is_named_as_such() {
    let mut main = vec![0; 0x600];
    put(&mut main, 0, &[0xEC, 0xA5, 0xC1, 0]);
    put(&mut main, 10, &[0, 3]);
    let found = taken("x.doc", &compound(&[("/WordDocument", &main)]));
    assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted"));
    let user = [&[0; 12][..], &0xF3D1_C4DF_u32.to_le_bytes(), &[0; 40]].concat();
    let found = taken("x.ppt", &compound(&[("/PowerPoint Document", &record(0, 0x0FA0, &wide("secret"))), ("/Current User", &user)]));
    assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted"));
}

fn record(head: u16, kind: u16, content: &[u8]) -> Vec<u8> {
    [&head.to_le_bytes()[..], &kind.to_le_bytes(), &(content.len() as u32).to_le_bytes(), content].concat()
}

/// A presentation of two slides, the second put in front, with an older edit behind it.
fn show() -> (Vec<u8>, u32) {
    let place = |id: u32| record(0, 0x03F3, &[id.to_le_bytes(), [0; 4], [0; 4], [0; 4]].concat());
    let outline = |text: &str| record(0, 0x0FA8, text.as_bytes());
    let list = |instance: u16, content: &[u8]| record(instance << 4 | 0x0F, 0x0FF0, content);
    let comment = record(
        0x0F,
        0x2EE0,
        &[record(0, 0x0FBA, &wide("Dan Smith")), record(0x10, 0x0FBA, &wide("ask Ada")), record(0x20, 0x0FBA, &wide("DS"))].concat(),
    );
    let link = record(0x0F, 0x0FD7, &record(0x10, 0x0FBA, &wide("mailto:bob@example.org")));
    let first = record(
        0x0F,
        0x03EE,
        &[record(0x0F, 0xF00C, &record(0, 0x0F9E, &0_u32.to_le_bytes())), record(0, 0x0FA0, &wide("in a box\rŽofie")), comment].concat(),
    );
    let second = record(0x0F, 0x03EE, &record(0, 0x0FA0, &wide("on the other slide")));
    let notes = record(0x0F, 0x03F0, &record(0, 0x0FA8, b"speak of Grace"));
    let slides = [place(3), outline("other title"), place(2), outline("the title"), outline("the points")].concat();
    let document = record(0x0F, 0x03E8, &[link, list(0, &slides), list(2, &place(4))].concat());
    let (mut stream, mut places) = (Vec::new(), Vec::new());
    for part in [&document, &first, &second, &notes] {
        places.push(stream.len() as u32);
        stream.extend(part);
    }
    let directory = stream.len() as u32;
    let head = 1 | (places.len() as u32) << 20;
    let words: Vec<u8> = [head].iter().chain(&places).flat_map(|word| word.to_le_bytes()).collect();
    stream.extend(record(0, 0x1772, &words));
    let edit = stream.len() as u32;
    let words: Vec<u8> = [0, 0, 0, directory, 1, 0, 0].iter().flat_map(|word: &u32| word.to_le_bytes()).collect();
    stream.extend(record(0, 0x0FF5, &words));
    (stream, edit)
}

#[test]
fn old_slides_come_in_their_order_with_notes_comments_and_links() {
    let (stream, edit) = show();
    let user = [&[0; 16][..], &edit.to_le_bytes()].concat();
    let found = taken("x.ppt", &compound(&[("/PowerPoint Document", &stream), ("/Current User", &user)]));
    let text = &found.documents[0].text;
    let expected = "other title\non the other slide\nthe title\nin a box\nŽofie\nask Ada\nthe points\nspeak of Grace\n";
    // The outline of the second slide is not named in its drawing: it stands behind it.
    let expected = expected.replacen("other title\non the other slide", "on the other slide\nother title", 1);
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.contains("Comment by: Dan Smith") && text.contains("Link: mailto:bob@example.org"), "{text}");
    // Without the list of places everything is still found.
    let found = taken("x.ppt", &compound(&[("/PowerPoint Document", &stream)]));
    for words in ["in a box", "on the other slide", "speak of Grace", "the title"] {
        assert!(found.documents[0].text.contains(words), "{words}: {found:?}");
    }
}
