//! Recording a request that reached the organisation, by any way.

use domain::calendar::{Division, Right};
use domain::casework::request::{Behalf, Channel, Intake, Person, PolicyAtReceipt, Request, Requester};
use domain::ids::{RecordId, SubjectId};
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::personal::Personal;
use domain::policy::Audience;
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::ToSpan;
use jiff::civil::Date;
use store::WriteTx;

use super::save::NewFile;
use crate::app::App;
use crate::error::Error;
use crate::intake::read_mail;

/// For whom somebody else asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnBehalf {
    /// A parent or carer for a child.
    Child {
        /// The parent's or carer's name.
        name: String,
        /// Where to write to.
        contact: String,
    },
    /// An agent for an adult.
    Agent {
        /// The agent's name.
        name: String,
        /// Where to write to.
        contact: String,
    },
}

/// The log form.
#[derive(Debug, Clone)]
pub struct ReceiveForm {
    /// How it came.
    pub channel: Channel,
    /// The day it reached anyone.
    pub received_on: Date,
    /// Who received it.
    pub received_by: String,
    /// The exact words, or a note of what was said.
    pub words: String,
    /// The data subject.
    pub person: Person,
    /// Somebody else who asks.
    pub on_behalf: Option<OnBehalf>,
}

/// Records a request. Returns its id and reference.
pub fn receive(app: &App, actor: &Actor, form: ReceiveForm) -> Result<(RecordId, String), Error> {
    save(app, actor, form, None)
}

/// Records a request from its mail: the day of receipt from the headers, the person from
/// what the message says. A message that reads as no request is recorded all the same when
/// `sure`: any wording is valid and a person decides.
pub fn from_mail(app: &App, actor: &Actor, mail: &[u8], received_on: Option<Date>, sure: bool) -> Result<(RecordId, String), Error> {
    require(actor, Verb::RequestLog, Relation::None)?;
    let read = read_mail(app.extractor.as_ref(), "request.eml", mail)?;
    if !read.recognition.is_request && !sure {
        return Err(Refusal::new(RefusalCode::NotARequest, "").into());
    }
    let received_on = received_on.or(read.received_on).ok_or_else(|| Refusal::new(RefusalCode::DateNeeded, ""))?;
    let form = ReceiveForm {
        channel: Channel::Email,
        received_on,
        received_by: read.to.first().cloned().unwrap_or_default(),
        words: format!("{}\n\n{}", read.subject, read.words.trim()),
        person: read.person(),
        on_behalf: None,
    };
    save(app, actor, form, Some(NewFile { name: "request.eml", mime: "message/rfc822", bytes: mail.to_vec() }))
}

/// Records many requests in one transaction: an import, or the register of a bench.
pub fn receive_many(app: &App, actor: &Actor, forms: Vec<ReceiveForm>) -> Result<Vec<(RecordId, String)>, Error> {
    for form in &forms {
        checked(actor, form)?;
    }
    app.store.write(&app.origin(actor), |tx| forms.iter().map(|form| record(app, tx, actor, form, None)).collect())
}

/// Records a request in a running transaction. Returns its id, its reference and the owner of its key.
/// `reserved` is the reference that was promised already.
pub(crate) fn receive_in(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    reserved: Option<&str>,
) -> Result<(RecordId, String, SubjectId), Error> {
    checked(actor, form)?;
    let (id, reference) = record_as(app, tx, actor, form, None, reserved)?;
    let (request, _) = super::save::current(tx, &id)?.ok_or(Error::NotFound)?;
    Ok((id, reference, request.subject))
}

fn save(app: &App, actor: &Actor, form: ReceiveForm, original: Option<NewFile>) -> Result<(RecordId, String), Error> {
    checked(actor, &form)?;
    app.store.write(&app.origin(actor), |tx| record(app, tx, actor, &form, original.as_ref()))
}

fn checked(actor: &Actor, form: &ReceiveForm) -> Result<(), Error> {
    require(actor, Verb::RequestLog, Relation::None)?;
    if form.person.is_empty() {
        return Err(Refusal::new(RefusalCode::PersonNoIdentifier, "").into());
    }
    domain::calendar::in_range(form.received_on)?;
    Ok(())
}

/// The first version of a request, in a running transaction.
fn record(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    original: Option<&NewFile>,
) -> Result<(RecordId, String), Error> {
    record_as(app, tx, actor, form, original, None)
}

/// The same, under a reference that was promised already.
fn record_as(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    original: Option<&NewFile>,
    reserved: Option<&str>,
) -> Result<(RecordId, String), Error> {
    let id = RecordId::new(app.ids.fresh());
    let subject = SubjectId::new(app.ids.fresh());
    let year = form.received_on.year();
    let reference = match reserved {
        Some(reference) => reference.to_owned(),
        None => format!("SAR-{year}-{:04}", tx.sequence_next(&format!("SAR-{year}"))?),
    };
    tx.subject_create(subject.as_str())?;
    let in_force = app.policies.on(tx, form.received_on)?;
    let mut request = Request::receive(Intake {
        facts: RecordFacts {
            id: id.clone(),
            reference: reference.clone(),
            owner: actor.has(Role::Lead).then(|| actor.user.clone()),
            assigned: Vec::new(),
            logged_by: actor.user.clone(),
            hold: false,
        },
        right: Right::Access,
        behalf: behalf(&subject, form.on_behalf.as_ref()),
        subject,
        person: form.person.clone(),
        channel: form.channel,
        received_on: form.received_on,
        received_by: form.received_by.clone(),
        words: form.words.clone(),
        logged_on: app.today(),
        division: in_force.policy.division().unwrap_or(Division::EnglandAndWales),
    })?;
    request.answer.audience = audience(&request);
    request.policy = in_force.id.clone().map(|id| PolicyAtReceipt { id, label: in_force.label() });
    app.request_save(tx, &request, 0, "receive")?;
    if let Some(file) = original {
        app.file_put(tx, &request, file)?;
    }
    Ok((id, reference))
}

/// A child who asks gets plain words, unless somebody decides otherwise: the age fills in.
fn audience(request: &Request) -> Audience {
    let adult_on = |born: &Date| born.checked_add(18.years()).is_ok_and(|day| day <= request.received_on);
    let child = request.person.get().is_some_and(|person| !person.born.is_empty() && !person.born.iter().any(adult_on));
    if child && matches!(request.behalf, Behalf::Themselves) { Audience::Child } else { Audience::Adult }
}

fn behalf(subject: &SubjectId, on_behalf: Option<&OnBehalf>) -> Behalf {
    let requester = |name: &String, contact: &String| Personal::known(subject, Requester { name: name.clone(), contact: contact.clone() });
    match on_behalf {
        None => Behalf::Themselves,
        Some(OnBehalf::Child { name, contact }) => Behalf::Child { requester: requester(name, contact), capacity: None },
        Some(OnBehalf::Agent { name, contact }) => Behalf::Agent { requester: requester(name, contact) },
    }
}
