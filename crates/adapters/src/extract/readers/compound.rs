//! OLE compound files of no particular kind: mostly the wrapping in which one Office document
//! carries another file.

use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use cfb::CompoundFile;

use super::{old_office, outlook};
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};

/// Streams that hold the carried file as it is.
const PLAIN: &[&str] = &["contents", "package", "embeddedodf"];

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut file = CompoundFile::open(Cursor::new(item.bytes)).map_err(|_| Reason::from("is damaged or cut off"))?;
    let streams: Vec<PathBuf> = file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).collect();
    if streams.iter().any(|path| path.to_string_lossy().contains("__substg1.0_")) {
        return outlook::read(taking, item);
    }
    let mut number = 0;
    for path in streams {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let native = name.ends_with("ole10native");
        if !native && !PLAIN.contains(&name.as_str()) {
            continue;
        }
        number += 1;
        let mut stream = file.open_stream(&path).map_err(|_| Reason::from("is damaged or cut off"))?;
        let bytes = taking.unpack(u64::MAX / 4_096, stream.by_ref())?;
        let (label, inner) = if native { unwrapped(&bytes) } else { (String::new(), bytes.as_slice()) };
        taking.child(number, Item { name: &label, bytes: inner });
    }
    if number > 0 { Ok(()) } else { old_office::read(taking, item).map_err(|_| "not a kind of file that can be read".into()) }
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
