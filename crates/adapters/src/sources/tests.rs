use std::fs;
use std::io::Write;
use std::path::Path;

use domain::RefusalCode;
use services::ports::{SourceItem, Sources};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{AllSources, SOURCES, Settings};

fn items_with(path: &Path, settings: Settings) -> Vec<SourceItem> {
    let mut found = Vec::new();
    AllSources { settings, ..AllSources::default() }
        .open(path)
        .unwrap()
        .items(&mut |item| {
            found.push(item);
            true
        })
        .unwrap();
    found
}

fn items(path: &Path) -> Vec<(String, Result<String, String>)> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    items_with(path, Settings::default()).into_iter().map(|item| (item.locator, item.bytes.map(text))).collect()
}

fn ok(locator: &str, text: &str) -> (String, Result<String, String>) {
    (locator.to_owned(), Ok(text.to_owned()))
}

fn write_zip(path: &Path, members: &[(&str, &[u8])]) {
    let mut writer = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

const MBOX: &str = "From ada@example.org Mon Nov  2 10:00:00 2026\nFrom: Ada\nSubject: one\n\nFrom here on it is body.\n>From the quoted line\n\nFrom afar she wrote\n\nFrom bob@example.org Tue Nov  3 10:00:00 2026\nSubject: two\n\nlast\n";

#[test]
fn the_list_is_in_order() {
    let keys: std::collections::HashSet<_> = SOURCES.iter().map(|kind| kind.key).collect();
    assert_eq!(keys.len(), SOURCES.len());
    assert!(SOURCES.iter().all(|kind| !kind.title.is_empty() && kind.help.ends_with('.')));
}

#[test]
fn a_folder_opens_what_is_in_it_in_order() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    fs::create_dir_all(root.join("b/deep")).unwrap();
    fs::write(root.join("b/deep/x.txt"), "x").unwrap();
    fs::write(root.join("a.txt"), "a").unwrap();
    fs::write(root.join("old.mbox"), MBOX).unwrap();
    write_zip(&root.join("export.zip"), &[("b/2.txt", b"two"), ("a.txt", b"one")]);
    for part in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"] {
        fs::create_dir_all(root.join("mail").join(part)).unwrap();
    }
    fs::write(root.join("mail/cur/1.host:2,S"), "From: a\n\nread").unwrap();
    fs::write(root.join("mail/new/2.host"), "From: a\n\nnew").unwrap();
    fs::write(root.join("mail/tmp/3.host"), "half").unwrap();
    fs::write(root.join("mail/dovecot.index"), "noise").unwrap();
    fs::write(root.join("mail/.Sent/cur/4.host"), "From: a\n\nsent").unwrap();
    let found = items(root);
    let locators: Vec<_> = found.iter().map(|(locator, _)| locator.as_str()).collect();
    assert_eq!(
        locators,
        [
            "a.txt",
            "b/deep/x.txt",
            "export.zip!a.txt",
            "export.zip!b/2.txt",
            "mail/.Sent/cur/4.host",
            "mail/cur/1.host:2,S",
            "mail/new/2.host",
            "old.mbox#1",
            "old.mbox#2"
        ]
    );
    assert!(found.iter().all(|(_, bytes)| bytes.is_ok()));
    let mut seen = 0;
    let source = AllSources::default().open(root).unwrap();
    source
        .items(&mut |_| {
            seen += 1;
            seen < 4
        })
        .unwrap();
    assert_eq!(seen, 4, "stops when told to");
}

#[test]
fn links_do_not_lead_out() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("here.txt"), "here").unwrap();
    let link = |target: &Path, name: &str| std::os::unix::fs::symlink(target, home.path().join(name)).unwrap();
    link(&outside.path().join("secret.txt"), "out");
    link(outside.path(), "outdir");
    link(&home.path().join("here.txt"), "within");
    link(Path::new("/nonexistent/x"), "nowhere");
    let found = items(home.path());
    assert_eq!(found[0], ok("here.txt", "here"));
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1..].iter().all(|(_, bytes)| bytes.as_ref().is_err_and(|reason| reason.contains("is a link that leads"))));
}

#[test]
fn an_mbox_is_cut_where_messages_begin() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("inbox");
    fs::write(&path, MBOX).unwrap();
    assert_eq!(
        items(&path),
        [
            ok("inbox#1", "From: Ada\nSubject: one\n\nFrom here on it is body.\nFrom the quoted line\n\nFrom afar she wrote\n"),
            ok("inbox#2", "Subject: two\n\nlast\n")
        ]
    );
    fs::write(&path, MBOX.replace('\n', "\r\n")).unwrap();
    assert_eq!(items(&path).len(), 2);
}

