//! A tar that is larger than one item may be (a Google Takeout comes as `.tgz`): its files one after another, read in one pass, the messages
//! of mailboxes in it as items of their own.

use std::io::{self, BufReader, Cursor, Read};

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use services::ports::{Mark, Part, SourceItem, Start, Walker};

use super::scratch::{Scratch, Unkept};
use super::{Settings, entry, mbox, pst};
use crate::extract::tar::{BLOCK, Head, pax_name, text};

/// Bytes of the longest name that stands in a block of its own.
const NAME: u64 = 64 << 10;
const CUT: &str = "is damaged or cut off; what stands before was read";

/// How a tar is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Not,
    Gzip,
    Bzip,
    Xz,
}

/// Whether a file is a tar, by its name and first bytes.
pub(super) fn is_one(name: &str, head: &[u8]) -> Option<Packed> {
    let name = name.to_ascii_lowercase();
    let called = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match head {
        [0x1F, 0x8B, ..] if called(&[".tgz", ".tar.gz"]) => Some(Packed::Gzip),
        [b'B', b'Z', b'h', ..] if called(&[".tbz", ".tbz2", ".tar.bz2"]) => Some(Packed::Bzip),
        [0xFD, b'7', b'z', b'X', b'Z', ..] if called(&[".txz", ".tar.xz"]) => Some(Packed::Xz),
        _ if head.get(257..262) == Some(b"ustar") => Some(Packed::Not),
        _ => None,
    }
}

/// Hands over all files of a tar behind a mark; `false` when told to stop.
pub(super) fn members(file: impl Read, packed: Packed, locator: &str, settings: Settings, from: Mark, visit: &mut dyn Walker) -> bool {
    let file = BufReader::new(file);
    let stream: Box<dyn Read + '_> = match packed {
        Packed::Not => Box::new(file),
        Packed::Gzip => Box::new(MultiGzDecoder::new(file)),
        Packed::Bzip => Box::new(MultiBzDecoder::new(file)),
        Packed::Xz => Box::new(XzReader::new_mem_limit(file, true, crate::extract::LOOK_BACK)),
    };
    let mut files =
        Files { stream: stream.take(entry::UNPACKED), locator, settings, visit: Behind { from: from.number, number: 0, visit } };
    files.all()
}

struct Files<'a> {
    stream: io::Take<Box<dyn Read + 'a>>,
    locator: &'a str,
    settings: Settings,
    visit: Behind<'a>,
}

impl Files<'_> {
    fn all(&mut self) -> bool {
        let mut long = None;
        loop {
            let mut head = Vec::with_capacity(BLOCK);
            let read = self.stream.by_ref().take(BLOCK as u64).read_to_end(&mut head);
            let head = Head(&head);
            match (read, head.is_end()) {
                (Ok(0), _) | (Ok(BLOCK), true) => return true,
                (Ok(BLOCK), false) => {}
                _ => return self.broken(),
            }
            let Some(length) = head.length().map(|length| length as u64) else { return self.broken() };
            let end = self.stream.limit().checked_sub(length.next_multiple_of(BLOCK as u64));
            let Some(end) = end else { return self.broken() };
            match head.kind() {
                Some(kind @ (b'L' | b'x')) => {
                    let mut content = Vec::new();
                    // What cannot be read fails at the next head.
                    let _ = self.stream.by_ref().take(length.min(NAME)).read_to_end(&mut content);
                    long = if kind == b'L' { Some(text(&content)) } else { pax_name(&content).or(long) };
                }
                Some(b'0' | 0 | b'7') => {
                    let name = long.take().unwrap_or_else(|| head.name());
                    if !self.file(name.trim_end_matches('/'), length) {
                        return false;
                    }
                }
                // Folders, links and devices hold nothing.
                _ => long = None,
            }
            let left = self.stream.limit().saturating_sub(end);
            let skipped = io::copy(&mut self.stream.by_ref().take(left), &mut io::sink());
            if !skipped.is_ok_and(|skipped| skipped == left) {
                return self.broken();
            }
        }
    }

    fn broken(&mut self) -> bool {
        self.visit.item(entry::failed(self.locator, CUT), entry::ONE)
    }

    fn file(&mut self, path: &str, length: u64) -> bool {
        let (locator, name) = (format!("{}!{path}", self.locator), path.rsplit('/').next().unwrap_or_default());
        let mut content = self.stream.by_ref().take(length);
        let mut head = Vec::new();
        if content.by_ref().take(512).read_to_end(&mut head).is_err() {
            return self.visit.item(entry::failed(&locator, entry::DAMAGED), entry::ONE);
        }
        let (mailbox, outlook) = (mbox::is_mbox(name, &head), pst::is_pst(&head));
        let whole = Cursor::new(head).chain(content);
        if mailbox {
            return mbox::messages(whole, &locator, self.settings, Mark::default(), &mut self.visit);
        }
        if outlook {
            return match Scratch::of(whole) {
                Ok(scratch) => pst::messages(scratch, &locator, self.settings, Mark::default(), &mut self.visit),
                Err(Unkept::Stream) => self.visit.item(entry::failed(&locator, entry::DAMAGED), entry::ONE),
                Err(Unkept::Here(reason)) => self.visit.item(entry::failed(&locator, reason), None),
            };
        }
        let item = match entry::take(whole, length, self.settings.item) {
            Ok((bytes, truncated_from)) => SourceItem { locator, name: name.to_owned(), bytes: Ok(bytes), truncated_from },
            Err(_) => entry::failed(&locator, entry::DAMAGED),
        };
        self.visit.item(item, entry::ONE)
    }
}

