//! The rights other than access, by plain forms: with their dates, marks, tasks and answers.

use axum::http::StatusCode;
use domain::people::Role;

use super::browser::Browser;
use super::setting::Setting;

fn words<'a>(kind: &'a str, words: &'a str, day: [&'a str; 3]) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kind", kind),
        ("channel", "phone"),
        ("received-day", day[0]),
        ("received-month", day[1]),
        ("received-year", day[2]),
        ("received_by", "A leader"),
        ("words", words),
        ("about", "self"),
        ("names", "Kit Arden"),
        ("emails", "kit.arden@example.org"),
    ]
}

/// Records a request and returns its id.
async fn record(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let answer = browser.post("/requests/new", fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.leads_to().strip_prefix("/requests/").unwrap().split('?').next().unwrap().to_owned()
}

async fn lead(setting: &Setting) -> Browser {
    let email = setting.account(Role::Lead);
    Browser::signed_in(setting, &email).await
}

/// Somebody else signs the answer off.
async fn sign(setting: &Setting, at: &str) {
    let email = setting.account_once(Role::Approver);
    let mut approver = Browser::signed_in(setting, &email).await;
    let page = approver.get(at).await.body;
    assert!(page.contains("Waiting for approval"), "{page}");
    let signed = approver.fill(&format!("{at}/approve"), &[]).await;
    assert!(signed.leads_to().ends_with("?done=approved"), "{}", signed.body);
}

/// The answer of the check page.
async fn check(browser: &mut Browser, who: &str, intended: &str, claimed: &str) -> String {
    let reason = if claimed.is_empty() { "" } else { "The doctor has to know." };
    let answer = browser.post("/marks/check", &[("who", who), ("use", intended), ("claimed", claimed), ("reason", reason)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let after = answer.body.split_once("id=\"answer-title\">").unwrap().1;
    after.split_once('<').unwrap().0.to_owned()
}

/// Does every open action of a request.
async fn do_all(browser: &mut Browser, at: &str, day: [&str; 3]) {
    for _ in 0..12 {
        let page = browser.get(&format!("{at}/action-done")).await;
        let Some((_, rest)) = page.body.split_once("name=\"action\" type=\"radio\" value=\"") else { return };
        let number = rest.split_once('"').unwrap().0.to_owned();
        let fields =
            [("action", number.as_str()), ("on-day", day[0]), ("on-month", day[1]), ("on-year", day[2]), ("proof", "Seen by the lead")];
        let done = browser.fill(&format!("{at}/action-done"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    panic!("the actions never end");
}

#[tokio::test]
async fn pictures_are_blocked_from_the_minute_and_the_case_closes_with_its_tasks() {
    // Journey B2: a text message to an activity leader on Sunday 7 March 2027 at 21:05.
    let setting = Setting::new();
    setting.at("2027-03-07T21:30:00Z");
    let mut browser = lead(&setting).await;
    let mut form = words("photographs", "I no longer want Kit\u{2019}s picture on your website", ["7", "3", "2027"]);
    form.retain(|(name, _)| *name != "about");
    form.extend([("received_time", "21:05"), ("about", "child"), ("asker", "Rowan Arden"), ("asker_contact", "07700 900456")]);
    let id = record(&mut browser, &form).await;
    let at = format!("/requests/{id}");
    let page = browser.get(&at).await.body;
    assert!(page.contains("Sunday 7 March 2027 at 21:05 GMT"), "{page}");
    assert_eq!(check(&mut browser, "Kit Arden", "photograph", "").await, "Refused");
    assert_eq!(check(&mut browser, "arden kit", "photograph", "").await, "Refused");
    assert_eq!(check(&mut browser, "Kit Rowan Arden", "photograph", "").await, "Refused");
    assert_eq!(check(&mut browser, "Kit Arden", "marketing", "").await, "Allowed");
    assert_eq!(check(&mut browser, "Somebody Else", "photograph", "").await, "Allowed");
    assert_eq!(browser.get(&format!("{at}/refuse")).await.status, StatusCode::OK);
    let excessive = [("ground", "excessive"), ("sign", "repeat"), ("reasons", "too much work")];
    let refused = browser.fill(&format!("{at}/refuse"), &excessive).await;
    assert!(refused.body.contains("cannot be refused"), "{}", refused.body);

    let tasks = [
        ("what", "Six pictures of the summer fair"),
        ("place", "originals"),
        ("place", "web"),
        ("place", "board"),
        ("place", "print"),
        ("place", "sent"),
        ("further", "The second web page, about the trip"),
    ];
    let kept = browser.fill(&format!("{at}/stop"), &tasks).await;
    assert!(kept.leads_to().ends_with("?done=decided-right"), "{}", kept.body);
    let page = browser.get(&at).await.body;
    assert_eq!(page.matches("by 9 March 2027").count() + page.matches("by Tue 9 Mar 2027").count(), 6, "{page}");

    let mark =
        page.split("href=\"/marks/").nth(2).or_else(|| page.split("href=\"/marks/").nth(1)).unwrap().split('"').next().unwrap().to_owned();
    let other = browser.fill(&format!("/marks/{mark}"), &[("why", "somebody-else")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("MARK-002") || other.body.contains("does not undo this"), "{}", other.body);
    assert_eq!(check(&mut browser, "Kit Arden", "photograph", "consent").await, "Refused", "no allowance for a withdrawn consent");

    assert!(browser.fill(&format!("{at}/send-answer"), &[]).await.leads_to().ends_with("?done=replied"));
    let early = browser.fill(&format!("{at}/close"), &[]).await;
    assert!(early.body.contains("still open"), "{}", early.body);
    setting.at("2027-03-09T10:00:00Z");
    let mut browser = lead_again(&setting).await;
    do_all(&mut browser, &at, ["9", "3", "2027"]).await;
    assert!(browser.fill(&format!("{at}/close"), &[]).await.leads_to().ends_with("?done=closed"));
    assert_eq!(check(&mut browser, "Kit Arden", "photograph", "").await, "Refused", "the mark outlives the case");
    let history = setting.history(&mark);
    assert!(history.iter().filter(|verb| *verb == "use-refused").count() >= 4, "{history:?}");
    assert!(history.contains(&"lift-refused".to_owned()), "{history:?}");
}

async fn lead_again(setting: &Setting) -> Browser {
    Browser::signed_in(setting, "lead@example.org").await
}

#[tokio::test]
async fn a_missing_allergy_is_put_right_the_same_day_and_answered_in_a_month() {
    // Journey E5: Tuesday 5 January 2027 at 08:10.
    let setting = Setting::with("home-care-provider");
    setting.at("2027-01-05T08:20:00Z");
    let mut browser = lead(&setting).await;
    let mut form = words("rectification", "Mum's penicillin allergy is missing from the care plan", ["5", "1", "2027"]);
    form.retain(|(name, _)| *name != "about");
    form.extend([("received_time", "08:10"), ("about", "agent"), ("asker", "Rowan Arden"), ("asker_contact", "rowan@example.org")]);
    let id = record(&mut browser, &form).await;
    let at = format!("/requests/{id}");
    let page = browser.get(&at).await.body;
    assert!(page.contains("Friday 5 February 2027"), "the formal answer: {page}");
    assert!(page.contains("because care depends on it: allergy"), "{page}");
    assert!(page.contains("by Tue 5 Jan 2027") || page.contains("by 5 January 2027"), "{page}");
    let value = [
        ("field", "allergies"),
        ("old", "none known"),
        ("new", "penicillin"),
        ("source", "letter of the surgery"),
        ("outcome", "corrected"),
        ("critical", "yes"),
        ("recipients", "the surgery\nthe pharmacy\nthe council"),
    ];
    assert!(browser.fill(&format!("{at}/correct"), &value).await.leads_to().ends_with("?done=corrected"));
    let page = browser.get(&at).await.body;
    assert!(page.contains("Before: none known") && page.contains("Right: penicillin"), "old and new are both kept: {page}");
    for who in ["the surgery", "the pharmacy", "the council"] {
        assert!(page.contains(&format!("Tell {who} about: allergies")), "{who}");
    }
    do_all(&mut browser, &at, ["5", "1", "2027"]).await;
    let unsigned = browser.fill(&format!("{at}/send-answer"), &[]).await;
    assert!(unsigned.body.contains("has not been approved"), "{}", unsigned.body);
    assert_eq!(browser.get(&format!("{at}/approve")).await.status, StatusCode::NOT_FOUND, "not theirs to approve");
    sign(&setting, &at).await;
    let unknown = browser.fill(&format!("{at}/send-answer"), &[]).await;
    assert!(unknown.body.contains("authority has not been recorded"), "the letter shows old values: {}", unknown.body);
    let power = [
        ("kind", "lasting_welfare"),
        ("about", "care"),
        ("registered", "yes"),
        ("lacks", "yes"),
        ("limited", "no"),
        ("seen", "The power, checked on the register."),
        ("on-day", "5"),
        ("on-month", "1"),
        ("on-year", "2027"),
    ];
    assert!(browser.fill(&format!("{at}/authority-received"), &power).await.leads_to().ends_with("?done=authority-received"));
    assert!(browser.fill(&format!("{at}/send-answer"), &[]).await.leads_to().ends_with("?done=replied"));
    let letter = letter(&mut browser, &at).await;
    for part in ["penicillin", "Tell the council about: allergies: done on", "section 164A", "section 165", "sections 167 and 180"] {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    assert!(browser.fill(&format!("{at}/close"), &[]).await.leads_to().ends_with("?done=closed"));
}

/// The text of the answer: the test's press sets a letter as its own text.
async fn letter(browser: &mut Browser, at: &str) -> String {
    let page = browser.get(at).await.body;
    let link = page.split("href=\"").find(|part| part.contains("/documents/") && part.contains(">Answer<")).unwrap();
    let link = link.split('"').next().unwrap().to_owned();
    browser.get(&link).await.body
}

#[tokio::test]
async fn an_erasure_is_split_and_waits_for_the_copy_the_same_person_asked_for() {
    let setting = Setting::with("training-provider");
    let mut browser = lead(&setting).await;
    let mut form = words("access", "Send me a copy of my file and then delete everything", ["20", "11", "2026"]);
    form.push(("kind", "erasure"));
    let access = record(&mut browser, &form).await;
    let page = browser.get(&format!("/requests/{access}")).await.body;
    assert!(page.contains("SAR-2026-0001") && page.contains("Another request in the same message"), "{page}");
    let other = page.split("Another request in the same message").next().unwrap().rsplit("href=\"/requests/").next().unwrap();
    let at = format!("/requests/{}", other.split('"').next().unwrap());
    assert!(browser.get(&at).await.body.contains("REQ-2026-0002"));
    let first = browser.fill(&format!("{at}/erase"), &[]).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY, "first the kinds of record");
    let policy = domain::policy::Policy::builtin("training-provider").unwrap();
    let statutory = &policy.retention().class.iter().find(|class| class.floors.contains(&"accident-records".to_owned())).unwrap().id;
    let free = &policy.retention().class.iter().find(|class| class.floors.is_empty()).unwrap().id;
    let classes = [("class", statutory.as_str()), ("class", free.as_str())];
    assert!(browser.fill(&format!("{at}/classes"), &classes).await.leads_to().ends_with("?done=classes"));
    let all_gone = |browser: Browser| decide(browser, at.clone(), statutory.clone(), free.clone(), "erase");
    let (mut browser, body) = all_gone(browser).await;
    assert!(body.contains("has to be kept until"), "a statute keeps it: {body}");
    let split = decide(browser, at.clone(), statutory.clone(), free.clone(), "legal-obligation").await;
    assert!(split.1.contains("waits for the answer to an access request"), "{}", split.1);
    browser = split.0;
    browser.fill(&format!("/requests/{access}/withdraw"), &[]).await;
    let (mut browser, body) = decide(browser, at.clone(), statutory.clone(), free.clone(), "legal-obligation").await;
    assert_eq!(body, "", "decided");
    sign(&setting, &at).await;
    do_all(&mut browser, &at, ["22", "11", "2026"]).await;
    assert!(browser.fill(&format!("{at}/send-answer"), &[]).await.leads_to().ends_with("?done=replied"));
    let letter = letter(&mut browser, &at).await;
    assert!(letter.contains("We erase a part of it") && letter.contains("the law makes us keep it"), "{letter}");
    assert!(letter.contains("The accident book has to be kept."), "{letter}");
}

/// Decides about both classes; the text of the page when it was refused, else nothing.
async fn decide(mut browser: Browser, at: String, statutory: String, free: String, what: &str) -> (Browser, String) {
    let reasons = if what == "erase" { "" } else { "The accident book has to be kept." };
    let fields = [
        ("class-0", statutory.as_str()),
        ("what-0", what),
        ("reasons-0", reasons),
        ("from-0-day", "1"),
        ("from-0-month", "3"),
        ("from-0-year", "2026"),
        ("class-1", free.as_str()),
        ("what-1", "erase"),
    ];
    let answer = browser.fill(&format!("{at}/erase"), &fields).await;
    let body = if answer.status == StatusCode::SEE_OTHER { String::new() } else { answer.body };
    (browser, body)
}

#[tokio::test]
async fn a_marketing_objection_holds_at_once_without_identity_and_after_an_erasure() {
    let setting = Setting::new();
    let mut browser = lead(&setting).await;
    let mut form = words("marketing", "take me off your mailing list", ["22", "11", "2026"]);
    form.push(("phones", "07700 900123"));
    let id = record(&mut browser, &form).await;
    let at = format!("/requests/{id}");
    let page = browser.get(&at).await.body;
    assert!(!page.contains("Check identity") && page.contains("Take the person off every list"), "{page}");
    for who in ["Kit Arden", "KIT.ARDEN@example.org", "+44 7700 900 123"] {
        assert_eq!(check(&mut browser, who, "marketing", "").await, "Refused", "{who}");
        assert_eq!(check(&mut browser, who, "share", "").await, "Allowed", "{who}");
    }
    assert!(browser.fill(&format!("{at}/stop"), &[("what", "All direct marketing")]).await.leads_to().ends_with("?done=decided-right"));
    do_all(&mut browser, &at, ["22", "11", "2026"]).await;
    browser.fill(&format!("{at}/send-answer"), &[]).await;
    browser.fill(&format!("{at}/close"), &[]).await;
    setting.erase_subject_of(&id);
    assert_eq!(check(&mut browser, "kit.arden@example.org", "marketing", "").await, "Refused", "the wish outlives the data");
    assert!(browser.get("/marks").await.body.contains("No direct marketing"));
}

#[tokio::test]
async fn a_restriction_allows_storage_alone_and_is_lifted_only_after_a_notice() {
    let setting = Setting::new();
    let mut browser = lead(&setting).await;
    let id =
        record(&mut browser, &words("restriction", "keep it, I need it for a claim, but do nothing else with it", ["20", "11", "2026"]))
            .await;
    let at = format!("/requests/{id}");
    assert_eq!(check(&mut browser, "Kit Arden", "share", "").await, "Allowed", "nothing is decided yet");
    assert!(browser.fill(&format!("{at}/restrict"), &[("ground", "claims")]).await.leads_to().ends_with("?done=decided-right"));
    for intended in ["photograph", "marketing", "share", "consent", "other"] {
        assert_eq!(check(&mut browser, "Kit Arden", intended, "").await, "Refused", "{intended}");
    }
    assert_eq!(check(&mut browser, "Kit Arden", "store", "").await, "Allowed");
    let bare = browser.post("/marks/check", &[("who", "Kit Arden"), ("use", "other"), ("claimed", "protection")]).await;
    assert!(bare.body.contains("only with the reason"), "{}", bare.body);
    assert_eq!(check(&mut browser, "Kit Arden", "other", "protection").await, "Allowed", "Article 18(2), recorded");
    assert_eq!(check(&mut browser, "Kit Arden", "other", "").await, "Refused", "for this one use");
    let page = browser.get("/marks").await.body;
    let mark = page.split("href=\"/marks/").find(|part| part.contains(">MARK-")).unwrap().split('"').next().unwrap().to_owned();
    assert!(!page.contains("Arden"), "no name in the list");
    assert!(browser.get(&format!("/marks/{mark}")).await.body.contains("The doctor has to know."), "the reason is kept");
    let early = browser.fill(&format!("/marks/{mark}"), &[("why", "settled")]).await;
    assert!(early.body.contains("only after the person was told"), "{}", early.body);
    let told = [("why", "settled"), ("told-day", "22"), ("told-month", "11"), ("told-year", "2026")];
    assert!(browser.fill(&format!("/marks/{mark}"), &told).await.leads_to().ends_with("?done=mark-lifted"));
    assert_eq!(check(&mut browser, "Kit Arden", "share", "").await, "Allowed");
    assert!(setting.history(&mark).contains(&"use-allowed".to_owned()));
}

#[tokio::test]
async fn a_council_worker_on_a_private_address_gets_the_disclosure_route_and_no_confirmation() {
    // Journey E1.
    let setting = Setting::with("home-care-provider");
    setting.at("2027-01-11T09:00:00Z");
    let mut browser = lead(&setting).await;
    let mut form = words("not-a-request", "I am a social worker, please send me the care plan", ["11", "1", "2027"]);
    form.retain(|(name, _)| *name != "about");
    form.extend([("about", "agent"), ("asker", "Jo Field"), ("asker_contact", "jo.field@private.example")]);
    let id = record(&mut browser, &form).await;
    let at = format!("/requests/{id}");
    assert!(browser.fill(&format!("{at}/elsewhere"), &[("why", "organisation")]).await.leads_to().ends_with("?done=decided-right"));
    assert!(browser.fill(&format!("{at}/send-answer"), &[]).await.leads_to().ends_with("?done=replied"));
    let letter = letter(&mut browser, &at).await;
    assert!(letter.contains("private address") && letter.contains("cannot say whether we hold anything"), "{letter}");
    assert!(!letter.contains("Arden"), "{letter}");
}

#[tokio::test]
async fn portable_data_comes_as_files_and_an_objection_restricts_meanwhile() {
    let setting = Setting::new();
    let mut browser = lead(&setting).await;
    let id = record(&mut browser, &words("portability", "transfer my training records to my new college", ["20", "11", "2026"])).await;
    let at = format!("/requests/{id}");
    let empty = browser.fill(&format!("{at}/export"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "rows, or why there are none");
    assert!(
        browser
            .fill(&format!("{at}/export"), &[("rows", "course,passed\nFirst aid,yes\n")])
            .await
            .leads_to()
            .ends_with("?done=decided-right")
    );
    let page = browser.get(&at).await.body;
    assert!(page.contains("Data to take elsewhere, CSV") && page.contains("Data to take elsewhere, JSON"), "{page}");

    let id = record(&mut browser, &words("objection", "I object to my data being used for research", ["20", "11", "2026"])).await;
    let at = format!("/requests/{id}");
    assert_eq!(check(&mut browser, "Kit Arden", "other", "").await, "Refused", "meanwhile");
    let weighed = [("purpose", "research"), ("outcome", "compelling"), ("reasons", "It keeps children safe.")];
    assert!(browser.fill(&format!("{at}/weigh"), &weighed).await.leads_to().ends_with("?done=decided-right"));
    assert_eq!(check(&mut browser, "Kit Arden", "other", "").await, "Refused", "until the person is told");
    sign(&setting, &at).await;
    browser.fill(&format!("{at}/send-answer"), &[]).await;
    assert_eq!(check(&mut browser, "Kit Arden", "other", "").await, "Allowed");
}
