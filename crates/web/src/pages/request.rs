//! One request: what to do, its dates with their reasons, documents, what happened.

use axum::response::Response;
use domain::calendar::{Deadline, When, long_date, short_date};
use domain::casework::request::{AuthorityKind, Behalf, CorrectionOutcome, Decision, ObjectionOutcome, Request};
use domain::ids::RecordId;
use domain::people::{Relation, Verb, may};
use domain::record::{Task, TaskStatus};
use domain::rights::RequestKind;
use jiff::civil::Date;
use serde::Serialize;
use services::postings::postings_of;
use services::requests::{Event, View, see};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::pages::form_page::Row;
use crate::pages::postings::PostingLine;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, capital, event, in_words, moment, stage_tag, thousands};

/// The bar at the top: reference, stage, when it is due.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bar {
    pub(crate) reference: String,
    pub(crate) tag: Tag,
    pub(crate) due: String,
    pub(crate) overdue: bool,
}

/// One line of the task list; without `href` it cannot be done now, or not by this reader.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TaskLine {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) hint: String,
    pub(crate) status: Tag,
    pub(crate) muted: bool,
}

/// One date with its reasons.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Clock {
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) notes: Vec<String>,
    pub(crate) warnings: Vec<String>,
    pub(crate) steps: Vec<ClockStep>,
}

/// One step of a computation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClockStep {
    pub(crate) what: String,
    pub(crate) source: String,
}

/// One document to download.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Document {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) note: String,
    /// Where it is posted from, for whoever may do that.
    pub(crate) post: String,
}

/// One entry of the log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) when: String,
}

/// One message of the case, in or out.
#[derive(Debug, Clone, Serialize)]
struct MailLine {
    href: String,
    text: String,
    note: String,
    tag: Tag,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct RequestPage {
    heading: String,
    bar: Bar,
    tasks: Vec<TaskLine>,
    clock: Clock,
    details: Vec<Row>,
    documents: Vec<Document>,
    postings: Vec<PostingLine>,
    actions: Vec<Link>,
    mail: Vec<MailLine>,
    timeline: Vec<Entry>,
    can_list: bool,
}

/// `GET /requests/{id}`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let can_list = may(&actor, Verb::RequestList, Relation::None);
    let sees_inbox = may(&actor, Verb::InboxSee, Relation::None);
    let (view, today, postings) = visit
        .state
        .run(move |app| {
            let id = RecordId::new(id);
            Ok((see(app, &actor, &id)?, app.today(), postings_of(app, &actor, &id)?))
        })
        .await?;
    let postings = postings.iter().map(|row| PostingLine::of(row, today)).collect();
    visit.page(&RequestPage { postings, ..page(view, today, can_list, sees_inbox) })
}

fn page(view: View, today: Date, can_list: bool, sees_inbox: bool) -> RequestPage {
    let here = format!("/requests/{}", view.request.facts.id);
    let tasks = view.tasks.iter().map(|task| task_line(task, &view, &here)).collect();
    let documents = view
        .documents
        .iter()
        .map(|meta| Document {
            href: if meta.name.is_some() { format!("{here}/documents/{}", meta.id) } else { String::new() },
            title: meta.name.as_deref().map_or_else(|| "[erased]".to_owned(), document_title),
            note: format!("{}, {}", kind_of(&meta.mime), size(meta.size_bytes)),
            post: if view.may_work && meta.name.is_some() && meta.mime == "application/pdf" {
                format!("{here}/documents/{}/post", meta.id)
            } else {
                String::new()
            },
        })
        .collect();
    let request = &view.request;
    RequestPage {
        heading: format!("Request about {}", request.person.get().map_or("[erased]", |person| person.display_name())),
        bar: bar(request, &view.deadline, today),
        tasks,
        clock: clock(&view.deadline),
        details: details(request),
        documents,
        postings: Vec::new(),
        actions: actions(&view, &here).into_iter().chain(links(&view.request)).collect(),
        mail: mail(&view, sees_inbox),
        timeline: view.timeline.iter().map(entry).collect(),
        can_list,
    }
}

