//! OLE compound files of no particular kind: mostly the wrapping in which one Office document
//! carries another file.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;

use super::{old_office, outlook, scraps};
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};

/// Streams that hold the carried file as it is.
const PLAIN: &[&str] = &["contents", "package", "embeddedodf"];

/// Streams that make the storage they lie in a document of its own.
const DOCUMENTS: &[&str] = &["worddocument", "workbook", "book", "powerpoint document"];

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let Ok(file) = CompoundFile::open(Cursor::new(item.bytes)) else {
        return scraps::take(taking, item, "is damaged or cut off");
    };
    if file.walk().any(|entry| entry.is_stream() && entry.path().to_string_lossy().contains("__substg1.0_")) {
        return outlook::read(taking, item);
    }
    if carried(taking, item.bytes) > 0 {
        return Ok(());
    }
    old_office::read_or(taking, item, "not a kind of file that can be read")
}

/// Reads the files that lie in a compound file, and the documents in its inner storages. How
/// many there were.
pub(super) fn carried(taking: &mut Taking<'_>, bytes: &[u8]) -> usize {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else { return 0 };
    let streams: Vec<PathBuf> = file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).collect();
    let mut number = 0;
    for path in &streams {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let native = name.ends_with("ole10native");
        let inner = path.parent().is_some_and(|storage| storage.parent().is_some());
        if native || PLAIN.contains(&name.as_str()) {
            number += 1;
            match content(taking, &mut file, path) {
                Ok(bytes) => {
                    let (label, inside) = if native { unwrapped(&bytes) } else { (String::new(), bytes.as_slice()) };
                    taking.child(number, Item { name: &label, bytes: inside });
                }
                Err(reason) => taking.unreadable_child(number, "", reason),
            }
        } else if inner && DOCUMENTS.contains(&name.as_str()) {
            number += 1;
            match path.parent().and_then(|storage| lifted(taking, &mut file, storage, &streams)) {
                Some(bytes) => taking.child(number, Item { name: "", bytes: &bytes }),
                None => taking.unreadable_child(number, "", "is damaged or cut off"),
            }
        }
    }
    number
}

fn content(taking: &mut Taking<'_>, file: &mut File<'_>, path: &Path) -> Result<Vec<u8>, Reason> {
    let mut stream = file.open_stream(path).map_err(|_| Reason::from("is damaged or cut off"))?;
    taking.unpack(u64::MAX / 4_096, stream.by_ref())
}

/// A compound file of what lies right in one inner storage.
fn lifted(taking: &mut Taking<'_>, file: &mut File<'_>, storage: &Path, streams: &[PathBuf]) -> Option<Vec<u8>> {
    let mut out = CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    for path in streams.iter().filter(|path| path.parent() == Some(storage)) {
        let bytes = content(taking, file, path).ok()?;
        out.create_stream(Path::new("/").join(path.file_name()?)).ok()?.write_all(&bytes).ok()?;
    }
    out.flush().ok()?;
    Some(out.into_inner().into_inner())
}

/// The name and content inside an `Ole10Native` stream: a length, two bytes, a label, the
/// path it came from, eight bytes around another path, the length of the content, the content.
fn unwrapped(bytes: &[u8]) -> (String, &[u8]) {
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
