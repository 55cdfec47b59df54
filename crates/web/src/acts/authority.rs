//! Authority: may this person ask for somebody else?

use services::requests::{ask_authority, authority_received};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

/// Asking.
pub(crate) const AUTHORITY: Act = Act {
    key: "authority",
    notice: "authority-asked",
    then: "",
    page: |_, _| {
        let doubt = Field::long("doubt", "What has to be shown, and why?")
            .hint("For example: a signed authority from the person, because the solicitor’s letter encloses none.");
        FormPage::new("Ask for proof of authority", vec![doubt], "Ask for proof")
            .intro("Somebody who asks for another person’s data must be entitled to: by a signed authority, a power of attorney or parental responsibility.")
    },
    perform: |doing, form| {
        let doubt = form.need(doing.sent, "doubt", "Write down what has to be shown and why");
        if form.is_refused() { Ok(()) } else { ask_authority(doing.app, doing.actor, doing.id, doing.version, &doubt).map(drop) }
    },
};

/// It came.
pub(crate) const AUTHORITY_RECEIVED: Act = Act {
    key: "authority-received",
    notice: "authority-received",
    then: "",
    page: |_, _| {
        let fields = vec![
            Field::long("seen", "What was seen")
                .hint("For example: signed form of authority, checked by phone. Keep no copy of an identity document.")
                .rows(3),
            Field::date("on", "When it came"),
        ];
        FormPage::new("Proof of authority came", fields, "Save")
    },
    perform: |doing, form| {
        let seen = form.need(doing.sent, "seen", "Write down what was seen");
        let on = form.need_date(doing.sent, "on");
        match on {
            Some(on) if !form.is_refused() => authority_received(doing.app, doing.actor, doing.id, doing.version, &seen, on).map(drop),
            _ => Ok(()),
        }
    },
};
