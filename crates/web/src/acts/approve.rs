//! Sign-off by a second person, or back to the review.

use services::requests::{View, approve, reopen};

use super::Act;
use super::refuse::refusing;
use crate::pages::form_page::{FormPage, Row};
use crate::pages::request::decided;
use crate::words::thousands;

/// Approving.
pub(crate) const APPROVE: Act = Act {
    key: "approve",
    notice: "approved",
    then: "",
    page: |view, _| {
        let request = &view.request;
        let what = if request.refusing.is_some() {
            "Approve the refusal"
        } else if request.kind.searches() {
            "Approve the reply"
        } else {
            "Approve the answer"
        };
        let mut page = FormPage::new(what, Vec::new(), what);
        let undone = request.unsigned_words();
        if !undone.is_empty() {
            page = page.intro(undone);
        }
        if !view.sign_off.is_empty() {
            page = page.law(&format!("By your policy it is signed off by the {}.", view.sign_off));
        }
        let rows: Vec<Row> = refusing(view).into_iter().chain(searched(view)).chain(decided(&view.request)).collect();
        page.intro("Check what was searched or decided, and read the letter. You must not be the person who prepared it, decided it or changed it.")
            .check(rows)
            .aside("preview", "Read the letter (PDF)")
    },
    perform: |doing, _| approve(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// Back to the review.
pub(crate) const REOPEN: Act = Act {
    key: "reopen",
    notice: "reopened",
    then: "",
    page: |view, _| {
        let page = if view.request.refusing.is_none() && view.request.kind.searches() {
            FormPage::new("Open the review again", Vec::new(), "Open the review again")
        } else {
            FormPage::new("Send it back", Vec::new(), "Send it back")
                .intro("It goes back to where it stood; what was decided is decided again.")
        };
        page.intro("Approval, if it was given, is taken back.")
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
