//! Logging an event that a clock of the policy runs from. The page of the duty that follows
//! explains its date.

use axum::response::Response;
use domain::casework::duty::RetentionEvent;
use domain::people::Actor;
use domain::policy::Duty;
use domain::{Refusal, RefusalCode};
use services::policy::{event_log, events_offered, retention_event_log, retention_events_offered};

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Sent};
use crate::once;
use crate::pages::form_page::FormPage;
use crate::submit;

/// One event to choose from: the duty that follows, what happened in plain words, and what
/// has to be done then.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    id: String,
    happened: String,
    then: String,
}

/// What the values of events of the retention schedule begin with.
const RETENTION: &str = "retention:";

/// `GET /duties/event`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let page = offered(&visit).await?;
    visit.page(&page)
}

/// `POST /duties/event`
pub(crate) async fn submit(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let mut page = offered(&visit).await?;
    page.form = page.form.filled(&sent);
    let event = page.form.need(&sent, "event", "Choose what happened");
    let when = submit::when(&mut page.form, &sent, "on", "time");
    let note = page.form.need(&sent, "note", "Enter a reference or a few words to know it by");
    let (Some(when), false) = (when, page.form.is_refused()) else { return visit.page(&page) };
    let work = move |app: &services::App, actor: &Actor| {
        if let Some(trigger) = event.strip_prefix(RETENTION) {
            retention_event_log(app, actor, trigger, when, &note)?;
            return Ok("/duties?done=dates-begun".to_owned());
        }
        let id = event_log(app, actor, &event, when, &note)?;
        Ok(format!("/duties/{id}?done=event-logged"))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        page.form.complain(field_of(&refusal), submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    })
    .await
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code {
        RefusalCode::DutyFuture | RefusalCode::DateOutOfRange => "on",
        RefusalCode::InstantNeeded => "time",
        RefusalCode::ReasonNeeded => "note",
        _ => "event",
    }
}

/// The form with the events that the policy in force waits for.
async fn offered(visit: &Visit) -> Result<FormPage, Problem> {
    let actor = visit.actor()?;
    let (choices, today) = visit
        .state
        .run(move |app| {
            let policy = app.policy()?;
            let choice = |duty: &Duty| Choice {
                id: duty.id.clone(),
                happened: policy.rule(&duty.clock).map_or_else(|_| duty.title.clone(), |rule| crate::words::capital(&rule.trigger)),
                then: format!("Then: {}.", duty.title.trim_end_matches('.')),
            };
            let kept = |event: RetentionEvent| Choice {
                id: format!("{RETENTION}{}", event.trigger),
                happened: event.title,
                then: format!("Then the time begins after which these are destroyed: {}.", event.classes.join("; ")),
            };
            let mut choices: Vec<Choice> = events_offered(app, &actor)?.iter().map(choice).collect();
            choices.extend(retention_events_offered(app, &actor)?.into_iter().map(kept));
            Ok((choices, app.today()))
        })
        .await?;
    Ok(form(&choices, today))
}

fn form(events: &[Choice], today: jiff::civil::Date) -> FormPage {
    let choices: Vec<(&str, &str, &str)> =
        events.iter().map(|event| (event.id.as_str(), event.happened.as_str(), event.then.as_str())).collect();
    let fields = vec![
        Field::radios("event", "What happened?", &choices),
        Field::date("on", "On which day?").value(&today.to_string()),
        Field::text("time", "At what time?").hint("If you know it, for example 14:30. Some duties count hours from then."),
        Field::text("note", "Which one is it?")
            .hint("A reference or a few words to know it by, such as a ticket or a file number. No names of people."),
    ];
    let mut page = FormPage::new("Log an event", fields, "Log it").intro(
        "Some duties of the policy begin when something happens. Log it here on the day you learn of it: Probity works out what has to be done, \
         and until when.",
    );
    "/duties/event".clone_into(&mut page.action);
    "/duties".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

/// The form of a few events, for samples.
pub(crate) fn sample() -> FormPage {
    let choice = |id: &str, happened: &str, then: &str| Choice { id: id.into(), happened: happened.into(), then: then.into() };
    let events = [
        choice("induction", "The first day of work", "Then: Train the new member of staff."),
        choice("breach-report", "The organisation becomes aware of a breach", "Then: Report to the regulator, or record why not."),
    ];
    let mut page = form(&events, jiff::civil::date(2026, 11, 22));
    page.form.complain("event", "Choose what happened");
    page
}
