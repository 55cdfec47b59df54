use std::io::Read;

use store::{Error, NewBlob, Store};

use crate::place::{Place, origin, save};

fn named(id: &'static str) -> NewBlob<'static> {
    NewBlob { id, record: "r1", subject: None, name: "letter of Amelia Hart.pdf", mime: "application/pdf" }
}

fn read_all(store: &Store, id: &str) -> std::io::Result<Vec<u8>> {
    let (_, mut reader) = store.read(|tx| tx.blob_open(id)).unwrap().unwrap();
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map(|_| bytes)
}

fn stored_files(place: &Place) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(place.folder.path().join("data/blobs")).unwrap() {
        files.extend(std::fs::read_dir(folder.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    files
}

/// 20 MB from a reader that gives odd pieces, without ever being in memory whole on the way in.
pub fn a_large_file_streams_through_and_its_seal_holds(place: &Place) {
    const SIZE: u64 = 20 * 1024 * 1024;
    struct Odd(u64);
    impl Read for Odd {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let n = usize::try_from(self.0).unwrap().min(to.len()).min(4099);
            to[..n].iter_mut().enumerate().for_each(|(i, byte)| *byte = ((SIZE - self.0) as usize + i) as u8);
            self.0 -= n as u64;
            Ok(n)
        }
    }
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let staged = store.blob_stage(&mut Odd(SIZE)).unwrap();
    assert_eq!(staged.size_bytes(), SIZE);
    let meta = store.write(&origin(), |tx| tx.blob_attach(&named("b1"), &staged)).unwrap();
    drop(staged);
    assert_eq!((meta.size_bytes, meta.name.as_deref()), (SIZE, Some("letter of Amelia Hart.pdf")));
    assert_eq!(store.read(|tx| tx.blob_list("r1")).unwrap(), [meta]);
    let mut expected = Vec::new();
    Odd(SIZE).read_to_end(&mut expected).unwrap();
    assert!(read_all(&store, "b1").unwrap() == expected);
    let report = place.verify(&store);
    assert!(report.ok && report.files == 1, "{report:?}");
    // One changed byte anywhere: the reader refuses that piece, and verify names the file.
    let file = stored_files(place).pop().unwrap();
    let bytes = std::fs::read(&file).unwrap();
    for at in [10, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 4;
        std::fs::write(&file, &changed).unwrap();
        assert!(read_all(&store, "b1").is_err());
        assert!(place.verify(&store).problems.iter().any(|p| p.what.contains("b1")));
    }
    std::fs::remove_file(&file).unwrap();
    assert!(matches!(store.read(|tx| tx.blob_open("b1")), Err(Error::Corrupt { .. })));
    assert!(!place.verify(&store).ok);
}

pub fn a_rolled_back_file_leaves_nothing(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    let result: Result<(), Error> = store.write(&origin(), |tx| {
        store.blob_put(tx, &named("b1"), b"text")?;
        Err(Error::Unlogged)
    });
    assert!(result.is_err());
    drop(store.blob_stage(&mut &b"text"[..]).unwrap());
    assert_eq!(stored_files(place).len(), 0);
    assert!(store.read(|tx| tx.blob_list("r1")).unwrap().is_empty());
    assert!(matches!(
        store.write(&origin(), |tx| store.blob_put(tx, &NewBlob { record: "none", ..named("b2") }, b"x")),
        Err(Error::Unknown { .. })
    ));
    // A crash leaves staged files: a fresh one may belong to another process, an old one goes,
    // and one whose transaction committed is published.
    store.write(&origin(), |tx| store.blob_put(tx, &named("b3"), b"kept")).unwrap();
    let incoming = place.folder.path().join("data/blobs/incoming");
    let published = stored_files(place).pop().unwrap();
    std::fs::rename(&published, incoming.join(published.file_name().unwrap())).unwrap();
    std::fs::write(incoming.join("00fresh"), b"x").unwrap();
    let old = std::fs::File::create(incoming.join("00old")).unwrap();
    old.set_modified(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(read_all(&store, "b3").unwrap(), b"kept");
    drop(store);
    let store = place.open();
    let names: Vec<String> = std::fs::read_dir(&incoming).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["00fresh"]);
    assert!(published.exists());
    assert_eq!(read_all(&store, "b3").unwrap(), b"kept");
}

pub fn files_go_with_their_record(place: &Place) {
    let store = place.open();
    save(&store, "r1", 0, "open").unwrap();
    for id in ["b1", "b2"] {
        store.write(&origin(), |tx| store.blob_put(tx, &named(id), b"text")).unwrap();
    }
    assert!(store.write(&origin(), |tx| tx.blob_remove("b1", "remove", "wrong file")).unwrap());
    assert!(!store.write(&origin(), |tx| tx.blob_remove("b1", "remove", "wrong file")).unwrap());
    assert_eq!(stored_files(place).len(), 1);
    assert_eq!(read_all(&store, "b2").unwrap(), b"text");
    store.write(&origin(), |tx| tx.record_erase("r1", 1, "dispose", "")).unwrap();
    assert_eq!(stored_files(place).len(), 0);
    assert!(store.read(|tx| tx.blob_open("b2")).unwrap().is_none());
    let report = place.verify(&store);
    assert!(report.ok, "{report:?}");
}
