//! How every confined child begins, whatever it does afterwards: it takes the limits, confines
//! itself, tries what is forbidden, and greets.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::os::fd::AsFd;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::confine;
use super::limits::Limits;
use super::wire::{Hello, receive, send};

/// Room for frames on their way, in bytes.
const ROOM: usize = 256 << 10;

/// The two pipes to the parent: all that a confined child has of the world.
pub(crate) struct Pipes {
    pub(crate) input: BufReader<File>,
    pub(crate) output: BufWriter<File>,
    buffer: Vec<u8>,
}

impl Pipes {
    /// Writes one frame; it goes out when the room is full or at [`Write::flush`] of `output`.
    ///
    /// # Errors
    /// When the parent is gone.
    pub(crate) fn say<T: Serialize>(&mut self, value: &T) -> io::Result<()> {
        send(&mut self.output, value, &mut self.buffer)
    }

    /// Reads one frame; `None` when the parent closed the pipe.
    ///
    /// # Errors
    /// When the pipe breaks, or what comes is no such frame.
    pub(crate) fn hear<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        receive(&mut self.input, &mut self.buffer)
    }
}

/// Runs a child: confined first, then `serve`, which says whether what came in was from a parent of ours.
/// Returns the exit code of the process: 0 done, 2 when it was not, 3 when a pipe fails.
pub(crate) fn run(serve: impl FnOnce(&mut Pipes, &Limits) -> io::Result<bool>) -> u8 {
    match confined(serve) {
        Ok(true) => 0,
        Ok(false) => 2,
        Err(_) => 3,
    }
}

fn confined(serve: impl FnOnce(&mut Pipes, &Limits) -> io::Result<bool>) -> io::Result<bool> {
    // Copies of the descriptors, because the standard library's own output breaks at lines.
    let input = BufReader::with_capacity(ROOM, File::from(io::stdin().as_fd().try_clone_to_owned()?));
    let output = BufWriter::with_capacity(ROOM, File::from(io::stdout().as_fd().try_clone_to_owned()?));
    let mut pipes = Pipes { input, output, buffer: Vec::new() };
    let Some(limits) = pipes.hear::<Limits>()? else { return Ok(false) };
    // A panic message could quote what is being read.
    std::panic::set_hook(Box::new(|_| {}));
    let mut confinement = confine::now(&limits);
    confinement.extend(confine::attempts());
    pipes.say(&Hello { confinement })?;
    pipes.output.flush()?;
    let served = serve(&mut pipes, &limits)?;
    pipes.output.flush()?;
    Ok(served)
}
