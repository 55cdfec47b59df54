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
async fn a_searcher_is_told_what_to_look_for_and_not_who_asked() {
    let setting = Setting::new();
    let (lead, staff) = (setting.account(Role::Lead), setting.account(Role::Staff));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let fields = [
        ("channel", "letter"),
        ("kind", "access"),
        ("received-day", "20"),
        ("received-month", "11"),
        ("received-year", "2026"),
        ("received_by", "Front desk"),
        ("words", "I am in a dispute with you about my son."),
        ("about", "child"),
        ("asker", "Beatrix Hart"),
        ("asker_contact", "beatrix@example.org"),
        ("names", "Amelia Hart"),
    ];
    let answer = lead.post("/requests/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id = answer.leads_to().strip_prefix("/requests/").unwrap().split('?').next().unwrap().to_owned();
    let plan = format!("/requests/{id}/search-plan");
    let page = lead.get(&plan).await;
    let who = page.body.split("name=\"who\" type=\"radio\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let staff_id = services::accounts::actor_by_email(&setting.app, &staff).unwrap().user.to_string();
    assert!(who.into_iter().any(|user| user == staff_id), "{}", page.body);
    let once = page.hidden("once");
    let form = [("once", once.as_str()), ("where", "Filing cabinet"), ("medium", "paper"), ("who", &staff_id), ("terms", "Amelia Hart")];
    assert_eq!(lead.post(&plan, &form).await.leads_to(), format!("{plan}?done=search-planned"));
    let mut staff = Browser::signed_in(&setting, &staff).await;
    let mine = staff.get("/searches").await.body;
    assert!(mine.contains("Filing cabinet"), "{mine}");
    let task = format!("/searches/{id}.search.1");
    let page = staff.get(&task).await;
    assert!(page.body.contains("Amelia Hart") && page.body.contains("SAR-2026-0001/1"));
    for hidden in ["Beatrix", "dispute", "my son"] {
        assert!(!page.body.contains(hidden) && !mine.contains(hidden), "a searcher is not told {hidden}");
    }
    assert_eq!(staff.get(&format!("/requests/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(staff.get(&plan).await.status, StatusCode::NOT_FOUND);
    assert_eq!(staff.fill(&task, &[("found", "not")]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "not without a reason");
    assert_eq!(staff.fill(&task, &[("found", "items"), ("number", "2")]).await.leads_to(), "/searches?done=search-done");
    assert!(lead.get(&plan).await.body.contains("Found 2 items"));
}

#[tokio::test]
async fn the_reply_is_signed_off_by_the_role_of_the_policy_and_the_log_of_it_is_there() {
    let setting = Setting::with("advocacy-charity");
    let (lead, approver, admin) = (setting.account(Role::Lead), setting.account(Role::Approver), setting.account(Role::Administrator));
    let director = setting.account(Role::Auditor);
    let mut admin = Browser::signed_in(&setting, &admin).await;
    let user = services::accounts::actor_by_email(&setting.app, &director).unwrap().user.to_string();
    let page = admin.get(&format!("/people/{user}/roles")).await;
    assert!(page.body.contains("Signs replies off"), "{}", page.body);
    let fields = [("once", "k"), ("role", "approver"), ("held", "ceo")];
    assert_eq!(admin.post(&format!("/people/{user}/roles"), &fields).await.leads_to(), "/people?done=saved");
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let id = record(&mut lead).await;
    let at = |rest: &str| format!("/requests/{id}{rest}");
    lead.fill(&at("/search"), &[("place", "mailbox")]).await;
    let app = setting.app.clone();
    assert!(tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap());
    lead.fill(&at("/review/0"), &[("decision", "withhold-rest")]).await;
    assert!(lead.fill(&at("/prepare"), &[]).await.leads_to().ends_with("?done=prepared"));
    let mut approver = Browser::signed_in(&setting, &approver).await;
    let refused = approver.fill(&at("/approve"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("CEN-59"), "{}", refused.body);
    let mut director = Browser::signed_in(&setting, &director).await;
    assert!(director.fill(&at("/approve"), &[]).await.leads_to().ends_with("?done=approved"));
    let log = lead.get(&at("/disclosures")).await.body;
    assert!(log.contains("Disclosed") && log.contains("Schedule 2") && !log.contains("Nadia"), "{log}");
    let csv = lead.get(&at("/disclosures/csv")).await;
    assert!(
        csv.headers["content-disposition"].to_str().unwrap().contains("disclosure-log.csv") && csv.body.contains("name of another person")
    );
    assert_eq!(lead.get(&at("/disclosures/pdf")).await.status, StatusCode::OK);
    assert_eq!(lead.get(&at("/disclosures/exe")).await.status, StatusCode::NOT_FOUND);
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

#[tokio::test]
async fn words_are_decided_everywhere_after_a_page_that_counts_them() {
    let setting = Setting::new();
    let (mut one, _, list) = two_at_a_review(&setting).await;
    let here = format!("{list}/0");
    let asked = one.fill(&here, &[("mark", "0"), ("decision", "show-everywhere")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Show these words everywhere") && asked.body.contains(" in 1 item"), "{}", asked.body);
    assert!(one.get(&here).await.body.contains("data-open"), "nothing is decided yet");
    let sent = |places: &str| -> Vec<(&str, String)> {
        let mut fields: Vec<(&str, String)> =
            ["once", "version", "mark", "decision"].into_iter().map(|name| (name, asked.hidden(name))).collect();
        fields.push(("places", places.to_owned()));
        fields
    };
    let (stale, right) = (sent("99"), sent(&asked.hidden("places")));
    assert_eq!(one.post(&here, &borrowed(&stale)).await.status, StatusCode::CONFLICT, "another number than was shown");
    assert_eq!(one.post(&here, &borrowed(&right)).await.leads_to(), format!("{here}#decisions"));
}

#[tokio::test]
async fn the_words_that_settle_most_are_decided_from_a_list() {
    let setting = Setting::new();
    let (mut one, _, list) = two_at_a_review(&setting).await;
    let (item, words) = (format!("{list}/0"), format!("{list}/words"));
    assert!(one.get(&list).await.body.contains(&format!("href=\"{words}\"")));
    let page = one.get(&words).await;
    let lines = page.body.matches("value=\"show-everywhere\"").count();
    assert!(lines > 0, "{}", page.body);
    let mut begun: Vec<(&str, String)> = ["once", "version", "mark", "from"].into_iter().map(|name| (name, page.hidden(name))).collect();
    begun.push(("decision", "show-everywhere".to_owned()));
    let asked = one.post(&item, &borrowed(&begun)).await;
    assert!(asked.body.contains(&format!("href=\"{words}\"")), "the way back leads to the list: {}", asked.body);
    let told: Vec<(&str, String)> =
        ["once", "version", "mark", "from", "decision", "places"].into_iter().map(|name| (name, asked.hidden(name))).collect();
    assert_eq!(one.post(&item, &borrowed(&told)).await.leads_to(), format!("{words}?done=decided-everywhere"));
    assert_eq!(one.get(&words).await.body.matches("value=\"show-everywhere\"").count(), lines - 1);
}

#[tokio::test]
async fn paper_found_by_hand_goes_into_the_review_by_a_plain_form() {
    let setting = Setting::new();
    let (mut one, _, list) = two_at_a_review(&setting).await;
    let (request, found) = (list.trim_end_matches("/review").to_owned(), list.replace("/review", "/found"));
    assert!(one.get(&request).await.body.contains(&format!("href=\"{found}\"")));
    let page = one.get(&found).await;
    let once = page.hidden("once");
    assert!(page.body.contains("multipart/form-data"));
    let empty = one.upload(&found, &[("once", &once), ("where", "")], &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Write where it was found") && empty.body.contains("Choose at least one file"), "{}", empty.body);
    let fields = [("once", once.as_str()), ("where", "Filing cabinet")];
    let added = one.upload(&found, &fields, &[("card.txt", "An index card about the trip.")]).await;
    assert_eq!(added.leads_to(), format!("{request}?done=found"), "{}", added.body);
    let again = one.upload(&found, &fields, &[("card.txt", "An index card about the trip.")]).await;
    assert_eq!(again.leads_to(), format!("{request}?done=found"), "the same form twice is one");
    let items = one.get(&list).await.body;
    assert_eq!(items.matches("card.txt").count(), 1, "{items}");
}

/// Fields as a browser sends them.
fn borrowed<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
