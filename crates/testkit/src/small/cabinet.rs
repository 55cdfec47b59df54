//! Cabinet archives.

use flate2::{Compress, Compression, FlushCompress};

const BLOCK: usize = 32 << 10;

/// How a cabinet is packed, by its number there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Stored = 0,
    Deflated = 1,
    /// LZX, in blocks that are laid in as they are.
    Lzx = 3,
}

/// A cabinet of one folder: names, not all of them ASCII, and contents.
pub(super) fn cabinet(files: &[(&str, Vec<u8>)], packing: Packing) -> Vec<u8> {
    let all: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
    let (mut list, mut at) = (Vec::new(), 0_u32);
    for (name, bytes) in files {
        list.extend((bytes.len() as u32).to_le_bytes());
        list.extend(at.to_le_bytes());
        // The folder, a day, a time, and that the name is UTF-8.
        list.extend([0, 0, 0x62, 0x5D, 0, 0, 0x80, 0]);
        list.extend([name.as_bytes(), b"\0"].concat());
        at += bytes.len() as u32;
    }
    let blocks: Vec<Vec<u8>> = (0..all.len().div_ceil(BLOCK)).map(|number| block(&all, number * BLOCK, packing)).collect();
    let first = 44 + list.len() as u32;
    let length = first + blocks.iter().map(|block| block.len() as u32).sum::<u32>();
    let mut out = b"MSCF\0\0\0\0".to_vec();
    out.extend([length, 0, 44, 0].iter().flat_map(|word| word.to_le_bytes()));
    out.extend([3, 1, 1, 0, files.len() as u8, 0, 0, 0, 9, 0, 0, 0]);
    out.extend(first.to_le_bytes());
    out.extend([blocks.len() as u8, 0, packing as u8, if packing == Packing::Lzx { 16 } else { 0 }]);
    out.extend(list);
    out.extend(blocks.concat());
    out
}

/// A block: no sum, its lengths, and what it holds, packed with what stood in front of it in mind.
fn block(all: &[u8], start: usize, packing: Packing) -> Vec<u8> {
    let content = all.get(start..all.len().min(start + BLOCK)).unwrap_or_default();
    let before = all.get(start.saturating_sub(BLOCK)..start).unwrap_or_default();
    let packed = match packing {
        Packing::Stored => content.to_vec(),
        Packing::Deflated => [b"CK".to_vec(), deflate(before, content)].concat(),
        Packing::Lzx => laid_in(start == 0, content),
    };
    [&[0; 4][..], &(packed.len() as u16).to_le_bytes(), &(content.len() as u16).to_le_bytes(), &packed].concat()
}

fn deflate(before: &[u8], content: &[u8]) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(BLOCK + 1024);
    // What stands in front is packed up to a border, and what came out of that left off. Writing to memory does not fail.
    let _ = packer.compress_vec(before, &mut out, FlushCompress::Full);
    let border = out.len();
    let _ = packer.compress_vec(content, &mut out, FlushCompress::Finish);
    out.split_off(border)
}

/// A block of LZX as it is: a bit for the beginning of the folder, three for the kind, the length, the distances, the content.
fn laid_in(first: bool, content: &[u8]) -> Vec<u8> {
    let head = (3 << 24 | content.len() as u32) << if first { 4 } else { 5 };
    let words = [(head >> 16) as u16, head as u16].map(u16::to_le_bytes).concat();
    let filled: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [&words, &[1, 0, 0, 0].repeat(3), content, filled].concat()
}
