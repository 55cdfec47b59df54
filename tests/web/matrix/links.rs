//! Links and sessions of the portal, downloads and feeds: what is spent, replaced, expired, altered, of another purpose or of
//! somebody erased answers with the bytes of what never was, by every method and to everybody.

use axum::http::{HeaderMap, StatusCode};
use domain::people::Role;

use crate::web::browser::Browser;
use crate::web::journey::record;
use crate::web::portal::collect::{release, replied};
use crate::web::portal::follow::ask;
use crate::web::portal::{link_in, open_address, work};
use crate::web::setting::Setting;

const REFERENCE: &str = "SAR-2026-0001";
const MAIL: &str = "amelia.hart@example.org";
/// Addresses behind a session of a followed case, and of a collected reply.
const OF_A_CASE: &[&str] = &["/portal/case", "/portal/case/answer", "/portal/case/identity", "/portal/case/withdraw"];
const OF_A_REPLY: &[&str] = &["/portal/pack", "/portal/pack/reply.pdf", "/portal/pack/pack.pdf", "/portal/pack/pack.json"];

/// Everything of an answer.
async fn all_of(browser: &mut Browser, method: &str, path: &str, fields: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let answer = browser.send(method, path, fields, &[("sec-fetch-site", "same-origin")]).await;
    (answer.status, answer.headers, answer.body)
}

/// Somebody without a session, somebody of the staff, somebody with a session that is good elsewhere.
struct Readers(Vec<(&'static str, Browser)>);

impl Readers {
    /// None of them sees anything at these addresses, by any method. Passphrases are posted by the first alone: tries are limited
    /// by block of addresses.
    async fn see_nothing(&mut self, paths: &[(&str, String)], fields: &[(&str, &str)]) {
        for (at, (who, browser)) in self.0.iter_mut().enumerate() {
            let kept = browser.kept_cookie();
            for method in ["GET", "HEAD", "POST"] {
                for start in ["/portal/link/", "/portal/collect/"] {
                    if method == "POST" && start == "/portal/collect/" && at > 0 {
                        continue;
                    }
                    let never = all_of(browser, method, &format!("{start}{}", "n".repeat(43)), fields).await;
                    for (why, path) in paths.iter().filter(|(_, path)| path.starts_with(start)) {
                        let shown = all_of(browser, method, path, fields).await;
                        assert_eq!(shown.0, StatusCode::NOT_FOUND, "{method} {why} as {who}");
                        assert!(shown == never, "{method} {why} as {who} can be told from what never was: {shown:?}");
                        assert_eq!(browser.kept_cookie(), kept, "{method} {why} as {who} gives a session");
                    }
                }
            }
        }
    }
}

/// The same link with something else in its place.
fn altered(link: &str) -> Vec<(&'static str, String)> {
    let (start, token) = link.rsplit_once('/').unwrap();
    let last = if token.ends_with('A') { 'B' } else { 'A' };
    let swapped: String =
        token.chars().map(|c| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }).collect();
    vec![
        ("altered at its end", format!("{start}/{}{last}", &token[..token.len() - 1])),
        ("cut short", format!("{start}/{}", &token[..token.len() - 1])),
        ("made longer", format!("{start}/{token}{last}")),
        ("in other capitals", format!("{start}/{swapped}")),
        ("with a space", format!("{start}/%20{token}")),
        ("with a null", format!("{start}/{token}%00")),
    ]
}

/// A link to follow the case, mailed.
async fn follow_link(setting: &Setting, visitor: &mut Browser) -> String {
    ask(visitor, REFERENCE, MAIL).await;
    work(setting).await;
    link_in(setting, "/portal/link/")
}

#[tokio::test]
async fn what_is_over_cannot_be_told_from_what_never_was() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let (mut follower, mut collector) = (Browser::new(&setting), Browser::new(&setting));

    let spent = follow_link(&setting, &mut follower).await;
    assert_eq!(follower.post(&spent, &[]).await.leads_to(), "/portal/case");
    let open = follow_link(&setting, &mut Browser::new(&setting)).await;
    let mut dead = vec![("a link that was opened", spent)];
    dead.extend(altered(&open));

    release(&mut lead, &here).await;
    dead.push(("a release that was replaced", link_in(&setting, "/portal/collect/")));
    release(&mut lead, &here).await;
    let guessed = link_in(&setting, "/portal/collect/");
    for _ in 0..5 {
        Browser::new(&setting).post(&guessed, &[("passphrase", "not-this-one")]).await;
    }
    dead.push(("a release that was guessed at", guessed));
    let passphrase = release(&mut lead, &here).await;
    let collect = link_in(&setting, "/portal/collect/");
    assert_eq!(collector.post(&collect, &[("passphrase", &passphrase)]).await.leads_to(), "/portal/pack");
    dead.extend(altered(&collect));
    let token = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    dead.push(("a link to follow, as a release", format!("/portal/collect/{}", token(&open))));
    dead.push(("a release, as a link to follow", format!("/portal/link/{}", token(&collect))));

    let mut anybody = Browser::new(&setting);
    for good in [&open, &collect] {
        assert_eq!(anybody.get(good).await.status, StatusCode::OK, "{good} is still good");
    }
    let staff = Browser::signed_in(&setting, "lead@example.org").await;
    let mut readers = Readers(vec![("a stranger", anybody), ("the lead", staff), ("a follower", follower), ("a collector", collector)]);
    readers.see_nothing(&dead, &[("passphrase", &passphrase)]).await;

    // A session is for one purpose, and what a stranger or the staff tries is for none.
    let case: Vec<(&str, String)> = OF_A_CASE.iter().map(|path| ("a page of a followed case", (*path).to_owned())).collect();
    let reply: Vec<(&str, String)> = OF_A_REPLY.iter().map(|path| ("a part of a reply", (*path).to_owned())).collect();
    for (who, browser) in &mut readers.0 {
        for (path, theirs) in case.iter().map(|(_, path)| (path, "a follower")).chain(reply.iter().map(|(_, path)| (path, "a collector"))) {
            let never = browser.get("/portal/link/never").await;
            let shown = browser.get(path).await;
            if *who == theirs {
                assert_ne!(shown.status, StatusCode::NOT_FOUND, "{path} as {who}");
            } else {
                assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "{path} as {who}");
            }
        }
    }

    // Two weeks later everything is over, whether it was used or not.
    setting.wait_minutes(15 * 24 * 60);
    let over = [("a link that nobody opened in time", open), ("a release that nobody collected in time", collect)];
    readers.see_nothing(&over, &[("passphrase", &passphrase)]).await;
    let sessions: Vec<(&str, String)> = case.into_iter().chain(reply).collect();
    for (who, browser) in &mut readers.0 {
        let never = browser.get("/portal/link/never").await;
        for (why, path) in &sessions {
            let shown = browser.get(path).await;
            assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "{why} as {who}, over");
        }
    }
}

