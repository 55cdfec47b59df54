//! A clock that reads its time from a file, for rehearsals: whoever replaces the file moves time.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::{Refusal, RefusalCode};
use jiff::{Span, Timestamp};
use services::ports::Clock;

/// Time from a file that holds one instant, such as `2026-11-28T21:14:00Z`. The file is read
/// at each use; replace it by renaming another onto it. Time only goes forward: an instant
/// earlier than one already told is left alone, and two readings are never the same.
pub(crate) struct FileClock {
    path: PathBuf,
    told: Mutex<Told>,
}

/// What the clock has said so far.
struct Told {
    /// The last instant given out.
    last: Timestamp,
    /// The last instant read from the file.
    read: Timestamp,
}

impl FileClock {
    /// A clock that stands at the instant in the file.
    ///
    /// # Errors
    /// `FORM-001` when the file cannot be read or holds no instant.
    pub(crate) fn open(path: &Path) -> Result<Self, Refusal> {
        let path = path.canonicalize().map_err(|_| unusable(path))?;
        let read = read(&path).ok_or_else(|| unusable(&path))?;
        let last = read.saturating_sub(Span::new().microseconds(1)).unwrap_or(read);
        Ok(Self { path, told: Mutex::new(Told { last, read }) })
    }
}

impl Clock for FileClock {
    fn now(&self) -> Timestamp {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let read = read(&self.path).unwrap_or(told.read);
        if read < told.read {
            tracing::warn!("the file of the clock holds an earlier time than before; time stays where it is");
        }
        told.read = read;
        let next = told.last.saturating_add(Span::new().microseconds(1)).unwrap_or(told.last);
        told.last = next.max(read);
        told.last
    }
}

fn read(path: &Path) -> Option<Timestamp> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

fn unusable(path: &Path) -> Refusal {
    let what = format!("{} holds no instant. Write one into it, for example 2026-11-28T21:14:00Z.", path.display());
    Refusal::new(RefusalCode::ValueInvalid, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replaces the file as a rehearsal does.
    fn tell(folder: &Path, text: &str) {
        let (next, file) = (folder.join("next"), folder.join("clock"));
        std::fs::write(&next, text).unwrap();
        std::fs::rename(&next, &file).unwrap();
    }

    #[test]
    fn time_follows_the_file_forward_and_never_stands_still() {
        let folder = tempfile::tempdir().unwrap();
        tell(folder.path(), "2026-11-28T21:14:00Z\n");
        let clock = FileClock::open(&folder.path().join("clock")).unwrap();
        assert_eq!(clock.now().to_string(), "2026-11-28T21:14:00Z");
        assert_eq!(clock.now().to_string(), "2026-11-28T21:14:00.000001Z");
        tell(folder.path(), "2026-12-04T10:00:00+00:00");
        assert_eq!(clock.now().to_string(), "2026-12-04T10:00:00Z");
        for earlier in ["2026-11-01T00:00:00Z", "yesterday", ""] {
            let before = clock.now();
            tell(folder.path(), earlier);
            assert!(clock.now() > before, "{earlier}");
            assert!(clock.now().to_string().starts_with("2026-12-04T10:00:00.0000"), "{earlier}");
        }
        tell(folder.path(), "2028-02-29T23:59:59Z");
        assert_eq!(clock.now().to_string(), "2028-02-29T23:59:59Z");
    }

    #[test]
    fn a_file_without_an_instant_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FileClock::open(&folder.path().join("clock")).is_err(), "there is none");
        for text in ["", "2026-11-28", "now", "2026-13-01T00:00:00Z"] {
            tell(folder.path(), text);
            assert!(FileClock::open(&folder.path().join("clock")).is_err(), "{text}");
        }
    }
}