fn bar(request: &Request, deadline: &Deadline, today: Date) -> Bar {
    let due = deadline.due.map(When::date).filter(|_| request.stage.is_live());
    if let Some(on) = request.answered_on().filter(|_| request.stage.is_live()) {
        let words = format!("Answered on {}; a second pack is being prepared", short_date(on));
        return Bar { reference: request.facts.reference.clone(), tag: stage_tag(request.stage.key()), due: words, overdue: false };
    }
    let (words, overdue) = match due {
        Some(due) => (format!("Due {}, {}", short_date(due), in_words(due, today)), due < today),
        None if request.stage.is_live() => ("The clock stands still".to_owned(), false),
        None => (String::new(), false),
    };
    Bar { reference: request.facts.reference.clone(), tag: stage_tag(request.stage.key()), due: words, overdue }
}

/// Where a task leads, as far as this reader may do it now.
fn task_line(task: &Task, view: &View, here: &str) -> TaskLine {
    let live = view.request.stage.is_live();
    let (work, status) = (view.may_work, task.status);
    let open = matches!(status, TaskStatus::ToDo | TaskStatus::NotNeeded);
    let key = match (task.key.as_str(), status) {
        ("identity", TaskStatus::Waiting) if work => "identity-received",
        ("authority", TaskStatus::Waiting | TaskStatus::ToDo) if work => "authority-received",
        ("clarify", TaskStatus::Waiting) if work => "answered",
        ("clarify", TaskStatus::Done) if work && live => "clarify",
        ("told", TaskStatus::ToDo) if work && live => "told",
        ("search", TaskStatus::InProgress) => "searching",
        ("search", TaskStatus::ToDo) if work => "search",
        ("review", TaskStatus::InProgress) if work => "review",
        ("approve", TaskStatus::ToDo) if view.may_approve => "approve",
        ("send-refusal", TaskStatus::ToDo) if view.may_conclude => "send-refusal",
        ("capacity", TaskStatus::Waiting | TaskStatus::InProgress) if work && live => "capacity",
        ("reply", TaskStatus::ToDo) if view.may_conclude => "reply",
        ("decide", TaskStatus::ToDo) if work => crate::acts::decides(view.request.kind),
        ("decide", TaskStatus::Done) if work && live && crate::acts::decides(view.request.kind) == "correct" => "correct",
        ("classes", TaskStatus::ToDo | TaskStatus::Done) if work && live && !view.request.is_decided() => "classes",
        (action, TaskStatus::ToDo) if work && action.starts_with("action-") => "action-done",
        ("send-answer", TaskStatus::ToDo) if view.may_conclude => "send-answer",
        ("close", TaskStatus::ToDo) if view.may_conclude => "close",
        ("answer", _) if work && live => "answer",
        ("exemptions", _) if work && live => "exemptions",
        ("acknowledge" | "identity" | "authority" | "capacity" | "clarify" | "extend", _) if work && live && open => task.key.as_str(),
        _ => "",
    };
    let colour = match status {
        TaskStatus::ToDo | TaskStatus::InProgress => "blue",
        TaskStatus::Waiting => "yellow",
        _ => "",
    };
    TaskLine {
        href: if key.is_empty() { String::new() } else { format!("{here}/{key}") },
        title: task.title.clone(),
        hint: if live || task.key.starts_with("action-") { task.hint.clone() } else { String::new() },
        status: Tag::new(status.title(), colour),
        muted: matches!(status, TaskStatus::CannotStart | TaskStatus::NotNeeded),
    }
}

