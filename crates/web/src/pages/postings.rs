//! Print and post: the address, the last day to post, the envelope, the proof, and what came back.

use axum::response::Response;
use domain::calendar::{long_date, short_date};
use domain::casework::posting::{How, Posting, Stage};
use domain::ids::{BlobId, RecordId};
use domain::people::Verb;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use serde::Serialize;
use services::postings::{PostingRow, PostingView, PrintForm, PrintOffer, post, posting_see, print, print_offer, returned, settle};
use services::requests::reachable;

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::pages::form_page::{FormPage, Row};
use crate::submit;
use crate::templates::Page;
use crate::words::{Tag, in_words};

/// One posting on another page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PostingLine {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) note: String,
    pub(crate) tag: Tag,
}

impl PostingLine {
    /// The line of a posting, as of `today`.
    pub(crate) fn of(row: &PostingRow, today: Date) -> Self {
        let note = match (row.stage, row.send_by, row.posted_on) {
            ("printed", Some(by), _) => format!("post it by {}, {}", short_date(by), in_words(by, today)),
            (_, _, Some(on)) => format!("posted on {}", short_date(on)),
            _ => String::new(),
        };
        let late = row.stage == "printed" && row.send_by.is_some_and(|by| by < today);
        Self {
            href: format!("/requests/{}/postings/{}", row.case, row.id),
            text: format!("{}: {}", row.reference, row.name),
            note,
            tag: tag(row.stage, row.title, late),
        }
    }
}

fn tag(stage: &str, title: &str, late: bool) -> Tag {
    let colour = match stage {
        "returned" => "red",
        "printed" if late => "red",
        "printed" => "blue",
        "posted" => "green",
        _ => "grey",
    };
    Tag::new(title, colour)
}

/// `GET /requests/{id}/documents/{document}/post`
pub(crate) async fn show_print(visit: Visit, At((id, document)): At<(String, String)>) -> Result<Response, Problem> {
    let page = offer(&visit, &id, &document).await?;
    visit.page(&page)
}

async fn offer(visit: &Visit, id: &str, document: &str) -> Result<FormPage, Problem> {
    let actor = visit.actor()?;
    let (case, file) = (RecordId::new(id), BlobId::new(document));
    let offer = visit.state.run(move |app| print_offer(app, &actor, &case, &file)).await?;
    Ok(print_page(&offer, &format!("/requests/{id}"), document))
}

fn print_page(offer: &PrintOffer, case: &str, document: &str) -> FormPage {
    let hints: Vec<(How, String)> = offer
        .send_by
        .iter()
        .map(|(how, by)| (*how, by.map_or_else(String::new, |by| format!("Post it by {} so that it arrives in time.", long_date(by)))))
        .collect();
    let ways: Vec<(&str, &str, &str)> = hints.iter().map(|(how, hint)| (how.key(), how.title(), hint.as_str())).collect();
    let fields = vec![
        Field::long("address", "Name and address, as on the envelope")
            .hint("A line each. Check that it is the right and the latest one.")
            .rows(6)
            .value(&offer.address),
        Field::radios("how", "How does it go?", &ways).value("first"),
    ];
    let mut page = FormPage::new(&format!("Post {}", offer.name), fields, "Record it and make the label")
        .intro("Print the file, then make the label here. When it has been posted, record the proof of posting.")
        .law("What has to be given to somebody counts when it reaches them. First class is given two working days, second class four (Civil Procedure Rules, rule 6.26).")
        .aside(format!("{case}/documents/{document}"), "Open the file to print it");
    page.caption.clone_from(&offer.case);
    page.action = format!("{case}/documents/{document}/post");
    case.clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

/// `POST /requests/{id}/documents/{document}/post`
pub(crate) async fn submit_print(visit: Visit, At((id, document)): At<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let mut page = offer(&visit, &id, &document).await?;
    page.form = page.form.filled(&sent);
    let address = page.form.need(&sent, "address", "Write the name and the address");
    let how = How::from_key(sent.text("how"));
    if how.is_none() {
        page.form.complain("how", "Choose how it goes");
    }
    let (Some(how), false) = (how, page.form.is_refused()) else { return visit.page(&page) };
    let form = PrintForm { document: BlobId::new(document), address, how };
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        let posting = print(app, actor, &RecordId::new(id.clone()), &form)?;
        Ok(format!("/requests/{id}/postings/{posting}?done=post-printed"))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        page.form.complain("address", submit::words(&refusal));
        visit.page(&page)
    })
    .await
}

