//! A folder with everything below it, in the order of the names.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, DirEntry};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use domain::Refusal;
use services::ports::{Source, SourceItem};

use super::entry::{self, Each};
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

    fn items(&self, each: &mut dyn FnMut(SourceItem) -> bool) -> Result<(), Refusal> {
        let entries = sorted(&self.root).map_err(|error| unreadable(&error))?;
        walk(&self.root, entries, "", self.settings, each);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(count(&self.root, 0))
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
fn walk(root: &Path, entries: Vec<DirEntry>, prefix: &str, settings: Settings, each: &mut Each<'_>) -> bool {
    for entry in entries {
        let locator = format!("{prefix}{}", readable(&entry.file_name()));
        let path = entry.path();
        let more = match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(root, &path, &locator, settings, each),
            Ok(kind) if kind.is_file() => entry::file(&path, &locator, settings, each),
            Ok(kind) if kind.is_symlink() => link(root, &path, &locator, each),
            Ok(_) => each(entry::failed(&locator, "is not a file")),
            Err(error) => each(entry::failed(&locator, entry::reason(&error))),
        };
        if !more {
            return false;
        }
    }
    true
}

fn below(root: &Path, path: &Path, locator: &str, settings: Settings, each: &mut Each<'_>) -> bool {
    if maildir::recognise(path) {
        return maildir::messages(path, &format!("{locator}/"), settings, each)
            .unwrap_or_else(|error| each(entry::failed(locator, entry::reason(&error))));
    }
    match sorted(path) {
        Ok(entries) => walk(root, entries, &format!("{locator}/"), settings, each),
        Err(error) => each(entry::failed(locator, entry::reason(&error))),
    }
}

/// A link to something in the same folder needs nothing: that is met in its own place. A
/// link that leads out is listed, not followed.
fn link(root: &Path, path: &Path, locator: &str, each: &mut Each<'_>) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(root)) {
        (Ok(target), Ok(root)) if target.starts_with(&root) => true,
        (Ok(_), _) => each(entry::failed(locator, "is a link that leads out of the source; it was not followed")),
        (Err(_), _) => each(entry::failed(locator, "is a link that leads nowhere")),
    }
}

/// How many files there are, as a measure of progress.
fn count(folder: &Path, depth: usize) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < 200 => count(&entry.path(), depth + 1),
            _ => 1,
        })
        .sum()
}
