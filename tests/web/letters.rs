//! Letters edited by hand before they go out: as text, in a word processor, and checked.

use axum::http::StatusCode;
use domain::people::Role;

use super::browser::{Answer, Browser};
use super::journey::record;
use super::setting::Setting;

/// What an act needs besides its letter.
const ACTS: &[(&str, &[(&str, &str)])] = &[
    ("acknowledge", &[]),
    ("identity", &[("doubt", "The address is not one we know.")]),
    ("clarify", &[("question", "Which years?")]),
    ("extend", &[("ground", "complex"), ("reasons", "Four sites to search.")]),
    ("fee", &[("ground", "excessive"), ("sign", "repeat"), ("reasons", "Answered last week."), ("lines", "Copying 12.00")]),
];

/// Sends the form of an act with one more step.
async fn step(browser: &mut Browser, path: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    let (once, version) = (page.hidden("once"), page.hidden("version"));
    let mut all = vec![("once", once.as_str()), ("version", version.as_str()), ("letter", step)];
    all.extend(fields);
    browser.post(path, &all).await
}

fn version(setting: &Setting, id: &str) -> u64 {
    setting.app.store.read(|tx| tx.record_get(id)).unwrap().unwrap().version
}

/// What stands in the text area.
fn text(page: &str) -> String {
    let area = page.split_once("name=\"letter-text\"").unwrap().1.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
    area.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[tokio::test]
async fn looking_at_the_letter_of_any_act_does_nothing() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let id = record(&mut lead).await;
    for (act, fields) in ACTS {
        let path = format!("/requests/{id}/{act}");
        assert!(lead.get(&path).await.body.contains("See and edit the letter first"), "{act}");
        for look in ["see", "word"] {
            let answer = step(&mut lead, &path, look, fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{act} {look}: {}", answer.body);
            if look == "word" {
                let name = format!("attachment; filename=\"{act}-draft.docx\"");
                assert_eq!(answer.headers["content-disposition"], name.as_str());
            } else {
                assert!(answer.body.contains("Nothing has been sent or saved yet"), "{act}: {}", answer.body);
                assert!(
                    fields.iter().all(|(_, value)| answer.body.contains(&format!("value=\"{value}\""))),
                    "{act} carries its form along"
                );
            }
        }
        assert_eq!(version(&setting, &id), 1, "{act} was done by looking");
    }
    let refused = step(&mut lead, &format!("/requests/{id}/clarify"), "see", &[("question", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Write down what you ask"), "the form comes back with what is missing");
}

#[tokio::test]
async fn an_edited_letter_goes_out_as_edited_and_never_without_what_the_law_asks_for() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let id = record(&mut lead).await;
    let path = format!("/requests/{id}/acknowledge");
    let letter = text(&step(&mut lead, &path, "see", &[]).await.body);
    assert!(letter.contains("Thank you for your request") && letter.contains("# How we worked out this date\n\n| "), "{letter}");

    let due = letter.lines().find(|line| line.starts_with("You will have our answer by")).unwrap();
    let without = letter.replace(due, "You will hear from us.");
    let refused = step(&mut lead, &path, "final", &[("letter-text", &without)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("until when the answer comes") && refused.body.contains("You will hear from us."), "{}", refused.body);
    assert_eq!(version(&setting, &id), 1, "nothing went out");

    let edited = letter.replace("Thank you for your request", "Dear Amelia, it was good to hear from you. Thank you for your request");
    let done = step(&mut lead, &path, "final", &[("letter-text", &edited)]).await;
    assert_eq!(done.leads_to(), format!("/requests/{id}?done=acknowledged"), "{}", done.body);
    let documents = setting.app.store.read(|tx| tx.blob_list(&id)).unwrap();
    let kept = lead.get(&format!("/requests/{id}/documents/{}", documents[0].id)).await;
    assert!(kept.body.contains("it was good to hear from you"), "{}", kept.body);
    assert!(kept.body.contains(due), "the date stays");
}

#[tokio::test]
async fn a_letter_edited_in_a_word_processor_is_read_and_shown_before_anything_is_done() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let id = record(&mut lead).await;
    let path = format!("/requests/{id}/acknowledge");
    let draft = step(&mut lead, &path, "word", &[]).await.body;
    let send = async |lead: &mut Browser, file: &str| {
        let fields = [("act", "acknowledge"), ("version", "1")];
        lead.upload(&format!("/requests/{id}/letter"), &fields, &[("letter.docx", file)]).await
    };
    let read = send(&mut lead, &draft.replace("Thank you for", "Many thanks for")).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    assert!(text(&read.body).contains("Many thanks for your request"), "{}", read.body);

    let shortened = draft.lines().filter(|line| !line.starts_with("You will have")).collect::<Vec<_>>().join("\n");
    let missing = send(&mut lead, &shortened).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("Put back word for word: You will have our answer by"), "{}", missing.body);
    assert!(send(&mut lead, "Something else").await.body.contains("cannot be read as the edited letter"));
    assert!(send(&mut lead, "").await.body.contains("Choose the edited letter"));
    assert_eq!(version(&setting, &id), 1);
}

#[tokio::test]
async fn nobody_sees_the_letter_of_a_case_they_may_not_work_on() {
    let setting = Setting::new();
    let (lead, handler) = (setting.account(Role::Lead), setting.account(Role::Handler));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let id = record(&mut lead).await;
    let mut handler = Browser::signed_in(&setting, &handler).await;
    for path in [format!("/requests/{id}/acknowledge"), format!("/requests/{id}/letter"), "/requests/none/letter".to_owned()] {
        for step in ["see", "word", "final"] {
            assert_eq!(handler.post(&path, &[("letter", step), ("version", "1")]).await.status, StatusCode::NOT_FOUND, "{step} {path}");
        }
    }
}
