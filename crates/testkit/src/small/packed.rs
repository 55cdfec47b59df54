//! Archives and documents that other programs packed (bzip2, xz, zstd, py7zr, rars, OpenSSL), and such as unpack to a thousand times their size.

use super::cabinet::{Packing, cabinet};

/// A letter packed in each way, then two files as 7z.
pub(super) const GOOD: [&[u8]; 5] = [
    include_bytes!("packed/letter.txt.bz2"),
    include_bytes!("packed/letter.txt.xz"),
    include_bytes!("packed/letter.txt.lzma"),
    include_bytes!("packed/letter.txt.zst"),
    include_bytes!("packed/two.7z"),
];

/// A 7z of the same files under the password `tiger moth`: its content alone, and its list of contents too.
pub const LOCKED: [&[u8]; 2] = [include_bytes!("packed/locked.7z"), include_bytes!("packed/all-locked.7z")];

/// Two files as RAR: of version 5, solid, of version 4, of version 2.
pub const RARS: [&[u8]; 4] = [
    include_bytes!("packed/two-5.rar"),
    include_bytes!("packed/solid-5.rar"),
    include_bytes!("packed/two-4.rar"),
    include_bytes!("packed/two-2.rar"),
];

/// The same under the password `tiger moth`, and whether its names can be seen without.
pub const LOCKED_RARS: [(&[u8], bool); 3] = [
    (include_bytes!("packed/locked-5.rar"), true),
    (include_bytes!("packed/all-locked-5.rar"), false),
    (include_bytes!("packed/locked-4.rar"), true),
];

/// A text of LibreOffice under the password `tiger moth`: each part by itself (AES, and Blowfish of old), and the package as a whole.
pub const LOCKED_DOCUMENTS: [&[u8]; 3] =
    [include_bytes!("packed/locked-aes.odt"), include_bytes!("packed/locked-blowfish.odt"), include_bytes!("packed/locked-whole.odt")];

/// A Word document under the same password: how it is locked, and what.
pub(super) const LOCKED_WORD: (&[u8], &[u8]) = (include_bytes!("packed/locked.info"), include_bytes!("packed/locked.package"));

/// Eight megabytes of nothing, packed in each way.
pub const BOMBS: [(&str, &[u8]); 4] = [
    ("zeros.txt.bz2", include_bytes!("packed/zeros.bz2")),
    ("zeros.txt.xz", include_bytes!("packed/zeros.xz")),
    ("zeros.txt.zst", include_bytes!("packed/zeros.zst")),
    ("zeros.7z", include_bytes!("packed/zeros.7z")),
];

/// A binary workbook: a shared text and one of its own.
pub(super) const BINARY_WORKBOOK: &[u8] = include_bytes!("packed/people.xlsb");

/// The good archives, by the names they would have.
pub fn archives() -> Vec<(&'static str, Vec<u8>)> {
    ["letter.txt.bz2", "letter.txt.xz", "letter.txt.lzma", "letter.txt.zst", "two.7z"].into_iter().zip(GOOD.map(<[u8]>::to_vec)).collect()
}

/// A cabinet of two files, packed in each way, the second one over three blocks.
pub fn cabinets() -> Vec<(&'static str, Vec<u8>)> {
    let files = [
        ("letters\\ada.txt", "Dear Ada, a letter by itself\n".as_bytes().to_vec()),
        ("Zo\u{eb}.txt", "Zo\u{eb} again, ".repeat(5_834).into_bytes()),
    ];
    let files = files.map(|(name, bytes)| (name, bytes.get(..bytes.len().min(70_000)).unwrap_or_default().to_vec()));
    [("stored", Packing::Stored), ("deflated", Packing::Deflated), ("lzx", Packing::Lzx)]
        .map(|(name, packing)| (name, cabinet(&files, packing)))
        .into()
}
