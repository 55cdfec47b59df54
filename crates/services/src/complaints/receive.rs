//! Recording a complaint that reached the organisation, by any way.

use domain::calendar::Division;
use domain::casework::complaint::{About, Complainant, Complaint, Intake, cut_off};
use domain::casework::request::Channel;
use domain::ids::{RecordId, SubjectId};
use domain::people::{Actor, Relation, Role, Verb, require};
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::WriteTx;

use crate::app::App;
use crate::error::Error;

/// The log form of a complaint.
#[derive(Debug, Clone)]
pub struct ComplaintForm {
    /// What it is about.
    pub about: About,
    /// How it came.
    pub channel: Channel,
    /// The day it reached anyone.
    pub received_on: Date,
    /// Who received it.
    pub received_by: String,
    /// The day it reached the person in charge of complaints, if it has.
    pub in_charge_on: Option<Date>,
    /// Since when the person knew, if they said.
    pub aware_on: Option<Date>,
    /// Why one after the cut-off is let in.
    pub let_in: Option<String>,
    /// Who complains.
    pub complainant: Complainant,
    /// For whom, when for somebody else.
    pub on_behalf_of: Option<String>,
    /// The exact words, or a note of what was said.
    pub words: String,
}

/// Records a complaint. Returns its id and reference.
///
/// # Errors
/// `FIND-001` without a name, `CMP-001` after the cut-off of the policy for a complaint about a
/// service, `REQ-013` for days that cannot be.
pub fn receive(app: &App, actor: &Actor, form: &ComplaintForm) -> Result<(RecordId, String), Error> {
    app.store.write(&app.origin(actor), |tx| record(app, tx, actor, form, None).map(|(id, reference, _)| (id, reference)))
}

/// The first version of a complaint, in a running transaction: id, reference, key owner.
/// `reserved` is the reference that was promised already.
pub(crate) fn record(
    app: &App,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    form: &ComplaintForm,
    reserved: Option<&str>,
) -> Result<(RecordId, String, SubjectId), Error> {
    require(actor, Verb::ComplaintLog, Relation::None)?;
    if form.complainant.name.trim().is_empty() {
        return Err(Refusal::new(RefusalCode::PersonNoIdentifier, "").into());
    }
    domain::calendar::in_range(form.received_on)?;
    let policy = std::sync::Arc::clone(&app.policies.on(tx, form.received_on)?.policy);
    let division = policy.division().unwrap_or(Division::EnglandAndWales);
    let last = cut_off(&policy, &app.calendar, division, form.about, form.aware_on);
    let id = RecordId::new(app.ids.fresh());
    let subject = SubjectId::new(app.ids.fresh());
    let year = form.received_on.year();
    let reference = match reserved {
        Some(reference) => reference.to_owned(),
        None => format!("CMP-{year}-{:04}", tx.sequence_next(&format!("CMP-{year}"))?),
    };
    let complaint = Complaint::receive(
        Intake {
            facts: RecordFacts {
                id: id.clone(),
                reference: reference.clone(),
                owner: actor.has(Role::Lead).then(|| actor.user.clone()),
                assigned: Vec::new(),
                logged_by: actor.user.clone(),
                hold: false,
            },
            about: form.about,
            subject: subject.clone(),
            complainant: form.complainant.clone(),
            on_behalf_of: form.on_behalf_of.clone(),
            channel: form.channel,
            received_on: form.received_on,
            received_by: form.received_by.clone(),
            in_charge_on: form.in_charge_on,
            aware_on: form.aware_on,
            let_in: form.let_in.clone(),
            words: form.words.clone(),
            logged_on: app.today(),
            division,
        },
        last,
    )?;
    tx.subject_create(subject.as_str())?;
    app.complaint_save(tx, &complaint, 0, "complain")?;
    Ok((id, reference, subject))
}
