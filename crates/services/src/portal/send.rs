//! What a visitor sends: a request, a complaint, a withdrawal of consent, an opt-out. Each
//! becomes a record whose clock starts the moment it was sent.

use domain::calendar::{Right, When, long_date};
use domain::casework::complaint::{About, Complainant};
use domain::casework::intake::recognise;
use domain::casework::request::{Channel, Person};
use domain::ids::{RecordId, SubjectId};
use domain::rights::RequestKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::WriteTx;

use super::hold::hold;
use super::limit::{DAY_US, HOUR_US, within};
use super::mail::{Mail, queue};
use super::{PortalSettings, portal};
use crate::app::{App, london_date};
use crate::complaints::{self, ComplaintForm};
use crate::error::Error;
use crate::requests::{self, Asked, OnBehalf, ReceiveForm};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// One of the rights.
    Right(Right),
    /// The person does not know which right it is; somebody here finds out.
    Unsure,
    /// A complaint.
    Complaint(About),
    /// Consent is withdrawn.
    Consent,
    /// No more marketing.
    Marketing,
}

/// Somebody else whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Their name.
    pub name: String,
    /// A child of the person who asks.
    pub child: bool,
}

/// What a visitor sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// What is asked for.
    pub what: What,
    /// Who asks.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Phone number; may be empty.
    pub phone: String,
    /// Postal address; may be empty.
    pub address: String,
    /// Whom it is about, when it is somebody else.
    pub other: Option<Other>,
    /// Their own words.
    pub words: String,
    /// The format the answer is wanted in; empty for the ordinary one.
    pub format: String,
}

/// A record made from what was sent.
pub(super) struct Made {
    pub(super) id: RecordId,
    pub(super) reference: String,
    pub(super) subject: SubjectId,
}

/// Records what a visitor sent and returns its reference. A form that is sent twice makes
/// one record. Nobody is looked up: the same work is done whether or not a person is known.
/// What comes from one block of addresses beyond the limit of an hour is held.
///
/// # Errors
/// `FIND-001` without a name.
pub fn send(app: &App, from: &str, once: &str, sending: &Sending) -> Result<String, Error> {
    let actor = portal();
    app.store.write(&app.origin(&actor), |tx| {
        if let Some(Value::String(reference)) = known(tx, once)? {
            return Ok(reference);
        }
        let most = PortalSettings::read(tx)?.messages_an_hour;
        let reference = if within(tx, "messages", from, HOUR_US, most)? {
            let made = record(app, tx, sending, app.clock.now(), None)?;
            confirm(app, tx, &made, sending)?;
            made.reference
        } else {
            hold(app, tx, sending)?
        };
        if !once.is_empty() {
            tx.idempotency_put(once, actor.user.as_str(), &Value::String(reference.clone()))?;
        }
        Ok(reference)
    })
}

/// Mails the reference and the next step to the address that was given. Only so many go to one
/// address a day: nobody is buried in mails by somebody else's forms.
pub(super) fn confirm(app: &App, tx: &mut WriteTx<'_>, made: &Made, sending: &Sending) -> Result<(), Error> {
    let most = PortalSettings::read(tx)?.mails_a_day;
    if sending.email.is_empty() || !within(tx, "mail", &sending.email.to_lowercase(), DAY_US, most)? {
        return Ok(());
    }
    let next = match sending.what {
        What::Complaint(_) => {
            let day = acknowledged_by(app, tx, &made.id)?.map(|day| format!(" by {}", long_date(day))).unwrap_or_default();
            format!("We look into it. You will hear from us{day} at the latest, and we tell you the outcome as soon as we can.")
        }
        _ => {
            "A person reads it and writes to you. Most requests are answered within one month. Our next letter tells you the exact day and how we worked it out."
                .to_owned()
        }
    };
    let text = format!(
        "We have your message. Its reference is {}.\n\n{next}\n\nThe time for our answer counts from the day you sent it. To see how far it is, use the reference on the page where you sent it. If it was not you who sent it, tell us.\n",
        made.reference
    );
    let mail =
        Mail { to: &sending.email, subject: &made.subject, record: &made.id, title: "We have your message", text, purpose: "portal-sent" };
    queue(app, tx, &mail)
}

/// The last day of the acknowledgement of a complaint (DPA 2018 section 164A), counted from the
/// day it reached us.
fn acknowledged_by(app: &App, tx: &mut WriteTx<'_>, id: &RecordId) -> Result<Option<Date>, Error> {
    let Some((complaint, _)) = complaints::current(tx, id)? else { return Ok(None) };
    let dates = app.complaint_dates(tx, &complaint)?;
    let open = dates.into_iter().filter(|due| due.done_on.is_none() && !due.outside);
    Ok(open.filter_map(|due| due.deadline.due).map(When::date).min())
}