/// The page of one posting.
#[derive(Debug, Serialize)]
pub(crate) struct PostingPage {
    caption: String,
    heading: String,
    tag: Tag,
    rows: Vec<Row>,
    label: String,
    forms: Vec<Step>,
    action: String,
    back: String,
    version: String,
}

/// One thing that can be done now.
#[derive(Debug, Serialize)]
struct Step {
    heading: &'static str,
    act: &'static str,
    form: Form,
    button: &'static str,
    once: String,
}

fn step(act: &'static str, today: Date) -> Step {
    let today = today.to_string();
    let ways: Vec<(&str, &str, &str)> = How::ALL.iter().map(|how| (how.key(), how.title(), "")).collect();
    let (heading, fields, button) = match act {
        "posted" => (
            "It has been posted",
            vec![
                Field::date("on", "On which day?").value(&today),
                Field::radios("how", "How did it go?", &ways),
                Field::text("proof", "Number of the proof of posting, if there is one"),
            ],
            "Record the posting",
        ),
        "returned" => (
            "It came back",
            vec![
                Field::date("back", "On which day?").value(&today),
                Field::long("why", "What does it say?").hint("For example: gone away, not called for.").rows(2),
            ],
            "Record that it came back",
        ),
        _ => (
            "It is settled",
            vec![
                Field::long("what", "What was done?").hint("For example: posted again to the new address, handed over, given up.").rows(2),
            ],
            "Record it as settled",
        ),
    };
    Step { heading, act, form: Form::new(fields), button, once: once::fresh() }
}

fn page(view: &PostingView, today: Date) -> PostingPage {
    let posting = &view.posting;
    let here = format!("/requests/{}/postings/{}", posting.case, posting.facts.id);
    let acts: &[&'static str] = match posting.stage {
        Stage::Printed => &["posted", "settled"],
        Stage::Posted(_) => &["returned"],
        Stage::Returned { .. } => &["settled"],
        Stage::Settled { .. } => &[],
    };
    let late = posting.send_by.is_some_and(|by| by < today);
    PostingPage {
        caption: format!("{}, {}", view.case, posting.facts.reference),
        heading: format!("By post: {}", posting.name),
        tag: tag(posting.stage.key(), posting.stage.title(), late),
        rows: rows(view, today),
        label: format!("{here}/envelope"),
        forms: acts.iter().map(|act| step(act, today)).collect(),
        action: here,
        back: format!("/requests/{}", posting.case),
        version: view.at.to_string(),
    }
}

fn rows(view: &PostingView, today: Date) -> Vec<Row> {
    let posting = &view.posting;
    let mut rows = vec![
        Row::whole("To", posting.address.shown()),
        Row::new("Printed", format!("{} by {}", long_date(posting.printed_on), view.printed_by)),
    ];
    if let (Some(by), Stage::Printed) = (posting.send_by, &posting.stage) {
        rows.push(Row::new("Post it by", format!("{}, {}, {}", long_date(by), in_words(by, today), posting.how.title().to_lowercase())));
    }
    match &posting.stage {
        Stage::Posted(posted) | Stage::Returned { posted, .. } => {
            rows.push(Row::new("Posted", format!("{}, {}", long_date(posted.on), posted.how.title().to_lowercase())));
            if !posted.proof.is_empty() {
                rows.push(Row::new("Proof of posting", posted.proof.clone()));
            }
        }
        Stage::Printed | Stage::Settled { .. } => {}
    }
    match &posting.stage {
        Stage::Returned { on, why, .. } => rows.push(Row::whole("Came back", format!("{}\n{}", long_date(*on), why.shown()))),
        Stage::Settled { on, what } => rows.push(Row::whole("Settled", format!("{}\n{}", long_date(*on), what.shown()))),
        Stage::Printed | Stage::Posted(_) => {}
    }
    rows
}