/// What else can be done, rarely.
fn actions(view: &View, here: &str) -> Vec<Link> {
    let stage = view.request.stage.key();
    let live = view.request.stage.is_live();
    let outstanding = view.request.identity.as_ref().is_some_and(|identity| identity.received.is_none() && identity.relied_on);
    let kind = view.request.kind;
    let absolute = kind.procedure().grounds.is_empty();
    let undecided = live && !view.request.is_decided();
    let elsewhere = undecided && !absolute && kind != RequestKind::NotARequest && stage == "open";
    let all = [
        (view.may_work && stage != "closed", "action", "Add something that has to be done"),
        (view.may_work && elsewhere, "elsewhere", "It is no request of this kind"),
        (view.may_work && outstanding && live, "identity-dropped", "The identity question was not needed"),
        (view.may_work && stage == "review", "search", "Search again"),
        (view.may_work && matches!(stage, "open" | "review") && kind.searches(), "known-by", "Add something the person is known by"),
        ((view.may_work || view.may_approve) && matches!(stage, "prepared" | "approved"), "reopen", back_to(view)),
        (view.may_conclude && matches!(stage, "prepared" | "approved"), sends(view), "See or edit the letter"),
        (view.may_work && live, "addresses", "Keep addresses from whoever asks"),
        (view.may_work && stage == "review", "part", "Send a first part"),
        (
            view.may_conclude && !live && kind.searches() && view.request.answered_on().is_some() && stage != "withdrawn",
            "again",
            "Open for a second pack",
        ),
        (view.may_conclude && live && owes(view), "fee-paid", "The fee was paid"),
        (
            view.may_conclude && (matches!(stage, "replied" | "refused" | "closed") || !view.request.sendings.is_empty()),
            "release",
            "Hand over the answer",
        ),
        (view.may_conclude && live && !absolute, "fee", "Ask for a fee"),
        (view.may_conclude && live && !absolute, "refuse", "Refuse the request"),
        (view.may_work && live && kind.searches(), "search-plan", "Search plan"),
        (view.may_work && matches!(stage, "open" | "review") && kind.searches(), "found", "Add something found by hand"),
        ((view.may_work || view.may_approve) && view.request.search.is_some(), "disclosures", "What was disclosed and withheld"),
        (view.may_assign && live, "assign", "Assign it to somebody"),
        (view.may_conclude && live, "withdraw", "The person took it back"),
    ];
    all.iter().filter(|(possible, _, _)| *possible).map(|(_, key, text)| Link::new(format!("{here}/{key}"), *text)).collect()
}

/// Where it goes when it is sent back.
fn back_to(view: &View) -> &'static str {
    if view.request.kind.searches() && view.request.refusing.is_none() { "Open the review again" } else { "Send it back" }
}

/// The act that sends what was decided.
fn sends(view: &View) -> &'static str {
    match view.request.kind.searches() {
        _ if view.request.refusing.is_some() => "send-refusal",
        true => "reply",
        false => "send-answer",
    }
}

/// Whether a fee is outstanding.
fn owes(view: &View) -> bool {
    view.request.fee.as_ref().is_some_and(|fee| fee.paid.is_none())
}

fn clock(deadline: &Deadline) -> Clock {
    let mut notes = Vec::new();
    if let Some(target) = deadline.target {
        notes.push(format!("Aim for {}, the last working day before the time ends.", long_date(target)));
    }
    if let Some(policy) = deadline.policy_due.filter(|policy| Some(*policy) != deadline.due) {
        notes.push(format!("Your own policy promises {}.", policy.shown()));
    }
    if let Some(due) = deadline.would_be_due_if_answered_today {
        notes.push(format!("If the answer came today, it would be due {}.", due.shown()));
    }
    if let Some(due) = deadline.due_without_outstanding {
        notes.push(format!("If what is outstanding turns out not to be needed, it is due {}.", due.shown()));
    }
    let date = match (deadline.due, deadline.paused_since) {
        (Some(due), _) => due.shown(),
        (None, Some(since)) => format!("not known while a question is open, since {}", short_date(since)),
        (None, None) => format!("not known until what was asked for comes ({})", deadline.outstanding.join(", ")),
    };
    let steps = deadline.steps.iter().map(|step| ClockStep { what: step.what.clone(), source: step.source.to_string() }).collect();
    Clock { title: "Answer due".to_owned(), date, notes, warnings: deadline.warnings.clone(), steps }
}

