//! Archives other than zip: gzip and tar are unpacked; of the others it is said what they are.

use flate2::read::MultiGzDecoder;

use crate::extract::charset::lenient;
use crate::extract::extension;
use crate::extract::taking::{Item, Reason, Taking};

const BLOCK: usize = 512;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let starts = |mark: &[u8]| item.bytes.starts_with(mark);
    match () {
        () if starts(b"\x1F\x8B") => gzip(taking, item),
        () if item.bytes.get(257..262) == Some(b"ustar") => tar(taking, item.bytes),
        () if starts(b"BZh") => Err("a bzip2 archive, which is not read; unpack it and search what was in it".into()),
        () if starts(b"7z") => Err("a 7z archive, which is not read; unpack it and search what was in it".into()),
        () if starts(b"Rar!") => Err("a RAR archive, which is not read; unpack it and search what was in it".into()),
        () if starts(b"\xFD7zXZ") => Err("an XZ archive, which is not read; unpack it and search what was in it".into()),
        () => Err("an archive that is not read; unpack it and search what was in it".into()),
    }
}

fn gzip(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let bytes = taking.unpack(item.bytes.len() as u64, MultiGzDecoder::new(item.bytes))?;
    let stem = |letters: usize| item.name.get(..item.name.len().saturating_sub(letters)).unwrap_or_default();
    let name = match extension(item.name).as_str() {
        "tgz" => format!("{}.tar", stem(4)),
        "gz" => stem(3).to_owned(),
        _ => item.name.to_owned(),
    };
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    taking.child(1, Item { name, bytes: &bytes });
    Ok(())
}

/// A tar: a block that names a file and its length, then the file, in blocks of 512 bytes.
fn tar(taking: &mut Taking<'_>, bytes: &[u8]) -> Result<(), Reason> {
    let (mut rest, mut number, mut long) = (bytes, 0, None);
    while let Some((head, after)) = rest.split_at_checked(BLOCK) {
        if head.iter().all(|byte| *byte == 0) {
            break;
        }
        let length = length(head.get(124..136).unwrap_or_default()).ok_or("is damaged or cut off")?;
        let Some(content) = after.get(..length) else {
            number += 1;
            let name = long.take().unwrap_or_else(|| name(head));
            taking.unreadable_child(number, &name, "is cut off; what there is of it was read");
            taking.child(number, Item { name: &name, bytes: after });
            return Ok(());
        };
        rest = after.get(length.next_multiple_of(BLOCK).min(after.len())..).unwrap_or_default();
        match head.get(156) {
            Some(b'L') => long = Some(text(content)),
            Some(b'x') => long = pax_name(content).or(long),
            Some(b'0' | 0 | b'7') if taking.has_room() => {
                number += 1;
                let name = long.take().unwrap_or_else(|| name(head));
                taking.child(number, Item { name: name.trim_end_matches('/'), bytes: content });
            }
            // Folders, links and devices hold nothing.
            _ => long = None,
        }
    }
    if number == 0 { Err("an archive without a file in it".into()) } else { Ok(()) }
}

fn text(bytes: &[u8]) -> String {
    lenient(bytes.split(|b| *b == 0).next().unwrap_or_default()).into_owned()
}

fn name(head: &[u8]) -> String {
    let (name, prefix) = (text(head.get(..100).unwrap_or_default()), text(head.get(345..500).unwrap_or_default()));
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// A length: octal digits, or (first bit set) a binary number.
fn length(field: &[u8]) -> Option<usize> {
    let (first, rest) = field.split_first()?;
    if *first & 0x80 != 0 {
        return rest.iter().try_fold(usize::from(first & 0x7F), |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)));
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() { Some(0) } else { usize::from_str_radix(digits, 8).ok() }
}

/// The file name among the records `length key=value` that stand before a file.
fn pax_name(content: &[u8]) -> Option<String> {
    let text = lenient(content);
    text.lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()))
}
