//! Keeps children busy with items, and takes the guilty item out when one dies.

use std::collections::VecDeque;
use std::io::{BufWriter, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::ChildStdin;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use finder::document::{Extraction, Unreadable};
use services::ports::{Extractor, Failure, Looked};

use super::Workbooks;
use super::lanes::Lanes;
use super::limits::Limits;
use super::look::Memory;
use super::passwords::Passwords;
use super::process::{Event, Process};
use super::readers::Sheet;
use super::sights::{Fate, Print, Sight, settle};
use super::sniff::{Format, sniff};
use super::taking::{CRASHED, MEMORY, Show};
use super::wire::{Mode, is_heavy, send, send_item};
use crate::letters::Letters;

/// How many unanswered items a child may hold. Enough to keep it from waiting, few enough
/// that the children share a batch evenly.
const WINDOW: usize = 48;

/// Why a workbook was not opened when no child could be.
const NOT_STARTED: &str = "was not read: the process that reads documents does not start";

pub(super) type Named = (String, Vec<u8>);

/// An item as read, and what in it can only be seen.
pub(super) type Read = (Extraction, Vec<Sight>);

/// What a child said of one item: what was read, and what was asked for in its place.
#[derive(Default)]
struct Said {
    read: Read,
    /// The bytes of something inside it.
    member: Option<Vec<u8>>,
    /// The sheets of a workbook.
    sheets: Vec<Sheet>,
}

/// What was read of each item of a batch.
type Done = Mutex<Vec<Option<Read>>>;

/// An [`Extractor`] that reads in confined child processes, each kept for many items.
///
/// A child that takes too long or dies is ended and replaced; the item it died of is listed
/// as unreadable (of a message, the message's own text is still read), the others go on.
pub struct Pool {
    pub(super) exe: PathBuf,
    workers: usize,
    pub(super) limits: Limits,
    pub(super) letters: Letters,
    /// Letters in pictures that were read before. Held while some are read.
    pub(super) seen: Mutex<Memory>,
    idle: Mutex<Vec<Process>>,
    /// Held while an item is read that needs much memory.
    pub(super) alone: Mutex<()>,
}

/// Which confinements are in force in a child started from `exe`: name and whether active.
pub fn confinement(exe: &Path) -> Result<Vec<(String, bool)>, Failure> {
    Ok(Process::start(exe, &Limits::default())?.confinement.clone())
}

/// Writes what a child is told.
type Tell<'t> = dyn Fn(&mut BufWriter<ChildStdin>) -> std::io::Result<()> + Sync + 't;

/// How a child stopped before its work was done.
enum Stopped {
    /// It said nothing for longer than an item may take, and was ended.
    TooLong,
    /// It ended by itself.
    Died,
}

impl Pool {
    /// A pool of at most `workers` children, started when first needed. `exe` is a program
    /// that calls [`super::worker::run`] when its first argument is `extract-worker`.
    pub fn new(exe: PathBuf, workers: usize, limits: Limits) -> Self {
        Self {
            exe,
            workers: workers.max(1),
            limits,
            letters: Letters::Off,
            seen: Mutex::default(),
            idle: Mutex::new(Vec::new()),
            alone: Mutex::new(()),
        }
    }

    /// The same, reading letters in pictures of batches as `letters` says. A single item is read
    /// without: somebody waits for it.
    #[must_use]
    pub fn with_letters(mut self, letters: Letters) -> Self {
        self.letters = letters;
        self
    }

    pub(super) fn start(&self) -> Result<Process, Failure> {
        let idle = lock(&self.idle).pop();
        idle.map_or_else(|| Process::start(&self.exe, &self.limits), Ok)
    }

    /// The child that worked in this lane before, where there is one.
    fn start_in(&self, lane: usize) -> Result<Process, Failure> {
        let mut idle = lock(&self.idle);
        let before = idle.iter().position(|process| process.lane == lane).map(|at| idle.swap_remove(at));
        drop(idle);
        let mut process = before.map_or_else(|| self.start(), Ok)?;
        process.lane = lane;
        Ok(process)
    }

    pub(super) fn keep(&self, process: Process) {
        let mut idle = lock(&self.idle);
        if idle.len() < self.workers {
            idle.push(process);
        }
    }

    /// Works through the batch, together with other threads doing the same in other lanes.
    fn work(&self, items: &[Named], lane: usize, lanes: &Lanes, done: &Done) -> Result<(), Failure> {
        loop {
            let mut process = self.start_in(lane)?;
            let (left, stopped) = self.feed(&mut process, items, lanes, done);
            let Some(stopped) = stopped else {
                self.keep(process);
                return Ok(());
            };
            self.again(process, items, left, &stopped, done)?;
            if lanes.are_empty() {
                return Ok(());
            }
        }
    }

    /// Feeds one child until the batch is used up or the child stops. Returns the items it
    /// left unanswered, in order, the one it was at first.
    fn feed(&self, process: &mut Process, items: &[Named], lanes: &Lanes, done: &Done) -> (VecDeque<usize>, Option<Stopped>) {
        let flight = Flight::default();
        let lane = process.lane;
        let (child, input, events, sender) = process.split();
        let stopped = std::thread::scope(|scope| {
            let flight = &flight;
            scope.spawn(move || {
                if let Some(input) = input {
                    // A failure to write shows as the end of the child's output.
                    let _ = flight.send_all(input, items, &mut || lanes.next(lane));
                }
                let _ = sender.send(Event::AllSent);
            });
            let mut all_sent = false;
            loop {
                if all_sent && flight.is_empty() {
                    return None;
                }
                let stopped = match events.recv_timeout(self.limits.wall) {
                    Ok(Event::Answer(number, read)) => {
                        flight.answered();
                        put(done, number as usize, *read);
                        continue;
                    }
                    Ok(Event::AllSent) => {
                        all_sent = true;
                        continue;
                    }
                    Ok(Event::Ready(_) | Event::Drawn(..) | Event::Member(_) | Event::Sheet(_)) => continue,
                    Err(RecvTimeoutError::Timeout) if flight.is_empty() => continue,
                    Err(RecvTimeoutError::Timeout) => Stopped::TooLong,
                    Ok(Event::Gone) | Err(RecvTimeoutError::Disconnected) => Stopped::Died,
                };
                Process::kill(child);
                flight.close();
                return Some(stopped);
            }
        });
        (flight.into_left(), stopped)
    }

    /// Reads what a stopped child left, one at a time, so that the guilty item is known.
    fn again(&self, process: Process, items: &[Named], mut left: VecDeque<usize>, stopped: &Stopped, done: &Done) -> Result<(), Failure> {
        drop(process);
        let first = left.front().and_then(|index| items.get(*index).map(|item| (*index, item)));
        if let (Stopped::TooLong, Some((index, item))) = (stopped, first)
            && is_heavy(&item.1)
        {
            left.pop_front();
            put(done, index, self.own_text(item, self.too_long())?);
        }
        for index in left {
            if let Some(item) = items.get(index) {
                put(done, index, self.alone(item)?);
            }
        }
        Ok(())
    }

    /// Reads one item by itself.
    fn alone(&self, item: &Named) -> Result<Read, Failure> {
        match self.ask(item, Mode::Whole)? {
            Ok(read) => Ok(read),
            Err(reason) => self.own_text(item, reason),
        }
    }

    /// What was found, or, when there was not enough memory for some of it, what is found with
    /// more: one item at a time, so that all together stay within bounds.
    fn with_room(&self, item: &Named, found: Read) -> Result<Read, Failure> {
        let Limits { memory, memory_alone, .. } = self.limits;
        if memory >= memory_alone || found.0.unreadable.iter().all(|one| one.reason != MEMORY) {
            return Ok(found);
        }
        let _one = lock(&self.alone);
        let (_, outcome) = self.ask_of(self.start_roomy()?, item, Mode::Whole);
        outcome.or_else(|reason| self.own_text(item, reason))
    }

    /// What can still be had of an item that could not be read for `reason`: of a message its
    /// own text, without what it carries; of anything that is text, the bare text.
    fn own_text(&self, item: &Named, reason: String) -> Result<Read, Failure> {
        let mut modes = Vec::new();
        match sniff(&item.0, &item.1) {
            Format::Mail => modes.extend([Mode::Own, Mode::Raw]),
            Format::Text | Format::Html | Format::Table | Format::Rtf => modes.push(Mode::Raw),
            _ => {}
        }
        let (mut extraction, mut sights) = Read::default();
        for mode in modes {
            if let Ok(found) = self.ask(item, mode)? {
                (extraction, sights) = found;
                break;
            }
        }
        extraction.unreadable.insert(0, Unreadable { path: String::new(), reason });
        Ok((extraction, sights))
    }

    /// What a message carries, each with its path, and with its size in bytes and its SHA-256 in place of a reason.
    ///
    /// # Errors
    /// When no child can be started, or it dies.
    pub fn carried(&self, name: &str, bytes: &[u8]) -> Result<Vec<Unreadable>, Failure> {
        let item = (name.to_owned(), bytes.to_vec());
        let outcome = self.ask(&item, Mode::List)?;
        let (listed, _) = outcome.map_err(|reason| Failure::because("listing what a message carries", reason))?;
        Ok(listed.unreadable)
    }

    pub(super) fn too_long(&self) -> String {
        format!("took longer than {} s to read", self.limits.wall.as_secs_f32())
    }

    /// Asks a child for one item; the reason when it stops over it.
    fn ask(&self, item: &Named, mode: Mode) -> Result<Result<Read, String>, Failure> {
        let (process, outcome) = self.ask_of(self.start()?, item, mode);
        if let Some(process) = process {
            self.keep(process);
        }
        Ok(outcome)
    }

    /// Asks this child, which is given back when it lives.
    fn ask_of(&self, process: Process, item: &Named, mode: Mode) -> (Option<Process>, Result<Read, String>) {
        let (process, outcome) = self.converse(process, &|input| send_item(input, 0, mode, &item.0, &item.1), &mut |_, _| false);
        (process, outcome.map(|said| said.read))
    }

    /// The bytes of what has this path inside an item; the reason when the child stops over it.
    fn given_by(&self, process: Process, item: (&str, &[u8]), path: &String) -> (Option<Process>, Result<Option<Vec<u8>>, String>) {
        let tell = |input: &mut BufWriter<ChildStdin>| {
            send_item(input, 0, Mode::Member, item.0, item.1)?;
            send(input, path, &mut Vec::new())
        };
        let (process, outcome) = self.converse(process, &tell, &mut |_, _| false);
        (process, outcome.map(|said| said.member))
    }

    /// The sheets of a workbook by this child, which is given back when it lives; the reason when they are not all there.
    fn sheets_by(&self, process: Process, item: (&str, &[u8])) -> (Option<Process>, Result<Vec<Sheet>, String>) {
        let tell = |input: &mut BufWriter<ChildStdin>| send_item(input, 0, Mode::Sheets, item.0, item.1);
        let (process, outcome) = self.converse(process, &tell, &mut |_, _| false);
        let sheets = outcome.and_then(|said| match said.read.0.unreadable.into_iter().next() {
            None => Ok(said.sheets),
            Some(one) => Err(one.reason),
        });
        (process, sheets)
    }

    /// Has this child draw some pictures of an item, each of which is handed over as it comes and
    /// says whether to go on. The child is given back when it lives; the reason when it does not.
    pub(super) fn drawn_by(
        &self,
        process: Process,
        item: &Named,
        wanted: &Vec<Print>,
        each: &mut Show<'_>,
    ) -> (Option<Process>, Result<(), String>) {
        let tell = |input: &mut BufWriter<ChildStdin>| {
            send_item(input, 0, Mode::Look, &item.0, &item.1)?;
            send(input, wanted, &mut Vec::new())
        };
        let (process, outcome) = self.converse(process, &tell, each);
        (process, outcome.map(|_| ()))
    }

    /// Tells this child something and takes what it says until it has finished the item.
    fn converse(&self, mut process: Process, tell: &Tell<'_>, each: &mut Show<'_>) -> (Option<Process>, Result<Said, String>) {
        let go = process.go.clone();
        let (child, input, events, _) = process.split();
        let outcome = std::thread::scope(|scope| {
            scope.spawn(move || {
                if let Some(input) = input {
                    // A failure to write shows as the end of the child's output.
                    let _ = tell(input).and_then(|()| input.flush());
                }
            });
            let mut said = Said::default();
            let outcome = loop {
                match events.recv_timeout(self.limits.wall) {
                    Ok(Event::Answer(_, read)) => return Ok(Said { read: *read, ..said }),
                    Ok(Event::Member(bytes)) => said.member = bytes,
                    Ok(Event::Sheet(sheet)) => said.sheets.push(sheet),
                    Ok(Event::Drawn(print, raster)) => {
                        if !each(print, raster) || go.send(()).is_err() {
                            break Stopped::Died;
                        }
                    }
                    Ok(Event::Ready(_) | Event::AllSent) => {}
                    Err(RecvTimeoutError::Timeout) => break Stopped::TooLong,
                    Ok(Event::Gone) | Err(RecvTimeoutError::Disconnected) => break Stopped::Died,
                }
            };
            Process::kill(child);
            Err(outcome)
        });
        match outcome {
            Ok(said) => (Some(process), Ok(said)),
            Err(Stopped::TooLong) => (None, Err(self.too_long())),
            Err(Stopped::Died) if process.ran_out_of_memory() => (None, Err(MEMORY.to_owned())),
            Err(Stopped::Died) => (None, Err(CRASHED.to_owned())),
        }
    }
}

impl Extractor for Pool {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        let item = (name.to_owned(), bytes.to_vec());
        let (mut extraction, sights) = self.with_room(&item, self.alone(&item)?)?;
        settle(&mut extraction, &sights, |_| &Fate::Unasked);
        Ok(extraction)
    }

    fn with_passwords(&self, lines: &str) -> Option<Box<dyn Extractor>> {
        let limits = Limits { passwords: Passwords::of(lines)?, ..self.limits.clone() };
        Some(Box::new(Self::new(self.exe.clone(), self.workers, limits).with_letters(self.letters.clone())))
    }

    /// With more memory where that is needed. What cannot be got at is as if it were not there.
    fn member(&self, name: &str, bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let (item, path) = ((name, bytes), path.to_owned());
        let (process, mut outcome) = self.given_by(self.start()?, item, &path);
        if let Some(process) = process {
            self.keep(process);
        }
        if outcome.as_ref().is_err_and(|reason| reason == MEMORY) && self.limits.memory < self.limits.memory_alone {
            let _one = lock(&self.alone);
            outcome = self.given_by(self.start_roomy()?, item, &path).1;
        }
        Ok(outcome.unwrap_or_default())
    }

    /// The program that the children are, and their limits.
    fn edition(&self) -> String {
        let told = std::fs::metadata(&self.exe).ok();
        let program = told.map(|told| (told.len(), told.mtime(), told.mtime_nsec()));
        format!("{program:?} {:?} {:?} {}", self.limits, self.letters, self.limits.passwords.print())
    }

    fn extract_all(&self, items: &[Named]) -> Result<Vec<Extraction>, Failure> {
        self.extract_watched(items, &mut |_| true)
    }

    fn extract_watched(&self, items: &[Named], watch: &mut dyn FnMut(Looked) -> bool) -> Result<Vec<Extraction>, Failure> {
        let done = Mutex::new(vec![None; items.len()]);
        let children = self.workers.min(items.len().div_ceil(8)).max(1);
        let lanes = Lanes::deal(items.iter().map(|(_, bytes)| bytes.as_slice()), children);
        std::thread::scope(|scope| {
            let (lanes, done) = (&lanes, &done);
            let helpers: Vec<_> = (1..children).map(|lane| scope.spawn(move || self.work(items, lane, lanes, done))).collect();
            let mut outcome = self.work(items, 0, lanes, done);
            for helper in helpers {
                outcome = outcome.and(helper.join().unwrap_or_else(|_| Err(Failure::new("reading documents"))));
            }
            outcome
        })?;
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        let read = done.into_iter().zip(items);
        let read = read.map(|(one, item)| self.with_room(item, one.ok_or_else(|| Failure::new("reading documents"))?));
        self.look(items, read.collect::<Result<_, _>>()?, watch)
    }
}

