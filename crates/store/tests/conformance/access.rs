use serde_json::json;
use store::{Error, NewPass, Throttle, User};

use crate::place::{Place, at, origin};

fn user(id: &str, email: &str) -> User {
    User {
        id: id.to_owned(),
        email: email.to_owned(),
        body: json!({"name": "Ngozi Adeyemi"}),
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
        totp_secret: Some(vec![1, 2, 3]),
        roles: vec!["lead".to_owned(), "reviewer".to_owned()],
        state: "active".to_owned(),
        totp_step: 0,
    }
}

pub fn people_are_found_by_address_and_their_secrets_are_sealed(place: &Place) {
    let store = place.open();
    assert_eq!(store.read(|tx| tx.user_count()).unwrap(), 0);
    store.write(&origin(), |tx| tx.user_save(&user("u1", "Ngozi@Example.org"), "create", "")).unwrap();
    let found = store.read(|tx| tx.user_by_email(" ngozi@example.ORG")).unwrap().unwrap();
    assert_eq!(found, user("u1", "Ngozi@Example.org"));
    assert!(!format!("{found:?}").contains("Ngozi"));
    let taken = store.write(&origin(), |tx| tx.user_save(&user("u2", "ngozi@example.org"), "create", ""));
    assert!(matches!(taken, Err(Error::Taken { .. })));
    let mut changed = user("u1", "ngozi@example.com");
    changed.roles = vec!["reviewer".to_owned()];
    store.write(&origin(), |tx| tx.user_save(&changed, "change", "moved")).unwrap();
    assert!(store.read(|tx| tx.user_by_email("ngozi@example.org")).unwrap().is_none());
    assert_eq!(store.read(|tx| tx.user_get("u1")).unwrap().unwrap().roles, ["reviewer"]);
    assert_eq!(store.read(|tx| tx.user_list("", 10)).unwrap().len(), 1);
    let steps: Vec<bool> =
        [7, 7, 6, 8].iter().map(|step| store.write_technical(&origin(), |tx| tx.user_totp_step("u1", *step)).unwrap()).collect();
    assert_eq!(steps, [true, false, false, true]);
    assert_eq!(store.read(|tx| tx.user_count()).unwrap(), 1);
    let verbs: Vec<String> = store.read(|tx| tx.record_history("u1")).unwrap().into_iter().map(|e| e.verb).collect();
    assert_eq!(verbs, ["create", "change"]);
    assert!(place.verify(&store).ok);
}

pub fn sessions_begin_expire_and_end(place: &Place) {
    let store = place.open();
    let create = |token: &[u8]| store.write(&at(10), |tx| tx.session_create(token, "u1", "full", 100)).unwrap();
    create(b"one");
    create(b"two");
    let session = store.read(|tx| tx.session_get(b"one", 50)).unwrap().unwrap();
    assert_eq!((session.user_id.as_str(), session.stage.as_str(), session.expires_us), ("u1", "full", 100));
    assert_eq!(store.read(|tx| tx.session_get(b"one", 100)).unwrap(), None);
    store.write_technical(&at(60), |tx| tx.session_seen(b"one", 160)).unwrap();
    assert_eq!(store.read(|tx| tx.session_get(b"one", 100)).unwrap().unwrap().seen_us, 60);
    assert!(store.write(&at(61), |tx| tx.session_end(b"one")).unwrap());
    assert!(!store.write(&at(61), |tx| tx.session_end(b"one")).unwrap());
    assert_eq!(store.read(|tx| tx.session_get(b"one", 62)).unwrap(), None);
    create(b"three");
    assert_eq!(store.write(&at(62), |tx| tx.sessions_end("u1")).unwrap(), 2);
    create(b"four");
    assert_eq!(store.write_technical(&at(100), |tx| tx.sessions_expire()).unwrap(), 1);
    let kinds: Vec<String> = store.read(|tx| tx.record_history("u1")).unwrap().into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["signed_in", "signed_in", "signed_out", "signed_in", "signed_out", "signed_in"]);
}

pub fn a_one_time_token_works_once_and_in_time(place: &Place) {
    let store = place.open();
    store.write(&at(1), |tx| tx.one_time_token_create(b"secret", "setup", 100)).unwrap();
    let check = |purpose: &str, now| store.read(|tx| tx.one_time_token_check(b"secret", purpose, now)).unwrap();
    assert!(check("setup", 99) && !check("setup", 100) && !check("reset", 50));
    assert!(!store.write(&at(100), |tx| tx.one_time_token_use(b"secret", "setup")).unwrap());
    assert!(!store.write(&at(50), |tx| tx.one_time_token_use(b"other", "setup")).unwrap());
    assert!(!store.write(&at(50), |tx| tx.one_time_token_use(b"secret", "reset")).unwrap());
    assert!(store.write(&at(50), |tx| tx.one_time_token_use(b"secret", "setup")).unwrap());
    assert!(!store.write(&at(51), |tx| tx.one_time_token_use(b"secret", "setup")).unwrap());
}

