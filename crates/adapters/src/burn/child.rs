//! The parent's side: a confined child that draws, started, spoken to, watched, ended.

use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child as Running, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use services::ports::Failure;

use super::wire::{Job, Stride, Up};
use crate::extract::{Hello, Limits, receive, send};

/// How long a child may take to start.
const START: Duration = Duration::from_secs(30);
/// How many pages may wait for the parent.
const WAITING: usize = 4;
const ROOM: usize = 256 << 10;
const DOING: &str = "drawing pages in a process of their own";

/// What a child says, with the bytes behind it.
pub(super) enum Event {
    Ready(Hello),
    Said(Up, Vec<u8>),
}

/// Why nothing (more) comes from a child.
pub(super) enum Stopped {
    /// It was silent for longer than a page may take.
    TooLong,
    /// It ended by itself: a crash, or out of memory.
    Died,
}

/// A running child.
pub(super) struct Child {
    running: Running,
    input: ChildStdin,
    events: Receiver<Event>,
    wall: Duration,
    /// Which confinements are in force.
    pub(super) confinement: Vec<(String, bool)>,
}

impl Child {
    /// Starts a child and waits until it is confined and ready.
    pub(super) fn start(exe: &Path, limits: &Limits) -> Result<Self, Failure> {
        let because = |error: io::Error| Failure::because(DOING, error);
        let mut command = Command::new(exe);
        command.arg("burn-worker").env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = command.spawn().map_err(because)?;
        let (Some(mut input), Some(output)) = (running.stdin.take(), running.stdout.take()) else {
            return Err(Failure::new(DOING));
        };
        let (sender, events) = sync_channel(WAITING);
        std::thread::spawn(move || listen(output, &sender));
        send(&mut input, limits, &mut Vec::new()).map_err(because)?;
        let mut child = Self { running, input, events, wall: limits.wall, confinement: Vec::new() };
        match child.events.recv_timeout(START) {
            Ok(Event::Ready(hello)) => {
                child.confinement = hello.confinement;
                Ok(child)
            }
            _ => Err(Failure::new(DOING)),
        }
    }

    /// Hands over a file. A failure shows as the end of the child's answers.
    pub(super) fn give(&mut self, job: &Job, bytes: &[u8]) {
        let mut buffer = Vec::new();
        let _ = send(&mut self.input, job, &mut buffer).and_then(|()| self.input.write_all(bytes)).and_then(|()| self.input.flush());
    }

    /// Says which pages to draw.
    pub(super) fn go(&mut self, stride: Stride) {
        let _ = send(&mut self.input, &stride, &mut Vec::new()).and_then(|()| self.input.flush());
    }

    /// What it says next.
    pub(super) fn next(&mut self) -> Result<(Up, Vec<u8>), Stopped> {
        use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
        match self.events.recv_timeout(self.wall) {
            Ok(Event::Said(up, bytes)) => Ok((up, bytes)),
            Err(Timeout) => Err(Stopped::TooLong),
            Ok(Event::Ready(_)) | Err(Disconnected) => Err(Stopped::Died),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

/// Passes on what the child says, until it ends or nobody listens.
fn listen(output: ChildStdout, to: &SyncSender<Event>) {
    let mut from = BufReader::with_capacity(ROOM, output);
    let mut buffer = Vec::new();
    let Ok(Some(hello)) = receive::<Hello>(&mut from, &mut buffer) else { return };
    if to.send(Event::Ready(hello)).is_err() {
        return;
    }
    while let Ok(Some(up)) = receive::<Up>(&mut from, &mut buffer) {
        let mut bytes = Vec::new();
        if let Up::Sheet(_, length) | Up::Anew(_, length) = &up {
            let read = (&mut from).take(*length).read_to_end(&mut bytes);
            if read.is_err() || bytes.len() as u64 != *length {
                return;
            }
        }
        if to.send(Event::Said(up, bytes)).is_err() {
            return;
        }
    }
}
