//! A stage of the pack on one complaint: begun on the day of its trigger, finished on the day
//! it was done.

use axum::response::Response;
use domain::ids::RecordId;
use domain::policy::Stage;
use services::App;
use services::complaints::{ComplaintView, begin_step, finish_step, see};

use super::acts::{again, framed, once_or_again};
use super::new::optional_date;
use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Sent};
use crate::pages::form_page::{FormPage, Row};

/// `GET /complaints/{id}/steps/{step}`
pub(crate) async fn show(visit: Visit, At((id, step)): At<(String, String)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let page = visit.state.run(move |app| page_of(&see(app, &actor, &RecordId::new(id))?, &step)).await?;
    visit.page(&page)
}

/// `POST /complaints/{id}/steps/{step}`
pub(crate) async fn submit(visit: Visit, At((id, step)): At<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let address = format!("/complaints/{id}?done=complaint-saved");
    let perform = move |app: &App, actor: &domain::people::Actor, sent: &Sent| {
        let id = RecordId::new(id.clone());
        let view = see(app, actor, &id)?;
        let mut page = page_of(&view, &step)?;
        page.form = page.form.filled(sent);
        let version = sent.text("version").parse().unwrap_or(0);
        let on = page.form.need_date(sent, "on");
        let agreed = optional_date(sent, &mut page.form, "agreed");
        let done = match on {
            Some(on) if !page.form.is_refused() => {
                if view.complaint.began(stage(&view, &step)?).is_none() {
                    begin_step(app, actor, &id, version, &step, (on, agreed)).map(drop)
                } else {
                    finish_step(app, actor, &id, version, &step, (on, sent.text("note"))).map(drop)
                }
            }
            _ => Ok(()),
        };
        again(done, page)
    };
    once_or_again(visit, sent, address, perform).await
}

fn stage<'a>(view: &'a ComplaintView, step: &str) -> Result<&'a Stage, services::Error> {
    view.stages.iter().find(|stage| stage.id == step).ok_or(services::Error::NotFound)
}

fn page_of(view: &ComplaintView, step: &str) -> Result<FormPage, services::Error> {
    let stage = stage(view, step)?;
    let page = if view.complaint.began(stage).is_none() { begin(stage) } else { finish(stage) };
    Ok(framed(page, view, &format!("steps/{step}")))
}

fn rows(stage: &Stage) -> Vec<Row> {
    let mut rows = vec![Row::new("Begins with", stage.trigger.as_str())];
    if !stage.letter.is_empty() {
        rows.push(Row::whole("The letter says", stage.letter.join("\n")));
    }
    if !stage.clauses.is_empty() {
        rows.push(Row::new("Clauses", stage.clauses.join(", ")));
    }
    rows
}

fn begin(stage: &Stage) -> FormPage {
    let mut fields = vec![Field::date("on", "When did it begin?").hint("The day of what makes it begin. Do not guess it: ask.")];
    if stage.needs_agreement {
        fields.push(Field::date("agreed", "When did the person agree to it in writing?"));
    }
    FormPage::new(&stage.title, fields, "It has begun").check(rows(stage))
}

fn finish(stage: &Stage) -> FormPage {
    let fields =
        vec![Field::date("on", "When was it done?").hint("For a letter: the day it was sent."), Field::long("note", "What was done?")];
    FormPage::new(&stage.title, fields, "It is done").check(rows(stage))
}

/// The two pages of a step, for samples.
pub(crate) fn samples() -> Vec<FormPage> {
    let stage = Stage {
        id: "board-investigation".to_owned(),
        title: "Stage 2: a member of the board investigates".to_owned(),
        trigger: "the appointment of the board member".to_owned(),
        letter: vec!["the report".to_owned()],
        clauses: vec!["CEN-81".to_owned()],
        needs_agreement: true,
        ..Stage::default()
    };
    let mut pages = vec![begin(&stage), finish(&stage)];
    for page in &mut pages {
        "/complaints/x/steps/board-investigation".clone_into(&mut page.action);
    }
    pages
}
