//! A zip archive from named bytes.

use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

/// A deflated archive of the members, in order, with a fixed time stamp so that the bytes repeat.
///
/// # Panics
/// Never for members under four gigabytes: writing to memory has no other way to fail.
#[expect(clippy::expect_used, reason = "writing to memory cannot fail, and a shorter archive must not pass for a whole one")]
pub fn zip<N: AsRef<str>, B: AsRef<[u8]>>(members: &[(N, B)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
    for (name, bytes) in members {
        archive.start_file(name.as_ref(), options).expect("a new member");
        archive.write_all(bytes.as_ref()).expect("a member's bytes");
    }
    archive.finish().expect("the directory of the archive").into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn members_come_back_and_the_bytes_repeat() {
        let bytes = zip(&[("a/één.txt", "hello"), ("b.txt", "there")]);
        assert_eq!(bytes, zip(&[("a/één.txt", "hello"), ("b.txt", "there")]));
        let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("a/één.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((archive.len(), text.as_str()), (2, "hello"));
    }
}
