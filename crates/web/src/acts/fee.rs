//! A fee: hardly ever, itemised, and never a fixed amount.

use domain::casework::request::{FeeGround, FeeLine, SIGNS};
use services::requests::{FeeForm, charge, fee_paid};

use super::Act;
use crate::forms::{Field, Form, Sent};
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const FEE: Act = Act {
    key: "fee",
    notice: "fee-asked",
    then: "",
    page: |_, _| {
        let grounds = [
            ("unfounded", "The request is manifestly unfounded", ""),
            ("excessive", "The request is manifestly excessive", ""),
            ("copies", "Further copies of what was already given", ""),
            ("none", "None of these", "Then no fee can be asked."),
        ];
        let fields = vec![
            Field::radios("ground", "On what ground?", &grounds),
            signs(),
            Field::long("reasons", "The reasons, as the person will read them"),
            Field::long("lines", "What is the fee made up of?")
                .hint("One item a line, ending in its amount in pounds. For example: Copying, 120 pages 6.00")
                .rows(4),
        ];
        FormPage::new("Ask for a fee", fields, "Ask for the fee and make the letter")
            .law("An answer is free of charge (UK GDPR Article 12(5)). Only these grounds allow a reasonable fee for your costs, and you must be able to show that one applies. A fixed fee such as £10 is not lawful.")
    },
    perform: |doing, form| {
        let ground = match doing.sent.text("ground") {
            "unfounded" => Some(FeeGround::Unfounded),
            "excessive" => Some(FeeGround::Excessive),
            "copies" => Some(FeeGround::FurtherCopies),
            _ => None,
        };
        let mut fee = FeeForm { ground, ..FeeForm::default() };
        if ground.is_some() {
            fee.reasons = form.need(doing.sent, "reasons", "Write the reasons");
            fee.signs = doing.sent.all("sign").map(str::to_owned).collect();
            fee.lines = lines(doing.sent, form);
        }
        if form.is_refused() { Ok(()) } else { charge(doing.app, doing.actor, doing.id, doing.version, &fee).map(drop) }
    },
};

/// It was paid.
pub(crate) const FEE_PAID: Act = Act {
    key: "fee-paid",
    notice: "fee-paid",
    then: "",
    page: |view, _| {
        let rows = view.request.fee.as_ref().map(|fee| Row::new("Asked for on", domain::calendar::long_date(fee.asked)));
        FormPage::new("The fee was paid", vec![Field::date("on", "When was it paid?")], "Save")
            .law("The time for the answer begins on the day of payment (UK GDPR Article 12A(2)(c)).")
            .check(rows.into_iter().collect())
    },
    perform: |doing, form| match form.need_date(doing.sent, "on") {
        Some(on) => fee_paid(doing.app, doing.actor, doing.id, doing.version, on).map(drop),
        None => Ok(()),
    },
};

/// What shows that a request is manifestly unfounded or excessive, and what is not enough.
pub(super) fn signs() -> Field {
    let choices: Vec<(&str, &str, &str)> = SIGNS
        .iter()
        .map(|sign| (sign.key, sign.title, if sign.speaks_for.is_some() { "" } else { "This is not enough by itself." }))
        .collect();
    Field::checkboxes("sign", "What do you see in this request?", &choices)
        .hint("Only for a request that is manifestly unfounded or excessive. You must be able to show it.")
}

/// Items with amounts, one a line.
fn lines(sent: &Sent, form: &mut Form) -> Vec<FeeLine> {
    let mut lines = Vec::new();
    for line in sent.lines("lines") {
        match fee_line(&line) {
            Some(read) => lines.push(read),
            None => form.complain("lines", "End each line in an amount in pounds, like 4.20"),
        }
    }
    lines
}

/// `Copying 120 pages £6.00` as an item.
fn fee_line(line: &str) -> Option<FeeLine> {
    let (what, amount) = line.rsplit_once(char::is_whitespace)?;
    let amount = amount.trim_start_matches('£');
    let (pounds, pence) = amount.split_once('.').unwrap_or((amount, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || !digits(pence) || pence.len() != 2 {
        return None;
    }
    let pence = pounds.parse::<u32>().ok()?.checked_mul(100)?.checked_add(pence.parse().ok()?)?;
    Some(FeeLine { what: what.trim().trim_end_matches([':', ',', '–', '-']).trim().to_owned(), pence })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_ends_in_its_amount() {
        assert_eq!(fee_line("Copying, 120 pages £6.05"), Some(FeeLine { what: "Copying, 120 pages".into(), pence: 605 }));
        assert_eq!(fee_line("Postage: 4"), Some(FeeLine { what: "Postage".into(), pence: 400 }));
        for bad in ["Postage", "Postage 4.2", "Postage four", "Postage 99999999999.00", "6.00"] {
            assert_eq!(fee_line(bad), None, "{bad}");
        }
    }
}
