//! Outlook's own forms, built here as the specifications say.

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;
use finder::document::Header;

use super::make::mail;
use crate::extract::inprocess::taken;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// An attribute of a `winmail.dat`.
fn attribute(level: u8, number: u32, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![level];
    bytes.extend(number.to_le_bytes());
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(content);
    bytes.extend([0; 2]);
    bytes
}

/// A list of properties, each of one value: a moment or number as it is, others with their length.
fn properties(values: &[(u16, u16, &[u8])]) -> Vec<u8> {
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

fn tnef(attributes: &[Vec<u8>]) -> Vec<u8> {
    [b"\x78\x9F\x3E\x22\x01\x00".to_vec(), attributes.concat()].concat()
}

#[test]
fn a_winmail_dat_gives_its_message_and_files() {
    let inner = tnef(&[attribute(1, 0x9003, &properties(&[(0x0037, 0x1F, &wide("inner")), (0x1000, 0x1F, &wide("deep words"))]))]);
    let object = [&[0; 16][..], &inner].concat();
    let rich = [&[0; 8][..], b"MELA", &[0; 4], br"{\rtf1 rich words}"].concat();
    let people = [
        1_u32.to_le_bytes().to_vec(),
        properties(&[(0x0C15, 0x03, &2_u32.to_le_bytes()), (0x3001, 0x1F, &wide("Zoë")), (0x39FE, 0x1F, &wide("zoe@example.org"))]),
    ]
    .concat();
    let letter = properties(&[
        (0x0C1A, 0x1F, &wide("Ada Example")),
        (0x0039, 0x40, &134_084_988_000_000_000_u64.to_le_bytes()),
        (0x1009, 0x102, &rich),
    ]);
    let whole = tnef(&[
        attribute(1, 0x0001_8004, b"The minutes\0"),
        attribute(1, 0x9003, &letter),
        attribute(1, 0x9004, &people),
        attribute(2, 0x9002, &[0; 14]),
        attribute(2, 0x0001_8010, b"NOTE~1.TXT\0"),
        attribute(2, 0x0006_800F, b"a note"),
        attribute(2, 0x9005, &properties(&[(0x3707, 0x1F, &wide("note of Ada.txt"))])),
        attribute(2, 0x9002, &[0; 14]),
        attribute(2, 0x9005, &properties(&[(0x3701, 0x0D, &object)])),
    ]);
    let found = taken("m.eml", &mail("outer", "see attachment", &[("winmail.dat", "application/ms-tnef", &whole)]));
    assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
    let letter = &found.documents[1];
    assert_eq!((letter.title.as_str(), letter.date.as_deref()), ("The minutes", Some("2025-11-24T23:00:00Z")));
    assert!(letter.text.contains("rich words") && letter.text.contains("Cc: Zoë <zoe@example.org>"), "{}", letter.text);
    assert_eq!(letter.correspondents[0].header, Header::From);
    let inside: Vec<_> = found.documents[2..].iter().map(|document| (document.title.as_str(), document.text.trim())).collect();
    assert_eq!(inside[0], ("note of Ada.txt", "a note"));
    assert!(inside[1].1.ends_with("deep words"), "{inside:?}");
    let cut = taken("winmail.dat", &whole[..whole.len() - 30]);
    assert!(!cut.documents.is_empty() && cut.unreadable.len() == 1, "{cut:?}");
}

#[test]
fn a_saved_message_has_its_date_people_and_rich_body() {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut put = |path: &str, content: &[u8]| file.create_stream(path).unwrap().write_all(content).unwrap();
    let entry =
        |kind: u16, number: u16, value: u64| [&kind.to_le_bytes()[..], &number.to_le_bytes(), &[0; 4], &value.to_le_bytes()].concat();
    put("/__properties_version1.0", &[vec![0; 32], entry(0x40, 0x0039, 134_084_988_000_000_000), entry(3, 0x3FFD, 1251)].concat());
    put("/__substg1.0_0037001E", b"\xC7\xE4\xF0\xE0");
    put("/__substg1.0_10090102", &[&[0; 8][..], b"MELA", &[0; 4], br"{\rtf1 the rich body}"].concat());
    put("/__substg1.0_3A08001F", &wide("0113 496 0000"));
    put("/__substg1.0_0E04001F", &wide("Bob Sample; Grace Other"));
    file.create_storage("/__recip_version1.0_#00000000").unwrap();
    let mut put = |path: &str, content: &[u8]| file.create_stream(path).unwrap().write_all(content).unwrap();
    put("/__recip_version1.0_#00000000/__properties_version1.0", &[vec![0; 8], entry(3, 0x0C15, 2)].concat());
    put("/__recip_version1.0_#00000000/__substg1.0_3001001F", &wide("Bob Sample"));
    put("/__recip_version1.0_#00000000/__substg1.0_39FE001F", &wide("Bob@example.org"));
    let found = taken("x.msg", &file.into_inner().into_inner());
    let message = &found.documents[0];
    assert_eq!((message.title.as_str(), message.date.as_deref()), ("Здра", Some("2025-11-24T23:00:00Z")));
    for part in ["Cc: Bob Sample <bob@example.org>", "To: Grace Other", "the rich body", "Property: 0113 496 0000"] {
        assert!(message.text.contains(part), "{part}: {}", message.text);
    }
}

#[test]
fn a_tar_in_a_gzip_gives_its_files() {
    let mut tar = Vec::new();
    for (name, content) in [("letters/ada.txt", &b"Dear Ada"[..]), ("zoe.csv", b"name\nZo\xC3\xAB\n")] {
        let mut head = vec![0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[156] = b'0';
        head[257..262].copy_from_slice(b"ustar");
        tar.extend(head);
        tar.extend(content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&tar).unwrap();
    let packed = packed.finish().unwrap();
    let found = taken("old.tgz", &packed);
    let titles: Vec<_> = found.documents.iter().map(|document| (document.path.as_str(), document.text.trim())).collect();
    assert_eq!(titles, [("1:old.tar!1:letters/ada.txt", "Dear Ada"), ("1:old.tar!2:zoe.csv", "name\nZoë")]);
    let cut = taken("old.tar", &tar[..1_540]);
    assert_eq!(cut.unreadable[0].reason, "is cut off; what there is of it was read");
}
