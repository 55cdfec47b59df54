//! The parts of a package where they lie: the directory of an ordinary zip is read in place, and each part is unpacked in one step. What
//! is not ordinary (locked, larger than 4 GB, behind something else, with names of other character sets or one name twice, damaged) is
//! left to the library.

use std::borrow::Cow;

use super::ole::{half, word};
use crate::extract::inflate;

/// Bytes of the end of the directory, of an entry and of the head of a part, each without what has a length of its own.
const END: usize = 22;
const ENTRY: usize = 46;
const HEAD: usize = 30;
/// Flags of parts that are encrypted, in either way, or whose names are.
const LOCKED: u16 = 1 | 1 << 6 | 1 << 13;
/// Flag of names in UTF-8.
const UTF_8: u16 = 1 << 11;
/// Additions to an entry that change what it says: larger sizes, encryption, another name.
const CHANGES: &[u16] = &[0x0001, 0x9901, 0x7075];
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A part, as the directory tells of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'b> {
    name: &'b str,
    method: u16,
    /// CRC-32 of what it unpacks to.
    pub(super) sum: u32,
    /// Bytes in the file.
    pub(super) packed: u32,
    /// Bytes it unpacks to.
    pub(super) length: u32,
    offset: u32,
}

/// All parts.
#[derive(Debug)]
pub(super) struct Parts<'b> {
    bytes: &'b [u8],
    /// By name.
    parts: Vec<Part<'b>>,
}

impl<'b> Parts<'b> {
    /// Reads the directory, and hands over the names in its order. `None` when anything about it is not ordinary.
    pub(super) fn of(bytes: &'b [u8]) -> Option<(Self, Vec<&'b str>)> {
        let end = bytes.len().checked_sub(END)?;
        let tail = bytes.get(end..).filter(|tail| tail.starts_with(b"PK\x05\x06"))?;
        let (count, size, start) = (half(tail, 10)?, word(tail, 12)? as usize, word(tail, 16)? as usize);
        if word(tail, 4)? != 0 || half(tail, 8)? != count || half(tail, 20)? != 0 || start.checked_add(size)? != end {
            return None;
        }
        let mut rest = bytes.get(start..end)?;
        let mut parts = Vec::with_capacity(usize::from(count).min(size / ENTRY));
        for _ in 0..count {
            let (part, after) = Part::of(rest)?;
            parts.push(part);
            rest = after;
        }
        let names = parts.iter().map(|part| part.name).collect();
        parts.sort_unstable_by_key(|part| part.name);
        let twice = parts.windows(2).any(|pair| matches!(pair, [one, other] if one.name == other.name));
        (rest.is_empty() && !twice).then_some((Self { bytes, parts }, names))
    }

