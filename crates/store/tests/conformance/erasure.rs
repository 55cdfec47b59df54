use std::io::Read;
use std::path::Path;

use serde_json::json;
use store::{ERASED, Error, NewBlob, NewJob, ReviewItem, ReviewItemFull, SaveRecord, Store, SubjectState, User};

use crate::place::{Place, clock, head, origin, save, save_about};

/// Erased in the record, in every version, in the search, and for the next save; and the log
/// verifies before and after.
pub fn an_erased_subject_is_gone_everywhere_and_the_log_still_verifies(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    save_about(&store, "r2", "s2", "Joan Okafor");
    let mixed = json!({"a": {"$personal": "s1", "value": "Amelia"}, "b": {"$personal": "s2", "value": "Joan"}});
    let save_mixed = |expected_version| {
        store.write(&origin(), |tx| {
            let clocks = [clock("answer", None)];
            tx.record_save(SaveRecord {
                head: head("r3", "open"),
                body: &mixed,
                expected_version,
                verb: "x",
                reason: "",
                clocks: &clocks,
                tokens: &[],
            })
        })
    };
    save_mixed(0).unwrap();
    assert!(place.verify(&store).ok);
    assert!(store.write(&origin(), |tx| tx.subject_erase("s1", "retention")).unwrap());
    assert!(!store.write(&origin(), |tx| tx.subject_erase("s1", "retention")).unwrap());
    let gone = json!({"$personal": "s1", "erased": true});
    let check = |store: &Store| {
        let r1 = store.read(|tx| tx.record_get("r1")).unwrap().unwrap();
        assert_eq!(r1.body, json!({"channel": "email", "name": gone, "list": [{"email": gone}]}));
        assert_eq!(store.read(|tx| tx.record_version("r1", 1)).unwrap().unwrap(), r1.body);
        assert_eq!(store.read(|tx| tx.record_get("r3")).unwrap().unwrap().body["b"]["value"], "Joan");
        assert_eq!(store.read(|tx| tx.record_get("r3")).unwrap().unwrap().body["a"], gone);
        assert_eq!(store.read(|tx| tx.subject_state("s1")).unwrap(), Some(SubjectState::Erased));
        let report = place.verify(store);
        assert!(report.ok, "{report:?}");
    };
    check(&store);
    // A save of what was loaded before the erasure does not bring it back.
    save_mixed(1).unwrap();
    check(&store);
    assert!(matches!(store.write(&origin(), |tx| tx.subject_create("s1")), Err(Error::Erased)));
    drop(store);
    check(&place.open());
    let known: domain::Personal<String> = serde_json::from_value(gone).unwrap();
    assert!(known.get().is_none());
}

pub fn an_erased_record_reads_as_erased_and_cannot_be_saved(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    let job = NewJob { id: "j1", kind: "scan", record: Some("r1"), payload: &json!({"who": "Amelia"}), run_at_us: 0 };
    store
        .write(&origin(), |tx| {
            tx.job_enqueue(&job)?;
            tx.review_items_insert("r1", &[ReviewItemFull::default()])?;
            tx.log_batch("r1", [2; 32], "search")
        })
        .unwrap();
    assert!(matches!(store.write(&origin(), |tx| tx.record_erase("r1", 7, "dispose", "")), Err(Error::Conflict { expected: 7, found: 1 })));
    assert!(store.write(&origin(), |tx| tx.record_erase("r1", 1, "dispose", "retention")).unwrap());
    assert!(!store.write(&origin(), |tx| tx.record_erase("r1", 2, "dispose", "retention")).unwrap());
    let stored = store.read(|tx| tx.record_get("r1")).unwrap().unwrap();
    assert_eq!((stored.head.state.as_str(), stored.version), (ERASED, 2));
    assert_eq!(stored.body, json!({"erased": true}));
    assert_eq!(store.read(|tx| tx.record_version("r1", 1)).unwrap().unwrap(), json!({"erased": true}));
    assert!(matches!(save(&store, "r1", 2, "open"), Err(Error::Erased)));
    assert!(matches!(store.read(|tx| tx.review_item_get("r1", 0)), Err(Error::Erased)));
    assert!(store.read(|tx| tx.jobs_of_record("r1")).unwrap().is_empty());
    assert!(store.read(|tx| tx.due_list(None, 10)).unwrap().is_empty());
    let report = place.verify(&store);
    assert!(report.ok, "{report:?}");
}

