//! Archives that other programs packed, and what they could do to us.

use testkit::small::packed::{BOMBS, LOCKED, LOCKED_DOCUMENTS, LOCKED_RARS, RARS, archives, cabinets};

use super::make::zip;
use crate::extract::Passwords;
use crate::extract::inprocess::{extract, taken};
use crate::extract::limits::Limits;

#[test]
fn a_letter_is_read_however_it_is_packed() {
    for (name, bytes) in archives().into_iter().filter(|(name, _)| *name != "two.7z") {
        // LZMA has no mark that tells it from anything else.
        for name in [name, if name.ends_with("lzma") { name } else { "letter" }] {
            let found = taken(name, &bytes);
            let expected = if name == "letter" { "1:letter" } else { "1:letter.txt" };
            let told: Vec<_> = found.documents.iter().map(|document| (document.path.as_str(), document.text.as_str())).collect();
            assert_eq!(told, [(expected, "Dear Ada, a letter by itself\n")], "{name}");
            assert_eq!(found.unreadable, []);
        }
    }
}

#[test]
fn members_of_a_7z_are_documents() {
    let (_, bytes) = archives().pop().unwrap();
    let found = taken("two.7z", &bytes);
    let told: Vec<_> = found.documents.iter().map(|document| (document.path.as_str(), document.text.as_str())).collect();
    let expected = [("1:letters/ada.txt", "Dear Ada, a letter by itself\n"), ("2:grace.csv", "name | born\nGrace | 1985-04-12\n")];
    assert_eq!((told.as_slice(), found.unreadable.len()), (expected.as_slice(), 0));
}

#[test]
fn a_7z_under_a_password_is_read_with_it() {
    let with = |passwords: &str| Limits { passwords: Passwords::of(passwords).unwrap(), ..Limits::default() };
    for bytes in LOCKED {
        let found = extract(&with(""), "a.7z", bytes);
        assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted"));
        let found = extract(&with("wrong\n"), "a.7z", bytes);
        assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted, and none of the passwords opens it"));
        let found = extract(&with("wrong\ntiger moth\n"), "a.7z", bytes);
        assert_eq!((found.documents.len(), found.unreadable.len()), (2, 0), "{found:?}");
    }
}

#[test]
fn what_unpacks_to_a_thousand_times_its_size_is_listed() {
    for (name, bytes) in BOMBS {
        for (name, bytes) in [(name, bytes.to_vec()), ("in.zip", zip(&[(name, bytes)]))] {
            let found = taken(name, &bytes);
            assert!(found.documents.iter().all(|document| document.text.len() < 100), "{name}");
            assert!(found.unreadable.iter().any(|one| one.reason == "unpacks to suspiciously more than its size"), "{name}: {found:?}");
        }
    }
}

#[test]
fn a_cut_archive_is_listed_wherever_it_is_cut() {
    for (name, bytes) in archives() {
        for cut in 16..bytes.len() {
            let found = taken(name, &bytes[..cut]);
            // The last bytes of some are only a sum.
            assert!(
                !found.unreadable.is_empty() || found.documents.iter().any(|document| document.text.contains("Dear Ada")),
                "{name} {cut}"
            );
            assert!(found.unreadable.iter().all(|one| !one.reason.contains("crashed")), "{name} {cut}: {found:?}");
        }
    }
}

#[test]
fn archives_that_are_not_read_say_so() {
    let found = taken("a", b"!<arch>\nx");
    assert!(found.unreadable[0].reason.contains("unpack it"), "{found:?}");
    assert_eq!(taken("x.rar", b"Rar!\x1a\x07\0").unreadable[0].reason, "is damaged or cut off");
}

#[test]
fn members_of_a_rar_are_documents() {
    for bytes in RARS {
        let found = taken("a.rar", bytes);
        let told: Vec<_> = found.documents.iter().map(|document| (document.path.as_str(), document.text.as_str())).collect();
        let expected = [("1:letters/ada.txt", "Dear Ada, a letter by itself\n"), ("2:Zoë.csv", "name | born\nGrace | 1985-04-12\n")];
        assert_eq!((told.as_slice(), found.unreadable.len()), (expected.as_slice(), 0), "{found:?}");
        for cut in 8..bytes.len() - 30 {
            let found = taken("a.rar", &bytes[..cut]);
            assert!(found.documents.len() < 2 || !found.unreadable.is_empty(), "{cut}: {found:?}");
            assert!(!found.documents.is_empty() || !found.unreadable.is_empty(), "{cut}");
            assert!(found.unreadable.iter().all(|one| !one.reason.contains("crashed")), "{cut}: {found:?}");
        }
    }
}

