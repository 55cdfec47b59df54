//! Today: what is due, overdue first.

use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{Actor, Relation, Verb, may};
use serde::Serialize;
use services::requests::{self, ListRow};

use crate::error::Problem;
use crate::extract::Visit;
use crate::pages::line::Line;
use crate::templates::Page;

/// One tile with a number.
#[derive(Debug, Clone, Serialize)]
struct Tile {
    number: String,
    text: &'static str,
    alarming: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Today {
    date: String,
    tiles: Vec<Tile>,
    due: Vec<Line>,
    waiting: Vec<Line>,
    can_list: bool,
    can_log: bool,
}

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    if !may(&actor, Verb::TodaySee, Relation::None) {
        return Ok(Redirect::to(home(&actor)).into_response());
    }
    let (can_list, can_log) = (may(&actor, Verb::RequestList, Relation::None), may(&actor, Verb::RequestLog, Relation::None));
    let seen = visit.state.run(move |app| requests::today(app, &actor)).await?;
    let line = |row: ListRow| Line::of(row, seen.today);
    let page = Today {
        date: domain::calendar::long_date(seen.today),
        tiles: tiles(&seen),
        due: seen.due.into_iter().map(line).collect(),
        waiting: seen.waiting.into_iter().map(line).collect(),
        can_list,
        can_log,
    };
    visit.page(&page)
}

/// Where somebody without a Today page begins.
fn home(actor: &Actor) -> &'static str {
    if may(actor, Verb::RequestLog, Relation::None) {
        "/requests/new"
    } else if may(actor, Verb::UserManage, Relation::None) {
        "/people"
    } else {
        "/help"
    }
}

/// The numbers at the top. The list holds the most urgent: when all of them are overdue
/// there may be more, and the number says so.
fn tiles(seen: &requests::Today) -> Vec<Tile> {
    let within = |most: i32| seen.due.iter().filter(|row| row.days_left.is_some_and(|days| days <= most)).count();
    let shown = |count: usize| if count == seen.due.len() && count >= 20 { format!("{count}+") } else { count.to_string() };
    let overdue = within(-1);
    let mut tiles = vec![
        Tile { number: shown(overdue), text: "overdue", alarming: overdue > 0 },
        Tile { number: shown(within(7)), text: "due within 7 days", alarming: false },
    ];
    if !seen.counts.is_empty() {
        let open = seen.counts.iter().map(|(_, count)| count).sum();
        tiles.push(Tile { number: crate::words::thousands(open), text: "open in all", alarming: false });
    }
    tiles
}

impl Page for Today {
    const TEMPLATE: &'static str = "pages/today.html";

    fn title(&self) -> String {
        "Today".to_owned()
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let row = |number: u32, state: &str, due: Option<jiff::civil::Date>| {
            let days_left = due.map(|due| crate::words::days_between(today, due));
            let (id, reference) = (domain::ids::RecordId::new(format!("r{number}")), format!("SAR-2026-{number:04}"));
            ListRow { id, reference, state: state.to_owned(), owner: None, due, days_left }
        };
        let busy = requests::Today {
            today,
            due: vec![
                row(3, "review", Some(jiff::civil::date(2026, 11, 19))),
                row(7, "prepared", Some(jiff::civil::date(2026, 11, 24))),
                row(8, "open", Some(jiff::civil::date(2026, 12, 29))),
            ],
            waiting: vec![row(9, "open", None)],
            counts: vec![("open".to_owned(), 1_204)],
        };
        let quiet = requests::Today { today, due: Vec::new(), waiting: Vec::new(), counts: Vec::new() };
        let page = |seen: requests::Today| Self {
            date: domain::calendar::long_date(seen.today),
            tiles: tiles(&seen),
            due: seen.due.into_iter().map(|row| Line::of(row, today)).collect(),
            waiting: seen.waiting.into_iter().map(|row| Line::of(row, today)).collect(),
            can_list: true,
            can_log: true,
        };
        vec![page(busy), page(quiet)]
    }
}
