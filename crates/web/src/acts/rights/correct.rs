//! Decide what is put right: old value, right value, source, and who has to be told.

use domain::casework::request::{CorrectionForm, CorrectionOutcome};
use domain::rights::RequestKind;
use services::requests::rights::correct;

use super::super::Act;
use super::lines;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const CORRECT: Act = Act {
    key: "correct",
    notice: "corrected",
    then: "",
    page: |view, _| {
        let change = view.request.kind == RequestKind::ChangeOfDetails;
        let outcomes = [
            ("corrected", "Put it right", "It is wrong or missing. The value that stood there stays in the history."),
            ("statement", "Keep it, with the person’s own statement beside it", "For example an opinion. It needs the reasons."),
            ("accurate", "It is accurate: keep it", "It needs the reasons; that the person disputes it is noted."),
        ];
        let critical = [("yes", "Care or safety depends on it", "For example an allergy, a medicine, a risk. It is due today.")];
        let fields = vec![
            Field::text("field", "What is it about?").hint("For example: allergies, date of birth, address."),
            Field::long("old", "What stands in the record now?").hint("Leave empty if nothing does.").rows(2),
            Field::long("new", "What is right?").rows(2),
            Field::text("source", "Where did you check it?").hint("For example: the person, a letter of the surgery, a birth certificate."),
            Field::radios("outcome", "What do you decide?", &outcomes).value(if change { "corrected" } else { "" }),
            Field::long("reasons", "The reasons, as the person will read them").hint("Needed unless it is simply put right.").rows(3),
            Field::checkboxes("critical", "How urgent is it?", &critical),
            Field::long("recipients", "Who received the wrong data from us?")
                .hint("One on a line, for example: the surgery. A task to tell them is opened for each.")
                .rows(3),
        ];
        FormPage::new("Decide what is put right", fields, "Keep the decision")
            .law("Wrong data is corrected and incomplete data completed without undue delay; everybody who received it is told (UK GDPR Articles 16 and 19). You can decide about several values, one after the other.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let field = form.need(doing.sent, "field", "Enter what it is about");
        let outcome = CorrectionOutcome::from_key(doing.sent.text("outcome"));
        if outcome.is_none() {
            form.complain("outcome", "Choose what you decide");
        }
        if outcome == Some(CorrectionOutcome::Corrected) {
            form.need(doing.sent, "new", "Enter what is right");
        }
        let Some(outcome) = outcome.filter(|_| !form.is_refused()) else { return Ok(()) };
        let text = |name: &str| doing.sent.text(name).to_owned();
        let decision = CorrectionForm {
            field,
            old: text("old"),
            new: text("new"),
            source: text("source"),
            outcome,
            reasons: text("reasons"),
            critical: doing.sent.text("critical") == "yes",
            recipients: lines(doing.sent, "recipients"),
        };
        correct(doing.app, doing.actor, (doing.id, doing.version), &decision).map(drop)
    },
};
