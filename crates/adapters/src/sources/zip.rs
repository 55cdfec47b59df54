//! A zip archive: its members by their names, with protection against bombs.

use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use domain::{Refusal, RefusalCode};
use services::ports::{Mark, Source, SourceItem, Walker};

use super::entry;
use super::{Settings, layout, unreadable};
use crate::extract::extension;

/// Bytes one archive may unpack to in all.
const TOTAL: u64 = 64 << 30;
/// How many times larger than its packed form a member may become, above [`FREE`].
const RATIO: u64 = 1_000;
/// Unpacked size below which the ratio is not looked at.
const FREE: u64 = 1 << 20;

struct Zip {
    path: PathBuf,
    name: String,
    settings: Settings,
    count: u64,
    title: &'static str,
}

pub(super) fn recognise(path: &Path) -> bool {
    let Ok(mut file) = entry::open_file(path) else { return false };
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    entry::head(&mut file).is_ok_and(|head| is_zip(&name, head.as_ref()))
}

/// Whether a file is an archive, rather than a document that happens to be packed as a zip.
pub(super) fn is_zip(name: &str, head: &[u8]) -> bool {
    let packed = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    packed && extension(name) == "zip"
}

/// Whether everything in an archive is under a password. It is then read as one item by what tries
/// passwords, unless it is too large for that.
pub(super) fn is_locked(path: &Path, settings: Settings) -> bool {
    let opened = entry::open_file(path).and_then(|file| Ok((file.metadata()?.len(), ZipArchive::new(BufReader::new(file))?)));
    let Ok((size, mut archive)) = opened else { return false };
    let mut locked = 0;
    for index in 0..archive.len() {
        match archive.by_index_raw(index) {
            Ok(member) if member.is_dir() => {}
            Ok(member) if member.encrypted() => locked += 1,
            _ => return false,
        }
    }
    locked > 0 && size <= settings.item
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    let file = entry::open_file(path).map_err(|error| unreadable(&error))?;
    let archive = ZipArchive::new(BufReader::new(file))
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, "It is a zip archive that is damaged or cut off."))?;
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    let title = layout::named(archive.file_names()).unwrap_or("zip archive");
    Ok(Box::new(Zip { path: path.to_owned(), name, settings, count: archive.len() as u64, title }))
}

impl Source for Zip {
    fn title(&self) -> String {
        self.title.to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        entry::file(&self.path, &self.name, self.settings, visit);
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        Some(self.count)
    }
}

/// Hands over all members; `false` when told to stop.
pub(super) fn members(file: impl Read + Seek, locator: &str, settings: Settings, from: Mark, visit: &mut dyn Walker) -> bool {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else {
        return from.number > 0 || visit.item(entry::failed(locator, "is a zip archive that is damaged or cut off"), entry::ONE);
    };
    let mut order: Vec<(String, usize)> =
        (0..archive.len()).map(|index| (archive.name_for_index(index).unwrap_or_default().to_owned(), index)).collect();
    order.sort();
    order.retain(|(name, _)| !name.ends_with('/'));
    let mut total = from.at;
    for (number, (name, index)) in (1_u64..).zip(order).skip(from.number as usize) {
        let locator = format!("{locator}!{name}");
        let item = if total >= TOTAL {
            entry::failed(&locator, "the archive unpacks to more than is allowed")
        } else {
            member(&mut archive, index, &locator, settings, &mut total)
        };
        if !visit.item(item, Some(Mark { number, at: total })) {
            return false;
        }
    }
    true
}

fn member(
    archive: &mut ZipArchive<BufReader<impl Read + Seek>>,
    index: usize,
    locator: &str,
    settings: Settings,
    total: &mut u64,
) -> SourceItem {
    let member = match archive.by_index(index) {
        Ok(member) => member,
        Err(ZipError::InvalidPassword) => return entry::failed(locator, "is encrypted"),
        Err(ZipError::UnsupportedArchive(what)) if what == ZipError::PASSWORD_REQUIRED => return entry::failed(locator, "is encrypted"),
        Err(ZipError::UnsupportedArchive(_)) => return entry::failed(locator, "is packed in a way that is not read yet"),
        Err(_) => return entry::failed(locator, "is damaged or cut off"),
    };
    let name = member.name().rsplit('/').next().unwrap_or_default().to_owned();
    let by_ratio = member.compressed_size().saturating_mul(RATIO).max(FREE);
    let (size, limit) = (member.size(), settings.item.min(by_ratio));
    // What the directory says of the size is only a claim: the bytes are counted.
    match entry::take(member, size.min(limit), limit) {
        Ok((bytes, _)) => {
            *total = total.saturating_add(bytes.len() as u64);
            let full = bytes.len() as u64 >= limit;
            if full && by_ratio < settings.item {
                return entry::failed(locator, "unpacks to suspiciously more than its size");
            }
            let truncated_from = (full && size > limit).then_some(size);
            SourceItem { locator: locator.to_owned(), name, bytes: Ok(bytes), truncated_from }
        }
        Err(_) => entry::failed(locator, "is damaged or cut off"),
    }
}
