//! Search: choose the places and begin.

use services::requests::{ScanForm, start_search};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const SEARCH: Act = Act {
    key: "search",
    notice: "searching",
    then: "/searching",
    page: |view, app| {
        let names: Vec<(&str, &str, &str)> = app.places.iter().map(|(name, _)| (name.as_str(), name.as_str(), "")).collect();
        let mut places = Field::checkboxes("place", "Where to search", &names);
        places.choices.iter_mut().for_each(|choice| choice.chosen = true);
        if names.is_empty() {
            places = places
                .hint("No place is set up here yet. Whoever looks after Probity names the folders, mailboxes and exports it may read.");
        }
        let not_searched = Field::long("not_searched", "Places that are not searched, and why")
            .hint("One a line. The person is told. For example: paper files before 2019, destroyed under the retention schedule.")
            .rows(3);
        let parts = Field::checkboxes(
            "parts",
            "What holds only a part of the name",
            &[(
                "all",
                "Take in every item with a first name, a surname or initials alone",
                "Without this they are left out, and counted, when they are many beside what surely concerns the person.",
            )],
        );
        let person = view.request.person.get().map(|person| [person.names.join("\n"), person.emails.join("\n")].join("\n"));
        FormPage::new("Search", vec![places, not_searched, parts], "Start the search")
            .law("The search must be reasonable and proportionate (UK GDPR Article 15(1A)).")
            .check(vec![Row::whole("Looking for", person.unwrap_or_default().trim().to_owned())])
    },
    perform: |doing, form| {
        let places: Vec<String> = doing.sent.all("place").map(str::to_owned).collect();
        if places.is_empty() {
            form.complain("place", "Choose at least one place to search");
            return Ok(());
        }
        let not_searched: Vec<String> =
            doing.sent.raw("not_searched").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let parts = doing.sent.all("parts").any(|one| one == "all");
        start_search(doing.app, doing.actor, doing.id, doing.version, &ScanForm { places, not_searched, parts }).map(drop)
    },
};
