//! What the review told about the person: another address of theirs.

use services::requests::confirm_address;

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const KNOWN_BY: Act = Act {
    key: "known-by",
    notice: "known-by",
    then: "",
    page: |view, _| {
        let known: Vec<String> = view.request.person.get().map(|person| person.emails.clone()).unwrap_or_default();
        let fields = vec![
            Field::email("address", "E-mail address of the person")
                .hint("For example an address they wrote from in an item of the review."),
        ];
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        FormPage::new("Add an address of the person", fields, "Add the address")
            .intro("Only an address that you know to be theirs: what it carries counts as theirs in the next search.")
            .intro("What was decided in the review is kept when you search again.")
            .check(vec![Row::new("Known now", known)])
    },
    perform: |doing, form| {
        let address = form.need(doing.sent, "address", "Write the address");
        if form.is_refused() {
            return Ok(());
        }
        confirm_address(doing.app, doing.actor, doing.id, doing.version, &address).map(drop)
    },
};
