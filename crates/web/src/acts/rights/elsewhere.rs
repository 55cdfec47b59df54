//! It is no request of these kinds: say where it goes.

use domain::casework::request::NotARequest;
use services::requests::rights::elsewhere;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const ELSEWHERE: Act = Act {
    key: "elsewhere",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let reasons: Vec<(&str, &str, &str)> = NotARequest::ALL.iter().map(|why| (why.key(), why.title(), why.next())).collect();
        let fields = vec![
            Field::radios("why", "Why is it none?", &reasons),
            Field::long("more", "What else do you tell them?")
                .hint("The answer says the next step. Never say whether somebody is known.")
                .rows(3),
        ];
        FormPage::new("Say where it goes", fields, "Keep it")
            .intro("Nothing is given out. The answer tells who writes what the right way is.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let Some(why) = NotARequest::from_key(doing.sent.text("why")) else {
            form.complain("why", "Choose why it is none");
            return Ok(());
        };
        elsewhere(doing.app, doing.actor, (doing.id, doing.version), why, doing.sent.text("more")).map(drop)
    },
};
