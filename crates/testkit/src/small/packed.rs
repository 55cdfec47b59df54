//! Archives that other programs packed (bzip2, xz, zstd, py7zr), and such as unpack to a thousand times their size.

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