/// Hands on what stands behind a mark, and counts on over all files.
struct Behind<'a> {
    from: u64,
    number: u64,
    visit: &'a mut dyn Walker,
}

impl Walker for Behind<'_> {
    fn begin(&mut self, _: Part<'_>) -> Start {
        Start::Beginning
    }

    fn knows(&self, _: Part<'_>) -> bool {
        false
    }

    fn item(&mut self, item: SourceItem, mark: Option<Mark>) -> bool {
        self.number += 1;
        self.number <= self.from || self.visit.item(item, mark.map(|_| Mark { number: self.number, at: 0 }))
    }

    fn end(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use services::ports::Sources as _;

    use super::super::{AllSources, Settings};

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, bytes) in files {
            let mut head = [0; 512];
            head[..name.len()].copy_from_slice(name.as_bytes());
            head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            head[156] = b'0';
            head[257..262].copy_from_slice(b"ustar");
            out.extend(head);
            out.extend(*bytes);
            out.resize(out.len().next_multiple_of(512), 0);
        }
        out.resize(out.len() + 1024, 0);
        out
    }

    const MBOX: &[u8] = b"From a@x.example Mon Nov  2 10:00:00 2026\nSubject: one\n\nfirst\n\nFrom b@x.example Tue Nov  3 10:00:00 2026\nSubject: two\n\nlast\n";

    fn found(name: &str, bytes: &[u8]) -> Vec<(String, Result<Vec<u8>, String>)> {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(name), bytes).unwrap();
        let all = AllSources { settings: Settings { item: 300 }, ..AllSources::default() };
        let mut found = Vec::new();
        let mut take = |item: services::ports::SourceItem| {
            found.push((item.locator, item.bytes));
            true
        };
        all.open(&home.path().join(name)).unwrap().items(&mut take).unwrap();
        found
    }

    #[test]
    fn a_large_tar_is_read_file_by_file() {
        let pst = testkit::small::small("pst").remove(0);
        let whole = tar(&[("Takeout/Mail/All.mbox", MBOX), ("a.txt", b"one"), ("old.pst", &pst), ("z.txt", b"end")]);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&whole).unwrap();
        let noise: Vec<u8> = (0..999_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let large = tar(&[("a.txt", b"one"), ("noise.bin", &noise)]);
        let expected = [
            "Takeout/Mail/All.mbox#1",
            "Takeout/Mail/All.mbox#2",
            "a.txt",
            "old.pst!Inbox/200024.eml",
            "old.pst!Inbox/Old_er/200004.eml",
            "z.txt",
        ];
        for (name, bytes) in [("takeout.tar", whole.clone()), ("takeout.tgz", packed.finish().unwrap())] {
            let locators: Vec<String> = found(name, &bytes).into_iter().map(|(locator, _)| locator).collect();
            assert_eq!(locators, expected.map(|file| format!("{name}!{file}")));
        }
        assert_eq!(found("b.tar", &large)[0], ("b.tar!a.txt".to_owned(), Ok(b"one".to_vec())));
    }

    #[test]
    fn what_is_cut_off_is_listed() {
        let whole = tar(&[("a.txt", b"one"), ("b.txt", &[b'x'; 700])]);
        let found = found("a.tar", &whole[..whole.len() - 1700]);
        assert_eq!(found[0], ("a.tar!a.txt".to_owned(), Ok(b"one".to_vec())));
        assert!(found.last().unwrap().1.is_err(), "{found:?}");
    }
}
