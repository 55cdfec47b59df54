//! From the first start to a closed request, by plain forms.

use axum::http::StatusCode;
use domain::people::Role;
use services::accounts::begin_setup;
use services::requests::work_once;

use super::browser::Browser;
use super::setting::{PASSWORD, Setting};

const REQUEST: &[(&str, &str)] = &[
    ("kind", "access"),
    ("channel", "phone"),
    ("received-day", "20"),
    ("received-month", "11"),
    ("received-year", "2026"),
    ("received_by", "Front desk"),
    ("words", "Rang and asked for everything."),
    ("about", "self"),
    ("names", "Amelia Hart"),
    ("emails", "amelia.hart@example.org"),
];

/// Records a request and returns its id.
pub(super) async fn record(browser: &mut Browser) -> String {
    let answer = browser.post("/requests/new", REQUEST).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id = answer.leads_to().strip_prefix("/requests/").unwrap().split('?').next().unwrap();
    id.to_owned()
}

#[tokio::test]
async fn the_first_account_is_made_by_a_link_that_works_once() {
    let setting = Setting::new();
    let token = begin_setup(&setting.app).unwrap().unwrap();
    let link = format!("/set-up/{token}");
    let mut browser = Browser::new(&setting);
    assert_eq!(browser.get("/set-up/abcdefghijklmnopqrstuvwxyz").await.status, StatusCode::NOT_FOUND);
    let page = browser.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<svg class=\"app-qr\""));
    let secret = page.hidden("secret");
    let code = setting.code(&secret);
    let form = |password: &'static str| {
        vec![
            ("name", "Priya Nair".to_owned()),
            ("email", "priya@example.org".to_owned()),
            ("password", password.to_owned()),
            ("secret", secret.clone()),
        ]
    };
    for weak in ["short", "password1234", "greenbanklearning"] {
        let fields = form(weak);
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        fields.push(("code", &code));
        let refused = browser.post(&link, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        assert!(refused.body.contains("<title>Error: "));
        assert_eq!(refused.hidden("secret"), secret, "the authenticator need not be set up again");
        assert!(!refused.body.contains(weak), "a password never comes back");
    }
    let fields = form(PASSWORD);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    fields.push(("code", &code));
    assert_eq!(browser.post(&link, &fields).await.leads_to(), "/sign-in?done=account");
    assert_eq!(browser.get(&link).await.status, StatusCode::NOT_FOUND, "the link works once");
    let code = setting.code(&secret);
    let signed = browser.post("/sign-in", &[("email", "priya@example.org"), ("password", PASSWORD), ("code", &code)]).await;
    assert_eq!(signed.leads_to(), "/");
    assert!(browser.get("/").await.body.contains("Priya Nair"));
}

#[tokio::test]
async fn signing_in_says_the_same_whatever_was_wrong() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::new(&setting);
    let code = setting.code(super::setting::SECRET);
    let tries = [
        (email.as_str(), "wrong password here", code.as_str()),
        (email.as_str(), PASSWORD, "000000"),
        ("nobody@example.org", PASSWORD, code.as_str()),
    ];
    let mut bodies = Vec::new();
    for (email, password, code) in tries {
        let answer = browser.post("/sign-in", &[("email", email), ("password", password), ("code", code)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.headers.contains_key("set-cookie"));
        bodies.push(answer.body.replace(email, "").replace(code, ""));
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_with_what_was_typed() {
    let setting = Setting::new();
    let email = setting.account(Role::Staff);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let answer = browser
        .post(
            "/requests/new",
            &[("words", "Please <b>send</b> it"), ("received-day", "31"), ("received-month", "2"), ("received-year", "2026")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Enter a date that exists"));
    assert!(answer.body.contains("href=\"#received-day\""));
    assert!(answer.body.contains("Please &lt;b&gt;send"), "escaped and kept");
}

#[tokio::test]
async fn a_form_sent_twice_works_once() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let once = browser.get("/requests/new").await.hidden("once");
    let mut fields = REQUEST.to_vec();
    fields.push(("once", &once));
    let (first, second) = (browser.post("/requests/new", &fields).await, browser.post("/requests/new", &fields).await);
    assert_eq!(first.leads_to(), second.leads_to());
    assert_eq!(browser.get("/requests").await.body.matches("SAR-2026-").count(), 1);
    let other: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, if *name == "names" { "Kit Arden" } else { *value })).collect();
    let refused = browser.post("/requests/new", &other).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("You sent this form already") && refused.body.contains("Kit Arden"), "{}", refused.body);
    assert_eq!(browser.get("/requests").await.body.matches("SAR-2026-").count(), 1, "nothing is lost, nothing is done twice");
}

