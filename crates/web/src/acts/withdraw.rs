//! The person takes the request back.

use services::requests::withdraw;

use super::Act;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const WITHDRAW: Act = Act {
    key: "withdraw",
    notice: "withdrawn",
    then: "",
    page: |_, _| {
        FormPage::new("The person took the request back", Vec::new(), "Record the withdrawal")
            .intro("Only the person can do this, and nobody may press them to. Keep their message with your own papers.")
            .warning("The request ends with this. If they ask again, it is a new request.")
    },
    perform: |doing, _| withdraw(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
