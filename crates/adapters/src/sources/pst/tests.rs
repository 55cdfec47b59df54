//! A small Outlook data file, built by the testkit as the specification says, is read back.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use services::ports::{SourceItem, Sources};

use super::super::AllSources;

/// The invented file of the testkit.
pub(crate) fn sample() -> Vec<u8> {
    testkit::small::small("pst").remove(0)
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
fn folders_that_lie_in_one_another_have_a_name_with_an_end() {
    let node = |id, parent| (id, super::Node { id, data: 0, below: 0, parent });
    let folders = [node(2, 34), node(34, 2), node(66, 66), node(98, 66)].into();
    let names = [(2, String::new()), (34, String::new()), (66, "Inbox".to_owned()), (98, "Old".to_owned())].into();
    assert_eq!(super::path(&names, &folders, 2), "");
    assert_eq!(super::path(&names, &folders, 98), "Inbox/Old");
    let names = [(2, "a".to_owned()), (34, "b".to_owned())].into();
    assert_eq!(super::path(&names, &folders, 2).len(), 2 * super::DEEP - 1);
}

#[test]
fn a_message_that_asks_for_more_than_its_file_holds_is_listed() {
    let bytes = sample();
    let mut blocks = super::Blocks::open(std::io::Cursor::new(bytes), 1 << 20).unwrap();
    let mut messages = Vec::new();
    blocks.nodes(&mut |node| messages.extend((node.id & super::KIND == super::MESSAGE).then_some(node)));
    let mut read = 0;
    let error = (0..100_000).find_map(|_| {
        read += 1;
        super::letter::written(&mut blocks, messages[0], 1 << 20).err()
    });
    assert_eq!(error.unwrap().kind(), super::CIRCLES);
    assert!(read > 1_000, "a sound one is far from it: {read}");
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
