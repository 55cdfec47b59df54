//! The register of complaints.

use axum::response::Response;
use domain::casework::complaint::Stage;
use serde::Serialize;
use services::complaints::{self, ComplaintRow};
use services::requests::Keyset;

use crate::error::Problem;
use crate::extract::{Asked, Visit};
use crate::pages::line::Line;
use crate::templates::Page;
use crate::words::{Tag, day, days_between, in_words};

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
    let line = |row: ComplaintRow| Line {
        href: format!("/complaints/{}", row.id),
        reference: row.reference,
        in_words: row.due.map(|due| in_words(due, today)).unwrap_or_default(),
        due: day(row.due),
        overdue: row.due.is_some_and(|due| days_between(today, due) < 0),
        tag: tag(&row.state),
    };
    let next = page.next.map(|next| format!("/complaints?show={}&after={}~{}", if open_only { "open" } else { "all" }, next.at, next.id));
    visit.page(&Complaints { open_only, rows: page.rows.into_iter().map(line).collect(), next })
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
