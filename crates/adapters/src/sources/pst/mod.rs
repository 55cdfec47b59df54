//! An Outlook data file (.pst, and .ost of the same form): its messages by folder, each written
//! as an Internet message. Read by our own bounded code (MS-PST), block by block, so that the
//! size of the file does not matter (docs/adr/0015).

mod blocks;
mod cipher;
mod heap;
mod letter;

use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};

use domain::{Refusal, RefusalCode};
use services::ports::{Mark, Source, SourceItem, Walker};

use self::blocks::{Blocks, CIRCLES, Node};
use self::heap::Heap;
use super::entry;
use super::{Settings, unreadable};

/// The part of a number that says what kind of thing it names.
const KIND: u32 = 0x1F;
const FOLDER: u32 = 0x02;
const MESSAGE: u32 = 0x04;
/// Folders inside folders at most.
const DEEP: usize = 50;

struct Pst {
    path: PathBuf,
    name: String,
    settings: Settings,
}

pub(super) fn recognise(path: &Path) -> bool {
    let Ok(mut file) = entry::open_file(path) else { return false };
    entry::head(&mut file).is_ok_and(|head| is_pst(head.as_ref()))
}

/// Whether a file is an Outlook data file, by its first bytes.
pub(crate) fn is_pst(head: &[u8]) -> bool {
    head.starts_with(b"!BDN")
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    let file = entry::open_file(path).map_err(|error| unreadable(&error))?;
    if let Err(error) = Blocks::open(file, settings.item as usize) {
        return Err(Refusal::new(RefusalCode::SourceUnreadable, format!("It {}.", reason(&error))));
    }
    let name = path.file_name().map(super::folder::readable).unwrap_or_default();
    Ok(Box::new(Pst { path: path.to_owned(), name, settings }))
}

/// Why it cannot be read, and what helps.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::Unsupported => {
            "is an Outlook file of a form that is not read (an .ost of Outlook 2013 or newer); in Outlook, use File, Open and Export, \
             Import/Export, Export to a file (.pst)"
        }
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => "is an Outlook data file that is damaged or cut off",
        ErrorKind::FileTooLarge => "is larger than is read of one item",
        _ => entry::reason(error),
    }
}

impl Source for Pst {
    fn title(&self) -> String {
        "mailbox (Outlook data file)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        entry::file(&self.path, &self.name, self.settings, visit);
        Ok(())
    }

    fn size(&self) -> Option<u64> {
        std::fs::metadata(&self.path).ok().map(|told| told.len())
    }

    fn count(&self) -> Option<u64> {
        let file = entry::open_file(&self.path).ok()?;
        let mut count = 0;
        Blocks::open(file, self.settings.item as usize).ok()?.nodes(&mut |node| count += u64::from(node.id & KIND == MESSAGE));
        Some(count)
    }
}

/// Hands over all messages by folder; `false` when told to stop.
pub(crate) fn messages(file: impl Read + Seek + 'static, locator: &str, settings: Settings, from: Mark, visit: &mut dyn Walker) -> bool {
    let mut blocks = match Blocks::open(file, settings.item as usize) {
        Ok(blocks) => blocks,
        Err(error) => return from.number > 0 || visit.item(entry::failed(locator, reason(&error)), entry::ONE),
    };
    let (mut folders, mut messages) = (HashMap::new(), Vec::new());
    let lost = blocks.nodes(&mut |node| match node.id & KIND {
        FOLDER => drop(folders.insert(node.id, node)),
        MESSAGE => messages.push(node),
        _ => {}
    });
    let damaged = u64::from(lost > 0);
    if damaged > from.number {
        let reason = "is damaged: part of its list of messages could not be read, and what stands there was not searched";
        if !visit.item(entry::failed(locator, reason), entry::ONE) {
            return false;
        }
    }
    let names: HashMap<u32, String> = folders.values().map(|node| (node.id, name(&mut blocks, *node))).collect();
    let paths: HashMap<u32, String> = folders.keys().map(|id| (*id, path(&names, &folders, *id))).collect();
    let place = |node: &Node| paths.get(&node.parent).cloned().unwrap_or_else(|| "lost".to_owned());
    messages.sort_by_cached_key(|node| (place(node), node.id));
    messages.dedup_by_key(|node| node.id);
    for (number, node) in (damaged + 1..).zip(messages).skip(from.number.saturating_sub(damaged) as usize) {
        let locator = format!("{locator}!{}/{:x}.eml", place(&node), node.id);
        let item = match letter::written(&mut blocks, node, settings.item as usize) {
            Ok((bytes, left_out)) => {
                let truncated_from = (left_out > 0).then(|| bytes.len() as u64 + left_out);
                SourceItem { name: format!("{:x}.eml", node.id), locator, bytes: Ok(bytes), truncated_from }
            }
            Err(error) if error.kind() == ErrorKind::FileTooLarge => entry::failed(&locator, "is larger than is read of one item"),
            Err(error) if error.kind() == CIRCLES => {
                entry::failed(&locator, "leads to itself again and again, and could not be read to its end")
            }
            Err(_) => entry::failed(&locator, entry::DAMAGED),
        };
        if !visit.item(item, Some(Mark { number, at: 0 })) {
            return false;
        }
    }
    true
}

/// What a folder is called; nothing when that cannot be read.
fn name(blocks: &mut Blocks, node: Node) -> String {
    blocks.begin(0);
    let name = Heap::open(blocks, node).and_then(|heap| Ok(heap.properties(blocks)?.text(blocks, &heap, 0x3001, None)));
    name.unwrap_or_default().replace(['/', '!'], "_")
}

/// The names of a folder and of those it is in.
fn path(names: &HashMap<u32, String>, folders: &HashMap<u32, Node>, id: u32) -> String {
    let (mut path, mut next) = (Vec::new(), id);
    // Damaged folders may lie in one another.
    for _ in 0..DEEP {
        let Some(node) = folders.get(&next) else { break };
        path.extend(names.get(&next).map(String::as_str).filter(|name| !name.is_empty()));
        if node.parent == next {
            break;
        }
        next = node.parent;
    }
    path.reverse();
    path.join("/")
}

#[cfg(test)]
pub(super) use tests::sample;

#[cfg(test)]
mod tests;
