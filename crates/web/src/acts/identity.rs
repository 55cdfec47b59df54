//! Identity: asked for only on a doubt that is written down.

use services::requests::{ask_identity, identity_not_relied_on, identity_received};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

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

/// Proof came.
pub(crate) const IDENTITY_RECEIVED: Act = Act {
    key: "identity-received",
    notice: "identity-received",
    then: "",
    page: |_, _| {
        let fields = vec![
            Field::long("seen", "What was seen").hint("The kind of document, for example: passport, shown by video. Keep no copy.").rows(3),
            Field::date("on", "When it came"),
        ];
        FormPage::new("Proof of identity came", fields, "Save").aside("identity-dropped", "The question turned out to be unnecessary")
    },
    perform: |doing, form| {
        let seen = form.need(doing.sent, "seen", "Write down what was seen");
        let on = form.need_date(doing.sent, "on");
        match on {
            Some(on) if !form.is_refused() => identity_received(doing.app, doing.actor, doing.id, doing.version, &seen, on).map(drop),
            _ => Ok(()),
        }
    },
};

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
