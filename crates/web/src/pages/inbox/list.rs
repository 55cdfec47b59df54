//! The list of messages. It says what each looks like and by when it would be due; who wrote
//! it stands on its own page.

use axum::response::Response;
use domain::casework::message::Sort;
use jiff::civil::Date;
use serde::Serialize;
use services::mail::{InboxPage, InboxQuery, InboxRow, LeftBehind, LeftWhy, inbox};
use services::requests::Keyset;

use crate::error::Problem;
use crate::extract::{Asked, Visit};
use crate::forms::{Field, Sent};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, day, in_words, moment, thousands};

/// The states one can look at: key, title, whether somebody has to do something.
const STATES: &[(&str, &str)] = &[
    ("decide", "Look like requests"),
    ("confirm", "Say they belong to a case"),
    ("other", "Other mail"),
    ("machine", "From machines"),
    ("flood", "Floods"),
    ("done", "Settled"),
];

/// One message as a line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) reference: String,
    pub(crate) received: String,
    pub(crate) due: String,
    pub(crate) in_words: String,
    pub(crate) overdue: bool,
    pub(crate) tag: Tag,
    pub(crate) more: String,
}

impl Line {
    /// The line of a row, as seen on a day.
    pub(crate) fn of(row: InboxRow, today: Date) -> Self {
        Self {
            href: format!("/inbox/{}", row.id),
            reference: row.reference,
            received: day(Some(row.received_on)),
            in_words: row.due.map(|due| in_words(due, today)).unwrap_or_default(),
            due: row.due.map(|due| day(Some(due))).unwrap_or_default(),
            overdue: row.days_left.is_some_and(|days| days < 0),
            tag: sort_tag(row.sort),
            more: more(row.more),
        }
    }
}

/// How many more came with it.
pub(super) fn more(n: u64) -> String {
    if n == 0 { String::new() } else { format!("and {} more from the same sender or thread within the hour", thousands(n)) }
}

