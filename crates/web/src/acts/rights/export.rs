//! Data to take elsewhere: the rows in scope, or why nothing is.

use services::requests::rights::export;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const EXPORT: Act = Act {
    key: "export",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let fields = vec![
            Field::long("rows", "The rows in scope")
                .hint("Paste them with a first line of column names, from a spreadsheet or as CSV. Leave empty if nothing is in scope.")
                .rows(8),
            Field::long("reasons", "What is not in scope, and why").hint("Needed when there are no rows.").rows(3),
            Field::text("to", "Who else gets it directly?").hint("If the person asked for that and you have checked who it is."),
        ];
        FormPage::new("Make the files to take elsewhere", fields, "Keep it and make the files")
            .law("In scope is what the person provided themselves, is used by computer, and rests on consent or on a contract (UK GDPR Article 20(1)): not paper, not what you worked out yourselves, nothing about others. The files are CSV and JSON.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        if doing.sent.text("rows").is_empty() {
            form.need(doing.sent, "reasons", "Paste the rows, or write why nothing is in scope");
        }
        if form.is_refused() {
            return Ok(());
        }
        let (rows, reasons, to) = (doing.sent.raw("rows"), doing.sent.text("reasons"), doing.sent.text("to"));
        export(doing.app, doing.actor, (doing.id, doing.version), rows, reasons, to).map(drop)
    },
};