#[test]
fn a_rar_under_a_password_is_read_with_it() {
    let with = |passwords: &str| Limits { passwords: Passwords::of(passwords).unwrap(), ..Limits::default() };
    for (bytes, listed) in LOCKED_RARS {
        for (passwords, reason) in [("", "is encrypted"), ("wrong\n", "is encrypted, and none of the passwords opens it")] {
            let found = extract(&with(passwords), "a.rar", bytes);
            // Names that can be seen are findable.
            assert_eq!((found.documents.len(), found.unreadable.len()), if listed { (1, 2) } else { (0, 1) }, "{found:?}");
            assert!(found.unreadable.iter().all(|one| one.reason == reason), "{found:?}");
        }
        let found = extract(&with("wrong\ntiger moth\n"), "a.rar", bytes);
        assert_eq!((found.documents.len(), found.unreadable.len()), (2, 0), "{found:?}");
    }
}

#[test]
fn files_of_a_cabinet_are_documents() {
    for (packed, bytes) in cabinets() {
        let found = taken("a.cab", &bytes);
        let told: Vec<_> =
            found.documents.iter().map(|document| (document.path.as_str(), document.text.len(), &document.text[..4])).collect();
        assert_eq!(told, [("1:letters/ada.txt", 29, "Dear"), ("2:Zoë.txt", 70_000, "Zoë")], "{packed}");
        assert!(found.unreadable.is_empty(), "{packed}: {found:?}");
        // Damage costs what lies behind it.
        let mut spoilt = bytes.clone();
        let end = bytes.len();
        spoilt[end - 30..].fill(0xEE);
        let found = taken("a.cab", if packed == "deflated" { &spoilt } else { &bytes[..end - 900] });
        assert_eq!(
            (found.documents[0].text.as_str(), found.unreadable.len()),
            ("Dear Ada, a letter by itself\n", 1),
            "{packed}: {found:?}"
        );
        for cut in (36..200).chain([bytes.len() - 1]) {
            assert!(!taken("a.cab", &bytes[..cut]).unreadable.is_empty(), "{packed} {cut}");
        }
    }
}

#[test]
fn what_a_cabinet_packs_otherwise_or_over_several_is_listed() {
    let (_, mut bytes) = cabinets().remove(0);
    bytes[36 + 6] = 2;
    let reasons = |bytes: &[u8]| taken("a.cab", bytes).unreadable.into_iter().map(|one| (one.path, one.reason)).collect::<Vec<_>>();
    let found = reasons(&bytes);
    assert!(found.len() == 2 && found.iter().all(|(path, reason)| !path.is_empty() && reason.contains("Quantum")), "{found:?}");
    let (_, mut bytes) = cabinets().remove(0);
    bytes[44 + 8..44 + 10].fill(0xFF);
    assert!(reasons(&bytes)[0].1.contains("several cabinets"));
    // A small file that says it is a large one.
    let (_, mut bytes) = cabinets().remove(1);
    bytes[36 + 4..36 + 6].fill(0xFF);
    bytes[44..48].fill(0x7F);
    assert!(reasons(&bytes)[0].1.contains("damaged"));
}

#[test]
fn an_open_document_under_a_password_is_read_with_it() {
    let with = |passwords: &str| Limits { passwords: Passwords::of(passwords).unwrap(), ..Limits::default() };
    for bytes in LOCKED_DOCUMENTS {
        let found = extract(&with(""), "a.odt", bytes);
        assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted"));
        let found = extract(&with("wrong\n"), "a.odt", bytes);
        assert_eq!((found.documents.len(), found.unreadable[0].reason.as_str()), (0, "is encrypted, and none of the passwords opens it"));
        let found = extract(&with("wrong\ntiger moth\n"), "a.odt", bytes);
        assert_eq!((found.documents.len(), found.unreadable.len()), (1, 0), "{found:?}");
        let text = &found.documents[0].text;
        assert!(text.starts_with("Locked away about Ada\n") && text.contains("Grace"), "{text}");
    }
}
