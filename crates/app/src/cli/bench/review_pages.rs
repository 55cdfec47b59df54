//! What the pages of a large review cost: processor time of each, as the pages ask for it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use domain::Refusal;
use services::ports::{Source, SourceItem, Sources, Walker};
use services::review::{self, Decide, Filter, Show};
use services::sar::Decision;
use services::{App, requests};

use super::commands::{form, installation, lead, tempfile_dir};
use super::figure;
use super::reviewers::Plain;
use crate::cli::outcome::Ending;

/// Notes about one person, each of another text with other people in it; every third answers the one before.
#[derive(Clone, Copy)]
struct Notes(u64);

impl Sources for Notes {
    fn open(&self, _path: &Path) -> Result<Box<dyn Source>, Refusal> {
        Ok(Box::new(*self))
    }
}

impl Source for Notes {
    fn title(&self) -> String {
        "notes".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        for n in 0..self.0 {
            let quoted = if n % 3 == 2 { testkit::text(n - 1, 1_500).replace('\n', "\n> ") } else { String::new() };
            let text = format!("Note {n}. Test Person0 came by and met Nadia Shah.\n{}\n> {quoted}\n", testkit::text(n, 1_500));
            let item =
                SourceItem { locator: format!("{n}.txt"), name: format!("Note {n}"), bytes: Ok(text.into_bytes()), truncated_from: None };
            if !visit.item(item, None) {
                break;
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.0)
    }
}

/// Fills a review and asks for each of its pages some times.
pub(super) fn review_pages(items: u64, engine: &str, out: &mut dyn Write) -> Result<(), Ending> {
    let folder = tempfile_dir()?;
    let mut app = installation(&folder, if engine == "sqlite" { "" } else { engine })?.open()?;
    app.sources = Arc::new(Notes(items));
    app.extractor = Arc::new(Plain);
    app.places = Arc::new(vec![("notes".to_owned(), PathBuf::from("notes"))]);
    let (who, id) = (lead(), requests::receive(&app, &lead(), form(&app, 0))?.0);
    requests::start_search(&app, &who, &id, 1, &requests::ScanForm { places: vec!["notes".to_owned()], ..Default::default() })?;
    while requests::work_once(&app, "bench")? {}
    let (all, here) = (Filter::default(), Filter { show: Show::Open, place: "notes".to_owned(), ..Filter::default() });
    let middle = items / 2;
    let listing = review::rows(&app, &who, &id, &all, None)?;
    figure(out, "review items", listing.summary.items as f64, "items")?;
    cost(out, "review list", || review::rows(&app, &who, &id, &all, None).map(drop))?;
    cost(out, "review list, filtered, from the middle", || review::rows(&app, &who, &id, &here, Some(middle)).map(drop))?;
    cost(out, "review people", || review::reviewers(&app, &who, &id).map(drop))?;
    cost(out, "review next", || review::next(&app, &who, &id, Some(middle), &here).map(drop))?;
    cost(out, "review item", || review::open(&app, &who, &id, middle).map(drop))?;
    cost(out, "review decision and undo", || decide(&app, &id, middle))?;
    cost(out, "review words in many items", || review::groups(&app, &who, &id).map(drop))?;
    cost(out, "review same words everywhere", || {
        let opened = review::open(&app, &who, &id, middle)?;
        review::everywhere(&app, &who, &id, (middle, opened.item.version, 0), Decision::Show).map(drop)
    })?;
    drop(app);
    std::fs::remove_dir_all(&folder).context("removing the bench folder")?;
    Ok(())
}

fn decide(app: &App, id: &domain::ids::RecordId, at: u64) -> Result<(), services::Error> {
    let opened = review::open(app, &lead(), id, at)?;
    let rest = Decide { proposal: None, decision: Decision::Withhold, everywhere: None };
    review::decide(app, &lead(), id, at, opened.item.version, &rest)?;
    review::undo(app, &lead(), id).map(drop)
}

/// The middle one of nine goes, in milliseconds of processor time.
fn cost(out: &mut dyn Write, name: &str, mut work: impl FnMut() -> Result<(), services::Error>) -> Result<(), Ending> {
    let mut goes = Vec::new();
    for _ in 0..9 {
        let before = spent()?;
        work()?;
        goes.push(spent()? - before);
    }
    goes.sort_by(f64::total_cmp);
    figure(out, name, goes.get(goes.len() / 2).copied().unwrap_or_default(), "ms")
}

/// Processor time of this thread so far, in milliseconds.
fn spent() -> Result<f64, Ending> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").context("reading the processor time")?;
    let nanoseconds: f64 = told.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default();
    Ok(nanoseconds / 1e6)
}
