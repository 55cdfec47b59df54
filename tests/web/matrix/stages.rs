//! What a stage forbids: one table, held against every act at every stage with a form that is
//! filled in properly.

use axum::http::StatusCode;
use services::accounts::actor_by_email;
use services::policy::{draft, propose, withdraw};
use web::routes::ROUTES;

use super::world::World;
use crate::web::browser::Browser;

const LIVE: &[&str] = &["open", "searching", "review", "prepared", "approved"];
const NEVER: &[&str] = &[];
const FIELDS_NONE: &[(&str, &str)] = &[];
const ON: [(&str, &str); 3] = [("on-day", "22"), ("on-month", "11"), ("on-year", "2026")];

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Maker,
    Second,
}

/// An act, filled in properly, and the stages that allow it. Everything else is forbidden.
struct Row {
    act: &'static str,
    by: By,
    before: Option<(&'static str, &'static [(&'static str, &'static str)])>,
    fields: &'static [(&'static str, &'static str)],
    dated: bool,
    allowed: &'static [&'static str],
}

const fn row(act: &'static str, fields: &'static [(&'static str, &'static str)], allowed: &'static [&'static str]) -> Row {
    Row { act, by: By::Maker, before: None, fields, dated: false, allowed }
}

const DOUBT: &[(&str, &str)] = &[("doubt", "The address is not one we know.")];
const FEE: &[(&str, &str)] = &[("ground", "excessive"), ("sign", "repeat"), ("reasons", "The third copy."), ("lines", "Copying 12.00")];
const SEEN: &[(&str, &str)] = &[("means", "documents"), ("seen", "Passport, shown by video.")];
const POWER: &[(&str, &str)] = &[("kind", "signed"), ("about", "both"), ("seen", "A letter signed by her.")];

const TABLE: &[Row] = &[
    row("acknowledge", FIELDS_NONE, LIVE),
    row("identity", DOUBT, LIVE),
    Row { before: Some(("identity", DOUBT)), dated: true, ..row("identity-received", SEEN, LIVE) },
    Row { before: Some(("identity", DOUBT)), ..row("identity-dropped", FIELDS_NONE, LIVE) },
    // Nobody asks for somebody else in these cases.
    row("authority", DOUBT, NEVER),
    Row { dated: true, ..row("authority-received", POWER, NEVER) },
    Row { dated: true, ..row("capacity", &[("understands", "yes"), ("reasons", "Spoke with her.")], NEVER) },
    row("addresses", &[("addresses", "9 Quillan Court, Westerbrook")], LIVE),
    row("clarify", &[("question", "Which years?")], LIVE),
    Row { before: Some(("clarify", &[("question", "Which years?")])), dated: true, ..row("answered", &[("answer", "All")], LIVE) },
    row("extend", &[("ground", "complex"), ("reasons", "Four sites to search.")], LIVE),
    row("search", &[("place", "mailbox")], &["open", "review"]),
    row("prepare", FIELDS_NONE, NEVER),
    row("reopen", FIELDS_NONE, &["prepared", "approved"]),
    Row { by: By::Second, ..row("approve", FIELDS_NONE, &["prepared"]) },
    row("reply", FIELDS_NONE, &["approved"]),
    row("fee", FEE, LIVE),
    Row { before: Some(("fee", FEE)), dated: true, ..row("fee-paid", FIELDS_NONE, LIVE) },
    row("answer", &[("audience", "easy"), ("format", "large_print")], LIVE),
    row("part", &[("what", "The mails of 2024."), ("by-day", "23"), ("by-month", "11"), ("by-year", "2026")], &["review"]),
    row("again", &[("reason", "She says that letters are missing.")], &["replied"]),
    row("refuse", &[("ground", "excessive"), ("sign", "repeat"), ("reasons", "Answered last week.")], LIVE),
    // These cases are answered, not refused.
    row("send-refusal", FIELDS_NONE, NEVER),
    row("known-by", &[("kind", "email"), ("value", "amelia@mail.example")], &["open", "review"]),
    row("withdraw", FIELDS_NONE, LIVE),
    row("close", FIELDS_NONE, &["replied", "refused", "withdrawn"]),
    row("elsewhere", &[("why", "organisation")], &["open"]),
    row(
        "action",
        &[("kind", "other"), ("what", "Ring the school")],
        &["open", "searching", "review", "prepared", "approved", "replied", "refused", "withdrawn"],
    ),
    // These cases are access requests, so the other rights are not decided in them.
    row("correct", &[("field", "name"), ("new", "Amelia"), ("outcome", "corrected")], NEVER),
    row("classes", &[("class", "pictures")], NEVER),
    row("restrict", &[("ground", "claims")], NEVER),
    row("weigh", &[("purpose", "research"), ("outcome", "stopped")], NEVER),
    row("stop", &[("what", "the newsletter")], NEVER),
    row("export", &[("rows", "a,b\n1,2")], NEVER),
    row("automated", &[("how", "a score"), ("reviewer", "the manager"), ("outcome", "stands"), ("reasons", "checked")], NEVER),
    row("give", &[("given", "yes"), ("text", "enclosed")], NEVER),
    row("send-answer", FIELDS_NONE, NEVER),
];

