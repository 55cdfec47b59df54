//! The pool with real child processes: busy, hostile, slow and greedy items.

#![expect(clippy::unwrap_used, reason = "helpers of tests stand outside the test functions")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use adapters::extract::{InProcess, Limits, Pool, confinement};
use services::ports::Extractor;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn exe() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_extract-worker"))
}

fn limits() -> Limits {
    Limits { wall: Duration::from_secs(3), ..Limits::default() }
}

fn mail(number: usize) -> (String, Vec<u8>) {
    (format!("{number}.eml"), format!("From: a@example.org\nSubject: number {number}\n\nbody of {number}\n").into_bytes())
}

/// A PDF whose forms call each other so often that reading it takes for ever.
fn endless_pdf() -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /F 10 0 R >> >> /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length 4 >>\nstream\n/F Do\nendstream\nendobj\n".to_vec();
    for level in 10..22 {
        let calls = "/F Do ".repeat(40);
        let next = level + 1;
        write!(out, "{level} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >> /Length {} >>\nstream\n{calls}\nendstream\nendobj\n", calls.len()).unwrap();
    }
    out.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out
}

fn archive(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

/// So many messages inside each other that a reader's stack runs out.
fn bottomless_mail() -> Vec<u8> {
    let mut out = b"From: a@example.org\nSubject: the outermost\n".to_vec();
    for _ in 0..400_000 {
        out.extend_from_slice(b"Content-Type: multipart/digest; boundary=x\n\n--x\n\n");
    }
    out
}

#[test]
fn a_child_reads_what_the_process_itself_would() {
    let items: Vec<_> = (0..500).map(mail).collect();
    let pool = Pool::new(exe(), 2, limits());
    assert_eq!(pool.extract_all(&items).unwrap(), InProcess::default().extract_all(&items).unwrap());
    assert_eq!(pool.extract_all(&[]).unwrap(), []);
    assert_eq!(pool.extract(&items[7].0, &items[7].1).unwrap().documents[0].title, "number 7");
}

#[test]
fn something_inside_an_item_is_given_as_it_is() {
    let inner = archive("deep/b.txt", b"the very bytes \xff\0");
    let code = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &inner);
    let message = format!(
        "From: a@example.org\nSubject: two\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\n\
         Content-Type: application/zip; name=\"a.zip\"\nContent-Transfer-Encoding: base64\n\n{code}\n--x--\n"
    )
    .into_bytes();
    let pool = Pool::new(exe(), 1, limits());
    let read = pool.extract("m.eml", &message).unwrap();
    let path = read.documents.iter().map(|document| document.path.clone()).find(|path| path.contains("b.txt")).unwrap();
    for reader in [&pool as &dyn Extractor, &InProcess::default()] {
        let given = |path: &str| reader.member("m.eml", &message, path).unwrap();
        assert_eq!(given(&path).as_deref(), Some(b"the very bytes \xff\0".as_slice()), "{path}");
        assert_eq!(given(path.split('!').next().unwrap()), Some(inner.clone()));
        for nothing in ["9:none.txt", "x", &format!("{path}!1:more")] {
            assert_eq!(given(nothing), None, "{nothing}");
        }
    }
    assert_eq!(pool.member("slow.pdf", &endless_pdf(), "1:x").unwrap(), None, "what cannot be got at is not there");
}

#[test]
fn a_slow_item_is_ended_and_the_others_are_read() {
    let mut items: Vec<_> = (0..40).map(mail).collect();
    items.insert(20, ("endless.pdf".to_owned(), endless_pdf()));
    let pool = Pool::new(exe(), 1, Limits { wall: Duration::from_secs(1), ..limits() });
    let found = pool.extract_all(&items).unwrap();
    assert_eq!(found[20].documents, []);
    assert_eq!(found[20].unreadable[0].reason, "took longer than 1 s to read");
    for (number, extraction) in found.iter().enumerate().filter(|(number, _)| *number != 20) {
        let expected = number - usize::from(number > 20);
        assert_eq!(extraction.documents[0].title, format!("number {expected}"));
    }
}