#[tokio::test]
async fn names_are_searched_by_posting_and_never_stand_in_an_address() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let id = record(&mut browser).await;
    let found = browser.post("/requests/search", &[("q", "Amelia Hart")]).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.body.contains(&format!("/requests/{id}")), "{}", found.body);
    assert!(browser.post("/requests/search", &[("q", "Somebody Else")]).await.body.contains("Nothing was found"));
    let page = browser.get(&format!("/requests/{id}")).await.body;
    assert!(page.contains("Amelia Hart"));
    for address in page.split("href=\"").skip(1).chain(page.split("action=\"").skip(1)) {
        assert!(!address.split('"').next().unwrap().contains("Amelia"));
    }
}

#[tokio::test]
async fn a_stale_page_meets_a_conflict_and_changes_nothing() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let id = record(&mut browser).await;
    let path = format!("/requests/{id}/acknowledge");
    assert_eq!(browser.fill(&path, &[]).await.leads_to(), format!("/requests/{id}?done=acknowledged"));
    let clarify = format!("/requests/{id}/clarify");
    let stale = browser.post(&clarify, &[("version", "1"), ("once", "other"), ("question", "Which years?")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("AUTH-002"));
}

#[tokio::test]
async fn the_clock_explains_itself_and_pauses_while_a_question_is_open() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    let id = record(&mut browser).await;
    let page = browser.get(&format!("/requests/{id}")).await.body;
    assert!(page.contains("Monday 21 December 2026") && page.contains("Why this date") && page.contains("UK GDPR"), "{page}");
    let doubt = browser.fill(&format!("/requests/{id}/identity"), &[("doubt", "  ")]).await;
    assert_eq!(doubt.status, StatusCode::UNPROCESSABLE_ENTITY, "no doubt, no question");
    browser.fill(&format!("/requests/{id}/clarify"), &[("question", "Which years?")]).await;
    let page = browser.get(&format!("/requests/{id}")).await.body;
    assert!(page.contains("The clock stands still"), "{page}");
    assert!(browser.get("/").await.body.contains("Waiting for somebody outside"));
    let backwards = [("answer", "All"), ("on-day", "1"), ("on-month", "11"), ("on-year", "2026")];
    let refused = browser.fill(&format!("/requests/{id}/answered"), &backwards).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answered = [("answer", "All"), ("on-day", "22"), ("on-month", "11"), ("on-year", "2026")];
    assert!(browser.fill(&format!("/requests/{id}/answered"), &answered).await.leads_to().ends_with("?done=answered"));
}

