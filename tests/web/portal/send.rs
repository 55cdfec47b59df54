//! Sending: each form becomes a record whose clock starts the day it was sent.

use axum::http::StatusCode;
use domain::people::Role;

use crate::web::browser::{Answer, Browser};
use crate::web::setting::Setting;

pub(in crate::web) const REQUEST: &[(&str, &str)] = &[
    ("which", "access"),
    ("words", "Everything since 2023, please."),
    ("name", "Amelia Hart"),
    ("who", "me"),
    ("email", "amelia.hart@example.org"),
    ("format", "large print"),
];

/// Opens a form, takes over its key and sends it.
pub(in crate::web) async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let once = browser.get(path).await.hidden("once");
    let mut all = vec![("once", once.as_str())];
    all.extend(fields);
    browser.post(path, &all).await
}

/// The reference that a sent form was given.
pub(in crate::web) fn reference(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.leads_to().split_once("reference=").unwrap().1.split('&').next().unwrap().to_owned()
}

async fn only_record(browser: &mut Browser, list: &str) -> String {
    let body = browser.get(list).await.body;
    let start = format!("href=\"{list}/019");
    assert_eq!(body.matches(&start).count(), 1, "{body}");
    let id = body.split_once(&start).unwrap().1.split('"').next().unwrap();
    browser.get(&format!("{list}/019{id}")).await.body
}

#[tokio::test]
async fn a_request_sent_by_a_visitor_is_a_case_whose_clock_runs() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let answer = send(&mut visitor, "/portal/request", REQUEST).await;
    assert_eq!(reference(&answer), "SAR-2026-0001");
    let sent = visitor.get(answer.leads_to()).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(sent.body.contains("SAR-2026-0001") && !sent.body.contains("Amelia"));
    let mut lead = Browser::signed_in(&setting, &email).await;
    let case = only_record(&mut lead, "/requests").await;
    for shown in
        ["Amelia Hart", "amelia.hart@example.org", "Everything since 2023", "Wanted as: large print", "Portal", "Sunday 22 November 2026"]
    {
        assert!(case.contains(shown), "{shown}");
    }
    assert!(case.contains("Due Tue 22 Dec 2026") || case.contains("22 December 2026"), "one month from the day it was sent");
}

#[tokio::test]
async fn a_parent_asks_for_a_child_and_every_right_can_be_chosen() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let fields = [
        ("which", "rectification"),
        ("words", "Her birthday is wrong."),
        ("name", "Joan Hart"),
        ("who", "child"),
        ("other", "Millie Hart"),
        ("phone", "020 7946 0000"),
    ];
    reference(&send(&mut visitor, "/portal/request", &fields).await);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let case = only_record(&mut lead, "/requests").await;
    assert!(case.contains("Request about Millie Hart") && case.contains("Joan Hart") && case.contains("correct the data"));
    for (path, words) in [("/portal/consent", "The photograph on the wall."), ("/portal/marketing", "")] {
        let fields = [("words", words), ("name", "Amelia Hart"), ("who", "me"), ("email", "amelia.hart@example.org")];
        reference(&send(&mut visitor, path, &fields).await);
    }
    assert_eq!(lead.get("/requests").await.body.matches("href=\"/requests/019").count(), 3);
}

#[tokio::test]
async fn a_complaint_of_a_visitor_is_acknowledged_within_thirty_days() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let fields = [
        ("about", "both"),
        ("words", "You sent my file to my neighbour."),
        ("name", "Amelia Hart"),
        ("who", "me"),
        ("address", "1 Green Street"),
        ("email", "amelia.hart@example.org"),
    ];
    let answer = send(&mut visitor, "/portal/complaint", &fields).await;
    assert_eq!(reference(&answer), "CMP-2026-0001");
    let next = visitor.get(answer.leads_to()).await.body;
    assert!(next.contains("within 30 days of today"), "{next}");
    let mail = super::waiting(&setting).remove(0).1;
    assert!(mail.contains("You will hear from us by ") && mail.contains("2026") && !mail.contains("today"), "{mail}");
    let mut lead = Browser::signed_in(&setting, &email).await;
    let case = only_record(&mut lead, "/complaints").await;
    assert!(case.contains("Amelia Hart") && case.contains("Tuesday 22 December 2026"), "C03 of the law's examples: {case}");
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_and_one_sent_twice_makes_one_record() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let wrong = send(&mut visitor, "/portal/request", &[("words", "Hello <b>there</b>"), ("email", "nonsense")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("<title>Error: ") && wrong.body.contains("href=\"#email\"") && wrong.body.contains("Hello &lt;b&gt;there"));
    let once = visitor.get("/portal/request").await.hidden("once");
    let mut fields = REQUEST.to_vec();
    fields.push(("once", &once));
    let (first, second) = (visitor.post("/portal/request", &fields).await, visitor.post("/portal/request", &fields).await);
    assert_eq!((first.leads_to(), first.status), (second.leads_to(), second.status));
    let mut lead = Browser::signed_in(&setting, &email).await;
    assert_eq!(lead.get("/requests").await.body.matches("href=\"/requests/019").count(), 1);
}

