//! Marks about people: check before data is used, the list, one of them.

use axum::response::Response;
use domain::calendar::When;
use domain::casework::mark::{Allowance, MarkKind, Use, Verdict, Why};
use domain::ids::RecordId;
use serde::Serialize;
use services::marks::{Check, CheckForm, MarkRow, MarkView, check, lift, list, see};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::pages::form_page::{FormPage, Row};
use crate::submit;
use crate::templates::Page;
use crate::words::Tag;

/// One reason against a use.
#[derive(Debug, Clone, Serialize)]
struct Reason {
    title: String,
    text: String,
}

/// The answer to a check.
#[derive(Debug, Clone, Serialize)]
struct Answer {
    title: String,
    text: String,
    refused: bool,
    reasons: Vec<Reason>,
}

/// The page that asks and answers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CheckPage {
    form: Form,
    answer: Option<Answer>,
    once: String,
}

/// `GET /marks/check`
pub(crate) async fn show_check(visit: Visit) -> Result<Response, Problem> {
    visit.page(&CheckPage { form: check_form(), answer: None, once: once::fresh() })
}

/// `POST /marks/check`: the name stands in the body alone.
pub(crate) async fn submit_check(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = CheckPage { form: check_form().filled(&sent), answer: None, once: once::fresh() };
    let who = page.form.need(&sent, "who", "Enter the name or contact of the person");
    let intended = Use::from_key(sent.text("use"));
    if intended.is_none() {
        page.form.complain("use", "Choose what you want to do");
    }
    let Some(intended) = intended.filter(|_| !page.form.is_refused()) else { return visit.page(&page) };
    let form = CheckForm { who, intended, claimed: Allowance::from_key(sent.text("claimed")), reason: sent.text("reason").to_owned() };
    match visit.state.run(move |app| check(app, &actor, &form)).await {
        Ok(found) => {
            page.answer = Some(answer(&found, intended));
            visit.page(&page)
        }
        Err(Problem::Refused(refusal)) => {
            let field = if refusal.code == domain::RefusalCode::AllowanceReason { "reason" } else { "who" };
            page.form.complain(field, submit::words(&refusal));
            visit.page(&page)
        }
        Err(problem) => Err(problem),
    }
}

fn check_form() -> Form {
    let uses: Vec<(&str, &str, &str)> = Use::ALL.iter().map(|intended| (intended.key(), intended.title(), "")).collect();
    let mut claims: Vec<(&str, &str, &str)> = Allowance::ALL.iter().map(|allowance| (allowance.key(), allowance.title(), "")).collect();
    claims.push(("", "No, or I do not know", ""));
    Form::new(vec![
        Field::long("who", "Who is it about?").hint("A name, an e-mail address or a phone number. Several people: each on a line.").rows(2),
        Field::radios("use", "What do you want to do?", &uses),
        Field::radios("claimed", "Is one of these true?", &claims)
            .hint("The law knows these exceptions for data that is restricted, for an objection and for a consent that was withdrawn; none of them for marketing. What you choose is recorded.")
            .value(""),
        Field::long("reason", "If one of them is true: why, here?")
            .hint("It is kept with the mark. For example: the hospital asked for her allergies at 21:40, she was unconscious.")
            .rows(2),
    ])
}

fn answer(found: &Check, intended: Use) -> Answer {
    let reasons = found
        .findings
        .iter()
        .map(|finding| Reason {
            title: format!("{} ({})", finding.kind.title(), finding.reference),
            text: match finding.verdict {
                Verdict::Refused => format!("Since {}. {}.", finding.since, finding.kind.source()),
                Verdict::AllowedBy(allowance) => format!("Allowed because: {}. This is recorded.", allowance.title()),
                Verdict::Allowed => String::new(),
            },
        })
        .collect();
    let what = intended.title().to_lowercase();
    if found.allowed {
        let text = if found.findings.is_empty() {
            format!("No mark stands against it: {what}. The usual rules still apply.")
        } else {
            format!("You can go on with this one use: {what}.")
        };
        return Answer { title: "Allowed".to_owned(), text, refused: false, reasons };
    }
    let text = format!(
        "Do not do this: {what}. If you think it is somebody else of the same name, ask the data protection lead. The attempt is recorded."
    );
    Answer { title: "Refused".to_owned(), text, refused: true, reasons }
}

/// One line of the list.
#[derive(Debug, Clone, Serialize)]
struct Line {
    href: String,
    reference: String,
    title: &'static str,
    since: String,
    tag: Tag,
}

/// The list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Marks {
    rows: Vec<Line>,
}

/// `GET /marks`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let rows = visit.state.run(move |app| list(app, &actor)).await?;
    visit.page(&Marks { rows: rows.iter().map(line).collect() })
}

fn line(row: &MarkRow) -> Line {
    Line {
        href: format!("/marks/{}", row.id),
        reference: row.reference.clone(),
        title: row.kind.title(),
        since: row.since.shown(),
        tag: if row.lifted { Tag::new("Lifted", "grey") } else { Tag::new("In force", "red") },
    }
}

