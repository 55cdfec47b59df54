//! The register of complaints.

use axum::response::Response;
use domain::casework::complaint::Stage;
use domain::people::{Actor, Relation, Verb, may};
use jiff::civil::Date;
use serde::Serialize;
use services::App;
use services::complaints::{self, ComplaintRow};
use services::requests::Keyset;

use crate::error::Problem;
use crate::extract::{Asked, Visit};
use crate::pages::line::Line;
use crate::templates::Page;
use crate::words::{Tag, day, days_between, in_words};

/// Complaints shown on Today at most.
const MOST_DUE: usize = 20;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Complaints {
    open_only: bool,
    rows: Vec<Line>,
    next: Option<String>,
}

/// The tag of a stage.
pub(super) fn tag(key: &str) -> Tag {
    let colour = match key {
        "received" => "blue",
        "acknowledged" => "yellow",
        "answered" => "green",
        _ => "grey",
    };
    Tag::new(Stage::title_of(key), colour)
}

/// `GET /complaints`
pub(crate) async fn show(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let open_only = asked.text("show") != "all";
    let states: Vec<String> = if open_only { Stage::LIVE.iter().map(|key| (*key).to_owned()).collect() } else { Vec::new() };
    let after = asked.text("after").split_once('~').and_then(|(at, id)| Some(Keyset { at: at.parse().ok()?, id: id.to_owned() }));
    let page = visit.state.run(move |app| complaints::list(app, &actor, &states, after)).await?;
    let today = page.today;
    let next = page.next.map(|next| format!("/complaints?show={}&after={}~{}", if open_only { "open" } else { "all" }, next.at, next.id));
    visit.page(&Complaints { open_only, rows: page.rows.into_iter().map(|row| line(row, today)).collect(), next })
}

/// The line of a complaint, as seen on a day.
fn line(row: ComplaintRow, today: Date) -> Line {
    Line {
        href: format!("/complaints/{}", row.id),
        reference: row.reference,
        in_words: row.due.map(|due| in_words(due, today)).unwrap_or_default(),
        due: day(row.due),
        overdue: row.due.is_some_and(|due| days_between(today, due) < 0),
        tag: tag(&row.state),
    }
}

/// Complaints whose next day is to be kept, the earliest first, for whoever may list them.
pub(in crate::pages) fn due(app: &App, actor: &Actor) -> Result<Vec<Line>, services::Error> {
    if !may(actor, Verb::ComplaintList, Relation::None) {
        return Ok(Vec::new());
    }
    let states: Vec<String> = Stage::LIVE.iter().map(|key| (*key).to_owned()).collect();
    let page = complaints::list(app, actor, &states, None)?;
    Ok(page.rows.into_iter().filter(|row| row.due.is_some()).take(MOST_DUE).map(|row| line(row, page.today)).collect())
}

/// Some lines, for samples.
pub(in crate::pages) fn sample_lines() -> Vec<Line> {
    let row = |number: u32, on: Date| ComplaintRow {
        id: domain::ids::RecordId::new(format!("c{number}")),
        reference: format!("CMP-2026-{number:04}"),
        state: "received".to_owned(),
        due: Some(on),
    };
    let today = jiff::civil::date(2026, 11, 22);
    vec![line(row(1, jiff::civil::date(2026, 11, 20)), today), line(row(2, jiff::civil::date(2026, 12, 22)), today)]
}

impl Page for Complaints {
    const TEMPLATE: &'static str = "pages/complaints/list.html";

    fn title(&self) -> String {
        "Complaints".to_owned()
    }

    fn samples() -> Vec<Self> {
        let row = |number: usize, stage: &str| Line {
            href: format!("/complaints/{number}"),
            reference: format!("CMP-2026-{number:04}"),
            due: "29 December 2026".to_owned(),
            in_words: if number == 0 { "2 days overdue".to_owned() } else { "in 37 days".to_owned() },
            overdue: number == 0,
            tag: tag(stage),
        };
        let rows = Stage::KEYS.iter().enumerate().map(|(number, stage)| row(number, stage)).collect();
        vec![
            Self { open_only: false, rows, next: Some("/complaints?show=all&after=1~x".to_owned()) },
            Self { open_only: true, rows: Vec::new(), next: None },
        ]
    }
}
