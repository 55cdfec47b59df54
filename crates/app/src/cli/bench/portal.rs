//! The public pages for somebody who is known and for somebody who is not, one after the other: the same bytes, and as fast.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use services::portal::{PortalSettings, save_settings};
use services::{App, requests};
use tower::ServiceExt;
use web::{Settings, WebState};

use super::commands::{form, installation, lead, tempfile_dir};
use super::figure;
use super::register::fill;
use crate::cli::outcome::Ending;
use crate::cli::serve::runtime;

/// Posts for each of the two.
const ROUNDS: u64 = 300;
/// Posts that are not counted, until everything is warm.
const WARM_UP: u64 = 20;
/// Requests of other people in the register.
const OTHERS: u64 = 2_000;
/// By how much the two medians may differ, in percent of the smaller.
const ALLOWED: f64 = 10.0;
/// How often it is measured before it counts: what something else on the machine did does not come back each time.
const RUNS: u64 = 3;
/// Largest answer that is read, in bytes.
const LARGEST: usize = 1 << 20;

/// Everything that a visitor sees of an answer, with the reference taken out that belongs to it alone.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// Somebody in the register.
struct Known {
    email: String,
    name: String,
    reference: String,
}

/// One page that is posted to: its name in the table, its path, and the fields for somebody.
struct Door {
    name: &'static str,
    path: &'static str,
    fields: fn(u64, &Known) -> String,
}

const DOORS: &[Door] = &[
    Door {
        name: "portal request",
        path: "/portal/request",
        fields: |n, who| {
            let (name, email) = (&who.name, &who.email);
            format!("which=access&words=Everything+please&name={name}&who=me&email={email}&once={n:032x}")
        },
    },
    Door { name: "portal link", path: "/portal/follow", fields: |_, who| format!("reference={}&email={}", who.reference, who.email) },
];

/// Posts for both in turn and compares.
///
/// # Errors
/// When an answer tells the two apart, or one of them waits more than a tenth longer.
pub(super) fn portal(out: &mut dyn Write) -> Result<(), Ending> {
    let folder = tempfile_dir()?;
    let app = installation(&folder, "")?.open()?;
    fill(&app, OTHERS)?;
    let known = (0..WARM_UP + ROUNDS).map(|n| person(&app, n)).collect::<Result<Vec<_>, Ending>>()?;
    let most = 100_000;
    let wide = PortalSettings { messages_an_hour: most, links_an_hour: most, mails_a_day: most, ..PortalSettings::default() };
    save_settings(&app, &lead(), &wide)?;
    let state = WebState::new(Arc::new(app.clone()), Settings { organisation: "Bench".to_owned(), https: false });
    let (runtime, router) = (runtime()?, web::router(state.clone()));
    let mut apart = Vec::new();
    for door in DOORS {
        let (name, mut run) = (door.name, 0);
        let (times, of_known, of_unknown, difference) = loop {
            let times = runtime.block_on(measure(&router, door, &known, run))?;
            let (of_known, of_unknown) = (middle(&times.known, 50), middle(&times.unknown, 50));
            let difference = (of_known - of_unknown).abs() / of_known.min(of_unknown) * 100.0;
            run += 1;
            if difference <= ALLOWED || run == RUNS {
                break (times, of_known, of_unknown, difference);
            }
        };
        figure(out, &format!("{name} known p50"), of_known, "ms")?;
        figure(out, &format!("{name} unknown p50"), of_unknown, "ms")?;
        figure(out, &format!("{name} known p95"), middle(&times.known, 95), "ms")?;
        figure(out, &format!("{name} unknown p95"), middle(&times.unknown, 95), "ms")?;
        figure(out, &format!("{name} difference"), difference, "%")?;
        figure(out, &format!("{name} answers alike"), times.known.len() as f64, "pairs")?;
        if difference > ALLOWED {
            apart.push(format!("{name}: {of_known:.3} ms for the known, {of_unknown:.3} ms for the unknown"));
        }
    }
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    drop((router, state, app));
    std::fs::remove_dir_all(&folder).context("removing the bench folder")?;
    if apart.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("the portal tells by its speed who is known: {}", apart.join("; ")).into()) }
}

/// A person with a case of their own.
fn person(app: &App, n: u64) -> Result<Known, Ending> {
    let mut form = form(app, n);
    form.person.names = vec![format!("Known{n:04}")];
    form.person.emails = vec![format!("known{n:04}@mail.example")];
    let reference = requests::receive(app, &lead(), form)?.1;
    Ok(Known { email: format!("known{n:04}%40mail.example"), name: format!("Known{n:04}"), reference })
}

/// Times in milliseconds.
struct Times {
    known: Vec<f64>,
    unknown: Vec<f64>,
}

/// Posts for somebody known and somebody unknown in turn; who comes first changes.
async fn measure(router: &Router, door: &Door, known: &[Known], run: u64) -> Result<Times, Ending> {
    let mut times = Times { known: Vec::new(), unknown: Vec::new() };
    for (n, who) in (0_u64..).zip(known) {
        // Of the same length, and nobody's.
        let stranger = Known {
            email: format!("nobod{n:04}%40mail.example"),
            name: format!("Nobod{n:04}"),
            reference: format!("{}9{}", who.reference.get(..9).unwrap_or_default(), who.reference.get(10..).unwrap_or_default()),
        };
        // By the bits of a constant, not in a rhythm: the log's tree costs more at every second, fourth, eighth entry.
        let known_first = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63;
        let mut answers = Vec::with_capacity(2);
        for turn in 0..2 {
            let is_known = (known_first + turn).is_multiple_of(2);
            let body = (door.fields)(run * 1_000_000 + 2 * n + turn + 1, if is_known { who } else { &stranger });
            let began = Instant::now();
            let shown = post(router, door.path, body).await?;
            let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
            if n >= WARM_UP {
                if is_known { &mut times.known } else { &mut times.unknown }.push(milliseconds);
            }
            answers.push(shown);
        }
        if answers.first() != answers.last() || answers.first().is_none_or(|first| first.status != StatusCode::SEE_OTHER) {
            return Err(anyhow::anyhow!("{} answers the known and the unknown differently: {answers:?}", door.path).into());
        }
    }
    Ok(times)
}

/// Posts a form as a browser does, and gives back what it shows, without the reference that it tells.
async fn post(router: &Router, path: &str, body: String) -> Result<Shown, Ending> {
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .context("making a request")?;
    let response = router.clone().oneshot(request).await.context("asking the pages")?;
    let (status, mut headers) = (response.status(), response.headers().clone());
    if let Some(location) = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()) {
        let start = location.split_once("reference=").map_or(location, |(start, _)| start).to_owned();
        headers.insert(header::LOCATION, start.parse().context("an address")?);
    }
    let body = to_bytes(response.into_body(), LARGEST).await.context("reading an answer")?;
    Ok(Shown { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn middle(times: &[f64], of: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * of / 100).copied().unwrap_or(f64::NAN)
}
