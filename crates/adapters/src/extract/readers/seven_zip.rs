//! 7z archives: every member is read as a document of its own, under a password where one opens it.

use std::collections::HashSet;
use std::io::Cursor;

use sevenz_rust2::{ArchiveReader, EntryDecision, Error, Password};

use super::archive::LOOK_BACK;
use super::zip::names;
use crate::extract::taking::{Item, MEMORY, Reason, Taking};

const ENCRYPTED: &str = "is encrypted";
const DAMAGED: &str = "is damaged or cut off";
const NOT_REACHED: &str = "was not reached, because the archive in front of it could not be unpacked";

type Archive<'a> = ArchiveReader<Cursor<&'a [u8]>>;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut archive = match open(item.bytes, Password::empty()) {
        Err(reason) if reason == ENCRYPTED => {
            let passwords = &taking.limits.passwords;
            let opened = passwords.first(|password| open(item.bytes, Password::from(password)).ok());
            opened.ok_or_else(|| passwords.refused(ENCRYPTED))?
        }
        opened => opened?,
    };
    let all: Vec<String> = archive.archive().files.iter().filter(|file| !file.is_directory).map(|file| file.name.clone()).collect();
    let (mut reached, mut bare, mut number) = (HashSet::new(), String::new(), 0);
    let outcome = archive.for_each_entries_with_decision(|entry, stream| {
        if entry.is_directory {
            return Ok(EntryDecision::Continue);
        }
        number += 1;
        reached.insert(entry.name.clone());
        if !taking.has_room() {
            return Ok(EntryDecision::Stop);
        }
        let text = taking.text_taken();
        let unpacked = taking.unpack_to(item.bytes.len() as u64, entry.size, stream);
        let go_on = unpacked.is_ok();
        match unpacked {
            Ok(bytes) => taking.child(number, Item { name: &entry.name, bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number, &entry.name, reason),
        }
        if taking.text_taken() == text {
            bare.extend([entry.name.as_str(), "\n"]);
        }
        // What was not read of a member would be unpacked to get at the next.
        Ok(if go_on { EntryDecision::Continue } else { EntryDecision::SkipBlock })
    });
    let reason = outcome.err().map_or(Reason::from(NOT_REACHED), |error| why(&error));
    for name in all.iter().filter(|name| !reached.contains(*name)) {
        number += 1;
        if !taking.has_room() {
            break;
        }
        bare.extend([name.as_str(), "\n"]);
        taking.unreadable_child(number, name, reason.clone());
    }
    names(taking, item, &bare);
    if all.is_empty() { Err("an archive without a file in it".into()) } else { Ok(()) }
}

/// Opens an archive, and tries whether the password is the one.
fn open(bytes: &[u8], password: Password) -> Result<Archive<'_>, Reason> {
    let locked = !password.is_empty();
    let mut archive = ArchiveReader::new_with_memory_limit(Cursor::new(bytes), password, LOOK_BACK as usize).map_err(|error| {
        // Behind a wrong password the list of contents is noise.
        if locked { ENCRYPTED.into() } else { why(&error) }
    })?;
    // Threads are nothing that the reading process may start.
    archive.set_thread_count(1);
    let mut first = [0_u8; 1];
    let tried = archive.for_each_entries_with_decision(|entry, stream| {
        if entry.is_directory || entry.size == 0 {
            return Ok(EntryDecision::Continue);
        }
        if locked {
            std::io::copy(&mut std::io::Read::take(&mut *stream, 1 << 20), &mut std::io::sink())?;
        } else {
            std::io::Read::read(stream, &mut first)?;
        }
        Ok(EntryDecision::Stop)
    });
    match tried {
        Err(Error::PasswordRequired | Error::MaybeBadPassword(_)) => Err(ENCRYPTED.into()),
        Err(_) if locked => Err(ENCRYPTED.into()),
        _ => Ok(archive),
    }
}

fn why(error: &Error) -> Reason {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => ENCRYPTED.into(),
        Error::MaxMemLimited { .. } => MEMORY.into(),
        Error::UnsupportedCompressionMethod(_) | Error::Unsupported(_) | Error::ExternalUnsupported => {
            "is packed in a way that is not read yet".into()
        }
        _ => DAMAGED.into(),
    }
}
