//! What parent and child say to each other: frames with a length, over pipes.
//!
//! Down: one [`Limits`] frame, then items. Up: one [`Hello`] frame, then answers.
//! An item is `id, mode, length of name, length of bytes, name, bytes`; the bytes go as they
//! are, because they are most of the traffic.

use std::io::{self, IoSlice, Read, Write};

use finder::document::Extraction;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::drawing::MOST;
use super::readers::Sheet;
use super::sights::{Print, Sight};
use crate::letters::Raster;

/// The largest frame either side accepts, in bytes.
const LARGEST: u64 = 1 << 30;

/// Bytes of a frame that are believed before they come.
const USUAL: u64 = 80 << 20;

/// What the child says first: which confinements are in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    /// Name of a confinement, and whether it is active.
    pub(crate) confinement: Vec<(String, bool)>,
}

/// What the child says of an item.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Up {
    /// It is finished: the number of the item, what it turned into, what in it can only be seen.
    Answer(u32, Extraction, Vec<Sight>),
    /// One of the pictures that were asked for, and its width and height when it could be drawn;
    /// then its grey pixels follow behind the frame.
    Drawn(Print, Option<(u32, u32)>),
    /// The bytes of what was asked for inside an item, when there is such a thing. The answer to the item follows.
    Member(Option<Vec<u8>>),
    /// One of the sheets of a workbook. The answer follows, with the reason when they are not all there.
    Sheet(Sheet),
}

/// The pixels of a picture, of which so many are believed.
pub(crate) fn raster(from: &mut impl Read, size: (u32, u32)) -> io::Result<Raster> {
    let (width, height) = size;
    let length = u64::from(width) * u64::from(height);
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut grey = Vec::new();
    read_into(from, &mut grey, length)?;
    Ok(Raster { width, height, grey })
}

/// Whether an item may take its time. The child hands over finished answers before it
/// begins such an item, so that the parent knows which one it waits for.
pub(crate) fn is_heavy(bytes: &[u8]) -> bool {
    bytes.len() > (64 << 10) || !super::sniff::looks_like_mail(bytes)
}

/// How much of an item is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All of it.
    Whole = 0,
    /// Its own text only; what it carries is listed.
    Own = 1,
    /// Its bytes as text, without looking for structure.
    Raw = 2,
    /// Some of its pictures, drawn. A frame with their prints follows behind the item.
    Look = 3,
    /// What a message carries, listed with size and print and not read: for comparing with other programs.
    List = 4,
    /// The bytes of something inside it. A frame with the path follows behind the item.
    Member = 5,
    /// The sheets of a workbook.
    Sheets = 6,
}

/// Writes one frame, using `buffer` for its content.
pub(crate) fn send<T: Serialize>(to: &mut impl Write, value: &T, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut bytes = std::mem::take(buffer);
    bytes.clear();
    let bytes = postcard::to_extend(value, bytes).map_err(io::Error::other)?;
    to.write_all(&(bytes.len() as u32).to_le_bytes())?;
    to.write_all(&bytes)?;
    *buffer = bytes;
    shrink(buffer, 0);
    Ok(())
}

/// Gives back the room of a buffer that was unusually large and is now needed for little.
fn shrink(buffer: &mut Vec<u8>, needed: u64) {
    if buffer.capacity() as u64 > (8 << 20) && needed < (1 << 20) {
        *buffer = Vec::new();
    }
}

/// Reads one frame. `Ok(None)` at the end of the stream.
pub(crate) fn receive<T: DeserializeOwned>(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    if !fill(from, &mut length)? {
        return Ok(None);
    }
    read_into(from, buffer, u64::from(u32::from_le_bytes(length)))?;
    let value = postcard::from_bytes(buffer).map(Some).map_err(io::Error::other);
    shrink(buffer, 0);
    value
}

/// Writes one item.
pub(crate) fn send_item(to: &mut impl Write, id: u32, mode: Mode, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut head = [0_u8; 17];
    let fields = id.to_le_bytes().into_iter().chain([mode as u8]);
    let lengths = (name.len() as u32).to_le_bytes().into_iter().chain((bytes.len() as u64).to_le_bytes());
    head.iter_mut().zip(fields.chain(lengths)).for_each(|(slot, byte)| *slot = byte);
    write_together(to, &mut [IoSlice::new(&head), IoSlice::new(name.as_bytes()), IoSlice::new(bytes)])
}

/// Writes all of these. What is larger than the room of a buffered writer goes out as it is, uncopied.
fn write_together(to: &mut impl Write, mut pieces: &mut [IoSlice<'_>]) -> io::Result<()> {
    // Empty ones in front, after which nothing would be left to write.
    IoSlice::advance_slices(&mut pieces, 0);
    while !pieces.is_empty() {
        match to.write_vectored(pieces) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut pieces, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// An item as the child receives it.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) id: u32,
    pub(crate) mode: u8,
    pub(crate) name: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

impl Received {
    /// Gives back the room of an unusually large item once it was read.
    pub(crate) fn release(&mut self) {
        shrink(&mut self.bytes, 0);
    }

    /// Reads the next item into the same buffers. `Ok(false)` at the end of the stream.
    pub(crate) fn next(&mut self, from: &mut impl Read) -> io::Result<bool> {
        let mut id = [0; 4];
        if !fill(from, &mut id)? {
            return Ok(false);
        }
        let (mut mode, mut name, mut bytes) = ([0; 1], [0; 4], [0; 8]);
        from.read_exact(&mut mode)?;
        from.read_exact(&mut name)?;
        from.read_exact(&mut bytes)?;
        self.id = u32::from_le_bytes(id);
        self.mode = mode[0];
        read_into(from, &mut self.name, u64::from(u32::from_le_bytes(name)))?;
        read_into(from, &mut self.bytes, u64::from_le_bytes(bytes))?;
        Ok(true)
    }
}

fn read_into(from: &mut impl Read, buffer: &mut Vec<u8>, length: u64) -> io::Result<()> {
    if length > LARGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    shrink(buffer, length);
    buffer.clear();
    // As much as was announced, and not twice that as a buffer that grows would take.
    buffer.reserve_exact(length.min(USUAL) as usize);
    let read = from.take(length).read_to_end(buffer)?;
    if read as u64 == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Fills the buffer; `Ok(false)` when the stream ended before its first byte.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(buffer.get_mut(filled..).unwrap_or_default()) {
            Ok(0) if filled == 0 => return Ok(false),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
