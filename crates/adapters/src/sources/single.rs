//! One file: a message, or any document that can be read.

use std::path::{Path, PathBuf};

use domain::Refusal;
use services::ports::{Source, Walker};

use super::entry;
use super::{Settings, unreadable};

struct Single {
    path: PathBuf,
    /// Bytes.
    size: u64,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    // The one file was named by a person, so a link to it is followed.
    let path = std::fs::canonicalize(path).map_err(|error| unreadable(&error))?;
    let told = entry::open_file(&path).and_then(|file| file.metadata()).map_err(|error| unreadable(&error))?;
    Ok(Box::new(Single { path, size: told.len(), settings }))
}

impl Single {
    fn name(&self) -> String {
        self.path.file_name().map(super::folder::readable).unwrap_or_default()
    }
}

impl Source for Single {
    fn title(&self) -> String {
        "file".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        entry::file(&self.path, &self.name(), self.settings, visit);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        (!entry::may_hold_more(&self.name(), self.size, self.settings)).then_some(1)
    }

    fn size(&self) -> Option<u64> {
        Some(self.size)
    }
}
