//! The living policy on its pages: adopted by two people, signed, read, kept.

use axum::http::StatusCode;
use domain::people::Role;

use super::browser::Browser;
use super::setting::Setting;

const RIGHTS: &str = "# Sooner than the law.\nreply = { days = 20 }\n";

/// Uploads files as a new version and gives back the answer.
async fn upload(browser: &mut Browser, files: &[(&str, &str)]) -> super::browser::Answer {
    let once = browser.get("/policy/versions/new").await.hidden("once");
    browser.upload("/policy/versions/new", &[("once", &once), ("from", "files"), ("note", "Replies sooner")], files).await
}

/// Fills in the form of an adoption that is in order.
const ADOPTION: &[(&str, &str)] = &[
    ("board", "Board of Directors"),
    ("on-day", "22"),
    ("on-month", "11"),
    ("on-year", "2026"),
    ("signatory", "chair"),
    ("next_review-day", "22"),
    ("next_review-month", "11"),
    ("next_review-year", "2027"),
    ("sure", "yes"),
];

#[tokio::test]
async fn a_version_is_begun_put_forward_and_adopted_by_a_second_person() {
    let setting = Setting::new();
    let (lead, approver) = (setting.account(Role::Lead), setting.account(Role::Approver));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let request = super::journey::record(&mut lead).await;
    assert!(lead.get("/policy/versions").await.body.contains("No version has been adopted here yet"));

    let refused = upload(&mut lead, &[("rights.toml", "repply = { days = 20 }\n")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("rights.toml, line 1: ") && refused.body.contains("There is a problem"), "{}", refused.body);
    assert!(lead.get("/policy/versions").await.body.contains("No version has been adopted here yet"), "nothing of it was kept");

    let begun = upload(&mut lead, &[("rights.toml", RIGHTS)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let version = begun.leads_to().trim_end_matches("?done=version-begun").to_owned();
    let propose = format!("{version}/propose");
    let day = [("effective-day", "22"), ("effective-month", "11"), ("effective-year", "2026")];
    assert_eq!(lead.fill(&propose, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lead.fill(&propose, &day).await.leads_to(), format!("{version}?done=version-proposed"));
    assert_eq!(lead.get(&format!("{version}/adopt")).await.status, StatusCode::NOT_FOUND, "whoever proposes does not adopt");

    let mut approver = Browser::signed_in(&setting, &approver).await;
    let adopt = format!("{version}/adopt");
    let page = approver.get(&adopt).await.body;
    assert!(page.contains("rights.reply") && page.contains("1 request is running"), "it says what changes: {page}");
    assert_eq!(approver.fill(&adopt, &ADOPTION[..ADOPTION.len() - 1]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(approver.fill(&adopt, ADOPTION).await.leads_to(), format!("{version}?done=version-adopted"));
    assert_eq!(approver.get(&adopt).await.status, StatusCode::OK);
    assert_eq!(approver.fill(&adopt, ADOPTION).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once is once");

    let page = lead.get("/policy").await.body;
    assert!(page.contains("Board of Directors") && page.contains("22 November 2027"), "{page}");
    assert!(lead.get("/policy/versions").await.body.contains("in force today"));
    assert!(
        lead.get(&format!("/requests/{request}")).await.body.contains("better for the person"),
        "the running case says which rule counts"
    );
    assert!(lead.get("/duties").await.body.contains("Confirm that the policy is carried out"), "its duties are open");
}

#[tokio::test]
async fn a_proposal_is_taken_back_and_given_up_with_a_reason() {
    let setting = Setting::new();
    let lead = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let begun = upload(&mut lead, &[("rights.toml", RIGHTS)]).await;
    let version = begun.leads_to().trim_end_matches("?done=version-begun").to_owned();
    let day = [("effective-day", "1"), ("effective-month", "1"), ("effective-year", "2027")];
    lead.fill(&format!("{version}/propose"), &day).await;
    assert_eq!(lead.fill(&format!("{version}/reopen"), &[]).await.leads_to(), format!("{version}?done=version-reopened"));
    let withdraw = format!("{version}/withdraw");
    assert_eq!(lead.fill(&withdraw, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lead.fill(&withdraw, &[("reason", "The board wants another period")]).await.status, StatusCode::SEE_OTHER);
    assert!(lead.get(&version).await.body.contains("The board wants another period"));
}

/// The address of the duty with this title.
fn duty(list: &str, title: &str) -> String {
    let before = list.split(&format!("\">{title}<")).next().unwrap_or_else(|| panic!("no {title} in {list}"));
    before.rsplit("href=\"").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_statement_is_signed_word_for_word_by_whoever_holds_the_role() {
    let setting = Setting::new();
    let lead = setting.account(Role::Lead);
    services::policy::daily(&setting.app, "test").unwrap();
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let list = lead.get("/duties").await.body;
    let address = duty(&list, "Confirm that the policy is carried out");
    let page = lead.get(&address).await.body;
    assert!(page.contains("I have overseen how the policy is carried out"), "the statement stands there word for word: {page}");
    let today = [("on-day", "22"), ("on-month", "11"), ("on-year", "2026")];
    let signed = |more: &[(&'static str, &'static str)]| [&today[..], more].concat();
    let refusals: [(&[(&str, &str)], &str); 3] = [
        (&[("name", "Tobias Wrenfield"), ("evidence", "Folder 3")], "Tick the statement to sign it"),
        (&[("sign", "yes"), ("name", "Imogen Castleford"), ("evidence", "Folder 3")], "does not hold the role"),
        (&[("sign", "yes"), ("name", "Tobias Wrenfield")], "where the signed paper is"),
    ];
    for (fields, says) in refusals {
        let answer = lead.fill(&address, &signed(fields)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
    }
    let whole = signed(&[("sign", "yes"), ("name", "Tobias Wrenfield"), ("evidence", "Folder 3")]);
    assert_eq!(lead.fill(&address, &whole).await.leads_to(), format!("{address}?done=duty-signed"));
    let page = lead.get(&address).await.body;
    assert!(page.contains("on paper") && page.contains("Folder 3") && !page.contains("<form method=\"post\" action=\"/duties"), "{page}");

    let policy = lead.get("/policy").await.body;
    let clause = policy.split("id=\"TURN-21\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(clause.contains("Kept 1 of 1 this year"), "{clause}");
    let done = lead.get("/policy/clauses/TURN-21?show=done").await.body;
    assert!(done.contains(&address) && done.contains("Kept"), "the record stands behind the figure: {done}");
    assert!(lead.get("/duties").await.body.contains("Confirm that the policy is carried out"), "the next period is open");
}

#[tokio::test]
async fn a_wrong_answer_is_explained_with_its_clause_and_asked_again() {
    let setting = Setting::new();
    let (staff, lead) = (setting.account(Role::Staff), setting.account(Role::Lead));
    let mut staff = Browser::signed_in(&setting, &staff).await;
    let policy = setting.app.policy().unwrap();
    let check = policy.understanding();
    let answers = |shift: usize| -> Vec<(String, String)> {
        check
            .iter()
            .enumerate()
            .map(|(at, q)| {
                (format!("q-{}", q.id), (if at == 0 { (q.right + shift - 1) % q.answers.len() + 1 } else { q.right }).to_string())
            })
            .chain([("sign".to_owned(), "yes".to_owned()), ("name".to_owned(), "member of Staff".to_owned())])
            .collect()
    };
    let send = async |browser: &mut Browser, answers: Vec<(String, String)>| {
        let once = browser.get("/policy/read").await.hidden("once");
        let mut fields = vec![("once", once.as_str())];
        fields.extend(answers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        browser.post("/policy/read", &fields).await
    };
    let nothing = send(&mut staff, Vec::new()).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Choose an answer") && nothing.body.contains("Tick the box to sign"));
    let wrong = send(&mut staff, answers(1)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(&format!("href=\"#{}\"", check[0].clause)), "{}", wrong.body);
    assert_eq!(wrong.body.matches("govuk-inset-text").count(), 1, "only the wrong one is explained");

    let mut lead = Browser::signed_in(&setting, &lead).await;
    assert!(lead.get("/policy/readings").await.body.contains("0 of 2"));
    assert_eq!(send(&mut staff, answers(0)).await.leads_to(), "/policy/read?done=policy-signed");
    assert!(staff.get("/policy/read").await.body.contains("You signed this version on 22 November 2026"));
    assert!(lead.get("/policy/readings").await.body.contains("1 of 2"));
    assert_eq!(staff.get("/policy/readings").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_event_is_logged_and_its_date_explained() {
    let setting = Setting::new();
    let lead = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &lead).await;
    let once = lead.get("/duties/event").await.hidden("once");
    let mut fields = vec![
        ("once", once.as_str()),
        ("event", "breach-reported"),
        ("on-day", "20"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("note", "Incident 14"),
    ];
    let answer = lead.post("/duties/event", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "hours count, so the time is needed");
    assert!(answer.body.contains("id=\"time-error\""), "{}", answer.body);
    fields.push(("time", "16:45"));
    fields[0] = ("once", "another");
    let logged = lead.post("/duties/event", &fields).await;
    let address = logged.leads_to().trim_end_matches("?done=event-logged").to_owned();
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    let page = lead.get(&address).await.body;
    assert!(page.contains("Monday 23 November 2026 at 16:45 GMT") && page.contains("Incident 14"), "{page}");
    assert!(page.contains("app-steps__source"), "every step is there with its source");
    assert!(lead.get("/").await.body.contains("Report a breach to the regulator"), "it stands on Today");
}

#[tokio::test]
async fn documents_come_as_page_text_and_pdf() {
    let setting = Setting::new();
    let staff = setting.account(Role::Staff);
    let mut staff = Browser::signed_in(&setting, &staff).await;
    for path in ["/policy", "/policy/notices/families", "/policy/notices/children", "/policy/notices/easy-read", "/policy/board-sheet"] {
        for (form, kind, begins) in [
            ("text", "text/plain; charset=utf-8", "attachment"),
            ("pdf", "application/pdf", "attachment"),
            ("large-pdf", "application/pdf", "attachment"),
        ] {
            let answer = staff.get(&format!("{path}?as={form}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} as {form}");
            assert_eq!(answer.headers["content-type"], kind, "{path}");
            assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with(begins), "{path}");
            assert!(answer.body.contains("Printed on"), "{path}: {}", answer.body);
        }
        assert!(staff.get(&format!("{path}?as=large")).await.body.contains("app-large"), "{path}");
    }
    assert_eq!(staff.get("/policy/notices/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(staff.get("/policy/clauses/TURN-9999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_policy_is_filtered_by_state_and_words() {
    let setting = Setting::new();
    let auditor = setting.account(Role::Auditor);
    let mut auditor = Browser::signed_in(&setting, &auditor).await;
    let coverage = setting.app.policy().unwrap().coverage();
    let shown = |body: &str| body.matches("class=\"app-clause").count() - body.matches("class=\"app-clause__").count();
    assert_eq!(shown(&auditor.get("/policy").await.body), coverage.clauses);
    assert_eq!(shown(&auditor.get("/policy?state=enforced").await.body), coverage.enforced);
    let found = auditor.get("/policy?q=turn-85").await.body;
    assert_eq!(shown(&found), 1);
    assert!(found.contains("id=\"TURN-85\""));
    assert!(auditor.get("/policy?q=%3Cscript%3E").await.body.contains("No clause fits"));
    assert_eq!(auditor.get("/policy/versions/new").await.status, StatusCode::NOT_FOUND);
}
