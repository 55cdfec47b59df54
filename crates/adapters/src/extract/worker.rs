//! The child's side: reads items from standard input, answers on standard output.

use std::io::{self, Write};

use finder::document::{Extraction, Unreadable};

use super::child::{self, Pipes};
use super::inprocess::{draw, extract_own, extract_raw, extract_shown, list, member, sheets};
use super::limits::Limits;
use super::sights::Print;
use super::wire::{Mode, Received, Up, is_heavy};
use crate::letters::Raster;

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
        let (extraction, sights) = match item.mode {
            mode if mode == Mode::Own as u8 => (extract_own(limits, &name, &item.bytes, NOT_TRIED), Vec::new()),
            mode if mode == Mode::Raw as u8 => (extract_raw(limits, &name, &item.bytes), Vec::new()),
            mode if mode == Mode::List as u8 => (list(limits, &name, &item.bytes), Vec::new()),
            mode if mode == Mode::Look as u8 => {
                let Some(wanted) = pipes.hear::<Vec<Print>>()? else { return Ok(false) };
                look(pipes, limits, (&name, &item.bytes), wanted)?;
                (Extraction::default(), Vec::new())
            }
            mode if mode == Mode::Member as u8 => {
                let Some(path) = pipes.hear::<String>()? else { return Ok(false) };
                pipes.say(&Up::Member(member(limits, &name, &item.bytes, &path)))?;
                (Extraction::default(), Vec::new())
            }
            mode if mode == Mode::Sheets as u8 => (tables(pipes, limits, &name, &item.bytes)?, Vec::new()),
            _ => extract_shown(limits, &name, &item.bytes),
        };
        item.release();
        pipes.say(&Up::Answer(item.id, extraction, sights))?;
    }
    Ok(true)
}

/// Hands over the sheets of a workbook one by one, or says why they are not all there.
fn tables(pipes: &mut Pipes, limits: &Limits, name: &str, bytes: &[u8]) -> io::Result<Extraction> {
    let mut said = Extraction::default();
    match sheets(limits, name, bytes) {
        Ok(sheets) => sheets.into_iter().try_for_each(|sheet| pipes.say(&Up::Sheet(sheet)))?,
        Err(reason) => said.unreadable.push(Unreadable { path: String::new(), reason }),
    }
    Ok(said)
}

/// Draws the pictures that are wanted, and hands over each.
fn look(pipes: &mut Pipes, limits: &Limits, (name, bytes): (&str, &[u8]), wanted: Vec<Print>) -> io::Result<()> {
    let mut outcome = Ok(());
    draw(limits, name, bytes, wanted, &mut |print, raster| {
        outcome = show(pipes, print, raster);
        outcome.is_ok()
    });
    outcome
}

fn show(pipes: &mut Pipes, print: Print, raster: Option<Raster>) -> io::Result<()> {
    pipes.say(&Up::Drawn(print, raster.as_ref().map(|raster| (raster.width, raster.height))))?;
    if let Some(raster) = raster {
        pipes.output.write_all(&raster.grey)?;
    }
    pipes.output.flush()
}

/// The next item. Before waiting for it, what is finished is handed over.
fn next(item: &mut Received, pipes: &mut Pipes) -> io::Result<bool> {
    if pipes.input.buffer().is_empty() {
        pipes.output.flush()?;
    }
    item.next(&mut pipes.input)
}
