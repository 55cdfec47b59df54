//! How the answer is given: format and wording, a first part, a second pack.

use domain::casework::request::Answering;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use domain::personal::Personal;
use domain::policy::Audience;
use jiff::civil::Date;

use domain::casework::request::AnswerFormat;

use crate::app::App;
use crate::error::Error;

/// What the form says about the answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerForm {
    /// For whom it is written.
    pub audience: Audience,
    /// The format asked for.
    pub format: AnswerFormat,
    /// Ids of the activities that concern the person; all when empty.
    pub activities: Vec<String>,
    /// Those who in fact received data, one an entry.
    pub recipients: Vec<String>,
    /// Where data came from, beyond the record of processing.
    pub source: String,
}

/// Writes down how the answer is to be given.
pub fn set_answer(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &AnswerForm) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "set-answer", |request, _| {
        let subject = request.subject.clone();
        let answer = Answering {
            audience: form.audience,
            format: form.format,
            activities: form.activities.clone(),
            recipients: (!form.recipients.is_empty()).then(|| Personal::known(&subject, form.recipients.clone())),
            source: Some(form.source.trim()).filter(|text| !text.is_empty()).map(|text| Personal::known(&subject, text.to_owned())),
            rest: None,
        };
        request.set_answer(answer, &actor.user)
    })
}

/// Finishes the review of a first part; `what` is still to come, by `rest_by`.
pub fn prepare_part(app: &App, actor: &Actor, id: &RecordId, version: u64, what: &str, rest_by: Date) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "prepare-part", |request, _| {
        let due = app.request_deadline_today(&request)?;
        Ok((request.prepare_part(actor.user.clone(), what, rest_by, &due)?, Vec::new()))
    })
}

/// Opens an answered request again for a second pack.
pub fn supplement(app: &App, actor: &Actor, id: &RecordId, version: u64, reason: &str) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestConclude, "supplement", |request, today| {
        request.supplement(actor.user.clone(), reason, today)
    })
}
