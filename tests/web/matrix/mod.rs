//! Every route x method x role x relation x state: what the one matrix does not allow is not there.

mod access;
mod doors;
mod kept;
mod links;
mod parts;
mod records;
mod stages;
mod table;
mod world;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Standing, may};
use services::accounts::{accounts, set_standing};
use web::routes::{Access, ROUTES};

use super::browser::Browser;
use super::setting::Setting;

fn actor(role: Role) -> Actor {
    Actor { user: UserId::new("test"), name: role.title().to_owned(), roles: vec![role], standing: Standing::Active }
}

#[tokio::test]
async fn no_route_answers_a_role_that_its_row_does_not_list() {
    let setting = Setting::new();
    let (mut refused, mut let_through) = (0, 0);
    for role in Role::ALL {
        let email = setting.account(*role);
        let mut browser = Browser::signed_in(&setting, &email).await;
        let missing = browser.get("/there-is-no-such-page").await.body;
        for route in ROUTES {
            let Access::May(verb) = route.access else { continue };
            if route.path == "/sign-out" {
                continue;
            }
            let answer = browser.send(route.method, &route.sample(), &[], &[("sec-fetch-site", "same-origin")]).await;
            if may(&actor(*role), verb, Relation::Involved) {
                let_through += 1;
                assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{} {} as {role:?}", route.method, route.path);
            } else {
                refused += 1;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {} as {role:?}", route.method, route.path);
                assert_eq!(answer.body, missing, "{} {} as {role:?} can be told from a missing page", route.method, route.path);
            }
        }
    }
    assert!(refused > 150 && let_through > 50, "{refused} refused, {let_through} let through");
}

#[tokio::test]
async fn nobody_signed_in_reaches_only_what_is_public() {
    let setting = Setting::new();
    let mut browser = Browser::new(&setting);
    for route in ROUTES {
        let answer = browser.send(route.method, &route.sample(), &[], &[("sec-fetch-site", "same-origin")]).await;
        match route.access {
            Access::Public => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path),
            Access::May(_) if route.method == "GET" => {
                assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/sign-in"), "{}", route.path);
            }
            Access::May(_) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path),
        }
    }
}

#[tokio::test]
async fn a_missing_record_and_somebody_elses_look_the_same() {
    let setting = Setting::new();
    let (lead, handler) = (setting.account(Role::Lead), setting.account(Role::Handler));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let id = super::journey::record(&mut lead).await;
    let mut handler = Browser::signed_in(&setting, &handler).await;
    let bodies: BTreeMap<&str, String> = BTreeMap::from([
        ("theirs", handler.get(&format!("/requests/{id}")).await.body),
        ("missing", handler.get("/requests/019a0000-0000-7000-8000-999999999999").await.body),
        ("nonsense", handler.get("/requests/%27%20or%201=1").await.body),
        ("their form", handler.get(&format!("/requests/{id}/extend")).await.body),
    ]);
    for (what, body) in &bodies {
        assert_eq!(*body, bodies["missing"], "{what}");
    }
}

#[tokio::test]
async fn what_is_revoked_is_refused_by_the_next_request() {
    let setting = Setting::new();
    let (email, admin) = (setting.account(Role::Lead), setting.account(Role::Administrator));
    let mut browser = Browser::signed_in(&setting, &email).await;
    assert_eq!(browser.get("/requests").await.status, StatusCode::OK);
    let admin = services::accounts::actor_by_email(&setting.app, &admin).unwrap();
    let rows = accounts(&setting.app, &admin).unwrap();
    let user = rows.into_iter().find(|row| row.email == email).unwrap().id;
    set_standing(&setting.app, &admin, &user, Standing::Suspended).unwrap();
    assert_eq!(browser.get("/requests").await.leads_to(), "/sign-in");
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_at_sign_out() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    setting.wait_minutes(29);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    setting.wait_minutes(31);
    assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
    let mut browser = Browser::signed_in(&setting, &email).await;
    let mut copy = Browser::signed_in(&setting, &email).await;
    assert_eq!(browser.post("/sign-out", &[]).await.leads_to(), "/sign-in?done=signed-out");
    assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
    assert_eq!(copy.get("/").await.status, StatusCode::OK, "another session goes on");
}
