//! Letters in the pictures of a batch: the child draws them, Tesseract reads them, each once.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use finder::document::Extraction;
use services::ports::{Failure, Looked};

use super::pool::{Named, Pool, Read, lock};
use super::process::Process;
use super::sights::{Fate, Print, settle};
use super::taking::MEMORY;
use crate::letters::{Layout, Letters, Raster, Reader, Unread, lines};

/// Most pictures and pages of one item whose letters are read.
const MOST: usize = 500;
/// So many pictures of an item may end their process before no more of it are tried.
const DEATHS: usize = 3;
/// Bytes of text that are remembered of all pictures together.
const ROOM: usize = 16 << 20;
const REST: &str = "more pictures than are read of one item";
const UNDRAWN: &str = "it cannot be drawn";

/// What was read, by picture.
#[derive(Default)]
pub(super) struct Memory {
    known: HashMap<Print, Fate>,
    held: usize,
}

impl Memory {
    fn keep(&mut self, print: Print, fate: Fate) {
        let size = 100 + if let Fate::Text(text) = &fate { text.len() } else { 0 };
        if self.held + size > ROOM {
            *self = Self::default();
        }
        self.held += size;
        self.known.insert(print, fate);
    }
}

/// The pictures of one item that are to be read.
struct Job<'a> {
    item: &'a Named,
    wanted: Vec<Print>,
}

type Drawn = (Print, Result<Raster, String>);
type Told = (Print, Fate);

impl Pool {
    /// Reads the letters of what can only be seen in the batch, and adds them to what was read.
    pub(super) fn look(&self, items: &[Named], read: Vec<Read>, watch: &mut dyn FnMut(Looked) -> bool) -> Result<Vec<Extraction>, Failure> {
        let seen = read.iter().any(|(_, sights)| sights.iter().any(super::sights::Sight::may_be_read));
        let fates = match &self.letters {
            Letters::Read(reader) if seen => self.read_letters(reader, items, &read, watch)?,
            _ => HashMap::new(),
        };
        let otherwise = match &self.letters {
            Letters::Missing(missing) => Fate::Missing(missing.words()),
            Letters::Off | Letters::Read(_) => Fate::Unasked,
        };
        let settled = read.into_iter().map(|(mut extraction, sights)| {
            settle(&mut extraction, &sights, |sight| fates.get(&sight.print).unwrap_or(&otherwise));
            extraction
        });
        Ok(settled.collect())
    }

    fn read_letters(
        &self,
        reader: &Reader,
        items: &[Named],
        read: &[Read],
        watch: &mut dyn FnMut(Looked) -> bool,
    ) -> Result<HashMap<Print, Fate>, Failure> {
        // One batch at a time, so that all together stay within bounds.
        let mut memory = lock(&self.seen);
        let (jobs, mut fates) = jobs(items, read, &memory);
        let of = jobs.iter().map(|job| job.wanted.len() as u64).sum();
        let stop = AtomicBool::new(false);
        let drawing = std::thread::scope(|scope| {
            let (to, drawn) = sync_channel::<Drawn>(1);
            let (tell, told) = channel::<Told>();
            let drawn = std::sync::Arc::new(Mutex::new(drawn));
            for _ in 0..reader.threads() {
                let (drawn, tell) = (std::sync::Arc::clone(&drawn), tell.clone());
                scope.spawn(move || read_all(reader, &drawn, &tell));
            }
            drop((tell, drawn));
            let (jobs, stop) = (&jobs, &stop);
            let drawer = scope.spawn(move || {
                let mut each = |drawn| !stop.load(Ordering::Relaxed) && to.send(drawn).is_ok();
                jobs.iter().take_while(|_| !stop.load(Ordering::Relaxed)).try_for_each(|job| self.draw(job, &mut each))
            });
            for (done, (print, fate)) in (1..).zip(told) {
                fates.insert(print, fate.clone());
                memory.keep(print, fate);
                if !watch(Looked { done, of }) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            drawer.join().unwrap_or_else(|_| Err(Failure::new("drawing pictures")))
        });
        drawing?;
        Ok(fates)
    }

    /// Draws the pictures of one item in turn. The one over which the child stops is told with
    /// the reason, and another child goes on behind it.
    fn draw(&self, job: &Job<'_>, each: &mut dyn FnMut(Drawn) -> bool) -> Result<(), Failure> {
        let (mut left, mut deaths, mut roomy) = (job.wanted.clone(), 0, None);
        while !left.is_empty() {
            let process = match roomy {
                Some(_) => self.start_roomy()?,
                None => self.start()?,
            };
            let wanted = left.clone();
            let mut going = true;
            let (process, outcome) = self.drawn_by(process, job.item, &wanted, &mut |print, raster| {
                left.retain(|one| *one != print);
                going = each((print, raster.ok_or_else(|| UNDRAWN.to_owned())));
                going
            });
            if let (Some(process), None) = (process, roomy.as_ref()) {
                self.keep(process);
            }
            if !going {
                return Ok(());
            }
            let Err(reason) = outcome else { break };
            if reason == MEMORY && roomy.is_none() {
                roomy = Some(lock(&self.alone));
                continue;
            }
            deaths += 1;
            let guilty = if deaths < DEATHS { 1 } else { left.len() };
            for print in left.drain(..guilty.min(left.len())).collect::<Vec<_>>() {
                each((print, Err(reason.clone())));
            }
        }
        // What did not come a second time.
        for print in left {
            each((print, Err(UNDRAWN.to_owned())));
        }
        Ok(())
    }
}

/// What is to be read of each item, and what is known already or will not be read.
fn jobs<'a>(items: &'a [Named], read: &[Read], memory: &Memory) -> (Vec<Job<'a>>, HashMap<Print, Fate>) {
    let (mut jobs, mut fates, mut met) = (Vec::new(), HashMap::new(), HashSet::new());
    for (item, (_, sights)) in items.iter().zip(read) {
        let mut wanted = Vec::new();
        for sight in sights.iter().filter(|sight| sight.may_be_read()) {
            if let Some(fate) = memory.known.get(&sight.print) {
                fates.insert(sight.print, fate.clone());
            } else if wanted.len() >= MOST {
                fates.entry(sight.print).or_insert_with(|| Fate::Failed(REST.to_owned()));
            } else if met.insert(sight.print) {
                wanted.push(sight.print);
            }
        }
        if !wanted.is_empty() {
            jobs.push(Job { item, wanted });
        }
    }
    (jobs, fates)
}

/// Reads what is drawn until nothing more comes.
fn read_all(reader: &Reader, drawn: &Mutex<Receiver<Drawn>>, tell: &Sender<Told>) {
    loop {
        let next = drawn.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((print, raster)) = next else { return };
        let fate = match raster.map(|raster| reader.read(&raster, Layout::Page)) {
            Ok(Ok(words)) => Fate::Text(lines(&words)),
            Ok(Err(Unread::TooLong)) => Fate::Failed("it took too long".to_owned()),
            Ok(Err(Unread::Failed)) => Fate::Failed("the text recognition failed".to_owned()),
            Err(reason) => Fate::Failed(reason),
        };
        if tell.send((print, fate)).is_err() {
            return;
        }
    }
}

impl Pool {
    pub(super) fn start_roomy(&self) -> Result<Process, Failure> {
        let limits = super::limits::Limits { memory: self.limits.memory_alone, ..self.limits.clone() };
        Process::start(&self.exe, &limits)
    }
}
