//! A zip archive: its members by their names, then the mailboxes in it, with protection against bombs.

use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use domain::{Refusal, RefusalCode};
use services::ports::{Mark, Part, Source, SourceItem, Walker};

use super::scratch::{Scratch, Unkept};
use super::{Settings, entry, layout, mbox, pst, unreadable};
use crate::extract::extension;

/// How many times larger than its packed form a member may become, above [`FREE`].
const RATIO: u64 = 1_000;
/// Unpacked size below which the ratio is not looked at.
const FREE: u64 = 1 << 20;
/// Archives in an archive that are opened one in another.
const DEEP: usize = 4;
const BOMB: &str = "unpacks to suspiciously more than its size";
const TOO_MUCH: &str = "the archive unpacks to more than is allowed";

struct Zip {
    path: PathBuf,
    name: String,
    settings: Settings,
    /// Members, unless some of them hold items of their own.
    count: Option<u64>,
    /// Bytes of all that is packed.
    size: Option<u64>,
    title: &'static str,
}

/// What in an archive is a place of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Mbox,
    Outlook,
    /// Larger than is read as one item.
    Archive,
}

/// Whether something of this name may be an archive.
pub(super) fn may_be_one(name: &str) -> bool {
    extension(name) == "zip"
}

pub(super) fn recognise(path: &Path) -> bool {
    let Ok(mut file) = entry::open_file(path) else { return false };
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    entry::head(&mut file).is_ok_and(|head| is_zip(&name, head.as_ref()))
}

/// Whether a file is an archive, rather than a document that happens to be packed as a zip.
pub(super) fn is_zip(name: &str, head: &[u8]) -> bool {
    let packed = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    packed && may_be_one(name)
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
    let single = !archive.file_names().any(|name| matches!(extension(name).as_str(), "mbox" | "pst"));
    let count = single.then_some(archive.len() as u64);
    let size = archive.decompressed_size().and_then(|size| u64::try_from(size).ok());
    Ok(Box::new(Zip { path: path.to_owned(), name, settings, count, size, title }))
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
        self.count
    }

    fn size(&self) -> Option<u64> {
        self.size
    }
}

/// The files of an archive by their names.
fn files(archive: &ZipArchive<impl Read + Seek>) -> Vec<(String, usize)> {
    let named = (0..archive.len()).map(|index| (archive.name_for_index(index).unwrap_or_default().to_owned(), index));
    let mut files: Vec<(String, usize)> = named.filter(|(name, _)| !name.ends_with('/')).collect();
    files.sort();
    files
}

/// Whether a member of an archive at `locator` is a place of its own.
fn inside(archive: &mut ZipArchive<impl Read + Seek>, index: usize, locator: &str, settings: Settings) -> Option<Inside> {
    let name = archive.name_for_index(index)?.rsplit('/').next().unwrap_or_default().to_owned();
    // Only a name that may be one of a mailbox is worth a look inside.
    if !matches!(extension(&name).as_str(), "mbox" | "mbx" | "pst" | "ost" | "zip" | "") {
        return None;
    }
    let member = archive.by_index(index).ok()?;
    let (size, mut head) = (member.size(), Vec::new());
    member.take(512).read_to_end(&mut head).ok()?;
    match () {
        () if mbox::is_mbox(&name, &head) => Some(Inside::Mbox),
        () if pst::is_pst(&head) => Some(Inside::Outlook),
        () if is_zip(&name, &head) && size > settings.item && locator.matches('!').count() < DEEP => Some(Inside::Archive),
        () => None,
    }
}

/// Hands over an archive: its members behind a mark (none of them when it is known), then the mailboxes in it, of which each is asked
/// whether it is known; `false` when told to stop.
pub(super) fn whole(mut file: impl Read + Seek, of: Part<'_>, from: Option<Mark>, settings: Settings, visit: &mut dyn Walker) -> bool {
    let more = from.is_none_or(|from| entry::ended(members(&mut file, of.name, settings, from, visit), visit));
    more && places(file, of, settings, visit)
}

