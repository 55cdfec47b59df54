//! Every route for records, as every role, in every relation, at every stage: what is forbidden
//! looks like what is missing, and what is allowed is reached.

use axum::http::StatusCode;
use domain::people::{Actor, Relation, Role, Verb, may};
use web::routes::{Access, ROUTES, Route};

use super::parts::{Family, address, family};
use super::world::{Case, NOTHING, Stand, World};
use crate::web::browser::{Answer, Browser};

/// Routes whose use case asks for more than the row says: what it asks for besides.
const ASKS_MORE: &[(&str, &str, &[Verb])] = &[("POST", "/requests/{id}/reopen", &[Verb::RequestApprove, Verb::RequestWork])];

/// Addresses that are allowed and yet not there at some stages, because what they show is not.
const NOT_ALWAYS: &[&str] = &[
    "/requests/{id}/review/{item}",
    "/requests/{id}/review/{item}/pages",
    "/requests/{id}/documents/{document}",
    "/requests/{id}/documents/{document}/post",
    "/requests/{id}/postings/{posting}",
    "/requests/{id}/postings/{posting}/envelope",
];

/// Posts that answer with a page instead of leading on, although nothing was filled in.
const ANSWERS_WITH_A_PAGE: &[&str] = &["/inbox/search", "/requests/search", "/requests/{id}/release"];

/// Whether the one matrix lets an actor do this to a record of the family.
fn allowed(route: &Route, verb: Verb, actor: &Actor, relation: Relation) -> bool {
    let sees = match family(route) {
        Family::Request => may(actor, Verb::RequestSee, relation),
        Family::Duty => may(actor, Verb::DutySee, relation),
        Family::Version => may(actor, Verb::PolicySee, relation),
        Family::Other | Family::Fixed => true,
    };
    let more = ASKS_MORE.iter().find(|(method, path, _)| (*method, *path) == (route.method, route.path));
    sees && may(actor, verb, relation) && more.is_none_or(|(_, _, verbs)| verbs.iter().any(|verb| may(actor, *verb, relation)))
}

/// One role trying everything: what it tried and what came of it, counted.
struct Trial<'a> {
    world: &'a World,
    browser: Browser,
    /// What an address answers that nobody has.
    missing: String,
    tried: usize,
    reached: usize,
}

impl Trial<'_> {
    /// One try: sends, and holds the answer against what the matrix says.
    async fn attempt(&mut self, route: &Route, at: (&str, Option<&Case>), may: bool) {
        let (id, case) = at;
        let path = address(route, id, case);
        let before = case.filter(|_| may && route.method == "POST").map(|case| self.world.stored(&case.id));
        let answer = self.browser.send(route.method, &path, &[], &[("sec-fetch-site", "same-origin")]).await;
        self.tried += 1;
        let what = format!("{} {} at {:?}", route.method, route.path, case.map(|case| case.stage));
        if may {
            self.reached += 1;
            reached(route, case, &answer, &what);
        } else {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", answer.body);
            assert!(answer.body == self.missing, "{what} can be told from a missing page: {}", answer.body);
        }
        if let Some(before) = before {
            self.world.restore(&before);
        }
    }
}

fn reached(route: &Route, case: Option<&Case>, answer: &Answer, what: &str) {
    let status = answer.status;
    let broken = status.is_server_error() || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    assert!(!broken, "{what}: {status} {}", answer.body);
    if route.method == "GET" && family(route) == Family::Request && !NOT_ALWAYS.contains(&route.path) {
        assert!(status != StatusCode::NOT_FOUND, "{what} is allowed and not reached");
    }
    if route.method != "GET" && status.is_success() {
        assert!(ANSWERS_WITH_A_PAGE.contains(&route.path), "{what} answers an empty form with {status}");
    }
    if case.is_some_and(|case| case.stage == "erased") {
        assert!(!answer.body.contains("Amelia"), "{what} names somebody who was erased");
    }
}

/// Tries one role in everything.
async fn every_route_as(role: Role) {
    let (world, actor) = World::new(Some(role)).await;
    let actor = actor.unwrap();
    let mut browser = Browser::signed_in(&world.setting, &format!("{}@example.org", role.key())).await;
    let missing = browser.get("/there-is-no-such-page").await.body;
    let mut trial = Trial { world: &world, browser, missing, tried: 0, reached: 0 };
    let routes = || ROUTES.iter().filter_map(|route| if let Access::May(verb) = route.access { Some((route, verb)) } else { None });
    for stand in Stand::ALL {
        let relation = if *stand == Stand::Stranger { Relation::NotInvolved } else { Relation::Involved };
        for case in &world.cases {
            world.relate(&case.id, &actor.user, *stand);
            for (route, verb) in routes().filter(|(route, _)| family(route) == Family::Request) {
                let may = allowed(route, verb, &actor, relation);
                trial.attempt(route, (&case.id, Some(case)), may).await;
            }
        }
    }
    for (route, verb) in routes().filter(|(route, _)| route.path != "/sign-out") {
        let nowhere = matches!(family(route), Family::Request | Family::Version | Family::Duty);
        let may = !nowhere && may(&actor, verb, Relation::Involved);
        if family(route) == Family::Other && may {
            continue;
        }
        trial.attempt(route, (NOTHING, None), may).await;
    }
    for (route, verb) in routes() {
        let records = match family(route) {
            Family::Version => &world.versions,
            Family::Duty => &world.duties,
            _ => continue,
        };
        for (name, id) in records {
            let involved = family(route) == Family::Version || *name == "everybody";
            let relation = if involved { Relation::Involved } else { Relation::NotInvolved };
            let may = allowed(route, verb, &actor, relation);
            trial.attempt(route, (id, None), may).await;
        }
    }
    assert!(trial.tried > 2_000 && trial.reached > 0, "{} tried, {} reached", trial.tried, trial.reached);
}

#[tokio::test]
async fn every_route_relation_and_stage_as_the_lead() {
    every_route_as(Role::Lead).await;
}

#[tokio::test]
async fn every_route_relation_and_stage_as_a_handler() {
    every_route_as(Role::Handler).await;
}

#[tokio::test]
async fn every_route_relation_and_stage_as_an_approver() {
    every_route_as(Role::Approver).await;
}

#[tokio::test]
async fn every_route_relation_and_stage_as_staff() {
    every_route_as(Role::Staff).await;
}

#[tokio::test]
async fn every_route_relation_and_stage_as_an_auditor() {
    every_route_as(Role::Auditor).await;
}

#[tokio::test]
async fn every_route_relation_and_stage_as_an_administrator() {
    every_route_as(Role::Administrator).await;
}
