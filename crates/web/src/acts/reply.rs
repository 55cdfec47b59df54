//! Send the reply: the pack is burnt, read back, and released only when nothing leaks.

use services::requests::reply;

use super::Act;
use super::approve::searched;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const REPLY: Act = Act {
    key: "reply",
    notice: "replied",
    then: "",
    page: |view, _| {
        FormPage::new("Send the reply", Vec::new(), "Make the pack and record the reply")
            .intro("The pack is made now. What is withheld is taken out of it, not covered, and a second program reads the finished pack to make sure. If it finds anything, nothing is released.")
            .intro("Letter, pack, machine-readable copy and manifest are then kept with the request for you to send.")
            .check(searched(view))
            .aside("preview", "Read the reply letter (PDF)")
            .warning("The answer counts as given on this day.")
    },
    perform: |doing, _| reply(doing.app, doing.actor, doing.id, doing.version).map(drop),
};
