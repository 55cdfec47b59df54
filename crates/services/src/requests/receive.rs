//! Recording a request that reached the organisation, by any way.

use domain::calendar::{Division, When};
use domain::casework::request::{Behalf, Channel, Intake, Person, PolicyAtReceipt, Request, Requester};
use domain::ids::{RecordId, SubjectId};
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::personal::Personal;
use domain::policy::Audience;
use domain::record::RecordFacts;
use domain::rights::RequestKind;
use domain::{Refusal, RefusalCode};
use jiff::ToSpan;
use jiff::civil::Date;
use store::WriteTx;

use super::save::{NewFile, current};
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
    receive_kinds(app, actor, form, &[RequestKind::Access], None)
}

/// Records what one message asks for: a case for each kind, linked to one another, access first.
/// `received_at` is the moment it came, where that is known: a use that rests on a consent stops
/// from then. Returns the first case.
///
/// # Errors
/// As for [`receive`]; `FORM-001` without a kind.
pub fn receive_kinds(
    app: &App,
    actor: &Actor,
    form: ReceiveForm,
    kinds: &[RequestKind],
    received_at: Option<When>,
) -> Result<(RecordId, String), Error> {
    save(app, actor, form, &Asked { kinds: kinds.to_vec(), received_at, reserved: None }, None)
}

/// What a message asks for, and the moment it came.
pub(crate) struct Asked {
    /// Each right, access first.
    pub(crate) kinds: Vec<RequestKind>,
    /// The moment it came, where that is known.
    pub(crate) received_at: Option<When>,
    /// The reference that was promised for the first case already.
    pub(crate) reserved: Option<String>,
}

impl Asked {
    fn access() -> Self {
        Self { kinds: vec![RequestKind::Access], received_at: None, reserved: None }
    }
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
    let kinds = if read.recognition.kinds.is_empty() { vec![RequestKind::Access] } else { read.recognition.kinds.clone() };
    save(
        app,
        actor,
        form,
        &Asked { kinds, received_at: None, reserved: None },
        Some(NewFile { name: "request.eml", mime: "message/rfc822", bytes: mail.to_vec() }),
    )
}

/// Records many requests in one transaction: an import, or the register of a bench.
pub fn receive_many(app: &App, actor: &Actor, forms: Vec<ReceiveForm>) -> Result<Vec<(RecordId, String)>, Error> {
    for form in &forms {
        checked(actor, form)?;
    }
    app.store.write(&app.origin(actor), |tx| forms.iter().map(|form| record(app, tx, actor, form, &Asked::access(), None)).collect())
}

/// Records what somebody asks for in a running transaction. Returns the first case: its id, its
/// reference and the owner of its key.
pub(crate) fn receive_in(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    asked: &Asked,
) -> Result<(RecordId, String, SubjectId), Error> {
    checked(actor, form)?;
    let (id, reference) = record(app, tx, actor, form, asked, None)?;
    let (request, _) = super::save::current(tx, &id)?.ok_or(Error::NotFound)?;
    Ok((id, reference, request.subject))
}

fn save(app: &App, actor: &Actor, form: ReceiveForm, asked: &Asked, original: Option<NewFile>) -> Result<(RecordId, String), Error> {
    checked(actor, &form)?;
    app.store.write(&app.origin(actor), |tx| record(app, tx, actor, &form, asked, original.as_ref()))
}

pub(crate) fn checked(actor: &Actor, form: &ReceiveForm) -> Result<(), Error> {
    require(actor, Verb::RequestLog, Relation::None)?;
    if form.person.is_empty() {
        return Err(Refusal::new(RefusalCode::PersonNoIdentifier, "").into());
    }
    domain::calendar::in_range(form.received_on)?;
    Ok(())
}

/// Records a request that came by mail, in a running transaction, with the mail as it came.
/// Whoever calls has made sure that it may be done.
///
/// `kinds` are the rights it asks for; a mail that names none of them asks for access.
pub(crate) fn record_mail(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    kinds: &[RequestKind],
    mail: &[u8],
) -> Result<Request, Error> {
    let original = NewFile { name: "request.eml", mime: "message/rfc822", bytes: mail.to_vec() };
    let asked = if kinds.is_empty() { Asked::access() } else { Asked { kinds: kinds.to_vec(), received_at: None, reserved: None } };
    let (id, _) = record(app, tx, actor, form, &asked, Some(&original))?;
    current(tx, &id)?.map(|(request, _)| request).ok_or(Error::NotFound)
}

