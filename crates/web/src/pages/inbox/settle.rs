//! Settling a message: make it a case, file it to one, or set it aside.

use axum::response::Response;
use domain::ids::RecordId;
use domain::people::Actor;
use services::App;
use services::mail::{MakeRequest, MessageView, dismiss_message, file_message, make_request, message};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::pages::form_page::{FormPage, Row};
use crate::pages::log;
use crate::submit;

/// One way to settle a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settle {
    /// Make it a case.
    Request,
    /// File it to a case.
    File,
    /// Set it aside.
    Nothing,
}

impl Settle {
    const fn key(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::File => "file",
            Self::Nothing => "nothing",
        }
    }
}

/// `GET /inbox/{id}/request`, `/file`, `/nothing`
pub(crate) async fn ask(settle: Settle, visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let page = page(settle, &visit, id).await?;
    visit.page(&page)
}

/// `POST /inbox/{id}/request`, `/file`, `/nothing`
pub(crate) async fn submit(settle: Settle, visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let mut page = page(settle, &visit, id.clone()).await?;
    page.form = page.form.filled(&sent);
    let version: u64 = sent.text("version").parse().unwrap_or(0);
    let Some(work) = read(settle, &sent, &mut page.form, RecordId::new(id), version) else { return visit.page(&page) };
    submit::once(&visit, &sent.once(), work, |refusal| {
        let field = match settle {
            Settle::Request => "names",
            Settle::File => "reference",
            Settle::Nothing => "reason",
        };
        page.form.complain(field, submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    })
    .await
}

type Work = Box<dyn FnOnce(&App, &Actor) -> Result<String, services::Error> + Send>;

/// Reads the form; `None` when something is missing, with the complaints in `form`.
fn read(settle: Settle, sent: &Sent, form: &mut Form, id: RecordId, version: u64) -> Option<Work> {
    match settle {
        Settle::Request => {
            let received_on = form.need_date(sent, "received");
            let person = log::person(sent, form);
            let on_behalf = log::on_behalf(sent, form);
            if form.is_refused() {
                return None;
            }
            let made = MakeRequest { person, on_behalf, received_on: received_on? };
            Some(Box::new(move |app, actor| {
                let (case, _) = make_request(app, actor, (&id, version), &made)?;
                Ok(format!("/requests/{case}?done=logged"))
            }))
        }
        Settle::File => {
            let reference = form.need(sent, "reference", "Enter the reference of the case");
            if form.is_refused() {
                return None;
            }
            Some(Box::new(move |app, actor| {
                file_message(app, actor, (&id, version), &reference)?;
                Ok(format!("/inbox/{id}?done=message-filed"))
            }))
        }
        Settle::Nothing => {
            let reason = form.need(sent, "reason", "Write down why it is nothing for you");
            if form.is_refused() {
                return None;
            }
            Some(Box::new(move |app, actor| {
                dismiss_message(app, actor, (&id, version), &reason)?;
                Ok("/inbox?done=message-nothing".to_owned())
            }))
        }
    }
}

async fn page(settle: Settle, visit: &Visit, id: String) -> Result<FormPage, Problem> {
    let actor = visit.actor()?;
    let view = visit.state.run(move |app| message(app, &actor, &RecordId::new(id))).await?;
    Ok(form(settle, &view))
}

fn form(settle: Settle, view: &MessageView) -> FormPage {
    let mut page = match settle {
        Settle::Request => request_form(view),
        Settle::File => {
            let known = view.case.as_ref().map_or("", |(_, reference)| reference.as_str());
            let field = Field::text("reference", "Reference of the case").hint("For example SAR-2026-0001.").value(known);
            FormPage::new("File the message to a case", vec![field], "File it")
                .intro("The case’s clock stays as it is. If the message answers a question that you asked, record the answer on the case afterwards.")
        }
        Settle::Nothing => {
            let field = Field::long("reason", "Why is it nothing for you?")
                .hint("For example: an invoice, passed on to accounts. No names.")
                .rows(2);
            FormPage::new("Set the message aside", vec![field], "Set it aside")
                .law("Any wording is a valid request, and the time runs from the day it reached anyone (UK GDPR Article 12A(2)). Set aside only what asks for nothing of the kind.")
        }
    };
    page.caption.clone_from(&view.message.facts.reference);
    let here = format!("/inbox/{}", view.message.facts.id);
    page.action = format!("{here}/{}", settle.key());
    page.back = here;
    page.once = once::fresh();
    page.form.fields.push(Field::hidden("version", &view.version.to_string()));
    page
}

/// What is known already is filled in for the person to check; nothing is taken for granted.
fn request_form(view: &MessageView) -> FormPage {
    let letter = view.message.letter.get().cloned().unwrap_or_default();
    let received = view.message.received_on.to_string();
    let wanted = ["received", "about", "names", "emails", "phones", "born", "addresses", "references", "asker", "asker_contact"];
    let mut fields: Vec<Field> = log::log_page().form.fields.into_iter().filter(|field| wanted.contains(&field.name.as_str())).collect();
    for field in &mut fields {
        let filled = match field.name.as_str() {
            "received" => field.clone().value(&received),
            "about" => field.clone().value(""),
            "asker" => field.clone().value(&letter.from_name),
            "asker_contact" => field.clone().value(&letter.from),
            _ => continue,
        };
        *field = filled;
    }
    let rows = vec![
        Row::whole("From, as the message says", format!("{}\n{}", letter.from_name, letter.from)),
        Row::new("Subject line", &letter.title),
        Row::whole("Words", &letter.words),
    ];
    FormPage::new("Make the message a case", fields, "Make it a case")
        .check(rows)
        .intro("Say whose data it is about and who asks. The time runs from the day it reached anyone, whenever you read it.")
}

/// A refused form, for samples.
pub(crate) fn sample() -> FormPage {
    let fields = vec![Field::text("reference", "Reference of the case").hint("For example SAR-2026-0001.")];
    let mut page = FormPage::new("File the message to a case", fields, "File it");
    page.form.complain("reference", "Enter the reference of the case");
    "/inbox/x/file".clone_into(&mut page.action);
    page
}
