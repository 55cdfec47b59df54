//! Cabinet archives (MS-CAB): folders of blocks, packed together, and the files that lie in them.

use std::io::{self, Read};

use lzxd::{Lzxd, WindowSize};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::zip::names;
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};

/// Bytes of a block when it is unpacked, at most, and how far one looks back into those before.
const BLOCK: usize = 32 << 10;
const DAMAGED: &str = "is damaged or cut off";
const PARTED: &str = "goes over several cabinets; put the others beside it, unpack them and search what was in them";
const OTHERWISE: &str = "is packed in a way that is not read (Quantum); unpack it and search what was in it";

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let cabinet = Cabinet::open(item.bytes).ok_or(DAMAGED)?;
    let files = cabinet.files();
    let (mut bare, mut number) = (String::new(), 0);
    // Files stand in the order of their folders: each is unpacked once.
    let mut open: Option<(usize, Result<Vec<u8>, Reason>)> = None;
    for file in &files {
        if !taking.has_room() {
            break;
        }
        number += 1;
        let text = taking.text_taken();
        let folder = match &open {
            Some((folder, bytes)) if *folder == file.folder => bytes,
            _ => {
                let bytes = cabinet.folder(taking, file.folder);
                &open.insert((file.folder, bytes)).1
            }
        };
        let content = match folder {
            Ok(bytes) => bytes.get(file.start..).and_then(|rest| rest.get(..file.length)).ok_or_else(|| Reason::from(DAMAGED)),
            Err(reason) => Err(reason.clone()),
        };
        match content {
            Ok(bytes) => taking.child(number, Item { name: &file.name, bytes }),
            Err(reason) => taking.unreadable_child(number, &file.name, reason),
        }
        if taking.text_taken() == text {
            bare.extend([file.name.as_str(), "\n"]);
        }
    }
    names(taking, item, &bare);
    if files.len() < cabinet.told {
        taking.unreadable("its list of files is damaged or cut off; those in it were read");
    }
    if files.is_empty() { Err("an archive without a file in it".into()) } else { Ok(()) }
}

fn half(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}

/// What is behind a name that ends with a zero, and the name.
fn named(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(0, bytes)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

struct Cabinet<'a> {
    bytes: &'a [u8],
    /// Of each folder: where its blocks begin, how many there are, how they are packed.
    folders: Vec<(usize, usize, usize)>,
    /// Where the list of files is, and how many it says there are.
    list: usize,
    told: usize,
    /// Bytes in the head of each block that belong to other programs.
    reserved: usize,
}

struct File {
    name: String,
    folder: usize,
    start: usize,
    length: usize,
}

