//! Give a notice, a copy of safeguards or a child's plan, or say why not.

use domain::rights::RequestKind;
use services::requests::rights::give;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const GIVE: Act = Act {
    key: "give",
    notice: "decided-right",
    then: "",
    page: |view, app| {
        let kind = view.request.kind;
        let (yes, no, law) = match kind {
            RequestKind::ChildPlan => (
                "Let them see the plan",
                "Do not let them see it",
                "Parents and others with parental responsibility may see their child’s plan on request; so may professionals who took part in referring the child (policy: TURN-117, TURN-118).",
            ),
            RequestKind::Safeguards => (
                "Give the copy",
                "There is nothing to give",
                "The person may have a copy of what protects their data abroad (UK GDPR Articles 13(1)(f) and 15(2)).",
            ),
            _ => (
                "Give the information",
                "Do not give it",
                "Information about how data is used is given in plain words, free of charge (UK GDPR Article 12).",
            ),
        };
        let prefilled = if kind == RequestKind::Safeguards { safeguards(app) } else { String::new() };
        let mut fields = vec![
            Field::radios("given", "What do you decide?", &[("yes", yes, ""), ("no", no, "It needs the reasons.")]),
            Field::long("text", "What is given, or the reasons why not").hint("As the person will read it.").rows(5).value(&prefilled),
        ];
        if kind == RequestKind::ChildPlan {
            fields.push(
                Field::text("proof", "What proves it?")
                    .hint("The kind of document seen, for example a birth certificate, or the referral. No copy is kept."),
            );
        }
        FormPage::new(kind.procedure().decide, fields, "Keep the decision")
            .law(law)
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let given = match doing.sent.text("given") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if given.is_none() {
            form.complain("given", "Choose what you decide");
        }
        let text = form.need(doing.sent, "text", "Write what is given, or the reasons why not");
        let Some(given) = given.filter(|_| !form.is_refused()) else { return Ok(()) };
        give(doing.app, doing.actor, (doing.id, doing.version), given, &text, doing.sent.text("proof")).map(drop)
    },
};

/// What the record of processing says about transfers, to start from.
fn safeguards(app: &services::App) -> String {
    let Ok(policy) = app.policy() else { return String::new() };
    let abroad = policy.processing().iter().filter(|activity| !activity.transfers.is_empty());
    abroad
        .map(|activity| format!("{}: {}. {}", activity.purpose, activity.transfers.join("; "), activity.safeguards))
        .collect::<Vec<_>>()
        .join("\n")
}
