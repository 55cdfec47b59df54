//! The same words in many items, the most frequent first: one decision settles them all.

use axum::response::Response;
use domain::ids::RecordId;
use serde::Serialize;
use services::review::{self, Group, Groups, Kind};
use services::sar::{Decision, kind_words};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Sent};
use crate::once;
use crate::pages::form_page::FormPage;
use crate::templates::Page;
use crate::words::count;

/// The field that says that a decision was begun on this page.
const FROM: (&str, &str) = ("from", "words");

/// Some words with what can be decided about them.
#[derive(Debug, Clone, Serialize)]
struct Line {
    words: String,
    kind: &'static str,
    proposed: &'static str,
    places: String,
    item: String,
    action: String,
    mark: usize,
    version: u64,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SameWords {
    reference: String,
    open: bool,
    lines: Vec<Line>,
    beyond: String,
    back: String,
    once: String,
}

/// `GET /requests/{id}/review/words`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let back = format!("/requests/{id}/review");
    let groups = visit.state.run(move |app| review::groups(app, &actor, &RecordId::new(id))).await?;
    visit.page(&page(&groups, back))
}

/// Whether a decision was begun on this page.
pub(super) fn is_from(sent: &Sent) -> bool {
    sent.text(FROM.0) == FROM.1
}

/// Has the page that asks lead back here. `list` is the address of the review.
pub(super) fn lead_back(asked: &mut FormPage, list: String) {
    asked.form.fields.push(Field::hidden(FROM.0, FROM.1));
    asked.back = format!("{list}/words");
}

fn page(groups: &Groups, back: String) -> SameWords {
    let beyond = match groups.beyond {
        0 => String::new(),
        more => format!(
            "{} that stand in fewer places follow when these are decided.",
            count(more, "more group of words", "more groups of words")
        ),
    };
    SameWords {
        reference: groups.reference.clone(),
        open: groups.reviewing,
        lines: groups.groups.iter().map(|group| line(group, &back)).collect(),
        beyond,
        back,
        once: once::fresh(),
    }
}

fn line(group: &Group, list: &str) -> Line {
    let (item, version, mark) = group.at;
    Line {
        words: group.words.clone(),
        kind: kind_words(group.kind),
        proposed: match group.proposed {
            Decision::Withhold => "Withhold",
            Decision::Show => "Show",
        },
        places: format!("{} in {}", count(group.open, "place", "places"), count(group.items, "item", "items")),
        item: format!("Item {}", item + 1),
        action: format!("{list}/{item}"),
        mark,
        version,
    }
}

impl Page for SameWords {
    const TEMPLATE: &'static str = "pages/same_words.html";

    fn title(&self) -> String {
        format!("Same words in many items, {}", self.reference)
    }

    fn samples() -> Vec<Self> {
        let group =
            |words: &str, kind, proposed, open, items| Group { words: words.to_owned(), kind, proposed, open, items, at: (4, 2, 1) };
        let groups = vec![
            group("Josephine Adeyemi-Whitcombe", Kind::Person, Decision::Withhold, 1_204, 310),
            group("Priya Nair", Kind::Person, Decision::Show, 88, 41),
            group("07700 900123", Kind::Phone, Decision::Withhold, 1, 1),
        ];
        let full = Groups { reference: "SAR-2026-0007".to_owned(), reviewing: true, groups, beyond: 57 };
        let done = Groups { groups: Vec::new(), beyond: 0, ..full.clone() };
        let over = Groups { reviewing: false, ..done.clone() };
        [full, done, over].iter().map(|groups| page(groups, "/requests/x/review".to_owned())).collect()
    }
}