impl<'a> Cabinet<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let (list, folders, told, flags) = (word(bytes, 16)?, half(bytes, 26)?, half(bytes, 28)?, half(bytes, 30)?);
        let (mut rest, mut of_folder, mut reserved) = (bytes.get(36..)?, 0, 0);
        if flags & 4 != 0 {
            let of_head = half(rest, 0)?;
            (of_folder, reserved) = (usize::from(*rest.get(2)?), usize::from(*rest.get(3)?));
            rest = rest.get(4 + of_head..)?;
        }
        // The names of the cabinet before and of the next, each with that of its disk.
        for _ in 0..2 * ((flags & 1) + (flags >> 1 & 1)) {
            rest = named(rest)?.1;
        }
        let heads = rest.chunks_exact(8 + of_folder).take(folders);
        let folders = heads.filter_map(|head| Some((word(head, 0)?, half(head, 4)?, half(head, 6)?))).collect();
        Some(Self { bytes, folders, list, told, reserved })
    }

    /// The files that are listed, up to where the list is damaged.
    fn files(&self) -> Vec<File> {
        let mut rest = self.bytes.get(self.list..).unwrap_or_default();
        let mut one = || {
            let (length, start, folder, flags) = (word(rest, 0)?, word(rest, 4)?, half(rest, 8)?, half(rest, 14)?);
            let (name, after) = named(rest.get(16..)?)?;
            rest = after;
            let name = if flags & 0x80 == 0 { lenient(name).into_owned() } else { String::from_utf8_lossy(name).into_owned() };
            Some(File { name: name.replace('\\', "/"), folder, start, length })
        };
        (0..self.told).map_while(|_| one()).collect()
    }

    /// What a folder unpacks to, as far as it is sound.
    fn folder(&self, taking: &mut Taking<'_>, number: usize) -> Result<Vec<u8>, Reason> {
        if number >= 0xFFFD {
            return Err(PARTED.into());
        }
        let (first, blocks, packing) = *self.folders.get(number).ok_or(DAMAGED)?;
        let way = match packing & 0xF {
            0 => Way::Stored,
            1 => Way::Deflated,
            3 => Way::Lzx(Box::new(Lzxd::new(window(packing >> 8).ok_or(DAMAGED)?))),
            _ => return Err(OTHERWISE.into()),
        };
        let rest = self.bytes.get(first..).ok_or(DAMAGED)?;
        let stream = Blocks { rest, left: blocks, reserved: self.reserved, way, window: Vec::new(), given: 0 };
        taking.unpack_to(rest.len() as u64, (blocks * BLOCK) as u64, stream)
    }
}

enum Way {
    Stored,
    Deflated,
    Lzx(Box<Lzxd>),
}

/// How far LZX looks back, by the number of bits of that.
const fn window(bits: usize) -> Option<WindowSize> {
    Some(match bits & 0x1F {
        15 => WindowSize::KB32,
        16 => WindowSize::KB64,
        17 => WindowSize::KB128,
        18 => WindowSize::KB256,
        19 => WindowSize::KB512,
        20 => WindowSize::MB1,
        21 => WindowSize::MB2,
        _ => return None,
    })
}

/// The blocks of a folder, unpacked one after the other; it ends where one is damaged.
struct Blocks<'a> {
    rest: &'a [u8],
    left: usize,
    reserved: usize,
    way: Way,
    /// The end of what was unpacked before, and the current block.
    window: Vec<u8>,
    /// Bytes of the window that were handed over.
    given: usize,
}

impl Blocks<'_> {
    /// Unpacks the next block behind what one may look back on.
    fn next(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let (packed, unpacked) = (half(self.rest, 4)?, half(self.rest, 6)?);
        let data = self.rest.get(8 + self.reserved..)?;
        let (data, rest) = data.split_at_checked(packed)?;
        self.rest = rest;
        self.window.drain(..self.window.len().saturating_sub(BLOCK));
        let before = self.window.len();
        self.given = before;
        match &mut self.way {
            Way::Stored => {
                self.window.extend_from_slice(data);
                return Some(());
            }
            Way::Lzx(unpacker) => {
                self.window.extend_from_slice(unpacker.decompress_next(data, unpacked).ok()?);
                return Some(());
            }
            Way::Deflated => {}
        }
        let data = data.strip_prefix(b"CK")?;
        self.window.resize(before + unpacked.min(BLOCK), 0);
        let mut unpacker = Box::<DecompressorOxide>::default();
        let (status, _, written) = decompress(&mut unpacker, data, &mut self.window, before, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        self.window.truncate(before + written);
        let whole = matches!(status, TINFLStatus::Done | TINFLStatus::HasMoreOutput) && written == unpacked;
        // What came out in front of the damage is what there is.
        self.left = if whole { self.left } else { 0 };
        Some(())
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.window.len() {
            if self.next().is_none() {
                return Ok(0);
            }
        }
        let ready = self.window.get(self.given..).unwrap_or_default();
        let count = ready.len().min(out.len());
        out.iter_mut().zip(ready).for_each(|(slot, byte)| *slot = *byte);
        self.given += count;
        Ok(count)
    }
}