fn known(tx: &mut WriteTx<'_>, once: &str) -> Result<Option<Value>, Error> {
    if once.is_empty() { Ok(None) } else { Ok(tx.idempotency_get(once, "portal")?) }
}

/// Makes the record of what was sent at a moment, which is when it reached us, whenever the record
/// is made; `reference` is the one that was promised already.
pub(super) fn record(app: &App, tx: &mut WriteTx<'_>, sending: &Sending, sent: Timestamp, reference: Option<&str>) -> Result<Made, Error> {
    let (actor, sent_on) = (portal(), london_date(sent));
    if let What::Complaint(about) = sending.what {
        let form = ComplaintForm {
            about,
            channel: Channel::Portal,
            received_on: sent_on,
            received_by: "The portal".to_owned(),
            in_charge_on: None,
            aware_on: None,
            let_in: None,
            complainant: Complainant {
                name: sending.name.clone(),
                email: sending.email.clone(),
                phone: sending.phone.clone(),
                address: sending.address.clone(),
            },
            on_behalf_of: sending.other.as_ref().map(|other| other.name.clone()),
            words: words(sending),
        };
        let (id, reference, subject) = complaints::record(app, tx, &actor, &form, reference)?;
        return Ok(Made { id, reference, subject });
    }
    let form = ReceiveForm {
        channel: Channel::Portal,
        received_on: sent_on,
        received_by: "The portal".to_owned(),
        words: words(sending),
        person: person(sending),
        on_behalf: behalf(sending),
    };
    let (id, reference, subject) = requests::receive_in(app, tx, &actor, &form, &asked(sending, sent, reference))?;
    Ok(Made { id, reference, subject })
}

/// What was chosen, as kinds of request; somebody who was not sure gets what their words say.
fn asked(sending: &Sending, sent: Timestamp, reference: Option<&str>) -> Asked {
    let read = || recognise("", &sending.words).kinds;
    let kinds = match sending.what {
        What::Right(right) => vec![RequestKind::of(right)],
        What::Unsure | What::Complaint(_) => Some(read()).filter(|kinds| !kinds.is_empty()).unwrap_or_else(|| vec![RequestKind::Access]),
        What::Consent if read().contains(&RequestKind::Photographs) => vec![RequestKind::Photographs],
        What::Consent => vec![RequestKind::ConsentWithdrawal],
        What::Marketing => vec![RequestKind::Marketing],
    };
    Asked { kinds, received_at: Some(When::Instant(sent)), reserved: reference.map(str::to_owned) }
}

fn one(text: &str) -> Vec<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned).into_iter().collect()
}

fn person(sending: &Sending) -> Person {
    match &sending.other {
        Some(other) => Person { names: one(&other.name), ..Person::default() },
        None => Person {
            names: one(&sending.name),
            emails: one(&sending.email),
            phones: one(&sending.phone),
            addresses: one(&sending.address),
            ..Person::default()
        },
    }
}

/// Who asks for somebody else, with every way to reach them.
fn behalf(sending: &Sending) -> Option<OnBehalf> {
    let other = sending.other.as_ref()?;
    let ways: Vec<&str> = [&sending.email, &sending.address, &sending.phone].into_iter().map(|way| way.trim()).collect();
    let ways: Vec<&str> = ways.into_iter().filter(|way| !way.is_empty()).collect();
    let (name, contact) = (sending.name.clone(), ways.join(", "));
    Some(if other.child { OnBehalf::Child { name, contact } } else { OnBehalf::Agent { name, contact } })
}

/// The words for the record: what was chosen, then what was written.
fn words(sending: &Sending) -> String {
    let chosen = match sending.what {
        What::Right(right) => format!("Chosen on the portal: {} ({}).", title(right), right.article()),
        What::Unsure => "Chosen on the portal: something else, or not sure.".to_owned(),
        What::Complaint(about) => format!("Chosen on the portal: a complaint. {}.", about.title()),
        What::Consent => "Chosen on the portal: consent is withdrawn (UK GDPR Article 7(3)).".to_owned(),
        What::Marketing => "Chosen on the portal: no more direct marketing (UK GDPR Article 21(3)).".to_owned(),
    };
    let mut parts = vec![chosen];
    if !sending.format.is_empty() {
        parts.push(format!("Wanted as: {}.", sending.format));
    }
    parts.push(sending.words.trim().to_owned());
    parts.join("\n\n").trim_end().to_owned()
}

/// A right as visitors know it.
fn title(right: Right) -> &'static str {
    match right {
        Right::Access => "a copy of the data",
        Right::Rectification => "correct the data",
        Right::Erasure => "delete the data",
        Right::Restriction => "stop using the data for now",
        Right::Portability => "a file to take elsewhere",
        Right::Objection => "stop a use of the data",
        Right::AutomatedDecisions => "a decision made by a computer",
    }
}
