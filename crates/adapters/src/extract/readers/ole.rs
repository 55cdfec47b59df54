//! A compound file (MS-CFB) looked at where it lies: a stream that stands in one piece is not
//! copied, and of one whose chain is damaged there is what can be reached.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// Numbers of sectors from here on mean something else than a sector.
const LAST: u32 = 0xFFFF_FFFA;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Bytes of a small sector.
const SMALL: usize = 64;
/// Sectors of the table that stand in the head of the file.
const IN_HEAD: usize = 109;

/// A storage (folder) or stream (file).
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    /// The number of the storage it lies in; the root is 0.
    pub(super) parent: usize,
    pub(super) is_stream: bool,
    first: u32,
    length: usize,
}

/// An opened file, or a storage in it that is looked at as one.
#[derive(Debug)]
pub(super) struct Ole<'a> {
    file: Rc<Sectors<'a>>,
    /// The root, then what lies in it, each storage in front of what it holds.
    pub(super) entries: Vec<Entry>,
}

/// What the streams of a file consist of.
#[derive(Debug)]
struct Sectors<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// Where the sectors of the table of chains are.
    table: Vec<u32>,
    small_table: Cow<'a, [u8]>,
    small: Cow<'a, [u8]>,
    cutoff: usize,
}

impl<'a> Ole<'a> {
    /// Opens it. `None` when it is none, or nothing in it can be reached.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return None;
        }
        let sector = if half(bytes, 30)? == 12 { 4_096 } else { 512 };
        let cutoff = word(bytes, 56)? as usize;
        let mut file = Sectors { bytes, sector, table: Vec::new(), small_table: Cow::Borrowed(&[]), small: Cow::Borrowed(&[]), cutoff };
        file.table = file.sectors_of_table()?;
        let directory = file.chain(word(bytes, 48)?, usize::MAX);
        let root = directory.get(..ENTRY)?;
        file.small_table = file.chain(word(bytes, 60)?, usize::MAX);
        file.small = file.chain(word(root, 116)?, word(root, 120)? as usize);
        Some(Self { file: Rc::new(file), entries: listed(&directory) })
    }

    /// What lies in the storage of this number, as a file of its own.
    pub(super) fn below(&self, storage: usize) -> Self {
        let mut places = HashMap::from([(storage, 0)]);
        let mut entries = vec![root()];
        for (number, entry) in self.entries.iter().enumerate().skip(storage + 1) {
            if let Some(parent) = places.get(&entry.parent).copied() {
                places.insert(number, entries.len());
                entries.push(Entry { parent, ..entry.clone() });
            }
        }
        Self { file: Rc::clone(&self.file), entries }
    }

    /// Bytes of all streams, none of them longer than the file.
    pub(super) fn size(&self) -> usize {
        let streams = self.entries.iter().filter(|entry| entry.is_stream);
        streams.fold(0, |sum, entry| sum.saturating_add(entry.length.min(self.file.bytes.len())))
    }

    /// The stream of this name right in the root.
    pub(super) fn stream(&self, name: &str) -> Option<Cow<'a, [u8]>> {
        self.content(self.entries.iter().find(|e| e.is_stream && e.parent == 0 && e.name.eq_ignore_ascii_case(name))?)
    }

    /// Whether there is one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.is_stream && e.parent == 0 && e.name.eq_ignore_ascii_case(name))
    }

    /// What a stream holds, or as much as there is of it. `None` when it is not empty and
    /// nothing can be reached.
    pub(super) fn content(&self, entry: &Entry) -> Option<Cow<'a, [u8]>> {
        let small = entry.length < self.file.cutoff;
        let content = if small { self.file.small_chain(entry.first, entry.length) } else { self.file.chain(entry.first, entry.length) };
        (entry.length == 0 || !content.is_empty()).then_some(content)
    }
}

