//! Archives that other programs packed, and what they could do to us.

use testkit::small::packed::{BOMBS, LOCKED, archives};

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
    for (bytes, what) in [(&b"Rar!\x1A\x07\x01\0\x10\x20\x30"[..], "RAR"), (b"MSCF\0\0\0\0\x10\x20", "CAB")] {
        let found = taken("a", bytes);
        assert!(found.unreadable[0].reason.contains(what) && found.unreadable[0].reason.contains("unpack it"), "{found:?}");
    }
}
