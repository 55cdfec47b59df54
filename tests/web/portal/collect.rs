//! Collecting a reply: released by a member of staff, opened with link and passphrase, counted.

use axum::http::StatusCode;
use domain::people::Role;

use super::send::send;
use super::{link_in, mails, open_address, work};
use crate::web::browser::Browser;
use crate::web::journey::record;
use crate::web::setting::Setting;

/// A request whose reply went out, as its lead sees it: the browser and the request's address.
pub(in crate::web) async fn replied(setting: &Setting) -> (Browser, String) {
    let (lead, approver) = (setting.account(Role::Lead), setting.account(Role::Approver));
    let mut lead = Browser::signed_in(setting, &lead).await;
    let mut approver = Browser::signed_in(setting, &approver).await;
    let here = format!("/requests/{}", record(&mut lead).await);
    let at = |rest: &str| format!("{here}/{rest}");
    lead.fill(&at("search"), &[("place", "mailbox")]).await;
    work(setting).await;
    lead.fill(&at("review/0"), &[("decision", "withhold-rest")]).await;
    lead.fill(&at("prepare"), &[]).await;
    approver.fill(&at("approve"), &[]).await;
    let answer = lead.fill(&at("reply"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    (lead, here)
}

/// Releases the reply and returns the passphrase that was shown.
pub(in crate::web) async fn release(lead: &mut Browser, here: &str) -> String {
    let answer = send(lead, &format!("{here}/release"), &[("way", "portal")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let shown = answer.body.split_once("app-passphrase\">").unwrap().1;
    shown.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_released_reply_is_collected_with_link_and_passphrase_and_each_download_is_a_receipt() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let passphrase = release(&mut lead, &here).await;
    let link = link_in(&setting, "/portal/collect/");
    let mut visitor = Browser::new(&setting);
    let form = visitor.get(&link).await;
    assert!(form.status == StatusCode::OK && !form.body.contains("SAR-2026"), "the link alone shows nothing");
    let wrong = visitor.post(&link, &[("passphrase", "wrong-wrong-wrong-wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.headers.contains_key("set-cookie") && !wrong.body.contains("SAR-2026"));
    let typed = passphrase.to_uppercase().replace('-', " ");
    assert_eq!(visitor.post(&link, &[("passphrase", &typed)]).await.leads_to(), "/portal/pack");
    let pack = visitor.get("/portal/pack").await;
    for shown in ["SAR-2026-0001", "/portal/pack/reply.pdf", "/portal/pack/pack.pdf", "/portal/pack/pack.json", "12 more times"] {
        assert!(pack.body.contains(shown), "{shown}");
    }
    let file = visitor.get("/portal/pack/pack.pdf").await;
    assert_eq!(
        (file.status, &file.headers["content-disposition"]),
        (StatusCode::OK, &"attachment; filename=\"pack.pdf\"".parse().unwrap())
    );
    assert!(file.body.contains("█████") && !file.body.contains("Nadia"), "what was withheld is not in it");
    assert!(visitor.get("/portal/pack").await.body.contains("11 more times"));
    for other in ["manifest.sha256", "acknowledgement.pdf", "..%2f..%2fetc%2fpasswd", "x"] {
        assert_eq!(visitor.get(&format!("/portal/pack/{other}")).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    let case = lead.get(&here).await.body;
    assert!(case.contains("Downloaded through the portal") && case.contains("Reply released to the portal"));
    assert_eq!(mails(&setting, "portal-release"), 1);
}

#[tokio::test]
async fn the_downloads_are_counted_and_then_the_link_shows_nothing() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let passphrase = release(&mut lead, &here).await;
    let link = link_in(&setting, "/portal/collect/");
    let mut visitor = Browser::new(&setting);
    visitor.post(&link, &[("passphrase", &passphrase)]).await;
    for _ in 0..12 {
        assert_eq!(visitor.get("/portal/pack/reply.pdf").await.status, StatusCode::OK);
    }
    let never = visitor.get("/portal/collect/never").await;
    for path in ["/portal/pack/reply.pdf", "/portal/pack", link.as_str()] {
        let shown = visitor.get(path).await;
        assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "{path}");
    }
    let posted = visitor.post(&link, &[("passphrase", &passphrase)]).await;
    assert_eq!((posted.status, &posted.body), (never.status, &never.body), "the right passphrase opens a spent link no more");
}

#[tokio::test]
async fn wrong_passphrases_end_a_release_time_ends_it_and_a_new_one_ends_the_old() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let mut visitor = Browser::new(&setting);
    let first = release(&mut lead, &here).await;
    let old = link_in(&setting, "/portal/collect/");
    let never = visitor.get("/portal/collect/never").await.body;
    for _ in 0..5 {
        assert_eq!(visitor.post(&old, &[("passphrase", "nothing-like-it")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let spent = visitor.post(&old, &[("passphrase", &first)]).await;
    assert_eq!((spent.status, &spent.body), (StatusCode::NOT_FOUND, &never), "after five wrong ones the right one is too late");
    let second = release(&mut lead, &here).await;
    let newer = link_in(&setting, "/portal/collect/");
    assert!(first != second && old != newer);
    visitor.post(&newer, &[("passphrase", &second)]).await;
    assert_eq!(visitor.get("/portal/pack").await.status, StatusCode::OK);
    release(&mut lead, &here).await;
    assert_eq!(visitor.get("/portal/pack").await.body, never, "a new release ends links and sessions of the old one");
    assert_eq!(visitor.get(&newer).await.body, never);
    let last = link_in(&setting, "/portal/collect/");
    setting.wait_minutes(14 * 24 * 60 + 1);
    assert_eq!(visitor.get(&last).await.body, never, "expired");
}

#[tokio::test]
async fn nothing_is_released_before_the_reply_or_without_a_place_to_mail_to() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let here = format!("/requests/{}", record(&mut lead).await);
    assert_eq!(lead.get(&format!("{here}/release")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let setting = Setting::new();
    let (mut lead, here) = replied(&setting).await;
    let refused = send(&mut lead, &format!("{here}/release"), &[("way", "portal")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "the public address is not set, and the host is not believed");
    assert!(refused.body.contains("nowhere to send it") && mails(&setting, "portal-release") == 0);
}

#[tokio::test]
async fn the_page_shows_where_the_answer_goes_and_a_release_can_be_ended() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let form = lead.get(&format!("{here}/release")).await.body;
    for shown in ["amelia.hart@example.org", "reply.pdf", "pack.pdf", "By post", "As files in a mail"] {
        assert!(form.contains(shown), "{shown}");
    }
    let unsaid = send(&mut lead, &format!("{here}/release"), &[]).await;
    assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.body.contains("Choose how the answer goes out"));
    let passphrase = release(&mut lead, &here).await;
    let link = link_in(&setting, "/portal/collect/");
    let mut visitor = Browser::new(&setting);
    visitor.post(&link, &[("passphrase", &passphrase)]).await;
    assert_eq!(visitor.get("/portal/pack").await.status, StatusCode::OK);
    assert!(lead.get(&format!("{here}/release")).await.body.contains("12 downloads left"));
    assert_eq!(send(&mut lead, &format!("{here}/release/end"), &[]).await.leads_to(), format!("{here}?done=release-ended"));
    let never = visitor.get("/portal/collect/never").await.body;
    for path in ["/portal/pack", "/portal/pack/reply.pdf", link.as_str()] {
        assert_eq!(visitor.get(path).await.body, never, "{path}");
    }
    let again = send(&mut lead, &format!("{here}/release/end"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lead.get(&here).await.body.contains("Release ended"));
}

#[tokio::test]
async fn an_answer_goes_out_once_as_files_in_a_mail_or_is_printed() {
    let setting = Setting::new();
    let (mut lead, here) = replied(&setting).await;
    let at = format!("{here}/release");
    assert_eq!(send(&mut lead, &at, &[("way", "mail")]).await.leads_to(), format!("{here}?done=answer-mailed"));
    let mails = super::waiting(&setting);
    let (_, text) = mails.iter().find(|(of, _)| of == "reply").unwrap();
    assert!(text.contains("SAR-2026-0001") && !text.contains("Amelia") && !text.contains("Hart"), "{text}");
    let again = send(&mut lead, &at, &[("way", "mail")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("sent to this address before"));
    let files = setting.app.store.read(|tx| {
        let status = tx.mails_in_state("ready", None, 100)?.into_iter().find(|mail| mail.purpose == "reply").unwrap();
        Ok::<_, store::Error>(tx.mail_get(&status.id)?.and_then(|(_, body)| body).unwrap())
    });
    let names: Vec<String> =
        files.unwrap()["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["reply.pdf", "pack.pdf", "pack.json"]);
    let post = send(&mut lead, &at, &[("way", "post")]).await.leads_to().to_owned();
    assert!(post.starts_with(&format!("{here}/documents/")) && post.ends_with("/post"), "{post}");
    assert_eq!(lead.get(&post).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_is_collected_like_any_answer() {
    let setting = Setting::new();
    open_address(&setting);
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let here = format!("/requests/{}", record(&mut lead).await);
    let refused =
        lead.fill(&format!("{here}/refuse"), &[("ground", "excessive"), ("sign", "repeat"), ("reasons", "Answered last week.")]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    assert!(!lead.get(&here).await.body.contains("Hand over the answer"), "nothing is handed over before a second person has signed");
    let approver = setting.account(Role::Approver);
    Browser::signed_in(&setting, &approver).await.fill(&format!("{here}/approve"), &[]).await;
    let sent = lead.fill(&format!("{here}/send-refusal"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(lead.get(&here).await.body.contains("Hand over the answer"));
    let passphrase = release(&mut lead, &here).await;
    let link = link_in(&setting, "/portal/collect/");
    let mut visitor = Browser::new(&setting);
    visitor.post(&link, &[("passphrase", &passphrase)]).await;
    let pack = visitor.get("/portal/pack").await.body;
    assert!(pack.contains("/portal/pack/refusal.pdf") && pack.contains("Our letter") && !pack.contains("acknowledgement"));
    assert_eq!(visitor.get("/portal/pack/refusal.pdf").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/portal/pack/reply.pdf").await.status, StatusCode::NOT_FOUND);
}