impl<'a> Sectors<'a> {
    fn sectors_of_table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector;
        let used = |number: &u32| *number < LAST;
        let mut table: Vec<u32> = (0..IN_HEAD).map_while(|n| word(self.bytes, 76 + 4 * n)).filter(used).collect();
        let mut next = word(self.bytes, 68)?;
        // Further sectors hold the places of the rest, each the number of the next at its end.
        for _ in 0..most {
            let Some(sector) = self.at(next, 1).filter(|sector| sector.len() == self.sector) else { break };
            let (rest, last) = sector.split_at(self.sector - 4);
            table.extend(rest.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).filter(used));
            next = word(last, 0)?;
        }
        table.truncate(most.div_ceil(self.sector / 4) + 1);
        Some(table)
    }

    /// `count` sectors from this one on, fewer at the end of the file.
    fn at(&self, number: u32, count: usize) -> Option<&'a [u8]> {
        let start = (number < LAST).then(|| (number as usize + 1).checked_mul(self.sector))??;
        let rest = self.bytes.get(start..)?;
        rest.get(..rest.len().min(count.saturating_mul(self.sector)))
    }

    fn next(&self, number: u32) -> Option<u32> {
        let each = self.sector / 4;
        let sector = self.at(*self.table.get(number as usize / each)?, 1)?;
        word(sector, number as usize % each * 4).filter(|next| *next < LAST)
    }

    /// The sectors chained to the first, `length` bytes at most.
    fn chain(&self, first: u32, length: usize) -> Cow<'a, [u8]> {
        let most = self.bytes.len() / self.sector;
        let wanted = length.div_ceil(self.sector).min(most);
        let mut out: Cow<'a, [u8]> = Cow::Borrowed(&[]);
        let (mut at, mut taken) = (Some(first), 0);
        while let Some(start) = at.filter(|_| taken < wanted) {
            let (mut last, mut run) = (start, 1);
            at = self.next(last);
            while let Some(next) = at.filter(|next| last.checked_add(1) == Some(*next) && taken + run < wanted) {
                (last, run) = (next, run + 1);
                at = self.next(last);
            }
            taken += run;
            let Some(piece) = self.at(start, run) else { break };
            if out.is_empty() {
                out = Cow::Borrowed(piece);
            } else {
                out.to_mut().extend_from_slice(piece);
            }
        }
        cut(out, length)
    }

    fn small_chain(&self, first: u32, length: usize) -> Cow<'a, [u8]> {
        let mut out = Vec::with_capacity(length.min(self.small.len()));
        let mut at = first;
        for _ in 0..length.div_ceil(SMALL).min(self.small.len() / SMALL + 1) {
            let start = (at as usize).saturating_mul(SMALL);
            let Some(rest) = self.small.get(start..) else { break };
            out.extend_from_slice(rest.get(..SMALL.min(rest.len())).unwrap_or_default());
            at = word(&self.small_table, at as usize * 4).unwrap_or(u32::MAX);
        }
        out.truncate(length);
        Cow::Owned(out)
    }
}

/// The names of the streams that make a compound file what it is: those right in it, and of a message in a storage of its own, its head.
/// `None` when it cannot be opened, or holds none.
pub(crate) fn stream_names(bytes: &[u8]) -> Option<Vec<String>> {
    let file = Ole::open(bytes)?;
    let tells = |entry: &&Entry| {
        let in_root = file.entries.get(entry.parent).is_some_and(|storage| storage.parent == 0);
        entry.is_stream && (entry.parent == 0 || (in_root && entry.name.starts_with("__properties_")))
    };
    let names: Vec<String> = file.entries.iter().filter(tells).map(|entry| entry.name.clone()).collect();
    (!names.is_empty()).then_some(names)
}