/// The tag of what a message looks like.
pub(super) fn sort_tag(sort: Sort) -> Tag {
    let colour = match sort {
        Sort::OwnRequest | Sort::MaybeRequest => "blue",
        Sort::Reply | Sort::Claim => "yellow",
        Sort::Bounce => "red",
        Sort::Machine | Sort::Other => "grey",
    };
    Tag::new(sort.title(), colour)
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Inbox {
    search: Field,
    states: Vec<Link>,
    rows: Vec<Line>,
    caption: String,
    empty: String,
    next: Option<String>,
    first: Option<String>,
    /// What could not be taken from the mailboxes.
    left: Vec<LeftLine>,
}

/// Something that could not be taken.
#[derive(Debug, Clone, Serialize)]
struct LeftLine {
    place: String,
    why: String,
    tried: String,
}

impl LeftLine {
    fn of(left: &LeftBehind) -> Self {
        let place = match (left.dropped, left.number, left.why) {
            (true, _, LeftWhy::Visit | LeftWhy::Handled) => "The folder of dropped messages".to_owned(),
            (true, ..) => "A file that still lies in the folder of dropped messages".to_owned(),
            (false, Some(number), _) => format!("Message {number} in the mailbox"),
            (false, None, _) => "The mailbox".to_owned(),
        };
        let times = if left.tries == 1 { "once".to_owned() } else { format!("{} times", thousands(left.tries)) };
        let tried = format!("Since {}. Tried {times}; tried again by itself after {}.", moment(left.since), moment(left.next));
        Self { place, why: left.why.words().to_owned(), tried }
    }
}

/// `GET /inbox`
pub(crate) async fn show(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let state = STATES.iter().map(|(key, _)| *key).find(|key| *key == asked.text("show")).unwrap_or_default().to_owned();
    let after = keyset(asked.text("after"));
    let paged = after.is_some();
    let query = InboxQuery { state: state.clone(), words: None, after };
    let (seen, today) = visit.state.run(move |app| Ok((inbox(app, &actor, &query)?, app.today()))).await?;
    visit.page(&page(seen, &state, today, paged))
}

/// `POST /inbox/search`
pub(crate) async fn search(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let words = sent.text("q").to_owned();
    let wanted = sent.optional("q");
    let (found, today) = visit
        .state
        .run(move |app| {
            let mut found = Vec::new();
            for (state, _) in STATES {
                let query = InboxQuery { state: (*state).to_owned(), words: wanted.clone(), after: None };
                found.extend(inbox(app, &actor, &query)?.rows);
            }
            Ok((found, app.today()))
        })
        .await?;
    let shown = Inbox {
        search: search_field(&words),
        states: Vec::new(),
        caption: "What was found".to_owned(),
        rows: found.into_iter().map(|row| Line::of(row, today)).collect(),
        empty: "Nothing was found. Search by whole words of a name or a subject line, a whole e-mail address, or a reference.".to_owned(),
        next: None,
        first: Some("/inbox".to_owned()),
        left: Vec::new(),
    };
    visit.page(&shown)
}

fn page(seen: InboxPage, state: &str, today: Date, paged: bool) -> Inbox {
    let count = |key: &str| seen.counts.iter().find(|(known, _)| known == key).map_or(0, |(_, n)| *n);
    let mut states = vec![Link {
        current: state.is_empty(),
        ..Link::new("/inbox", format!("To do ({})", thousands(count("decide") + count("confirm"))))
    }];
    states.extend(STATES.iter().map(|(key, title)| Link {
        current: state == *key,
        ..Link::new(format!("/inbox?show={key}"), format!("{title} ({})", thousands(count(key))))
    }));
    states.push(Link::new("/outbox", "Outbox"));
    let here = if state.is_empty() { "/inbox".to_owned() } else { format!("/inbox?show={state}") };
    let more = if state.is_empty() { "/inbox?".to_owned() } else { format!("{here}&") };
    let (caption, empty) = match state {
        "" => ("To do", "Nothing waits here. Mail that reaches the organisation’s mailbox is looked at as it comes."),
        "decide" => ("Messages that look like requests", "No message looks like a request."),
        _ => ("Messages", "There is no such message."),
    };
    Inbox {
        search: search_field(""),
        states,
        caption: caption.to_owned(),
        rows: seen.rows.into_iter().map(|row| Line::of(row, today)).collect(),
        empty: empty.to_owned(),
        next: seen.next.map(|next| format!("{more}after={}~{}", next.at, next.id)),
        first: paged.then_some(here),
        left: if state.is_empty() && !paged { seen.left.iter().map(LeftLine::of).collect() } else { Vec::new() },
    }
}

fn search_field(value: &str) -> Field {
    Field::text("q", "Search").hint("A sender, words of a subject line, or a reference").value(value)
}

fn keyset(text: &str) -> Option<Keyset> {
    let (at, id) = text.split_once('~')?;
    Some(Keyset { at: at.parse().ok()?, id: id.to_owned() })
}

impl Page for Inbox {
    const TEMPLATE: &'static str = "pages/inbox/list.html";

    fn title(&self) -> String {
        "Inbox".to_owned()
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 30);
        let full = InboxPage {
            counts: vec![("decide".to_owned(), 2), ("confirm".to_owned(), 1), ("flood".to_owned(), 9_980), ("done".to_owned(), 41)],
            rows: sample_rows(),
            next: Some(Keyset { at: 1, id: "m9".to_owned() }),
            left: vec![
                sample_left(false, Some(417), LeftWhy::Store, 6),
                sample_left(false, None, LeftWhy::Handled, 1),
                sample_left(true, None, LeftWhy::Fetch, 2),
                sample_left(false, None, LeftWhy::Visit, 1),
            ],
        };
        let empty = InboxPage { counts: Vec::new(), rows: Vec::new(), next: None, left: Vec::new() };
        vec![page(full, "", today, false), page(empty.clone(), "", today, false), page(empty, "other", today, true)]
    }
}

fn sample_left(dropped: bool, number: Option<u64>, why: LeftWhy, tries: u64) -> LeftBehind {
    let (since, next) = (jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::UNIX_EPOCH);
    LeftBehind { dropped, mailbox: "imap-0a1b".to_owned(), number, why, tries, since, next }
}

/// Rows for samples.
pub(crate) fn sample_rows() -> Vec<InboxRow> {
    let row = |n: u32, sort: Sort, state: &str, due: Option<Date>, more: u64| InboxRow {
        id: domain::ids::RecordId::new(format!("m{n}")),
        reference: format!("IN-2026-{n:05}"),
        sort,
        state: state.to_owned(),
        received_on: jiff::civil::date(2026, 11, 28),
        due,
        days_left: due.map(|due| crate::words::days_between(jiff::civil::date(2026, 11, 30), due)),
        more,
    };
    vec![
        row(3, Sort::MaybeRequest, "decide", Some(jiff::civil::date(2026, 11, 27)), 0),
        row(7, Sort::MaybeRequest, "decide", Some(jiff::civil::date(2026, 12, 29)), 9_980),
        row(8, Sort::Claim, "confirm", None, 0),
    ]
}
