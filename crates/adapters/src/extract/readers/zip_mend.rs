//! Zip archives whose list of contents is missing or wrong: cut off, spanned, or written in
//! one go by a careless program. What can be found by the marks in front of each member is put
//! into a new archive.

use std::io::{Cursor, Read as _, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use flate2::read::DeflateDecoder;
use memchr::memmem;

use crate::extract::charset::lenient;

const MARK: &[u8] = b"PK\x03\x04";

/// The members that can be found, unpacked to `most` bytes in all. `None` when there is none.
pub(super) fn mended(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut left, mut found) = (most, 0);
    let mut at = memmem::find(bytes, MARK)?;
    while let Some(member) = bytes.get(at..).and_then(Member::at) {
        let content = member.content(left);
        left = left.saturating_sub(content.len() as u64);
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let written =
            !content.is_empty() && writer.start_file(member.name(), stored).and_then(|()| Ok(writer.write_all(&content)?)).is_ok();
        found += usize::from(written);
        let Some(next) = memmem::find(bytes.get(at + MARK.len()..).unwrap_or_default(), MARK).filter(|_| left > 0) else { break };
        at += MARK.len() + next;
    }
    let archive = writer.finish().ok()?.into_inner();
    (found > 0).then_some(archive)
}

/// A member as its own head tells of it.
struct Member<'a> {
    flags: u16,
    method: u16,
    length: u32,
    name: &'a [u8],
    packed: &'a [u8],
}

impl<'a> Member<'a> {
    fn at(bytes: &'a [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<30>()?;
        let word = |at: usize| Some(u16::from_le_bytes([*head.get(at)?, *head.get(at + 1)?]));
        let name = usize::from(word(26)?);
        let packed = rest.get(name + usize::from(word(28)?)..)?;
        let length = u32::from(word(18)?) | u32::from(word(20)?) << 16;
        Some(Self { flags: word(6)?, method: word(8)?, length, name: rest.get(..name)?, packed })
    }

    fn name(&self) -> String {
        lenient(self.name).into_owned()
    }

    /// What it unpacks to, as far as that goes. Empty when it is encrypted or packed otherwise.
    fn content(&self, most: u64) -> Vec<u8> {
        let mut out = Vec::new();
        match (self.flags & 1, self.method) {
            (0, 8) => {
                // Whatever came out before the damage is what there is.
                let _ = DeflateDecoder::new(self.packed).take(most).read_to_end(&mut out);
            }
            (0, 0) => {
                let ends = [MARK, b"PK\x07\x08", b"PK\x01\x02"];
                let end = ends.iter().filter_map(|mark| memmem::find(self.packed, mark)).min().unwrap_or(self.packed.len());
                let end = if self.length > 0 { end.max(self.length as usize).min(self.packed.len()) } else { end };
                out.extend(self.packed.get(..end).unwrap_or_default().iter().take(usize::try_from(most).unwrap_or(usize::MAX)));
            }
            _ => {}
        }
        out
    }
}
