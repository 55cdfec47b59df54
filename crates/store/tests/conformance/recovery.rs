use store::{Error, Store};
use tlog_tiles::{Hash, check_record, check_tree};

use crate::place::{Place, save, save_about};

pub fn eight_writers_lose_nothing(place: &Place) {
    let store = place.open();
    save(&store, "shared", 0, "open").unwrap();
    let conflicts: u64 = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let store = store.clone();
                scope.spawn(move || {
                    let mut conflicts = 0;
                    for i in 0..15 {
                        save(&store, &format!("r{n}-{i}"), 0, "open").unwrap();
                        // All fight for one record: read its version, save on top of it.
                        loop {
                            let version = store.read(|tx| tx.record_head("shared")).unwrap().unwrap().version;
                            match save(&store, "shared", version, "open") {
                                Ok(saved) => break assert_eq!(saved, version + 1),
                                Err(Error::Conflict { .. }) => conflicts += 1,
                                Err(other) => panic!("{other:?}"),
                            }
                        }
                    }
                    conflicts
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert_eq!(store.read(|tx| tx.record_head("shared")).unwrap().unwrap().version, 121);
    let report = place.verify(&store);
    assert!(report.ok, "{report:?} after {conflicts} conflicts");
    assert_eq!((report.versions, report.entries), (241, 241));
}

fn hashes(texts: &[String]) -> Vec<Hash> {
    let bytes = |text: &String| (0..64).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect::<Vec<u8>>();
    texts.iter().map(|text| Hash(bytes(text).try_into().unwrap())).collect()
}

fn root(checkpoint: &str) -> Hash {
    Hash::parse_hash(checkpoint.lines().nth(2).unwrap()).unwrap()
}

pub fn every_size_of_the_log_can_be_proved(place: &Place) {
    let store = place.open();
    let mut roots = Vec::new();
    for n in 0..20 {
        save(&store, &format!("r{n}"), 0, "open").unwrap();
        roots.push(root(&store.read(|tx| tx.checkpoint()).unwrap()));
    }
    let now = *roots.last().unwrap();
    for seq in 0..20 {
        let proof = store.read(|tx| tx.prove_inclusion(seq)).unwrap().unwrap();
        let leaf = hashes(&[proof.leaf.clone().unwrap()])[0];
        check_record(&hashes(&proof.hashes), proof.size, root(&proof.checkpoint), seq, leaf).unwrap();
        assert!(check_record(&hashes(&proof.hashes), proof.size, now, (seq + 1) % 20, leaf).is_err());
        let proof = store.read(|tx| tx.prove_consistency(seq + 1)).unwrap().unwrap();
        let old = roots[usize::try_from(seq).unwrap()];
        check_tree(&hashes(&proof.hashes), proof.size, now, seq + 1, old).unwrap();
    }
    assert!(store.read(|tx| tx.prove_inclusion(20)).unwrap().is_none());
    assert!(store.read(|tx| tx.prove_consistency(21)).unwrap().is_none());
    assert!(store.read(|tx| tx.prove_consistency(0)).unwrap().is_none());
    let kept = store.write(&crate::place::origin(), |tx| tx.checkpoint_keep()).unwrap();
    assert_eq!(store.read(|tx| tx.checkpoints(5)).unwrap(), [(20, kept)]);
    assert!(place.verify(&store).ok);
}

fn fill(store: &Store, from: u64, to: u64) {
    for n in from..to {
        save(store, &format!("r{n}"), 0, "open").unwrap();
    }
}

pub fn a_rollback_is_seen_against_a_saved_checkpoint(place: &Place) {
    let store = place.open();
    fill(&store, 0, 6);
    let early = store.read(|tx| tx.checkpoint()).unwrap();
    drop(store);
    let backup = place.backup();
    let store = place.open();
    fill(&store, 6, 9);
    let late = store.read(|tx| tx.checkpoint()).unwrap();
    assert!(place.verify_against(&store, Some(early.clone())).ok);
    assert!(place.verify_against(&store, Some(late.clone())).ok);
    drop(store);
    place.restore(&backup);
    let store = place.open();
    // By itself the old state is consistent, and the report says what it cannot see.
    let alone = place.verify(&store);
    assert!(alone.ok && alone.notes.iter().any(|note| note.contains("rolled back")), "{alone:?}");
    let report = place.verify_against(&store, Some(late.clone()));
    assert!(report.problems.iter().any(|p| p.what.contains("rolled back")), "{report:?}");
    assert!(place.verify_against(&store, Some(early)).ok);
    // Another history of the same length, signed with the right key: a fork.
    for n in 6..10 {
        save(&store, &format!("other{n}"), 0, "open").unwrap();
    }
    let report = place.verify_against(&store, Some(late));
    assert!(report.problems.iter().any(|p| p.what.contains("not a continuation")), "{report:?}");
    assert!(!place.verify_against(&store, Some("nonsense".to_owned())).ok);
}

pub fn another_key_folder_is_refused(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    drop(store);
    let keys = place.folder.path().join("keys");
    let kept = place.folder.path().join("keys-kept");
    std::fs::rename(&keys, &kept).unwrap();
    assert!(matches!(Store::open(&place.config("acme")), Err(Error::Setup { .. })));
    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::rename(&kept, &keys).unwrap();
    let store = place.open();
    assert_eq!(store.read(|tx| tx.record_get("r1")).unwrap().unwrap().body["name"]["value"], "Amelia Hart");
    drop(store);
    // A cut or damaged key file is damage, never an erasure.
    let file = keys.join("keys.dat");
    let whole = std::fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    for slot in 0..damaged.len() / 96 {
        damaged[slot * 96 + 50] ^= 1;
    }
    for bytes in [&damaged, &whole[..0].to_vec()] {
        std::fs::write(&file, bytes).unwrap();
        let store = place.open();
        assert!(matches!(store.read(|tx| tx.record_get("r1")), Err(Error::Corrupt { .. })));
    }
    use std::os::unix::fs::PermissionsExt;
    for name in ["root.key", "keys.dat", "log-acme.key"] {
        assert_eq!(std::fs::metadata(keys.join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
}

/// The write-ahead log cut at any length, as a crash of the machine may leave it: the store
/// opens at a state that was committed, whole and verifiable.
#[test]
fn a_cut_write_ahead_log_opens_at_a_committed_state() {
    let place = Place::sqlite();
    let store = place.open();
    fill(&store, 0, 5);
    let data = std::fs::read(place.file()).unwrap();
    let wal = std::fs::read(format!("{}-wal", place.file().display())).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for length in (0..=wal.len()).rev().step_by(2048).chain([1, 31, 33]) {
        let copy = Place::sqlite();
        std::fs::create_dir_all(copy.file().parent().unwrap()).unwrap();
        std::fs::create_dir_all(copy.folder.path().join("keys")).unwrap();
        for name in ["root.key", "keys.dat", "log-acme.key", "log-acme.vkey"] {
            std::fs::copy(place.folder.path().join("keys").join(name), copy.folder.path().join("keys").join(name)).unwrap();
        }
        std::fs::write(copy.file(), &data).unwrap();
        std::fs::write(format!("{}-wal", copy.file().display()), &wal[..length]).unwrap();
        let opened = copy.open();
        let report = copy.verify(&opened);
        assert!(report.ok, "{length}: {report:?}");
        for n in 0..report.versions {
            assert!(opened.read(|tx| tx.record_get(&format!("r{n}"))).unwrap().is_some());
        }
        seen.insert(report.versions);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}
