//! Headers on every answer, and forms that come from elsewhere.

use axum::http::{HeaderMap, StatusCode};
use domain::people::Role;
use web::routes::ROUTES;

use super::browser::Browser;
use super::setting::Setting;

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn check(headers: &HeaderMap, what: &str) {
    for (name, value) in ALWAYS {
        assert_eq!(headers.get(*name).map(|v| v.to_str().unwrap()), Some(*value), "{what}: {name}");
    }
    let policy = headers.get("content-security-policy").map(|v| v.to_str().unwrap()).unwrap_or_default();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    assert!(headers.contains_key("cache-control") && headers.contains_key("permissions-policy"), "{what}");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    for mut browser in [Browser::new(&setting), Browser::signed_in(&setting, &email).await] {
        for route in ROUTES.iter().filter(|route| route.path != "/sign-out") {
            let answer = browser.send(route.method, &route.sample(), &[], &[("sec-fetch-site", "same-origin")]).await;
            check(&answer.headers, route.path);
        }
        for path in ["/nothing", "/static/nothing.css", "/requests/../etc", "/%00"] {
            check(&browser.get(path).await.headers, path);
        }
        for method in ["PUT", "DELETE", "TRACE", "OPTIONS"] {
            let answer = browser.send(method, "/requests", &[], &[]).await;
            check(&answer.headers, method);
            assert!(answer.status.is_client_error(), "{method}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_page_is_never_stored_and_an_asset_for_ever() {
    let setting = Setting::new();
    let mut browser = Browser::new(&setting);
    let page = browser.get("/sign-in").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    let script = page.body.split('"').find(|part| part.starts_with("/static/app.") && part.contains(".js")).unwrap().to_owned();
    let asset = browser.get(&script).await;
    assert_eq!(asset.status, StatusCode::OK);
    assert!(asset.headers["cache-control"].to_str().unwrap().contains("immutable"));
}

#[tokio::test]
async fn no_form_is_taken_from_another_site() {
    let setting = Setting::new();
    let email = setting.account(Role::Lead);
    let mut browser = Browser::signed_in(&setting, &email).await;
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        for header in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://elsewhere.example")] {
            let answer = browser.send("POST", &route.sample(), &[], &[header]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} with {header:?}", route.path);
            check(&answer.headers, route.path);
        }
    }
    assert_eq!(browser.get("/").await.status, StatusCode::OK, "still signed in");
}
