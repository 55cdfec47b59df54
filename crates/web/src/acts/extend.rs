//! Extend: once, with reasons, inside the month.

use domain::calendar::When;
use domain::casework::request::ExtensionGround;
use services::requests::extend;

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const EXTEND: Act = Act {
    key: "extend",
    notice: "extended",
    then: "",
    page: |view, _| {
        let grounds = [
            ("complex", "The request is complex", "For example: many sources, difficult judgements about other people."),
            ("number", "The person made several requests", ""),
        ];
        let fields = vec![
            Field::radios("ground", "Why is more time needed?", &grounds),
            Field::long("reasons", "The reasons, as the person will read them"),
        ];
        let mut rows = vec![Row::new("Answer due now", view.deadline.due.map_or_else(|| "–".to_owned(), When::shown))];
        rows.extend(view.deadline.notice_last.map(|last| Row::new("Last day for this notice", domain::calendar::long_date(last))));
        FormPage::new("Extend the time", fields, "Extend and make the letter")
            .law("Two further months are possible, once, and only if the person is told why inside the first month (UK GDPR Article 12A(3) and (4)). A lot of work alone is no reason.")
            .check(rows)
    },
    perform: |doing, form| {
        let ground = match doing.sent.text("ground") {
            "complex" => Some(ExtensionGround::Complex),
            "number" => Some(ExtensionGround::Number),
            _ => None,
        };
        if ground.is_none() {
            form.complain("ground", "Choose why more time is needed");
        }
        let reasons = form.need(doing.sent, "reasons", "Write the reasons");
        match ground {
            Some(ground) if !form.is_refused() => extend(doing.app, doing.actor, doing.id, doing.version, ground, &reasons).map(drop),
            _ => Ok(()),
        }
    },
};