/// The commit is done, the process dies before the key is overwritten: nobody reads the key
/// in between, and opening the store finishes the erasure.
pub fn an_interrupted_erasure_is_finished_on_open(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    save_about(&store, "r2", "s2", "Joan Okafor");
    let keys = place.folder.path().join("keys/keys.dat");
    let whole = std::fs::read(&keys).unwrap();
    store.write(&origin(), |tx| tx.subject_erase("s1", "")).unwrap();
    let after = std::fs::read(&keys).unwrap();
    let destroyed: Vec<usize> = (0..after.len() / 96).filter(|i| after[i * 96] == b'D').collect();
    assert_eq!(destroyed.len(), 1);
    let slot = destroyed[0] * 96..destroyed[0] * 96 + 96;
    assert!(after[slot.clone()].iter().skip(1).all(|byte| *byte == 0));
    drop(store);
    // The state right after the commit: key still there, marked as to be destroyed.
    std::fs::write(&keys, &whole).unwrap();
    place.raw("UPDATE keys SET state = 'destroying' WHERE id = 's1'");
    // A row that points at another slot must not have that slot's key destroyed.
    place.raw("UPDATE keys SET slot = slot + 1 WHERE id = 's1'");
    assert!(matches!(Store::open(&place.config("acme")), Err(Error::Corrupt { table: "keys", .. })));
    assert_eq!(std::fs::read(&keys).unwrap(), whole);
    place.raw("UPDATE keys SET slot = slot - 1 WHERE id = 's1'");
    let store = place.open();
    assert_eq!(std::fs::read(&keys).unwrap()[slot], after[destroyed[0] * 96..destroyed[0] * 96 + 96]);
    assert_eq!(store.read(|tx| tx.record_get("r1")).unwrap().unwrap().body["name"]["erased"], true);
    assert_eq!(store.read(|tx| tx.record_get("r2")).unwrap().unwrap().body["name"]["value"], "Joan Okafor");
    assert!(place.verify(&store).ok);
}

/// A backup made before the erasure, restored after it: the database believes that the key
/// is alive, the key file knows better.
pub fn an_older_backup_does_not_bring_an_erased_subject_back(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", "Amelia Hart");
    drop(store);
    let backup = place.backup();
    let store = place.open();
    store.write(&origin(), |tx| tx.subject_erase("s1", "")).unwrap();
    let checkpoint = store.read(|tx| tx.checkpoint()).unwrap();
    drop(store);
    place.restore(&backup);
    let store = place.open();
    assert_eq!(store.read(|tx| tx.record_get("r1")).unwrap().unwrap().body["name"]["erased"], true);
    assert_eq!(store.read(|tx| tx.subject_state("s1")).unwrap(), Some(SubjectState::Erased));
    let report = place.verify_against(&store, Some(checkpoint));
    assert!(!report.ok && report.problems.iter().any(|p| p.what.contains("rolled back")), "{report:?}");
}

const CANARY: &str = "Quillon-Ravensmoor";

fn forms() -> Vec<Vec<u8>> {
    use base64::Engine as _;
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD_NO_PAD.encode(text);
    let mut forms: Vec<Vec<u8>> = vec![CANARY.into(), CANARY.to_lowercase().into(), "quillon".into(), "ravensmoor".into()];
    forms.push(CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect());
    forms.push(CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect());
    forms.push(CANARY.bytes().flat_map(|b| format!("{b:02x}").into_bytes()).collect());
    // Base64 at each of the three alignments, without the characters that its neighbours touch.
    forms.extend((0..3).map(|skip| base64(&CANARY[skip..skip + 12]).into_bytes()));
    forms
}

fn scan(folder: &Path, hits: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scan(&path, hits);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for form in forms() {
            if bytes.windows(form.len()).any(|window| window == form) {
                hits.push(format!("{} {:?}", path.display(), String::from_utf8_lossy(&form)));
            }
        }
    }
}

