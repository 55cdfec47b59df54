//! OLE compound files of no particular kind: mostly the wrapping in which one Office document
//! carries another file.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use cfb::CompoundFile;

use super::ole::{Entry, Ole};
use super::{old_office, scraps};
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};

/// Streams that hold the carried file as it is.
const PLAIN: &[&str] = &["contents", "package", "embeddedodf"];

/// Streams that make the storage they lie in a document or message of its own.
const DOCUMENTS: &[&str] = &["worddocument", "workbook", "book", "powerpoint document", MESSAGE];
const MESSAGE: &str = "__properties_version1.0";

const DAMAGED: &str = "is damaged or cut off";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let Some(ole) = Ole::open(item.bytes) else {
        return scraps::take(taking, item, DAMAGED);
    };
    if carried(taking, &ole) > 0 {
        return Ok(());
    }
    old_office::read_or(taking, item, &ole, "not a kind of file that can be read")
}

/// Reads the files that lie in a compound file, and the documents in its inner storages. How
/// many there were.
pub(super) fn carried(taking: &mut Taking<'_>, ole: &Ole<'_>) -> usize {
    let (mut number, mut whole) = (0, HashSet::new());
    for entry in ole.entries.iter().filter(|entry| entry.is_stream) {
        if within(ole, entry.parent, &whole) {
            continue;
        }
        let name = entry.name.to_lowercase();
        let native = name.ends_with("ole10native");
        if native || PLAIN.contains(&name.as_str()) {
            number += 1;
            match content(taking, ole, entry) {
                Ok(bytes) => {
                    let (label, inside) = if native { unwrapped(&bytes) } else { (String::new(), bytes.as_ref()) };
                    taking.child(number, Item { name: &label, bytes: inside });
                }
                Err(reason) => taking.unreadable_child(number, "", reason),
            }
        } else if entry.parent != 0 && DOCUMENTS.contains(&name.as_str()) {
            number += 1;
            whole.insert(entry.parent);
            document(taking, ole, number, (entry.parent, name != MESSAGE));
        }
    }
    number
}

/// Reads the document in a storage: where it lies, or as a file of its own where one is needed.
fn document(taking: &mut Taking<'_>, ole: &Ole<'_>, number: usize, (storage, office): (usize, bool)) {
    let inner = ole.below(storage);
    if office && !taking.is_giving() && !inner.has("EncryptedPackage") {
        if taking.count(inner.size()).is_err() {
            return taking.unreadable_child(number, "", DAMAGED);
        }
        return taking.inside(number, "", |taking| {
            taking.guarded(|taking| {
                if old_office::is_read(taking, "", &inner)? {
                    return Ok(());
                }
                let bytes = lifted(taking, ole, storage).ok_or(DAMAGED)?;
                scraps::take(taking, Item { name: "", bytes: &bytes }, old_office::UNREAD)
            });
        });
    }
    match lifted(taking, ole, storage) {
        Some(bytes) => taking.child(number, Item { name: "", bytes: &bytes }),
        None => taking.unreadable_child(number, "", DAMAGED),
    }
}

/// What a stream holds, which counts as unpacked.
fn content<'a>(taking: &mut Taking<'_>, ole: &Ole<'a>, entry: &Entry) -> Result<Cow<'a, [u8]>, Reason> {
    let bytes = ole.content(entry).ok_or(DAMAGED)?;
    taking.count(bytes.len())?;
    Ok(bytes)
}

/// Whether a storage is one of these or lies in one.
fn within(ole: &Ole<'_>, storage: usize, of: &HashSet<usize>) -> bool {
    let mut at = storage;
    // A storage stands behind the one it lies in.
    while at != 0 {
        if of.contains(&at) {
            return true;
        }
        at = ole.entries.get(at).map_or(0, |entry| entry.parent).min(at - 1);
    }
    false
}

/// A compound file of what lies in one inner storage.
fn lifted(taking: &mut Taking<'_>, ole: &Ole<'_>, storage: usize) -> Option<Vec<u8>> {
    let mut out = CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    let mut places = HashMap::from([(storage, PathBuf::from("/"))]);
    for (number, entry) in ole.entries.iter().enumerate().skip(storage + 1) {
        let place = places.get(&entry.parent).filter(|_| is_name(&entry.name)).map(|place| place.join(&entry.name));
        let Some(place) = place else { continue };
        if entry.is_stream {
            let bytes = content(taking, ole, entry).ok()?;
            out.create_stream(&place).ok()?.write_all(&bytes).ok()?;
        } else {
            out.create_storage(&place).ok()?;
            places.insert(number, place);
        }
    }
    out.flush().ok()?;
    Some(out.into_inner().into_inner())
}

/// Whether a damaged name may stand in a compound file.
fn is_name(name: &str) -> bool {
    (1..=31).contains(&name.encode_utf16().count()) && !name.contains(['/', '\\', ':', '!', '\0']) && name != "." && name != ".."
}

/// The name and content inside an `Ole10Native` stream: a length, two bytes, a label, the
/// path it came from, eight bytes around another path, the length of the content, the content.
pub(super) fn unwrapped(bytes: &[u8]) -> (String, &[u8]) {
    fn text(rest: &[u8]) -> Option<(&[u8], &[u8])> {
        let end = memchr::memchr(0, rest)?;
        Some((rest.get(..end)?, rest.get(end + 1..)?))
    }
    let inside = || {
        let (label, rest) = text(bytes.get(6..)?)?;
        let (_, rest) = text(rest)?;
        let (length, rest) = rest.get(4..)?.split_first_chunk::<4>()?;
        let rest = rest.get(u32::from_le_bytes(*length) as usize..)?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        Some((lenient(label).into_owned(), rest.get(..u32::from_le_bytes(*length) as usize)?))
    };
    inside().unwrap_or_else(|| (String::new(), bytes.get(4..).unwrap_or_default()))
}
