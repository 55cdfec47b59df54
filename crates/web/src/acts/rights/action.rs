//! What has to be done because of a request: add it, and record that it was done.

use domain::calendar::short_date;
use domain::casework::request::{ActionKind, NewAction};
use services::requests::rights::{ActionForm, action_done, action_open};

use super::super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;
use crate::submit;

/// Adding.
pub(crate) const ACTION: Act = Act {
    key: "action",
    notice: "action-added",
    then: "",
    page: |_, _| {
        let kinds: Vec<(&str, &str, &str)> = ActionKind::ALL.iter().map(|kind| (kind.key(), kind.title(), "")).collect();
        let fields = vec![
            Field::radios("kind", "What kind of thing is it?", &kinds),
            Field::text("what", "What has to be done?"),
            Field::text("who", "Who does it?"),
            Field::date("due", "By when?").hint("The latest day. It does not move to a working day. Leave empty if there is none."),
        ];
        FormPage::new("Add something that has to be done", fields, "Add it").intro("The request cannot be closed before it is done.")
    },
    perform: |doing, form| {
        let kind = ActionKind::from_key(doing.sent.text("kind"));
        if kind.is_none() {
            form.complain("kind", "Choose what kind of thing it is");
        }
        let what = form.need(doing.sent, "what", "Enter what has to be done");
        let given = ["due-day", "due-month", "due-year"].iter().any(|part| !doing.sent.text(part).is_empty());
        let due = if given { form.need_date(doing.sent, "due") } else { None };
        let Some(kind) = kind.filter(|_| !form.is_refused()) else { return Ok(()) };
        let action = NewAction { kind, what, who: doing.sent.text("who").to_owned(), due };
        action_open(doing.app, doing.actor, (doing.id, doing.version), &action).map(drop)
    },
};

/// Done.
pub(crate) const ACTION_DONE: Act = Act {
    key: "action-done",
    notice: "action-done",
    then: "",
    page: |view, app| {
        let open: Vec<(String, String, String)> = view
            .request
            .open_actions()
            .map(|action| {
                let due = action.due.map(|due| format!("By {}", short_date(due))).unwrap_or_default();
                (action.number.to_string(), action.what.shown(), due)
            })
            .collect();
        let choices: Vec<(&str, &str, &str)> = open.iter().map(|(key, what, due)| (key.as_str(), what.as_str(), due.as_str())).collect();
        let fields = vec![
            Field::radios("action", "What was done?", &choices).value(if choices.len() == 1 {
                choices.first().map_or("", |one| one.0)
            } else {
                ""
            }),
            Field::date("on", "On which day?").value(&app.today().to_string()),
            Field::text("time", "At what time?").hint("If you know it, for example 14:30."),
            Field::long("proof", "Where can it be seen?")
                .hint("For example: the page is gone, mail to the surgery. Or why it was not needed.")
                .rows(3),
        ];
        FormPage::new("Record what was done", fields, "Save")
    },
    perform: |doing, form| {
        let number: Option<u32> = doing.sent.text("action").parse().ok();
        if number.is_none() {
            form.complain("action", "Choose what was done");
        }
        let on = submit::when(form, doing.sent, "on", "time");
        let proof = form.need(doing.sent, "proof", "Write where it can be seen, or why it was not needed");
        match (number, on) {
            (Some(number), Some(on)) if !form.is_refused() => {
                action_done(doing.app, doing.actor, (doing.id, doing.version), &ActionForm { number, on, proof }).map(drop)
            }
            _ => Ok(()),
        }
    },
};
