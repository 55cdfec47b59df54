//! What can be done to a request, one file an act: a page that asks, and the use case
//! that does it. The address of an act is its key; its permission stands in `routes`.

mod acknowledge;
mod answer;
mod approve;
mod assign;
mod authority;
mod capacity;
mod clarify;
mod close;
mod extend;
mod fee;
mod identity;
mod known_by;
pub(crate) mod letter;
mod prepare;
mod refuse;
pub(crate) mod reply;
mod rights;
mod search;
mod told;
mod withdraw;

pub(crate) use acknowledge::ACKNOWLEDGE;
pub(crate) use answer::{AGAIN, ANSWER, PART};
pub(crate) use approve::{APPROVE, REOPEN};
pub(crate) use assign::ASSIGN;
pub(crate) use authority::{ADDRESSES, AUTHORITY, AUTHORITY_RECEIVED};
pub(crate) use capacity::CAPACITY;
pub(crate) use clarify::{ANSWERED, CLARIFY};
pub(crate) use close::CLOSE;
pub(crate) use extend::EXTEND;
pub(crate) use fee::{FEE, FEE_PAID};
pub(crate) use identity::{IDENTITY, IDENTITY_DROPPED, IDENTITY_RECEIVED};
pub(crate) use known_by::KNOWN_BY;
pub(crate) use prepare::PREPARE;
pub(crate) use refuse::{REFUSE, SEND_REFUSAL};
pub(crate) use reply::REPLY;
pub(crate) use rights::{
    ACTION, ACTION_DONE, AUTOMATED, CLASSES, CORRECT, ELSEWHERE, ERASE, EXPORT, GIVE, RESTRICT, SEND_ANSWER, STOP, WEIGH, decides,
};
pub(crate) use search::SEARCH;
pub(crate) use told::TOLD;
pub(crate) use withdraw::WITHDRAW;

use axum::response::Response;
use domain::casework::request::AnswerFormat;
use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use services::App;
use services::requests::{View, pages_as_text, see};

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Form, Kind, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::FormPage;

/// One act.
pub(crate) struct Act {
    /// Last part of its address, e.g. `extend`.
    pub(crate) key: &'static str,
    /// Key of the notice shown afterwards.
    pub(crate) notice: &'static str,
    /// Where it leads afterwards, below the request; empty for the request itself.
    pub(crate) then: &'static str,
    /// The page that asks. The places are those that may be searched.
    pub(crate) page: fn(&View, &App) -> FormPage,
    /// Reads the form and does it. Complaints about the form mean that it was not done.
    pub(crate) perform: fn(&Doing<'_>, &mut Form) -> Result<(), services::Error>,
}

/// Everything an act needs.
pub(crate) struct Doing<'a> {
    pub(crate) app: &'a App,
    pub(crate) actor: &'a Actor,
    pub(crate) id: &'a RecordId,
    /// The version of the request that the person was looking at.
    pub(crate) version: u64,
    pub(crate) sent: &'a Sent,
}

/// The acts on whose way a reply goes out.
const BEFORE_A_REPLY: &[&str] = &["prepare", "approve", "reply"];

/// Says which items would go out as text though somebody agreed to their pages.
fn announce(page: &mut FormPage, view: &View, app: &App, actor: &Actor) -> Result<(), services::Error> {
    let request = &view.request;
    if request.kind.searches() && request.refusing.is_none() {
        let in_large_print = request.answer.format == AnswerFormat::LargePrint;
        reply::announce(page, (&request.facts.id, in_large_print), &pages_as_text(app, actor, &request.facts.id)?);
    }
    Ok(())
}

/// `GET /requests/{id}/{key}`
pub(crate) async fn show(act: &'static Act, visit: Visit, id: String) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let page = visit
        .state
        .run(move |app| {
            let view = see(app, &actor, &RecordId::new(id))?;
            let mut page = page_of(act, &view, app);
            if BEFORE_A_REPLY.contains(&act.key) {
                announce(&mut page, &view, app, &actor)?;
            }
            Ok(page)
        })
        .await?;
    visit.page(&page)
}

