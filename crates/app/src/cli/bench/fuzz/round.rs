//! Many inputs through one parser, inside this process. A panic is caught and counted, also one that
//! something in between catches.

use std::cell::RefCell;
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;
use std::time::Instant;

use adapters::fuzz::Parser;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use testkit::spoil::Spoiler;

use crate::cli::outcome::Ending;

/// An input that a parser failed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Finding {
    /// Which input.
    pub(super) number: u64,
    /// `panic`, `stopped` (of a library, and caught by the code that called it), `unsound`, `died`, `memory` or `hangs`.
    pub(super) what: String,
    /// Where in the source, or what does not hold.
    pub(super) place: String,
}

/// What a round came to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) inputs: u64,
    /// The longest time that one input took, in milliseconds, and its number.
    pub(super) slowest_ms: f64,
    pub(super) slowest: u64,
    /// The most memory this process held, in MiB.
    pub(super) peak_mb: u64,
}

/// What the places in the source of libraries have in their path.
const LIBRARIES: &str = "/registry/src/";

thread_local! {
    /// Where panics happened on this thread, while it is watched.
    static PANICS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// From now on panics of a watched thread are noted without a word: it could quote a document.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let noted = PANICS.with_borrow_mut(|panics| {
                let Some(panics) = panics else { return false };
                panics.push(info.location().map(ToString::to_string).unwrap_or_default());
                true
            });
            if !noted {
                before(info);
            }
        }));
    });
}

/// Parses one input; says what went wrong.
fn parse(parser: &Parser, bytes: &[u8]) -> Vec<(&'static str, String)> {
    PANICS.set(Some(Vec::new()));
    let outcome = catch_unwind(AssertUnwindSafe(|| parser.parse(bytes)));
    let panics = PANICS.take().unwrap_or_default();
    let kind = |place: &str| if outcome.is_ok() && place.contains(LIBRARIES) { "stopped" } else { "panic" };
    let mut faults: Vec<_> = panics.into_iter().map(|place| (kind(&place), place)).collect();
    faults.extend(outcome.ok().and_then(Result::err).map(|what| ("unsound", what)));
    faults
}

/// The same, with how long it took, in milliseconds.
fn timed(parser: &Parser, bytes: &[u8]) -> (Vec<(&'static str, String)>, f64) {
    let began = Instant::now();
    let faults = parse(parser, bytes);
    (faults, began.elapsed().as_secs_f64() * 1_000.0)
}

/// Tries these numbers, one after another.
pub(super) fn run(
    parser: &Parser,
    spoiler: &Spoiler,
    seed: u64,
    numbers: Range<u64>,
    at: &mut dyn FnMut(u64),
    found: &mut dyn FnMut(&Finding, &[u8]),
) -> Tally {
    watch();
    let mut tally = Tally::default();
    for number in numbers {
        let bytes = spoiler.input(seed, number);
        at(number);
        let (faults, ms) = timed(parser, &bytes);
        tally.inputs += 1;
        // What seems slow may have had to wait for another program: the shorter time of two counts.
        let ms = if ms > tally.slowest_ms { ms.min(timed(parser, &bytes).1) } else { ms };
        if ms > tally.slowest_ms {
            (tally.slowest_ms, tally.slowest) = (ms, number);
        }
        for (what, place) in faults {
            found(&Finding { number, what: what.to_owned(), place }, &bytes);
        }
    }
    tally.peak_mb = peak_mb();
    tally
}

/// Tries these bytes.
pub(super) fn one(parser: &Parser, bytes: &[u8], found: &mut dyn FnMut(Finding)) -> Tally {
    watch();
    let (faults, slowest_ms) = timed(parser, bytes);
    for (what, place) in faults {
        found(Finding { number: 0, what: what.to_owned(), place });
    }
    Tally { inputs: 1, slowest_ms, slowest: 0, peak_mb: peak_mb() }
}

/// The most memory this process has held, in MiB; 0 where the system does not say.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).map_or(0, |kb| kb >> 10)
}

/// A file that says which input is being parsed, for whoever finds this process dead.
pub(super) struct Place(File);

impl Place {
    pub(super) fn open(path: &Path) -> Result<Self, Ending> {
        Ok(Self(File::create(path).context("making the file that says which input it is")?))
    }

    pub(super) fn is(&self, number: u64) {
        // Not known is not wrong: the input is looked for from the last one that is.
        let _ = self.0.write_all_at(&number.to_le_bytes(), 0);
    }

    /// The number that stands in it.
    pub(super) fn read(path: &Path) -> Option<u64> {
        Some(u64::from_le_bytes(std::fs::read(path).ok()?.try_into().ok()?))
    }
}
