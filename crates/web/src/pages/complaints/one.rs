//! One complaint: what to do, every date with its reasons, letters, what happened.

use axum::response::Response;
use domain::calendar::{When, long_date, short_date};
use domain::casework::complaint::{Complaint, Due};
use domain::ids::{BlobId, RecordId};
use domain::people::{Relation, Verb, may};
use domain::record::{Task, TaskStatus};
use jiff::civil::Date;
use serde::Serialize;
use services::complaints::{ComplaintView, open_document, see};

use super::list::tag;
use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::pages::documents::download;
use crate::pages::form_page::Row;
use crate::pages::request::{Bar, Clock, ClockStep, Document, Entry, TaskLine, entry};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, in_words};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ComplaintPage {
    heading: String,
    bar: Bar,
    tasks: Vec<TaskLine>,
    clocks: Vec<Clock>,
    details: Vec<Row>,
    documents: Vec<Document>,
    actions: Vec<Link>,
    timeline: Vec<Entry>,
    can_list: bool,
}

/// `GET /complaints/{id}`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let can_list = may(&actor, Verb::ComplaintList, Relation::None);
    let view = visit.state.run(move |app| see(app, &actor, &RecordId::new(id))).await?;
    visit.page(&page(&view, can_list))
}

/// `GET /complaints/{id}/documents/{document}`
pub(crate) async fn document(visit: Visit, At((id, document)): At<(String, String)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let file = visit.state.run(move |app| open_document(app, &actor, &RecordId::new(id), &BlobId::new(document))).await?;
    Ok(download(&file.name, &file.mime, file.bytes))
}

fn page(view: &ComplaintView, can_list: bool) -> ComplaintPage {
    let complaint = &view.complaint;
    let here = format!("/complaints/{}", complaint.facts.id);
    let documents = view.documents.iter().map(|meta| Document {
        href: if view.may_work && meta.name.is_some() { format!("{here}/documents/{}", meta.id) } else { String::new() },
        title: meta.name.as_deref().map_or_else(|| "[erased]".to_owned(), letter_title),
        note: "PDF".to_owned(),
        post: String::new(),
    });
    ComplaintPage {
        heading: format!("Complaint by {}", complaint.complainant.get().map_or("[erased]", |complainant| complainant.name.as_str())),
        bar: bar(complaint, &view.dates, view.today),
        tasks: view.tasks.iter().map(|task| task_line(task, view, &here)).collect(),
        clocks: view.dates.iter().map(|due| clock(due, view.today)).collect(),
        details: details(complaint),
        documents: documents.collect(),
        actions: actions(view, &here),
        timeline: view.timeline.iter().map(entry).collect(),
        can_list,
    }
}

fn letter_title(name: &str) -> String {
    let title = match name {
        "acknowledgement.pdf" => "Acknowledgement",
        "progress.pdf" => "Letter about progress",
        "outcome.pdf" => "Outcome",
        other => other,
    };
    title.to_owned()
}

fn bar(complaint: &Complaint, dates: &[Due], today: Date) -> Bar {
    let next = dates.iter().filter(|due| due.done_on.is_none() && !due.outside).filter_map(Due::last_day).min();
    let next = next.filter(|_| complaint.stage.is_live());
    Bar {
        reference: complaint.facts.reference.clone(),
        tag: tag(complaint.stage.key()),
        due: next.map(|day| format!("Next date {}, {}", short_date(day), in_words(day, today))).unwrap_or_default(),
        overdue: next.is_some_and(|day| day < today),
    }
}

/// Where a task leads, as far as this reader may do it now.
fn task_line(task: &Task, view: &ComplaintView, here: &str) -> TaskLine {
    let live = view.complaint.stage.is_live();
    let open = !matches!(task.status, TaskStatus::Done | TaskStatus::CannotStart);
    let key = match task.key.as_str() {
        "acknowledge" | "progress" if view.may_work && live && open => task.key.clone(),
        "outcome" if view.may_conclude && live => "outcome".to_owned(),
        "close" if view.may_conclude && task.status == TaskStatus::ToDo => "close".to_owned(),
        step if view.may_work && live && open => step.strip_prefix("step-").map(|id| format!("steps/{id}")).unwrap_or_default(),
        _ => String::new(),
    };
    let colour = if matches!(task.status, TaskStatus::ToDo | TaskStatus::InProgress) { "blue" } else { "" };
    TaskLine {
        href: if key.is_empty() { String::new() } else { format!("{here}/{key}") },
        title: task.title.clone(),
        hint: if live { task.hint.clone() } else { String::new() },
        status: Tag::new(task.status.title(), colour),
        muted: matches!(task.status, TaskStatus::CannotStart | TaskStatus::NotNeeded),
    }
}

fn actions(view: &ComplaintView, here: &str) -> Vec<Link> {
    let live = view.complaint.stage.is_live();
    let all = [
        (view.may_work && live && view.complaint.in_charge_on.is_none(), "reached", "It reached the person in charge"),
        (view.may_conclude && live, "withdraw", "The person took it back"),
    ];
    all.iter().filter(|(possible, _, _)| *possible).map(|(_, key, text)| Link::new(format!("{here}/{key}"), *text)).collect()
}

