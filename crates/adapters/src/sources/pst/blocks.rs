//! The lower half of an Outlook data file (MS-PST 2.2): pages that form two trees, one of nodes
//! and one of blocks, and the blocks. Everything is looked up when it is needed; a page or block
//! that is out of shape is an error of its own and never leads astray.

use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use super::cipher::Tables;

/// Pages kept at hand.
const PAGES: usize = 1_024;
const PAGE: usize = 512;
/// Levels of a tree at most.
const DEEP: u8 = 20;
/// What looking up a block costs beside its bytes.
const LOOK_UP: usize = 1_024;
/// What a file may cost for each of its bytes, and beside that. A sound one costs some five times its size.
const FILE: u64 = 64;
const FREE: u64 = 64 << 20;
/// What one thing in a file may cost for each byte that is read of it at most.
const ONE: u64 = 16;

pub(super) type Result<T> = io::Result<T>;

pub(super) fn damaged() -> io::Error {
    io::Error::from(ErrorKind::InvalidData)
}

/// A file whose parts lead to one another again and again asks for more work than its size allows: without an end to that a few thousand
/// bytes would take days.
pub(super) const CIRCLES: ErrorKind = ErrorKind::QuotaExceeded;

/// Where a thing stands and how it is taken apart: the older files (ANSI) have shorter numbers.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Bytes of a number.
    word: usize,
    /// Where a page's count of entries stands.
    count: usize,
}

/// A node: a message, a folder, an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) id: u32,
    /// Its data.
    pub(super) data: u64,
    /// The tree of what belongs to it, 0 for none.
    pub(super) below: u64,
    /// The folder it is in.
    pub(super) parent: u32,
}

/// Where the bytes come from: a file, or memory.
trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// A file being read.
pub(super) struct Blocks {
    file: Box<dyn Bytes>,
    size: u64,
    shape: Shape,
    method: u8,
    tables: Tables,
    node_tree: u64,
    block_tree: u64,
    pages: HashMap<u64, Vec<u8>>,
    /// The largest node that is read, in bytes.
    limit: usize,
    /// What this file may still cost, about in bytes that are looked at, and what is being read of it.
    file_left: u64,
    one_left: u64,
}