/// The canary goes through everything that can hold it. It is in clear nowhere, neither
/// before nor after the erasure; after it, nothing opens it.
pub fn no_canary_stands_in_any_file(place: &Place) {
    let store = place.open();
    save_about(&store, "r1", "s1", CANARY);
    let text = format!("Dear {CANARY}").repeat(100);
    store
        .write(&origin(), |tx| {
            store.blob_put(
                tx,
                &NewBlob { id: "b1", record: "r1", subject: Some("s1"), name: CANARY, mime: "text/plain" },
                text.as_bytes(),
            )?;
            store.blob_put(tx, &NewBlob { id: "b2", record: "r1", subject: None, name: CANARY, mime: "text/plain" }, text.as_bytes())?;
            tx.job_enqueue(&NewJob { id: "j1", kind: "scan", record: Some("r1"), payload: &json!({"who": CANARY}), run_at_us: 0 })?;
            tx.idempotency_put(CANARY, CANARY, &json!({"who": CANARY}))?;
            tx.setting_put("directory", &json!([CANARY]), "")?;
            tx.throttle_fail(CANARY, 5)?;
            let (email, body) = (format!("{CANARY}@example.org"), json!({"name": CANARY}));
            let user = User {
                id: "u1".to_owned(),
                email,
                body,
                password_hash: String::new(),
                totp_secret: Some(CANARY.into()),
                roles: vec!["lead".to_owned()],
                state: "active".to_owned(),
                totp_step: 0,
            };
            tx.user_save(&user, "invite", "")?;
            let item =
                ReviewItem { locator: CANARY.to_owned(), band: "certain".to_owned(), state: "open".to_owned(), ..ReviewItem::default() };
            tx.review_items_insert("r1", &[ReviewItemFull { item, proposals: CANARY.into(), document: CANARY.into() }])?;
            tx.log_batch("r1", [3; 32], "search")
        })
        .unwrap();
    let look = |store: &Store| {
        let mut hits = Vec::new();
        scan(place.folder.path(), &mut hits);
        if place.is_postgres() {
            let mut client = place.raw_postgres();
            for table in
                ["records", "versions", "log", "tokens", "blobs", "users", "settings", "jobs", "review_items", "idempotency", "throttle"]
            {
                for row in client.query(&format!("SELECT t::text FROM {table} t"), &[]).unwrap() {
                    let row: String = row.get(0);
                    hits.extend(
                        forms().iter().filter(|f| row.as_bytes().windows(f.len()).any(|w| w == f.as_slice())).map(|_| table.to_owned()),
                    );
                }
            }
        }
        assert_eq!(hits, Vec::<String>::new());
        let report = place.verify(store);
        assert!(report.ok, "{report:?}");
    };
    look(&store);
    let (_, mut reader) = store.read(|tx| tx.blob_open("b1")).unwrap().unwrap();
    let mut back = String::new();
    reader.read_to_string(&mut back).unwrap();
    assert_eq!(back, text);
    store
        .write(&origin(), |tx| {
            tx.subject_erase("s1", "request")?;
            tx.record_erase("r1", 1, "dispose", "request")?;
            tx.user_erase("u1", "left")
        })
        .unwrap();
    look(&store);
    if !place.is_postgres() {
        let wal = std::fs::metadata(format!("{}-wal", place.file().display())).map_or(0, |m| m.len());
        assert_eq!(wal, 0, "the write-ahead log is cut after an erasure");
        let connection = place.raw_sqlite();
        let tokens: i64 = connection.query_row("SELECT count(*) FROM tokens WHERE subject = 's1'", [], |row| row.get(0)).unwrap();
        assert_eq!(tokens, 0);
    }
    assert!(store.read(|tx| tx.blob_open("b1")).unwrap().is_none());
    assert!(store.read(|tx| tx.blob_open("b2")).unwrap().is_none());
    assert_eq!(store.read(|tx| tx.user_get("u1")).unwrap().unwrap().state, "erased");
    assert!(store.read(|tx| tx.user_by_email(&format!("{CANARY}@example.org"))).unwrap().is_none());
    let files = walk(&place.folder.path().join("data/blobs"));
    assert_eq!(files, 0, "the files of the record and the subject are deleted");
}

fn walk(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
