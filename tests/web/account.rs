//! One's own account: reminders and digests that go out once, and the calendar that dies with it.

use axum::http::StatusCode;
use domain::people::{Role, Standing};
use services::accounts::{actor_by_email, set_standing};

use super::browser::Browser;
use super::journey::record;
use super::setting::Setting;

/// Makes the address of a calendar and gives it back.
async fn address(browser: &mut Browser) -> String {
    let page = browser.post("/account/calendar", &[("calendar", "make")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let start = page.body.split_once("app-secret\">").unwrap().1;
    start.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_calendar_shows_references_and_days_and_no_names() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    record(&mut lead).await;
    let path = address(&mut lead).await;
    let mut outside = Browser::new(&setting);
    let feed = outside.get(&path).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    // Received on Friday 20 November 2026; the policy's own day is what the clock runs to.
    assert!(feed.body.contains("SUMMARY:SAR-2026-0001 due\r\n") && feed.body.contains("DTSTART;VALUE=DATE:202612"), "{}", feed.body);
    for name in ["Amelia", "Hart", "amelia.hart@example.org", "Front desk"] {
        assert!(!feed.body.contains(name), "{name}");
    }
    let etag = feed.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(outside.send("GET", &path, &[], &[("if-none-match", &etag)]).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(outside.get(&path).await.body, feed.body, "the same bytes while nothing changed");
    record(&mut lead).await;
    assert_ne!(outside.get(&path).await.headers["etag"].to_str().unwrap(), etag);
}

#[tokio::test]
async fn an_address_ends_when_it_is_renewed_revoked_or_its_account_ends() {
    let setting = Setting::new();
    let (lead, admin) = (setting.account(Role::Lead), setting.account(Role::Administrator));
    let (user, admin) = (actor_by_email(&setting.app, &lead).unwrap().user, actor_by_email(&setting.app, &admin).unwrap());
    let mut browser = Browser::signed_in(&setting, &lead).await;
    let mut outside = Browser::new(&setting);
    let missing = outside.get("/there-is-no-such-page").await.body;
    let first = address(&mut browser).await;
    let second = address(&mut browser).await;
    assert_eq!(outside.get(&second).await.status, StatusCode::OK);
    let altered = second.replace(".ics", "x.ics");
    for path in [first.as_str(), altered.as_str(), "/feed/x.ics", "/feed/..ics", second.trim_end_matches(".ics")] {
        let answer = outside.get(path).await;
        assert_eq!((answer.status, answer.body == missing), (StatusCode::NOT_FOUND, true), "{path}");
    }
    for standing in [Standing::Suspended, Standing::Left] {
        set_standing(&setting.app, &admin, &user, standing).unwrap();
        assert_eq!(outside.get(&second).await.status, StatusCode::NOT_FOUND, "{standing:?}");
    }
    set_standing(&setting.app, &admin, &user, Standing::Active).unwrap();
    let mut browser = Browser::signed_in(&setting, &lead).await;
    assert_eq!(browser.post("/account/calendar", &[("calendar", "revoke")]).await.leads_to(), "/account?done=calendar-revoked");
    assert_eq!(outside.get(&second).await.status, StatusCode::NOT_FOUND);
    assert!(browser.get("/account").await.body.contains("You have no address yet"));
}

#[tokio::test]
async fn each_calendar_holds_what_its_owner_may_see() {
    let setting = Setting::new();
    let (lead, handler) = (setting.account(Role::Lead), setting.account(Role::Handler));
    let mut lead = Browser::signed_in(&setting, &lead).await;
    record(&mut lead).await;
    let mut handler = Browser::signed_in(&setting, &handler).await;
    let path = address(&mut handler).await;
    assert!(!Browser::new(&setting).get(&path).await.body.contains("SAR-"), "somebody else's case is not in it");
}

#[tokio::test]
async fn the_weekly_mail_is_turned_off_and_on() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    assert!(lead.get("/account").await.body.contains("The weekly mail is <strong>on</strong>"));
    assert_eq!(lead.post("/account/digest", &[("digest", "off")]).await.leads_to(), "/account?done=saved");
    assert!(lead.get("/account").await.body.contains("The weekly mail is <strong>off</strong>"));
    assert_eq!(lead.post("/account/digest", &[]).await.status, StatusCode::BAD_REQUEST);
    assert!(lead.get("/").await.body.contains("href=\"/account\""), "the page is one click away");
}