pub fn failures_are_counted_and_forgotten(place: &Place) {
    let store = place.open();
    let fail = |who: &str, until| store.write_technical(&origin(), |tx| tx.throttle_fail(who, until)).unwrap();
    assert_eq!((fail("ngozi@example.org", 10), fail("ngozi@example.org", 20), fail("192.0.2.7", 5)), (1, 2, 1));
    let get = |who: &str| store.read(|tx| tx.throttle_get(who)).unwrap();
    assert_eq!(get("ngozi@example.org"), Throttle { failures: 2, until_us: 20 });
    assert_eq!(store.write_technical(&origin(), |tx| tx.throttle_expire(6)).unwrap(), 1);
    assert_eq!(get("192.0.2.7"), Throttle::default());
    store.write_technical(&origin(), |tx| tx.throttle_clear("ngozi@example.org")).unwrap();
    assert_eq!(get("ngozi@example.org"), Throttle::default());
}

pub fn a_window_begins_with_the_first_and_the_work_is_always_the_same(place: &Place) {
    let store = place.open();
    let count = |at_us: i64, who: &str| {
        let origin = at(at_us);
        store.watch();
        let counted = store.write_technical(&origin, |tx| tx.throttle_count(who, at_us + 10)).unwrap();
        (counted, store.watched())
    };
    let (first, work) = count(100, "192.0.2.7");
    assert_eq!((first, work["BEGIN TO WRITE"], work["THROTTLE_COUNT"]), (1, 1, 1));
    // The window ends ten after the first, whatever comes in between; then another begins.
    for (at_us, who, wanted) in
        [(105, "192.0.2.7", 2), (105, "192.0.2.8", 1), (109, "192.0.2.7", 3), (110, "192.0.2.7", 1), (119, "192.0.2.7", 2)]
    {
        assert_eq!(count(at_us, who), (wanted, work.clone()), "{who} at {at_us}");
    }
    assert!(store.read(|tx| tx.throttle_get("192.0.2.7")).is_ok() && store.watched().is_empty(), "nobody watches any more");
}

pub fn settings_are_sealed_and_logged(place: &Place) {
    let store = place.open();
    assert_eq!(store.read(|tx| tx.setting_get("organisation")).unwrap(), None);
    for name in ["Harbour Learning", "Harbour Learning CIC"] {
        store.write(&origin(), |tx| tx.setting_put("organisation", &json!({"name": name}), "set up")).unwrap();
    }
    assert_eq!(store.read(|tx| tx.setting_get("organisation")).unwrap().unwrap(), json!({"name": "Harbour Learning CIC"}));
    assert_eq!(store.read(|tx| tx.record_history("organisation")).unwrap().len(), 2);
    let report = place.verify(&store);
    assert!(report.ok, "{report:?}");
}

pub fn a_pass_is_bound_spent_and_ended(place: &Place) {
    let store = place.open();
    let make = |token: &[u8], uses| {
        let new = NewPass { token, kind: "link", record: "r1", purpose: "collect", secret: "hash", uses, expires_us: 100 };
        store.write(&at(10), |tx| tx.pass_create(&new)).unwrap();
    };
    make(b"one", 2);
    let pass = store.read(|tx| tx.pass_get(b"one", "link", 50)).unwrap().unwrap();
    assert_eq!((pass.record.as_str(), pass.purpose.as_str(), pass.secret.as_str(), pass.uses), ("r1", "collect", "hash", 2));
    for (token, kind, now) in [(b"two", "link", 50), (b"one", "session", 50), (b"one", "link", 100)] {
        assert_eq!(store.read(|tx| tx.pass_get(token, kind, now)).unwrap(), None);
    }
    let used = |token: &[u8], purpose: &str, now| store.write(&at(now), |tx| tx.pass_use(token, "link", purpose)).unwrap();
    assert_eq!(used(b"one", "follow", 20), None, "bound to its purpose");
    assert_eq!(used(b"one", "collect", 100), None, "expired");
    assert_eq!(used(b"one", "collect", 20).unwrap().uses, 1);
    assert_eq!(used(b"one", "collect", 21).unwrap().uses, 0);
    assert_eq!(used(b"one", "collect", 22), None, "spent");
    make(b"tried", 5);
    let tried = || store.write(&at(30), |tx| tx.pass_try(b"tried", "link", 2)).unwrap();
    assert_eq!(tried().unwrap().uses, 5);
    assert_eq!(tried().unwrap().uses, 0, "the last wrong one spends it");
    assert_eq!((tried(), used(b"tried", "collect", 31)), (None, None));
    make(b"ended", 1);
    let of = |record: &str, purpose: &str, now| store.read(|tx| tx.passes_of(record, purpose, "link", now)).unwrap().len();
    assert_eq!((of("r1", "collect", 40), of("r1", "follow", 40), of("r2", "collect", 40), of("r1", "collect", 100)), (1, 0, 0, 0));
    assert_eq!(store.write(&at(40), |tx| tx.passes_end("r1", "collect")).unwrap(), 3);
    assert_eq!(used(b"ended", "collect", 41), None);
    make(b"late", 1);
    assert_eq!(store.write_technical(&at(100), |tx| tx.passes_expire()).unwrap(), 1);
    let verbs: Vec<String> = store.read(|tx| tx.record_history("r1")).unwrap().into_iter().map(|e| e.verb).collect();
    assert_eq!(verbs.iter().filter(|verb| *verb == "pass_use").count(), 2);
    assert!(place.verify(&store).ok);
}