#[tokio::test]
async fn known_and_unknown_people_get_the_same_answer_to_the_last_byte() {
    let setting = Setting::new();
    let mut visitor = Browser::new(&setting);
    reference(&send(&mut visitor, "/portal/request", REQUEST).await);
    let again = send(&mut visitor, "/portal/request", REQUEST).await;
    let stranger: Vec<(&str, &str)> = REQUEST
        .iter()
        .map(|(key, value)| match *key {
            "name" => ("name", "Zebedee Quill"),
            "email" => ("email", "zeb.quill@example.net"),
            _ => (*key, *value),
        })
        .collect();
    let unknown = send(&mut visitor, "/portal/request", &stranger).await;
    let (known_reference, unknown_reference) = (reference(&again), reference(&unknown));
    assert_eq!((again.status, &again.body), (unknown.status, &unknown.body));
    let known = visitor.get(again.leads_to()).await;
    let unknown = visitor.get(unknown.leads_to()).await;
    assert_eq!(known.body.replace(&known_reference, "R"), unknown.body.replace(&unknown_reference, "R"));
    assert_eq!(known.headers, unknown.headers);
}

#[tokio::test]
async fn the_pages_speak_in_three_voices_and_always_offer_the_way_out() {
    let setting = Setting::new();
    let mut visitor = Browser::new(&setting);
    let mut heads = Vec::new();
    for voice in ["", "?for=child", "?for=easy"] {
        let page = visitor.get(&format!("/portal{voice}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Leave this page quickly") && page.body.contains("href=\"https://www.bbc.co.uk/weather\""), "{voice}");
        assert!(page.body.contains("Greenbank Learning CIC") && !page.body.contains("<script"), "{voice}");
        assert!(page.body.contains(&format!("href=\"/portal/request{voice}\"")), "the voice is kept: {voice}");
        heads.push(page.body);
    }
    assert!(heads[0] != heads[1] && heads[1] != heads[2]);
    let child = visitor.get("/portal/request?for=child").await;
    assert!(child.body.contains("Childline") && child.body.contains("action=\"/portal/request?for=child\""));
}

#[tokio::test]
async fn a_member_of_staff_sees_what_everybody_sees() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let (mut nobody, mut lead) = (Browser::new(&setting), Browser::signed_in(&setting, &email).await);
    for path in ["/portal", "/portal/sent?reference=SAR-2026-0001", "/portal/nothing-here", "/portal/sent?reference=Call-me"] {
        let (one, other) = (nobody.get(path).await, lead.get(path).await);
        assert_eq!((one.status, one.body), (other.status, other.body), "{path}");
    }
}

#[tokio::test]
async fn more_than_a_page_takes_is_refused_with_a_page_of_the_portal() {
    let setting = Setting::new();
    let mut visitor = Browser::new(&setting);
    let long = "x".repeat(300 * 1024);
    let answer = visitor.post("/portal/request", &[("words", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("This is too long") && answer.body.contains("Leave this page quickly"));
}

#[tokio::test]
async fn a_storm_is_held_and_nothing_of_it_is_lost() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut visitor = Browser::new(&setting);
    let mut references = Vec::new();
    for _ in 0..25 {
        references.push(reference(&send(&mut visitor, "/portal/request", REQUEST).await));
    }
    references.sort();
    references.dedup();
    assert_eq!(references.len(), 25, "each has its own reference, held or not");
    let mut lead = Browser::signed_in(&setting, &email).await;
    assert_eq!(lead.get("/requests").await.body.matches("href=\"/requests/019").count(), 20, "an hour's worth");
    setting.wait_minutes(2 * 24 * 60);
    let mut lead = Browser::signed_in(&setting, &email).await;
    assert!(lead.get("/").await.body.contains("5 messages are"), "on Today");
    let page = lead.get("/held").await;
    let ids: Vec<&str> =
        page.body.split("name=\"which\" type=\"checkbox\" value=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 5);
    let once = page.hidden("once");
    let refused = lead.post("/held", &[("once", &once), ("which", ids[0]), ("what", "aside")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "setting aside needs a reason");
    let aside = [("once", once.as_str()), ("which", ids[0]), ("what", "aside"), ("reason", "The same again.")];
    assert_eq!(lead.post("/held", &aside).await.leads_to(), "/held?done=held");
    let mut take = vec![("once", "another"), ("what", "take")];
    take.extend(ids.iter().map(|id| ("which", *id)));
    lead.post("/held", &take).await;
    assert_eq!(lead.get("/requests").await.body.matches("href=\"/requests/019").count(), 24);
    let last = references.last().unwrap();
    let list = lead.get("/requests").await.body;
    let at = list.find(last.as_str()).unwrap();
    let href = list[..at].rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let case = lead.get(&href).await.body;
    assert!(case.contains("Sunday 22 November 2026"), "received on the day it was sent");
    let id = href.strip_prefix("/requests/").unwrap().to_owned();
    let body = setting.app.store.read(|tx| tx.record_get(&id)).unwrap().unwrap().body;
    assert!(body["received_at"].to_string().contains("2026-11-22"), "and at that moment, not when it was taken: {}", body["received_at"]);
    assert!(lead.get("/held").await.body.contains("Nothing"));
}

#[tokio::test]
async fn only_so_many_mails_a_day_go_to_one_address() {
    let setting = Setting::new();
    let mut visitor = Browser::new(&setting);
    for _ in 0..8 {
        reference(&send(&mut visitor, "/portal/request", REQUEST).await);
    }
    assert_eq!(super::mails(&setting, "portal-sent"), 5);
    let mail = super::waiting(&setting).remove(0).1;
    assert!(mail.contains("SAR-2026-0001") && !mail.contains("Amelia"), "the reference, and nobody's name");
}