impl Workbooks for Pool {
    /// With more memory where that is needed.
    fn sheets(&self, name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
        let started = |start: Result<Process, Failure>| start.map_err(|_| NOT_STARTED.to_owned());
        let (process, mut outcome) = self.sheets_by(started(self.start())?, (name, bytes));
        if let Some(process) = process {
            self.keep(process);
        }
        if outcome.as_ref().is_err_and(|reason| reason == MEMORY) && self.limits.memory < self.limits.memory_alone {
            let _one = lock(&self.alone);
            outcome = self.sheets_by(started(self.start_roomy())?, (name, bytes)).1;
        }
        outcome
    }
}

fn put(done: &Done, index: usize, read: Read) {
    if let Some(slot) = lock(done).get_mut(index) {
        *slot = Some(read);
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The items a child holds: sent and not yet answered, in order.
#[derive(Default)]
struct Flight {
    held: Mutex<(VecDeque<usize>, bool)>,
    room: Condvar,
}

impl Flight {
    /// Sends items until the batch is used up or the child is gone.
    fn send_all(&self, input: &mut BufWriter<ChildStdin>, items: &[Named], next: &mut dyn FnMut() -> Option<usize>) -> std::io::Result<()> {
        loop {
            let mut held = lock(&self.held);
            if held.0.len() >= WINDOW && !held.1 {
                drop(held);
                // What waits here must be with the child, or it would wait as well.
                input.flush()?;
                held = lock(&self.held);
                held = self.room.wait_while(held, |held| held.0.len() >= WINDOW && !held.1).unwrap_or_else(PoisonError::into_inner);
            }
            if held.1 {
                return Ok(());
            }
            let Some((index, item)) = next().and_then(|index| Some((index, items.get(index)?))) else { break };
            held.0.push_back(index);
            drop(held);
            send_item(input, index as u32, Mode::Whole, &item.0, &item.1)?;
        }
        input.flush()
    }

    fn answered(&self) {
        lock(&self.held).0.pop_front();
        self.room.notify_one();
    }

    fn is_empty(&self) -> bool {
        lock(&self.held).0.is_empty()
    }

    fn close(&self) {
        lock(&self.held).1 = true;
        self.room.notify_one();
    }

    fn into_left(self) -> VecDeque<usize> {
        self.held.into_inner().unwrap_or_else(PoisonError::into_inner).0
    }
}