#[test]
fn a_large_item_is_taken_in_part() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings { item: 5_000 };
    let big = format!("From: a\n\n{}", "x".repeat(9_000));
    fs::write(home.path().join("1.eml"), &big).unwrap();
    fs::write(
        home.path().join("2.mbox"),
        format!("From a Mon Nov  2 10:00:00 2026\n{big}\n\nFrom a Mon Nov  2 10:00:00 2026\nFrom: b\n\nsmall\n"),
    )
    .unwrap();
    write_zip(&home.path().join("3.zip"), &[("big.txt", big.as_bytes())]);
    let found = items_with(home.path(), settings);
    let sizes: Vec<_> = found.iter().map(|i| (i.locator.as_str(), i.bytes.as_ref().unwrap().len(), i.truncated_from.is_some())).collect();
    assert_eq!(sizes, [("1.eml", 5_000, true), ("2.mbox#1", 5_000, true), ("2.mbox#2", 15, false), ("3.zip!big.txt", 5_000, true)]);
    assert_eq!(found[0].truncated_from, Some(big.len() as u64));
}

#[test]
fn a_zip_bomb_is_listed_and_the_rest_read() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("x.zip");
    write_zip(&path, &[("bomb", &vec![0; 20 << 20]), ("note.txt", b"Ada")]);
    let found = items(&path);
    assert_eq!(found[0], ("x.zip!bomb".to_owned(), Err("unpacks to suspiciously more than its size".to_owned())));
    assert_eq!(found[1], ok("x.zip!note.txt", "Ada"));
}

#[test]
fn one_file_whatever_its_kind() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letter.eml");
    fs::write(&path, "From x\nFrom: a\n\nb").unwrap();
    assert_eq!(items(&path), [ok("letter.eml", "From x\nFrom: a\n\nb")]);
}

#[test]
fn what_is_missing_or_damaged_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let refused = |path: &Path| AllSources::default().open(path).err().map(|refusal| refusal.code);
    assert_eq!(refused(&home.path().join("none")), Some(RefusalCode::SourceUnreadable));
    let damaged = home.path().join("x.zip");
    fs::write(&damaged, "PK\x03\x04 and then nothing").unwrap();
    assert_eq!(refused(&damaged), Some(RefusalCode::SourceUnreadable));
    assert_eq!(refused(Path::new("/dev/null")), Some(RefusalCode::SourceUnknown));
}

#[test]
fn mailboxes_in_an_archive_are_opened() {
    let home = tempfile::tempdir().unwrap();
    let inner = home.path().join("inner.zip");
    write_zip(&inner, &[("deep.mbox", MBOX.as_bytes()), ("note.txt", b"x"), ("filler.bin", &[7; 64])]);
    let inner = fs::read(inner).unwrap();
    let path = home.path().join("export.zip");
    let members: [(&str, &[u8]); 5] = [
        ("Takeout/Mail/All mail.mbox", MBOX.as_bytes()),
        ("a.txt", b"one"),
        ("Exchange/old.pst", &super::pst::sample()),
        ("inner.zip", &inner),
        ("Mail/Inbox", MBOX.as_bytes()),
    ];
    write_zip(&path, &members);
    let locators = |item| items_with(&path, Settings { item }).into_iter().map(|item| item.locator).collect::<Vec<_>>();
    let flat = [
        "export.zip!a.txt",
        "export.zip!inner.zip",
        "export.zip!Exchange/old.pst!Inbox/200024.eml",
        "export.zip!Exchange/old.pst!Inbox/Old_er/200004.eml",
        "export.zip!Mail/Inbox#1",
        "export.zip!Mail/Inbox#2",
        "export.zip!Takeout/Mail/All mail.mbox#1",
        "export.zip!Takeout/Mail/All mail.mbox#2",
    ];
    assert_eq!(locators(64 << 20), flat);
    // What is larger than an item is opened too.
    let opened = locators(300);
    assert!(!opened.contains(&"export.zip!inner.zip".to_owned()), "{opened:?}");
    for deep in ["export.zip!inner.zip!note.txt", "export.zip!inner.zip!deep.mbox#2"] {
        assert!(opened.contains(&deep.to_owned()), "{opened:?}");
    }
    let found = items(&path);
    assert!(found[7].1.as_ref().unwrap().contains("Subject: two"), "{found:?}");
}

#[test]
fn a_mailbox_that_is_cut_off_in_an_archive_is_listed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("export.zip");
    write_zip(&path, &[("old.pst", b"!BDN and nothing else")]);
    let found = items(&path);
    assert_eq!(found.len(), 1);
    assert!(found[0].0 == "export.zip!old.pst" && found[0].1.is_err(), "{found:?}");
}
