//! Identity and authority: asked only on a written doubt.

use domain::RefusalCode;
use domain::casework::request::{AuthorityForm, IdentityForm};
use domain::ids::RecordId;
use domain::letters::identity_request;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;

/// Asks for proof of identity, with the doubt in writing.
pub fn ask_identity(app: &App, actor: &Actor, id: &RecordId, version: u64, doubt: &str) -> Result<u64, Error> {
    app.request_change_with(actor, (id, version), Verb::RequestWork, "ask-identity", |request, today| {
        let request = request.ask_identity(doubt, today)?;
        let policy = app.policy()?;
        let accepted = &policy.identity().accepted;
        let letter = app.letter(
            &request,
            today,
            |writer, deadline| identity_request(writer, &request, deadline, accepted),
            |policy| &policy.wording().paragraphs.identity,
        )?;
        let file = app.letter_file(&request, "identity-request.pdf", &letter)?;
        Ok((request, vec![file]))
    })
}

/// Records a check of identity by a means the policy allows. A check that confirms nothing
/// is refused and logged.
pub fn identity_checked(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &IdentityForm) -> Result<u64, Error> {
    let rules = app.policy()?.identity().clone();
    let done = app.request_change(actor, (id, version), Verb::RequestWork, "identity-received", |request, today| {
        request.identity_checked(form, &rules, actor.user.clone(), today)
    });
    app.refusal_logged(actor, id, "identity-refused", done)
}

/// Takes the identity question back: it never moved the clock.
pub fn identity_not_relied_on(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "identity-not-relied-on", |request, _| request.identity_not_relied_on())
}

/// Asks for proof of authority to act for the data subject.
pub fn ask_authority(app: &App, actor: &Actor, id: &RecordId, version: u64, doubt: &str) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "ask-authority", |request, today| request.ask_authority(doubt, today))
}

/// Records authority that was checked. What is none is refused, and kept with the request: it stops
/// every release until another one is found good.
pub fn authority_checked(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &AuthorityForm) -> Result<u64, Error> {
    let done = app.request_change(actor, (id, version), Verb::RequestWork, "authority-received", |request, today| {
        request.authority_checked(form, actor.user.clone(), today)
    });
    match done {
        Err(Error::Refused(refusal)) if matches!(refusal.code, RefusalCode::AuthorityNotValid | RefusalCode::PersonDied) => {
            app.request_change(actor, (id, version), Verb::RequestWork, "authority-refused", |request, today| {
                request.authority_refused(form, &refusal, actor.user.clone(), today)
            })?;
            Err(refusal.into())
        }
        done => app.refusal_logged(actor, id, "authority-refused", done),
    }
}

/// Names the addresses that must not be shown to whoever asks.
pub fn keep_addresses(app: &App, actor: &Actor, id: &RecordId, version: u64, addresses: &[String]) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "keep-addresses", |request, _| {
        request.keep_from(addresses.to_vec(), &actor.user)
    })
}

impl App {
    /// Logs that a rule refused something that matters to the person, and hands the refusal on.
    fn refusal_logged(&self, actor: &Actor, id: &RecordId, verb: &'static str, done: Result<u64, Error>) -> Result<u64, Error> {
        if let Err(Error::Refused(refusal)) = &done
            && refusal.code != RefusalCode::NotAllowed
            && refusal.code != RefusalCode::Conflict
        {
            self.store.write(&self.origin(actor), |tx| tx.log_read(id.as_str(), verb, "casework"))?;
        }
        done
    }
}