/// `POST /requests/{id}/{key}`
pub(crate) async fn submit(act: &'static Act, visit: Visit, id: String, sent: Sent) -> Result<Response, Problem> {
    if let Some(step) = letter::step(act, &sent) {
        return letter::submit(act, step, visit, id, sent).await;
    }
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let address = format!("/requests/{id}{}?done={}", act.then, act.notice);
    let state = visit.state.clone();
    let work = async {
        let again = visit.state.run(move |app| attempt(act, app, &actor, &RecordId::new(id), &sent)).await?;
        match again {
            None => Ok(Outcome::Done(address)),
            Some(page) => visit.page(&page).map(Outcome::Again),
        }
    };
    state.once.run(&user, &key, work).await
}

/// Does the act; `Some` page when the form was refused.
fn attempt(act: &Act, app: &App, actor: &Actor, id: &RecordId, sent: &Sent) -> Result<Option<FormPage>, services::Error> {
    let view = see(app, actor, id)?;
    let mut page = page_of(act, &view, app);
    page.form = page.form.filled(sent);
    let version = sent.text("version").parse().unwrap_or(0);
    match (act.perform)(&Doing { app, actor, id, version, sent }, &mut page.form) {
        Ok(()) => Ok(Some(page).filter(|page| page.form.is_refused())),
        Err(services::Error::Refused(refusal)) if belongs_in_form(&refusal) => {
            let field = field_of(&refusal, &page.form);
            page.form.complain(&field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            // Some refusals are kept with the request: the form goes on from there.
            if matches!(refusal.code, RefusalCode::AuthorityNotValid | RefusalCode::PersonDied) {
                let now = see(app, actor, id)?.version.to_string();
                page.form.set("version", &now);
            }
            if refusal.code == RefusalCode::PagesAsText {
                announce(&mut page, &view, app, actor)?;
            }
            Ok(Some(page))
        }
        Err(error) => Err(error),
    }
}

fn page_of(act: &Act, view: &View, app: &App) -> FormPage {
    let mut page = (act.page)(view, app);
    page.caption.clone_from(&view.request.facts.reference);
    let here = format!("/requests/{}", view.request.facts.id);
    page.action = format!("{here}/{}", act.key);
    page.back = here;
    page.letter = letter::made_by(act.key);
    page.once = once::fresh();
    page.form.fields.push(Field::hidden("version", &view.version.to_string()));
    page
}

/// A conflict or a missing permission has a page of its own.
fn belongs_in_form(refusal: &Refusal) -> bool {
    !matches!(refusal.code, RefusalCode::Conflict | RefusalCode::NotAllowed)
}

/// The field a refusal is about, as far as its code tells.
fn field_of(refusal: &Refusal, form: &Form) -> String {
    let wanted = match refusal.code {
        RefusalCode::DoubtNeeded | RefusalCode::ReasonNeeded => Kind::Textarea,
        RefusalCode::DateBeforeReceipt
        | RefusalCode::DateAhead
        | RefusalCode::PauseBackwards
        | RefusalCode::RestTooLate
        | RefusalCode::IdentityExpired => Kind::Date,
        RefusalCode::RefusalGrounds
        | RefusalCode::FeeRefused
        | RefusalCode::AuthorityNotValid
        | RefusalCode::PersonDied
        | RefusalCode::NumberFromRequest
        | RefusalCode::MeansNotAllowed
        | RefusalCode::MeansNeeded => Kind::Radios,
        RefusalCode::SourceUnreadable | RefusalCode::SourceUnknown | RefusalCode::BurdenNotShown => Kind::Checkboxes,
        RefusalCode::ValueInvalid if form.fields.iter().any(|field| field.name == "value") => return "value".to_owned(),
        RefusalCode::FeeNotItemised => return "lines".to_owned(),
        _ => return String::new(),
    };
    form.fields.iter().find(|field| field.kind == wanted).map(|field| field.name.clone()).unwrap_or_default()
}
