//! Decide an erasure class by class.

use domain::casework::request::KeepGround;
use domain::policy::Policy;
use services::requests::rights::{ErasureChoice, erase};

use super::super::{Act, Doing};
use super::lines;
use crate::forms::{Field, Form};
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const ERASE: Act = Act {
    key: "erase",
    notice: "decided-right",
    then: "",
    page: |view, app| {
        let policy = app.policy().ok();
        let mut fields = Vec::new();
        for (at, class) in view.request.classes.iter().enumerate() {
            fields.extend(class_fields(at, class, policy.as_deref()));
        }
        fields.push(
            Field::long("recipients", "Who received the data from us?")
                .hint("One on a line. A task to tell them that it was erased is opened for each.")
                .rows(3),
        );
        FormPage::new("Decide class by class what is erased", fields, "Keep the decision")
            .law("Erase what is no longer needed, rested on a consent that is withdrawn, was objected to or was unlawful (UK GDPR Article 17(1)). What a statute makes you keep, what is held, and what is needed for legal claims stays, with its reason (Article 17(3)). Nothing may be erased while the same person waits for a copy of their data.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let mut choices = Vec::new();
        for at in 0..doing.sent.0.len() {
            let class = doing.sent.text(&format!("class-{at}")).to_owned();
            if class.is_empty() {
                break;
            }
            choices.extend(choice(doing, form, at, class));
        }
        if choices.is_empty() && !form.is_refused() {
            form.complain("", "Say first which records there are.");
        }
        if form.is_refused() {
            return Ok(());
        }
        erase(doing.app, doing.actor, (doing.id, doing.version), &choices, &lines(doing.sent, "recipients")).map(drop)
    },
};

fn class_fields(at: usize, id: &str, policy: Option<&Policy>) -> Vec<Field> {
    let class = policy.and_then(|policy| policy.retention().class(id));
    let title = class.map_or(id, |class| class.title.as_str());
    let floors: Vec<String> = policy
        .map(|policy| policy.retention().floor.iter().filter(|floor| class.is_some_and(|class| class.floors.contains(&floor.id))))
        .into_iter()
        .flatten()
        .map(|floor| format!("{}: {}", floor.title, floor.source))
        .collect();
    let mut choices = vec![("erase", "Erase it")];
    let keeps: Vec<(&str, String)> = KeepGround::ALL.iter().map(|ground| (ground.key(), format!("Keep it: {}", ground.title()))).collect();
    choices.extend(keeps.iter().map(|(key, title)| (*key, title.as_str())));
    let choices: Vec<(&str, &str, &str)> = choices.into_iter().map(|(key, title)| (key, title, "")).collect();
    let hint = if floors.is_empty() { String::new() } else { format!("A statute sets a least time. {}.", floors.join("; ")) };
    vec![
        Field::hidden(&format!("class-{at}"), id),
        Field::radios(&format!("what-{at}"), title, &choices).hint(&hint),
        Field::long(&format!("reasons-{at}"), &format!("Why it stays ({title})"))
            .hint("As the person will read it. Only for what stays.")
            .rows(2),
        Field::date(&format!("from-{at}"), &format!("The day its time counts from ({title})"))
            .hint("Needed where a statute sets a least time."),
        Field::checkboxes(
            &format!("hold-{at}"),
            &format!("Does something hold it? ({title})"),
            &[("yes", "A claim, a complaint or an investigation", "")],
        ),
    ]
}

fn choice(doing: &Doing<'_>, form: &mut Form, at: usize, class: String) -> Option<ErasureChoice> {
    let name = |part: &str| format!("{part}-{at}");
    let what = doing.sent.text(&name("what"));
    let keep = KeepGround::from_key(what);
    if keep.is_none() && what != "erase" {
        form.complain(&name("what"), "Choose whether it is erased or stays");
        return None;
    }
    let given = ["day", "month", "year"].iter().any(|part| !doing.sent.text(&format!("from-{at}-{part}")).is_empty());
    let from = if given { form.need_date(doing.sent, &name("from")) } else { None };
    let reasons = doing.sent.text(&name("reasons")).to_owned();
    if keep.is_some() && reasons.is_empty() {
        form.complain(&name("reasons"), "Write why it stays");
    }
    Some(ErasureChoice { class, keep, reasons, from, hold: doing.sent.text(&name("hold")) == "yes" })
}
