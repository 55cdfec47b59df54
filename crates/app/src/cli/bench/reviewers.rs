//! Many people at one review: each asks for the next item, opens it, decides, as fast as they can.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;
use domain::Refusal;
use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Role, Standing};
use finder::document::{Document, DocumentKind, Extraction};
use services::ports::{Extractor, Failure, Source, SourceItem, Sources, Walker};
use services::review::{self, Decide, Filter};
use services::sar::Decision;
use services::{App, requests};

use super::commands::{form, installation, lead, tempfile_dir};
use super::figure;
use crate::cli::outcome::Ending;

/// A mailbox of messages about one person, made on the fly.
struct Mailbox(u64);

impl Sources for Mailbox {
    fn open(&self, _path: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(Self(self.0)))
    }
}

impl Source for Mailbox {
    fn title(&self) -> String {
        "mailbox".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        for n in 0..self.0 {
            let name = format!("Note {n}");
            let text =
                format!("Note {n}. Test Person0 met Nadia Shah and Owen Price. {}", "The trip was talked through at length. ".repeat(40));
            if !visit.item(SourceItem { locator: format!("{n}.txt"), name, bytes: Ok(text.into_bytes()), truncated_from: None }, None) {
                break;
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.0)
    }
}

/// Plain text is text.
pub(super) struct Plain;

impl Extractor for Plain {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let document = Document::of(DocumentKind::Text, name, text);
        Ok(Extraction { documents: vec![document], unreadable: Vec::new() })
    }
}

fn reviewer(n: usize) -> Actor {
    Actor { user: UserId::new(format!("reviewer-{n}")), name: format!("Reviewer {n}"), roles: vec![Role::Lead], standing: Standing::Active }
}

/// What one reviewer did: how long each decision took, and each round of next item, opening and deciding, in milliseconds.
#[derive(Default)]
struct Times {
    decisions: Vec<f64>,
    rounds: Vec<f64>,
}

/// Works until nothing is left.
fn work(app: &App, actor: &Actor, id: &RecordId) -> Result<Times, services::Error> {
    let (mut times, mut after) = (Times::default(), None);
    let rest = Decide { proposal: None, decision: Decision::Withhold, everywhere: None };
    loop {
        let round = Instant::now();
        let Some(index) = review::next(app, actor, id, after, &Filter::default())? else { return Ok(times) };
        let opened = review::open(app, actor, id, index)?;
        let one = Instant::now();
        review::decide(app, actor, id, index, opened.item.version, &rest)?;
        times.decisions.push(one.elapsed().as_secs_f64() * 1000.0);
        times.rounds.push(round.elapsed().as_secs_f64() * 1000.0);
        after = Some(index);
    }
}

/// Fills a review, lets everybody work at once, and checks that each item was decided once.
pub(super) fn reviewers(people: usize, items: u64, engine: &str, out: &mut dyn Write) -> Result<(), Ending> {
    let folder = tempfile_dir()?;
    let mut app = installation(&folder, if engine == "sqlite" { "" } else { engine })?.open()?;
    app.sources = Arc::new(Mailbox(items));
    app.extractor = Arc::new(Plain);
    app.places = Arc::new(vec![("mailbox".to_owned(), PathBuf::from("mailbox"))]);
    let id = requests::receive(&app, &lead(), form(&app, 0))?.0;
    requests::start_search(&app, &lead(), &id, 1, &requests::ScanForm { places: vec!["mailbox".to_owned()], ..Default::default() })?;
    while requests::work_once(&app, "bench")? {}
    let all = Mutex::new(Times::default());
    let began = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..people)
            .map(|n| {
                let (app, id, all) = (&app, &id, &all);
                scope.spawn(move || {
                    let times = work(app, &reviewer(n), id)?;
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    all.decisions.extend(times.decisions);
                    all.rounds.extend(times.rounds);
                    Ok::<(), services::Error>(())
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Failure::new("a reviewer").into())))
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let times = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    let summary = review::rows(&app, &lead(), &id, &Filter::default(), None)?.summary;
    let made = times.decisions.len() as u64;
    let counted: u64 = review::reviewers(&app, &lead(), &id)?.iter().map(|person| person.today).sum();
    if summary.decided != items || made != items || counted != items {
        let decided = summary.decided;
        return Err(anyhow::anyhow!("{made} decisions were made and {counted} counted; {decided} of {items} items are decided").into());
    }
    figure(out, "reviewers", people as f64, "people")?;
    figure(out, "review decisions", items as f64 / seconds, "decisions/s")?;
    figure(out, "review decision p50", percentile(times.decisions.clone(), 50), "ms")?;
    figure(out, "review decision p95", percentile(times.decisions, 95), "ms")?;
    figure(out, "review round p95", percentile(times.rounds, 95), "ms")?;
    drop(app);
    std::fs::remove_dir_all(&folder).context("removing the bench folder")?;
    Ok(())
}

fn percentile(mut times: Vec<f64>, of: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * of / 100).copied().unwrap_or_default()
}
