//! Zip archives: every member is read as a document of its own.

use std::borrow::Cow;
use std::io::Cursor;

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use finder::document::DocumentKind;

use super::zip_mend::mended;
use crate::extract::pages;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

/// An opened archive, of the bytes as they came or mended.
pub(super) type Archive<'a> = ZipArchive<Cursor<Cow<'a, [u8]>>>;

const ENCRYPTED: &str = "is encrypted";
const DAMAGED: &str = "is damaged or cut off";
const MENDED: &str = crate::extract::READ_IN_PART;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let (mut archive, mut whole) = open(taking.left(), item.bytes)?;
    if whole
        && !any_opens(&mut archive)
        && let Some(bytes) = mended(item.bytes, taking.left())
    {
        (archive, whole) = (ZipArchive::new(Cursor::new(Cow::Owned(bytes))).map_err(|error| why(&error))?, false);
    }
    let (mut files, mut bare) = (0, String::new());
    let spelt = spelt(&mut archive);
    for index in 0..archive.len() {
        files += 1;
        if !taking.has_room() {
            break;
        }
        let (number, text) = (index + 1, taking.text_taken());
        let listed = match spelt.get(index) {
            Some(Some(name)) => name.clone(),
            _ => archive.name_for_index(index).unwrap_or_default().to_owned(),
        };
        let unpacked = match archive.by_index(index) {
            Ok(member) if member.is_dir() => {
                files -= 1;
                continue;
            }
            Ok(member) => taking.unpack_to(member.compressed_size(), member.size(), member),
            Err(error) => Err(why(&error)),
        };
        match unpacked.or_else(|reason| if reason == ENCRYPTED { unlocked(taking, &mut archive, index) } else { Err(reason) }) {
            Ok(bytes) => taking.child(number, Item { name: &listed, bytes: &bytes }),
            Err(reason) => taking.unreadable_child(number, &listed, reason),
        }
        if taking.text_taken() == text {
            bare.extend([listed.as_str(), "\n"]);
        }
    }
    names(taking, item, &bare);
    if !whole {
        taking.unreadable(MENDED);
    }
    if files == 0 { Err("an archive without a file in it".into()) } else { Ok(()) }
}

/// Names in an old character set of another script, which an archive does not declare; together they tell which it is. The library takes
/// them for that of DOS, which stays where they speak for none or for a western one.
fn spelt(archive: &mut Archive<'_>) -> Vec<Option<String>> {
    if archive.file_names().all(str::is_ascii) {
        return Vec::new();
    }
    let raw: Vec<Vec<u8>> =
        (0..archive.len()).map(|index| archive.by_index_raw(index).map(|member| member.name_raw().to_vec()).unwrap_or_default()).collect();
    let strange: Vec<&[u8]> = raw.iter().filter(|name| std::str::from_utf8(name).is_err()).map(Vec::as_slice).collect();
    let Some(encoding) = pages::foreign(&strange.join(&b"\n"[..])) else { return Vec::new() };
    let name = |name: &Vec<u8>| std::str::from_utf8(name).is_err().then(|| encoding.decode_without_bom_handling(name).0.into_owned());
    raw.iter().map(name).collect()
}

/// A member under a password, when one opens it.
fn unlocked(taking: &mut Taking<'_>, archive: &mut Archive<'_>, index: usize) -> Result<Vec<u8>, Reason> {
    let passwords = &taking.limits.passwords;
    let bytes = passwords.first(|password| {
        let member = archive.by_index_decrypt(index, password.as_bytes()).ok()?;
        taking.unpack(member.compressed_size(), member).ok()
    });
    bytes.ok_or_else(|| passwords.refused(ENCRYPTED))
}

/// Names can be of people: those of members without text of their own are made findable.
pub(super) fn names(taking: &mut Taking<'_>, item: Item<'_>, names: &str) {
    if !names.is_empty() {
        let mut writing = Writing::default();
        writing.body(names);
        taking.document(About { kind: DocumentKind::Text, title: String::new(), date: None }, item, writing);
    }
}

/// Opens a zip in memory, mended where its list of contents is missing, to `most` bytes. Says whether it was
/// whole.
pub(super) fn open(most: u64, bytes: &[u8]) -> Result<(Archive<'_>, bool), Reason> {
    match ZipArchive::new(Cursor::new(Cow::Borrowed(bytes))) {
        Ok(archive) => Ok((archive, true)),
        Err(error) => {
            let bytes = mended(bytes, most).ok_or_else(|| why(&error))?;
            let archive = ZipArchive::new(Cursor::new(Cow::Owned(bytes))).map_err(|_| why(&error))?;
            Ok((archive, false))
        }
    }
}

/// Whether a member can be opened, or is only encrypted or packed in an unknown way.
fn any_opens(archive: &mut Archive<'_>) -> bool {
    let count = archive.len();
    count == 0 || (0..count).any(|index| archive.by_index(index).err().is_none_or(|error| why(&error) != DAMAGED))
}

/// Why an archive or member cannot be opened.
pub(super) fn why(error: &ZipError) -> Reason {
    match error {
        ZipError::InvalidPassword => ENCRYPTED.into(),
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => ENCRYPTED.into(),
        ZipError::UnsupportedArchive(_) => "is packed in a way that is not read yet".into(),
        _ => DAMAGED.into(),
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, GBK, IBM866, SHIFT_JIS};

    use crate::extract::inprocess::taken;

    /// An archive of one file, whose name is not said to be UTF-8.
    fn named(name: &[u8]) -> Vec<u8> {
        let fixed = [&[10, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &[0; 12], &(name.len() as u16).to_le_bytes(), &[0, 0]].concat();
        let local = [&b"PK\x03\x04"[..], &fixed, name].concat();
        let entry = [&b"PK\x01\x02\x0a\0"[..], &fixed, &[0; 14], name].concat();
        let end =
            [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &(entry.len() as u32).to_le_bytes(), &(local.len() as u32).to_le_bytes(), &[0, 0]]
                .concat();
        [local, entry, end].concat()
    }

    #[test]
    fn names_in_old_character_sets_are_spelt_as_they_were() {
        for (encoding, name) in
            [(GBK, "王小明的文件.txt"), (SHIFT_JIS, "山田太郎の記録.txt"), (EUC_KR, "김철수의 기록.txt"), (IBM866, "Иван Петров.txt")]
        {
            let found = taken("x.zip", &named(&encoding.encode(name).0));
            assert!(found.documents.iter().any(|document| document.path.contains(name) || document.text.contains(name)), "{found:?}");
        }
        let dos = taken("x.zip", &named(b"Zo\x89.txt"));
        assert!(dos.documents.iter().any(|document| document.text.contains("Zo\u{eb}.txt")), "{dos:?}");
    }
}
