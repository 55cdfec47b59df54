//! Following a case: one answer for everybody, links that are spent by a button alone, and what
//! one can do from there.

use axum::http::StatusCode;
use domain::ids::RecordId;
use domain::people::Role;
use services::accounts::actor_by_email;
use services::requests::{ask_identity, clarify, see, work_once};

use super::send::{REQUEST, reference, send};
use super::{link_in, mails, open_address, waiting, work};
use crate::web::browser::{Answer, Browser};
use crate::web::setting::Setting;

pub(in crate::web) async fn ask(browser: &mut Browser, reference: &str, email: &str) -> Answer {
    send(browser, "/portal/follow", &[("reference", reference), ("email", email)]).await
}

/// A case sent through the portal, and its id.
async fn sent_case(setting: &Setting, visitor: &mut Browser) -> (String, RecordId) {
    let reference = reference(&send(visitor, "/portal/request", REQUEST).await);
    let query = store::RecordQuery { kind: "request".to_owned(), text: reference.clone(), limit: 1, ..store::RecordQuery::default() };
    let app = setting.app.clone();
    let id = tokio::task::spawn_blocking(move || app.store.read(|tx| tx.record_list(&query)).unwrap().remove(0).head.id).await.unwrap();
    (reference, RecordId::new(id))
}

/// How many jobs there are.
fn jobs(setting: &Setting) -> u64 {
    let counts = setting.app.store.read(|tx| {
        let counts = tx.job_counts()?;
        Ok::<_, store::Error>(counts)
    });
    counts.unwrap().iter().map(|(_, n)| *n).sum()
}

/// The visitor with an open session for the case.
async fn follow(setting: &Setting, visitor: &mut Browser, reference: &str) {
    ask(visitor, reference, "amelia.hart@example.org").await;
    work(setting).await;
    let link = link_in(setting, "/portal/link/");
    let once = visitor.get(&link).await.hidden("once");
    assert_eq!(visitor.post(&link, &[("once", &once)]).await.leads_to(), "/portal/case");
}

#[tokio::test]
async fn known_unknown_and_wrong_get_one_answer_with_the_same_work() {
    let setting = Setting::new();
    open_address(&setting);
    let mut visitor = Browser::new(&setting);
    let (reference, _) = sent_case(&setting, &mut visitor).await;
    let size = |setting: &Setting| setting.app.store.read(|tx| tx.log_counts(0, 100_000)).unwrap().iter().map(|count| count.n).sum::<u64>();
    let mut answers = Vec::new();
    for (reference, email) in [
        (reference.as_str(), "amelia.hart@example.org"),
        (reference.as_str(), "zeb.quill@example.net"),
        ("SAR-2026-9999", "amelia.hart@example.org"),
        ("SAR-2026-9999", "zeb.quill@example.net"),
        ("CMP-2020-0001", "zeb.quill@example.net"),
        ("' OR 1=1 --", "zeb.quill@example.net"),
    ] {
        let (log, queued, before) = (size(&setting), jobs(&setting), waiting(&setting).len());
        let answer = ask(&mut visitor, reference, email).await;
        assert_eq!(
            (size(&setting), jobs(&setting), waiting(&setting).len()),
            (log, queued + 1, before),
            "one job and nothing else: {reference}"
        );
        let page = visitor.get(answer.leads_to()).await;
        answers.push((answer.status, answer.headers, answer.body, page.status, page.headers, page.body));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "told apart");
    work(&setting).await;
    assert_eq!(mails(&setting, "portal-link"), 1, "one fits");
}

#[tokio::test]
async fn over_the_limit_the_answer_is_the_same_and_nothing_is_queued() {
    let setting = Setting::new();
    open_address(&setting);
    let mut visitor = Browser::new(&setting);
    let first = ask(&mut visitor, "SAR-2026-0001", "zeb.quill@example.net").await;
    for _ in 0..30 {
        let again = ask(&mut visitor, "SAR-2026-0001", "zeb.quill@example.net").await;
        assert_eq!((again.status, &again.body, again.leads_to()), (first.status, &first.body, first.leads_to()));
    }
    assert_eq!(jobs(&setting), 20, "an hour's worth");
}

#[tokio::test]
async fn a_link_is_spent_by_its_button_and_shows_nothing_afterwards() {
    let setting = Setting::new();
    open_address(&setting);
    let mut visitor = Browser::new(&setting);
    let (reference, _) = sent_case(&setting, &mut visitor).await;
    ask(&mut visitor, &reference, "amelia.hart@example.org").await;
    work(&setting).await;
    let link = link_in(&setting, "/portal/link/");
    let mut scanner = Browser::new(&setting);
    for _ in 0..3 {
        assert_eq!(scanner.get(&link).await.status, StatusCode::OK, "a mail scanner spends nothing");
    }
    let never = scanner.get("/portal/link/abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456").await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
    let opened = visitor.post(&link, &[]).await;
    assert_eq!(opened.leads_to(), "/portal/case");
    let case = visitor.get("/portal/case").await;
    assert_eq!(case.status, StatusCode::OK);
    assert!(case.body.contains(&reference) && case.body.contains("We are working on your request"));
    assert!(case.body.contains("Tuesday 22 December 2026") && !case.body.contains("Amelia"), "the date with its reason, and no name");
    let altered = format!("{}x", &link[..link.len() - 1]);
    for path in
        [link.as_str(), altered.as_str(), "/portal/link/t", "/portal/collect/t", "/portal/case", "/portal/pack", "/portal/pack/pack.pdf"]
    {
        let shown = scanner.get(path).await;
        assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "{path}");
    }
    for path in [link.as_str(), altered.as_str(), "/portal/link/t"] {
        let posted = scanner.post(path, &[]).await;
        assert_eq!((posted.status, &posted.headers, &posted.body), (never.status, &never.headers, &never.body), "{path}");
    }
    // The session ends by itself, and then there is nothing either.
    setting.wait_minutes(31);
    let over = visitor.get("/portal/case").await;
    assert_eq!((over.status, &over.body), (never.status, &never.body));
}