fn details(request: &Request) -> Vec<Row> {
    let mut rows = vec![
        Row::new("They ask for", request.kind.title()),
        Row::new("Came by", request.channel.title()),
        Row::new("Received on", request.received_at.map_or_else(|| long_date(request.received_on), When::shown)),
        Row::new("Received by", request.received_by.shown()),
        Row::new("Recorded on", long_date(request.logged_on)),
    ];
    match &request.behalf {
        Behalf::Themselves => rows.push(Row::new("Asked by", "the person")),
        Behalf::Child { requester, .. } | Behalf::Agent { requester } => {
            let shown = requester.get().map_or_else(|| "[erased]".to_owned(), |asked| format!("{}\n{}", asked.name, asked.contact));
            rows.push(Row::whole("Asked by", shown));
        }
    }
    if let Some(check) = &request.authority_check {
        let kind = AuthorityKind::ALL.iter().find(|(kind, ..)| *kind == check.kind).map_or("", |(.., title)| *title);
        rows.push(Row::whole("Authority", format!("{kind}\n{}", check.seen.shown())));
    }
    if let Some(fault) = &request.authority_fault {
        rows.push(Row::whole("Authority", format!("Refused on {}: nothing can go out\n{}", short_date(fault.on), fault.why)));
    }
    if !request.confidential_addresses().is_empty() {
        rows.push(Row::whole("Never shown to whoever asks", request.confidential_addresses().join("\n")));
    }
    if let Some(person) = request.person.get() {
        let born: Vec<String> = person.born.iter().map(|born| short_date(*born)).collect();
        let lists = [
            ("Names", &person.names),
            ("E-mail", &person.emails),
            ("Phone", &person.phones),
            ("Born", &born),
            ("Addresses", &person.addresses),
            ("References", &person.references),
        ];
        rows.extend(lists.iter().filter(|(_, values)| !values.is_empty()).map(|(key, values)| Row::whole(*key, values.join("\n"))));
    }
    rows.push(Row::whole("Words", request.words.shown()));
    rows.extend(decided(request));
    if let Some(refusing) = &request.refusing {
        rows.push(Row::whole("Decided to refuse", format!("{}\n{}", capital(refusing.ground.title()), refusing.reasons.shown())));
    }
    rows
}

/// What was decided, old and new values both.
pub(crate) fn decided(request: &Request) -> Vec<Row> {
    let Some(decided) = &request.decided else { return Vec::new() };
    let mut rows = vec![Row::new("Decided on", long_date(decided.on))];
    match &decided.decision {
        Decision::Corrections { values } => {
            for value in values {
                let outcome = match value.outcome {
                    CorrectionOutcome::Corrected => "put right",
                    CorrectionOutcome::Statement => "kept, with the person’s own statement",
                    CorrectionOutcome::Accurate => "accurate, kept; disputed by the person",
                };
                let text =
                    format!("Before: {}\nRight: {}\nSource: {}\n{outcome}", value.old.shown(), value.new.shown(), value.source.shown());
                rows.push(Row::whole(value.field.shown(), text));
            }
        }
        Decision::Erasure { classes } => {
            for class in classes {
                let text = class.kept.map_or_else(
                    || "Erased".to_owned(),
                    |ground| format!("Kept, because {} ({})\n{}", ground.title(), class.source, class.reasons.shown()),
                );
                rows.push(Row::whole(class.title.clone(), text));
            }
        }
        Decision::Restriction(restricted) => {
            rows.push(Row::new("Decision", if restricted.ground.is_some() { "Restricted" } else { "Not restricted" }));
        }
        Decision::Objection(weighed) => {
            rows.push(Row::new("Decision", if weighed.outcome == ObjectionOutcome::Stopped { "The use stops" } else { "The use goes on" }));
        }
        Decision::Stopped(stopped) => rows.push(Row::whole("Stopped", stopped.what.shown())),
        Decision::Portability(exported) => rows.push(Row::new("Rows", exported.rows.to_string())),
        Decision::Automated(reviewed) => rows.push(Row::whole("Reasons", reviewed.reasons.shown())),
        Decision::Given(given) => rows.push(Row::new("Decision", if given.given { "Given" } else { "Not given" })),
        Decision::Elsewhere(elsewhere) => {
            rows.push(Row::whole("Goes another way", format!("{}\n{}", elsewhere.why.title(), elsewhere.why.next())));
        }
    }
    rows
}

