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
