//! Where the files of an export are: a folder or a zip.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use ::zip::ZipArchive;
use domain::{Refusal, RefusalCode};

use crate::extract::extension;
use crate::sources::{entry, folder};

/// The endings of workbooks.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];
/// How many times larger than its file the rows of a workbook are, roughly, written out with their headings.
const WRITTEN_OUT: u64 = 6;

/// Whether a file is a workbook, by its name.
pub(super) fn is_workbook(name: &str) -> bool {
    WORKBOOKS.contains(&extension(name).as_str())
}

/// Whether a file holds tables, by its name.
pub(super) fn holds_tables(name: &str) -> bool {
    extension(name) == "csv" || is_workbook(name)
}

/// A folder or a zip.
#[derive(Debug, Clone)]
pub(super) enum Base {
    Folder(PathBuf),
    Zip(PathBuf),
}

impl Base {
    pub(super) fn of(path: &Path) -> Result<Self, Refusal> {
        let told = std::fs::metadata(path).map_err(|_| {
            Refusal::new(RefusalCode::SourceUnreadable, "The folder or zip that its mapping names with `from` is not there.")
        })?;
        let path = path.to_owned();
        Ok(if told.is_dir() { Self::Folder(path) } else { Self::Zip(path) })
    }

    /// The files with tables in it, by their names there. What a program of offices locks an open file with is none.
    pub(super) fn files(&self) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = match self {
            Self::Folder(path) => folder::sorted(path)?.iter().map(|entry| folder::readable(&entry.file_name())).collect(),
            Self::Zip(path) => archive(path)?.file_names().map(str::to_owned).collect(),
        };
        names.retain(|name| holds_tables(name) && !name.starts_with("~$") && !name.starts_with(".~lock."));
        names.sort();
        Ok(names)
    }

    /// Does something with the bytes of a file in it.
    pub(super) fn read<T>(&self, name: &str, work: impl FnOnce(&mut dyn Read) -> T) -> io::Result<T> {
        match self {
            Self::Folder(folder) => Ok(work(&mut entry::open_file(&inside(folder, name)?)?)),
            Self::Zip(path) => {
                let mut archive = archive(path)?;
                let mut member = archive.by_name(name).map_err(|_| io::Error::from(ErrorKind::NotFound))?;
                Ok(work(&mut member))
            }
        }
    }

    /// What stands for the content of a file in it.
    pub(super) fn stamp(&self, name: &str) -> io::Result<String> {
        match self {
            Self::Folder(folder) => entry::stamp(&entry::open_file(&inside(folder, name)?)?),
            Self::Zip(path) => entry::stamp(&entry::open_file(path)?),
        }
    }

    /// The bytes that the rows of a file are, roughly.
    pub(super) fn size(&self, name: &str) -> Option<u64> {
        let size = match self {
            Self::Folder(folder) => std::fs::metadata(inside(folder, name).ok()?).ok()?.len(),
            Self::Zip(path) => archive(path).ok()?.by_name(name).ok()?.size(),
        };
        Some(if is_workbook(name) { size.saturating_mul(WRITTEN_OUT) } else { size })
    }
}

/// A mapping names what lies in the folder, and nothing else.
fn inside(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(folder.join(name)) } else { Err(ErrorKind::NotFound.into()) }
}

fn archive(path: &Path) -> io::Result<ZipArchive<BufReader<File>>> {
    ZipArchive::new(BufReader::new(entry::open_file(path)?)).map_err(|_| ErrorKind::InvalidData.into())
}
