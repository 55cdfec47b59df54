//! A workbook under a password: its records are encrypted where they stand, without their heads.

use super::strings::number;
use super::{Records, kind};
use crate::extract::locked::{OldKey, OldLock, XorKey, other};
use crate::extract::passwords::Passwords;
use crate::extract::taking::Reason;

/// Records that are never encrypted.
const PLAIN: [u16; 6] = [kind::BEGIN, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];
/// Bytes that are encrypted with one key.
const BLOCK: usize = 1_024;

enum Key {
    Old(OldKey),
    Xor(XorKey),
}

/// The records decrypted, when they are encrypted.
///
/// # Errors
/// When no password opens them.
pub(super) fn opened(stream: &[u8], start: usize, passwords: &Passwords) -> Result<Option<Vec<u8>>, Reason> {
    let mut records = Records { bytes: stream, at: start };
    let first = std::iter::from_fn(|| records.next()).take_while(|record| record.kind != kind::END);
    let Some(pass) = first.into_iter().find(|record| record.kind == kind::FILE_PASS) else { return Ok(None) };
    let key = key(pass.body, passwords)?;
    let mut out = match &key {
        Key::Old(key) => key.stream(stream, BLOCK),
        Key::Xor(_) => stream.to_vec(),
    };
    let mut records = Records { bytes: stream, at: start };
    loop {
        let at = records.at;
        let Some(record) = records.next() else { break };
        let plain = match record.kind {
            kind::FILE_PASS => record.body.len(),
            kind if PLAIN.contains(&kind) => record.body.len(),
            // Where a sheet stands.
            kind::SHEET => 4.min(record.body.len()),
            _ => 0,
        };
        let body = at + 4;
        for place in [at..body, body..body + plain] {
            if let (Some(out), Some(as_is)) = (out.get_mut(place.clone()), stream.get(place)) {
                out.copy_from_slice(as_is);
            }
        }
        if let (Key::Xor(key), Some(rest)) = (&key, out.get_mut(body + plain..body + record.body.len())) {
            key.decrypt(rest, body + plain, record.body.len());
        }
    }
    Ok(Some(out))
}

fn key(pass: &[u8], passwords: &Passwords) -> Result<Key, Reason> {
    // The older forms know one way, and do not name it.
    let xor = |at: usize| {
        let (key, check) = number(pass, at).zip(number(pass, at + 2)).ok_or_else(other)?;
        XorKey::open(key, check, passwords).map(Key::Xor)
    };
    match number(pass, 0) {
        Some(_) if pass.len() == 4 => xor(0),
        Some(0) => xor(2),
        Some(1) => OldLock::read(pass.get(2..).unwrap_or_default()).ok_or_else(other)?.open(passwords).map(Key::Old),
        _ => Err(other()),
    }
}
