//! A use stops: marketing, photographs and film, or what rested on another consent.

use domain::casework::request::{ActionKind, NewAction, TakeDown};
use domain::rights::RequestKind;
use services::requests::rights::stop;

use super::super::Act;
use super::lines;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// What is normally done about pictures: key, words, kind.
const PLACES: &[(&str, &str, ActionKind)] = &[
    ("originals", "Delete the originals", ActionKind::Erase),
    ("web", "Take it down from web pages and social media", ActionKind::TakeDown),
    ("board", "Take it off notice boards", ActionKind::TakeDown),
    ("print", "Collect or stop printed copies: brochures, newsletters", ActionKind::TakeDown),
    ("sent", "Tell those who received copies to delete theirs: funders, newspapers", ActionKind::Tell),
    ("backups", "Put copies in backups beyond use", ActionKind::Other),
];

/// The act.
pub(crate) const STOP: Act = Act {
    key: "stop",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let kind = view.request.kind;
        let (what, value) = match kind {
            RequestKind::Marketing => ("What has stopped?", "All direct marketing"),
            RequestKind::Photographs => ("Which photographs or film is it about?", ""),
            _ => ("What did the person consent to?", ""),
        };
        let mut fields = vec![Field::long("what", what).rows(3).value(value)];
        if kind == RequestKind::Photographs {
            let choices: Vec<(&str, &str, &str)> = PLACES.iter().map(|(key, title, _)| (*key, *title, "")).collect();
            fields.push(Field::checkboxes("place", "What has to be done?", &choices));
        }
        fields.push(
            Field::long("further", "What else has to be done?")
                .hint("One thing on a line, for example: remove the picture on the page about the summer fair.")
                .rows(4),
        );
        fields.push(Field::text("who", "Who does it?"));
        fields.push(Field::long("stays", "What stays for another reason, and which?").hint("Leave empty if nothing does.").rows(2));
        FormPage::new(kind.procedure().decide, fields, "Keep it and open the tasks")
            .law("This right has no exceptions. The mark is in force since the message came; the request can be closed once every task is done.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let what = form.need(doing.sent, "what", "Enter what it is about");
        if form.is_refused() {
            return Ok(());
        }
        let who = doing.sent.text("who");
        let action = |kind: ActionKind, what: &str| NewAction { kind, what: what.to_owned(), who: who.to_owned(), due: None };
        let chosen = PLACES.iter().filter(|(key, _, _)| doing.sent.all("place").any(|place| place == *key));
        let mut actions: Vec<NewAction> = chosen.map(|(_, title, kind)| action(*kind, title)).collect();
        actions.extend(lines(doing.sent, "further").iter().map(|line| action(ActionKind::TakeDown, line)));
        let form = TakeDown { what, stays: doing.sent.text("stays").to_owned(), actions };
        stop(doing.app, doing.actor, (doing.id, doing.version), &form).map(drop)
    },
};
