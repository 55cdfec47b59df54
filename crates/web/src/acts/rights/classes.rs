//! Say which kinds of record there are about the person, before an erasure is decided.

use services::requests::rights::hold_classes;

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const CLASSES: Act = Act {
    key: "classes",
    notice: "classes",
    then: "",
    page: |view, app| {
        let policy = app.policy().ok();
        let classes = policy.as_ref().map(|policy| policy.retention().class.as_slice()).unwrap_or_default();
        let choices: Vec<(&str, &str, String)> =
            classes.iter().map(|class| (class.id.as_str(), class.title.as_str(), class.holds.join("; "))).collect();
        let choices: Vec<(&str, &str, &str)> = choices.iter().map(|(id, title, holds)| (*id, *title, holds.as_str())).collect();
        let mut field = Field::checkboxes("class", "Which records do you hold about the person?", &choices);
        for choice in &mut field.choices {
            choice.chosen = view.request.classes.contains(&choice.value);
        }
        FormPage::new("Say which records there are", vec![field], "Save")
            .intro("These are the kinds of record of your retention schedule. You decide about each of them next.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let classes: Vec<String> = doing.sent.all("class").map(str::to_owned).collect();
        if classes.is_empty() {
            form.complain("class", "Choose at least one kind of record");
            return Ok(());
        }
        hold_classes(doing.app, doing.actor, (doing.id, doing.version), &classes).map(drop)
    },
};
