//! [`Draft`]: the files of a pack while they are changed, with comments and order kept, and
//! written only when the pack has become no worse.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use domain::policy::{Fault, Policy, Problem, nearest};
use domain::{Refusal, RefusalCode};
use toml_edit::{Array, DocumentMut, Item, Value};

use super::key::{Key, Step};
use super::tree::{find, index, last_key, missing, named, names_in, take_entry, walk};
use crate::cli::{inputs, outcome::Ending};

/// The files of a pack: as they were read, and as they have become.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    was: Vec<(String, String)>,
    /// What was wrong with the pack as it was read.
    known: Vec<Problem>,
    /// The names and texts of the files now.
    pub(crate) files: Vec<(String, String)>,
}

impl Draft {
    /// A draft of files that are in no folder yet.
    pub(crate) fn of(files: Vec<(String, String)>) -> Self {
        Self { known: Policy::problems(&files), was: files.clone(), files }
    }

    /// A draft of the pack in a folder. A built-in pack cannot be changed.
    pub(crate) fn open(folder: &Path) -> Result<Self, Ending> {
        if !folder.is_dir() {
            let what =
                format!("{} is not a folder. Copy a built-in pack into one with `probity pack new NAME --like PACK`.", folder.display());
            return Err(Refusal::new(RefusalCode::PackMissing, what).into());
        }
        Ok(Self::of(inputs::pack_files(&folder.display().to_string())?))
    }

    /// The pack as it has become, if it can be used.
    pub(crate) fn policy(&self) -> Result<Policy, Refusal> {
        Policy::from_files(&self.files)
    }

    /// Problems that the pack did not have before. A file that could not be read hid the rest,
    /// so whatever comes to light once it can be read is no step back.
    pub(crate) fn worse(&self) -> Vec<Problem> {
        let (old, new) = (&self.known, Policy::problems(&self.files));
        let unread = |problems: &[Problem]| problems.iter().any(|problem| problem.number <= Fault::BaseCycle);
        if unread(old) && !unread(&new) {
            return Vec::new();
        }
        let same = |one: &Problem, other: &Problem| one.number == other.number && one.file == other.file && one.what == other.what;
        new.into_iter().filter(|problem| !old.iter().any(|known| same(known, problem))).collect()
    }

    /// The value at a key as it is written, if there is one.
    pub(crate) fn value(&self, key: &Key) -> Option<String> {
        let document = self.text(&key.stem).parse::<DocumentMut>().ok()?;
        find(document.as_item(), &key.steps)
    }

    /// Sets the value at a key. `add` makes the entry of a list when there is none.
    pub(crate) fn set(&mut self, key: &Key, value: Value, add: bool) -> Result<(), Refusal> {
        self.change(&key.stem, |document| {
            let (last, way) = last_key(key)?;
            let table = walk(document.as_item_mut(), way, key, add)?;
            match table.get_mut(last).and_then(Item::as_value_mut) {
                Some(old) => {
                    // The space before it and the comment after it belong to the line.
                    let decor = old.decor().clone();
                    *old = value;
                    *old.decor_mut() = decor;
                }
                None => {
                    table.insert(last, Item::Value(value));
                }
            }
            Ok(())
        })
    }

    /// Takes out a key, or an entry of a list.
    pub(crate) fn remove(&mut self, key: &Key) -> Result<(), Refusal> {
        self.change(&key.stem, |document| {
            let (list, way) = match key.steps.split_last() {
                Some((Step::Key(last), way)) => {
                    let table = walk(document.as_item_mut(), way, key, false)?;
                    return table.remove(last).map(drop).ok_or_else(|| missing(key, "There is no such key."));
                }
                Some((Step::Entry(id), way)) => (id, way),
                None => return Err(missing(key, "")),
            };
            let Some((Step::Key(name), way)) = way.split_last() else { return Err(missing(key, "")) };
            let table = walk(document.as_item_mut(), way, key, false)?;
            take_entry(table.get_mut(name), list).ok_or_else(|| missing(key, "There is no such entry."))
        })
    }

    /// Takes a word out of a list of words; the key goes with the last one.
    pub(crate) fn strike(&mut self, key: &Key, word: &str) -> Result<(), Refusal> {
        self.change(&key.stem, |document| {
            let (last, way) = last_key(key)?;
            let table = walk(document.as_item_mut(), way, key, false)?;
            if let Some(list) = table.get_mut(last).and_then(Item::as_array_mut) {
                list.retain(|item| item.as_str() != Some(word));
                if list.is_empty() {
                    table.remove(last);
                }
            }
            Ok(())
        })
    }

