//! How far a search has come, live; without JavaScript the page reloads itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::RefusalCode;
use domain::ids::RecordId;
use serde::Serialize;
use services::requests::{SearchProgress, TRYING, View, progress, see};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::IntervalStream;

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::pages::form_page::Row;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{count, thousands};

/// How often a stream looks.
const EVERY: Duration = Duration::from_millis(500);
/// Longest life of one stream; the browser then asks again.
const LOOKS: usize = 240;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Progress {
    reference: String,
    heading: String,
    sentence: String,
    running: bool,
    done: u64,
    total: u64,
    facts: Vec<Row>,
    next: Option<Link>,
    back: String,
    stream: String,
    after: String,
}

/// `GET /requests/{id}/searching`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (view, progress) = visit
        .state
        .run(move |app| {
            let id = RecordId::new(id);
            Ok((see(app, &actor, &id)?, progress(app, &actor, &id)?))
        })
        .await?;
    visit.page(&page(&view, &progress))
}

/// `GET /requests/{id}/searching/stream`: server-sent events. Each look asks for the
/// session again, so that a stream ends when the session does.
pub(crate) async fn stream(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let (actor, token) = (visit.actor()?, visit.token().ok_or(Problem::SignIn)?);
    let first = RecordId::new(id.clone());
    // A stream begins with 200: whoever may not see the request must not get that far.
    visit.state.run(move |app| progress(app, &actor, &first)).await?;
    let state = visit.state.clone();
    let ticks = IntervalStream::new(tokio::time::interval(EVERY)).take(LOOKS);
    let looks = ticks.then(move |_| {
        let (state, token, id) = (state.clone(), token.clone(), RecordId::new(id.clone()));
        async move {
            let look = move |app: &services::App| {
                let actor = services::accounts::session(app, &token)?.ok_or(services::Error::NotFound)?;
                progress(app, &actor, &id)
            };
            state.run(look).await.ok()
        }
    });
    let mut ended = false;
    let events = looks.map_while(move |look| {
        if ended {
            return None;
        }
        ended = look.as_ref().is_none_or(|progress| progress.state != "running");
        Some(Ok::<_, Infallible>(event(look.as_ref(), ended)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

fn event(progress: Option<&SearchProgress>, ended: bool) -> Event {
    let Some(progress) = progress.filter(|_| !ended) else { return Event::default().event("end").data("{}") };
    let data = serde_json::json!({ "sentence": sentence(progress), "done": progress.done, "total": progress.total });
    Event::default().event("progress").data(data.to_string())
}

fn sentence(progress: &SearchProgress) -> String {
    let read = match (progress.stage.as_str(), progress.total) {
        ("waiting", _) | (TRYING, 0) => return "Waiting for its turn.".to_owned(),
        (_, 0) => format!("{} read so far.", count(progress.done, "item", "items")),
        (_, total) if progress.estimated => format!("{} of about {} read.", thousands(progress.done), count(total, "item", "items")),
        (_, total) => format!("{} of {} read.", thousands(progress.done), count(total, "item", "items")),
    };
    let left = progress.seconds_left.map(|seconds| match seconds {
        90.. => format!("About {} left.", count((seconds + 30) / 60, "minute", "minutes")),
        45.. => "About a minute left.".to_owned(),
        _ => "Less than a minute left.".to_owned(),
    });
    let earlier =
        (progress.known > 0).then(|| format!("It went on from an earlier search, which had read {} of them.", thousands(progress.known)));
    let looked = progress.looked.map(|(done, of)| format!("Reading the letters in pictures: {} of {}.", thousands(done), thousands(of)));
    [Some(read), looked, left, earlier].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn page(view: &View, progress: &SearchProgress) -> Progress {
    if progress.stage == TRYING {
        return tried(view, progress);
    }
    let here = address(view);
    let (heading, words, next) = match progress.state.as_str() {
        "running" => ("Searching", sentence(progress), None),
        "failed" => ("The search stopped", stopped(&progress.stage), Some(Link::new(format!("{here}/search"), "Search again"))),
        "done" => ("The search has finished", String::new(), Some(Link::new(format!("{here}/review"), "Review what was found"))),
        _ => ("Nothing has been searched yet", String::new(), Some(Link::new(format!("{here}/search"), "Search"))),
    };
    let found = view.request.search.as_ref().filter(|_| progress.state == "done");
    let facts = found.map(|search| {
        vec![
            Row::whole("Searched", search.places.join("\n")),
            Row::new("Items read", thousands(search.met)),
            Row::new("To review", thousands(search.found)),
            Row::new("Could not be read", thousands(search.unreadable)),
            Row::new("Left out, only a part of the name", thousands(search.left_out)),
        ]
    });
    framed(view, progress, (heading, words, next), facts)
}

/// How far it is with passwords that are tried on what nobody could open.
fn tried(view: &View, progress: &SearchProgress) -> Progress {
    let here = address(view);
    let last = view.request.search.as_ref().and_then(|search| search.passwords.last()).filter(|_| progress.state == "done");
    let locked = || Link::new(format!("{here}/locked"), "See what is under a password");
    let review = || Link::new(format!("{here}/review"), "Review what was found");
    let (heading, words, next) = match progress.state.as_str() {
        "running" => ("Trying the passwords", sentence(progress), None),
        "failed" => ("The passwords could not be tried", "Nothing was kept of it. You can give them again.".to_owned(), Some(locked())),
        _ => (
            "The passwords have been tried",
            String::new(),
            Some(if last.is_some_and(|tried| tried.found > 0) { review() } else { locked() }),
        ),
    };
    let facts = last.map(|tried| {
        vec![
            Row::new("Tried on", count(tried.tried, "item", "items")),
            Row::new("Opened", thousands(tried.opened)),
            Row::new("To review, from what was opened", thousands(tried.found)),
            Row::new("Still not open", thousands(tried.tried.saturating_sub(tried.opened))),
        ]
    });
    framed(view, progress, (heading, words, next), facts)
}

/// The page with its heading, what is said and what comes next, and the facts once it has ended.
fn framed(
    view: &View,
    progress: &SearchProgress,
    (heading, sentence, next): (&str, String, Option<Link>),
    facts: Option<Vec<Row>>,
) -> Progress {
    let here = address(view);
    Progress {
        reference: view.request.facts.reference.clone(),
        heading: heading.to_owned(),
        sentence,
        running: progress.state == "running",
        done: progress.done,
        total: progress.total,
        facts: facts.unwrap_or_default(),
        next: next.filter(|_| view.may_work),
        stream: format!("{here}/searching/stream"),
        after: format!("{here}/searching"),
        back: here,
    }
}

/// The address of the request.
fn address(view: &View) -> String {
    format!("/requests/{}", view.request.facts.id)
}

/// Why a search stopped, from the code that the worker left.
fn stopped(code: &str) -> String {
    let known = RefusalCode::ALL.iter().find(|known| known.id() == code);
    known.map_or_else(
        || "Something went wrong while searching. Nothing was kept of it; you can search again.".to_owned(),
        |known| format!("{} {}", known.what(), known.next()),
    )
}

impl Page for Progress {
    const TEMPLATE: &'static str = "pages/progress.html";

    fn title(&self) -> String {
        format!("{}: {}", self.reference, self.heading)
    }

    fn samples() -> Vec<Self> {
        let page = |running: bool, total, next| Self {
            reference: "SAR-2026-0007".to_owned(),
            heading: if running { "Searching".to_owned() } else { "The search has finished".to_owned() },
            sentence: if total == 0 {
                "1,204 items read so far.".to_owned()
            } else {
                "1,204 of about 4,150 items read. About 3 minutes left. It went on from an earlier search, which had read 1,000 of them."
                    .to_owned()
            },
            running,
            done: 1204,
            total,
            facts: if running { Vec::new() } else { vec![Row::new("Items read", "4,150"), Row::new("Could not be read", "3")] },
            next,
            back: "/requests/x".to_owned(),
            stream: "/requests/x/searching/stream".to_owned(),
            after: "/requests/x/searching".to_owned(),
        };
        vec![page(true, 4150, None), page(true, 0, None), page(false, 0, Some(Link::new("/requests/x/review", "Review what was found")))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_a_sentence() {
        let at = |stage: &str, done, total| SearchProgress {
            state: "running".into(),
            stage: stage.into(),
            done,
            total,
            ..SearchProgress::default()
        };
        assert_eq!(sentence(&at("waiting", 0, 0)), "Waiting for its turn.");
        assert_eq!(sentence(&at(TRYING, 0, 0)), "Waiting for its turn.");
        assert_eq!(sentence(&at(TRYING, 1, 3)), "1 of 3 items read.");
        assert_eq!(sentence(&at("searching", 1, 0)), "1 item read so far.");
        assert_eq!(sentence(&at("searching", 1204, 4150)), "1,204 of 4,150 items read.");
        let on = SearchProgress { estimated: true, known: 1_000, seconds_left: Some(170), ..at("searching", 1204, 4150) };
        assert_eq!(
            sentence(&on),
            "1,204 of about 4,150 items read. About 3 minutes left. It went on from an earlier search, which had read 1,000 of them."
        );
        let looking = SearchProgress { looked: Some((3, 40)), ..on.clone() };
        assert!(sentence(&looking).contains("Reading the letters in pictures: 3 of 40."));
        assert!(sentence(&SearchProgress { seconds_left: Some(50), ..on.clone() }).contains("About a minute left."));
        assert!(sentence(&SearchProgress { seconds_left: Some(2), ..on }).contains("Less than a minute left."));
    }

    #[test]
    fn a_stopped_search_says_why_and_what_to_do() {
        assert!(stopped("FIND-002").contains("cannot be read"));
        assert!(stopped("not found").contains("search again"));
    }
}
