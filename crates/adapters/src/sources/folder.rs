//! A folder with everything below it, in the order of the names.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, DirEntry};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use domain::Refusal;
use services::ports::{Source, Walker};

use super::entry;
use super::{Settings, layout, maildir, unreadable};

/// A folder.
struct Folder {
    root: PathBuf,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    path.is_dir()
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    fs::read_dir(path).map_err(|error| unreadable(&error))?;
    Ok(Box::new(Folder { root: path.to_owned(), settings }))
}

impl Source for Folder {
    fn title(&self) -> String {
        let names: Vec<String> = sorted(&self.root).into_iter().flatten().map(|entry| readable(&entry.file_name())).collect();
        // A folder made by unpacking an export may itself be its top.
        let own = self.root.file_name().map(readable).filter(|name| name == "Takeout");
        layout::named(names.iter().chain(own.iter()).map(String::as_str)).unwrap_or("folder").to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let entries = sorted(&self.root).map_err(|error| unreadable(&error))?;
        walk(&self.root, entries, "", self.settings, visit);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        let mut measured = Measured::default();
        measure(&self.root, 0, self.settings, &mut measured);
        (!measured.holds_more).then_some(measured.files)
    }

    fn size(&self) -> Option<u64> {
        let mut measured = Measured::default();
        measure(&self.root, 0, self.settings, &mut measured);
        Some(measured.bytes)
    }
}

/// The entries of a folder by name.
pub(super) fn sorted(folder: &Path) -> std::io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// A file name as part of a locator; bytes that are no UTF-8 are written as `%FF`.
pub(super) fn readable(name: &OsStr) -> String {
    let mut out = String::with_capacity(name.len());
    for chunk in name.as_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Hands over everything below a folder; `false` when told to stop.
fn walk(root: &Path, entries: Vec<DirEntry>, prefix: &str, settings: Settings, visit: &mut dyn Walker) -> bool {
    for entry in entries {
        let locator = format!("{prefix}{}", readable(&entry.file_name()));
        let path = entry.path();
        let more = match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(root, &path, &locator, settings, visit),
            Ok(kind) if kind.is_file() => entry::file(&path, &locator, settings, visit),
            Ok(kind) if kind.is_symlink() => link(root, &path, &locator, visit),
            Ok(_) => visit.item(entry::failed(&locator, "is not a file"), None),
            Err(error) => visit.item(entry::failed(&locator, entry::reason(&error)), None),
        };
        if !more {
            return false;
        }
    }
    true
}

fn below(root: &Path, path: &Path, locator: &str, settings: Settings, visit: &mut dyn Walker) -> bool {
    if maildir::recognise(path) {
        return maildir::messages(path, &format!("{locator}/"), settings, visit)
            .unwrap_or_else(|error| visit.item(entry::failed(locator, entry::reason(&error)), None));
    }
    match sorted(path) {
        Ok(entries) => walk(root, entries, &format!("{locator}/"), settings, visit),
        Err(error) => visit.item(entry::failed(locator, entry::reason(&error)), None),
    }
}

/// A link to something in the same folder needs nothing: that is met in its own place. A
/// link that leads out is listed, not followed.
fn link(root: &Path, path: &Path, locator: &str, visit: &mut dyn Walker) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(root)) {
        (Ok(target), Ok(root)) if target.starts_with(&root) => true,
        (Ok(_), _) => visit.item(entry::failed(locator, "is a link that leads out of the source; it was not followed"), None),
        (Err(_), _) => visit.item(entry::failed(locator, "is a link that leads nowhere"), None),
    }
}

/// What lies in a folder, as a measure of progress.
#[derive(Default)]
struct Measured {
    files: u64,
    bytes: u64,
    /// There are files that hold many items, by their names.
    holds_more: bool,
}

fn measure(folder: &Path, depth: usize, settings: Settings, into: &mut Measured) {
    for file in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        match file.metadata() {
            Ok(told) if told.is_dir() && depth < 200 => measure(&file.path(), depth + 1, settings, into),
            Ok(told) => {
                into.files += 1;
                into.bytes += told.len();
                into.holds_more |= entry::may_hold_more(&readable(&file.file_name()), told.len(), settings);
            }
            Err(_) => into.files += 1,
        }
    }
}
