//! Tables of dBase, `FoxPro` and the programs that still write them (DBF): a line a row, the rows that were struck out
//! too, which the file keeps.

use finder::document::{DocumentKind, PartKind};

use super::narrow;
use super::ole::{half, word};
use crate::extract::READ_IN_PART;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

/// Bytes of the head of a table, and of the head of a column.
const HEAD: usize = 32;
/// Code pages by the number that stands for them in a table.
const PAGES: &[(u8, u32)] = &[
    (0x03, 1_252),
    (0x04, 10_000),
    (0x57, 1_252),
    (0x64, 852),
    (0x65, 866),
    (0x7A, 936),
    (0x7B, 932),
    (0x7C, 874),
    (0x78, 950),
    (0x79, 949),
    (0xC8, 1_250),
    (0xC9, 1_251),
    (0xCA, 1_254),
    (0xCB, 1_253),
];

/// Whether the bytes begin like a table.
pub(crate) fn is_table(bytes: &[u8]) -> bool {
    let known = matches!(bytes.first(), Some(0x02..=0x05 | 0x30..=0x32 | 0x43 | 0x63 | 0x83 | 0x8B | 0x8E | 0xCB | 0xF5 | 0xFB));
    let (head, row) = (half(bytes, 8).unwrap_or_default(), half(bytes, 10).unwrap_or_default());
    let day = matches!(bytes.get(2..4), Some([0..=12, 0..=31]));
    known && day && usize::from(head) > HEAD && row > 1 && usize::from(head) <= bytes.len() && !columns(bytes).is_empty()
}

/// The same whatever its file is called: the columns are as long together as a row is said to be.
pub(crate) fn is_whole_table(bytes: &[u8]) -> bool {
    let row = half(bytes, 10).map_or(0, usize::from);
    is_table(bytes) && columns(bytes).iter().map(|column| column.length).sum::<usize>() + 1 == row
}

struct Column {
    name: String,
    kind: u8,
    length: usize,
}

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let bytes = item.bytes;
    let (count, head, row) =
        word(bytes, 4).zip(half(bytes, 8)).zip(half(bytes, 10)).map(|((a, b), c)| (a, b, c)).ok_or("is damaged or cut off")?;
    let (columns, row) = (columns(bytes), usize::from(row));
    if columns.is_empty() || row < 2 {
        return Err("is damaged or cut off".into());
    }
    let page = bytes.get(29).and_then(|mark| PAGES.iter().find(|(known, _)| known == mark)).map(|(_, page)| *page);
    let rows = bytes.get(usize::from(head)..).unwrap_or_default();
    let mut writing = Writing::sized(rows.len());
    let (mut read, mut struck) = (0_u32, String::new());
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    writing.part(PartKind::Body, |out| {
        out.extend([names.join(" | ").as_str(), "\n"]);
        for bytes in rows.chunks(row).take_while(|bytes| matches!(bytes.first(), Some(b' ' | b'*'))) {
            read = read.saturating_add(u32::from(bytes.len() == row));
            let (mark, cells) = bytes.split_first().unwrap_or((&b' ', &[]));
            line(if *mark == b'*' { &mut struck } else { &mut *out }, &columns, cells, page);
        }
    });
    if !struck.is_empty() {
        writing.part(PartKind::Metadata, |out| out.extend(["Struck out:\n", &struck]));
    }
    taking.document(About { kind: DocumentKind::Sheet, title: String::new(), date: None }, item, writing);
    if read < count {
        taking.unreadable(READ_IN_PART);
    }
    if columns.iter().any(|column| column.kind == b'M') {
        taking.unreadable("has long notes in a file beside it (DBT or FPT), which are not read");
    }
    Ok(())
}

fn columns(bytes: &[u8]) -> Vec<Column> {
    let end = half(bytes, 8).map_or(0, usize::from).min(bytes.len());
    let heads = bytes.get(HEAD..end).unwrap_or_default().as_chunks::<HEAD>().0;
    heads
        .iter()
        .take_while(|head| head.first().is_some_and(|first| first.is_ascii_alphanumeric() || *first == b'_' || *first >= 0x80))
        .filter_map(|head| {
            let name = head.get(..11)?.split(|byte| *byte == 0).next()?;
            Some(Column { name: narrow(name, None), kind: *head.get(11)?, length: usize::from(*head.get(16)?) })
        })
        .collect()
}

fn line(out: &mut String, columns: &[Column], mut cells: &[u8], page: Option<u32>) {
    for (number, column) in columns.iter().enumerate() {
        let (cell, rest) = cells.split_at_checked(column.length).unwrap_or((cells, &[]));
        cells = rest;
        out.push_str(if number > 0 { " | " } else { "" });
        match (column.kind, cell) {
            (b'D', [y1, y2, y3, y4, m1, m2, d1, d2]) if cell.iter().all(u8::is_ascii_digit) => {
                out.extend([d1, d2, &b'/', m1, m2, &b'/', y1, y2, y3, y4].map(|byte| char::from(*byte)));
            }
            (b'I' | b'+', _) => out.extend(cell.first_chunk::<4>().map(|four| i32::from_le_bytes(*four).to_string())),
            (b'B' | b'O', _) => out.extend(cell.first_chunk::<8>().map(|eight| f64::from_le_bytes(*eight).to_string())),
            (b'M' | b'G' | b'P' | b'0' | b'T' | b'@' | b'Y', _) => {}
            _ => out.push_str(narrow(cell, page).replace(['\n', '\r', '\0'], " ").trim()),
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    /// A table of names, days and whole numbers.
    fn table(rows: &[(u8, &[u8], &[u8])]) -> Vec<u8> {
        let columns: [(&[u8], u8, u8); 3] = [(b"NAME", b'C', 12), (b"BORN", b'D', 8), (b"N", b'N', 3)];
        let mut out = vec![3, 126, 11, 2];
        out.extend((rows.len() as u32).to_le_bytes());
        out.extend([129, 0, 24, 0]);
        out.resize(32, 0);
        out[29] = 0xC8;
        for (name, kind, length) in columns {
            let mut head = [0; 32];
            head[..name.len()].copy_from_slice(name);
            (head[11], head[16]) = (kind, length);
            out.extend(head);
        }
        out.push(b'\r');
        for (mark, name, day) in rows {
            out.push(*mark);
            out.extend(*name);
            out.extend(std::iter::repeat_n(b' ', 12 - name.len()));
            out.extend(*day);
            out.extend(b"  7");
        }
        out.push(0x1A);
        out
    }

    #[test]
    fn rows_are_lines_and_those_struck_out_are_kept() {
        let whole = table(&[(b' ', b"Ada Example", b"19850412"), (b'*', b"Grace", b"        "), (b' ', b"\x8Eofie", b"20010203")]);
        let found = taken("a.dbf", &whole);
        let expected = "NAME | BORN | N\nAda Example | 12/04/1985 | 7\nŽofie | 03/02/2001 | 7\nStruck out:\nGrace |  | 7\n";
        assert_eq!((found.documents[0].text.as_str(), found.unreadable.len()), (expected, 0));
        for cut in 0..whole.len() - 1 {
            let found = taken("a.dbf", &whole[..cut]);
            assert!(cut == 0 || !found.unreadable.is_empty(), "{cut}: {found:?}");
        }
    }
}
