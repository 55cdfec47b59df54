//! Methods that no row lists, accounts that may not act, cookies and identifiers of others.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::people::{Role, Standing};
use services::accounts::{actor_by_email, set_standing};
use sha2::Digest;
use store::Origin;
use web::routes::{Access, ROUTES};

use super::parts::{Family, address, family};
use super::world::{NOTHING, Stand, World};
use crate::web::browser::Browser;
use crate::web::setting::Setting;

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"];

#[tokio::test]
async fn a_method_that_no_row_lists_is_not_there_for_anybody() {
    let setting = Setting::new();
    let everything = "all@example.org";
    services::accounts::create(&setting.app, "All", everything, Role::ALL, crate::web::setting::PASSWORD, crate::web::setting::SECRET)
        .unwrap();
    let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for route in ROUTES {
        listed.entry(route.path).or_default().insert(route.method);
    }
    for mut browser in [Browser::new(&setting), Browser::signed_in(&setting, everything).await] {
        let of_the_staff = browser.get("/there-is-no-such-page").await.body;
        let public = browser.get("/portal/there-is-no-such-page").await.body;
        let mut tried = 0;
        for (path, methods) in &listed {
            let sample = ROUTES.iter().find(|route| route.path == *path).unwrap().sample();
            let missing = if path.starts_with("/portal") { &public } else { &of_the_staff };
            // A page that is read answers HEAD as well.
            for method in METHODS.iter().filter(|method| !(methods.contains(**method) || **method == "HEAD" && methods.contains("GET"))) {
                let answer = browser.send(method, &sample, &[], &[("sec-fetch-site", "same-origin")]).await;
                let refused = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
                assert!(refused, "{method} {path}: {}", answer.status);
                assert!(answer.body.is_empty() || answer.body == *missing, "{method} {path} can be told from a missing page");
                assert!(!answer.headers.contains_key("allow"), "{method} {path} says what else there is");
                tried += 1;
            }
        }
        assert!(tried > 300, "{tried}");
    }
}

/// What somebody gets who is not signed in: the sign-in page for reading, nothing for the rest.
async fn is_a_stranger(browser: &mut Browser, why: &str) {
    for route in ROUTES {
        let answer = browser.send(route.method, &route.sample(), &[], &[("sec-fetch-site", "same-origin")]).await;
        match route.access {
            Access::May(_) if route.method == "GET" => {
                assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/sign-in"), "{} {why}", route.path);
            }
            Access::May(_) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {why}", route.path),
            Access::Public => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{} {why}", route.path),
        }
    }
}

#[tokio::test]
async fn an_account_that_is_invited_suspended_or_gone_is_nobody_even_with_a_session() {
    let setting = Setting::new();
    let admin = actor_by_email(&setting.app, &setting.account(Role::Administrator)).unwrap();
    let email = setting.account(Role::Lead);
    let lead = actor_by_email(&setting.app, &email).unwrap();
    for standing in [Standing::Invited, Standing::Suspended, Standing::Left] {
        set_standing(&setting.app, &admin, &lead.user, Standing::Active).unwrap();
        let mut browser = Browser::signed_in(&setting, &email).await;
        assert_eq!(browser.get("/requests").await.status, StatusCode::OK);
        set_standing(&setting.app, &admin, &lead.user, standing).unwrap();
        is_a_stranger(&mut browser, &format!("{standing:?}, session ended")).await;
        // Even were a session left over in the store, the standing counts.
        let (token, now) = (format!("left-over-{standing:?}"), setting.app.now_us());
        let hash = sha2::Sha256::digest(token.as_bytes()).to_vec();
        let origin = Origin { actor: "test".to_owned(), at_us: now };
        setting.app.store.write(&origin, |tx| tx.session_create(&hash, lead.user.as_str(), "full", now + 3_600_000_000)).unwrap();
        browser.cookie(&format!("probity={token}"));
        is_a_stranger(&mut browser, &format!("{standing:?}, session kept")).await;
    }
}

#[tokio::test]
async fn a_cookie_that_was_altered_swapped_or_ended_opens_nothing() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let good = browser.taken_cookie();
    let (name, token) = good.split_once('=').unwrap();
    let (head, tail) = token.split_at(token.len() / 2);
    let spent = Browser::signed_in(&setting, &email).await.taken_cookie();
    let mut leaving = Browser::new(&setting);
    leaving.cookie(&spent);
    leaving.post("/sign-out", &[]).await;
    let altered =
        [format!("{name}={head}"), format!("{name}={tail}{head}"), format!("{name}={}", token.to_uppercase()), format!("{name}="), spent];
    for cookie in altered {
        browser.cookie(&cookie);
        is_a_stranger(&mut browser, "with another cookie").await;
    }
    browser.cookie(&good);
    assert_eq!(browser.get("/requests").await.status, StatusCode::OK, "the right one still works");
}

#[tokio::test]
async fn identifiers_of_somebody_elses_case_open_nothing_wherever_they_stand() {
    let (world, actor) = World::new(Some(Role::Handler)).await;
    let actor = actor.unwrap();
    let mut browser = Browser::signed_in(&world.setting, "handler@example.org").await;
    let missing = browser.get("/there-is-no-such-page").await.body;
    let of = |stage: &str| world.cases.iter().find(|case| case.stage == stage).unwrap();
    let (mine, theirs) = (of("review"), of("replied"));
    world.relate(&mine.id, &actor.user, Stand::Owner);
    world.relate(&theirs.id, &actor.user, Stand::Stranger);
    let document = theirs.document.as_deref().unwrap();
    let mut paths = Vec::new();
    for id in [&theirs.id, NOTHING, "x", "%00", "..%2f..%2fetc"] {
        paths.push(format!("/requests/{}/documents/{document}", mine.id));
        paths.push(format!("/requests/{id}/documents/{document}"));
        paths.push(format!("/requests/{}/documents/{id}", mine.id));
        paths.push(format!("/requests/{id}"));
        paths.push(format!("/duties/{id}"));
        paths.push(format!("/policy/versions/{id}"));
    }
    for path in paths {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body == missing, "{path} can be told from a missing page");
    }
    // The body names a case of one's own; the address counts.
    for route in ROUTES.iter().filter(|route| route.method == "POST" && family(route) == Family::Request) {
        let version = world.stored(&theirs.id).version.to_string();
        let fields = [("id", mine.id.as_str()), ("request", &mine.id), ("version", &version), ("record", &mine.id), ("item", "0")];
        for id in [theirs.id.as_str(), NOTHING] {
            let answer = browser.post(&address(route, id, None), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} with an own case in the body", route.path);
            assert!(answer.body == missing, "{} can be told from a missing page", route.path);
        }
        assert_eq!(world.stored(&theirs.id).version.to_string(), version);
    }
}
