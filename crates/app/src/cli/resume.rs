//! `--resume FILE`: where a search from the command line notes how far it is, so that it goes on
//! after an interruption, and so that the same search again reads only what is new.
//!
//! The file is readable by its owner alone and sealed with a key drawn from what the person file
//! and the request say, so that whoever happens on it reads nothing; whoever knows all of that
//! could. It begins with a line, a salt, and then notes: number, length, sealed bytes.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::{Refusal, RefusalCode};
use services::Error;
use services::ports::Failure;
use services::sar::{Earlier, Edition, Memory};
use store::Sealer;

/// The first bytes of the file.
const HEAD: &[u8; 17] = b"probity search 1\n";
/// Bytes before the first note.
const START: u64 = 33;
/// The longest note that is believed, in bytes.
const LONGEST: u64 = 1 << 32;

/// The file, kept to ourselves while it is open.
pub(crate) struct WorkFile {
    path: PathBuf,
    file: File,
    sealer: Sealer,
    next: u64,
}

impl WorkFile {
    /// Opens the notes of a search, or begins them.
    ///
    /// # Errors
    /// `OUT-001` when another file stands there or another search is using it.
    pub(crate) fn open(path: &Path, edition: Edition) -> Result<Self, Error> {
        let opened = options().create(true).truncate(false).open(path);
        let mut file = opened.map_err(|_| refuse(path, "cannot be opened"))?;
        file.try_lock().map_err(|_| refuse(path, "is in use by another search"))?;
        let length = file.metadata().map_err(broken)?.len();
        let mut head = [0; START as usize];
        if length < START {
            let mut begun = Vec::new();
            file.read_to_end(&mut begun).map_err(broken)?;
            if !HEAD.starts_with(begun.get(..HEAD.len()).unwrap_or(&begun)) {
                return Err(refuse(path, "is not a file of a search"));
            }
            let (first, salt) = head.split_at_mut(HEAD.len());
            first.copy_from_slice(HEAD);
            salt.copy_from_slice(&Sealer::salt()?);
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(&head)).map_err(broken)?;
        } else {
            file.read_exact(&mut head).map_err(broken)?;
            if !head.starts_with(HEAD) {
                return Err(refuse(path, "is not a file of a search"));
            }
        }
        let sealer = Sealer::new(edition.secret(), head.get(HEAD.len()..).unwrap_or_default(), "probity-work-file-v1");
        Ok(Self { path: path.to_owned(), file, sealer, next: 1 })
    }

    /// Goes through the notes as they lie in the file; what was half written when the process was
    /// killed is cut off.
    fn each(&mut self, each: &mut dyn FnMut(u64, Vec<u8>) -> std::io::Result<()>) -> std::io::Result<()> {
        let length = self.file.metadata()?.len();
        let mut at = START;
        self.file.seek(SeekFrom::Start(at))?;
        let mut from = BufReader::with_capacity(1 << 20, &self.file);
        while length - at >= 16 {
            let (mut number, mut size) = ([0; 8], [0; 8]);
            from.read_exact(&mut number)?;
            from.read_exact(&mut size)?;
            let (number, size) = (u64::from_le_bytes(number), u64::from_le_bytes(size));
            if size > LONGEST || size > length - at - 16 {
                break;
            }
            let mut sealed = Vec::new();
            (&mut from).take(size).read_to_end(&mut sealed)?;
            each(number, sealed)?;
            at += 16 + size;
        }
        drop(from);
        self.file.set_len(at)?;
        self.file.seek(SeekFrom::End(0)).map(drop)
    }

    fn rewrite(&mut self, without: &[u64]) -> std::io::Result<()> {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let beside = self.path.with_file_name(name);
        let fresh = options().create(true).truncate(true).open(&beside)?;
        fresh.lock()?;
        let mut head = [0; START as usize];
        self.file.rewind()?;
        self.file.read_exact(&mut head)?;
        let mut to = BufWriter::with_capacity(1 << 20, &fresh);
        to.write_all(&head)?;
        self.each(&mut |number, sealed| if without.contains(&number) { Ok(()) } else { put(&mut to, number, &sealed) })?;
        to.flush()?;
        drop(to);
        std::fs::rename(&beside, &self.path)?;
        self.file = fresh;
        Ok(())
    }
}

impl Memory for WorkFile {
    fn recall(&mut self, each: &mut dyn FnMut(u64, Vec<u8>)) -> Result<(), Error> {
        let sealer = Sealer::clone(&self.sealer);
        let mut next = 1;
        self.each(&mut |number, sealed| {
            next = next.max(number.saturating_add(1));
            // What does not open is of another search: an empty note is none.
            each(number, sealer.open(number, &sealed).unwrap_or_default());
            Ok(())
        })
        .map_err(broken)?;
        self.next = next;
        Ok(())
    }

    fn note(&mut self, note: &[u8]) -> Result<(), Error> {
        let sealed = self.sealer.seal(self.next, note)?;
        put(&mut self.file, self.next, &sealed).map_err(broken)?;
        self.next += 1;
        Ok(())
    }

    fn forget(&mut self, numbers: &[u64]) -> Result<(), Error> {
        self.rewrite(numbers).map_err(broken)
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

fn put(to: &mut impl Write, number: u64, sealed: &[u8]) -> std::io::Result<()> {
    let mut head = number.to_le_bytes().to_vec();
    head.extend_from_slice(&(sealed.len() as u64).to_le_bytes());
    to.write_all(&head)?;
    to.write_all(sealed)
}

fn broken(error: std::io::Error) -> Error {
    Failure::because("keeping the file of --resume", error).into()
}

fn refuse(path: &Path, what: &str) -> Error {
    Refusal::new(RefusalCode::OutputExists, format!("The file of --resume, `{}`, {what}.", path.display())).into()
}

/// What an earlier run was good for, in a sentence; nothing when there was none.
pub(crate) fn said(earlier: &Earlier) -> Option<String> {
    if earlier.other {
        return Some("The file of --resume was of another search or another version: everything was read again.".to_owned());
    }
    let changed = match earlier.changed {
        0 => String::new(),
        1 => " One had changed and was read again.".to_owned(),
        number => format!(" {number} had changed and were read again."),
    };
    (earlier.items > 0 || earlier.changed > 0)
        .then(|| format!("Went on from an earlier run: {} items did not have to be read again.{changed}", earlier.items))
}
