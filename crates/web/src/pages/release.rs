//! Handing over an answer: by the portal, as files in a mail, or by post. The passphrase of a release
//! is shown once, here, to be passed on by phone or post; the link goes by mail.

use axum::http::header;
use axum::response::Response;
use domain::calendar::long_date;
use domain::ids::{BlobId, RecordId};
use serde::Serialize;
use services::portal::{OpenRelease, ReleaseFacts, Released, before_release, end_release, mail_answer, release};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};
use crate::templates::Page;
use crate::words::thousands;

/// The page afterwards.
#[derive(Debug, Serialize)]
pub(crate) struct ReleasePage {
    reference: String,
    passphrase: String,
    until: String,
    downloads: u32,
    back: String,
}

/// `GET /requests/{id}/release`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id.clone());
    let facts = visit.state.run(move |app| before_release(app, &actor, &record)).await?;
    visit.page(&page(&facts, &id))
}

/// `POST /requests/{id}/release`
pub(crate) async fn submit(visit: Visit, headers: axum::http::HeaderMap, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, record, state) = (actor.user.to_string(), RecordId::new(id.clone()), visit.state.clone());
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let site = crate::portal::own_site(host, state.settings.https);
    let work = async {
        let asked = actor.clone();
        let looked_at = record.clone();
        let facts = visit.state.run(move |app| before_release(app, &asked, &looked_at)).await?;
        let mut page = page(&facts, &id);
        page.form = page.form.filled(&sent);
        let Some((way, to)) = read(&sent, &facts, &mut page.form) else { return visit.page(&page).map(Outcome::Again) };
        let handed = match way {
            Way::Post => return Ok(Outcome::Done(post_page(&facts, &id))),
            Way::Mail => visit.state.run(move |app| mail_answer(app, &actor, &record, &to)).await.map(|()| None),
            Way::Portal => visit.state.run(move |app| release(app, &actor, &record, &to, &site)).await.map(Some),
        };
        match handed {
            // Not an address to go on to: the passphrase stands on this answer and nowhere else.
            Ok(Some(released)) => visit.page(&done(&facts, &released, &id)).map(Outcome::Again),
            Ok(None) => Ok(Outcome::Done(format!("/requests/{id}?done=answer-mailed"))),
            Err(Problem::Refused(refusal)) => {
                page.form.complain("", format!("{} {}", refusal.sentence(), refusal.code.next()));
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, &sent.once(), work).await
}

/// `GET /requests/{id}/release/end`
pub(crate) async fn ask_end(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id.clone());
    let facts = visit.state.run(move |app| before_release(app, &actor, &record)).await?;
    visit.page(&end_page(&facts, &id))
}

/// `POST /requests/{id}/release/end`
pub(crate) async fn end(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, record, state) = (actor.user.to_string(), RecordId::new(id.clone()), visit.state.clone());
    let work = async {
        visit.state.run(move |app| end_release(app, &actor, &record)).await?;
        Ok(Outcome::Done(format!("/requests/{id}?done=release-ended")))
    };
    state.once.run(&user, &sent.once(), work).await
}

/// The ways an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Portal,
    Mail,
    Post,
}

fn read(sent: &Sent, facts: &ReleaseFacts, form: &mut Form) -> Option<(Way, String)> {
    let way = match sent.text("way") {
        "portal" => Way::Portal,
        "mail" => Way::Mail,
        "post" => Way::Post,
        _ => {
            form.complain("way", "Choose how the answer goes out");
            return None;
        }
    };
    // One address needs no choice.
    let only = facts.addresses.first().filter(|_| facts.addresses.len() == 1);
    let to = only.cloned().unwrap_or_else(|| sent.text("to").to_owned());
    if way != Way::Post && facts.addresses.is_empty() {
        form.complain("way", "There is no mail address of whoever asked: send it by post, or record an address first");
    } else if way != Way::Post && !facts.addresses.contains(&to) {
        form.complain("to", "Choose the address");
    }
    (!form.is_refused()).then_some((way, to))
}

/// Where the letter is printed and its posting recorded.
fn post_page(facts: &ReleaseFacts, id: &str) -> String {
    let letter = facts.files.iter().find(|(_, name, _)| name.to_ascii_lowercase().ends_with(".pdf"));
    letter.map_or_else(|| format!("/requests/{id}"), |(file, ..)| format!("/requests/{id}/documents/{file}/post"))
}

