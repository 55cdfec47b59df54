//! The child's side of burning: opens hostile files, draws, burns, and hands over pixels.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use memchr::memmem;

use super::page::Drawing;
use super::picture;
use super::pixels::Pixels;
use super::wire::{Job, Sheet, Stride, Up};
use crate::extract::{Hello, Limits, confine_now, receive, send};

/// Room for frames on their way, in bytes.
const ROOM: usize = 256 << 10;
/// The largest file, in bytes.
const LARGEST: u64 = 1 << 30;

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
    let input = BufReader::with_capacity(ROOM, File::from(io::stdin().as_fd().try_clone_to_owned()?));
    let output = BufWriter::with_capacity(ROOM, File::from(io::stdout().as_fd().try_clone_to_owned()?));
    let mut talk = Talk { input, output, buffer: Vec::new() };
    let Some(limits) = receive::<Limits>(&mut talk.input, &mut talk.buffer)? else { return Ok(false) };
    // A panic message could quote what is being read.
    std::panic::set_hook(Box::new(|_| {}));
    let confinement = confine_now(&limits);
    send(&mut talk.output, &Hello { confinement }, &mut talk.buffer)?;
    talk.output.flush()?;
    while let Some(job) = receive::<Job>(&mut talk.input, &mut talk.buffer)? {
        if job.length > LARGEST {
            return Ok(false);
        }
        let mut bytes = Vec::with_capacity(job.length as usize);
        (&mut talk.input).take(job.length).read_to_end(&mut bytes)?;
        talk.work(&job, bytes, &limits)?;
        talk.output.flush()?;
    }
    Ok(true)
}

struct Talk {
    input: BufReader<File>,
    output: BufWriter<File>,
    buffer: Vec<u8>,
}

impl Talk {
    fn say(&mut self, up: &Up) -> io::Result<()> {
        send(&mut self.output, up, &mut self.buffer)
    }

    fn refuse(&mut self, reason: &str) -> io::Result<()> {
        self.say(&Up::Refused(reason.to_owned()))
    }

    fn work(&mut self, job: &Job, bytes: Vec<u8>, limits: &Limits) -> io::Result<()> {
        if job.picture {
            return self.picture(&bytes);
        }
        let opened = catch_unwind(AssertUnwindSafe(|| open(bytes))).unwrap_or(Err("the PDF is damaged"));
        let pdf = match opened {
            Ok(pdf) => pdf,
            Err(reason) => return self.refuse(reason),
        };
        let count = pdf.pages().len();
        if count > limits.pages {
            return self.refuse("has more pages than are drawn of one file");
        }
        let Some(stride) = self.opened(count)? else { return Ok(()) };
        let words = Words::new(&job.words, job.inside);
        let mut drawing = Drawing::new(&pdf, &words, job.dpi);
        for number in (stride.first..count as u32).step_by(stride.step.max(1) as usize) {
            let Some((sheet, pixels)) = catch_unwind(AssertUnwindSafe(|| drawing.sheet(number))).ok().flatten() else {
                return self.refuse(&format!("page {} cannot be drawn", number + 1));
            };
            self.sheet(sheet, &pixels)?;
        }
        self.say(&Up::Done)
    }

    fn picture(&mut self, bytes: &[u8]) -> io::Result<()> {
        let decoded = catch_unwind(AssertUnwindSafe(|| picture::frames(bytes))).unwrap_or(Err("the picture is damaged"));
        let frames = match decoded {
            Ok(frames) => frames,
            Err(reason) => return self.refuse(reason),
        };
        if self.opened(frames.len())?.is_none() {
            return Ok(());
        }
        for (sheet, pixels) in frames {
            self.sheet(sheet, &pixels)?;
        }
        self.say(&Up::Done)
    }

    fn opened(&mut self, pages: usize) -> io::Result<Option<Stride>> {
        self.say(&Up::Opened(pages as u32))?;
        self.output.flush()?;
        receive::<Stride>(&mut self.input, &mut self.buffer)
    }

    fn sheet(&mut self, sheet: Sheet, pixels: &Pixels) -> io::Result<()> {
        let packed = pixels.pack()?;
        self.say(&Up::Sheet(Box::new(sheet), packed.len() as u64))?;
        self.output.write_all(&packed)?;
        self.output.flush()
    }
}

fn open(bytes: Vec<u8>) -> Result<Pdf, &'static str> {
    let cut_off = memmem::rfind(&bytes, b"%%EOF").is_none();
    let damaged = if cut_off { "the PDF is cut off" } else { "the PDF is damaged" };
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return Err("the PDF is encrypted"),
        Err(LoadPdfError::Invalid) => return Err(damaged),
    };
    if pdf.pages().is_empty() { Err("the PDF has no pages") } else { Ok(pdf) }
}
