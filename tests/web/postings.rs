//! Print and post: the day to post, the label, the proof, and what came back.

use axum::http::StatusCode;
use domain::people::Role;

use super::browser::{Answer, Browser};
use super::journey::record;
use super::setting::Setting;

/// Sends the form of one step of a posting.
async fn step(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    let (once, version) = (page.hidden("once"), page.hidden("version"));
    let mut all = vec![("once", once.as_str()), ("version", version.as_str()), ("act", act)];
    all.extend(fields);
    browser.post(path, &all).await
}

/// A case with an acknowledgement, and the address of the page that posts it.
async fn acknowledged(setting: &Setting, lead: &mut Browser) -> (String, String) {
    let id = record(lead).await;
    lead.fill(&format!("/requests/{id}/acknowledge"), &[]).await;
    let document = setting.app.store.read(|tx| tx.blob_list(&id)).unwrap()[0].id.clone();
    let path = format!("/requests/{id}/documents/{document}/post");
    (id, path)
}

/// Fills in the form that prints.
async fn print(lead: &mut Browser, path: &str, address: &str, how: &str) -> Answer {
    let once = lead.get(path).await.hidden("once");
    lead.post(path, &[("once", &once), ("address", address), ("how", how)]).await
}

const ADDRESS: &str = "Amelia Hart\r\n17 Orchard Rise\r\nBrackwater\r\nBW3 9LD";

#[tokio::test]
async fn a_letter_is_printed_posted_returned_and_settled_with_its_proof() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let (id, path) = acknowledged(&setting, &mut lead).await;
    assert!(lead.get(&format!("/requests/{id}")).await.body.contains(&path), "the case offers to post its letter");
    let form = lead.get(&path).await.body;
    // Due on Monday 21 December 2026.
    assert!(form.contains("Amelia Hart") && form.contains("Post it by Thursday 17 December 2026"), "first class: {form}");
    assert!(form.contains("Post it by Tuesday 15 December 2026"), "second class: {form}");
    assert_eq!(print(&mut lead, &path, "Amelia Hart", "first").await.status, StatusCode::UNPROCESSABLE_ENTITY, "no address");
    let printed = print(&mut lead, &path, ADDRESS, "first").await;
    let posting = printed.leads_to().split('?').next().unwrap().to_owned();
    assert!(posting.starts_with(&format!("/requests/{id}/postings/")), "{}", printed.body);

    let label = lead.get(&format!("{posting}/envelope")).await.body;
    assert!(
        label.contains("Amelia Hart<br>17 Orchard Rise<br>Brackwater<br>BW3 9LD") && label.contains("If undelivered, please return to"),
        "{label}"
    );
    assert!(lead.get("/").await.body.contains("post it by 17 December 2026"), "it is on the list of today");

    let tomorrow = [("on-day", "23"), ("on-month", "11"), ("on-year", "2026"), ("how", "signed_for")];
    assert_eq!(step(&mut lead, &posting, "posted", &tomorrow).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let today = [("on-day", "22"), ("on-month", "11"), ("on-year", "2026"), ("how", "signed_for"), ("proof", "AB 1234 5678 9GB")];
    assert_eq!(step(&mut lead, &posting, "posted", &today).await.leads_to(), format!("{posting}?done=saved"));
    let page = lead.get(&posting).await.body;
    assert!(page.contains("AB 1234 5678 9GB") && page.contains("signed for") && page.contains("17 Orchard Rise"), "{page}");
    assert!(!lead.get("/").await.body.contains("POST-2026-0001"), "nothing is left to do");

    let back = [("back-day", "22"), ("back-month", "11"), ("back-year", "2026"), ("why", "Gone away")];
    assert_eq!(step(&mut lead, &posting, "posted", &today).await.status, StatusCode::UNPROCESSABLE_ENTITY, "posted is posted");
    assert_eq!(step(&mut lead, &posting, "returned", &back).await.leads_to(), format!("{posting}?done=saved"));
    let today_page = lead.get("/").await.body;
    assert!(today_page.contains("POST-2026-0001") && today_page.contains("Came back"), "what came back is work: {today_page}");
    assert_eq!(step(&mut lead, &posting, "settled", &[("what", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    step(&mut lead, &posting, "settled", &[("what", "Posted again to the new address")]).await;
    assert!(!lead.get("/").await.body.contains("POST-2026-0001"));
    assert!(lead.get(&format!("/requests/{id}")).await.body.contains("POST-2026-0001"), "the case keeps its log");
}

#[tokio::test]
async fn a_posting_is_found_under_its_own_case_alone_and_by_nobody_else() {
    let setting = Setting::new();
    let (lead, handler) = (setting.account(Role::Lead), setting.account(Role::Handler));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let (_, path) = acknowledged(&setting, &mut lead).await;
    let (other, _) = acknowledged(&setting, &mut lead).await;
    let posting = print(&mut lead, &path, ADDRESS, "first").await.leads_to().split('?').next().unwrap().to_owned();
    let mut handler = Browser::signed_in(&setting, &handler).await;
    let missing = handler.get("/there-is-no-such-page").await.body;
    for path in [posting.clone(), format!("{posting}/envelope"), path] {
        let answer = handler.get(&path).await;
        assert_eq!((answer.status, answer.body), (StatusCode::NOT_FOUND, missing.clone()), "{path}");
    }
    let swapped = format!("/requests/{other}/postings/{}", posting.rsplit('/').next().unwrap());
    assert_eq!(lead.get(&swapped).await.status, StatusCode::NOT_FOUND);
    assert_eq!(lead.get(&format!("{swapped}/envelope")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_address_of_an_erased_person_is_gone_from_the_log_of_postings() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let (id, path) = acknowledged(&setting, &mut lead).await;
    let posting = print(&mut lead, &path, ADDRESS, "by_hand").await.leads_to().split('?').next().unwrap().to_owned();
    lead.fill(&format!("/requests/{id}/withdraw"), &[]).await;
    let actor = services::accounts::actor_by_email(&setting.app, &email).unwrap();
    services::requests::erase(&setting.app, &actor, &domain::ids::RecordId::new(id)).unwrap();
    let page = lead.get(&posting).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Orchard") && page.body.contains("[erased]"), "{}", page.body);
}