/// `GET /marks/{id}`
pub(crate) async fn one(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let view = visit.state.run(move |app| see(app, &actor, &RecordId::new(id))).await?;
    visit.page(&lift_page(&view))
}

/// `POST /marks/{id}`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let of = RecordId::new(id);
    let shown = of.clone();
    let view = visit.state.run(move |app| see(app, &actor, &shown)).await?;
    let mut page = lift_page(&view);
    page.form = page.form.filled(&sent);
    let why = Why::from_key(sent.text("why"));
    if why.is_none() {
        page.form.complain("why", "Choose why it ends");
    }
    let given = ["told-day", "told-month", "told-year"].iter().any(|part| !sent.text(part).is_empty());
    let told = if given { page.form.need_date(&sent, "told") } else { None };
    let Some(why) = why.filter(|_| !page.form.is_refused()) else { return visit.page(&page) };
    let version = sent.text("version").parse().unwrap_or(0);
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        lift(app, actor, &of, version, why, told)?;
        Ok("/marks?done=mark-lifted".to_owned())
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        let field = if refusal.code == domain::RefusalCode::NoticeFirst { "told" } else { "why" };
        page.form.complain(field, submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    })
    .await
}

fn lift_page(view: &MarkView) -> FormPage {
    let mark = &view.mark;
    let reasons = [
        ("settled", "What it was made for is settled", "For a restriction or an objection. The person was told first."),
        ("same-person", "The one who asked for it agrees again", ""),
        ("the-child", "The child, who understands, agrees themselves", ""),
        ("somebody-else", "The other parent or somebody else agrees", "This is not enough; it is recorded that it was tried."),
    ];
    let fields = vec![
        Field::radios("why", "Why does it end?", &reasons),
        Field::date("told", "When was the person told?").hint("Needed for a restriction: they are told before it is lifted."),
        Field::hidden("version", &view.version.to_string()),
    ];
    let mut page = FormPage::new(mark.kind.title(), fields, "Lift the mark").check(rows(view));
    mark.facts.reference.clone_into(&mut page.caption);
    page.action = format!("/marks/{}", mark.facts.id);
    "/marks".clone_into(&mut page.back);
    page.once = once::fresh();
    if !view.may_lift || mark.lifted.is_some() {
        page.form = Form::new(Vec::new());
        "".clone_into(&mut page.button);
    }
    page
}

fn rows(view: &MarkView) -> Vec<Row> {
    let mark = &view.mark;
    let mut rows = vec![Row::new("In force since", mark.since.shown()), Row::new("Rests on", mark.kind.source())];
    match mark.about.as_ref().map(|about| about.get()) {
        Some(Some(about)) => {
            rows.push(Row::new("About", about.name.clone()));
            rows.push(Row::new("Asked for by", about.by.clone()));
            if !about.purpose.is_empty() {
                rows.push(Row::whole("What it is about", about.purpose.clone()));
            }
        }
        Some(None) => rows.push(Row::new("About", "[erased]")),
        None => rows.push(Row::new("About", "kept without a name, so that it holds after an erasure")),
    }
    for used in &mark.uses {
        let text = format!("{}\n{}\n{}", used.intended.title(), used.allowance.title(), used.reason.shown());
        rows.push(Row::whole(format!("Allowed on {}", When::Date(used.on).shown()), text));
    }
    if let Some(lifted) = &mark.lifted {
        rows.push(Row::new("Lifted on", When::Date(lifted.on).shown()));
    }
    rows
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "pages/marks/check.html";

    fn title(&self) -> String {
        "Check before you use data".to_owned()
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let reason = Reason { title: "No direct marketing (MARK-2026-0001)".to_owned(), text: "Since Sunday 22 November 2026.".to_owned() };
        let refused = Answer { title: "Refused".to_owned(), text: "Do not do this.".to_owned(), refused: true, reasons: vec![reason] };
        let allowed =
            Answer { title: "Allowed".to_owned(), text: "No mark stands against it.".to_owned(), refused: false, reasons: Vec::new() };
        let empty = Self { form: check_form(), answer: None, once: "k".to_owned() };
        vec![
            empty.clone(),
            Self { answer: Some(refused), ..empty.clone() },
            Self { answer: Some(allowed), ..empty.clone() },
            Self { form: check_form().complaining("who", "Enter the name or contact of the person"), ..empty },
        ]
    }
}

impl Page for Marks {
    const TEMPLATE: &'static str = "pages/marks/list.html";

    fn title(&self) -> String {
        "Marks about people".to_owned()
    }

    fn samples() -> Vec<Self> {
        let row = |reference: &str, kind: MarkKind, tag: Tag| Line {
            href: "/marks/x".to_owned(),
            reference: reference.to_owned(),
            title: kind.title(),
            since: "Sunday 7 March 2027 at 21:05 GMT".to_owned(),
            tag,
        };
        let rows = vec![
            row("MARK-2027-0001", MarkKind::NoPhotographs, Tag::new("In force", "red")),
            row("MARK-2027-0002", MarkKind::Restricted, Tag::new("Lifted", "grey")),
        ];
        vec![Self { rows }, Self { rows: Vec::new() }]
    }
}
