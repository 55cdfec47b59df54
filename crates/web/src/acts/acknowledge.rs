//! Acknowledge: a letter that says until when and why.

use services::requests::acknowledge;

use super::Act;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const ACKNOWLEDGE: Act = Act {
    key: "acknowledge",
    notice: "acknowledged",
    then: "",
    page: |view, _| {
        let due = view.deadline.due.map_or_else(|| "not known yet".to_owned(), domain::calendar::When::shown);
        FormPage::new("Acknowledge the request", Vec::new(), "Make the letter")
            .intro("A letter is made that tells the person you have the request, until when you will answer and how that date came about.")
            .intro("It does not send itself: it is kept with the request for you to send.")
            .check(vec![Row::new("Answer due", due)])
    },
    perform: |doing, _| acknowledge(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