async fn open(visit: &Visit, id: &str, posting: &str) -> Result<(PostingView, Date), Problem> {
    let actor = visit.actor()?;
    let (case, posting) = (RecordId::new(id), RecordId::new(posting));
    visit.state.run(move |app| Ok((posting_see(app, &actor, &case, &posting)?, app.today()))).await
}

/// `GET /requests/{id}/postings/{posting}`
pub(crate) async fn show(visit: Visit, At((id, posting)): At<(String, String)>) -> Result<Response, Problem> {
    let (view, today) = open(&visit, &id, &posting).await?;
    visit.page(&page(&view, today))
}

/// `POST /requests/{id}/postings/{posting}`
pub(crate) async fn submit(visit: Visit, At((id, posting)): At<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let (view, today) = open(&visit, &id, &posting).await?;
    let mut page = page(&view, today);
    let act = sent.text("act").to_owned();
    let Some(step) = page.forms.iter_mut().find(|step| step.act == act) else { return settled_already(&visit, id).await };
    step.form = std::mem::replace(&mut step.form, Form::new(Vec::new())).filled(&sent);
    let day = match act.as_str() {
        "posted" => step.form.need_date(&sent, "on"),
        "returned" => step.form.need_date(&sent, "back"),
        _ => Some(today),
    };
    let how = How::from_key(sent.text("how"));
    if act == "posted" && how.is_none() {
        step.form.complain("how", "Choose how it went");
    }
    let (Some(on), false) = (day, step.form.is_refused()) else { return visit.page(&page) };
    let at: u64 = sent.text("version").parse().unwrap_or_default();
    let (proof, why, what) = (sent.text("proof").to_owned(), sent.text("why").to_owned(), sent.text("what").to_owned());
    let doing = act.clone();
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        let (case, posting) = (RecordId::new(id.clone()), RecordId::new(posting.clone()));
        let at = (&case, &posting, at);
        match doing.as_str() {
            "posted" => post(app, actor, at, on, how.unwrap_or(How::First), &proof)?,
            "returned" => returned(app, actor, at, on, &why)?,
            _ => settle(app, actor, at, &what)?,
        };
        Ok(format!("/requests/{id}/postings/{posting}?done=saved"))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        if let Some(step) = page.forms.iter_mut().find(|step| step.act == act) {
            step.form.complain(field_of(&act, &refusal), submit::words(&refusal));
        }
        visit.page(&page)
    })
    .await
}

/// What was sent fits no step: the stage forbids it.
async fn settled_already(visit: &Visit, id: String) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    visit.state.run(move |app| reachable(app, &actor, &RecordId::new(id), Verb::RequestWork)).await?;
    Err(Problem::Refused(Refusal::new(RefusalCode::WrongState, "This letter is past that.")))
}

fn field_of(act: &str, refusal: &Refusal) -> &'static str {
    match (act, refusal.code) {
        ("posted", _) => "on",
        ("returned", RefusalCode::ReasonNeeded) => "why",
        ("returned", _) => "back",
        _ => "what",
    }
}

/// The label: who it is for and where it goes back to, alone on paper.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope {
    caption: String,
    to: Vec<String>,
    from: Vec<String>,
    back: String,
}

/// `GET /requests/{id}/postings/{posting}/envelope`
pub(crate) async fn envelope(visit: Visit, At((id, posting)): At<(String, String)>) -> Result<Response, Problem> {
    let (view, _) = open(&visit, &id, &posting).await?;
    let organisation = visit.state.run(|app| Ok(app.policy()?.organisation().clone())).await?;
    let from = std::iter::once(organisation.name).chain(organisation.address).filter(|line| !line.is_empty()).collect();
    visit.page(&label(&view.posting, from))
}

fn label(posting: &Posting, from: Vec<String>) -> Envelope {
    Envelope {
        caption: posting.facts.reference.clone(),
        to: posting.address.shown().lines().map(str::to_owned).collect(),
        from,
        back: format!("/requests/{}/postings/{}", posting.case, posting.facts.id),
    }
}