fn cut(bytes: Cow<'_, [u8]>, length: usize) -> Cow<'_, [u8]> {
    match bytes {
        Cow::Borrowed(piece) => Cow::Borrowed(piece.get(..length).unwrap_or(piece)),
        Cow::Owned(mut whole) => {
            whole.truncate(length);
            Cow::Owned(whole)
        }
    }
}

const fn root() -> Entry {
    Entry { name: String::new(), parent: 0, is_stream: false, first: 0, length: 0 }
}

/// The entries of a directory: each storage holds a tree, left, itself, right.
fn listed(directory: &[u8]) -> Vec<Entry> {
    let records = directory.as_chunks::<ENTRY>().0;
    let mut seen = vec![false; records.len()];
    let mut entries = vec![root()];
    let Some(root) = records.first() else { return entries };
    let mut storages = VecDeque::from([(0, word(root, 76).unwrap_or(u32::MAX))]);
    while let Some((parent, top)) = storages.pop_front() {
        // (number, whether its left side was seen to)
        let mut waiting = vec![(top, false)];
        while let Some((number, ready)) = waiting.pop() {
            let (Some(record), Some(seen)) = (records.get(number as usize), seen.get_mut(number as usize)) else { continue };
            if !ready {
                if std::mem::replace(seen, true) {
                    continue;
                }
                waiting.extend([(number, true), (word(record, 68).unwrap_or(u32::MAX), false)]);
                continue;
            }
            waiting.push((word(record, 72).unwrap_or(u32::MAX), false));
            let kind = record.get(66).copied().unwrap_or_default();
            if !matches!(kind, 1 | 2) {
                continue;
            }
            if kind == 1 {
                storages.push_back((entries.len(), word(record, 76).unwrap_or(u32::MAX)));
            }
            entries.push(Entry {
                name: name(record),
                parent,
                is_stream: kind == 2,
                first: word(record, 116).unwrap_or(u32::MAX),
                length: word(record, 120).unwrap_or_default() as usize,
            });
        }
    }
    entries
}

fn name(record: &[u8; ENTRY]) -> String {
    let length = usize::from(half(record, 64).unwrap_or_default()).saturating_sub(2).min(62);
    super::wide(record.get(..length).unwrap_or_default())
}

/// Two bytes as a number, the low one first.
pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk::<2>()?))
}

/// Four bytes as a number, the low one first.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk::<4>()?))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use cfb::{CompoundFile, Version};

    use super::*;

    #[test]
    fn reads_what_another_program_wrote() {
        for version in [Version::V3, Version::V4] {
            let mut file = CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
            let contents: Vec<(String, Vec<u8>)> =
                (0..40_usize).map(|n| (format!("stream {n}"), (0..n * 331).map(|at| (at * 7 + n) as u8).collect())).collect();
            file.create_storage("/inner").unwrap();
            // Written in turns, so that their sectors lie between each other.
            for (name, _) in &contents {
                file.create_stream(format!("/inner/{name}")).unwrap();
            }
            for turn in 0..3 {
                for (name, bytes) in &contents {
                    let third = bytes.len().div_ceil(3);
                    let piece = &bytes[(turn * third).min(bytes.len())..((turn + 1) * third).min(bytes.len())];
                    let mut stream = file.open_stream(format!("/inner/{name}")).unwrap();
                    std::io::Seek::seek(&mut stream, std::io::SeekFrom::End(0)).unwrap();
                    stream.write_all(piece).unwrap();
                }
            }
            file.flush().unwrap();
            let bytes = file.into_inner().into_inner();
            let ole = Ole::open(&bytes).unwrap();
            for (name, content) in &contents {
                let entry = ole.entries.iter().find(|entry| entry.name == *name).unwrap();
                assert_eq!(ole.entries[entry.parent].name, "inner");
                assert_eq!(ole.content(entry).unwrap().as_ref(), content.as_slice(), "{name}");
            }
            let storage = ole.entries.iter().position(|entry| entry.name == "inner").unwrap();
            let inner = ole.below(storage);
            assert_eq!(inner.size(), contents.iter().map(|(_, content)| content.len()).sum::<usize>());
            for (name, content) in &contents {
                assert_eq!((ole.has(name), inner.stream(name).unwrap().as_ref()), (false, content.as_slice()), "{name}");
            }
        }
    }

    #[test]
    fn chains_without_end_are_followed_no_further_than_the_file() {
        let mut bytes = vec![0; 512 * 6];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        bytes[30] = 9;
        bytes[56..60].copy_from_slice(&4_096_u32.to_le_bytes());
        bytes[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
        // The table is in sector 0; every sector is followed by sector 1.
        bytes[76..508].fill(0xFF);
        bytes[76..80].fill(0);
        bytes[512..1024].as_chunks_mut::<4>().0.iter_mut().for_each(|next| *next = 1_u32.to_le_bytes());
        let ole = Ole::open(&bytes).unwrap();
        assert!(ole.file.chain(1, usize::MAX).len() <= bytes.len());
        assert!(Ole::open(&bytes[..600]).is_none_or(|ole| ole.entries.len() == 1));
    }
}
