//! What the person sent through the portal: somebody here reads it and takes it up, or sets it aside.

use domain::calendar::short_date;
use domain::casework::request::ToldAbout;
use services::requests::{View, settle_told};

use super::Act;
use super::identity::{checked, checks};
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// Reading it.
pub(crate) const TOLD: Act = Act {
    key: "told",
    notice: "told",
    then: "",
    page: |view, app| {
        let choices = [
            ("take", "Take it up", "As the answer to our question, or as the proof we asked for, on the day it was sent."),
            ("aside", "Set it aside", "It answers nothing. It stays on the case."),
        ];
        let rows = view.request.waiting_told().map(|told| {
            let about = match told.what {
                ToldAbout::Question => "Our question",
                ToldAbout::Identity => "Who they are",
            };
            vec![Row::new("About", about), Row::new("Sent on", short_date(told.on)), Row::whole("Words", told.text.shown())]
        });
        let mut fields = vec![Field::radios("what", "What do you do with it?", &choices)];
        if about_identity(view) {
            fields.extend(checks(app));
        }
        FormPage::new("What the person sent", fields, "Save")
            .check(rows.unwrap_or_default())
            .law("For proof of identity: take it up once you have seen it. Note what kind of document it was; keep no copy.")
    },
    perform: |doing, form| {
        let taken = match doing.sent.text("what") {
            "take" => true,
            "aside" => false,
            _ => {
                form.complain("what", "Choose what you do with it");
                return Ok(());
            }
        };
        let check = if taken && form.fields.iter().any(|field| field.name == "means") {
            // What the person writes is no proof by itself. The day is that on which they sent it.
            checked(doing, form, Some(doing.app.today()))
        } else {
            None
        };
        if form.is_refused() {
            return Ok(());
        }
        settle_told(doing.app, doing.actor, doing.id, doing.version, taken, check.as_ref()).map(drop)
    },
};

fn about_identity(view: &View) -> bool {
    view.request.waiting_told().is_some_and(|told| told.what == ToldAbout::Identity)
}
