//! Searches by hand: the plan of a request, one's own searches, and one of them. Who searches sees the place, the words
//! and the day: never who asked or why.

use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::{long_date, short_date};
use domain::casework::search_task::{Found, Medium, SearchTask};
use domain::ids::{RecordId, UserId};
use jiff::civil::Date;
use serde::Serialize;
use services::requests::{FoundForm, SearchForm, SearchPlan, SearchRow, finish_search, my_searches, plan_search, search_plan, search_task};

use crate::error::Problem;
use crate::extract::{At, Files, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};
use crate::templates::Page;
use crate::words::{Tag, count, in_words};

/// One search in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    href: String,
    place: String,
    note: String,
    who: String,
    due: String,
    overdue: bool,
    tag: Tag,
}

fn line(row: &SearchRow, today: Date) -> Line {
    let task = &row.task;
    let (tag, overdue) = match task.result.as_ref().map(|result| &result.found) {
        None if task.by < today => (Tag::new("Overdue", "red"), true),
        None => (Tag::new("To do", "blue"), false),
        Some(Found::Items { number }) => (Tag::new(format!("Found {}", count(u64::from(*number), "item", "items")), "green"), false),
        Some(Found::Nothing) => (Tag::new("Nothing found", "grey"), false),
        Some(Found::NotSearched { .. }) => (Tag::new("Not searched", "yellow"), false),
    };
    Line {
        href: format!("/searches/{}", task.facts.id),
        place: task.place.clone(),
        note: format!("{}, {}", task.facts.reference, task.medium.title().to_lowercase()),
        who: row.who.clone(),
        due: if task.result.is_none() { format!("{}, {}", short_date(task.by), in_words(task.by, today)) } else { short_date(task.by) },
        overdue,
        tag,
    }
}

/// The search plan of a request.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PlanPage {
    reference: String,
    places: Vec<(String, Tag)>,
    not_searched: Vec<String>,
    by_hand: Vec<Line>,
    form: Form,
    may_add: bool,
    search: String,
    /// Where what was found is added; empty when the review is finished.
    found: String,
    action: String,
    back: String,
    once: String,
}

