//! Archives other than zip: what packs one file (gzip, bzip2, xz, LZMA, Zstandard) and tar are unpacked here, 7z,
//! RAR and cabinets beside; of the others it is said what they are.

use std::io::Read;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use lzma_rust2::{LzmaReader, XzReader};
use ruzstd::decoding::StreamingDecoder;

use super::{cabinet, rar, seven_zip};
use crate::extract::extension;
use crate::extract::taking::{Item, MEMORY, Reason, Taking};
use crate::extract::tar::{BLOCK, Head, pax_name, text};

/// Memory that unpacking may look back on, in KiB: what the strongest usual settings want.
pub(crate) const LOOK_BACK: u32 = 68 << 10;
const DAMAGED: &str = "is damaged or cut off";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let bytes = item.bytes;
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    match () {
        () if starts(b"\x1F\x8B") => packed(taking, item, MultiGzDecoder::new(bytes)),
        () if bytes.get(257..262) == Some(b"ustar") => tar(taking, item),
        () if starts(b"BZh") => packed(taking, item, MultiBzDecoder::new(bytes)),
        () if starts(b"\xFD7zXZ") => packed(taking, item, XzReader::new_mem_limit(bytes, true, LOOK_BACK)),
        () if starts(b"\x28\xB5\x2F\xFD") || matches!(bytes, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]) => {
            packed(taking, item, Frames { rest: bytes, now: None })
        }
        () if starts(b"\x5D\0\0") => {
            let stream = LzmaReader::new_mem_limit(bytes, LOOK_BACK, None);
            packed(taking, item, stream.map_err(|error| if error.kind() == std::io::ErrorKind::OutOfMemory { MEMORY } else { DAMAGED })?)
        }
        () if starts(b"7z\xBC\xAF") => seven_zip::read(taking, item),
        () if starts(b"Rar!") || starts(b"RE~^") => rar::read(taking, item),
        () if starts(b"MSCF") => cabinet::read(taking, item),
        () => Err("an archive that is not read; unpack it and search what was in it".into()),
    }
}

/// One file that was packed.
fn packed(taking: &mut Taking<'_>, item: Item<'_>, stream: impl Read) -> Result<(), Reason> {
    let bytes = taking.unpack(item.bytes.len() as u64, stream)?;
    let stem = |letters: usize| item.name.get(..item.name.len().saturating_sub(letters)).unwrap_or_default();
    let ending = extension(item.name);
    let name = match ending.as_str() {
        "tgz" | "tbz" | "txz" | "tlz" => format!("{}.tar", stem(4)),
        "tbz2" | "tzst" => format!("{}.tar", stem(5)),
        "gz" | "bz2" | "xz" | "zst" | "lzma" | "bz" => stem(ending.len() + 1).to_owned(),
        _ => item.name.to_owned(),
    };
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    taking.child(1, Item { name, bytes: &bytes });
    Ok(())
}

/// What Zstandard packed, frame behind frame.
struct Frames<'a> {
    rest: &'a [u8],
    now: Option<Box<Frame<'a>>>,
}

type Frame<'a> = StreamingDecoder<&'a [u8], ruzstd::decoding::FrameDecoder>;

impl<'a> Frames<'a> {
    /// Goes on to the next frame that holds something; those that hold notes of programs are passed over.
    fn next(&mut self) -> std::io::Result<Option<Box<Frame<'a>>>> {
        while let [low, 0x2A, 0x4D, 0x18, a, b, c, d, after @ ..] = self.rest
            && low & 0xF0 == 0x50
        {
            self.rest = after.get(u32::from_le_bytes([*a, *b, *c, *d]) as usize..).unwrap_or_default();
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let frame = StreamingDecoder::new_with_max_window_size(self.rest, u64::from(LOOK_BACK) << 10);
        frame.map(|frame| Some(Box::new(frame))).map_err(std::io::Error::other)
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let Some(frame) = &mut self.now else {
                self.now = self.next()?;
                if self.now.is_none() {
                    return Ok(0);
                }
                continue;
            };
            let read = frame.read(out)?;
            if read > 0 || out.is_empty() {
                return Ok(read);
            }
            self.rest = self.now.take().map(|frame| frame.into_inner()).unwrap_or_default();
        }
    }
}

/// A tar: a block that names a file and its length, then the file, in blocks of 512 bytes.
fn tar(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let (mut rest, mut number, mut long) = (item.bytes, 0, None);
    while let Some((head, after)) = rest.split_at_checked(BLOCK) {
        let head = Head(head);
        if head.is_end() {
            break;
        }
        let length = head.length().ok_or(DAMAGED)?;
        let Some(content) = after.get(..length) else {
            number += 1;
            let name = long.take().unwrap_or_else(|| head.name());
            taking.unreadable_child(number, &name, "is cut off; what there is of it was read");
            taking.child(number, Item { name: &name, bytes: after });
            return Ok(());
        };
        rest = after.get(length.next_multiple_of(BLOCK).min(after.len())..).unwrap_or_default();
        match head.kind() {
            Some(b'L') => long = Some(text(content)),
            Some(b'x') => long = pax_name(content).or(long),
            Some(b'0' | 0 | b'7') if taking.has_room() => {
                number += 1;
                let name = long.take().unwrap_or_else(|| head.name());
                taking.child(number, Item { name: name.trim_end_matches('/'), bytes: content });
            }
            // Folders, links and devices hold nothing.
            _ => long = None,
        }
    }
    if number == 0 { Err("an archive without a file in it".into()) } else { Ok(()) }
}
