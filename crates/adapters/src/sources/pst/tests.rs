//! A small Outlook data file is built here as the specification says, and read back.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use services::ports::{SourceItem, Sources};

use super::super::AllSources;

const PAGE: usize = 512;

/// A file under construction: blocks behind the head, then one page for each tree.
#[derive(Default)]
struct Builder {
    bytes: Vec<u8>,
    blocks: Vec<(u64, u64, u16)>,
    nodes: Vec<(u32, u64, u64, u32)>,
}

impl Builder {
    fn new() -> Self {
        Self { bytes: vec![0; 564], ..Self::default() }
    }

    fn block(&mut self, internal: bool, content: &[u8]) -> u64 {
        let id = (self.blocks.len() as u64 + 1) * 4 + if internal { 2 } else { 0 };
        self.blocks.push((id, self.bytes.len() as u64, content.len() as u16));
        self.bytes.extend(content);
        id
    }

    /// The tree of what belongs to a node.
    fn below(&mut self, nodes: &[(u32, u64, u64)]) -> u64 {
        let mut content = vec![2, 0, nodes.len() as u8, 0, 0, 0, 0, 0];
        for (id, data, below) in nodes {
            content.extend(u64::from(*id).to_le_bytes());
            content.extend(data.to_le_bytes());
            content.extend(below.to_le_bytes());
        }
        self.block(true, &content)
    }

    fn finish(mut self) -> Vec<u8> {
        self.blocks.sort_unstable();
        self.nodes.sort_unstable();
        let mut page = |entries: Vec<Vec<u8>>| {
            let place = self.bytes.len() as u64;
            let (count, length) = (entries.len() as u8, entries[0].len() as u8);
            let mut content = entries.concat();
            assert!(content.len() <= 488);
            content.resize(488, 0);
            content.extend([count, count, length, 0]);
            content.resize(PAGE, 0);
            self.bytes.extend(content);
            place
        };
        let words = |words: &[u64]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let nodes =
            page(self.nodes.iter().map(|(id, data, below, parent)| words(&[u64::from(*id), *data, *below, u64::from(*parent)])).collect());
        let blocks = page(self.blocks.iter().map(|(id, at, length)| words(&[*id, *at, u64::from(*length)])).collect());
        let mut put = |at: usize, bytes: &[u8]| self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, b"!BDN");
        put(10, &23_u16.to_le_bytes());
        put(224, &nodes.to_le_bytes());
        put(240, &blocks.to_le_bytes());
        self.bytes
    }
}

/// A heap of one block: its pieces have the numbers 0x20, 0x40, ...
fn heap(kind: u8, root: u32, pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 0xEC, kind];
    bytes.extend(root.to_le_bytes());
    bytes.extend([0; 4]);
    let mut places = vec![bytes.len() as u16];
    for piece in pieces {
        bytes.extend(piece);
        places.push(bytes.len() as u16);
    }
    let map = bytes.len() as u16;
    bytes.extend((pieces.len() as u16).to_le_bytes());
    bytes.extend([0; 2]);
    bytes.extend(places.iter().flat_map(|place| place.to_le_bytes()));
    bytes[..2].copy_from_slice(&map.to_le_bytes());
    bytes
}

