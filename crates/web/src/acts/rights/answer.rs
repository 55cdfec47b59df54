//! Send the answer.

use services::requests::rights::answer;

use super::super::Act;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const SEND_ANSWER: Act = Act {
    key: "send-answer",
    notice: "replied",
    then: "",
    page: |view, _| {
        let open = view.request.open_actions().count();
        let mut rows = vec![Row::new("They asked", view.request.kind.title())];
        rows.push(Row::new("Still to be done", if open == 0 { "nothing".to_owned() } else { open.to_string() }));
        FormPage::new("Send the answer", Vec::new(), "Write the answer and record it as sent")
            .intro("The letter says what was done, what was not and why, who was told, and how to complain.")
            .intro("What is still to be done can be done after the answer; the request stays open until then.")
            .check(rows)
            .aside("preview", "Read the letter (PDF)")
    },
    perform: |doing, _| answer(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
