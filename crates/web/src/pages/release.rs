//! Releasing a reply to the portal. The passphrase is shown once, here, to be passed on by
//! phone or post; the link goes by mail.

use axum::http::header;
use axum::response::Response;
use domain::calendar::long_date;
use domain::ids::RecordId;
use serde::Serialize;
use services::portal::{ReleaseFacts, Released, before_release, release};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::Sent;
use crate::once::{self, Outcome};
use crate::pages::form_page::FormPage;
use crate::templates::Page;

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
        match visit.state.run(move |app| release(app, &actor, &record, &site)).await {
            // Not an address to go on to: the passphrase stands on this answer and nowhere else.
            Ok(released) => visit.page(&done(&facts, &released, &id)).map(Outcome::Again),
            Err(Problem::Refused(refusal)) => {
                let mut page = page(&facts, &id);
                page.form.complain("", format!("{} {}", refusal.sentence(), refusal.code.next()));
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, sent.text("once"), work).await
}

fn page(facts: &ReleaseFacts, id: &str) -> FormPage {
    let mut page = FormPage::new("Release to the portal", Vec::new(), "Release and make a passphrase")
        .intro(
            "The person gets a link by mail. You pass the passphrase on in another way: by phone, on a number that you hold, or by post.",
        )
        .intro("An earlier link to this reply stops working.");
    if !facts.can_mail {
        page = page.warning("There is no mail address of the person on the request, so no link can be sent.");
    }
    page.caption.clone_from(&facts.reference);
    page.back = format!("/requests/{id}");
    page.action = format!("/requests/{id}/release");
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
    let facts = |can_mail| ReleaseFacts { reference: "SAR-2026-0007".to_owned(), can_mail };
    vec![page(&facts(true), "x"), page(&facts(false), "x")]
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
