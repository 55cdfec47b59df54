//! What can be done to a complaint: a page that asks, and the use case that does it.

use axum::response::Response;
use domain::casework::complaint::Finding;
use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use services::App;
use services::complaints::{self, ComplaintView, see};

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};

/// One act.
pub(crate) struct Act {
    /// Last part of its address.
    key: &'static str,
    /// Key of the notice shown afterwards.
    notice: &'static str,
    page: fn(&ComplaintView) -> FormPage,
    /// Complaints about the form mean that it was not done.
    perform: fn(&Doing<'_>, &mut Form) -> Result<(), services::Error>,
}

/// Everything an act needs.
pub(super) struct Doing<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) id: &'a RecordId,
    pub(super) version: u64,
    pub(super) sent: &'a Sent,
}

/// The acknowledgement.
pub(crate) static ACKNOWLEDGE: Act = Act {
    key: "acknowledge",
    notice: "complaint-acknowledged",
    page: |view| {
        FormPage::new("Acknowledge the complaint", Vec::new(), "Make the letter")
            .check(vec![Row::whole("What we understood", view.complaint.words.shown())])
            .law("Within 30 days of receipt, the day after receipt being day 1 (DPA 2018 section 164A). Your policy may promise it earlier: see the dates.")
    },
    perform: |doing, _| complaints::acknowledge(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// The day it reached the person in charge.
pub(crate) static REACHED: Act = Act {
    key: "reached",
    notice: "complaint-saved",
    page: |_| FormPage::new("It reached the person in charge", vec![Field::date("on", "When did it reach them?")], "Save"),
    perform: |doing, form| match form.need_date(doing.sent, "on") {
        Some(on) => complaints::reached_in_charge(doing.app, doing.actor, doing.id, doing.version, on).map(drop),
        None => Ok(()),
    },
};

/// A note of progress.
pub(crate) static PROGRESS: Act = Act {
    key: "progress",
    notice: "complaint-saved",
    page: |_| {
        let fields = vec![
            Field::long("note", "What was done or found?"),
            Field::checkboxes("tell", "The person", &[("yes", "Write to them: the note is the body of the letter", "")]),
        ];
        FormPage::new("Note progress", fields, "Save")
            .law("Enquire as far as it is appropriate, and tell the person how far you are (DPA 2018 section 164A(4)).")
    },
    perform: |doing, form| {
        let note = form.need(doing.sent, "note", "Write down what was done or found");
        let tell = doing.sent.text("tell") == "yes";
        if form.is_refused() {
            return Ok(());
        }
        complaints::note_progress(doing.app, doing.actor, doing.id, doing.version, &note, tell).map(drop)
    },
};

/// The outcome.
pub(crate) static OUTCOME: Act = Act {
    key: "outcome",
    notice: "complaint-answered",
    page: |_| {
        let findings: Vec<(&str, &str, &str)> = Finding::ALL.iter().map(|finding| (finding.key(), finding.title(), "")).collect();
        let fields = vec![
            Field::radios("finding", "Was the complaint justified?", &findings),
            Field::long("findings", "What did you look at and find?").hint("The person reads this in the letter.").rows(6),
            Field::long("changes", "What changes?").hint("The person reads this in the letter. Leave empty if nothing does."),
        ];
        FormPage::new("Tell the outcome", fields, "Make the letter")
            .law("The letter names the regulator (section 165) and the court when personal data are concerned. A complaint that was not acknowledged yet is acknowledged with it.")
    },
    perform: |doing, form| {
        let finding = Finding::from_key(doing.sent.text("finding"));
        if finding.is_none() {
            form.complain("finding", "Choose whether it was justified");
        }
        let findings = form.need(doing.sent, "findings", "Write down what you found");
        match finding {
            Some(finding) if !form.is_refused() => {
                let texts = (findings.as_str(), doing.sent.text("changes"));
                complaints::answer(doing.app, doing.actor, doing.id, doing.version, finding, texts).map(drop)
            }
            _ => Ok(()),
        }
    },
};

/// The person took it back.
pub(crate) static WITHDRAW: Act = Act {
    key: "withdraw",
    notice: "complaint-saved",
    page: |_| FormPage::new("The person took the complaint back", Vec::new(), "Record that it was taken back"),
    perform: |doing, _| complaints::withdraw(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// Closing.
pub(crate) static CLOSE: Act = Act {
    key: "close",
    notice: "complaint-saved",
    page: |_| FormPage::new("Close the complaint", Vec::new(), "Close the complaint"),
    perform: |doing, _| complaints::close(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// `GET /complaints/{id}/{key}`
pub(crate) async fn show(act: &'static Act, visit: Visit, id: String) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let page = visit.state.run(move |app| Ok(page_of(act, &see(app, &actor, &RecordId::new(id))?))).await?;
    visit.page(&page)
}

/// `POST /complaints/{id}/{key}`
pub(crate) async fn submit(act: &'static Act, visit: Visit, id: String, sent: Sent) -> Result<Response, Problem> {
    let address = format!("/complaints/{id}?done={}", act.notice);
    let perform = move |app: &App, actor: &Actor, sent: &Sent| {
        let id = RecordId::new(id.clone());
        let mut page = page_of(act, &see(app, actor, &id)?);
        page.form = page.form.filled(sent);
        let version = sent.text("version").parse().unwrap_or(0);
        let done = (act.perform)(&Doing { app, actor, id: &id, version, sent }, &mut page.form);
        again(done, page)
    };
    once_or_again(visit, sent, address, perform).await
}

/// Does something once for the key of a form; a page means that it was not done.
pub(super) async fn once_or_again<P>(visit: Visit, sent: Sent, address: String, perform: P) -> Result<Response, Problem>
where
    P: FnOnce(&App, &Actor, &Sent) -> Result<Option<FormPage>, services::Error> + Send + 'static,
{
    let actor = visit.actor()?;
    let (user, key, state) = (actor.user.to_string(), sent.once(), visit.state.clone());
    let work = async {
        match visit.state.run(move |app| perform(app, &actor, &sent)).await? {
            None => Ok(Outcome::Done(address)),
            Some(page) => visit.page(&page).map(Outcome::Again),
        }
    };
    state.once.run(&user, &key, work).await
}

/// The page again with what a rule refused; a conflict or a missing permission has its own.
pub(super) fn again(done: Result<(), services::Error>, mut page: FormPage) -> Result<Option<FormPage>, services::Error> {
    match done {
        Ok(()) => Ok(Some(page).filter(|page| page.form.is_refused())),
        Err(services::Error::Refused(refusal)) if !matches!(refusal.code, RefusalCode::Conflict | RefusalCode::NotAllowed) => {
            let field = field_of(&refusal);
            page.form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            Ok(Some(page))
        }
        Err(error) => Err(error),
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code {
        RefusalCode::AgreementNeeded => "agreed",
        RefusalCode::DateBeforeReceipt => "on",
        _ => "",
    }
}

fn page_of(act: &Act, view: &ComplaintView) -> FormPage {
    framed((act.page)(view), view, act.key)
}

/// A page about a complaint: its reference, where it leads, the version it shows.
pub(super) fn framed(mut page: FormPage, view: &ComplaintView, key: &str) -> FormPage {
    page.caption.clone_from(&view.complaint.facts.reference);
    let here = format!("/complaints/{}", view.complaint.facts.id);
    page.action = format!("{here}/{key}");
    page.back = here;
    page.once = once::fresh();
    page.form.fields.push(Field::hidden("version", &view.version.to_string()));
    page
}