/// Hands over the mailboxes in an archive, each a part of its own; `false` when told to stop.
fn places(file: impl Read + Seek, of: Part<'_>, settings: Settings, visit: &mut dyn Walker) -> bool {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else { return true };
    let mut spent = 0;
    for (name, index) in files(&archive) {
        let Some(kind) = inside(&mut archive, index, of.name, settings) else { continue };
        let Ok(member) = archive.by_index(index) else { continue };
        let (name, stamp) = (format!("{}!{name}", of.name), format!("{} {:x} {}", of.stamp, member.crc32(), member.size()));
        let part = Part { name: &name, stamp: &stamp };
        let limit = member.compressed_size().saturating_mul(RATIO).max(FREE).min(entry::UNPACKED.saturating_sub(spent));
        let more = match kind {
            Inside::Mbox => messages(member, limit, part, settings, visit, &mut spent),
            Inside::Outlook | Inside::Archive => put_aside(kind, member.take(limit), part, settings, visit, &mut spent),
        };
        if !more {
            return false;
        }
    }
    true
}

/// A mailbox that can be read from its beginning to its end.
fn messages(member: impl Read, limit: u64, part: Part<'_>, settings: Settings, visit: &mut dyn Walker, spent: &mut u64) -> bool {
    let Some(from) = entry::from(visit.begin(part)) else { return true };
    let mut stream = member.take(limit);
    // What cannot be read fails again below, where it is said.
    let _ = io::copy(&mut stream.by_ref().take(from.at), &mut io::sink());
    let more = mbox::messages(&mut stream, part.name, settings, from, visit);
    *spent += limit - stream.limit();
    entry::ended(more && (stream.limit() > 0 || visit.item(entry::failed(part.name, TOO_MUCH), None)), visit)
}

/// A mailbox or archive that is read from many places.
fn put_aside(
    kind: Inside,
    member: io::Take<impl Read>,
    part: Part<'_>,
    settings: Settings,
    visit: &mut dyn Walker,
    spent: &mut u64,
) -> bool {
    let from = entry::from(visit.begin(part));
    if from.is_none() && kind == Inside::Outlook {
        return true;
    }
    let limit = member.limit();
    let scratch = match Scratch::of(member) {
        Ok(scratch) if scratch.length() < limit => scratch,
        Ok(_) => return failed(from, BOMB, part, visit),
        Err(Unkept::Stream) => return failed(from, entry::DAMAGED, part, visit),
        // Another time there may be room: nothing is marked as read.
        Err(Unkept::Here(reason)) => return visit.item(entry::failed(part.name, reason), None),
    };
    *spent += scratch.length();
    match (kind, from) {
        (Inside::Outlook, Some(from)) => entry::ended(pst::messages(scratch, part.name, settings, from, visit), visit),
        (_, from) => whole(scratch, part, from, settings, visit),
    }
}

fn failed(from: Option<Mark>, reason: &str, part: Part<'_>, visit: &mut dyn Walker) -> bool {
    let more = from.is_some_and(|from| from.number > 0) || visit.item(entry::failed(part.name, reason), entry::ONE);
    entry::ended(more, visit)
}

/// Hands over all members but those that [`places`] does; `false` when told to stop.
fn members(file: impl Read + Seek, locator: &str, settings: Settings, from: Mark, visit: &mut dyn Walker) -> bool {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else {
        return from.number > 0 || visit.item(entry::failed(locator, "is a zip archive that is damaged or cut off"), entry::ONE);
    };
    let mut order = files(&archive);
    order.retain(|(_, index)| inside(&mut archive, *index, locator, settings).is_none());
    let mut total = from.at;
    for (number, (name, index)) in (1_u64..).zip(order).skip(from.number as usize) {
        let locator = format!("{locator}!{name}");
        let item = if total >= entry::UNPACKED {
            entry::failed(&locator, TOO_MUCH)
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
        Err(_) => return entry::failed(locator, entry::DAMAGED),
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
                return entry::failed(locator, BOMB);
            }
            let truncated_from = (full && size > limit).then_some(size);
            SourceItem { locator: locator.to_owned(), name, bytes: Ok(bytes), truncated_from }
        }
        Err(_) => entry::failed(locator, entry::DAMAGED),
    }
}