/// The other cases of the same message, and the marks that were made.
fn links(request: &Request) -> Vec<Link> {
    let linked = request.linked.iter().map(|id| Link::new(format!("/requests/{id}"), "Another request in the same message"));
    let marks = request.marks.iter().map(|id| Link::new(format!("/marks/{id}"), "The mark that was made"));
    linked.chain(marks).collect()
}

/// Mail of the case: what came, and what became of what was sent.
fn mail(view: &View, sees_inbox: bool) -> Vec<MailLine> {
    let came = view.mail.messages.iter().map(|message| MailLine {
        href: if sees_inbox { format!("/inbox/{}", message.id) } else { String::new() },
        text: message.reference.clone(),
        note: format!("arrived on {}", short_date(message.received_on)),
        tag: if message.open { Tag::new("To confirm", "yellow") } else { Tag::new("Filed", "") },
    });
    let sent = view.mail.sent.iter().map(|mail| MailLine {
        // Of a mail that may have gone out somebody has to say what became of it.
        href: if sees_inbox && mail.state == "unknown" { format!("/outbox/{}", mail.id) } else { String::new() },
        text: crate::words::capital(&mail.purpose.replace('-', " ")),
        note: crate::words::mail_note(mail),
        tag: crate::words::mail_tag(&mail.state),
    });
    came.chain(sent).collect()
}

impl Entry {
    /// An entry for samples.
    pub(crate) fn new(what: &str, who: &str, when: &str) -> Self {
        Self { what: what.to_owned(), who: who.to_owned(), when: when.to_owned() }
    }
}

pub(crate) fn entry(happened: &Event) -> Entry {
    let who = happened.actor_name.clone().unwrap_or_else(|| "Probity".to_owned());
    Entry { what: event(&happened.verb).to_owned(), who, when: moment(happened.at) }
}

/// What a stored file is, by the name the use cases give it.
fn document_title(name: &str) -> String {
    // Later sendings carry their number: `reply-2.pdf`.
    if let Some((stem, end)) = name.rsplit_once('.')
        && let Some((first, number)) = stem.rsplit_once('-')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        let (plain, titled) = (format!("{first}.{end}"), document_title(&format!("{first}.{end}")));
        return if plain == titled { name.to_owned() } else { format!("{titled}, sending {number}") };
    }
    let title = match name {
        "acknowledgement.pdf" => "Acknowledgement",
        "identity-request.pdf" => "Request for proof of identity",
        "clarification.pdf" => "Clarification question",
        "extension.pdf" => "Notice of extension",
        "fee-statement.pdf" => "Fee statement",
        "refusal.pdf" => "Refusal",
        "reply.pdf" => "Reply letter",
        "reply.txt" => "Reply letter, plain text",
        "pack.txt" => "Pack, plain text",
        "pack.pdf" => "Pack",
        "pack.json" => "Pack, machine-readable",
        "manifest.sha256" => "Manifest",
        "disclosure-log.csv" => "What was disclosed and withheld",
        "request.eml" => "The request as it came",
        "portable.csv" => "Data to take elsewhere, CSV",
        "portable.json" => "Data to take elsewhere, JSON",
        answer if answer.starts_with("answer-") => "Answer",
        "message.eml" => "A message filed to the case",
        other => other,
    };
    title.to_owned()
}