fn page(facts: &ReleaseFacts, id: &str) -> FormPage {
    let mut fields = vec![Field::radios(
        "way",
        "How does the answer go out?",
        &[
            (
                "portal",
                "By the portal",
                "A link goes by mail. You pass a passphrase on in another way: by phone, on a number that you hold, or by post.",
            ),
            (
                "mail",
                "As files in a mail",
                "Anybody who can read that mailbox can read the answer. Choose this only when the person asked for it.",
            ),
            ("post", "By post", "You print the letter and record the posting."),
        ],
    )];
    if facts.addresses.len() > 1 {
        let choices: Vec<(&str, &str, &str)> = facts.addresses.iter().map(|address| (address.as_str(), address.as_str(), "")).collect();
        fields.push(Field::radios("to", "To which address?", &choices).hint("Only for the portal and for mail."));
    }
    let mut page = FormPage::new("Hand over the answer", fields, "Continue").check(rows(facts));
    if let Some(open) = &facts.open {
        page = page
            .intro(format!(
                "A link to this answer is open until {}, with {} downloads left. It stops working when you release the answer again.",
                long_date(open.until),
                open.left
            ))
            .aside(format!("/requests/{id}/release/end"), "End this release");
    }
    framed(page, facts, id, "release")
}

fn rows(facts: &ReleaseFacts) -> Vec<Row> {
    let or_none = |list: &[String]| if list.is_empty() { "none on the request".to_owned() } else { list.join("\n") };
    let files: Vec<String> =
        facts.files.iter().map(|(_, name, bytes)| format!("{name}, {} KB", thousands(bytes.div_ceil(1_000)))).collect();
    vec![
        Row::whole("What goes out", files.join("\n")),
        Row::whole("Mail address of whoever asked", or_none(&facts.addresses)),
        Row::whole("Postal address", or_none(&facts.postal)),
    ]
}

fn end_page(facts: &ReleaseFacts, id: &str) -> FormPage {
    let page = FormPage::new("End the release", Vec::new(), "End the release")
        .warning("The link shows nothing from now on, also to somebody who has it open. What was downloaded stays downloaded.");
    let page = match &facts.open {
        Some(open) => page.check(vec![Row::new("Open until", long_date(open.until)), Row::new("Downloads left", open.left.to_string())]),
        None => page.intro("No link to this answer is open at the moment."),
    };
    framed(page, facts, id, "release/end")
}

fn framed(mut page: FormPage, facts: &ReleaseFacts, id: &str, action: &str) -> FormPage {
    page.caption.clone_from(&facts.reference);
    page.back = format!("/requests/{id}");
    page.action = format!("/requests/{id}/{action}");
    page.once = once::fresh();
    page
}

fn done(facts: &ReleaseFacts, released: &Released, id: &str) -> ReleasePage {
    ReleasePage {
        reference: facts.reference.clone(),
        passphrase: released.passphrase.clone(),
        until: long_date(released.until),
        downloads: released.downloads,
        back: format!("/requests/{id}"),
    }
}

/// The pages that ask, for samples.
pub(crate) fn samples() -> Vec<FormPage> {
    let facts = |addresses: &[&str], open| ReleaseFacts {
        reference: "SAR-2026-0007".to_owned(),
        addresses: addresses.iter().map(|address| (*address).to_owned()).collect(),
        postal: vec!["7 Mill Lane\nGreenbank".to_owned()],
        files: vec![(BlobId::new("b1"), "reply.pdf".to_owned(), 31_000), (BlobId::new("b2"), "pack.pdf".to_owned(), 2_400_000)],
        open,
    };
    let open = Some(OpenRelease { until: jiff::civil::date(2026, 12, 20), left: 9 });
    let mut refused = page(&facts(&["amelia@hart.example", "a.hart@work.example"], None), "x");
    refused.form.complain("way", "Choose how the answer goes out");
    vec![
        page(&facts(&["amelia@hart.example"], open.clone()), "x"),
        page(&facts(&["amelia@hart.example", "a.hart@work.example"], None), "x"),
        page(&facts(&[], None), "x"),
        refused,
        end_page(&facts(&[], open), "x"),
        end_page(&facts(&[], None), "x"),
    ]
}

impl Page for ReleasePage {
    const TEMPLATE: &'static str = "pages/release.html";

    fn title(&self) -> String {
        format!("{}: released to the portal", self.reference)
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            reference: "SAR-2026-0007".to_owned(),
            passphrase: "k7qm-3xwd-9fhp-r2te".to_owned(),
            until: "Sunday 20 December 2026".to_owned(),
            downloads: 12,
            back: "/requests/x".to_owned(),
        }]
    }
}
