//! What the review told about the person: another address, number or name of theirs.

use domain::casework::request::Identifier;
use services::requests::known_by;

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const KNOWN_BY: Act = Act {
    key: "known-by",
    notice: "known-by",
    then: "",
    page: |view, _| {
        let kinds: Vec<(&str, &str, &str)> = Identifier::ALL.iter().map(|(_, key, title)| (*key, *title, "")).collect();
        let fields = vec![
            Field::radios("kind", "What is it?", &kinds),
            Field::text("value", "As it stands in an item of the review").hint(
                "For example an address they wrote from, or the number under which an export keeps them: it leads to rows of other tables \
                 that hold no name.",
            ),
        ];
        let known = view
            .request
            .person
            .get()
            .map(|person| [&person.names, &person.emails, &person.phones, &person.references].map(|all| all.join("\n")));
        let known: Vec<String> = known.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        FormPage::new("Add something the person is known by", fields, "Add it")
            .intro("Only what you know to be theirs: what it stands in counts as theirs in the next search.")
            .intro("What was decided in the review is kept when you search again.")
            .check(vec![Row::whole("Known now", known.join("\n"))])
    },
    perform: |doing, form| {
        let kind = form.need(doing.sent, "kind", "Choose what it is");
        let value = form.need(doing.sent, "value", "Write it as it stands there");
        let Some((kind, ..)) = Identifier::ALL.iter().find(|(_, key, _)| *key == kind).filter(|_| !form.is_refused()) else {
            return Ok(());
        };
        known_by(doing.app, doing.actor, doing.id, doing.version, (*kind, &value)).map(drop)
    },
};
