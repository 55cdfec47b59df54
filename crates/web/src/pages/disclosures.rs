//! What was disclosed and withheld in a case: a page, a table, a document.

use axum::response::Response;
use domain::ids::RecordId;
use serde::Serialize;
use services::review::{DisclosureLog, DisclosureRow, Outcome, WithheldRow, disclosures, disclosures_csv, disclosures_pdf};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::pages::documents::download;
use crate::templates::Page;
use crate::words::{count, moment};

/// One item.
#[derive(Debug, Clone, Serialize)]
struct Line {
    title: String,
    outcome: &'static str,
    withheld: Vec<String>,
    decided: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Disclosures {
    reference: String,
    closed: bool,
    facts: Vec<String>,
    lines: Vec<Line>,
    /// Items beyond those that the page shows.
    beyond: String,
    here: String,
    back: String,
}

/// Items on the page; the files have all of them.
const MOST: usize = 500;

/// `GET /requests/{id}/disclosures`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let back = format!("/requests/{id}");
    let log = visit.state.run(move |app| disclosures(app, &actor, &RecordId::new(id))).await?;
    visit.page(&page(&log, back))
}

/// `GET /requests/{id}/disclosures/{form}`: `csv` or `pdf`.
pub(crate) async fn file(visit: Visit, At((id, form)): At<(String, String)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let id = RecordId::new(id);
    if form == "pdf" {
        let pdf = visit.state.run(move |app| disclosures_pdf(app, &actor, &id)).await?;
        return Ok(download("disclosure-log.pdf", "application/pdf", pdf));
    }
    let log = visit.state.run(move |app| disclosures(app, &actor, &id)).await?;
    if form == "csv" {
        Ok(download("disclosure-log.csv", "text/csv; charset=utf-8", disclosures_csv(&log).into_bytes()))
    } else {
        Err(Problem::NotFound)
    }
}

fn page(log: &DisclosureLog, back: String) -> Disclosures {
    let of = |outcome| log.rows.iter().filter(|row| row.outcome == outcome).count() as u64;
    let withheld: u64 = log.rows.iter().flat_map(|row| &row.withheld).map(|one| one.places).sum();
    let counts =
        [(Outcome::Disclosed, of(Outcome::Disclosed)), (Outcome::LeftOut, of(Outcome::LeftOut)), (Outcome::Open, of(Outcome::Open))];
    let mut facts: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(outcome, n)| format!("{}: {}.", outcome.title(), count(*n, "item", "items"))).collect();
    if withheld > 0 {
        facts.push(format!("Withheld in {}.", count(withheld, "place", "places")));
    }
    let beyond = log.rows.len().saturating_sub(MOST) as u64;
    Disclosures {
        reference: log.reference.clone(),
        closed: log.closed,
        facts,
        lines: log.rows.iter().take(MOST).map(line).collect(),
        beyond: if beyond > 0 { format!("{} more stand in the files.", count(beyond, "item", "items")) } else { String::new() },
        here: format!("{back}/disclosures"),
        back,
    }
}

fn line(row: &DisclosureRow) -> Line {
    let withheld = |one: &WithheldRow| format!("{}, in {}: {}", one.kind, count(one.places, "place", "places"), one.ground);
    Line {
        title: format!("{}. {}", row.number, row.title),
        outcome: row.outcome.title(),
        withheld: row.withheld.iter().map(withheld).collect(),
        decided: row.decided_at.map(|at| format!("{}, {}", row.decided_by, moment(at))).unwrap_or_default(),
    }
}

impl Page for Disclosures {
    const TEMPLATE: &'static str = "pages/disclosures.html";

    fn title(&self) -> String {
        format!("What was disclosed and withheld, {}", self.reference)
    }

    fn samples() -> Vec<Self> {
        let at = jiff::Timestamp::from_second(1_795_340_000).ok();
        let row = |number, outcome, withheld| DisclosureRow {
            number,
            title: "Re: timetable for the spring term (office mailbox)".to_owned(),
            outcome,
            withheld,
            shown: 0,
            decided_by: "Sam Reed".to_owned(),
            decided_at: at,
        };
        let ground = "Data Protection Act 2018, Schedule 2, paragraph 16".to_owned();
        let withheld = vec![WithheldRow { kind: "name of another person".to_owned(), ground, places: 3 }];
        let rows = vec![
            row(1, Outcome::Disclosed, withheld),
            row(2, Outcome::LeftOut, Vec::new()),
            DisclosureRow { decided_at: None, ..row(3, Outcome::Duplicate, Vec::new()) },
            DisclosureRow { decided_at: None, ..row(4, Outcome::Open, Vec::new()) },
        ];
        let full = DisclosureLog { reference: "SAR-2026-0007".to_owned(), rows, closed: false };
        let closed = DisclosureLog { rows: Vec::new(), closed: true, ..full.clone() };
        let empty = DisclosureLog { closed: false, ..closed.clone() };
        let back = || "/requests/x".to_owned();
        let beyond = Self { beyond: "4,500 items more stand in the files.".to_owned(), ..page(&full, back()) };
        vec![beyond, page(&closed, back()), page(&empty, back())]
    }
}
