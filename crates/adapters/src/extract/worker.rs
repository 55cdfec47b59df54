//! The child's side: reads items from standard input, answers on standard output.

use std::io::{self, Write};

use super::child::{self, Pipes};
use super::inprocess::{extract, extract_own, extract_raw};
use super::limits::Limits;
use super::wire::{Mode, Received, is_heavy};

/// Why something carried by an item was not read.
const NOT_TRIED: &str = "was not read, because the message that carries it could not be read whole";

/// Runs until the parent closes standard input. Returns the exit code of the process:
/// 0 done, 2 when what comes in is not from a parent of ours, 3 when a pipe fails.
pub fn run() -> u8 {
    child::run(serve)
}

fn serve(pipes: &mut Pipes, limits: &Limits) -> io::Result<bool> {
    let mut item = Received::default();
    while next(&mut item, pipes)? {
        if is_heavy(&item.bytes) {
            pipes.output.flush()?;
        }
        let name = String::from_utf8_lossy(&item.name);
        let extraction = match item.mode {
            mode if mode == Mode::Own as u8 => extract_own(limits, &name, &item.bytes, NOT_TRIED),
            mode if mode == Mode::Raw as u8 => extract_raw(limits, &name, &item.bytes),
            _ => extract(limits, &name, &item.bytes),
        };
        item.release();
        pipes.say(&(item.id, &extraction))?;
    }
    Ok(true)
}

/// The next item. Before waiting for it, what is finished is handed over.
fn next(item: &mut Received, pipes: &mut Pipes) -> io::Result<bool> {
    if pipes.input.buffer().is_empty() {
        pipes.output.flush()?;
    }
    item.next(&mut pipes.input)
}
