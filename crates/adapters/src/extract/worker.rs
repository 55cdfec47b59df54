//! The child's side: reads items from standard input, answers on standard output.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::os::fd::AsFd;

use super::confine;
use super::inprocess::{extract, extract_own, extract_raw};
use super::limits::Limits;
use super::wire::{Hello, Mode, Received, is_heavy, receive, send};

/// Room for frames on their way, in bytes.
const ROOM: usize = 256 << 10;

/// Why something carried by an item was not read.
const NOT_TRIED: &str = "was not read, because the message that carries it could not be read whole";

/// Runs until the parent closes standard input. Returns the exit code of the process:
/// 0 done, 2 when what comes in is not from a parent of ours, 3 when a pipe fails.
pub fn run() -> u8 {
    match serve() {
        Ok(true) => 0,
        Ok(false) => 2,
        Err(_) => 3,
    }
}

fn serve() -> io::Result<bool> {
    // Copies of the descriptors, because the standard library's own output breaks at lines.
    let mut input = BufReader::with_capacity(ROOM, File::from(io::stdin().as_fd().try_clone_to_owned()?));
    let mut output = BufWriter::with_capacity(ROOM, File::from(io::stdout().as_fd().try_clone_to_owned()?));
    let mut buffer = Vec::new();
    let Some(limits) = receive::<Limits>(&mut input, &mut buffer)? else { return Ok(false) };
    // A panic message could quote what is being read.
    std::panic::set_hook(Box::new(|_| {}));
    let mut confinement = confine::now(&limits);
    confinement.extend(confine::attempts());
    send(&mut output, &Hello { confinement }, &mut buffer)?;
    output.flush()?;
    let mut item = Received::default();
    while next(&mut item, &mut input, &mut output)? {
        if is_heavy(&item.bytes) {
            output.flush()?;
        }
        let name = String::from_utf8_lossy(&item.name);
        let extraction = match item.mode {
            mode if mode == Mode::Own as u8 => extract_own(&limits, &name, &item.bytes, NOT_TRIED),
            mode if mode == Mode::Raw as u8 => extract_raw(&limits, &name, &item.bytes),
            _ => extract(&limits, &name, &item.bytes),
        };
        item.release();
        send(&mut output, &(item.id, &extraction), &mut buffer)?;
    }
    output.flush()?;
    Ok(true)
}

/// The next item. Before waiting for it, what is finished is handed over.
fn next(item: &mut Received, input: &mut BufReader<File>, output: &mut BufWriter<File>) -> io::Result<bool> {
    if input.buffer().is_empty() {
        output.flush()?;
    }
    item.next(input)
}
