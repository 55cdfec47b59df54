//! One child process: started, spoken to, watched, ended.

use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use finder::document::Extraction;
use services::ports::Failure;

use super::limits::Limits;
use super::readers::Sheet;
use super::sights::{Print, Sight};
use super::wire::{Hello, Up, raster, receive, send};
use crate::letters::Raster;

/// How long a child may take to start.
const START: Duration = Duration::from_secs(30);
/// Room for answers on their way, in bytes.
const ROOM: usize = 256 << 10;
/// Small items are gathered up to so many bytes; a larger one goes out as it is.
const GATHERED: usize = 32 << 10;

/// What happens to a child.
pub(super) enum Event {
    /// It is ready.
    Ready(Hello),
    /// It finished an item: its number, what it turned into, what in it can only be seen.
    Answer(u32, Box<(Extraction, Vec<Sight>)>),
    /// It has drawn a picture, or could not. It says nothing more until it may go on.
    Drawn(Print, Option<Raster>),
    /// What was asked for inside an item, when there is such a thing.
    Member(Option<Vec<u8>>),
    /// A sheet of a workbook.
    Sheet(Sheet),
    /// Everything was handed to it. Sent by the parent's own writing thread.
    AllSent,
    /// Its output ended.
    Gone,
}

/// A running child.
pub(super) struct Process {
    child: Child,
    /// Where items go. `None` once closed.
    pub(super) input: Option<BufWriter<ChildStdin>>,
    /// What happens, in order.
    pub(super) events: Receiver<Event>,
    /// To put an event of the parent's own into the same order.
    pub(super) sender: Sender<Event>,
    /// After each picture: the next may come.
    pub(super) go: Sender<()>,
    /// Which of the children at work it is, from 0 on: each remembers what it has read.
    pub(super) lane: usize,
    complaint: Option<JoinHandle<bool>>,
    /// Which confinements are in force.
    pub(super) confinement: Vec<(String, bool)>,
}

impl Process {
    /// Starts a child and waits until it is confined and ready.
    pub(super) fn start(exe: &Path, limits: &Limits) -> Result<Self, Failure> {
        let doing = "starting the process that reads documents";
        let mut child = Command::new(exe)
            .arg("extract-worker")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::because(doing, error))?;
        let (sender, events) = channel();
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::new(doing));
        };
        let to = sender.clone();
        let (go, going) = channel();
        std::thread::spawn(move || listen(output, &to, &going));
        let complaint = Some(std::thread::spawn(move || ran_out_of_memory(errors)));
        let mut process = Self {
            child,
            input: Some(BufWriter::with_capacity(GATHERED, input)),
            events,
            sender,
            go,
            lane: 0,
            complaint,
            confinement: Vec::new(),
        };
        if let Some(input) = &mut process.input {
            send(input, limits, &mut Vec::new()).and_then(|()| input.flush()).map_err(|error| Failure::because(doing, error))?;
        }
        match process.events.recv_timeout(START) {
            Ok(Event::Ready(hello)) => process.confinement = hello.confinement,
            _ => return Err(Failure::new(doing)),
        }
        Ok(process)
    }

    /// Ends the child at once. Whatever is being written to it fails.
    pub(super) fn kill(child: &mut Child) {
        // It may be gone already, which is what is wanted.
        let _ = child.kill();
        let _ = child.wait();
    }

    /// The parts that two threads need at the same time.
    pub(super) fn split(&mut self) -> (&mut Child, Option<&mut BufWriter<ChildStdin>>, &Receiver<Event>, Sender<Event>) {
        (&mut self.child, self.input.as_mut(), &self.events, self.sender.clone())
    }

    /// Whether the child, which has ended, had asked for more memory than it was allowed.
    pub(super) fn ran_out_of_memory(mut self) -> bool {
        Self::kill(&mut self.child);
        self.complaint.take().and_then(|complaint| complaint.join().ok()).unwrap_or(false)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.input = None;
        Self::kill(&mut self.child);
    }
}

/// Passes on what the child says, until it ends.
fn listen(output: ChildStdout, to: &Sender<Event>, going: &Receiver<()>) {
    let mut from = BufReader::with_capacity(ROOM, output);
    let mut buffer = Vec::new();
    if let Ok(Some(hello)) = receive::<Hello>(&mut from, &mut buffer)
        && to.send(Event::Ready(hello)).is_ok()
    {
        while let Ok(Some(up)) = receive::<Up>(&mut from, &mut buffer) {
            let (event, waits) = match up {
                Up::Answer(number, extraction, sights) => (Event::Answer(number, Box::new((extraction, sights))), false),
                Up::Member(bytes) => (Event::Member(bytes), false),
                Up::Sheet(sheet) => (Event::Sheet(sheet), false),
                Up::Drawn(print, None) => (Event::Drawn(print, None), true),
                Up::Drawn(print, Some(size)) => match raster(&mut from, size) {
                    Ok(raster) => (Event::Drawn(print, Some(raster)), true),
                    Err(_) => break,
                },
            };
            if to.send(event).is_err() || (waits && going.recv().is_err()) {
                return;
            }
        }
    }
    // Nobody listens any more when the pool is gone.
    let _ = to.send(Event::Gone);
}

/// Reads what the child says on standard error. Only the fixed words of the allocator are
/// looked for; nothing of it is kept, because it could quote a document.
fn ran_out_of_memory(mut errors: ChildStderr) -> bool {
    let (mut found, mut window, mut piece) = (false, Vec::new(), [0_u8; 1024]);
    while let Ok(read @ 1..) = errors.read(&mut piece) {
        window.extend_from_slice(piece.get(..read).unwrap_or_default());
        found |= memchr::memmem::find(&window, b"memory allocation of").is_some();
        let keep = window.len().saturating_sub(32);
        window.drain(..keep);
    }
    found
}
