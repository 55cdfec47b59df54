//! Documents under a password. Of Office here, as MS-OFFCRYPTO lays them down: a compound file with what is
//! needed to try a password, and the packed document encrypted beside it.

mod agile;
mod cipher;
mod old;
mod open_document;
mod standard;
mod xor;

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::extension;
use super::passwords::Passwords;
use super::taking::Reason;

pub(crate) use old::{OldKey, OldLock, other};
pub(crate) use open_document::{Sealed, sealed};
pub(crate) use xor::XorKey;

/// Endings of documents that are no workbooks: trying a password takes its time, by design.
const NO_WORKBOOKS: [&str; 6] = ["docx", "docm", "dotx", "pptx", "pptm", "ppsx"];
/// The password that Excel itself tries: of workbooks whose structure alone is protected.
const EXCELS_OWN: &str = "VelvetSweatshop";
/// How often a password may be hashed; the most that the specification allows.
const MOST_TURNS: u32 = 10_000_000;
const ENCRYPTED: &str = "is encrypted";
const DAMAGED: &str = "is encrypted, and damaged or cut off";
pub(crate) const OTHER: &str = "is encrypted in a way that is not read";

/// The document inside, when a password opens it.
///
/// # Errors
/// Why it is not read.
pub(crate) fn open(name: &str, bytes: &[u8], passwords: &Passwords) -> Result<Vec<u8>, Reason> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| ENCRYPTED)?;
    let mut stream = |name: &str| -> Option<Vec<u8>> {
        let mut out = Vec::new();
        file.open_stream(name).ok()?.read_to_end(&mut out).ok()?;
        Some(out)
    };
    let (Some(info), Some(package)) = (stream("EncryptionInfo"), stream("EncryptedPackage")) else { return Err(ENCRYPTED.into()) };
    let (Some((version, rest)), Some((size, data))) = (info.split_first_chunk::<4>(), package.split_first_chunk::<8>()) else {
        return Err(DAMAGED.into());
    };
    let lock: Box<dyn Lock> = match version {
        [4, 0, 4, 0] => Box::new(agile::Agile::read(rest).ok_or(OTHER)?),
        [2..=4, 0, 2, 0] => Box::new(standard::Standard::read(rest).ok_or(OTHER)?),
        _ => return Err(OTHER.into()),
    };
    let own = if NO_WORKBOOKS.contains(&extension(name).as_str()) { None } else { lock.key(EXCELS_OWN) };
    let key = own.or_else(|| passwords.first(|password| lock.key(password)));
    let key = key.ok_or_else(|| passwords.refused(ENCRYPTED))?;
    let mut plain = lock.decrypt(&key, data).ok_or(DAMAGED)?;
    let size = usize::try_from(u64::from_le_bytes(*size)).ok().filter(|size| *size <= plain.len()).ok_or(DAMAGED)?;
    plain.truncate(size);
    Ok(plain)
}

/// A way of locking.
trait Lock {
    /// The key, when this is the password.
    fn key(&self, password: &str) -> Option<Vec<u8>>;
    /// What was encrypted, with the padding at its end.
    fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Vec<u8>>;
}

/// A password as it is hashed.
fn wide(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
