//! The middle of an Outlook data file (MS-PST 2.3): a node's data as a heap, in it a tree of
//! properties or a table.

use std::collections::HashMap;

use super::blocks::{Blocks, Node, Result, damaged, number};

/// Properties of one thing at most, and rows of a table.
const MOST: usize = 100_000;
/// What looking at a piece of a heap, or at a cell of a table, costs beside its bytes.
const PIECE: usize = 16;

/// A node's data, with what belongs to the node.
pub(super) struct Heap {
    pieces: Vec<Vec<u8>>,
    pub(super) below: Vec<Node>,
}

impl Heap {
    pub(super) fn open(blocks: &mut Blocks, node: Node) -> Result<Self> {
        Ok(Self { pieces: blocks.data(node.data)?, below: blocks.below(node.below)? })
    }

    /// The root of what the heap holds, when it holds this kind of thing.
    fn root(&self, kind: u64) -> Result<u32> {
        let first = self.pieces.first().ok_or_else(damaged)?;
        if number(first, 2, 1)? != 0xEC || number(first, 3, 1)? != kind {
            return Err(damaged());
        }
        Ok(number(first, 4, 4)? as u32)
    }

    /// A piece of the heap by its number.
    fn piece(&self, id: u32) -> Result<&[u8]> {
        if id == 0 {
            return Ok(&[]);
        }
        let (index, block) = ((id >> 5 & 0x7FF) as usize, (id >> 16) as usize);
        let bytes = self.pieces.get(block).ok_or_else(damaged)?;
        let map = number(bytes, 0, 2)? as usize;
        let count = number(bytes, map, 2)? as usize;
        if id & 0x1F != 0 || index == 0 || index > count {
            return Err(damaged());
        }
        // Behind two counts stand the places where the pieces begin, and at last where they end.
        let at = map + 2 + 2 * index;
        let (start, end) = (number(bytes, at, 2)?, number(bytes, at + 2, 2)?);
        bytes.get(start as usize..end as usize).ok_or_else(damaged)
    }

    /// What a number stands for: a piece of the heap, or a node that belongs to this one.
    fn value(&self, blocks: &mut Blocks, id: u32) -> Result<Vec<Vec<u8>>> {
        if id.trailing_zeros() >= 5 {
            let piece = self.piece(id)?;
            blocks.spend(PIECE + piece.len())?;
            return Ok(vec![piece.to_vec()]);
        }
        blocks.spend(self.below.len() * size_of::<Node>())?;
        let node = self.below.iter().find(|node| node.id == id).ok_or_else(damaged)?;
        blocks.data(node.data)
    }

    /// The leaves of a tree in the heap: key and data side by side.
    fn leaves(&self, blocks: &mut Blocks, root: u32) -> Result<(usize, Vec<&[u8]>)> {
        let head = self.piece(root)?;
        let (key, data, levels) = (number(head, 1, 1)? as usize, number(head, 2, 1)? as usize, number(head, 3, 1)?);
        if number(head, 0, 1)? != 0xB5 || key == 0 || levels > 5 {
            return Err(damaged());
        }
        let mut pieces = vec![number(head, 4, 4)? as u32];
        for _ in 0..levels {
            let mut next = Vec::new();
            for piece in pieces {
                let piece = self.piece(piece)?;
                blocks.spend(PIECE + piece.len())?;
                for entry in piece.chunks_exact(key + 4) {
                    next.push(number(entry, key, 4)? as u32);
                }
                if next.len() > MOST {
                    return Err(damaged());
                }
            }
            pieces = next;
        }
        let mut leaves = Vec::new();
        for piece in pieces {
            let piece = self.piece(piece)?;
            blocks.spend(PIECE + piece.len())?;
            leaves.extend(piece.chunks_exact(key + data));
            if leaves.len() > MOST {
                return Err(damaged());
            }
        }
        Ok((key, leaves))
    }

    /// The properties that this heap holds.
    pub(super) fn properties(&self, blocks: &mut Blocks) -> Result<Properties> {
        let (key, leaves) = self.leaves(blocks, self.root(0xBC)?)?;
        let mut values = HashMap::new();
        for leaf in leaves {
            let tag = number(leaf, 0, 2)? as u16;
            values.insert(tag, (number(leaf, key, 2)? as u16, number(leaf, key + 2, 4)? as u32));
        }
        Ok(Properties { values })
    }

    /// The rows of the table that this heap holds: properties each.
    pub(super) fn rows(&self, blocks: &mut Blocks) -> Result<Vec<Properties>> {
        let head = self.piece(self.root(0x7C)?)?;
        let columns = number(head, 1, 1)? as usize;
        let (bits, width) = (number(head, 6, 2)? as usize, number(head, 8, 2)? as usize);
        if number(head, 0, 1)? != 0x7C || width == 0 {
            return Err(damaged());
        }
        let store = number(head, 14, 4)? as u32;
        let mut rows = Vec::new();
        for piece in if store == 0 { Vec::new() } else { self.value(blocks, store)? } {
            for row in piece.chunks_exact(width) {
                blocks.spend(PIECE * (columns + 1))?;
                let mut values = HashMap::new();
                for column in 0..columns {
                    let at = 22 + column * 8;
                    let (kind, tag) = (number(head, at, 2)? as u16, number(head, at + 2, 2)? as u16);
                    let (place, length, bit) =
                        (number(head, at + 4, 2)? as usize, number(head, at + 6, 1)? as usize, number(head, at + 7, 1)? as usize);
                    let there = number(row, bits + bit / 8, 1)? & (0x80 >> (bit % 8)) != 0;
                    if there && length <= 4 {
                        values.insert(tag, (kind, number(row, place, length)? as u32));
                    }
                }
                rows.push(Properties { values });
            }
            if rows.len() > MOST {
                return Err(damaged());
            }
        }
        Ok(rows)
    }
}

/// Properties by their number: what kind, and the value or where it stands.
pub(super) struct Properties {
    values: HashMap<u16, (u16, u32)>,
}

impl Properties {
    /// The numbers of the properties that are text, in order.
    pub(super) fn texts(&self) -> Vec<u16> {
        let mut tags: Vec<u16> = self.values.iter().filter(|(_, (kind, _))| matches!(kind, 0x1E | 0x1F)).map(|(tag, _)| *tag).collect();
        tags.sort_unstable();
        tags
    }

    /// A short number.
    pub(super) fn small(&self, tag: u16) -> Option<u32> {
        self.values.get(&tag).map(|(_, value)| *value)
    }

    /// The bytes of a property; `None` when it is not there.
    pub(super) fn bytes(&self, blocks: &mut Blocks, heap: &Heap, tag: u16) -> Option<Result<(u16, Vec<u8>)>> {
        let (kind, place) = *self.values.get(&tag)?;
        Some(heap.value(blocks, place).map(|pieces| (kind, pieces.concat())))
    }

    /// A text; empty when it is not there or cannot be read.
    pub(super) fn text(&self, blocks: &mut Blocks, heap: &Heap, tag: u16, page: Option<u32>) -> String {
        match self.bytes(blocks, heap, tag) {
            Some(Ok((0x1F, bytes))) => crate::extract::wide(&bytes),
            Some(Ok((_, bytes))) => crate::extract::narrow(&bytes, page),
            _ => String::new(),
        }
    }

    /// A moment.
    pub(super) fn moment(&self, blocks: &mut Blocks, heap: &Heap, tag: u16) -> Option<u64> {
        let (_, bytes) = self.bytes(blocks, heap, tag)?.ok()?;
        number(&bytes, 0, 8).ok()
    }
}