/// By when a request that came on a day would have to be answered.
pub(crate) fn would_be_due(app: &App, tx: &mut WriteTx<'_>, received_on: Date) -> Result<Option<Date>, Error> {
    let subject = SubjectId::new("nobody");
    let in_force = app.policies.on(tx, received_on)?;
    let request = Request::receive(Intake {
        facts: RecordFacts {
            id: RecordId::new("none"),
            reference: String::new(),
            owner: None,
            assigned: Vec::new(),
            logged_by: domain::ids::UserId::new("none"),
            hold: false,
        },
        right: RequestKind::Access.procedure().clock,
        behalf: Behalf::Themselves,
        subject,
        person: Person { names: vec!["the sender".to_owned()], ..Person::default() },
        channel: Channel::Email,
        received_on,
        received_by: String::new(),
        words: String::new(),
        logged_on: app.today(),
        division: in_force.policy.division().unwrap_or(Division::EnglandAndWales),
    })?;
    Ok(app.request_deadline(tx, &request, app.today())?.due.map(domain::calendar::When::date))
}

/// Whether an address is one that a request knows: of the person, or of who asks for them.
pub(crate) fn knows_address(request: &Request, address: &str) -> bool {
    let is = |known: &str| !address.is_empty() && known.trim().eq_ignore_ascii_case(address);
    let person = request.person.get().is_some_and(|person| person.emails.iter().any(|email| is(email)));
    let asker = match &request.behalf {
        Behalf::Themselves => false,
        Behalf::Child { requester, .. } | Behalf::Agent { requester } => requester
            .get()
            .is_some_and(|asker| asker.contact.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>')).any(is)),
    };
    person || asker
}

/// The first versions of the requests of one message, in a running transaction.
fn record(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ReceiveForm,
    asked: &Asked,
    original: Option<&NewFile>,
) -> Result<(RecordId, String), Error> {
    let mut kinds = asked.kinds.clone();
    kinds.sort_by_key(|kind| *kind != RequestKind::Access);
    kinds.dedup();
    let ids: Vec<RecordId> = kinds.iter().map(|_| RecordId::new(app.ids.fresh())).collect();
    let subject = SubjectId::new(app.ids.fresh());
    tx.subject_create(subject.as_str())?;
    let in_force = app.policies.on(tx, form.received_on)?;
    let mut first = None;
    for (kind, id) in kinds.into_iter().zip(&ids) {
        let reference = match asked.reserved.as_ref().filter(|_| first.is_none()) {
            Some(reserved) => reserved.clone(),
            None => next_reference(tx, kind, form.received_on)?,
        };
        let mut request = begun(app, actor, form, (kind, id, &reference), &subject, in_force.policy.division())?;
        request.policy = in_force.id.clone().map(|id| PolicyAtReceipt { id, label: in_force.label() });
        request.health_question = in_force.policy.rights().health_question;
        request.received_at = asked.received_at;
        request.linked = ids.iter().filter(|other| *other != id).cloned().collect();
        let request = super::rights::on_receipt(app, tx, request, &in_force.policy, &actor.user)?;
        app.request_save(tx, &request, 0, "receive")?;
        if let Some(file) = original {
            app.file_put(tx, &request, file)?;
        }
        first = first.or(Some((id.clone(), reference)));
    }
    first.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "Choose what the person asks for.").into())
}

/// The next case number. Every kind of request counts in one row, so that a number promised
/// before anybody knows the kind stays right.
fn next_reference(tx: &mut WriteTx<'_>, kind: RequestKind, received_on: Date) -> Result<String, Error> {
    let year = received_on.year();
    let number = tx.sequence_next(&format!("SAR-{year}"))?;
    Ok(format!("{}-{year}-{number:04}", kind.reference_prefix()))
}

fn begun(
    app: &App,
    actor: &Actor,
    form: &ReceiveForm,
    (kind, id, reference): (RequestKind, &RecordId, &str),
    subject: &SubjectId,
    division: Option<Division>,
) -> Result<Request, Error> {
    let mut request = Request::receive(Intake {
        facts: RecordFacts {
            id: id.clone(),
            reference: reference.to_owned(),
            owner: actor.has(Role::Lead).then(|| actor.user.clone()),
            assigned: Vec::new(),
            logged_by: actor.user.clone(),
            hold: false,
        },
        right: kind.procedure().clock,
        behalf: behalf(subject, form.on_behalf.as_ref()),
        subject: subject.clone(),
        person: form.person.clone(),
        channel: form.channel,
        received_on: form.received_on,
        received_by: form.received_by.clone(),
        words: form.words.clone(),
        logged_on: app.today(),
        division: division.unwrap_or(Division::EnglandAndWales),
    })?;
    request.answer.audience = audience(&request);
    request.kind = kind;
    Ok(request)
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
