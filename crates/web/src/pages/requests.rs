//! The list of requests: filters in the address, search by posting, because a name
//! must never stand in an address.

use axum::response::Response;
use domain::casework::request::Stage;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use services::requests::{self, Keyset, ListQuery};

use crate::error::Problem;
use crate::extract::{Asked, Visit};
use crate::forms::{Field, Sent};
use crate::pages::line::Line;
use crate::templates::Page;
use crate::words::stage_tag;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Requests {
    search: Field,
    filters: Vec<Field>,
    caption: String,
    rows: Vec<Line>,
    empty: String,
    first: Option<String>,
    next: Option<String>,
}

/// `GET /requests`
pub(crate) async fn show(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let stages: Vec<String> = asked.all("stage").filter(|key| Stage::KEYS.contains(key)).map(str::to_owned).collect();
    let due = asked.text("due").to_owned();
    let after = keyset(asked.text("after"));
    let paged = after.is_some();
    let wanted = (stages.clone(), due.clone());
    let (page, today) = visit
        .state
        .run(move |app| {
            let today = app.today();
            let query = ListQuery { states: wanted.0, words: None, due_by: due_by(&wanted.1, today), after };
            Ok((requests::list(app, &actor, &query)?, today))
        })
        .await?;
    let address = address(&stages, &due);
    let shown = Requests {
        search: search_field(""),
        filters: filters(&stages, &due),
        caption: "Earliest due first".to_owned(),
        next: page.next.map(|next| format!("{address}after={}~{}", next.at, next.id)),
        first: paged.then(|| address.trim_end_matches(['?', '&']).to_owned()),
        rows: page.rows.into_iter().map(|row| Line::of(row, today)).collect(),
        empty: "No request fits these filters.".to_owned(),
    };
    visit.page(&shown)
}

/// `POST /requests/search`
pub(crate) async fn search(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let words = sent.text("q").to_owned();
    let query = ListQuery { words: sent.optional("q"), ..ListQuery::default() };
    let (page, today) = visit.state.run(move |app| Ok((requests::list(app, &actor, &query)?, app.today()))).await?;
    let more = page.next.is_some();
    let shown = Requests {
        search: search_field(&words),
        filters: Vec::new(),
        caption: if more { "The first of many that fit: add another word to narrow it".to_owned() } else { "What was found".to_owned() },
        rows: page.rows.into_iter().map(|row| Line::of(row, today)).collect(),
        empty: "Nothing was found. Search by whole words of a name, a whole e-mail address, or a reference.".to_owned(),
        first: Some("/requests".to_owned()),
        next: None,
    };
    visit.page(&shown)
}

fn search_field(value: &str) -> Field {
    Field::text("q", "Search").hint("A reference, a name or an e-mail address").value(value)
}

fn filters(stages: &[String], due: &str) -> Vec<Field> {
    let choices: Vec<(&str, &str, &str)> = Stage::KEYS.iter().map(|key| (*key, Stage::title_of(key), "")).collect();
    let mut stage = Field::checkboxes("stage", "Stage", &choices);
    for choice in &mut stage.choices {
        choice.chosen = stages.contains(&choice.value);
    }
    let when = [("", "Any time", ""), ("overdue", "Overdue", ""), ("week", "Within 7 days", ""), ("month", "Within 31 days", "")];
    vec![stage, Field::radios("due", "Answer due", &when).value(due)]
}

fn due_by(due: &str, today: Date) -> Option<Date> {
    let days = match due {
        "overdue" => -1,
        "week" => 7,
        "month" => 31,
        _ => return None,
    };
    today.checked_add(days.days()).ok()
}

/// The address of this list, ready for one more parameter.
fn address(stages: &[String], due: &str) -> String {
    let mut address = "/requests?".to_owned();
    for stage in stages {
        address.extend(["stage=", stage, "&"]);
    }
    if matches!(due, "overdue" | "week" | "month") {
        address.extend(["due=", due, "&"]);
    }
    address
}

fn keyset(text: &str) -> Option<Keyset> {
    let (at, id) = text.split_once('~')?;
    Some(Keyset { at: at.parse().ok()?, id: id.to_owned() })
}

impl Page for Requests {
    const TEMPLATE: &'static str = "pages/requests.html";

    fn title(&self) -> String {
        "Requests".to_owned()
    }

    fn samples() -> Vec<Self> {
        let row = |reference: String, stage: &str, overdue| Line {
            href: format!("/requests/{reference}"),
            reference,
            due: "30 November 2026".to_owned(),
            in_words: if overdue { "3 days overdue".to_owned() } else { "in 8 days".to_owned() },
            overdue,
            tag: stage_tag(stage),
        };
        let rows = Stage::KEYS.iter().enumerate().map(|(index, stage)| row(format!("SAR-2026-{index:04}"), stage, index == 0)).collect();
        let full = Self {
            search: search_field(""),
            filters: filters(&["open".to_owned()], "week"),
            caption: "Earliest due first".to_owned(),
            rows,
            empty: String::new(),
            first: Some("/requests".to_owned()),
            next: Some("/requests?after=1~abc".to_owned()),
        };
        let none = Self {
            search: search_field("Amelia Hart"),
            filters: Vec::new(),
            caption: String::new(),
            rows: Vec::new(),
            empty: "Nothing was found.".to_owned(),
            first: None,
            next: None,
        };
        vec![full, none]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_carries_filters_and_nothing_else() {
        assert_eq!(address(&["open".to_owned(), "review".to_owned()], "week"), "/requests?stage=open&stage=review&due=week&");
        assert_eq!(address(&[], "anything"), "/requests?");
    }

    #[test]
    fn a_page_continues_after_a_keyset() {
        let keyset = keyset("1764000000000000~r1").unwrap();
        assert_eq!((keyset.at, keyset.id.as_str()), (1_764_000_000_000_000, "r1"));
        assert!(super::keyset("r1").is_none() && super::keyset("x~r1").is_none());
    }
}
