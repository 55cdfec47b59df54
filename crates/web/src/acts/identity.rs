//! Identity: asked for only on a doubt that is written down.

use domain::casework::request::{IdentityForm, Means};
use jiff::civil::Date;
use services::App;
use services::requests::{ask_identity, identity_checked, identity_not_relied_on};

use super::{Act, Doing};
use crate::forms::{Field, Form};
use crate::pages::form_page::{FormPage, Row};

/// Asking.
pub(crate) const IDENTITY: Act = Act {
    key: "identity",
    notice: "identity-asked",
    then: "",
    page: |_, _| {
        let doubt = Field::long("doubt", "What is the doubt?")
            .hint("For example: the request came from an address we do not know, and two people here have this name.");
        FormPage::new("Ask for proof of identity", vec![doubt], "Ask for proof")
            .intro("Most people who ask are who they say they are, and you know them. Ask for proof only if you really doubt it.")
            .law("Proof may be asked for only where there is a reasonable doubt (UK GDPR Article 12(6)). Until it comes the time does not start; if the doubt turns out to be unfounded, it started on the day of receipt.")
    },
    perform: |doing, form| {
        let doubt = form.need(doing.sent, "doubt", "Write down what the doubt is, or go on without asking");
        if form.is_refused() { Ok(()) } else { ask_identity(doing.app, doing.actor, doing.id, doing.version, &doubt).map(drop) }
    },
};

/// Proof came and was checked, by a means the policy allows.
pub(crate) const IDENTITY_RECEIVED: Act = Act {
    key: "identity-received",
    notice: "identity-received",
    then: "",
    page: |_, app| {
        let mut fields = checks(app);
        fields.push(Field::date("on", "When it came"));
        let policy = app.policy().ok();
        let rules = policy.as_ref().map(|policy| policy.identity());
        let accepted = rules.map(|rules| rules.accepted.join("\n")).unwrap_or_default();
        let rows = if accepted.is_empty() { Vec::new() } else { vec![Row::whole("Your policy accepts", accepted)] };
        FormPage::new("Proof of identity came", fields, "Save")
            .check(rows)
            .aside("identity-dropped", "The question turned out to be unnecessary")
    },
    perform: |doing, form| {
        let on = form.need_date(doing.sent, "on");
        match checked(doing, form, on) {
            Some(check) if !form.is_refused() => identity_checked(doing.app, doing.actor, doing.id, doing.version, &check).map(drop),
            _ => Ok(()),
        }
    },
};

/// What the fields of [`checks`] say; complains about what is missing. `on` is the day on which it came.
pub(super) fn checked(doing: &Doing<'_>, form: &mut Form, on: Option<Date>) -> Option<IdentityForm> {
    let means = Means::from_key(doing.sent.text("means"));
    if means.is_none() {
        form.complain("means", "Choose how it was confirmed");
    }
    let seen = form.need(doing.sent, "seen", "Write down what was seen");
    let given = ["day", "month", "year"].iter().any(|part| !doing.sent.text(&format!("expires-{part}")).is_empty());
    let expires = if given { form.need_date(doing.sent, "expires") } else { None };
    Some(IdentityForm { means: means?, seen, expires, own_number: doing.sent.text("number") == "own", on: on? })
}

/// How identity can be confirmed: the means that the policy allows, what was seen, until when it holds.
pub(super) fn checks(app: &App) -> Vec<Field> {
    let call_back = app.policy().ok().is_none_or(|policy| policy.identity().call_back);
    let means: Vec<(&str, &str, &str)> = Means::ALL
        .iter()
        .filter(|(means, ..)| call_back || *means != Means::CallBack)
        .map(|(_, key, title, hint)| (*key, *title, *hint))
        .collect();
    vec![
        Field::radios("means", "How was it confirmed?", &means),
        Field::long("seen", "What was seen").hint("The kind of document, for example: passport, shown by video. Keep no copy.").rows(3),
        Field::date("expires", "When does the document expire?").hint("Only for a document that does. An expired one confirms nothing."),
        Field::radios(
            "number",
            "For a call: where did the number come from?",
            &[("own", "Our own records", ""), ("request", "The request", "Then the call confirms nothing.")],
        ),
    ]
}

/// It was not needed after all.
pub(crate) const IDENTITY_DROPPED: Act = Act {
    key: "identity-dropped",
    notice: "identity-dropped",
    then: "",
    page: |_, _| {
        FormPage::new("The identity question was not needed", Vec::new(), "No longer rely on it")
            .intro("The time is then counted from the day the request was received, as if the question had never been asked.")
    },
    perform: |doing, _| identity_not_relied_on(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