#[tokio::test]
async fn the_whole_journey_works_without_scripts() {
    let setting = Setting::new();
    let (lead, approver) = (setting.account(Role::Lead), setting.account(Role::Approver));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let mut approver = Browser::signed_in(&setting, &approver).await;
    let id = record(&mut lead).await;
    let at = |rest: &str| format!("/requests/{id}{rest}");
    lead.fill(&at("/acknowledge"), &[]).await;
    assert_eq!(lead.fill(&at("/search"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no place chosen");
    assert!(lead.fill(&at("/search"), &[("place", "mailbox")]).await.leads_to().starts_with(&at("/searching")));
    let waiting = lead.get(&at("/searching")).await.body;
    assert!(waiting.contains("Waiting for its turn") && waiting.contains("http-equiv=\"refresh\""), "{waiting}");
    let app = setting.app.clone();
    assert!(tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap());
    assert!(lead.get(&at("/searching")).await.body.contains("The search has finished"));

    let queue = lead.get(&at("/review")).await.body;
    assert!(queue.contains("0 of 1 items decided"), "{queue}");
    assert_eq!(lead.fill(&at("/prepare"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the review is not done");
    let item = lead.get(&at("/review/0")).await;
    assert!(item.body.contains("Nadia Shah") && item.body.contains("app-mark--proposed"), "{}", item.body);
    let missing = lead.fill(&at("/review/0"), &[("words", "zebra crossing")]).await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST, "no button was pressed");
    let (once, version) = (item.hidden("once"), item.hidden("version"));
    let sealed = |more: &[(&'static str, &'static str)]| {
        let mut fields = vec![("once", once.as_str()), ("version", version.as_str())];
        fields.extend(more);
        fields.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<Vec<_>>()
    };
    let add = sealed(&[("words", "on Tuesday"), ("why", "tells where she was")]);
    let add: Vec<(&str, &str)> = add.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert!(lead.post(&at("/review/0/add"), &add).await.leads_to().ends_with("/review/0?done=added"));
    let withheld = lead.fill(&at("/review/0"), &[("decision", "withhold-rest")]).await;
    assert_eq!(withheld.leads_to(), at("/review/0#decisions"));
    assert!(lead.get(&at("/review")).await.body.contains("1 of 1 items decided"));
    assert!(lead.fill(&at("/prepare"), &[]).await.leads_to().ends_with("?done=prepared"));

    assert_eq!(lead.get(&at("/approve")).await.status, StatusCode::NOT_FOUND, "not theirs to approve");
    assert!(approver.fill(&at("/approve"), &[]).await.leads_to().ends_with("?done=approved"));
    let preview = lead.get(&at("/preview")).await;
    assert_eq!(preview.headers["content-disposition"], "attachment; filename=\"reply-preview.pdf\"");
    assert!(lead.fill(&at("/reply"), &[]).await.leads_to().ends_with("?done=replied"));

    let page = lead.get(&at("")).await.body;
    let pack = page
        .split("href=\"")
        .find(|part| part.contains("/documents/") && part.contains(">Pack<"))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let pack = lead.get(&pack).await;
    assert_eq!(pack.status, StatusCode::OK);
    assert!(pack.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(pack.body.contains("Amelia Hart"), "{}", pack.body);
    for withheld in ["Nadia", "Shah", "nadia.shah@example.net", "Tuesday"] {
        assert!(!pack.body.contains(withheld), "{withheld} is still in the pack");
    }
    let closed = lead.fill(&at("/close"), &[]).await;
    assert!(closed.leads_to().ends_with("?done=closed"), "{}", closed.body);
    assert!(lead.get(&at("")).await.body.contains("Closed"));
}

#[tokio::test]
async fn who_prepared_a_reply_cannot_approve_it() {
    let setting = Setting::new();
    let both = "both@example.org";
    services::accounts::create(&setting.app, "Both", both, &[Role::Lead, Role::Approver], PASSWORD, super::setting::SECRET).unwrap();
    let mut browser = Browser::signed_in(&setting, both).await;
    let id = record(&mut browser).await;
    let at = |rest: &str| format!("/requests/{id}{rest}");
    browser.fill(&at("/search"), &[("place", "mailbox")]).await;
    let app = setting.app.clone();
    tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap();
    browser.fill(&at("/review/0"), &[("decision", "withhold-rest")]).await;
    assert!(browser.fill(&at("/prepare"), &[]).await.leads_to().ends_with("?done=prepared"));
    let refused = browser.fill(&at("/approve"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("cannot approve it"));
}
