//! Decide about a restriction.

use domain::casework::request::RestrictionGround;
use services::requests::rights::restrict;

use super::super::Act;
use super::lines;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const RESTRICT: Act = Act {
    key: "restrict",
    notice: "decided-right",
    then: "",
    page: |view, _| {
        let grounds = [
            ("disputed", "The person says that the data is wrong, and we are checking it", ""),
            ("unlawful", "The use was not lawful, and the person does not want it erased", ""),
            ("claims", "We no longer need it, but the person needs it for a legal claim", ""),
            ("objection", "The person objected, and we are weighing the objection", ""),
            ("none", "No ground applies: the use goes on", "It needs the reasons."),
        ];
        let fields = vec![
            Field::radios("ground", "Why is it restricted?", &grounds),
            Field::long("reasons", "The reasons, as the person will read them").rows(3),
            Field::long("recipients", "Who received the data from us?")
                .hint("One on a line. A task to tell them is opened for each.")
                .rows(3),
        ];
        FormPage::new("Decide on the restriction", fields, "Keep the decision")
            .law("Restricted data is stored and nothing else, unless the person agrees or it is needed for legal claims, to protect somebody’s rights or for an important public interest (UK GDPR Article 18(2)). A mark is made at once.")
            .check(vec![Row::whole("They wrote", view.request.words.shown())])
    },
    perform: |doing, form| {
        let key = doing.sent.text("ground");
        let ground = RestrictionGround::from_key(key);
        if ground.is_none() && key != "none" {
            form.complain("ground", "Choose why it is restricted, or that none applies");
        }
        let reasons =
            if key == "none" { form.need(doing.sent, "reasons", "Write the reasons") } else { doing.sent.text("reasons").to_owned() };
        if form.is_refused() {
            return Ok(());
        }
        restrict(doing.app, doing.actor, (doing.id, doing.version), ground, &reasons, &lines(doing.sent, "recipients")).map(drop)
    },
};
