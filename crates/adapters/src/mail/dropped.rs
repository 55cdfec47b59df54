//! Mail in by a folder: messages that a person or a program drops as `.eml` files. Write the
//! file under another name and rename it, so that no half of it is taken.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use services::ports::{Arrived, Failure, Mailbox, Visit};

/// Bytes of one message taken at most; of a bigger one the first part.
const MOST_BYTES: u64 = 30_000_000;
/// Where messages go once they are stored.
const HANDLED: &str = "handled";

/// A watched folder.
pub struct Dropped {
    folder: PathBuf,
}

impl Dropped {
    /// Watches a folder. It need not exist before the first visit.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }
}

impl Mailbox for Dropped {
    fn name(&self) -> String {
        super::fingerprint("dropped", self.folder.as_os_str().as_encoded_bytes())
    }

    fn visit(&self) -> Result<Box<dyn Visit>, Failure> {
        let failed = |error| Failure::because("visiting the folder of dropped mail", error);
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is_mail = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("eml"));
            // Not through a link: whoever may drop a file may not have another one read.
            if is_mail && fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file()) {
                files.push(path);
            }
        }
        files.sort();
        Ok(Box::new(DroppedVisit { folder: self.folder.clone(), files }))
    }
}

struct DroppedVisit {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

impl DroppedVisit {
    fn file(&self, number: u64) -> Option<&PathBuf> {
        self.files.iter().find(|file| number_of(file) == number)
    }

    /// A name that is free among the handled ones.
    fn free(&self, file: &Path) -> PathBuf {
        let handled = self.folder.join(HANDLED);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{n}-{name}")));
        names.map(|name| handled.join(name)).find(|path| !path.exists()).unwrap_or(handled)
    }
}

/// A number that a file has at every visit, and that gives nothing of its name away.
fn number_of(file: &Path) -> u64 {
    use sha2::{Digest, Sha256};
    let name = file.file_name().unwrap_or_default().as_encoded_bytes();
    Sha256::digest(name).iter().take(6).fold(1, |number, byte| (number << 8) | u64::from(*byte))
}

impl Visit for DroppedVisit {
    fn validity(&self) -> Option<u64> {
        None
    }

    fn numbers(&mut self, _above: u64) -> Result<Vec<u64>, Failure> {
        Ok(self.files.iter().map(|file| number_of(file)).collect())
    }

    fn unmarked(&mut self, _up_to: u64) -> Result<Vec<u64>, Failure> {
        Ok(Vec::new())
    }

    fn fetch(&mut self, number: u64) -> Result<Option<Arrived>, Failure> {
        let Some(path) = self.file(number) else { return Ok(None) };
        let failed = |error| Failure::because("reading a dropped message", error);
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(failed)?,
        };
        let size = file.metadata().map_err(failed)?.len();
        let mut bytes = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Some(Arrived { bytes, size, at: None }))
    }

    fn done(&mut self, numbers: &[u64]) -> Result<(), Failure> {
        let failed = |error| Failure::because("putting a dropped message away", error);
        fs::create_dir_all(self.folder.join(HANDLED)).map_err(failed)?;
        for number in numbers {
            let Some(path) = self.file(*number) else { continue };
            fs::rename(path, self.free(path)).map_err(failed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_messages_are_read_in_order_and_put_away_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let dropped = Dropped::new(&folder.path().join("in"));
        assert_eq!(dropped.visit().unwrap().numbers(0).unwrap(), [0; 0]);
        for (name, text) in [("b.eml", "two"), ("a.EML", "one"), ("half.eml.part", "x"), ("note.txt", "x")] {
            fs::write(folder.path().join("in").join(name), text).unwrap();
        }
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("in/link.eml")).unwrap();
        let mut visit = dropped.visit().unwrap();
        let [one, two] = visit.numbers(0).unwrap()[..] else { panic!("two messages") };
        assert_eq!(visit.fetch(one).unwrap().unwrap().bytes, b"one");
        assert_eq!(visit.fetch(two).unwrap().unwrap().size, 3);
        visit.done(&[one]).unwrap();
        assert_eq!(visit.fetch(one).unwrap(), None);
        assert_eq!(dropped.visit().unwrap().numbers(0).unwrap(), [two], "a file keeps its number");
        fs::write(folder.path().join("in/a.EML"), "three").unwrap();
        let mut visit = dropped.visit().unwrap();
        visit.done(&[one, two]).unwrap();
        let mut kept: Vec<String> =
            fs::read_dir(folder.path().join("in/handled")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        kept.sort();
        assert_eq!(kept, ["2-a.EML", "a.EML", "b.eml"]);
        assert_eq!(visit.validity(), None);
    }

    #[test]
    fn a_file_that_cannot_be_read_or_put_away_is_told_and_the_others_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let dropped = Dropped::new(folder.path());
        fs::write(folder.path().join("a.eml"), "one").unwrap();
        // A file where the folder for handled mail should be.
        fs::write(folder.path().join(HANDLED), "").unwrap();
        let mut visit = dropped.visit().unwrap();
        let number = visit.numbers(0).unwrap()[0];
        assert_eq!(visit.fetch(number).unwrap().unwrap().bytes, b"one");
        assert!(visit.done(&[number]).is_err());
        assert_eq!(visit.fetch(7).unwrap(), None);
    }
}
