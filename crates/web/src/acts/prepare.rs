//! Finish the review: everything is decided, somebody else looks at it next.

use services::requests::prepare;

use super::Act;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const PREPARE: Act = Act {
    key: "prepare",
    notice: "prepared",
    then: "",
    page: |_, _| {
        FormPage::new("Finish the review", Vec::new(), "Finish the review")
            .intro("Every item and every proposal must be decided. The reply then waits for a second person to approve it.")
    },
    perform: |doing, _| prepare(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
