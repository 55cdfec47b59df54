//! The child's side of burning: opens hostile files, draws, burns, and hands over pixels.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;

use super::anew::Written;
use super::bounds::holds_too_large;
use super::page::{Drawing, How};
use super::picture;
use super::pixels::Pixels;
use super::wire::{Job, Sheet, Stride, Up};
use crate::extract::child::{self, Pipes};
use crate::extract::{Limits, Passwords, pdf_file};

/// The largest file, in bytes.
const LARGEST: u64 = 1 << 30;

/// Runs until the parent closes standard input. Returns the exit code of the process:
/// 0 done, 2 when what comes in is not from a parent of ours, 3 when a pipe fails.
pub fn run() -> u8 {
    child::run(serve)
}

fn serve(pipes: &mut Pipes, limits: &Limits) -> io::Result<bool> {
    while let Some(job) = pipes.hear::<Job>()? {
        if job.length > LARGEST {
            return Ok(false);
        }
        let mut bytes = Vec::with_capacity(job.length as usize);
        (&mut pipes.input).take(job.length).read_to_end(&mut bytes)?;
        work(pipes, &job, bytes, limits)?;
        pipes.output.flush()?;
    }
    Ok(true)
}

fn refuse(pipes: &mut Pipes, reason: &str) -> io::Result<()> {
    pipes.say(&Up::Refused(reason.to_owned()))
}

fn work(pipes: &mut Pipes, job: &Job, bytes: Vec<u8>, limits: &Limits) -> io::Result<()> {
    if job.picture {
        return draw_picture(pipes, &bytes);
    }
    let pdf = match opened(bytes, &limits.passwords) {
        Ok(pdf) => pdf,
        Err(reason) => return refuse(pipes, reason),
    };
    let count = pdf.pages().len();
    if count > limits.pages {
        return refuse(pipes, "has more pages than are drawn of one file");
    }
    let Some(stride) = say_opened(pipes, count)? else { return Ok(()) };
    let words = Words::new(&job.words, job.inside);
    let how = How { anew: job.anew, read: job.read };
    let mut drawing = Drawing::new(&pdf, &words, job.dpi);
    for number in (stride.first..count as u32).step_by(stride.step.max(1) as usize) {
        let Some((sheet, written, pixels)) = drawn(&mut drawing, number, how) else {
            return refuse(pipes, &format!("page {} cannot be drawn", number + 1));
        };
        if let Some(written) = written {
            pipes.say(&Up::Anew(Box::new(written.anew), written.bytes.len() as u64))?;
            pipes.output.write_all(&written.bytes)?;
        }
        hand_over(pipes, sheet, pixels.as_ref())?;
    }
    pipes.say(&Up::Done)
}

/// A PDF that may be drawn, opened with the first of the passwords that opens it where it needs one.
pub(super) fn opened(bytes: Vec<u8>, passwords: &Passwords) -> Result<Pdf, &'static str> {
    let open = || {
        let (pdf, _) = pdf_file::open_with(bytes, passwords)?;
        if holds_too_large(&pdf) { Err("holds a picture or a pattern larger than any that is drawn") } else { Ok(pdf) }
    };
    catch_unwind(AssertUnwindSafe(open)).unwrap_or(Err("the PDF is damaged"))
}

/// A page of it; `None` when it cannot be drawn.
pub(super) fn drawn(drawing: &mut Drawing<'_>, number: u32, how: How) -> Option<(Sheet, Option<Written>, Option<Pixels>)> {
    catch_unwind(AssertUnwindSafe(|| drawing.sheet(number, how))).ok().flatten()
}

fn draw_picture(pipes: &mut Pipes, bytes: &[u8]) -> io::Result<()> {
    let decoded = catch_unwind(AssertUnwindSafe(|| picture::frames(bytes))).unwrap_or(Err("the picture is damaged"));
    let frames = match decoded {
        Ok(frames) => frames,
        Err(reason) => return refuse(pipes, reason),
    };
    if say_opened(pipes, frames.len())?.is_none() {
        return Ok(());
    }
    for (sheet, pixels) in frames {
        hand_over(pipes, sheet, Some(&pixels))?;
    }
    pipes.say(&Up::Done)
}

fn say_opened(pipes: &mut Pipes, pages: usize) -> io::Result<Option<Stride>> {
    pipes.say(&Up::Opened(pages as u32))?;
    pipes.output.flush()?;
    pipes.hear::<Stride>()
}

fn hand_over(pipes: &mut Pipes, sheet: Sheet, pixels: Option<&Pixels>) -> io::Result<()> {
    let packed = pixels.map_or(Ok(Vec::new()), Pixels::pack)?;
    pipes.say(&Up::Sheet(Box::new(sheet), packed.len() as u64))?;
    pipes.output.write_all(&packed)?;
    pipes.output.flush()
}
