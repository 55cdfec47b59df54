use super::make::{mail, zip};
use crate::extract::Limits;
use crate::extract::inprocess::{extract, extract_own, taken};

#[test]
fn fifty_levels_of_zip_keep_everything_above() {
    let mut inner = zip(&[("deep.txt", b"Ada at the bottom")]);
    for level in 0..50 {
        inner = zip(&[(&format!("note{level}.txt"), b"Ada on the way"), ("inner.zip", &inner)]);
    }
    let extraction = taken("x.zip", &inner);
    let (read, named): (Vec<_>, Vec<_>) = extraction.documents.iter().partition(|d| d.text == "Ada on the way");
    assert_eq!(read.len(), 20);
    assert!(named.iter().all(|d| d.text.ends_with("inner.zip\n")), "{named:?}");
    assert!(extraction.unreadable.iter().all(|u| u.reason == "is nested more than 20 deep"), "{:?}", extraction.unreadable);
}

#[test]
fn fifty_levels_of_mail_keep_everything_above() {
    let mut inner = b"From: a@example.org\nSubject: bottom\n\nAda\n".to_vec();
    for _ in 0..50 {
        inner = [&b"From: a@example.org\nSubject: level\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"[..], &inner].concat();
    }
    let extraction = taken("x.eml", &inner);
    assert!(extraction.documents.len() >= 20, "{}", extraction.documents.len());
    assert!(extraction.unreadable.iter().any(|u| u.reason.starts_with("is nested more than")), "{:?}", extraction.unreadable);
}

#[test]
fn bombs_are_listed_and_their_neighbours_read() {
    let zeros = vec![0_u8; 40 << 20];
    let archive = zip(&[("bomb.txt", &zeros), ("note.txt", b"about Ada")]);
    let extraction = taken("x.zip", &archive);
    assert_eq!(extraction.documents[0].text, "about Ada");
    assert_eq!(extraction.unreadable[0].reason, "unpacks to suspiciously more than its size");
    let tight = Limits { unpacked: 1 << 20, ratio: u64::MAX, ..Limits::default() };
    let extraction = extract(&tight, "x.zip", &archive);
    assert!(
        extraction.unreadable.iter().any(|u| u.reason == "unpacks to more than is allowed for one item"),
        "{:?}",
        extraction.unreadable
    );
}

#[test]
fn too_many_documents_and_too_much_text_are_listed() {
    let members: Vec<(String, Vec<u8>)> = (0..50).map(|n| (format!("{n:02}.txt"), b"0123456789".to_vec())).collect();
    let archive = zip(&members.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect::<Vec<_>>());
    let few = extract(&Limits { documents: 7, ..Limits::default() }, "x.zip", &archive);
    assert_eq!((few.documents.len(), few.unreadable.len()), (7, 1));
    let little = extract(&Limits { text: 25, ..Limits::default() }, "x.zip", &archive);
    let texts: usize = little.documents.iter().map(|d| d.text.len()).sum();
    assert_eq!((texts, little.documents.last().unwrap().truncated), (25, true));
    assert!(!little.unreadable.is_empty());
}

#[test]
fn the_own_text_alone() {
    let extraction =
        extract_own(&Limits::default(), "x.eml", &mail("s", "about Ada", &[("a.txt", "text/plain", b"x")]), "crashed the reader");
    assert_eq!(extraction.documents.len(), 1);
    assert_eq!((extraction.unreadable[0].path.as_str(), extraction.unreadable[0].reason.as_str()), ("1:a.txt", "crashed the reader"));
}

#[test]
fn a_zip_cut_off_or_encrypted_is_listed() {
    let archive = zip(&[("note.txt", b"about Ada")]);
    let cut = &archive[..archive.len() / 2];
    let found = taken("x.zip", cut);
    let known = ["is damaged or cut off", "is damaged or cut off; what could be read of it was"];
    assert!(known.contains(&found.unreadable[0].reason.as_str()), "{found:?}");
}

#[test]
fn an_archive_without_its_list_of_contents_is_read_member_by_member() {
    let archive = zip(&[("a.txt", b"about Ada"), ("b.txt", b"about Grace")]);
    let list = memchr::memmem::find(&archive, b"PK\x01\x02").unwrap();
    let found = taken("x.zip", &archive[..list]);
    let texts: Vec<_> = found.documents.iter().map(|d| (d.path.as_str(), d.text.as_str())).collect();
    assert_eq!(texts, [("1:a.txt", "about Ada"), ("2:b.txt", "about Grace")]);
    assert_eq!(found.unreadable[0].reason, "is damaged or cut off; what could be read of it was");
    let word = super::make::docx(&super::make::paragraph("Ada Example"), &[]);
    let list = memchr::memmem::find(&word, b"PK\x01\x02").unwrap();
    let found = taken("x.docx", &word[..list]);
    assert_eq!(found.documents[0].text, "Ada Example\n");
    assert_eq!(found.unreadable.len(), 1);
}

#[test]
fn names_of_members_without_text_are_findable() {
    let found = taken("x.zip", &zip(&[("Ada Example.jpg", b"\xFF\xD8\xFF\xE0"), ("note.txt", b"hello")]));
    assert_eq!(found.documents.last().unwrap().text, "Ada Example.jpg\n");
}

#[test]
fn what_is_carried_again_is_what_it_was() {
    let page = "<p>Ada wrote about the hall.</p>".repeat(60);
    let inner = zip(&[("a.txt", page.as_bytes()), ("b/c.html", page.as_bytes()), ("bad.zip", b"PK\x03\x04 and nothing")]);
    let carried: [(&str, &str, &[u8]); 3] = [
        ("page.html", "text/html", page.as_bytes()),
        ("box.zip", "application/zip", &inner),
        ("broken.pdf", "application/pdf", &[b"%PDF-1.4 ".as_slice(), &[b'x'; 3_000]].concat()),
    ];
    let message = mail("first", "about Ada", &carried);
    // In a thread of its own nothing was read before.
    let fresh = std::thread::spawn({
        let message = message.clone();
        move || taken("x.eml", &message)
    });
    let fresh = fresh.join().unwrap();
    assert!(fresh.documents.len() >= 4 && !fresh.unreadable.is_empty(), "{fresh:?}");
    assert_eq!(taken("x.eml", &message), fresh);
    assert_eq!(taken("x.eml", &message), fresh, "known by now");
    // The order decides nothing but the paths, the name decides the title.
    let other = mail("second", "no Ada", &[carried[1], ("other.html", "text/html", page.as_bytes())]);
    let second = taken("y.eml", &other);
    assert!(second.documents.iter().any(|d| d.path == "1:box.zip!1:a.txt"), "{second:?}");
    assert!(second.documents.iter().any(|d| d.path == "2:other.html" && d.title == "other.html"), "{second:?}");
    // A limit that is met is met again.
    let few = Limits { documents: 2, ..Limits::default() };
    for _ in 0..2 {
        let extraction = extract(&few, "x.eml", &message);
        assert_eq!((extraction.documents.len(), extraction.unreadable.len()), (2, 1), "{extraction:?}");
    }
}