/// Opens the page of an act and sends its form; `None` when there is no such page.
async fn act(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Option<StatusCode> {
    let page = browser.get(path).await;
    if page.status != StatusCode::OK {
        return None;
    }
    let (once, version) = (page.hidden("once"), page.hidden("version"));
    let mut all = vec![("once", once.as_str()), ("version", version.as_str())];
    all.extend(fields);
    Some(browser.post(path, &all).await.status)
}

#[tokio::test]
async fn every_act_is_done_at_the_stages_of_its_row_and_refused_at_all_others() {
    let (mut world, _) = World::new(None).await;
    let cases: Vec<(&str, String)> = world.cases.iter().map(|case| (case.stage, case.id.clone())).collect();
    for row in TABLE {
        for (stage, id) in &cases {
            let start = world.stored(id);
            let fields: Vec<(&str, &str)> = row.fields.iter().copied().chain(ON.into_iter().filter(|_| row.dated)).collect();
            let path = format!("/requests/{id}/{}", row.act);
            let browser = if row.by == By::Maker { &mut world.maker } else { &mut world.second };
            if let Some((before, fields)) = row.before {
                act(browser, &format!("/requests/{id}/{before}"), fields).await;
            }
            let version = world.setting.app.store.read(|tx| tx.record_get(id)).unwrap().unwrap().version;
            let status = act(browser, &path, &fields).await;
            let changed = world.stored(id).version != version;
            let what = format!("{} when {stage}: {status:?}", row.act);
            if row.allowed.contains(stage) {
                assert_eq!((status, changed), (Some(StatusCode::SEE_OTHER), true), "{what}");
            } else {
                assert_eq!((status, changed), (Some(StatusCode::UNPROCESSABLE_ENTITY), false), "{what}");
            }
            world.restore(&start);
        }
    }
}

/// Acts without a row of their own must leave finished and erased cases as they are.
#[tokio::test]
async fn no_post_of_any_route_changes_a_closed_or_an_erased_case() {
    let (mut world, _) = World::new(None).await;
    let ended: Vec<(&str, String)> =
        world.cases.iter().filter(|case| matches!(case.stage, "closed" | "erased")).map(|case| (case.stage, case.id.clone())).collect();
    for (stage, id) in ended {
        let version = world.stored(&id).version;
        let sent = version.to_string();
        for route in ROUTES.iter().filter(|route| route.method == "POST" && route.path.starts_with("/requests/{id}")) {
            let path = route.sample().replace("019a0000-0000-7000-8000-000000000000", &id);
            for browser in [&mut world.maker, &mut world.second] {
                let answer = browser.post(&path, &[("version", &sent), ("once", "")]).await;
                assert!(!answer.status.is_success() && !answer.status.is_server_error(), "{} when {stage}: {}", route.path, answer.status);
            }
            assert_eq!(world.stored(&id).version, version, "{} changed a case that is {stage}", route.path);
        }
    }
}

/// The stages of a version of the policy, and which of its acts each allows.
const VERSIONS: &[(&str, &[&str])] =
    &[("draft", &["propose", "withdraw"]), ("proposed", &["reopen", "withdraw", "adopt"]), ("withdrawn", &[]), ("adopted", &[])];

const PROPOSAL: &[(&str, &str)] = &[("effective-day", "22"), ("effective-month", "11"), ("effective-year", "2026")];
const ADOPTION: &[(&str, &str)] = &[
    ("board", "Board of Directors"),
    ("on-day", "22"),
    ("on-month", "11"),
    ("on-year", "2026"),
    ("signatory", "chair"),
    ("next_review-day", "22"),
    ("next_review-month", "11"),
    ("next_review-year", "2027"),
    ("sure", "yes"),
];

#[tokio::test]
async fn every_act_on_a_version_is_done_at_the_stages_of_its_row_and_refused_at_all_others() {
    let (mut world, _) = World::new(None).await;
    let lead = actor_by_email(&world.setting.app, "maker@example.org").unwrap();
    let mut adopted = String::new();
    for (stage, allowed) in VERSIONS {
        for name in ["propose", "reopen", "withdraw", "adopt"] {
            let app = &world.setting.app;
            let id = if *stage == "adopted" { adopted.clone() } else { draft(app, &lead, Vec::new(), "Once more").unwrap().to_string() };
            let record = domain::ids::RecordId::new(id.clone());
            match *stage {
                "proposed" => drop(propose(app, &lead, &record, 1, jiff::civil::date(2026, 11, 22)).unwrap()),
                "withdrawn" => drop(withdraw(app, &lead, &record, 1, "Not needed").unwrap()),
                _ => {}
            }
            let fields: &[(&str, &str)] = match name {
                "propose" => PROPOSAL,
                "withdraw" => &[("reason", "Another period")],
                "adopt" => ADOPTION,
                _ => FIELDS_NONE,
            };
            let browser = if name == "adopt" { &mut world.second } else { &mut world.maker };
            let status = act(browser, &format!("/policy/versions/{id}/{name}"), fields).await;
            let wanted = if allowed.contains(&name) { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
            assert_eq!(status, Some(wanted), "{name} of a version that is {stage}");
            if name == "adopt" && wanted == StatusCode::SEE_OTHER {
                adopted.clone_from(&id);
            }
        }
    }
}

#[tokio::test]
async fn a_duty_is_done_once_and_a_done_one_not_again() {
    let (mut world, _) = World::new(None).await;
    let maker = actor_by_email(&world.setting.app, "maker@example.org").unwrap();
    let offered = services::policy::events_offered(&world.setting.app, &maker).unwrap();
    let happened = jiff::civil::date(2026, 11, 22).into();
    let id = services::policy::event_log(&world.setting.app, &maker, &offered[0].id, happened, "Seen at the desk").unwrap();
    let path = format!("/duties/{id}");
    let fields: Vec<(&str, &str)> = ON.into_iter().chain([("evidence", "Folder 3, page 1")]).collect();
    let page = world.maker.get(&path).await;
    assert_eq!(act(&mut world.maker, &path, &fields).await, Some(StatusCode::SEE_OTHER));
    let (once, version) = (page.hidden("once"), world.stored(id.as_str()).version.to_string());
    let mut again = vec![("once", once.as_str()), ("version", version.as_str())];
    again.extend(&fields);
    let refused = world.maker.post(&path, &again).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(world.stored(id.as_str()).version.to_string(), version);
}
