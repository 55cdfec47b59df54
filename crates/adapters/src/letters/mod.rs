//! Letters in pictures, read by Tesseract where it is installed.
//!
//! It gets grey pixels that we drew, never a file from outside, in a process of its own that may
//! read programs and language files of the system, and can neither write, nor reach a network, nor
//! start anything, nor go on for ever ([`worker`]).

mod confine;
mod table;
mod turned;
pub mod worker;

use std::cell::Cell;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

pub(crate) use table::{Seen, lines};
use turned::{Turned, better, is_doubtful, letters};

/// Where the program may be when no path is set.
const FOLDERS: &[&str] = &["/usr/bin", "/usr/local/bin"];
/// Where the program is told its language files are.
const LANGUAGE_FILES: &str = "TESSDATA_PREFIX";
/// How long one picture may take.
const WALL: Duration = Duration::from_mins(1);
/// Most bytes of an answer.
const LARGEST: u64 = 16 << 20;
/// Most letters of a language's name.
const LONGEST: usize = 60;

/// A picture as grey pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    /// Pixels of a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// How light each pixel is.
    pub(crate) grey: Vec<u8>,
}

/// Where letters are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// In columns and lines, as on a page.
    Page,
    /// Anywhere.
    Scattered,
}

impl Layout {
    /// As Tesseract counts them.
    const fn number(self) -> &'static str {
        match self {
            Self::Page => "3",
            Self::Scattered => "11",
        }
    }
}

/// Why no letters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Tesseract is not installed.
    Program,
    /// It is installed without this language.
    Language,
}

impl Missing {
    /// What is said of a picture.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Program => services::ports::NO_LETTERS,
            Self::Language => "not read: text recognition is installed without the language that is set",
        }
    }
}

/// Why a picture was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It took longer than a picture may take.
    TooLong,
    /// The program failed.
    Failed,
}

/// Tesseract, ready to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    exe: PathBuf,
    program: PathBuf,
    language: String,
    wall: Duration,
    threads: usize,
}

impl Reader {
    /// Looks for Tesseract and the language (`eng`, or several as `eng+cym`). `exe` is a program
    /// that calls [`worker::run`] when its first argument is `letters-worker`.
    ///
    /// # Errors
    /// What is not installed.
    pub fn find(exe: &Path, language: &str) -> Result<Self, Missing> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(FOLDERS.iter().map(PathBuf::from));
        let program =
            folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join("tesseract")).find(|program| program.is_file());
        let program = program.ok_or(Missing::Program)?;
        let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if language.len() > LONGEST || !language.split('+').all(plain) {
            return Err(Missing::Language);
        }
        let listed = Command::new(&program).arg("--list-langs").stdin(Stdio::null()).stderr(Stdio::null()).output();
        let listed = listed.map_err(|_| Missing::Program)?.stdout;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        if language.split('+').all(|name| listed.lines().any(|line| line.trim() == name)) {
            Ok(Self { exe: exe.to_owned(), program, language: language.to_owned(), wall: WALL, threads: 2 })
        } else {
            Err(Missing::Language)
        }
    }

    /// The same with another limit on the time of one picture.
    #[must_use]
    pub fn within(mut self, wall: Duration) -> Self {
        self.wall = wall;
        self
    }

    /// Whether it starts in its confinement and reads an empty page.
    pub fn works(&self) -> bool {
        let raster = Raster { width: 200, height: 50, grey: vec![255; 10_000] };
        self.read(&raster, Layout::Page).is_ok()
    }

    /// How many pictures may be read at the same time.
    pub(crate) const fn threads(&self) -> usize {
        self.threads
    }

    /// The words that can be read in a picture.
    pub(crate) fn read(&self, raster: &Raster, layout: Layout) -> Result<Vec<Seen>, Unread> {
        let mark = format!("P5\n{} {}\n255\n", raster.width, raster.height);
        self.file(&[mark.as_bytes(), &raster.grey], layout)
    }

    /// The words that can be read in a picture file that we made, given in pieces, with their places in it, whichever way up it lies.
    pub(crate) fn file(&self, pieces: &[&[u8]], layout: Layout) -> Result<Vec<Seen>, Unread> {
        self.best(pieces, layout).map(|(words, _)| words)
    }

    /// The same, and whether every reading that was asked for succeeded: where one did not, the next time may find more.
    pub(crate) fn best(&self, pieces: &[&[u8]], layout: Layout) -> Result<(Vec<Seen>, bool), Unread> {
        let words = self.once(pieces, layout)?;
        if !is_doubtful(&words) {
            return Ok((words, true));
        }
        let whole = Cell::new(true);
        // Where a further reading fails, what the first one found stays.
        let again = |pieces: &[&[u8]], layout| {
            self.once(pieces, layout).unwrap_or_else(|_| {
                whole.set(false);
                Vec::new()
            })
        };
        // Lines that run up or down are found on pages alone.
        let page = if layout == Layout::Scattered { again(pieces, Layout::Page) } else { Vec::new() };
        let layout = if letters(&page) > letters(&words) { Layout::Page } else { layout };
        let nothing = words.is_empty() && page.is_empty();
        let words = better(words, page);
        if nothing || !is_doubtful(&words) {
            return Ok((words, whole.get()));
        }
        let turned = Turned::of(pieces).map(|turned| turned.back(again(&turned.pieces(), layout)));
        Ok((better(words, turned.unwrap_or_default()), whole.get()))
    }

    /// The words that can be read in it as it lies.
    fn once(&self, pieces: &[&[u8]], layout: Layout) -> Result<Vec<Seen>, Unread> {
        let mut command = Command::new(&self.exe);
        command.arg("letters-worker").arg(&self.program).args([&self.language, layout.number()]);
        command.env_clear().env("OMP_THREAD_LIMIT", "1");
        if let Some(folder) = std::env::var_os(LANGUAGE_FILES) {
            command.env(LANGUAGE_FILES, folder);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|_| Unread::Failed)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err(Unread::Failed) };
        let (table, whole) = std::thread::scope(|scope| {
            let (sender, receiver) = channel();
            scope.spawn(move || give(input, pieces));
            scope.spawn(move || {
                // Nobody listens any more when time is over.
                let _ = sender.send(take(output));
            });
            let table = receiver.recv_timeout(self.wall);
            if table.is_err() {
                // It may be gone already, which is what is wanted.
                let _ = child.kill();
            }
            let whole = child.wait().is_ok_and(|status| status.success());
            (table, whole)
        });
        match table {
            Err(_) => Err(Unread::TooLong),
            Ok(Some(table)) if whole => Ok(table::words(&String::from_utf8_lossy(&table))),
            Ok(_) => Err(Unread::Failed),
        }
    }
}

/// Hands over the picture. A failure shows as an answer that is not whole.
fn give(mut input: ChildStdin, pieces: &[&[u8]]) {
    for piece in pieces {
        if input.write_all(piece).is_err() {
            return;
        }
    }
}

fn take(output: ChildStdout) -> Option<Vec<u8>> {
    let mut table = Vec::new();
    output.take(LARGEST).read_to_end(&mut table).ok()?;
    Some(table)
}

/// Whether and how letters in pictures are read in a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letters {
    /// They are not, because nobody wants it.
    Off,
    /// They are not, because something is not installed.
    Missing(Missing),
    /// They are read.
    Read(Reader),
}

impl Letters {
    /// Read where that is installed.
    pub fn auto(exe: &Path, language: &str) -> Self {
        Reader::find(exe, language).map_or_else(Self::Missing, Self::Read)
    }
}