#[tokio::test]
async fn a_link_to_somebody_who_was_erased_shows_nothing() {
    let setting = Setting::new();
    open_address(&setting);
    let email = setting.account(Role::Lead);
    let mut lead = Browser::signed_in(&setting, &email).await;
    let id = record(&mut lead).await;
    let mut visitor = Browser::new(&setting);
    let first = follow_link(&setting, &mut visitor).await;
    visitor.post(&first, &[]).await;
    assert_eq!(visitor.get("/portal/case").await.status, StatusCode::OK);
    let second = follow_link(&setting, &mut Browser::new(&setting)).await;
    lead.fill(&format!("/requests/{id}/withdraw"), &[]).await;
    setting.erase_subject_of(&id);
    let never = visitor.get("/portal/link/never").await;
    for path in OF_A_CASE {
        let shown = visitor.get(path).await;
        assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "{path}");
    }
    let mut late = Browser::new(&setting);
    late.post(&second, &[]).await;
    let shown = late.get("/portal/case").await;
    assert_eq!((shown.status, &shown.headers, &shown.body), (never.status, &never.headers, &never.body), "opened after the erasure");
}

#[tokio::test]
async fn a_file_of_one_case_is_no_file_of_another_and_of_nobody_else() {
    let setting = Setting::new();
    open_address(&setting);
    let (mut lead, here) = replied(&setting).await;
    let other = format!("/requests/{}", record(&mut lead).await);
    let id = here.rsplit('/').next().unwrap().to_owned();
    let files = setting.app.store.read(|tx| tx.blob_list(&id)).unwrap();
    assert!(files.len() >= 4, "letter, pack, copy and manifest");
    let roles = [Role::Handler, Role::Staff, Role::Administrator, Role::Auditor];
    for role in roles {
        let email = setting.account(role);
        let mut browser = Browser::signed_in(&setting, &email).await;
        let missing = browser.get("/there-is-no-such-page").await.body;
        for file in &files {
            for method in ["GET", "HEAD"] {
                let shown = browser.send(method, &format!("{here}/documents/{}", file.id), &[], &[]).await;
                assert_eq!(shown.status, StatusCode::NOT_FOUND, "{method} {:?} as {role:?}", file.name);
                assert!(method == "HEAD" || shown.body == missing, "{:?} as {role:?}", file.name);
            }
        }
        for export in ["csv", "json", "html", "x"] {
            let shown = browser.get(&format!("{here}/disclosures/{export}")).await;
            assert_eq!((shown.status, shown.body == missing), (StatusCode::NOT_FOUND, true), "{export} as {role:?}");
        }
    }
    let missing = lead.get("/there-is-no-such-page").await.body;
    for file in &files {
        assert_eq!(lead.get(&format!("{here}/documents/{}", file.id)).await.status, StatusCode::OK);
        let swapped = lead.get(&format!("{other}/documents/{}", file.id)).await;
        assert_eq!((swapped.status, swapped.body == missing), (StatusCode::NOT_FOUND, true), "{:?} under another case", file.name);
    }
}
