//! What is encrypted, with and without its password. The files were locked by other programs than ours: Office
//! documents by msoffcrypto-tool, PDFs by qpdf, the old kind of zip by Info-ZIP.

#![expect(clippy::unwrap_used, reason = "helpers of tests stand outside the test functions")]

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use adapters::extract::{Limits, Passwords, Pool};
use adapters::sources::AllSources;
use services::ports::{Extractor, SourceItem, Sources as _};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipWriter};

const PASSWORDS: &str = "wrong\ntiger moth\r\nZoë’s key\n";
const DOCX: &[u8] = include_bytes!("locked/agile.docx");
const OLD_ZIP: &[u8] = include_bytes!("locked/old.zip");

fn pool(passwords: &str) -> Pool {
    let passwords = Passwords::of(passwords).unwrap();
    Pool::new(PathBuf::from(env!("CARGO_BIN_EXE_extract-worker")), 1, Limits { passwords, ..Limits::default() })
}

/// A zip whose members are under passwords, or not.
fn archive(members: &[(&str, Option<&str>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, password) in members {
        let options = SimpleFileOptions::default();
        match password {
            Some(password) => writer.start_file(*name, options.with_aes_encryption(AesMode::Aes256, password)).unwrap(),
            None => writer.start_file(*name, options).unwrap(),
        }
        writer.write_all(b"Locked away about Ada Lovelace\n").unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_a_password_opens_is_read() {
    let new_zip = archive(&[("new.txt", Some("tiger moth"))]);
    let locked = [
        ("agile.docx", DOCX, "is encrypted", ""),
        ("aes.pdf", include_bytes!("locked/aes.pdf").as_slice(), "the PDF is encrypted", ""),
        ("rc4.pdf", include_bytes!("locked/rc4.pdf").as_slice(), "the PDF is encrypted", ""),
        ("old.zip", OLD_ZIP, "is encrypted", "1:plain.txt"),
        ("new.zip", &new_zip, "is encrypted", "1:new.txt"),
    ];
    let (none, wrong, right) = (pool(""), pool("wrong\n"), pool(PASSWORDS));
    for (name, bytes, reason, path) in locked {
        let found = none.extract(name, bytes).unwrap();
        let said = |found: &finder::document::Extraction| {
            found.unreadable.iter().map(|one| (one.path.clone(), one.reason.clone())).collect::<Vec<_>>()
        };
        assert_eq!(said(&found), [(path.to_owned(), reason.to_owned())], "{name}");
        let found = wrong.extract(name, bytes).unwrap();
        assert_eq!(said(&found), [(path.to_owned(), format!("{reason}, and none of the passwords opens it"))], "{name}");
        let found = right.extract(name, bytes).unwrap();
        assert!(
            found.documents.iter().any(|document| document.path == path && document.text.contains("Ada Lovelace")),
            "{name}: {found:?}"
        );
        assert!(found.unreadable.iter().all(|one| one.reason.starts_with("holds pictures")), "{name}: {:?}", found.unreadable);
    }
}

#[test]
fn passwords_given_later_open_what_was_locked() {
    let pool = pool("");
    assert_eq!(pool.extract("agile.docx", DOCX).unwrap().unreadable[0].reason, "is encrypted");
    let later = pool.with_passwords(PASSWORDS).unwrap();
    let items = [("agile.docx".to_owned(), DOCX.to_vec()), ("old.zip".to_owned(), OLD_ZIP.to_vec())];
    for found in later.extract_all(&items).unwrap() {
        assert!(found.documents.iter().any(|document| document.text.contains("Ada Lovelace")), "{found:?}");
    }
    assert_ne!(later.edition(), pool.edition(), "what is noted of the one is not believed for the other");
    assert!(pool.with_passwords(&"x\n".repeat(51)).is_none());
}

#[test]
fn a_locked_file_inside_another_is_opened_too() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("inner.docx", SimpleFileOptions::default().with_aes_encryption(AesMode::Aes128, "tiger moth")).unwrap();
    writer.write_all(DOCX).unwrap();
    let outer = writer.finish().unwrap().into_inner();
    let found = pool(PASSWORDS).extract("outer.zip", &outer).unwrap();
    assert!(found.documents.iter().any(|document| document.path == "1:inner.docx" && document.text.contains("Ada Lovelace")), "{found:?}");
}

#[test]
fn spoilt_locks_are_listed() {
    let pool = pool("Zoë’s key\n");
    for at in (0..DOCX.len()).step_by(411) {
        let mut spoilt = DOCX.to_vec();
        spoilt[at] ^= 0x55;
        let found = pool.extract("spoilt.docx", &spoilt).unwrap();
        assert!(!found.documents.is_empty() || !found.unreadable.is_empty(), "nothing is said of a file spoilt at {at}");
        assert!(found.unreadable.iter().all(|one| !one.reason.starts_with("crashed")), "{at}: {found:?}");
    }
}

#[test]
fn other_passwords_make_another_edition_and_are_not_in_it() {
    let edition = pool(PASSWORDS).edition();
    assert_ne!(edition, pool("").edition());
    assert_eq!(edition, pool(PASSWORDS).edition());
    assert!(!edition.contains("tiger") && !edition.contains("Zoë"));
}

#[test]
fn an_archive_all_under_a_password_is_one_item_and_its_members_are_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("locked.zip"), OLD_ZIP).unwrap();
    std::fs::write(folder.path().join("mixed.zip"), archive(&[("a.txt", None), ("b.txt", Some("tiger moth"))])).unwrap();
    let source = AllSources::default().open(folder.path()).unwrap();
    let mut met = Vec::new();
    let mut read = |item: SourceItem| {
        met.push((item.locator, item.bytes.is_ok()));
        true
    };
    source.items(&mut read).unwrap();
    let locators: Vec<_> = met.iter().map(|(locator, read)| (locator.as_str(), *read)).collect();
    assert_eq!(locators, [("locked.zip", true), ("mixed.zip!a.txt", true), ("mixed.zip!b.txt", false)]);
}
