//! The inbox by plain forms: journey A1 from the message to the case.

use axum::http::StatusCode;
use domain::people::Role;
use services::mail::take;
use services::ports::Arrived;

use super::browser::Browser;
use super::setting::Setting;

fn arrived(n: u32, subject: &str) -> Arrived {
    let text = format!(
        "Received: from x by y; Fri, 20 Nov 2026 21:14:05 +0000\r\nMessage-ID: <{n}@hart.example>\r\nFrom: Joan Hart <joan@hart.example>\r\n\
         To: data@greenbank.example\r\nSubject: {subject}\r\n\r\nHello <b>there</b>\r\n"
    );
    Arrived { size: text.len() as u64, bytes: text.into_bytes(), at: None }
}

/// The first message that a page of the inbox lists.
async fn first(browser: &mut Browser, path: &str) -> String {
    let body = browser.get(path).await.body;
    let (_, rest) = body.split_once("<a class=\"govuk-link\" href=\"/inbox/").unwrap_or_else(|| panic!("{path} lists nothing"));
    format!("/inbox/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_message_is_opened_and_made_a_case_about_a_child() {
    let setting = Setting::new();
    take(&setting.app, "worker", &arrived(1, "SAR request")).unwrap();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let here = first(&mut lead, "/inbox?show=decide").await;
    let page = lead.get(&here).await;
    assert!(
        page.body.contains("joan@hart.example") && page.body.contains("20 November 2026") && !page.body.contains("<b>there"),
        "{}",
        page.body
    );
    let empty = lead.fill(&format!("{here}/request"), &[("names", "")]).await;
    assert!(empty.body.contains("<title>Error: "), "{}", empty.body);
    let fields = [
        ("received-day", "20"),
        ("received-month", "11"),
        ("received-year", "2026"),
        ("about", "child"),
        ("names", "Edie Hart"),
        ("asker", "Joan Hart"),
        ("asker_contact", "joan@hart.example"),
    ];
    let made = lead.fill(&format!("{here}/request"), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let case = made.leads_to().split('?').next().unwrap().to_owned();
    let page = lead.get(&case).await;
    assert!(page.body.contains("Edie Hart") && page.body.contains("21 December 2026") && page.body.contains(&here), "{}", page.body);
    assert!(lead.get(&here).await.body.contains("It became the case SAR-2026-0001"));
    let again = lead.fill(&format!("{here}/nothing"), &[("reason", "x")]).await;
    assert!(again.body.contains("MAIL-003") || again.body.contains("belongs to a case already"), "{}", again.body);
}

#[tokio::test]
async fn a_message_is_found_by_its_sender_set_aside_and_hidden_from_others() {
    let setting = Setting::new();
    take(&setting.app, "worker", &arrived(1, "Invoice")).unwrap();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let found = lead.post("/inbox/search", &[("q", "joan@hart.example")]).await;
    assert!(found.body.contains("IN-2026-00001"), "{}", found.body);
    let here = first(&mut lead, "/inbox?show=decide").await;
    assert!(lead.fill(&format!("{here}/nothing"), &[("reason", "")]).await.body.contains("<title>Error: "));
    let filed = lead.fill(&format!("{here}/file"), &[("reference", "SAR-2026-0077")]).await;
    assert!(filed.body.contains("There is no case with this reference"), "{}", filed.body);
    let aside = lead.fill(&format!("{here}/nothing"), &[("reason", "An invoice, passed on.")]).await;
    assert_eq!(aside.leads_to(), "/inbox?done=message-nothing");
    assert!(lead.get(&here).await.body.contains("An invoice, passed on."));
    for role in [Role::Handler, Role::Staff, Role::Auditor, Role::Administrator] {
        let email = setting.account(role);
        let mut other = Browser::signed_in(&setting, &email).await;
        let missing = other.get("/there-is-no-such-page").await;
        let answer = other.get(&here).await;
        assert_eq!((answer.status, answer.body == missing.body), (StatusCode::NOT_FOUND, true), "{role:?}");
    }
}