/// `GET /requests/{id}/search-plan`
pub(crate) async fn plan(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let page = open_plan(&visit, id).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/search-plan`
pub(crate) async fn add(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = open_plan(&visit, id.clone()).await?;
    page.form = page.form.filled(&sent);
    let place = page.form.need(&sent, "where", "Name the place");
    let medium = Medium::from_key(&page.form.need(&sent, "medium", "Choose what kind of place it is"));
    let who = page.form.need(&sent, "who", "Choose who searches");
    let given = ["by-day", "by-month", "by-year"].iter().any(|part| !sent.text(part).is_empty());
    let by = if given { page.form.need_date(&sent, "by") } else { None };
    let Some(medium) = medium.filter(|_| !page.form.is_refused()) else { return visit.page(&page) };
    let terms = sent.raw("terms").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let (user, key) = (actor.user.to_string(), sent.once());
    let address = format!("/requests/{id}/search-plan?done=search-planned");
    let work = async {
        let form = SearchForm { place, medium, who: UserId::new(who), by, terms };
        let planned = visit.state.run(move |app| plan_search(app, &actor, &RecordId::new(id), &form)).await;
        match planned {
            Ok(_) => Ok(Outcome::Done(address)),
            Err(Problem::Refused(refusal)) if refusal.code == domain::RefusalCode::ValueInvalid => {
                page.form.complain("where", refusal.detail);
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    visit.state.once.run(&user, &key, work).await
}

async fn open_plan(visit: &Visit, id: String) -> Result<PlanPage, Problem> {
    let actor = visit.actor()?;
    let back = format!("/requests/{id}");
    let (plan, today) = visit.state.run(move |app| Ok((search_plan(app, &actor, &RecordId::new(id))?, app.today()))).await?;
    Ok(plan_page(&plan, today, back))
}

fn plan_page(plan: &SearchPlan, today: Date, back: String) -> PlanPage {
    let state = |done: bool| if done { Tag::new("Searched", "green") } else { Tag::new("Not yet", "blue") };
    PlanPage {
        reference: plan.reference.clone(),
        places: plan.places.iter().map(|(name, done)| (name.clone(), state(*done))).collect(),
        not_searched: plan.not_searched.clone(),
        by_hand: plan.by_hand.iter().map(|row| line(row, today)).collect(),
        form: plan_form(plan),
        may_add: plan.may_add,
        search: format!("{back}/search"),
        found: if plan.may_add { format!("{back}/found") } else { String::new() },
        action: format!("{back}/search-plan"),
        back,
        once: once::fresh(),
    }
}

fn plan_form(plan: &SearchPlan) -> Form {
    let media: Vec<(&str, &str, &str)> = Medium::ALL.iter().map(|medium| (medium.key(), medium.title(), "")).collect();
    let people: Vec<(&str, &str, &str)> = plan.people.iter().map(|(user, name)| (user.as_str(), name.as_str(), "")).collect();
    let by = plan.by.map(|by| format!("When you leave it empty: {}, before the answer is due.", long_date(by))).unwrap_or_default();
    Form::new(vec![
        Field::text("where", "Place").hint("For example: filing cabinet in the back office, drawer 2"),
        Field::radios("medium", "What kind of place?", &media),
        Field::radios("who", "Who searches?", &people).hint("They see the place, the words and the day: not who asked, nor why."),
        Field::date("by", "By when").hint(&by),
        Field::long("terms", "What to look for").hint("One a line.").rows(4).value(&plan.terms.join("\n")),
    ])
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "pages/search_plan.html";

    fn title(&self) -> String {
        format!("Search plan, {}", self.reference)
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let plan = SearchPlan {
            reference: "SAR-2026-0007".to_owned(),
            places: vec![("office mailbox".to_owned(), true), ("shared drive".to_owned(), false)],
            not_searched: vec!["Archive box 12: destroyed under the retention schedule".to_owned()],
            by_hand: samples(),
            may_add: true,
            people: vec![(UserId::new("u1"), "Sam Reed".to_owned())],
            terms: vec!["Amelia Hart".to_owned()],
            by: Some(jiff::civil::date(2026, 12, 24)),
        };
        let bare =
            SearchPlan { places: Vec::new(), not_searched: Vec::new(), by_hand: Vec::new(), may_add: false, by: None, ..plan.clone() };
        let full = plan_page(&plan, today, "/requests/x".to_owned());
        let refused = Self { form: plan_form(&plan).complaining("where", "Name the place"), ..full.clone() };
        vec![full, refused, plan_page(&bare, today, "/requests/x".to_owned())]
    }
}

/// One's own searches.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MySearches {
    rows: Vec<Line>,
}

/// `GET /searches`
pub(crate) async fn mine(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (rows, today) = visit.state.run(move |app| Ok((my_searches(app, &actor)?, app.today()))).await?;
    visit.page(&MySearches { rows: rows.iter().map(|row| line(row, today)).collect() })
}

impl Page for MySearches {
    const TEMPLATE: &'static str = "pages/searches.html";

    fn title(&self) -> String {
        "My searches".to_owned()
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        vec![Self { rows: samples().iter().map(|row| line(row, today)).collect() }, Self { rows: Vec::new() }]
    }
}

/// `GET /searches/{id}`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let row = visit.state.run(move |app| search_task(app, &actor, &RecordId::new(id))).await?;
    visit.page(&task_page(&row))
}

/// `POST /searches/{id}`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, upload: Files) -> Result<Response, Problem> {
    let Files { sent, files } = upload;
    let actor = visit.actor()?;
    let (asking, record) = (actor.clone(), RecordId::new(id.clone()));
    let row = visit.state.run(move |app| search_task(app, &asking, &record)).await?;
    let mut page = task_page(&row);
    page.form = page.form.filled(&sent);
    let found = match page.form.need(&sent, "found", "Choose what came of it").as_str() {
        "items" => {
            let number = how_many(sent.text("number"), files.len());
            if number.is_none() {
                page.form.complain("number", "Enter how many items you found, like 3, or choose the files");
            }
            number.map(|number| FoundForm::Items { number, files })
        }
        "nothing" => Some(FoundForm::Nothing),
        "not" => Some(FoundForm::NotSearched(page.form.need(&sent, "why", "Write why it was not searched"))),
        _ => None,
    };
    let Some(found) = found.filter(|_| !page.form.is_refused()) else { return visit.page(&page) };
    let version = sent.text("version").parse().unwrap_or(0);
    visit.state.run(move |app| finish_search(app, &actor, &RecordId::new(id), version, found)).await?;
    Ok(Redirect::to("/searches?done=search-done").into_response())
}

fn task_page(row: &SearchRow) -> FormPage {
    let task = &row.task;
    let found = [("items", "I found something", ""), ("nothing", "I found nothing", ""), ("not", "It was not searched", "")];
    let fields = if row.may_do {
        vec![
            Field::radios("found", "What came of it?", &found),
            Field::text("number", "How many items").hint("Only where you found something."),
            Field::files("files", "Scans or copies of what you found").hint(
                "PDF, Word, pictures, mail, text. Only whoever is in charge of the request sees them. What you cannot scan, hand to them.",
            ),
            Field::long("why", "Why it was not searched").hint("Only where it was not. The person is told.").rows(3),
            Field::hidden("version", &row.version.to_string()),
        ]
    } else {
        Vec::new()
    };
    let mut page = FormPage::new("A search by hand", fields, "Record it")
        .law("A search has to be reasonable and proportionate (UK GDPR Article 15(1A)). Look for these words, also in other spellings, and for what is plainly about the same person. Talk to nobody about it.")
        .check(facts(task));
    page.upload = true;
    page.caption.clone_from(&task.facts.reference);
    page.action = format!("/searches/{}", task.facts.id);
    "/searches".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

/// How many items were found: what is said, else as many as there are files. Fewer than there are files cannot be.
fn how_many(said: &str, files: usize) -> Option<u32> {
    let files = u32::try_from(files).ok()?;
    let number = if said.trim().is_empty() { files } else { said.trim().parse().ok()? };
    (number > 0 && number >= files).then_some(number)
}

fn facts(task: &SearchTask) -> Vec<Row> {
    let terms = task.terms.get().map_or_else(|| "[erased]".to_owned(), |terms| terms.join("\n"));
    let mut rows = vec![
        Row::new("Place", task.place.clone()),
        Row::new("Kind", task.medium.title()),
        Row::whole("Look for", terms),
        Row::new("By", long_date(task.by)),
    ];
    match task.result.as_ref().map(|result| &result.found) {
        Some(Found::Items { number }) => rows.push(Row::new("Found", count(u64::from(*number), "item", "items"))),
        Some(Found::Nothing) => rows.push(Row::new("Found", "Nothing")),
        Some(Found::NotSearched { why }) => rows.push(Row::whole("Not searched", why.shown())),
        None => {}
    }
    rows
}

/// Invented searches for the samples.
fn samples() -> Vec<SearchRow> {
    let subject = domain::ids::SubjectId::new("s1");
    let task = |number: u32, by: Date, found: Option<Found>| SearchTask {
        facts: domain::record::RecordFacts {
            id: RecordId::new(format!("x.search.{number}")),
            reference: format!("SAR-2026-0007/{number}"),
            owner: Some(UserId::new("u1")),
            assigned: Vec::new(),
            logged_by: UserId::new("u1"),
            hold: false,
        },
        request: RecordId::new("x"),
        subject: subject.clone(),
        place: "Filing cabinet, back office".to_owned(),
        medium: Medium::Paper,
        terms: domain::personal::Personal::known(&subject, vec!["Amelia Hart".to_owned()]),
        by,
        result: found.map(|found| domain::casework::search_task::SearchResult { on: by, by: UserId::new("u1"), found }),
    };
    let row = |task: SearchTask| SearchRow { may_do: task.result.is_none(), task, version: 1, who: "Sam Reed".to_owned() };
    let (soon, gone) = (jiff::civil::date(2026, 11, 27), jiff::civil::date(2026, 11, 20));
    vec![
        row(task(1, soon, None)),
        row(task(2, gone, None)),
        row(task(3, gone, Some(Found::Items { number: 3 }))),
        row(task(4, gone, Some(Found::Nothing))),
    ]
}