    /// Copies an entry of the pack that this one inherits from, with its comments, so that it
    /// can be changed here. Nothing happens when the entry is here already.
    pub(crate) fn borrow(&mut self, stem: &str, list: &str, id: &str) -> Result<(), Refusal> {
        let base = self.policy().map(|policy| policy.about().inherits.clone()).unwrap_or_default();
        let theirs = Policy::builtin_files(if base.is_empty() { "uk" } else { &base })?;
        let document = text_of(&theirs, stem).parse::<DocumentMut>().unwrap_or_default();
        let tables = document.get(list).and_then(Item::as_array_of_tables);
        let Some(entry) = tables.and_then(|tables| tables.iter().find(|table| named(table.iter()).as_deref() == Some(id))) else {
            return Ok(());
        };
        let mut entry = entry.clone();
        // Its place in the other file is no place in this one.
        entry.set_position(None);
        self.change(stem, |document| {
            let tables = document.entry(list).or_insert(Item::ArrayOfTables(toml_edit::ArrayOfTables::new()));
            if index(names_in(tables).iter().map(Option::as_deref), id).is_none()
                && let Some(tables) = tables.as_array_of_tables_mut()
            {
                tables.push(entry);
            }
            Ok(())
        })
    }

    /// Replaces or adds a whole file.
    pub(crate) fn put(&mut self, stem: &str, text: String) {
        let name = format!("{stem}.toml");
        match self.files.iter_mut().find(|(file, _)| *file == name) {
            Some((_, old)) => *old = text,
            None => self.files.push((name, text)),
        }
    }

    fn text(&self, stem: &str) -> &str {
        text_of(&self.files, stem)
    }

    fn change(&mut self, stem: &str, edit: impl FnOnce(&mut DocumentMut) -> Result<(), Refusal>) -> Result<(), Refusal> {
        if !Policy::file_stems().any(|known| known == stem) {
            let meant = nearest(stem, Policy::file_stems()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            return Err(Refusal::new(RefusalCode::PackUnknownKey, format!("A pack has no file {stem}.toml.{meant}")));
        }
        let mut document: DocumentMut = self.text(stem).parse().map_err(|_| {
            Refusal::new(
                RefusalCode::PackInvalid,
                format!("{stem}.toml cannot be read. Mend it by hand first: `probity pack check` names the line."),
            )
        })?;
        edit(&mut document)?;
        self.put(stem, document.to_string());
        Ok(())
    }

    /// Writes the files that have changed, each whole or not at all.
    pub(crate) fn write(&self, folder: &Path) -> Result<Vec<String>, Ending> {
        let now = inputs::pack_files(&folder.display().to_string())?;
        if now != self.was {
            return Err(Refusal::new(RefusalCode::Conflict, "A file of the pack was changed meanwhile; nothing was written.").into());
        }
        let changed: Vec<_> = self.files.iter().filter(|file| !self.was.contains(file)).collect();
        let mut ready = Vec::new();
        for (name, text) in &changed {
            ready.push(Ready::new(folder, name, text)?);
        }
        for file in ready {
            file.put_in_place()?;
        }
        File::open(folder).and_then(|folder| folder.sync_all()).context("writing the pack")?;
        Ok(changed.iter().map(|(name, _)| name.clone()).collect())
    }
}

/// A file that lies complete beside the one it will replace. It is removed when it does not.
struct Ready {
    from: PathBuf,
    to: PathBuf,
}

impl Ready {
    fn new(folder: &Path, name: &str, text: &str) -> Result<Self, Ending> {
        let ready = Self { from: folder.join(format!(".{name}.{}", std::process::id())), to: folder.join(name) };
        let saying = || format!("writing {}", ready.to.display());
        let mut file = OpenOptions::new().write(true).create_new(true).open(&ready.from).with_context(saying)?;
        if let Ok(old) = fs::metadata(&ready.to) {
            file.set_permissions(old.permissions()).with_context(saying)?;
        }
        file.write_all(text.as_bytes()).with_context(saying)?;
        file.sync_all().with_context(saying)?;
        Ok(ready)
    }

    fn put_in_place(self) -> Result<(), Ending> {
        fs::rename(&self.from, &self.to).with_context(|| format!("writing {}", self.to.display()))?;
        Ok(())
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        // After the rename there is nothing left to remove.
        let _ = fs::remove_file(&self.from);
    }
}

fn text_of<'a>(files: &'a [(String, String)], stem: &str) -> &'a str {
    files.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(stem)).map_or("", |(_, text)| text.as_str())
}

/// A list of words as a value.
pub(crate) fn words<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Value {
    Value::Array(words.into_iter().map(|word| Value::from(word.as_ref())).collect::<Array>())
}

#[cfg(test)]
mod tests;
