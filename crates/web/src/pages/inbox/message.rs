//! One message: who wrote what, why it looks as it does, and what can be done with it.

use axum::response::Response;
use domain::calendar::{long_date, short_date};
use domain::casework::message::{Letter, Message, Sort, Stage};
use domain::ids::RecordId;
use jiff::civil::Date;
use serde::Serialize;
use services::mail::{MessageView, message, message_file};

use super::list::{more, sort_tag};
use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::pages::documents::download;
use crate::pages::form_page::Row;
use crate::pages::request::{Entry, entry};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, in_words};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct MessagePage {
    reference: String,
    heading: String,
    tag: Tag,
    reasons: Vec<String>,
    due: String,
    settled: String,
    details: Vec<Row>,
    words: String,
    earlier: Vec<Link>,
    actions: Vec<Link>,
    timeline: Vec<Entry>,
}

/// `GET /inbox/{id}`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (view, today) = visit.state.run(move |app| Ok((message(app, &actor, &RecordId::new(id))?, app.today()))).await?;
    visit.page(&page(&view, today))
}

/// `GET /inbox/{id}/message`: the message as it came, as a file.
pub(crate) async fn original(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let bytes = visit.state.run(move |app| message_file(app, &actor, &RecordId::new(id))).await?;
    Ok(download("message.eml", "message/rfc822", bytes))
}

fn page(view: &MessageView, today: Date) -> MessagePage {
    let message = &view.message;
    let erased = Letter { words: "[erased]".to_owned(), ..Letter::default() };
    let letter = message.letter.get().unwrap_or(&erased);
    let due = message.would_be_due.filter(|_| matches!(message.stage, Stage::New | Stage::Flood { .. }));
    MessagePage {
        reference: message.facts.reference.clone(),
        heading: if letter.title.trim().is_empty() { "Message without a subject line".to_owned() } else { letter.title.clone() },
        tag: sort_tag(message.sort),
        reasons: message.reasons.clone(),
        due: due
            .map(|due| format!("If it is a request, an answer is due by {}, {}.", long_date(due), in_words(due, today)))
            .unwrap_or_default(),
        settled: settled(message, view.case.as_ref().map_or("", |(_, reference)| reference.as_str())),
        details: details(message, letter, view),
        words: letter.words.clone(),
        earlier: earlier(view),
        actions: actions(view),
        timeline: view.timeline.iter().map(entry).collect(),
    }
}

fn settled(message: &Message, case: &str) -> String {
    match &message.stage {
        Stage::New => String::new(),
        Stage::Flood { .. } => {
            "It came in a flood of messages from one sender or thread. It is kept, and was not looked into or answered.".to_owned()
        }
        Stage::Request { on, .. } => format!("It became the case {case} on {}.", short_date(*on)),
        Stage::Filed { on, .. } => format!("It was filed to {case} on {}.", short_date(*on)),
        Stage::Nothing { reason, on } => format!("On {} it was set aside: {reason}", short_date(*on)),
    }
}

fn details(message: &Message, letter: &Letter, view: &MessageView) -> Vec<Row> {
    let mut rows = vec![Row::new("Arrived on", long_date(message.received_on))];
    let from = if letter.from_name.is_empty() { letter.from.clone() } else { format!("{}\n{}", letter.from_name, letter.from) };
    rows.push(Row::whole("From, as the message says", if from.is_empty() { "nobody who could be answered".to_owned() } else { from }));
    if !letter.to.is_empty() {
        rows.push(Row::whole("To", letter.to.join("\n")));
    }
    if !letter.attachments.is_empty() {
        rows.push(Row::whole("Attached", letter.attachments.join("\n")));
    }
    if view.copies > 1 {
        rows.push(Row::new("Came", format!("{} times", view.copies)));
    }
    if view.more > 0 {
        rows.push(Row::new("Flood", more(view.more)));
    }
    if let Some((_, reference)) = &view.case {
        rows.push(Row::new("Case", reference));
    }
    rows
}

fn earlier(view: &MessageView) -> Vec<Link> {
    let link = |(id, reference, became): &(RecordId, String, Option<String>)| {
        let text = became.as_ref().map_or_else(|| reference.clone(), |case| format!("{reference}, which became {case}"));
        Link::new(format!("/inbox/{id}"), text)
    };
    view.earlier.iter().map(link).collect()
}

/// What the reader may do with it now. A case is opened only from here, by whoever may see it.
fn actions(view: &MessageView) -> Vec<Link> {
    let here = format!("/inbox/{}", view.message.facts.id);
    let mut actions = Vec::new();
    let open = view.message.case().is_none();
    if view.may_work && open {
        actions.push(Link::new(format!("{here}/request"), "It is a request: make it a case"));
        let file = if view.case.is_some() { "It belongs to this case: file it" } else { "It belongs to a case: file it" };
        actions.push(Link::new(format!("{here}/file"), file));
        if !matches!(view.message.stage, Stage::Nothing { .. }) {
            actions.push(Link::new(format!("{here}/nothing"), "It is nothing for us: set it aside"));
        }
    }
    if view.message.letter.get().is_some() {
        actions.push(Link::new(format!("{here}/message"), "Save the message as it came"));
    }
    if let Some((case, reference)) = &view.case {
        actions.push(Link::new(format!("/requests/{case}"), format!("Open {reference}")));
    }
    actions
}

impl Page for MessagePage {
    const TEMPLATE: &'static str = "pages/inbox/message.html";

    fn title(&self) -> String {
        format!("Message {}", self.reference)
    }

    fn samples() -> Vec<Self> {
        let page = |sort: Sort| Self {
            reference: "IN-2026-00003".to_owned(),
            heading: "SAR request".to_owned(),
            tag: sort_tag(sort),
            reasons: vec!["it names the right (“sar request”)".to_owned(), "it seems to be made for somebody else".to_owned()],
            due: "If it is a request, an answer is due by Tuesday 29 December 2026, in 29 days.".to_owned(),
            settled: String::new(),
            details: vec![
                Row::new("Arrived on", "Saturday 28 November 2026"),
                Row::whole("From, as the message says", "Joan Hart\njoan@hart.example"),
            ],
            words: "Hello,\n\nplease send me what you hold about my daughter.\n\nJoan Hart".to_owned(),
            earlier: vec![Link::new("/inbox/m1", "IN-2026-00001, which became SAR-2026-0001")],
            actions: vec![
                Link::new("/inbox/m3/request", "It is a request: make it a case"),
                Link::new("/inbox/m3/nothing", "It is nothing for us: set it aside"),
            ],
            timeline: vec![Entry::new("Message arrived", "Probity", "28 November 2026 at 21:15 GMT")],
        };
        let settled = Self {
            settled: "It became the case SAR-2026-0002 on 30 November 2026.".to_owned(),
            due: String::new(),
            reasons: Vec::new(),
            earlier: Vec::new(),
            actions: vec![Link::new("/requests/r2", "Open SAR-2026-0002")],
            words: String::new(),
            timeline: Vec::new(),
            ..page(Sort::OwnRequest)
        };
        vec![page(Sort::MaybeRequest), settled]
    }
}
