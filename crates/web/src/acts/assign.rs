//! Putting somebody in charge, or letting them help.

use domain::calendar::short_date;
use domain::ids::UserId;
use services::requests::{AssignForm, assign};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const ASSIGN: Act = Act {
    key: "assign",
    notice: "assigned",
    then: "",
    page: |view, _| {
        let hints: Vec<String> = view
            .handlers
            .iter()
            .map(|row| match row.trained_on {
                _ if view.training.is_empty() => String::new(),
                Some(on) => format!("Course on {}", short_date(on)),
                None => "No course on record".to_owned(),
            })
            .collect();
        let people: Vec<(&str, &str, &str)> =
            view.handlers.iter().zip(&hints).map(|(row, hint)| (row.user.as_str(), row.name.as_str(), hint.as_str())).collect();
        let mut fields = vec![
            Field::radios("to", "To whom?", &people),
            Field::radios(
                "part",
                "As what?",
                &[("charge", "In charge of the request", ""), ("help", "Helps, for example with the review", "")],
            ),
        ];
        let mut page = FormPage::new("Assign the request", Vec::new(), "Assign it");
        if !view.training.is_empty() {
            fields.push(Field::date("trained", "Day of their course").hint("Only where no course is on record."));
            page = page.law(&format!("Your policy asks that whoever answers requests has had a training first: {}.", view.training));
        }
        page.form.fields = fields;
        let owner = view.owner.clone().unwrap_or_else(|| "nobody yet".to_owned());
        page.check(vec![Row::new("In charge", owner)])
    },
    perform: |doing, form| {
        let to = form.need(doing.sent, "to", "Choose somebody");
        let part = form.need(doing.sent, "part", "Choose as what");
        let given = ["trained-day", "trained-month", "trained-year"].iter().any(|part| !doing.sent.text(part).is_empty());
        let trained_on = if given { form.need_date(doing.sent, "trained") } else { None };
        if form.is_refused() {
            return Ok(());
        }
        let wanted = AssignForm { to: UserId::new(to), in_charge: part == "charge", trained_on };
        assign(doing.app, doing.actor, doing.id, doing.version, &wanted).map(drop)
    },
};