#[test]
fn a_message_that_carries_a_slow_file_keeps_its_text() {
    let pdf = String::from_utf8(endless_pdf()).unwrap();
    let message = format!(
        "From: a@example.org\nSubject: carries\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\nabout Ada\n--bb\nContent-Type: application/pdf; name=slow.pdf\nContent-Disposition: attachment\n\n{pdf}\n--bb--\n"
    );
    let pool = Pool::new(exe(), 1, Limits { wall: Duration::from_secs(1), ..limits() });
    let items = [mail(1), ("c.eml".to_owned(), message.into_bytes()), mail(2)];
    let found = pool.extract_all(&items).unwrap();
    assert!(found[1].documents[0].text.contains("about Ada"), "{:?}", found[1]);
    let paths: Vec<_> = found[1].unreadable.iter().map(|u| u.path.as_str()).collect();
    assert_eq!(paths, ["", "1:slow.pdf"]);
    assert_eq!((found[0].documents[0].title.as_str(), found[2].documents[0].title.as_str()), ("number 1", "number 2"));
}

#[test]
fn a_greedy_item_is_listed_and_the_others_are_read() {
    // Unpacking asks politely and is refused; decoding what was unpacked ends the child.
    for (size, memory) in [(150 << 20, 220 << 20), (90 << 20, 200 << 20)] {
        let greedy = archive("big.txt", &vec![b' '; size]);
        let tight = Limits {
            memory,
            memory_alone: memory,
            unpacked: 1 << 30,
            text: 1 << 30,
            ratio: u64::MAX,
            wall: Duration::from_secs(30),
            ..limits()
        };
        let pool = Pool::new(exe(), 1, tight);
        let found = pool.extract_all(&[mail(1), ("greedy.zip".to_owned(), greedy), mail(2)]).unwrap();
        assert_eq!(found[1].unreadable[0].reason, "needed more memory than is allowed");
        assert_eq!(found[2].documents[0].title, "number 2");
    }
}

#[test]
fn an_item_that_needs_more_memory_is_read_alone() {
    let large = archive("big.txt", &vec![b'a'; 40 << 20]);
    let tight = Limits { memory: 60 << 20, memory_alone: 320 << 20, ratio: u64::MAX, wall: Duration::from_secs(30), ..limits() };
    let pool = Pool::new(exe(), 2, tight);
    let items = [mail(1), ("large.zip".to_owned(), large.clone()), mail(2), ("large.zip".to_owned(), large)];
    let found = pool.extract_all(&items).unwrap();
    assert!(found.iter().all(|one| one.unreadable.is_empty()), "{:?}", found[1].unreadable);
    assert_eq!([found[1].documents[0].text.len(), found[3].documents[0].text.len()], [40 << 20; 2]);
    assert_eq!(found[2].documents[0].title, "number 2");
}

#[test]
fn an_item_that_crashes_the_reader_keeps_its_bare_text() {
    let pool = Pool::new(exe(), 1, Limits { wall: Duration::from_secs(30), memory: 1 << 30, ..limits() });
    let found = pool.extract_all(&[mail(1), ("b.eml".to_owned(), bottomless_mail()), mail(2)]).unwrap();
    assert_eq!(found[1].unreadable[0].reason, "crashed the reader");
    assert!(found[1].documents[0].text.contains("the outermost"));
    assert_eq!(found[2].documents[0].title, "number 2");
}

/// Each kind of child that gets hostile bytes, with what it says of its confinement.
fn children() -> [(&'static str, Vec<(String, bool)>); 2] {
    [("reads", confinement(&exe()).unwrap()), ("draws", adapters::burn::confinement(Path::new(env!("CARGO_BIN_EXE_burn-worker"))).unwrap())]
}

#[test]
fn each_child_is_confined() {
    for (child, found) in children() {
        let active = |name: &str| found.iter().any(|(n, active)| n == name && *active);
        for name in ["memory limit", "no writing of files", "no opening of files", "system calls filtered (seccomp)"] {
            assert!(active(name), "{child}: {name}: {found:?}");
        }
    }
}

#[test]
fn no_child_can_open_a_file_or_a_socket_or_start_anything() {
    for (child, found) in children() {
        let refused: Vec<_> = found.iter().filter(|(name, _)| name.ends_with(" is refused")).collect();
        assert_eq!(refused.len(), 13, "{child}: {found:?}");
        assert!(refused.iter().all(|(_, refused)| *refused), "{child}: {found:?}");
    }
    // The same is not refused here: the attempts are real ones.
    assert!(std::fs::File::open("/dev/null").is_ok() && std::os::unix::net::UnixDatagram::unbound().is_ok());
}

#[test]
fn a_program_that_is_no_reader_is_a_failure() {
    let pool = Pool::new(PathBuf::from("/bin/false"), 1, limits());
    assert!(pool.extract("x.txt", b"x").is_err());
    assert!(Pool::new(Path::new("/nonexistent/reader").to_owned(), 1, limits()).extract_all(&[mail(1)]).is_err());
}
