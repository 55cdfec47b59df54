//! A child's understanding, judged case by case.

use domain::calendar::Division;
use services::requests::{CapacityForm, View, judge_capacity};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const CAPACITY: Act = Act {
    key: "capacity",
    notice: "capacity",
    then: "",
    page: |view, app| {
        let understands = [
            ("yes", "Yes", "Then the child decides. Record the day the child agreed, if the child did."),
            ("no", "No", "Then the parent or carer may ask for the child."),
        ];
        let fields = vec![
            Field::radios("understands", "Does the child understand the request and what follows from it?", &understands),
            Field::long("reasons", "Why do you think so?"),
            Field::long("view", "What does the child say about it?").hint("In the child’s own words where you can.").rows(3),
            Field::date("consent", "When the child agreed").hint("Leave empty if the child did not agree or does not understand."),
        ];
        FormPage::new("Judge whether the child understands", fields, "Save")
            .check(age(view, app.today()))
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
        let view = doing.sent.text("view").to_owned();
        let judged = CapacityForm { understands: understands == "yes", reasons, consent_on, view };
        judge_capacity(doing.app, doing.actor, doing.id, doing.version, &judged).map(drop)
    },
};

/// The age and what the law makes of it: it fills in, and never decides.
fn age(view: &View, today: jiff::civil::Date) -> Vec<Row> {
    let request = &view.request;
    let Some(age) = request.person.get().and_then(|person| person.age_on(today)) else { return Vec::new() };
    let presumed = if request.division == Division::Scotland && age >= 12 {
        "In Scotland a person of 12 or more is presumed to understand, unless the contrary is shown (Data Protection Act 2018, section 208)."
    } else {
        "The age does not decide. Write down why this child does or does not understand."
    };
    vec![Row::new("Age", age.to_string()), Row::new("What that means", presumed)]
}