enum Value<'v> {
    Text(&'v str),
    Bytes(&'v [u8]),
    Small(u32),
    Moment(u64),
    Object(u32),
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A heap with properties.
fn properties(values: &[(u16, Value<'_>)]) -> Vec<u8> {
    let mut pieces = vec![Vec::new(), Vec::new()];
    let mut leaf = Vec::new();
    for (tag, value) in values {
        let (kind, content) = match value {
            Value::Text(text) => (0x1F_u16, Some(wide(text))),
            Value::Bytes(bytes) => (0x102, Some(bytes.to_vec())),
            Value::Moment(ticks) => (0x40, Some(ticks.to_le_bytes().to_vec())),
            Value::Object(id) => (0x0D, Some([id.to_le_bytes(), 0_u32.to_le_bytes()].concat())),
            Value::Small(_) => (0x03, None),
        };
        let place = match (content, value) {
            (Some(content), _) => {
                pieces.push(content);
                pieces.len() as u32 * 0x20
            }
            (None, Value::Small(number)) => *number,
            (None, _) => 0,
        };
        leaf.extend(tag.to_le_bytes());
        leaf.extend(kind.to_le_bytes());
        leaf.extend(place.to_le_bytes());
    }
    pieces[0] = vec![0xB5, 2, 6, 0, 0x40, 0, 0, 0];
    pieces[1] = leaf;
    heap(0xBC, 0x20, &pieces)
}

/// A table of recipients: kind, name, address.
fn recipients(people: &[(u32, &str, &str)]) -> Vec<u8> {
    let mut pieces = vec![Vec::new(), Vec::new()];
    let mut rows = Vec::new();
    for (kind, name, address) in people {
        rows.extend(kind.to_le_bytes());
        for text in [name, address] {
            pieces.push(wide(text));
            rows.extend((pieces.len() as u32 * 0x20).to_le_bytes());
        }
        rows.push(0b1110_0000);
    }
    let mut head = vec![0x7C, 3];
    head.extend([12_u16, 12, 12, 13].iter().flat_map(|place| place.to_le_bytes()));
    head.extend([0; 4]);
    head.extend(0x40_u32.to_le_bytes());
    head.extend([0; 4]);
    for (number, (kind, tag)) in [(0x03_u16, 0x0C15_u16), (0x1F, 0x3001), (0x1F, 0x39FE)].into_iter().enumerate() {
        head.extend(kind.to_le_bytes());
        head.extend(tag.to_le_bytes());
        head.extend((number as u16 * 4).to_le_bytes());
        head.extend([4, number as u8]);
    }
    (pieces[0], pieces[1]) = (head, rows);
    heap(0x7C, 0x20, &pieces)
}

/// Two folders; a message with recipients, a file and an inner message; a contact.
pub(crate) fn sample() -> Vec<u8> {
    let mut file = Builder::new();
    for (id, parent, name) in [(0x122, 0x122, ""), (0x2002, 0x122, "Inbox"), (0x2022, 0x2002, "Old/er")] {
        let data = file.block(false, &properties(&[(0x3001, Value::Text(name))]));
        file.nodes.push((id, data, 0, parent));
    }
    let inner = file.block(false, &properties(&[(0x0037, Value::Text("inner one")), (0x1000, Value::Text("from the inside"))]));
    let note =
        file.block(false, &properties(&[(0x3707, Value::Text("nöte.txt")), (0x3705, Value::Small(1)), (0x3701, Value::Bytes(b"a note"))]));
    let carried = file.block(false, &properties(&[(0x3705, Value::Small(5)), (0x3701, Value::Object(0x30))]));
    let of_carried = file.below(&[(0x30, inner, 0)]);
    let people = file.block(false, &recipients(&[(1, "Bob Sample", "bob@example.org"), (2, "Zoë", "zoe@example.org")]));
    let below = file.below(&[(0x692, people, 0), (0x8025, note, 0), (0x8045, carried, of_carried)]);
    let message = file.block(
        false,
        &properties(&[
            (0x0037, Value::Text("\u{1}\u{5}Re: bees")),
            (0x0039, Value::Moment(134_084_988_000_000_000)),
            (0x0042, Value::Text("Ada Example")),
            (0x1000, Value::Text("the plain body")),
            (0x1013, Value::Bytes(b"<p>the other body</p>")),
            (0x1035, Value::Text("<1@example.org>")),
            (0x5D02, Value::Text("ada@example.org")),
        ]),
    );
    file.nodes.push((0x20_0004, message, below, 0x2022));
    let contact = file.block(false, &properties(&[(0x3A06, Value::Text("Grace")), (0x3A08, Value::Text("0113 496 0000"))]));
    file.nodes.push((0x20_0024, contact, 0, 0x2002));
    file.finish()
}

fn items(path: &Path) -> Vec<SourceItem> {
    let mut found = Vec::new();
    let source = AllSources::default().open(path).unwrap();
    source
        .items(&mut |item| {
            found.push(item);
            true
        })
        .unwrap();
    found
}

#[test]
fn messages_come_out_whole() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("old.pst");
    fs::write(&path, sample()).unwrap();
    let source = AllSources::default().open(&path).unwrap();
    assert_eq!((source.title().as_str(), source.count()), ("mailbox (Outlook data file)", Some(2)));
    let found = items(&path);
    let locators: Vec<_> = found.iter().map(|item| item.locator.as_str()).collect();
    assert_eq!(locators, ["old.pst!Inbox/200024.eml", "old.pst!Inbox/Old_er/200004.eml"]);
    let read = |item: &SourceItem| crate::extract::taken(&item.name, item.bytes.as_ref().unwrap());
    let contact = read(&found[0]);
    assert!(contact.documents[0].text.contains("Property: Grace\nProperty: 0113 496 0000"), "{contact:?}");
    let message = read(&found[1]);
    assert!(message.unreadable.is_empty(), "{message:?}");
    let own = &message.documents[0];
    assert_eq!(
        (own.title.as_str(), own.date.as_deref(), own.message_id.as_deref()),
        ("Re: bees", Some("2025-11-24T23:00:00Z"), Some("1@example.org"))
    );
    for part in [
        "From: Ada Example <ada@example.org>",
        "To: Bob Sample <bob@example.org>",
        "Cc: Zoë <zoe@example.org>",
        "the plain body",
        "the other body",
    ] {
        assert!(own.text.contains(part), "{part}: {}", own.text);
    }
    let inside: Vec<_> = message.documents[1..].iter().map(|document| (document.title.as_str(), document.text.trim())).collect();
    assert_eq!(inside[0], ("nöte.txt", "a note"));
    assert_eq!(inside[1].0, "inner one");
    assert!(inside[1].1.contains("from the inside"));
}

#[test]
fn a_newer_offline_file_says_how_to_export() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("cache.ost");
    let mut bytes = sample();
    bytes[10] = 36;
    fs::write(&path, bytes).unwrap();
    let refusal = AllSources::default().open(&path).err().unwrap();
    assert!(refusal.detail.contains("Export to a file (.pst)"), "{}", refusal.detail);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_spoilt_file_ends(spots in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let home = tempfile::tempdir().unwrap();
        let mut bytes = sample();
        for (spot, byte) in spots {
            let at = 200 + spot.index(bytes.len() - 200);
            bytes[at] = byte;
        }
        if cut.index(3) == 0 {
            bytes.truncate(600 + cut.index(bytes.len() - 600));
        }
        let path = home.path().join("x.pst");
        fs::write(&path, bytes).unwrap();
        prop_assert!(items(&path).len() < 100);
    }
}