    /// The part of this name.
    pub(super) fn get(&self, name: &str) -> Option<Part<'b>> {
        let at = self.parts.binary_search_by_key(&name, |part| part.name).ok()?;
        self.parts.get(at).copied()
    }

    /// What a part unpacks to. `None` when it is damaged.
    pub(super) fn unpacked(&self, part: Part<'b>) -> Option<Cow<'b, [u8]>> {
        let packed = self.packed(part)?;
        match part.method {
            STORED => (packed.len() == part.length as usize && inflate::sum(packed) == part.sum).then_some(Cow::Borrowed(packed)),
            _ => inflate::whole(packed, part.length as usize, part.sum).map(Cow::Owned),
        }
    }

    /// The first bytes of what it unpacks to, `most` at most. `None` when these are damaged.
    pub(super) fn beginning(&self, part: Part<'b>, most: usize) -> Option<Cow<'b, [u8]>> {
        let packed = self.packed(part)?;
        match part.method {
            STORED => Some(Cow::Borrowed(packed.get(..most).unwrap_or(packed))),
            _ => inflate::beginning(packed, most).map(Cow::Owned),
        }
    }

    fn packed(&self, part: Part<'b>) -> Option<&'b [u8]> {
        let whole = self.bytes.get(part.offset as usize..).filter(|rest| rest.starts_with(b"PK\x03\x04"))?;
        let head = HEAD + usize::from(half(whole, 26)?) + usize::from(half(whole, 28)?);
        whole.get(head..)?.get(..part.packed as usize)
    }
}

impl<'b> Part<'b> {
    /// The first of these entries, and those behind it.
    fn of(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        if !bytes.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (flags, method) = (half(bytes, 8)?, half(bytes, 10)?);
        let (name, rest) = bytes.get(ENTRY..)?.split_at_checked(usize::from(half(bytes, 28)?))?;
        let (additions, rest) = rest.split_at_checked(usize::from(half(bytes, 30)?))?;
        let rest = rest.get(usize::from(half(bytes, 32)?)..)?;
        let part = Self {
            name: std::str::from_utf8(name).ok()?,
            method,
            sum: word(bytes, 16)?,
            packed: word(bytes, 20)?,
            length: word(bytes, 24)?,
            offset: word(bytes, 42)?,
        };
        let plain = flags & LOCKED == 0 && matches!(method, STORED | DEFLATED) && (flags & UTF_8 != 0 || name.is_ascii());
        let small = [part.packed, part.length, part.offset].iter().all(|number| *number != u32::MAX);
        (plain && small && says_the_same(additions)).then_some((part, rest))
    }
}

/// Whether additions are well-formed and leave an entry as it is.
fn says_the_same(mut additions: &[u8]) -> bool {
    while !additions.is_empty() {
        let behind = half(additions, 2).and_then(|length| additions.get(4 + usize::from(length)..));
        match (half(additions, 0), behind) {
            (Some(kind), Some(behind)) if !CHANGES.contains(&kind) => additions = behind,
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _, Write as _};

    use ::zip::write::SimpleFileOptions;
    use ::zip::{CompressionMethod, ZipArchive, ZipWriter};
    use proptest::prelude::*;

    use super::*;

    fn archive(members: &[(String, Vec<u8>, bool)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content, packed) in members {
            let method = if *packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
            // A name that is there twice is left out the second time.
            if writer.start_file(name, SimpleFileOptions::default().compression_method(method)).is_ok() {
                writer.write_all(content).unwrap();
            }
        }
        writer.finish().unwrap().into_inner()
    }

    fn members() -> impl Strategy<Value = Vec<(String, Vec<u8>, bool)>> {
        prop::collection::vec(("[a-cé/]{1,4}", prop::collection::vec(0_u8..9, 0..2_000), any::<bool>()), 0..6)
    }

    proptest! {
        #[test]
        fn it_says_what_the_library_says(members in members()) {
            let bytes = archive(&members);
            let mut library = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
            let (parts, names) = Parts::of(&bytes).unwrap();
            prop_assert_eq!(&names, &library.file_names().collect::<Vec<_>>());
            for name in names {
                let mut content = Vec::new();
                let mut member = library.by_name(name).unwrap();
                member.read_to_end(&mut content).unwrap();
                let part = parts.get(name).unwrap();
                prop_assert_eq!((part.sum, u64::from(part.packed), u64::from(part.length)), (member.crc32(), member.compressed_size(), member.size()));
                prop_assert_eq!(parts.unpacked(part).unwrap(), content.clone());
                prop_assert_eq!(parts.beginning(part, 700).unwrap(), content[..content.len().min(700)].to_vec());
            }
            prop_assert!(parts.get("none").is_none());
        }

        #[test]
        fn of_what_is_spoilt_it_says_nothing_else_than_the_library(members in members(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut bytes = archive(&members);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Some((parts, names)) = Parts::of(&bytes) {
                let mut library = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
                prop_assert_eq!(&names, &library.file_names().collect::<Vec<_>>());
                for name in names {
                    if let Some(found) = parts.unpacked(parts.get(name).unwrap()) {
                        let mut content = Vec::new();
                        library.by_name(name).unwrap().read_to_end(&mut content).unwrap();
                        prop_assert_eq!(found, content);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_ordinary_is_left_to_the_library() {
        let whole = archive(&[("a.xml".into(), b"text".repeat(40), true)]);
        assert!(Parts::of(&whole).is_some());
        assert!(Parts::of(b"").is_none());
        assert!(Parts::of(&whole[1..]).is_none());
        assert!(Parts::of(&[&b"before"[..], &whole].concat()).is_none());
        assert!(Parts::of(&[&whole, &b"\0"[..]].concat()).is_none());
        let entry = memchr::memmem::rfind(&whole, b"PK\x01\x02").unwrap();
        for (place, value) in [(8, 1), (10, 9), (20, 0xFF), (46, 0xE9)] {
            let mut odd = whole.clone();
            odd[entry + place] = value;
            if place == 20 {
                odd[entry + 20..entry + 24].fill(value);
            }
            assert!(Parts::of(&odd).is_none(), "{place}");
        }
    }

    #[test]
    fn additions_that_change_an_entry_are_known() {
        assert!(says_the_same(b"") && says_the_same(b"UT\x05\0abcde\x0a\0\0\0"));
        for changed in [&b"\x01\0\x01\0a"[..], b"UT\x01\0a\x75\x70\0\0", b"UT\x05\0abcd", b"U"] {
            assert!(!says_the_same(changed), "{changed:?}");
        }
    }
}
