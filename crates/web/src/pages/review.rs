//! Everything the search found, with how far the review has come.

use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::RecordId;
use serde::Serialize;
use services::review::{self, Filter, Listing, ReviewRow, ReviewSummary, Reviewer, Show, accept_rest, rows};

use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::forms::Sent;
use crate::once;
use crate::pages::queue::{Picker, filter_of, pairs, pickers, query};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, count, thousands};

/// One item in the list; without `href` there is nothing to decide about it.
#[derive(Debug, Clone, Serialize)]
struct ItemLine {
    href: String,
    title: String,
    band: Option<Tag>,
    state: Tag,
    note: String,
    thread: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Review {
    reference: String,
    open: bool,
    decided: u64,
    total: u64,
    notes: Vec<String>,
    reviewers: Vec<String>,
    continue_at: Option<String>,
    finish: Option<String>,
    accept: String,
    bulk: String,
    undo: Option<String>,
    /// What waits for a password, and where to give it.
    locked: Option<Link>,
    /// Where to decide the most frequent words first.
    words: Option<String>,
    pickers: Vec<Picker>,
    hidden: Vec<(&'static str, String)>,
    matching: String,
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
    let (filter, after) = (filter_of(&asked), asked.text("after").parse().ok());
    let (wanted, back) = (filter.clone(), format!("/requests/{id}"));
    let (listing, people) = visit
        .state
        .run(move |app| {
            let id = RecordId::new(id);
            Ok((rows(app, &actor, &id, &wanted, after)?, review::reviewers(app, &actor, &id)?))
        })
        .await?;
    visit.page(&page(&listing, &people, &filter, after, back))
}

fn page(listing: &Listing, people: &[Reviewer], filter: &Filter, after: Option<u64>, back: String) -> Review {
    let here = format!("{back}/review");
    let (summary, open) = (&listing.summary, listing.reviewing);
    let rows = &listing.rows;
    Review {
        reference: listing.reference.clone(),
        open,
        decided: summary.decided,
        total: summary.items,
        notes: notes(summary),
        reviewers: people.iter().map(reviewer).collect(),
        continue_at: Some(format!("{here}/next{}", query(filter, &[]))).filter(|_| open && summary.decided < summary.items),
        finish: Some(format!("{back}/prepare")).filter(|_| open && summary.decided == summary.items),
        accept: format!("{here}/accept"),
        bulk: format!("{here}/bulk{}", query(filter, &[])),
        undo: Some(format!("{here}/undo")).filter(|_| open && listing.last_act.is_some()),
        locked: locked(summary.locked, format!("{back}/locked")).filter(|_| open),
        words: Some(format!("{here}/words")).filter(|_| open && summary.decided < summary.items),
        pickers: pickers(filter, &listing.places),
        hidden: pairs(filter),
        matching: count(summary.matching, "item", "items"),
        more: rows
            .last()
            .filter(|_| rows.len() >= 100)
            .map(|last| format!("{here}{}", query(filter, &[("after", last.index.to_string())]))),
        first: after.map(|_| format!("{here}{}", query(filter, &[]))),
        items: rows.iter().map(|row| line(row, &here, filter)).collect(),
        here,
        back,
        once: once::fresh(),
    }
}

/// `POST /requests/{id}/review/accept`: everything still open is decided as proposed.
pub(crate) async fn accept(visit: Visit, At(id): At<String>, _sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let address = format!("/requests/{id}/review?done=decided");
    visit.state.run(move |app| accept_rest(app, &actor, &RecordId::new(id))).await?;
    Ok(Redirect::to(&address).into_response())
}

fn locked(items: u64, href: String) -> Option<Link> {
    (items > 0).then(|| Link::new(href, format!("Give the password of {} that nobody could open", count(items, "item", "items"))))
}

/// `Sam Reed: 41 items today, item 7 is open.`
fn reviewer(person: &Reviewer) -> String {
    let open = person.at.map(|at| format!(", item {} is open", at + 1)).unwrap_or_default();
    format!("{}: {} today{open}", person.name, count(person.today, "item", "items"))
}

fn notes(summary: &ReviewSummary) -> Vec<String> {
    let mut notes = Vec::new();
    match summary.second {
        0 => {}
        1 => notes.push("1 item waits for another person to look at it.".to_owned()),
        many => notes.push(format!("{} items wait for another person to look at them.", thousands(many))),
    }
    match summary.duplicates {
        0 => {}
        1 => notes.push("1 item has the same text as another and follows it.".to_owned()),
        many => notes.push(format!("{} items have the same text as another and follow it.", thousands(many))),
    }
    match summary.left_out {
        0 => {}
        left => notes.push(format!(
            "{} left out of the review: a first name, a surname or initials alone, as many items hold. To see them, search again and take \
             them in.",
            count(left, "item was", "items were")
        )),
    }
    match summary.unreadable {
        0 => {}
        1 => notes.push("1 item could not be read. Open it yourself and check whether it concerns the person.".to_owned()),
        many => notes
            .push(format!("{} items could not be read. Open them yourself and check whether they concern the person.", thousands(many))),
    }
    notes
}

fn line(row: &ReviewRow, here: &str, filter: &Filter) -> ItemLine {
    let (state, note) = match (&row.unreadable, row.duplicate_of) {
        (Some(reason), _) => (Tag::new("Not readable", "yellow"), reason.clone()),
        (None, Some(first)) => (Tag::new("Duplicate", "grey"), format!("of item {}", first + 1)),
        (None, None) => state(row),
    };
    let readable = row.unreadable.is_none() && row.duplicate_of.is_none();
    let shown = if filter.thread.is_some() { None } else { row.thread };
    let thread = shown.map(|thread| format!("{here}{}", query(&Filter { thread: Some(thread), ..Filter::default() }, &[])));
    ItemLine {
        href: if readable { format!("{here}/{}{}", row.index, query(filter, &[])) } else { String::new() },
        title: format!("{}. {}", row.index + 1, row.locator),
        band: Some(band_tag(&row.band)).filter(|_| !row.band.is_empty()),
        state,
        note,
        thread: thread.unwrap_or_default(),
    }
}

/// How far a readable item is, and who has it open.
fn state(row: &ReviewRow) -> (Tag, String) {
    let mut note = match row.second.as_str() {
        "asked" if row.state != "second" => "needs a second look".to_owned(),
        "confirmed" => "seen by two people".to_owned(),
        _ => String::new(),
    };
    if let Some(holder) = &row.holder {
        return (Tag::new("Open with somebody", "purple"), format!("{}, until {}", holder.name, crate::words::time(holder.until)));
    }
    let tag = match row.state.as_str() {
        "left_out" => Tag::new("Left out", "grey"),
        "second" => Tag::new("Second look", "yellow"),
        "open" => {
            note = [format!("{} to decide", thousands(row.open)), note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            Tag::new("Open", "blue")
        }
        _ => Tag::new("Decided", "green"),
    };
    (tag, note)
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
            thread: None,
            second: String::new(),
            holder: None,
        };
        let until = jiff::Timestamp::from_second(1_795_340_000).unwrap_or_default();
        let holder = Some(review::Holder { name: "Nadia Shah".to_owned(), until });
        let rows = vec![
            row(0, "certain", "decided", 0),
            ReviewRow { thread: Some(1), second: "asked".to_owned(), ..row(1, "likely", "open", 3) },
            row(2, "possible", "left_out", 0),
            ReviewRow { duplicate_of: Some(0), ..row(3, "certain", "decided", 0) },
            ReviewRow { unreadable: Some("the PDF is encrypted".to_owned()), ..row(4, "", "decided", 0) },
            ReviewRow { holder, ..row(5, "certain", "open", 1) },
            ReviewRow { second: "asked".to_owned(), ..row(6, "certain", "second", 0) },
            ReviewRow { second: "confirmed".to_owned(), ..row(7, "certain", "decided", 0) },
        ];
        let summary = ReviewSummary { items: 6, decided: 3, second: 1, duplicates: 1, unreadable: 2, locked: 1, left_out: 31, matching: 8 };
        let listing = Listing {
            reference: "SAR-2026-0007".to_owned(),
            reviewing: true,
            places: vec!["office mailbox".to_owned()],
            rows,
            summary: summary.clone(),
            last_act: Some("decide".to_owned()),
        };
        let people = [
            Reviewer { name: "Sam Reed".to_owned(), today: 1_041, at: None },
            Reviewer { name: "Nadia Shah".to_owned(), today: 1, at: Some(5) },
        ];
        let filter = Filter { show: Show::Open, place: "office mailbox".to_owned(), ..Filter::default() };
        let back = || "/requests/x".to_owned();
        let full = Self { more: Some("/requests/x/review?after=3".to_owned()), ..page(&listing, &people, &filter, Some(1), back()) };
        let done = Listing { summary: ReviewSummary { decided: 6, second: 0, left_out: 1, ..summary }, ..listing.clone() };
        let ready = page(&done, &people, &Filter::default(), None, back());
        let conversation = page(&listing, &people, &Filter { thread: Some(1), ..Filter::default() }, None, back());
        let empty = page(&Listing { reference: "SAR-2026-0008".to_owned(), ..Listing::default() }, &[], &Filter::default(), None, back());
        vec![full, ready, conversation, empty]
    }
}
