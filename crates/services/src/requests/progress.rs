//! How far a search is, and how long it may still take.

use domain::ids::RecordId;
use domain::people::{Actor, Verb};

use super::save::load;
use crate::app::App;
use crate::error::Error;
use crate::sar;

/// How often progress is written at most.
const EVERY_US: i64 = 400_000;
/// How long is looked at before anything is said of the time left.
const SOON_US: i64 = 3_000_000;

/// The stage of a search.
pub(super) const SEARCHING: &str = "searching";
/// The stage of passwords that are tried on what could not be opened.
pub const TRYING: &str = "passwords";

/// How far a search is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchProgress {
    /// `waiting`, `running`, `done` or `failed`.
    pub state: String,
    /// What is being done; why it failed.
    pub stage: String,
    /// Items met.
    pub done: u64,
    /// Items in all; 0 when not known.
    pub total: u64,
    /// `total` is a guess from what was read so far.
    pub estimated: bool,
    /// Items that an earlier search, or this one before an interruption, had read already.
    pub known: u64,
    /// Letters are being read in so many pictures, of so many at the place it is at.
    pub looked: Option<(u64, u64)>,
    /// Seconds it may still take, once there is something to judge by.
    pub seconds_left: Option<u64>,
}

/// How far the search of a request is.
pub fn progress(app: &App, actor: &Actor, id: &RecordId) -> Result<SearchProgress, Error> {
    app.store.read(|tx| {
        let loaded = load(tx, actor, id, Verb::RequestSee)?;
        let row = tx.progress_get(id.as_str())?;
        let state = if loaded.request.search.is_some() { "done" } else { "none" };
        Ok(row.map_or_else(|| SearchProgress { state: state.to_owned(), ..SearchProgress::default() }, read))
    })
}

/// What a row says. Behind the stage stand, where they are known, `known=`, `letters=`, `left=` and
/// `guess`.
fn read(row: store::Progress) -> SearchProgress {
    let mut words = row.stage.split(';');
    let stage = words.next().unwrap_or_default().to_owned();
    let mut progress = SearchProgress { state: row.state, stage, done: row.done, total: row.total, ..SearchProgress::default() };
    for word in words {
        match word.split_once('=') {
            Some(("known", number)) => progress.known = number.parse().unwrap_or(0),
            Some(("letters", looked)) => {
                progress.looked = looked.split_once('/').and_then(|(done, of)| Some((done.parse().ok()?, of.parse().ok()?)));
            }
            Some(("left", seconds)) => progress.seconds_left = seconds.parse().ok(),
            _ => progress.estimated |= word == "guess",
        }
    }
    progress
}

/// How fast a search goes.
pub(super) struct Pace {
    stage: &'static str,
    began_us: i64,
    written_us: i64,
}

impl Pace {
    /// Of what is done in this stage.
    pub(super) const fn new(stage: &'static str, now_us: i64) -> Self {
        Self { stage, began_us: now_us, written_us: 0 }
    }

    /// Whether progress is to be written again.
    pub(super) const fn is_due(&mut self, now_us: i64) -> bool {
        let due = now_us - self.written_us >= EVERY_US;
        if due {
            self.written_us = now_us;
        }
        due
    }

    /// The row about it.
    pub(super) fn row(&self, progress: sar::Progress, now_us: i64) -> store::Progress {
        let known = Some(progress.known).filter(|known| *known > 0).map(|known| format!("known={known}"));
        let guess = progress.estimated.then(|| "guess".to_owned());
        let left = self.seconds_left(progress, now_us).map(|seconds| format!("left={seconds}"));
        let looked = progress.looked.map(|looked| format!("letters={}/{}", looked.done, looked.of));
        let stage: Vec<String> = [Some(self.stage.to_owned()), known, looked, guess, left].into_iter().flatten().collect();
        progress_row(&stage.join(";"), progress.met, progress.total.unwrap_or(0), "running", now_us)
    }

    /// At the speed of what was read in this run.
    fn seconds_left(&self, progress: sar::Progress, now_us: i64) -> Option<u64> {
        let spent_us = now_us.checked_sub(self.began_us).filter(|spent| *spent >= SOON_US)?;
        let (read, left) = (progress.met.checked_sub(progress.known)?, progress.total?.checked_sub(progress.met)?);
        let us = u128::from(left) * u128::try_from(spent_us).ok()? / u128::from(std::num::NonZeroU64::new(read)?.get());
        u64::try_from(us / 1_000_000).ok()
    }
}

pub(super) fn progress_row(stage: &str, done: u64, total: u64, state: &str, updated_us: i64) -> store::Progress {
    store::Progress { stage: stage.to_owned(), done, total, state: state.to_owned(), updated_us }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_the_time_left_follows_this_run() {
        let mut pace = Pace::new(SEARCHING, 1_000_000);
        assert!(pace.is_due(1_000_000) && !pace.is_due(1_100_000) && pace.is_due(1_500_000));
        let met = sar::Progress { met: 700, total: Some(1_000), estimated: true, found: 3, bytes: 9, known: 500, looked: None };
        let early = read(pace.row(met, 2_000_000));
        assert_eq!((early.seconds_left, early.known, early.estimated), (None, 500, true), "too early to judge");
        let later = read(pace.row(met, 21_000_000));
        assert_eq!((later.stage.as_str(), later.done, later.total, later.seconds_left), ("searching", 700, 1_000, Some(30)));
        let looking = sar::Progress { looked: Some(crate::ports::Looked { done: 3, of: 40 }), ..met };
        assert_eq!(read(pace.row(looking, 21_000_000)).looked, Some((3, 40)));
        let fresh = sar::Progress { total: None, estimated: false, known: 0, ..met };
        assert_eq!(pace.row(fresh, 21_000_000).stage, "searching");
    }
}
