//! Two people at one review, by plain forms.

use axum::http::StatusCode;
use domain::people::Role;
use services::requests::work_once;

use super::browser::Browser;
use super::journey::record;
use super::setting::{PASSWORD, SECRET, Setting};

/// A request whose review is open, seen by two leads.
async fn two_at_a_review(setting: &Setting) -> (Browser, Browser, String) {
    let mut people = Vec::new();
    for name in ["Priya Nair", "Tom Ashdown"] {
        let email = format!("{}@example.org", name.split(' ').next().unwrap().to_lowercase());
        services::accounts::create(&setting.app, name, &email, &[Role::Lead], PASSWORD, SECRET).unwrap();
        people.push(Browser::signed_in(setting, &email).await);
    }
    let (mut two, mut one) = (people.pop().unwrap(), people.pop().unwrap());
    let id = record(&mut one).await;
    one.fill(&format!("/requests/{id}/search"), &[("place", "mailbox")]).await;
    let app = setting.app.clone();
    assert!(tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap());
    assert_eq!(two.get(&format!("/requests/{id}/review")).await.status, StatusCode::OK);
    (one, two, format!("/requests/{id}/review"))
}

#[tokio::test]
async fn an_item_is_handed_to_one_person_and_can_be_taken_over() {
    let setting = Setting::new();
    let (mut one, mut two, list) = two_at_a_review(&setting).await;
    assert_eq!(one.get(&format!("{list}/next?show=open")).await.leads_to(), format!("{list}/0?show=open"));
    assert_eq!(two.get(&format!("{list}/next")).await.leads_to(), format!("{list}?done=nothing-left"));
    assert!(two.get(&list).await.body.contains("Open with somebody"));
    let mine = one.get(&format!("{list}/0")).await;
    let theirs = two.get(&format!("{list}/0")).await;
    assert!(
        theirs.body.contains("Priya Nair has this item open until") && !theirs.body.contains(">Include it in the reply<"),
        "{}",
        theirs.body
    );
    let fields = |page: &super::browser::Answer, decision: &str| {
        [("once", page.hidden("once")), ("version", page.hidden("version")), ("decision", decision.to_owned())]
    };
    let sneaked = fields(&theirs, "leave-out");
    let sneaked: Vec<(&str, &str)> = sneaked.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let refused = two.post(&format!("{list}/0"), &sneaked).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("REVIEW-001"), "{}", refused.body);
    let once = theirs.hidden("once");
    let taken = two.post(&format!("{list}/0/take-over"), &[("once", &once)]).await;
    assert_eq!(taken.leads_to(), format!("{list}/0?done=taken-over"));
    let late = fields(&mine, "leave-out");
    let late: Vec<(&str, &str)> = late.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(one.post(&format!("{list}/0"), &late).await.status, StatusCode::CONFLICT);
    let decided = two.fill(&format!("{list}/0"), &[("decision", "leave-out")]).await;
    assert_eq!(decided.leads_to(), format!("{list}/0#decisions"), "nothing else is left");
    assert!(two.get(&list).await.body.contains("Tom Ashdown: 1 item today"));
}

#[tokio::test]
async fn decisions_are_undone_noted_and_looked_at_twice() {
    let setting = Setting::new();
    let (mut one, mut two, list) = two_at_a_review(&setting).await;
    let item = format!("{list}/0");
    let noted = one.fill(&format!("{list}/0"), &[("decision", "second-look")]).await;
    assert!(noted.leads_to().contains("done=second-asked"), "{}", noted.leads_to());
    one.fill(&item, &[("decision", "withhold-rest")]).await;
    let page = one.get(&item).await;
    assert!(page.body.contains("Needs a second look") && !page.body.contains("Confirm the decisions"), "not by the same person");
    let note = one.post(&format!("{item}/note"), &[("once", &page.hidden("once")), ("note", "Is <b>Nadia</b> staff?")]).await;
    assert!(note.leads_to().contains("done=noted"));
    let request = list.trim_end_matches("/review").to_owned();
    assert_eq!(one.fill(&format!("{request}/prepare"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Who asked leaves; the lease runs out and the other person takes the item.
    setting.wait_minutes(11);
    assert_eq!(two.get(&format!("{list}/next?show=second")).await.leads_to(), format!("{list}/0?show=second"));
    let page = two.get(&item).await;
    assert!(page.body.contains("Is &lt;b&gt;Nadia&lt;/b&gt; staff?") && page.body.contains("Confirm the decisions"), "{}", page.body);
    two.fill(&item, &[("decision", "confirm")]).await;
    let page = two.get(&item).await;
    assert!(page.body.contains("Seen by two people"));
    let undone = two.post(&format!("{list}/undo"), &[("once", &page.hidden("once"))]).await;
    assert_eq!(undone.leads_to(), format!("{list}/0?done=undone"));
    assert!(two.get(&item).await.body.contains("Needs a second look"), "the confirmation is undone");
    let bulk = two.get(&format!("{list}/bulk?show=second")).await;
    assert!(bulk.body.contains("1 item is what you chose: waiting for a second look."), "{}", bulk.body);
    let stale = [("once", "x"), ("expected", "7"), ("what", "leave-out")];
    assert_eq!(two.post(&format!("{list}/bulk"), &stale).await.status, StatusCode::CONFLICT, "another number than was shown");
    let form = [("once", "y"), ("expected", "1"), ("show", "second"), ("what", "leave-out")];
    assert_eq!(two.post(&format!("{list}/bulk"), &form).await.leads_to(), format!("{list}?show=second&done=bulk-done"));
    assert!(two.get(&format!("{list}?show=left-out")).await.body.contains("Nothing to show here"), "it waits for its second look");
}
