//! Close a finished request: the review's copies go, the evidence stays.

use services::requests::close;

use super::Act;
use crate::pages::form_page::{FormPage, Row};
use crate::words::stage_tag;

/// The act.
pub(crate) const CLOSE: Act = Act {
    key: "close",
    notice: "closed",
    then: "",
    page: |view, _| {
        FormPage::new("Close the request", Vec::new(), "Close the request")
            .intro("Letters, the pack and the log are kept. The copies of items that were made for the review are destroyed.")
            .check(vec![Row::new("Stage", stage_tag(view.request.stage.key()).text)])
            .warning("The review cannot be opened again after this.")
    },
    perform: |doing, _| close(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
