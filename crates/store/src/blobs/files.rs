//! Where sealed files lie. A folder today; an object store fits behind the same port.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::Error;

/// A place for sealed files with random names. Files are staged first, and published once
/// the transaction that names them has committed.
pub(crate) trait BlobFiles: Send + Sync {
    /// Starts a staged file.
    fn create(&self, name: &str) -> Result<Box<dyn Staging>, Error>;
    /// Opens a file, staged or published.
    fn open(&self, name: &str) -> Result<Box<dyn Read + Send>, Error>;
    /// Moves a staged file to its place. Safe to repeat.
    fn publish(&self, name: &str) -> Result<(), Error>;
    /// Deletes a file. Safe to repeat.
    fn remove(&self, name: &str) -> Result<(), Error>;
    /// The staged files, and whether each is so old that no running command can own it.
    fn staged(&self) -> Result<Vec<(String, bool)>, Error>;
}

/// A staged file that is being written.
pub(crate) trait Staging: Write + Send {
    /// Makes everything written durable.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

/// How long a staged file may wait for its transaction.
const STAGED_FOR: Duration = Duration::from_hours(24);

/// Files in a folder: `incoming/` while staged, then one of 256 sub-folders.
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn open(root: &Path) -> Result<Self, Error> {
        let made = std::fs::create_dir_all(root.join("incoming"));
        made.map_err(|e| Error::unavailable("make the folder for files", e))?;
        Ok(Self { root: root.to_owned() })
    }

    /// The folder as it is, for reading; `None` when there is none.
    pub(crate) fn open_existing(root: &Path) -> Option<Self> {
        root.is_dir().then(|| Self { root: root.to_owned() })
    }

    fn incoming(&self, name: &str) -> PathBuf {
        self.root.join("incoming").join(name)
    }

    fn place(&self, name: &str) -> PathBuf {
        self.root.join(name.get(..2).unwrap_or("00")).join(name)
    }

    fn staged_now(&self) -> std::io::Result<Vec<(String, bool)>> {
        // The file system's own idea of now: the modification time of a file made now.
        let probe = self.incoming(".now");
        File::create(&probe)?.write_all(b".")?;
        let now = probe.metadata()?.modified()?;
        std::fs::remove_file(&probe)?;
        let mut staged = Vec::new();
        for entry in std::fs::read_dir(self.root.join("incoming"))? {
            let entry = entry?;
            let age = now.duration_since(entry.metadata()?.modified()?).unwrap_or_default();
            if let Ok(name) = entry.file_name().into_string() {
                staged.push((name, age > STAGED_FOR));
            }
        }
        Ok(staged)
    }
}

impl BlobFiles for Folder {
    fn create(&self, name: &str) -> Result<Box<dyn Staging>, Error> {
        let file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(self.incoming(name));
        let file = file.map_err(|e| Error::unavailable("make a file", e))?;
        Ok(Box::new(StagedFile { file, folder: self.root.join("incoming") }))
    }

    fn open(&self, name: &str) -> Result<Box<dyn Read + Send>, Error> {
        let file = File::open(self.place(name)).or_else(|_| File::open(self.incoming(name))).or_else(|_| File::open(self.place(name)));
        match file {
            Ok(file) => Ok(Box::new(file)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(Error::corrupt("blobs", name, "the file is missing")),
            Err(e) => Err(Error::unavailable("open a file", e)),
        }
    }

    fn publish(&self, name: &str) -> Result<(), Error> {
        let place = self.place(name);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::unavailable("make a folder for files", e))?;
        }
        match std::fs::rename(self.incoming(name), &place) {
            Err(e) if !place.exists() => Err(Error::unavailable("publish a file", e)),
            _ => Ok(()),
        }
    }

    fn remove(&self, name: &str) -> Result<(), Error> {
        for path in [self.place(name), self.incoming(name)] {
            match std::fs::remove_file(path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::unavailable("delete a file", e)),
                _ => {}
            }
        }
        Ok(())
    }

    fn staged(&self) -> Result<Vec<(String, bool)>, Error> {
        self.staged_now().map_err(|e| Error::unavailable("list the staged files", e))
    }
}

struct StagedFile {
    file: File,
    folder: PathBuf,
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Staging for StagedFile {
    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.file.sync_all()?;
        File::open(&self.folder)?.sync_all()
    }
}
