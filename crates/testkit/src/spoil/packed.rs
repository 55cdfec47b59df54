//! The insides of a zip, taken out and packed again.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The largest member that is taken out, in bytes.
const LARGEST: u64 = 256 << 10;

/// Names and contents of the members; none when it is no zip that opens.
pub(super) fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let Ok(member) = archive.by_index(index) else { continue };
        let (name, mut content) = (member.name().to_owned(), Vec::new());
        if member.take(LARGEST).read_to_end(&mut content).is_ok() {
            found.push((name, content));
        }
    }
    found
}

/// A zip of these members, laid in as they are or deflated. A name that is there twice is left out the second time.
pub(super) fn zip(members: &[(String, Vec<u8>)], deflated: bool) -> Vec<u8> {
    let method = if deflated { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        // Writing to memory does not fail; a name that is refused is left out.
        if writer.start_file(name.as_str(), options).is_ok() {
            let _ = writer.write_all(bytes);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
