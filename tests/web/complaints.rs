//! A complaint from the first word to its closing, by plain forms.

use axum::http::StatusCode;
use domain::people::Role;

use super::browser::Browser;
use super::setting::Setting;

const COMPLAINT: &[(&str, &str)] = &[
    ("about", "data"),
    ("channel", "letter"),
    ("received-day", "20"),
    ("received-month", "11"),
    ("received-year", "2026"),
    ("received_by", "Front desk"),
    ("words", "You lost my file."),
    ("name", "Joan Hart"),
    ("email", "joan@example.org"),
];

async fn record(browser: &mut Browser) -> String {
    let answer = browser.post("/complaints/new", COMPLAINT).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.leads_to().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_complaint_goes_from_receipt_to_its_outcome() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let here = record(&mut lead).await;
    assert!(lead.get("/").await.body.contains("CMP-2026-0001"), "on Today");
    let page = lead.get(&here).await.body;
    assert!(page.contains("Monday 21 December 2026"), "day 30 is a Sunday: {page}");
    assert_eq!(lead.fill(&format!("{here}/acknowledge"), &[]).await.leads_to(), format!("{here}?done=complaint-acknowledged"));
    let refused = lead.fill(&format!("{here}/progress"), &[("note", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    lead.fill(&format!("{here}/progress"), &[("note", "We asked the archive."), ("tell", "yes")]).await;
    let outcome = [("finding", "upheld"), ("findings", "It was in the wrong box."), ("changes", "Boxes are counted.")];
    assert_eq!(lead.fill(&format!("{here}/outcome"), &outcome).await.leads_to(), format!("{here}?done=complaint-answered"));
    let page = lead.get(&here).await.body;
    for shown in [
        "Answered",
        "It was in the wrong box.",
        "Acknowledgement",
        "Letter about progress",
        "Outcome told",
        "Done on Sunday 22 November 2026",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let links: Vec<&str> =
        page.split("href=\"").filter_map(|part| part.split('"').next()).filter(|link| link.contains("/documents/")).collect();
    assert_eq!(links.len(), 3);
    let mut letters = String::new();
    for link in links {
        letters.push_str(&lead.get(link).await.body);
    }
    for said in ["section 165", "We apologise", "Boxes are counted.", "We asked the archive.", "sections 167 and 180"] {
        assert!(letters.contains(said), "{said}");
    }
    assert_eq!(lead.fill(&format!("{here}/close"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(lead.get("/complaints").await.body.contains("There is no complaint here"));
    assert!(lead.get("/complaints?show=all").await.body.contains("CMP-2026-0001"));
}

#[tokio::test]
async fn a_complaint_can_be_recorded_by_anybody_and_seen_by_those_with_a_need() {
    let setting = Setting::new();
    let (staff, handler, auditor) = (setting.account(Role::Staff), setting.account(Role::Handler), setting.account(Role::Auditor));
    let mut staff = Browser::signed_in(&setting, &staff).await;
    let here = record(&mut staff).await;
    assert_eq!(staff.get(&here).await.status, StatusCode::OK);
    let mut handler = Browser::signed_in(&setting, &handler).await;
    let missing = handler.get("/complaints/019a0000-0000-7000-8000-999999999999").await;
    let theirs = handler.get(&here).await;
    assert_eq!((theirs.status, theirs.body), (missing.status, missing.body));
    let mut auditor = Browser::signed_in(&setting, &auditor).await;
    assert_eq!(auditor.get(&here).await.status, StatusCode::OK);
    assert_eq!(auditor.get(&format!("{here}/acknowledge")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_stale_or_repeated_change_is_refused() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let here = record(&mut lead).await;
    let act = format!("{here}/acknowledge");
    assert_eq!(lead.post(&act, &[("version", "1"), ("once", "a")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lead.post(&act, &[("version", "1"), ("once", "b")]).await.status, StatusCode::CONFLICT);
    assert_eq!(lead.post(&act, &[("version", "2"), ("once", "c")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
