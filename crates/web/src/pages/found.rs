//! Adding scans or copies of what was found by hand: paper, a phone, a system that the program cannot read.

use axum::response::Response;
use domain::ids::RecordId;
use services::requests::{FoundFiles, add_found, search_plan};

use crate::error::Problem;
use crate::extract::{At, Files, Visit};
use crate::forms::Field;
use crate::once;
use crate::pages::form_page::FormPage;
use crate::submit;

/// `GET /requests/{id}/found`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let page = open(&visit, id).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/found`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, upload: Files) -> Result<Response, Problem> {
    let mut page = open(&visit, id.clone()).await?;
    page.form = page.form.filled(&upload.sent);
    let place = page.form.need(&upload.sent, "where", "Write where it was found");
    if upload.files.is_empty() {
        page.form.complain("files", "Choose at least one file");
    }
    if page.form.is_refused() {
        return visit.page(&page);
    }
    let key = upload.sent.once();
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        let record = RecordId::new(id.clone());
        let unreadable = add_found(app, actor, &record, FoundFiles { place, files: upload.files })?;
        let notice = if unreadable > 0 { "found-unread" } else { "found" };
        Ok(format!("/requests/{id}?done={notice}"))
    };
    submit::once(&visit, &key, work, |refusal| submit::refused(&visit, page, &refusal, "files")).await
}

async fn open(visit: &Visit, id: String) -> Result<FormPage, Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id.clone());
    let plan = visit.state.run(move |app| search_plan(app, &actor, &record)).await?;
    Ok(page(&plan.reference, &id))
}

fn page(reference: &str, id: &str) -> FormPage {
    let fields = vec![
        Field::text("where", "Where was it found?")
            .hint("In words that may stand in the reply, for example: filing cabinet in the back office"),
        Field::files("files", "Scans or copies").hint("PDF, Word, pictures, mail, text. You may choose several at once."),
    ];
    let mut page = FormPage::new("Add something found by hand", fields, "Add it")
        .law("Everything held about the person counts, on paper too where it is in a filing system (UK GDPR Article 2(1), 4(6)).")
        .intro("It goes into the review like what Probity finds: other people’s data is proposed for withholding, and you decide.")
        .upload();
    reference.clone_into(&mut page.caption);
    page.action = format!("/requests/{id}/found");
    page.back = format!("/requests/{id}/search-plan");
    page.once = once::fresh();
    page
}

/// With both faults.
pub(crate) fn sample() -> FormPage {
    let mut page = page("SAR-2026-0007", "x");
    page.form.complain("where", "Write where it was found");
    page.form.complain("files", "Choose at least one file");
    page
}
