//! Zip archives: every member is read as a document of its own.

use std::io::Cursor;

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use crate::extract::taking::{Item, Reason, Taking};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut archive = open(item.bytes)?;
    let mut files = 0;
    for index in 0..archive.len() {
        files += 1;
        if !taking.has_room() {
            break;
        }
        let number = index + 1;
        let listed = archive.name_for_index(index).unwrap_or_default().to_owned();
        let member = match archive.by_index(index) {
            Ok(member) if member.is_dir() => {
                files -= 1;
                continue;
            }
            Ok(member) => member,
            Err(error) => {
                taking.unreadable_child(number, &listed, why(&error));
                continue;
            }
        };
        let name = member.name().to_owned();
        match taking.unpack(member.compressed_size(), member) {
            Ok(bytes) => taking.child(number, Item { name: &name, bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number, &name, reason),
        }
    }
    if files == 0 { Err("an archive without a file in it".into()) } else { Ok(()) }
}

/// Opens a zip in memory.
pub(super) fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Reason> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| why(&error))
}

/// Why an archive or member cannot be opened.
pub(super) fn why(error: &ZipError) -> Reason {
    match error {
        ZipError::InvalidPassword => "is encrypted".into(),
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => "is encrypted".into(),
        ZipError::UnsupportedArchive(_) => "is packed in a way that is not read yet".into(),
        _ => "is damaged or cut off".into(),
    }
}
