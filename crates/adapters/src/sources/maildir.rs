//! A Maildir: a message a file in `cur` and `new`; folders of the Maildir++ kind below it.

use std::path::{Path, PathBuf};

use domain::Refusal;
use services::ports::{Part, Source, SourceItem, Start, Walker};

use super::entry;
use super::folder::{readable, sorted};
use super::{Settings, unreadable};

struct Maildir {
    root: PathBuf,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    ["cur", "new", "tmp"].iter().all(|part| path.join(part).is_dir())
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    std::fs::read_dir(path.join("cur")).map_err(|error| unreadable(&error))?;
    Ok(Box::new(Maildir { root: path.to_owned(), settings }))
}

impl Source for Maildir {
    fn title(&self) -> String {
        "mailbox (Maildir)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        messages(&self.root, "", self.settings, visit).map(|_| ()).map_err(|error| unreadable(&error))
    }

    fn count(&self) -> Option<u64> {
        let files = |path: PathBuf| std::fs::read_dir(path).map_or(0, |entries| entries.count() as u64);
        let below = std::fs::read_dir(&self.root).ok()?.filter_map(Result::ok).map(|e| e.path()).filter(|p| is_folder(p));
        Some(below.chain([self.root.clone()]).map(|box_| files(box_.join("cur")) + files(box_.join("new"))).sum())
    }
}

fn is_folder(path: &Path) -> bool {
    let work = path.file_name().is_some_and(|name| ["cur", "new", "tmp"].iter().any(|part| name == *part));
    !work && path.is_dir() && recognise(path)
}

/// Hands over all messages; `Ok(false)` when told to stop. Deliveries under way (`tmp`) are
/// not messages yet.
pub(super) fn messages(root: &Path, prefix: &str, settings: Settings, visit: &mut dyn Walker) -> std::io::Result<bool> {
    for entry in sorted(root)? {
        let name = readable(&entry.file_name());
        let path = entry.path();
        let more = match name.as_str() {
            "cur" | "new" => files(&path, &format!("{prefix}{name}/"), settings, visit)?,
            "tmp" => true,
            _ if is_folder(&path) => messages(&path, &format!("{prefix}{name}/"), settings, visit)?,
            // Whatever else lies there (indexes, key words) belongs to the mail server.
            _ => true,
        };
        if !more {
            return Ok(false);
        }
    }
    Ok(true)
}

fn files(folder: &Path, prefix: &str, settings: Settings, visit: &mut dyn Walker) -> std::io::Result<bool> {
    for entry in sorted(folder)? {
        let locator = format!("{prefix}{}", readable(&entry.file_name()));
        let more = match entry.file_type() {
            Ok(kind) if kind.is_file() => message(&entry.path(), &locator, settings, visit),
            Ok(kind) if kind.is_dir() => true,
            _ => visit.item(entry::failed(&locator, "is not a file"), None),
        };
        if !more {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One message. It is a message whatever its content looks like, and never a mailbox.
fn message(path: &Path, locator: &str, settings: Settings, visit: &mut dyn Walker) -> bool {
    let name = format!("{}.eml", locator.rsplit('/').next().unwrap_or_default());
    let outcome = entry::open_file(path).and_then(|file| {
        let stamp = entry::stamp(&file)?;
        match visit.begin(Part { name: locator, stamp: &stamp }) {
            Start::Beginning => {}
            Start::Known => return Ok(true),
            Start::After(_) => {
                visit.end();
                return Ok(true);
            }
        }
        let size = file.metadata()?.len();
        let (bytes, truncated_from) = entry::take(file, size, settings.item)?;
        let more = visit.item(SourceItem { locator: locator.to_owned(), name, bytes: Ok(bytes), truncated_from }, entry::ONE);
        visit.end();
        Ok(more)
    });
    outcome.unwrap_or_else(|error| visit.item(entry::failed(locator, entry::reason(&error)), None))
}