fn kind_of(mime: &str) -> &'static str {
    match mime {
        "application/pdf" => "PDF",
        "application/json" => "JSON",
        "message/rfc822" => "e-mail",
        "text/csv" => "CSV",
        _ => "file",
    }
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} KB", thousands(bytes.div_ceil(1_000))) } else { format!("{:.1} MB", bytes as f64 / 1_000_000.0) }
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "pages/request.html";

    fn title(&self) -> String {
        format!("Request {}", self.bar.reference)
    }

    fn samples() -> Vec<Self> {
        let task = |title: &str, hint: &str, status: Tag, href: &str| TaskLine {
            href: href.to_owned(),
            title: title.to_owned(),
            hint: hint.to_owned(),
            muted: href.is_empty(),
            status,
        };
        let step = |what: &str, source: &str| ClockStep { what: what.to_owned(), source: source.to_owned() };
        let clock = Clock {
            title: "Answer due".to_owned(),
            date: "Tuesday 29 December 2026".to_owned(),
            notes: vec!["Aim for Thursday 24 December 2026, the last working day before the time ends.".to_owned()],
            warnings: vec!["The bank holidays of 2029 are computed.".to_owned()],
            steps: vec![
                step("The request reached the organisation on Saturday 28 November 2026.", "UK GDPR Article 12A(2)"),
                step("One month later is Monday 28 December 2026.", "UK GDPR Article 12(3)"),
                step(
                    "28 December 2026 is a bank holiday (Boxing Day, substitute day), so the next working day counts.",
                    "Regulation 1182/71",
                ),
            ],
        };
        let bar =
            |due: &str, overdue| Bar { reference: "SAR-2026-0007".to_owned(), tag: stage_tag("review"), due: due.to_owned(), overdue };
        let full = Self {
            heading: "Request about Amelia Hart".to_owned(),
            bar: bar("Due 29 December 2026, in 37 days", false),
            tasks: vec![
                task("Acknowledge the request", "", Tag::new("Done", ""), ""),
                task("Check identity", "Only on a written doubt", Tag::new("If needed", ""), "/requests/x/identity"),
                task("Review and redact", "", Tag::new("In progress", "blue"), "/requests/x/review"),
                task("Send the reply", "", Tag::new("Cannot start yet", ""), ""),
            ],
            clock: clock.clone(),
            details: vec![Row::new("Came by", "E-mail"), Row::whole("Words", "Hello,\nplease send me everything you hold about me.")],
            documents: vec![
                Document {
                    href: "/requests/x/documents/1".to_owned(),
                    title: "Acknowledgement".to_owned(),
                    note: "PDF, 31 KB".to_owned(),
                    post: "/requests/x/documents/d/post".to_owned(),
                },
                Document {
                    href: String::new(),
                    title: "[erased]".to_owned(),
                    note: "PDF, 31 KB".to_owned(),
                    post: "/requests/x/documents/d/post".to_owned(),
                },
            ],
            postings: crate::pages::postings::sample_lines(),
            mail: vec![
                MailLine {
                    href: "/inbox/m1".to_owned(),
                    text: "IN-2026-00001".to_owned(),
                    note: "arrived on 28 November 2026".to_owned(),
                    tag: Tag::new("To confirm", "yellow"),
                },
                MailLine {
                    href: String::new(),
                    text: "Acknowledgement".to_owned(),
                    note: "came back (550 5.1.1)".to_owned(),
                    tag: crate::words::mail_tag("bounced"),
                },
            ],
            actions: vec![
                Link::new("/requests/x/refuse", "Refuse the request"),
                Link::new("/requests/x/withdraw", "The person took it back"),
            ],
            timeline: vec![
                Entry { what: "Search finished".to_owned(), who: "Probity".to_owned(), when: "22 November 2026 at 10:14 GMT".to_owned() },
                Entry { what: "Request recorded".to_owned(), who: "Sam Reed".to_owned(), when: "22 November 2026 at 09:58 GMT".to_owned() },
            ],
            can_list: true,
        };
        let bare = Self {
            heading: "Request about [erased]".to_owned(),
            bar: bar("Due 19 November 2026, 3 days overdue", true),
            tasks: Vec::new(),
            clock: Clock { notes: Vec::new(), warnings: Vec::new(), steps: Vec::new(), ..clock },
            details: Vec::new(),
            documents: Vec::new(),
            postings: Vec::new(),
            actions: Vec::new(),
            mail: Vec::new(),
            timeline: Vec::new(),
            can_list: false,
        };
        vec![full, bare]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_what_they_are() {
        assert_eq!(document_title("pack.pdf"), "Pack");
        assert_eq!(document_title("pack-2.pdf"), "Pack, sending 2");
        assert_eq!(document_title("letter from school.pdf"), "letter from school.pdf");
        assert_eq!(document_title("scan-3.pdf"), "scan-3.pdf");
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(2_500_000), "2.5 MB");
    }
}
