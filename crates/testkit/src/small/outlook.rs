//! Outlook's own forms: a data file, a `winmail.dat`; and archives.

use super::cabinet::{Packing, cabinet};
use super::wide;
use super::words::gzip;

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
            let (count, length) = (entries.len() as u8, entries.first().map_or(0, Vec::len) as u8);
            let mut content = entries.concat();
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
        let mut put = |at: usize, bytes: &[u8]| self.bytes.splice(at..at + bytes.len(), bytes.iter().copied()).for_each(drop);
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
    bytes.splice(..2, map.to_le_bytes());
    bytes
}

enum Value<'v> {
    Text(&'v str),
    Bytes(&'v [u8]),
    Small(u32),
    Moment(u64),
    Object(u32),
}

/// A heap with properties.
fn properties(values: &[(u16, Value<'_>)]) -> Vec<u8> {
    let mut pieces = Vec::new();
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
                (pieces.len() as u32 + 2) * 0x20
            }
            (None, Value::Small(number)) => *number,
            (None, _) => 0,
        };
        leaf.extend(tag.to_le_bytes());
        leaf.extend(kind.to_le_bytes());
        leaf.extend(place.to_le_bytes());
    }
    heap(0xBC, 0x20, &[vec![vec![0xB5, 2, 6, 0, 0x40, 0, 0, 0], leaf], pieces].concat())
}

/// A table of recipients: kind, name, address.
fn recipients(people: &[(u32, &str, &str)]) -> Vec<u8> {
    let (mut pieces, mut rows) = (Vec::new(), Vec::new());
    for (kind, name, address) in people {
        rows.extend(kind.to_le_bytes());
        for text in [name, address] {
            pieces.push(wide(text));
            rows.extend(((pieces.len() as u32 + 2) * 0x20).to_le_bytes());
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
    heap(0x7C, 0x20, &[vec![head, rows], pieces].concat())
}

/// An Outlook data file: two folders; a message with recipients, a file and an inner message; a contact.
fn store() -> Vec<u8> {
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

pub(super) fn stores() -> Vec<Vec<u8>> {
    vec![store()]
}

/// An attribute of a `winmail.dat`.
fn attribute(level: u8, number: u32, content: &[u8]) -> Vec<u8> {
    [&[level][..], &number.to_le_bytes(), &(content.len() as u32).to_le_bytes(), content, &[0; 2]].concat()
}

/// A list of properties, each of one value: a moment or number as it is, others with their length.
fn listed(values: &[(u16, u16, &[u8])]) -> Vec<u8> {
    let mut bytes = (values.len() as u32).to_le_bytes().to_vec();
    for (number, kind, value) in values {
        bytes.extend(kind.to_le_bytes());
        bytes.extend(number.to_le_bytes());
        if matches!(kind, 0x0D | 0x1E | 0x1F | 0x102) {
            bytes.extend(1_u32.to_le_bytes());
            bytes.extend((value.len() as u32).to_le_bytes());
        }
        bytes.extend(*value);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

pub(super) fn tnef() -> Vec<Vec<u8>> {
    let file = |attributes: &[Vec<u8>]| [b"\x78\x9F\x3E\x22\x01\x00".to_vec(), attributes.concat()].concat();
    let inner = file(&[attribute(1, 0x9003, &listed(&[(0x0037, 0x1F, &wide("inner")), (0x1000, 0x1F, &wide("deep words"))]))]);
    let object = [&[0; 16][..], &inner].concat();
    let rich = [&[0; 8][..], b"MELA", &[0; 4], br"{\rtf1 rich words}"].concat();
    let people = [
        1_u32.to_le_bytes().to_vec(),
        listed(&[(0x0C15, 0x03, &2_u32.to_le_bytes()), (0x3001, 0x1F, &wide("Zoë")), (0x39FE, 0x1F, &wide("zoe@example.org"))]),
    ];
    let letter =
        listed(&[(0x0C1A, 0x1F, &wide("Ada Example")), (0x0039, 0x40, &134_084_988_000_000_000_u64.to_le_bytes()), (0x1009, 0x102, &rich)]);
    vec![file(&[
        attribute(1, 0x0001_8004, b"The minutes\0"),
        attribute(1, 0x9003, &letter),
        attribute(1, 0x9004, &people.concat()),
        attribute(2, 0x9002, &[0; 14]),
        attribute(2, 0x0001_8010, b"NOTE~1.TXT\0"),
        attribute(2, 0x0006_800F, b"a note"),
        attribute(2, 0x9005, &listed(&[(0x3707, 0x1F, &wide("note of Ada.txt"))])),
        attribute(2, 0x9002, &[0; 14]),
        attribute(2, 0x9005, &listed(&[(0x3701, 0x0D, &object)])),
    ])]
}

fn tar() -> Vec<u8> {
    let mut tar = Vec::new();
    let files: [(&[u8], u8, &[u8]); 4] = [
        (b"letters/ada.txt", b'0', b"Dear Ada"),
        (b"././@LongLink", b'L', b"a/long/name.txt\0"),
        (b"x", 0, b"two"),
        (b"pax", b'x', b"16 path=zo.csv\n"),
    ];
    for (name, kind, content) in files {
        let mut head = name.to_vec();
        head.resize(124, 0);
        head.extend(format!("{:011o}\0", content.len()).bytes());
        head.resize(156, b' ');
        head.push(kind);
        head.resize(257, 0);
        head.extend(b"ustar\x0000");
        head.resize(512, 0);
        tar.extend(head);
        tar.extend(content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar
}

pub(super) fn tars() -> Vec<Vec<u8>> {
    vec![tar(), gzip(&tar())]
}

pub(super) fn archives() -> Vec<Vec<u8>> {
    let file = [("a\\ada.txt", b"Dear Ada".to_vec()), ("b.csv", b"a,b\n1,2\n".to_vec())];
    let cabinets = [Packing::Stored, Packing::Deflated, Packing::Lzx].map(|packing| cabinet(&file, packing));
    let ours = tars().into_iter().chain([gzip(b"Dear Ada, a letter by itself")]);
    ours.chain(cabinets)
        .chain(super::packed::LOCKED.map(<[u8]>::to_vec))
        .chain(super::packed::RARS.map(<[u8]>::to_vec))
        .chain(super::packed::GOOD.map(<[u8]>::to_vec))
        .collect()
}
