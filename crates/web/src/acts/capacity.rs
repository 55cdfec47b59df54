//! A child's understanding, judged case by case.

use services::requests::{CapacityForm, judge_capacity};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const CAPACITY: Act = Act {
    key: "capacity",
    notice: "capacity",
    then: "",
    page: |_, _| {
        let understands = [
            ("yes", "Yes", "Then the child decides. Record the day the child agreed, if the child did."),
            ("no", "No", "Then the parent or carer may ask for the child."),
        ];
        let fields = vec![
            Field::radios("understands", "Does the child understand the request and what follows from it?", &understands),
            Field::long("reasons", "Why do you think so?"),
            Field::date("consent", "When the child agreed").hint("Leave empty if the child did not agree or does not understand."),
        ];
        FormPage::new("Judge whether the child understands", fields, "Save")
            .law("The data belong to the child. There is no fixed age: what counts is whether this child understands.")
    },
    perform: |doing, form| {
        let understands = doing.sent.text("understands");
        if !matches!(understands, "yes" | "no") {
            form.complain("understands", "Choose whether the child understands");
        }
        let reasons = form.need(doing.sent, "reasons", "Write down why you think so");
        let given = ["consent-day", "consent-month", "consent-year"].iter().any(|part| !doing.sent.text(part).is_empty());
        let consent_on = if given { form.need_date(doing.sent, "consent") } else { None };
        if form.is_refused() {
            return Ok(());
        }
        let judged = CapacityForm { understands: understands == "yes", reasons, consent_on };
        judge_capacity(doing.app, doing.actor, doing.id, doing.version, &judged).map(drop)
    },
};
