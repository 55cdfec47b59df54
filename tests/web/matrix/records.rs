//! Complaints, marks, messages, searches by hand, postings and accounts: every route of theirs as every role, in every
//! relation, in each of their states. Who may not come finds what nobody has, to the byte, and changes nothing.

use axum::http::StatusCode;
use domain::people::{Actor, Relation, Role, Verb, may};
use web::routes::{Access, ROUTES, Route};

use super::kept::{Kept, make};
use super::parts::filled;
use super::world::{NOTHING, Stand, World};
use crate::web::browser::{Answer, Browser};

/// The kinds by the beginning of their addresses, and what one needs to know of such a record at all.
const KINDS: &[(&str, &str, Verb)] = &[
    ("/complaints/{id}", "complaint", Verb::ComplaintSee),
    ("/marks/{id}", "mark", Verb::MarkSee),
    ("/inbox/{id}", "message", Verb::InboxSee),
    ("/outbox/{id}", "mail", Verb::OutboxSee),
    ("/searches/{id}", "search", Verb::SearchSee),
    ("/requests/{id}/postings/{posting}", "posting", Verb::RequestSee),
    ("/requests/{id}/documents/{document}/post", "posting", Verb::RequestSee),
    ("/people/{id}", "account", Verb::UserManage),
];

/// What is not there in some states although one may see the record: a file of a record without files, a stage that its pack does
/// not have, what was erased.
fn may_be_missing(route: &Route, kept: &Kept) -> bool {
    kept.state == "erased"
        || route.path == "/complaints/{id}/steps/{step}"
        || (route.path.contains("{document}") && kept.kind == "complaint")
        || (route.path == "/inbox/{id}/message" && kept.state == "became a case")
}

fn kind_of(route: &Route) -> Option<(&'static str, Verb)> {
    KINDS.iter().find(|(start, ..)| route.path.starts_with(start)).map(|(_, kind, verb)| (*kind, *verb))
}

struct Trial<'a> {
    world: &'a World,
    browser: Browser,
    missing: String,
    tried: usize,
    reached: usize,
}

impl Trial<'_> {
    async fn send(&mut self, route: &Route, path: &str, version: u64) -> Answer {
        self.tried += 1;
        let version = version.to_string();
        // With the right version a form lacks nothing that would stop it before it is refused.
        let fields = [("version", version.as_str()), ("standing", "left")];
        self.browser.send(route.method, path, &fields, &[("sec-fetch-site", "same-origin")]).await
    }

    async fn attempt(&mut self, route: &Route, kept: &Kept, allowed: bool) {
        let parts: Vec<(&str, &str)> = kept.parts.iter().map(|(part, value)| (*part, value.as_str())).collect();
        let path = filled(route, &parts);
        let before = kept.stored.as_ref().map(|id| self.world.stored(id));
        let version = before.as_ref().map_or(0, |stored| stored.version);
        let answer = self.send(route, &path, version).await;
        let what = format!("{} {} of a {} that is {}", route.method, route.path, kept.kind, kept.state);
        let after = kept.stored.as_ref().map(|id| self.world.stored(id).version);
        if allowed {
            self.reached += 1;
            came_through(route, kept, &answer, &what);
            if let Some(before) = before {
                self.world.restore(&before);
            }
        } else {
            self.is_missing(&answer, &what);
            assert_eq!(after, before.map(|stored| stored.version), "{what} changed it");
        }
    }

    fn is_missing(&self, answer: &Answer, what: &str) {
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", answer.body);
        assert!(answer.body == self.missing, "{what} can be told from a missing page: {}", answer.body);
    }
}

fn came_through(route: &Route, kept: &Kept, answer: &Answer, what: &str) {
    let status = answer.status;
    let broken = status.is_server_error() || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    assert!(!broken, "{what}: {status} {}", answer.body);
    if route.method == "GET" {
        assert!(status != StatusCode::NOT_FOUND || may_be_missing(route, kept), "{what} is allowed and not reached");
    } else {
        assert!(!status.is_success(), "{what} answers a form without its fields with {status}");
    }
    if kept.state == "erased" {
        assert!(!answer.body.contains("Amelia"), "{what} names somebody who was erased");
    }
}

fn is_allowed(kept: &Kept, actor: &Actor, sees: Verb, verb: Verb, relation: Relation) -> bool {
    let relation = if kept.involves.is_some() { relation } else { Relation::NotInvolved };
    may(actor, sees, relation) && may(actor, verb, relation)
}

/// Tries one role in everything.
async fn every_record_as(role: Role) {
    let (mut world, actor) = World::bare(Some(role)).await;
    let actor = actor.unwrap();
    let all = make(&mut world).await;
    let mut browser = Browser::signed_in(&world.setting, &format!("{}@example.org", role.key())).await;
    let missing = browser.get("/there-is-no-such-page").await.body;
    let mut trial = Trial { world: &world, browser, missing, tried: 0, reached: 0 };
    let routes = || ROUTES.iter().filter_map(|route| if let Access::May(verb) = route.access { Some((route, verb)) } else { None });
    for stand in Stand::ALL {
        let relation = if *stand == Stand::Stranger { Relation::NotInvolved } else { Relation::Involved };
        for kept in &all {
            if let Some(id) = &kept.involves {
                world.relate(id, &actor.user, *stand);
            }
            for (route, verb) in routes() {
                let Some((kind, sees)) = kind_of(route) else { continue };
                if kind == kept.kind {
                    trial.attempt(route, kept, is_allowed(kept, &actor, sees, verb, relation)).await;
                }
            }
        }
    }
    // What nobody has answers everybody alike, whatever they may.
    for (route, _) in routes().filter(|(route, _)| kind_of(route).is_some()) {
        for id in [NOTHING, "x", "%00", "..%2f..%2fetc"] {
            let parts = [("{id}", id), ("{document}", id), ("{posting}", id)];
            let answer = trial.send(route, &filled(route, &parts), 1).await;
            trial.is_missing(&answer, &format!("{} {} of {id}", route.method, route.path));
        }
    }
    assert!(trial.tried > 700, "{} tried", trial.tried);
    assert_eq!(trial.reached > 0, !matches!(role, Role::Portal), "{} reached", trial.reached);
}

#[tokio::test]
async fn every_record_as_the_lead() {
    every_record_as(Role::Lead).await;
}

#[tokio::test]
async fn every_record_as_a_handler() {
    every_record_as(Role::Handler).await;
}

#[tokio::test]
async fn every_record_as_an_approver() {
    every_record_as(Role::Approver).await;
}

#[tokio::test]
async fn every_record_as_staff() {
    every_record_as(Role::Staff).await;
}

#[tokio::test]
async fn every_record_as_an_auditor() {
    every_record_as(Role::Auditor).await;
}

#[tokio::test]
async fn every_record_as_an_administrator() {
    every_record_as(Role::Administrator).await;
}

#[test]
fn every_route_with_a_part_has_its_records() {
    // Addresses with a part that is no record: a clause, a notice.
    let no_record = ["/policy/clauses/{clause}", "/policy/notices/{notice}"];
    for route in ROUTES.iter().filter(|route| route.path.contains('{') && matches!(route.access, Access::May(_))) {
        let of_the_world = ["/requests/{id}", "/policy/versions/{id}", "/duties/{id}"].iter().any(|start| route.path.starts_with(start));
        assert!(
            of_the_world || kind_of(route).is_some() || no_record.contains(&route.path),
            "{} names a record that no test makes: give it a line in KINDS and its records in `kept`",
            route.path
        );
    }
}
