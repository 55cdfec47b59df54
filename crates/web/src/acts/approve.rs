//! Sign-off by a second person, or back to the review.

use services::requests::{View, approve, reopen};

use super::Act;
use crate::pages::form_page::{FormPage, Row};
use crate::words::thousands;

/// Approving.
pub(crate) const APPROVE: Act = Act {
    key: "approve",
    notice: "approved",
    then: "",
    page: |view, _| {
        let mut page = FormPage::new("Approve the reply", Vec::new(), "Approve the reply");
        if !view.sign_off.is_empty() {
            page = page.law(&format!("By your policy it is signed off by the {}.", view.sign_off));
        }
        page.intro("Check what was searched and what was found, and read the letter. You must not be the person who finished the review.")
            .check(searched(view))
            .aside("preview", "Read the reply letter (PDF)")
    },
    perform: |doing, _| approve(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// Back to the review.
pub(crate) const REOPEN: Act = Act {
    key: "reopen",
    notice: "reopened",
    then: "",
    page: |_, _| {
        FormPage::new("Open the review again", Vec::new(), "Open the review again").intro("Approval, if it was given, is taken back.")
    },
    perform: |doing, _| reopen(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// What was searched and found.
pub(super) fn searched(view: &View) -> Vec<Row> {
    let Some(search) = &view.request.search else { return Vec::new() };
    let mut rows = vec![Row::whole("Searched", search.places.join("\n"))];
    if !search.not_searched.is_empty() {
        rows.push(Row::whole("Not searched", search.not_searched.join("\n")));
    }
    rows.push(Row::new("Items read", thousands(search.met)));
    rows.push(Row::new("Put into the review", thousands(search.found)));
    rows.push(Row::new("Could not be read", thousands(search.unreadable)));
    rows
}
