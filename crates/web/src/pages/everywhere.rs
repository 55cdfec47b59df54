//! The same words decided alike in every item: first how many places, then all of them, or none.

use domain::ids::RecordId;
use domain::people::Actor;
use services::App;
use services::review::{self, Everywhere, Filter};
use services::sar::Decision;

use crate::forms::Field;
use crate::once;
use crate::pages::form_page::FormPage;
use crate::pages::queue::{pairs, query};
use crate::words::count;

/// The field that says how many places the person was told.
pub(super) const TOLD: &str = "places";

/// The page that says what it would change.
pub(super) fn ask(
    app: &App,
    actor: &Actor,
    id: &str,
    at: (u64, u64, usize),
    decision: Decision,
    filter: &Filter,
) -> Result<FormPage, services::Error> {
    let found = review::everywhere(app, actor, &RecordId::new(id.to_owned()), at, decision)?;
    let (index, version, mark) = at;
    let mut page = form(&found, decision);
    let word = match decision {
        Decision::Withhold => "withhold-everywhere",
        Decision::Show => "show-everywhere",
    };
    for (name, value) in [("mark", mark.to_string()), ("version", version.to_string()), ("decision", word.to_owned())] {
        page.form.fields.push(Field::hidden(name, &value));
    }
    page.form.fields.extend(pairs(filter).iter().map(|(name, value)| Field::hidden(name, value)));
    page.action = format!("/requests/{id}/review/{index}");
    page.back = format!("/requests/{id}/review/{index}{}", query(filter, &[]));
    page.once = once::fresh();
    Ok(page)
}

/// What it would change, in words.
fn form(found: &Everywhere, decision: Decision) -> FormPage {
    let (heading, button, other) = match decision {
        Decision::Withhold => ("Withhold these words everywhere", "Withhold them everywhere", "shown"),
        Decision::Show => ("Show these words everywhere", "Show them everywhere", "withheld"),
    };
    let where_they_are = format!("{} in {}", count(found.places, "place", "places"), count(found.items, "item", "items"));
    let mut page = FormPage::new(heading, vec![Field::hidden(TOLD, &found.places.to_string())], button)
        .intro(format!("\u{201c}{}\u{201d} would be decided in {where_they_are}, in whatever spelling it stands there.", found.words))
        .intro("You can undo it in one go as long as nobody decided one of the items since.");
    if found.turned > 0 {
        page = page.warning(&format!("{} by a person before. This turns that round.", turned(found.turned, other)));
    }
    "Review".clone_into(&mut page.caption);
    page
}

fn turned(places: u64, other: &str) -> String {
    format!("{} {} {other}", count(places, "place", "places"), if places == 1 { "was" } else { "were" })
}

/// For the sample pages: invented.
pub(crate) fn sample() -> FormPage {
    let found = Everywhere { words: "Josephine Adeyemi-Whitcombe".to_owned(), places: 41, items: 17, turned: 3 };
    let mut page = form(&found, Decision::Show);
    "/requests/x/review/2".clone_into(&mut page.action);
    page
}
