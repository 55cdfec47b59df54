//! Everything the search found, with how far the review has come.

use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::RecordId;
use serde::Serialize;
use services::requests::see;
use services::review::{Filter, ReviewRow, ReviewSummary, accept_rest, rows};

use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::forms::{Field, Sent};
use crate::once;
use crate::templates::Page;
use crate::words::{Tag, thousands};

/// One item in the list; without `href` there is nothing to decide about it.
#[derive(Debug, Clone, Serialize)]
struct ItemLine {
    href: String,
    title: String,
    band: Option<Tag>,
    state: Tag,
    note: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Review {
    reference: String,
    open: bool,
    decided: u64,
    total: u64,
    notes: Vec<String>,
    continue_at: Option<String>,
    finish: Option<String>,
    accept: String,
    filter: Field,
    items: Vec<ItemLine>,
    first: Option<String>,
    more: Option<String>,
    here: String,
    back: String,
    once: String,
}

/// `GET /requests/{id}/review`
pub(crate) async fn show(visit: Visit, At(id): At<String>, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (show, after) = (asked.text("show").to_owned(), asked.text("after").parse().ok());
    let filter = filter_of(&show);
    let (view, (items, summary)) = visit
        .state
        .run(move |app| {
            let id = RecordId::new(id);
            Ok((see(app, &actor, &id)?, rows(app, &actor, &id, filter, after)?))
        })
        .await?;
    let back = format!("/requests/{}", view.request.facts.id);
    let here = format!("{back}/review");
    let open = view.request.stage.key() == "review" && view.may_work;
    let address = if show.is_empty() { format!("{here}?") } else { format!("{here}?show={show}&") };
    let page = Review {
        reference: view.request.facts.reference.clone(),
        open,
        decided: summary.decided,
        total: summary.items,
        notes: notes(&summary),
        continue_at: summary.next_open.filter(|_| open).map(|index| format!("{here}/{index}")),
        finish: Some(format!("{back}/prepare")).filter(|_| open && summary.decided == summary.items),
        accept: format!("{here}/accept"),
        filter: filter_field(&show),
        more: items.last().filter(|_| items.len() >= 100).map(|last| format!("{address}after={}", last.index)),
        first: after.map(|_| address.trim_end_matches(['?', '&']).to_owned()),
        items: items.iter().map(|row| line(row, &here)).collect(),
        here,
        back,
        once: once::fresh(),
    };
    visit.page(&page)
}

/// `POST /requests/{id}/review/accept`: everything still open is decided as proposed.
pub(crate) async fn accept(visit: Visit, At(id): At<String>, _sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let address = format!("/requests/{id}/review?done=decided");
    visit.state.run(move |app| accept_rest(app, &actor, &RecordId::new(id))).await?;
    Ok(Redirect::to(&address).into_response())
}

fn filter_of(show: &str) -> Filter {
    match show {
        "open" => Filter::Open,
        "possible" => Filter::Possible,
        "unreadable" => Filter::Unreadable,
        _ => Filter::All,
    }
}

fn filter_field(show: &str) -> Field {
    let choices = [
        ("", "Everything", ""),
        ("open", "Still to decide", ""),
        ("possible", "Only possibly about the person", ""),
        ("unreadable", "Could not be read", ""),
    ];
    Field::radios("show", "Show", &choices).value(show)
}

fn notes(summary: &ReviewSummary) -> Vec<String> {
    let mut notes = Vec::new();
    match summary.duplicates {
        0 => {}
        1 => notes.push("1 item has the same text as another and follows it.".to_owned()),
        many => notes.push(format!("{} items have the same text as another and follow it.", thousands(many))),
    }
    match summary.unreadable {
        0 => {}
        1 => notes.push("1 item could not be read. Open it yourself and check whether it concerns the person.".to_owned()),
        many => notes
            .push(format!("{} items could not be read. Open them yourself and check whether they concern the person.", thousands(many))),
    }
    notes
}

fn line(row: &ReviewRow, here: &str) -> ItemLine {
    let (state, note) = match (&row.unreadable, row.duplicate_of) {
        (Some(reason), _) => (Tag::new("Not readable", "yellow"), reason.clone()),
        (None, Some(first)) => (Tag::new("Duplicate", "grey"), format!("of item {}", first + 1)),
        (None, None) if row.state == "left_out" => (Tag::new("Left out", "grey"), String::new()),
        (None, None) if row.open > 0 => (Tag::new("Open", "blue"), format!("{} to decide", thousands(row.open))),
        (None, None) => (Tag::new("Decided", "green"), String::new()),
    };
    let readable = row.unreadable.is_none() && row.duplicate_of.is_none();
    ItemLine {
        href: if readable { format!("{here}/{}", row.index) } else { String::new() },
        title: format!("{}. {}", row.index + 1, row.locator),
        band: Some(band_tag(&row.band)).filter(|_| !row.band.is_empty()),
        state,
        note,
    }
}

/// The tag of how certain it is that an item is about the person.
pub(crate) fn band_tag(band: &str) -> Tag {
    match band {
        "certain" => Tag::new("Certain", "green"),
        "likely" => Tag::new("Likely", "blue"),
        _ => Tag::new("Possible", "grey"),
    }
}

impl Page for Review {
    const TEMPLATE: &'static str = "pages/review.html";

    fn title(&self) -> String {
        format!("Review for {}", self.reference)
    }

    fn samples() -> Vec<Self> {
        let row = |index, band: &str, state: &str, open| ReviewRow {
            index,
            locator: "office mailbox: inbox/cur/17.eml".to_owned(),
            band: band.to_owned(),
            state: state.to_owned(),
            open,
            duplicate_of: None,
            unreadable: None,
        };
        let rows = [
            row(0, "certain", "decided", 0),
            row(1, "likely", "open", 3),
            row(2, "possible", "left_out", 0),
            ReviewRow { duplicate_of: Some(0), ..row(3, "certain", "decided", 0) },
            ReviewRow { unreadable: Some("the PDF is encrypted".to_owned()), ..row(4, "", "decided", 0) },
        ];
        let full = Self {
            reference: "SAR-2026-0007".to_owned(),
            open: true,
            decided: 2,
            total: 3,
            notes: notes(&ReviewSummary { items: 3, decided: 2, duplicates: 1, unreadable: 2, next_open: Some(1) }),
            continue_at: Some("/requests/x/review/1".to_owned()),
            finish: None,
            accept: "/requests/x/review/accept".to_owned(),
            filter: filter_field("open"),
            items: rows.iter().map(|row| line(row, "/requests/x/review")).collect(),
            first: Some("/requests/x/review".to_owned()),
            more: Some("/requests/x/review?after=3".to_owned()),
            here: "/requests/x/review".to_owned(),
            back: "/requests/x".to_owned(),
            once: "k".to_owned(),
        };
        let ready = Self { decided: 3, continue_at: None, finish: Some("/requests/x/prepare".to_owned()), ..full.clone() };
        let empty = Self {
            items: Vec::new(),
            notes: Vec::new(),
            continue_at: None,
            first: None,
            more: None,
            open: false,
            decided: 0,
            total: 0,
            ..full.clone()
        };
        vec![full, ready, empty]
    }
}