fn sample(stage: Stage) -> PostingView {
    let subject = domain::ids::SubjectId::new("s");
    let facts = domain::record::RecordFacts {
        id: RecordId::new("p"),
        reference: "POST-2026-0004".to_owned(),
        owner: None,
        assigned: Vec::new(),
        logged_by: domain::ids::UserId::new("u"),
        hold: false,
    };
    let posting = Posting {
        facts,
        case: RecordId::new("r"),
        document: BlobId::new("d"),
        name: "reply.pdf".to_owned(),
        address: domain::personal::Personal::known(&subject, "Amelia Hart\n17 Orchard Rise\nBrackwater\nBW3 9LD".to_owned()),
        printed_on: jiff::civil::date(2026, 11, 20),
        how: How::First,
        send_by: Some(jiff::civil::date(2026, 11, 24)),
        stage,
        subject,
    };
    PostingView { posting, at: 1, case: "SAR-2026-0001".to_owned(), printed_by: "Sam Reed".to_owned() }
}

/// The form to print, for the samples of forms.
pub(crate) fn sample_print() -> FormPage {
    let send_by = How::ALL.iter().map(|how| (*how, Some(jiff::civil::date(2026, 12, 23)))).collect();
    let offer = PrintOffer { case: "SAR-2026-0001".to_owned(), name: "reply.pdf".to_owned(), address: "Amelia Hart\n".to_owned(), send_by };
    print_page(&offer, "/requests/x", "d")
}

/// Lines for the samples of other pages: one late, one that came back.
pub(crate) fn sample_lines() -> Vec<PostingLine> {
    let today = jiff::civil::date(2026, 11, 22);
    let row = |stage: &'static str, title: &'static str, send_by: Option<Date>, posted_on: Option<Date>| PostingRow {
        id: RecordId::new("p"),
        case: RecordId::new("r"),
        reference: "POST-2026-0004".to_owned(),
        name: "reply.pdf".to_owned(),
        title,
        stage,
        send_by,
        posted_on,
    };
    let rows =
        [row("printed", "To be posted", Some(jiff::civil::date(2026, 11, 20)), None), row("returned", "Came back", None, Some(today))];
    rows.iter().map(|row| PostingLine::of(row, today)).collect()
}

fn sample_posted() -> domain::casework::posting::Posted {
    domain::casework::posting::Posted {
        on: jiff::civil::date(2026, 11, 21),
        how: How::SignedFor,
        proof: "AB 1234 5678 9GB".to_owned(),
        by: domain::ids::UserId::new("u"),
    }
}

impl Page for PostingPage {
    const TEMPLATE: &'static str = "pages/posting.html";

    fn title(&self) -> String {
        format!("{}: {}", self.caption, self.heading)
    }

    fn form(&self) -> Option<&Form> {
        self.forms.iter().map(|step| &step.form).find(|form| form.is_refused())
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let why = domain::personal::Personal::known(&domain::ids::SubjectId::new("s"), "Gone away".to_owned());
        let back = Stage::Returned { posted: sample_posted(), on: jiff::civil::date(2026, 11, 22), why: why.clone() };
        let settled = Stage::Settled { on: today, what: why };
        let mut refused = page(&sample(Stage::Printed), today);
        for step in refused.forms.iter_mut().take(1) {
            step.form.complain("how", "Choose how it went");
        }
        let stages = [Stage::Printed, Stage::Posted(sample_posted()), back, settled];
        stages.into_iter().map(|stage| page(&sample(stage), today)).chain([refused]).collect()
    }
}

impl Page for Envelope {
    const TEMPLATE: &'static str = "pages/envelope.html";

    fn title(&self) -> String {
        format!("{}: label", self.caption)
    }

    fn samples() -> Vec<Self> {
        let from = vec!["Greenbank Learning CIC".to_owned(), "4 Mill Lane, Brackwater BW1 4QT".to_owned()];
        vec![label(&sample(Stage::Printed).posting, from)]
    }
}