fn clock(due: &Due, today: Date) -> Clock {
    let mut notes = Vec::new();
    if let Some(send_by) = due.deadline.send_by {
        notes.push(format!("Send it by {}: it has to arrive in time.", long_date(send_by)));
    }
    if let Some(policy) = due.deadline.policy_due.filter(|policy| Some(*policy) != due.deadline.due) {
        notes.push(format!("Your own policy promises {}.", policy.shown()));
    }
    match due.done_on {
        Some(on) => notes.push(format!("Done on {}.", long_date(on))),
        None if due.outside => notes.push("This time runs for the person, not for you.".to_owned()),
        None => notes.extend(due.last_day().filter(|day| *day < today).map(|day| format!("Late: {}.", in_words(day, today)))),
    }
    Clock {
        title: due.title.clone(),
        date: due.deadline.due.map_or_else(|| "not known yet".to_owned(), When::shown),
        notes,
        warnings: due.deadline.warnings.clone(),
        steps: due.deadline.steps.iter().map(|step| ClockStep { what: step.what.clone(), source: step.source.to_string() }).collect(),
    }
}

fn details(complaint: &Complaint) -> Vec<Row> {
    let mut rows = vec![
        Row::new("About", complaint.about.title()),
        Row::new("Came by", complaint.channel.title()),
        Row::new("Reached us on", long_date(complaint.received_on)),
        Row::new("Received by", complaint.received_by.shown()),
    ];
    let days = [("Reached the person in charge", complaint.in_charge_on), ("They knew since", complaint.aware_on)];
    rows.extend(days.iter().filter_map(|(key, day)| day.map(|day| Row::new(*key, long_date(day)))));
    if let Some(reason) = &complaint.let_in {
        rows.push(Row::new("Let in late because", reason.shown()));
    }
    if let Some(complainant) = complaint.complainant.get() {
        let all = [("E-mail", &complainant.email), ("Phone", &complainant.phone), ("Address", &complainant.address)];
        rows.extend(all.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| Row::new(*key, value.as_str())));
    }
    if let Some(name) = &complaint.on_behalf_of {
        rows.push(Row::new("For", name.shown()));
    }
    rows.push(Row::whole("Words", complaint.words.shown()));
    for progress in &complaint.progress {
        let told = if progress.told { ", and told the person" } else { "" };
        rows.push(Row::whole(format!("Noted on {}{told}", short_date(progress.on)), progress.note.shown()));
    }
    if let Some(outcome) = &complaint.outcome {
        rows.push(Row::new("Outcome", format!("{}, told on {}", outcome.finding.title(), long_date(outcome.on))));
        rows.push(Row::whole("Found", outcome.findings.shown()));
        rows.push(Row::whole("Changes", outcome.changes.shown()));
    }
    rows
}

impl Page for ComplaintPage {
    const TEMPLATE: &'static str = "pages/complaints/one.html";

    fn title(&self) -> String {
        format!("Complaint {}", self.bar.reference)
    }

    fn samples() -> Vec<Self> {
        let clock = Clock {
            title: "Acknowledge the complaint (data protection law)".to_owned(),
            date: "Friday 15 January 2027".to_owned(),
            notes: vec!["Your own policy promises Tuesday 29 December 2026.".to_owned()],
            warnings: vec!["The bank holidays of 2029 are computed.".to_owned()],
            steps: vec![ClockStep { what: "The complaint was received.".to_owned(), source: "DPA 2018 section 164A".to_owned() }],
        };
        let task = |title: &str, href: &str| TaskLine {
            href: href.to_owned(),
            title: title.to_owned(),
            hint: "receipt of the complaint by the charity".to_owned(),
            status: Tag::new("To do", "blue"),
            muted: href.is_empty(),
        };
        let full = Self {
            heading: "Complaint by Joan Hart".to_owned(),
            bar: Bar {
                reference: "CMP-2026-0001".to_owned(),
                tag: tag("received"),
                due: "Next date 29 December 2026, in 11 days".to_owned(),
                overdue: false,
            },
            tasks: vec![task("Acknowledge the complaint", "/complaints/x/acknowledge"), task("Close the complaint", "")],
            clocks: vec![clock.clone(), Clock { title: "State the charity’s position".to_owned(), ..clock }],
            details: vec![Row::new("About", "A service"), Row::whole("Words", "Nobody rang back.\nTwice.")],
            documents: vec![
                Document {
                    href: "/complaints/x/documents/d".to_owned(),
                    title: "Acknowledgement".to_owned(),
                    note: "PDF".to_owned(),
                    post: String::new(),
                },
                Document { href: String::new(), title: "[erased]".to_owned(), note: "PDF".to_owned(), post: String::new() },
            ],
            actions: vec![Link::new("/complaints/x/withdraw", "The person took it back")],
            timeline: vec![Entry {
                what: "Complaint recorded".to_owned(),
                who: "Sam Reed".to_owned(),
                when: "18 December 2026 at 09:58 GMT".to_owned(),
            }],
            can_list: true,
        };
        let bare = Self {
            heading: "Complaint by [erased]".to_owned(),
            bar: Bar { reference: "CMP-2026-0002".to_owned(), tag: tag("closed"), due: String::new(), overdue: false },
            tasks: Vec::new(),
            clocks: Vec::new(),
            details: Vec::new(),
            documents: Vec::new(),
            actions: Vec::new(),
            timeline: Vec::new(),
            can_list: false,
        };
        vec![full, bare]
    }
}
