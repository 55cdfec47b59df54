//! A person looks at an automated decision.

use domain::casework::request::AutomatedOutcome;
use services::requests::rights::review_decision;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const AUTOMATED: Act = Act {
    key: "automated",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let outcomes = [
            ("changed", "The decision is changed", ""),
            ("stands", "The decision stands, now as the decision of a person", ""),
            ("not-automated", "It was not made by a computer alone", "A person had a meaningful part in it."),
        ];
        let fields = vec![
            Field::long("how", "How was the decision made?").hint("The logic in plain words, as the person will read it.").rows(3),
            Field::long("views", "What does the person say about it?").hint("Ask them; they can say it in any form.").rows(3),
            Field::text("reviewer", "Who looked at it?").hint("A person who can change the decision."),
            Field::radios("outcome", "What came of it?", &outcomes),
            Field::long("reasons", "The reasons").rows(3),
        ];
        FormPage::new("Have a person look at the decision", fields, "Keep the decision")
            .law("For a significant decision made by automated means alone, the person is told about it, can say what they think, can have a person look at it, and can contest it (UK GDPR Article 22C(2)).")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let how = form.need(doing.sent, "how", "Write how the decision was made");
        let reviewer = form.need(doing.sent, "reviewer", "Enter who looked at it");
        let outcome = AutomatedOutcome::from_key(doing.sent.text("outcome"));
        if outcome.is_none() {
            form.complain("outcome", "Choose what came of it");
        }
        let reasons = form.need(doing.sent, "reasons", "Write the reasons");
        let Some(outcome) = outcome.filter(|_| !form.is_refused()) else { return Ok(()) };
        let words = [how.as_str(), doing.sent.text("views"), &reviewer, &reasons];
        review_decision(doing.app, doing.actor, (doing.id, doing.version), outcome, words).map(drop)
    },
};