#[tokio::test]
async fn a_link_that_nobody_opened_in_time_is_gone_and_a_forwarded_one_opens_its_own_case_only() {
    let setting = Setting::new();
    open_address(&setting);
    let mut visitor = Browser::new(&setting);
    let (reference, _) = sent_case(&setting, &mut visitor).await;
    ask(&mut visitor, &reference, "amelia.hart@example.org").await;
    work(&setting).await;
    let link = link_in(&setting, "/portal/link/");
    setting.wait_minutes(61);
    assert_eq!(visitor.post(&link, &[]).await.status, StatusCode::NOT_FOUND);
    let missing = visitor.get("/portal/link/never").await.body;
    assert_eq!(visitor.get(&link).await.body, missing);
    // A link for following opens no release.
    ask(&mut visitor, &reference, "amelia.hart@example.org").await;
    work(&setting).await;
    let link = link_in(&setting, "/portal/link/");
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(visitor.post(&format!("/portal/collect/{token}"), &[("passphrase", "x")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor.get(&link).await.status, StatusCode::OK, "and trying did not spend it");
    visitor.post(&link, &[]).await;
    assert_eq!(visitor.get("/portal/pack").await.status, StatusCode::NOT_FOUND, "the session is for one purpose");
}

#[tokio::test]
async fn an_answer_waits_for_a_person_and_counts_from_the_day_it_was_sent() {
    let setting = Setting::new();
    open_address(&setting);
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let (reference, id) = sent_case(&setting, &mut visitor).await;
    let lead = actor_by_email(&setting.app, &email).unwrap();
    clarify(&setting.app, &lead, &id, 1, "Which year is it about?").unwrap();
    follow(&setting, &mut visitor, &reference).await;
    let case = visitor.get("/portal/case").await;
    assert!(case.body.contains("Which year is it about?") && case.body.contains("We need something from you"));
    let refused = send(&mut visitor, "/portal/case/answer", &[("words", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(&mut visitor, "/portal/case/answer", &[("words", "2023, <b>all</b> of it.")]).await.leads_to(), "/portal/case");
    let once = "0123456789abcdef0123456789abcdef";
    for _ in 0..2 {
        visitor.post("/portal/case/answer", &[("words", "And 2024."), ("once", once)]).await;
    }
    let view = see(&setting.app, &lead, &id).unwrap();
    assert_eq!(view.request.told.len(), 2, "sent twice, kept once");
    assert!(view.request.open_clarification().is_some(), "nothing is taken up by itself");
    setting.wait_minutes(3 * 24 * 60);
    let mut staff = Browser::signed_in(&setting, &email).await;
    let here = format!("/requests/{id}");
    assert!(staff.get(&here).await.body.contains("Read what the person sent through the portal"));
    let page = staff.get(&format!("{here}/told")).await.body;
    assert!(page.contains("2023, &lt;b&gt;all&lt;/b&gt; of it."));
    assert_eq!(staff.fill(&format!("{here}/told"), &[("what", "take")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(staff.fill(&format!("{here}/told"), &[("what", "aside")]).await.status, StatusCode::SEE_OTHER);
    let request = see(&setting.app, &lead, &id).unwrap().request;
    assert_eq!(request.clarifications[0].answered, Some(jiff::civil::date(2026, 11, 22)), "the day it was sent");
    assert!(request.waiting_told().is_none());
}

#[tokio::test]
async fn identity_is_shown_by_what_the_organisation_accepts_and_a_request_is_taken_back() {
    let setting = Setting::new();
    open_address(&setting);
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let (reference, id) = sent_case(&setting, &mut visitor).await;
    let lead = actor_by_email(&setting.app, &email).unwrap();
    ask_identity(&setting.app, &lead, &id, 1, "The address is new to us.").unwrap();
    follow(&setting, &mut visitor, &reference).await;
    let page = visitor.get("/portal/case/identity").await.body;
    let accepted = setting.app.policy().unwrap().identity().accepted.clone();
    assert!(!accepted.is_empty() && accepted.iter().all(|kind| page.contains(kind)), "{accepted:?}");
    assert!(!page.contains("The address is new to us"), "the doubt is ours");
    let fields = [("means", accepted[0].as_str()), ("words", "On a video call on Monday.")];
    assert_eq!(send(&mut visitor, "/portal/case/identity", &fields).await.leads_to(), "/portal/case");
    assert!(visitor.get("/portal/case").await.body.contains("has arrived"));
    assert_eq!(send(&mut visitor, "/portal/case/withdraw", &[]).await.leads_to(), "/portal/case");
    assert!(visitor.get("/portal/case").await.body.contains("You took it back on Sunday 22 November 2026"));
    assert_eq!(see(&setting.app, &lead, &id).unwrap().request.stage.key(), "withdrawn");
    assert_eq!(visitor.get("/portal/case/withdraw").await.leads_to(), "/portal/case", "there is nothing to take back any more");
    let app = setting.app.clone();
    assert!(!tokio::task::spawn_blocking(move || work_once(&app, "worker").unwrap()).await.unwrap(), "no job is left");
}