/// A number of 1 to 8 bytes.
pub(super) fn number(bytes: &[u8], at: usize, length: usize) -> Result<u64> {
    let piece = bytes.get(at..at.checked_add(length).ok_or_else(damaged)?).ok_or_else(damaged)?;
    Ok(piece.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

impl Blocks {
    /// Opens a file by its head.
    pub(super) fn open(mut file: impl Read + Seek + 'static, limit: usize) -> Result<Self> {
        let size = file.seek(SeekFrom::End(0))?;
        let mut head = [0; 564];
        file.seek(SeekFrom::Start(0))?;
        file.read_exact(&mut head)?;
        let version = number(&head, 10, 2)?;
        let (shape, node_tree, block_tree, method) = match version {
            14 | 15 => (Shape { word: 4, count: 496 }, number(&head, 188, 4)?, number(&head, 196, 4)?, number(&head, 461, 1)?),
            23 | 24 => (Shape { word: 8, count: 488 }, number(&head, 224, 8)?, number(&head, 240, 8)?, number(&head, 513, 1)?),
            _ => return Err(ErrorKind::Unsupported.into()),
        };
        let (tables, pages) = (Tables::new(), HashMap::new());
        let file_left = size.saturating_mul(FILE).saturating_add(FREE);
        let (file, method) = (Box::new(file), method as u8);
        Ok(Self { file, size, shape, method, tables, node_tree, block_tree, pages, limit, file_left, one_left: FREE })
    }

    /// Begins with another thing, of which at most `limit` bytes are read.
    pub(super) fn begin(&mut self, limit: usize) {
        self.one_left = (limit as u64).saturating_mul(ONE).saturating_add(FREE);
    }

    /// Counts what something costs.
    ///
    /// # Errors
    /// [`CIRCLES`].
    pub(super) fn spend(&mut self, cost: usize) -> Result<()> {
        let left = self.file_left.checked_sub(cost as u64).zip(self.one_left.checked_sub(cost as u64));
        (self.file_left, self.one_left) = left.ok_or(CIRCLES)?;
        Ok(())
    }

    fn at(&mut self, place: u64, length: usize) -> Result<Vec<u8>> {
        if place.saturating_add(length as u64) > self.size {
            return Err(damaged());
        }
        self.file.seek(SeekFrom::Start(place))?;
        let mut bytes = vec![0; length];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// A page's entries: their count, their length, the level above the leaves.
    fn page(&mut self, place: u64) -> Result<(Vec<u8>, usize, usize, u8)> {
        let bytes = if let Some(bytes) = self.pages.get(&place) {
            bytes.clone()
        } else {
            let bytes = self.at(place, PAGE)?;
            if self.pages.len() >= PAGES {
                self.pages.clear();
            }
            self.pages.insert(place, bytes.clone());
            bytes
        };
        let count = self.shape.count;
        let (entries, length, level) =
            (number(&bytes, count, 1)? as usize, number(&bytes, count + 2, 1)? as usize, number(&bytes, count + 3, 1)?);
        if length == 0 || entries * length > count || level as u8 > DEEP {
            return Err(damaged());
        }
        Ok((bytes, entries, length, level as u8))
    }

    /// Every node, in the order of their numbers; what of the tree cannot be read is counted.
    pub(super) fn nodes(&mut self, each: &mut dyn FnMut(Node)) -> u64 {
        let mut left = self.size / PAGE as u64 + 1;
        let mut lost = 0;
        let mut waiting = vec![(self.node_tree, None)];
        while let Some((place, level)) = waiting.pop() {
            // A tree that comes back to itself ends here.
            left = left.saturating_sub(1);
            if left == 0 || self.nodes_of(place, level, &mut waiting, each).is_err() {
                lost += 1;
            }
            if left == 0 {
                break;
            }
        }
        lost
    }

    fn nodes_of(&mut self, place: u64, wanted: Option<u8>, waiting: &mut Vec<(u64, Option<u8>)>, each: &mut dyn FnMut(Node)) -> Result<()> {
        let (page, entries, length, level) = self.page(place)?;
        if wanted.is_some_and(|wanted| wanted != level) {
            return Err(damaged());
        }
        let word = self.shape.word;
        for entry in 0..entries {
            let at = entry * length;
            if level == 0 {
                let id = number(&page, at, 4)? as u32;
                let (data, below) = (number(&page, at + word, word)?, number(&page, at + 2 * word, word)?);
                each(Node { id, data, below, parent: number(&page, at + 3 * word, 4)? as u32 });
            } else {
                // The last first, because the pile is worked off from its top.
                let at = (entries - 1 - entry) * length;
                waiting.push((number(&page, at + 2 * word, word)?, Some(level - 1)));
            }
        }
        Ok(())
    }

    /// Where a block stands and how long it is.
    fn find(&mut self, block: u64) -> Result<(u64, usize)> {
        let wanted = block & !1;
        let word = self.shape.word;
        let (mut place, mut level) = (self.block_tree, None);
        for _ in 0..=DEEP {
            let (page, entries, length, found) = self.page(place)?;
            if level.is_some_and(|level| level != found) {
                return Err(damaged());
            }
            let mut next = None;
            for entry in 0..entries {
                let at = entry * length;
                let key = number(&page, at, word)?;
                if found == 0 && key & !1 == wanted {
                    return Ok((number(&page, at + word, word)?, number(&page, at + 2 * word, 2)? as usize));
                }
                if found > 0 && key <= block.max(wanted) {
                    next = Some(number(&page, at + 2 * word, word)?);
                }
            }
            if found == 0 {
                break;
            }
            place = next.ok_or_else(damaged)?;
            level = Some(found - 1);
        }
        Err(damaged())
    }

    fn block(&mut self, block: u64) -> Result<Vec<u8>> {
        self.spend(LOOK_UP)?;
        let (place, length) = self.find(block)?;
        self.spend(length)?;
        let mut bytes = self.at(place, length)?;
        if block & 2 == 0 {
            self.tables.undo(self.method, block, &mut bytes);
        }
        Ok(bytes)
    }

    /// The data of a node, in the pieces it is stored in, together at most as large as allowed.
    pub(super) fn data(&mut self, block: u64) -> Result<Vec<Vec<u8>>> {
        let mut pieces = Vec::new();
        let mut left = self.limit;
        if block != 0 {
            self.pieces(block, None, &mut left, &mut pieces)?;
        }
        Ok(pieces)
    }

    fn pieces(&mut self, block: u64, wanted: Option<u8>, left: &mut usize, pieces: &mut Vec<Vec<u8>>) -> Result<()> {
        let bytes = self.block(block)?;
        if block & 2 == 0 {
            *left = left.checked_sub(bytes.len().max(1)).ok_or_else(|| io::Error::from(ErrorKind::FileTooLarge))?;
            pieces.push(bytes);
            return Ok(());
        }
        let level = number(&bytes, 1, 1)? as u8;
        if number(&bytes, 0, 1)? != 1 || !(1..=2).contains(&level) || wanted.is_some_and(|wanted| wanted != level) {
            return Err(damaged());
        }
        let count = number(&bytes, 2, 2)? as usize;
        for entry in 0..count {
            let inner = number(&bytes, 8 + entry * self.shape.word, self.shape.word)?;
            // Below a list of lists stand lists, below a list stand pieces.
            if (inner & 2 != 0) != (level == 2) {
                return Err(damaged());
            }
            self.pieces(inner, Some(level - 1), left, pieces)?;
        }
        Ok(())
    }

    /// What belongs to a node.
    pub(super) fn below(&mut self, block: u64) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        if block != 0 {
            self.below_into(block, None, &mut nodes)?;
        }
        Ok(nodes)
    }

    fn below_into(&mut self, block: u64, wanted: Option<u64>, nodes: &mut Vec<Node>) -> Result<()> {
        let bytes = self.block(block)?;
        let (kind, level, count) = (number(&bytes, 0, 1)?, number(&bytes, 1, 1)?, number(&bytes, 2, 2)? as usize);
        if block & 2 == 0 || kind != 2 || level > 1 || wanted.is_some_and(|wanted| wanted != level) {
            return Err(damaged());
        }
        let word = self.shape.word;
        let (start, words) = (if word == 8 { 8 } else { 4 }, if level == 0 { 3 } else { 2 });
        for entry in 0..count {
            let at = start + entry * words * word;
            let (id, data) = (number(&bytes, at, 4)? as u32, number(&bytes, at + word, word)?);
            if level == 1 {
                self.below_into(data, Some(0), nodes)?;
            } else {
                nodes.push(Node { id, data, below: number(&bytes, at + 2 * word, word)?, parent: 0 });
            }
            if nodes.len() > 100_000 {
                return Err(damaged());
            }
        }
        Ok(())
    }
}
