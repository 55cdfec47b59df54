//! Clarification: asking pauses the clock, the answer starts it again.

use services::requests::{clarified, clarify};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// Asking.
pub(crate) const CLARIFY: Act = Act {
    key: "clarify",
    notice: "clarify",
    then: "",
    page: |_, _| {
        let question =
            Field::long("question", "What do you ask?").hint("For example: which part of your time with us do you want to know about?");
        FormPage::new("Ask what the person wants", vec![question], "Make the letter")
            .law("You may ask when you hold a lot about the person and cannot tell what they want (UK GDPR Article 12A(5)). The clock stands still from the day you ask to the day the answer comes. A person who answers “everything” has answered.")
    },
    perform: |doing, form| {
        let question = form.need(doing.sent, "question", "Write down what you ask");
        if form.is_refused() { Ok(()) } else { clarify(doing.app, doing.actor, doing.id, doing.version, &question).map(drop) }
    },
};

/// The answer.
pub(crate) const ANSWERED: Act = Act {
    key: "answered",
    notice: "answered",
    then: "",
    page: |view, _| {
        let fields = vec![Field::long("answer", "What was the answer?"), Field::date("on", "When it came")];
        let asked = view.request.open_clarification();
        let rows = asked.map(|open| vec![Row::whole("You asked", open.question.shown())]).unwrap_or_default();
        FormPage::new("The person answered", fields, "Save").check(rows)
    },
    perform: |doing, form| {
        let answer = form.need(doing.sent, "answer", "Write down what was answered");
        let on = form.need_date(doing.sent, "on");
        match on {
            Some(on) if !form.is_refused() => clarified(doing.app, doing.actor, doing.id, doing.version, &answer, on).map(drop),
            _ => Ok(()),
        }
    },
};
