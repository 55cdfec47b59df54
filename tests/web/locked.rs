//! Passwords for what nobody could open, by plain forms.

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use domain::Refusal;
use domain::people::Role;
use finder::document::{Document, DocumentKind, Extraction, Unreadable};
use services::App;
use services::ports::{Extractor, Failure, Source, SourceItem, Sources, Walker};
use services::requests::work_once;

use super::browser::{Answer, Browser};
use super::journey::record;
use super::setting::Setting;

/// One letter about the person, under a password.
struct Drive;

impl Sources for Drive {
    fn open(&self, _: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(Self))
    }
}

impl Source for Drive {
    fn title(&self) -> String {
        "drive".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let text = b"Dear Amelia Hart, your place is kept.".to_vec();
        let item = SourceItem { locator: "letters/plan.docx".into(), name: "plan.docx".into(), bytes: Ok(text), truncated_from: None };
        visit.item(item, None);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(1)
    }
}

/// Opens what it is given with one password alone.
struct Lock(&'static str, String);

impl Extractor for Lock {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let mut found = Extraction::default();
        if self.1.lines().any(|given| given == self.0) {
            found.documents.push(Document::of(DocumentKind::Word, name, String::from_utf8_lossy(bytes)));
        } else {
            found.unreadable.push(Unreadable { path: String::new(), reason: "is encrypted".to_owned() });
        }
        Ok(found)
    }

    fn with_passwords(&self, lines: &str) -> Option<Box<dyn Extractor>> {
        Some(Box::new(Self(self.0, lines.to_owned())))
    }
}

async fn work(app: &App) {
    let app = app.clone();
    assert!(tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap());
}

async fn give(lead: &mut Browser, page: &str, passwords: &str) -> Answer {
    let once = lead.get(page).await.hidden("once");
    lead.post(page, &[("once", &once), ("passwords", passwords)]).await
}

#[tokio::test]
async fn a_password_is_given_on_a_page_and_never_comes_back() {
    const PASSWORD: &str = " tiger moth 7";
    let setting =
        Setting::new().with_app(|app| App { sources: Arc::new(Drive), extractor: Arc::new(Lock(PASSWORD, String::new())), ..app });
    let lead = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let id = record(&mut lead).await;
    lead.fill(&format!("/requests/{id}/search"), &[("place", "mailbox")]).await;
    work(&setting.app).await;
    let (review, page) = (format!("/requests/{id}/review"), format!("/requests/{id}/locked"));
    let list = lead.get(&review).await.body;
    assert!(list.contains("Give the password of 1 item that nobody could open"), "{list}");
    let locked = lead.get(&page).await;
    assert!(locked.body.contains("plan.docx") && locked.body.contains("Not yet"), "{}", locked.body);
    let empty = give(&mut lead, &page, " \r\n ").await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("Write at least one password"), "{}", empty.body);
    let many = give(&mut lead, &page, &"otter\n".repeat(60)).await;
    assert!(many.body.contains("At most 50 passwords") && !many.body.contains("otter"), "{}", many.body);

    let wrong = give(&mut lead, &page, "tiger moth 7").await;
    assert_eq!(wrong.leads_to(), format!("/requests/{id}/searching"));
    let running = lead.get(&format!("/requests/{id}/searching")).await.body;
    assert!(running.contains("Trying the passwords") && running.contains("Waiting for its turn."), "{running}");
    assert!(lead.get(&page).await.body.contains("Passwords are being tried just now."));
    work(&setting.app).await;
    let after = lead.get(&page).await.body;
    assert!(after.contains("Once") && after.contains("1 password on 1 item. No item opened."), "{after}");

    give(&mut lead, &page, &format!("wrong\r\n{PASSWORD}\r\n")).await;
    work(&setting.app).await;
    let done = lead.get(&format!("/requests/{id}/searching")).await.body;
    assert!(done.contains("The passwords have been tried") && done.contains("Review what was found"), "{done}");
    let list = lead.get(&review).await.body;
    assert!(list.contains("plan.docx (mailbox)") && !list.contains("nobody could open"), "{list}");
    let item = lead.get(&format!("{review}/1")).await.body;
    assert!(item.contains("your place is kept"), "{item}");
    let after = lead.get(&page).await.body;
    assert!(after.contains("Nothing waits for a password.") && after.contains("1 item opened, 1 item to review from it."), "{after}");
    let request = lead.get(&format!("/requests/{id}")).await.body;
    assert!(request.contains("Passwords tried on what was locked"), "{request}");
    for body in [empty.body, many.body, running, done, list, item, after, request] {
        assert!(!body.contains("moth"), "{body}");
    }
}
