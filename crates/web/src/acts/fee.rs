//! A fee: hardly ever.

use domain::casework::request::FeeGround;
use services::requests::charge;

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const FEE: Act = Act {
    key: "fee",
    notice: "saved",
    then: "",
    page: |_, _| {
        let grounds = [
            ("unfounded", "The request is manifestly unfounded", ""),
            ("excessive", "The request is manifestly excessive", ""),
            ("copies", "Further copies of what was already given", ""),
            ("none", "None of these", ""),
        ];
        let fields = vec![
            Field::radios("ground", "On what ground?", &grounds),
            Field::long("reasons", "The reasons, and how the amount is made up"),
        ];
        FormPage::new("Ask for a fee", fields, "Ask for the fee")
            .law("An answer is free of charge (UK GDPR Article 12(5)). Only these grounds allow a reasonable fee, and you must be able to show that one applies.")
    },
    perform: |doing, form| {
        let ground = match doing.sent.text("ground") {
            "unfounded" => Some(FeeGround::Unfounded),
            "excessive" => Some(FeeGround::Excessive),
            "copies" => Some(FeeGround::FurtherCopies),
            _ => None,
        };
        let reasons = form.need(doing.sent, "reasons", "Write the reasons");
        if form.is_refused() { Ok(()) } else { charge(doing.app, doing.actor, doing.id, doing.version, ground, &reasons).map(drop) }
    },
};
