//! `GET` and `POST /policy/read`, `GET /policy/readings`.

use axum::response::Response;
use domain::calendar::short_date;
use domain::casework::reading::Reading;
use domain::people::Actor;
use domain::policy::Policy;
use jiff::civil::Date;
use services::policy;

use super::read::{ReadPage, ReaderLine, Readings, Standing, question_name};
use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::Sent;
use crate::submit;
use crate::words::{Tag, in_words};

/// Where a signed reading leads.
const SIGNED: &str = "/policy/read?done=policy-signed";

/// `GET /policy/read`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let (page, _) = open(&visit).await?;
    visit.page(&page)
}

/// The page as the reader stands to it, with the policy it shows.
async fn open(visit: &Visit) -> Result<(ReadPage, std::sync::Arc<policy::InForce>), Problem> {
    let actor = visit.actor()?;
    let (in_force, reading, today) =
        visit.state.run(move |app| Ok((policy::in_force(app, app.today())?, policy::reading_open(app, &actor)?, app.today()))).await?;
    let page = ReadPage::new(&in_force.policy, standing(&in_force.policy, &reading, today));
    Ok((page, in_force))
}

fn standing(policy: &Policy, reading: &Reading, today: Date) -> Standing {
    Standing {
        version: policy.about().version.clone(),
        due: if reading.signed.is_some() {
            String::new()
        } else {
            format!("{}, {}", short_date(reading.due), in_words(reading.due, today))
        },
        signed: reading.signed.map(short_date).unwrap_or_default(),
    }
}

/// `POST /policy/read`: wrong answers are explained and asked again; the right ones are signed.
pub(crate) async fn submit(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (page, in_force) = open(&visit).await?;
    let mut page = page.answered(&sent);
    let answers = answers(&in_force.policy, &actor, &sent, &mut page);
    if page.is_refused() {
        return visit.page(&page);
    }
    let asks = !in_force.policy.understanding().is_empty();
    if asks {
        let wrong = visit.state.run(move |app| policy::reading_answer(app, &actor, &answers)).await;
        match wrong {
            Ok((_, wrong)) if wrong.is_empty() => {}
            Ok((_, wrong)) => {
                page.explain(&wrong);
                return visit.page(&page);
            }
            Err(Problem::Refused(refusal)) => {
                page.complain("", &submit::words(&refusal));
                return visit.page(&page);
            }
            Err(problem) => return Err(problem),
        }
    }
    let work = |app: &services::App, actor: &Actor| policy::reading_sign(app, actor).map(|_| SIGNED.to_owned());
    submit::once(&visit, &sent.once(), work, |refusal| {
        page.complain("", &submit::words(&refusal));
        visit.page(&page)
    })
    .await
}

/// The answers, and what is missing of them and of the signature.
fn answers(policy: &Policy, actor: &Actor, sent: &Sent, page: &mut ReadPage) -> Vec<(String, usize)> {
    let mut answers = Vec::new();
    for question in policy.understanding() {
        let name = question_name(&question.id);
        match sent.text(&name).parse() {
            Ok(number) => answers.push((question.id.clone(), number)),
            Err(_) => page.complain(&name, "Choose an answer"),
        }
    }
    if sent.text("sign") != "yes" {
        page.complain("sign", "Tick the box to sign");
    }
    if sent.text("name").to_lowercase() != actor.name.trim().to_lowercase() {
        page.complain("name", "Enter your name as it stands at the head of the page");
    }
    answers
}

/// `GET /policy/readings`
pub(crate) async fn readings(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let found = visit.state.run(move |app| policy::readings(app, &actor)).await?;
    let line = |reader: &policy::Reader| ReaderLine {
        name: reader.name.clone(),
        tag: match reader.state.as_str() {
            "tried" => Tag::new("Answered, not yet right", "yellow"),
            "opened" => Tag::new("Opened", "blue"),
            _ => Tag::new("Not opened yet", "grey"),
        },
    };
    visit.page(&Readings {
        version: found.label.clone(),
        signed: found.signed,
        all: found.readers,
        rows: found.outstanding.iter().map(line).collect(),
    })
}
