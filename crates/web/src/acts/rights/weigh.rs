//! Weigh an objection.

use domain::casework::request::ObjectionOutcome;
use services::requests::rights::weigh;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const WEIGH: Act = Act {
    key: "weigh",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let outcomes = [
            ("stopped", "Stop the use", ""),
            ("compelling", "It goes on: compelling reasons outweigh the person’s", "It is for us to show that. It needs the reasons."),
            ("legal-claims", "It goes on: it is needed for legal claims", "It needs the reasons."),
            (
                "other-basis",
                "The right does not apply to this use",
                "It rests on consent, a contract, a legal duty or vital interests. It needs the reasons.",
            ),
        ];
        let fields = vec![
            Field::text("purpose", "What use does the person object to?"),
            Field::radios("outcome", "What do you decide?", &outcomes),
            Field::long("reasons", "The reasons, the person’s own situation weighed").rows(4),
        ];
        FormPage::new("Weigh the objection", fields, "Keep the decision")
            .law("While you decide, the data is stored and nothing else is done with it: the mark is in force since the objection came (UK GDPR Articles 18(1)(d) and 21(1)).")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let purpose = form.need(doing.sent, "purpose", "Enter what use the person objects to");
        let outcome = ObjectionOutcome::from_key(doing.sent.text("outcome"));
        if outcome.is_none() {
            form.complain("outcome", "Choose what you decide");
        }
        let reasons = match outcome {
            Some(ObjectionOutcome::Stopped) | None => doing.sent.text("reasons").to_owned(),
            Some(_) => form.need(doing.sent, "reasons", "Write the reasons"),
        };
        let Some(outcome) = outcome.filter(|_| !form.is_refused()) else { return Ok(()) };
        weigh(doing.app, doing.actor, (doing.id, doing.version), outcome, &purpose, &reasons).map(drop)
    },
};
