//! Reads the hand-written script and makes its items.

use super::{cast, documents, mail};
use crate::phrase::{Block, blocks};
use crate::when::When;

const SCRIPT: &str = include_str!("../../material/greenbank.txt");

/// Where an item goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Maildir,
    Mbox,
    Zip,
    File(String),
    /// Only ever attached to a message.
    Nowhere,
}

/// One mail or document, made.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) place: Place,
    pub(super) when: When,
    pub(super) sender: String,
    pub(super) id: String,
    pub(super) bytes: Vec<u8>,
    pub(super) how: String,
    pub(super) likely: bool,
    pub(super) others: Vec<String>,
    /// Whether the mailbox's second folder has a copy of the same bytes.
    pub(super) copied: bool,
}

/// The script, taken apart.
#[derive(Debug)]
pub(super) struct Script {
    blocks: Vec<Block<'static>>,
}

impl Script {
    pub(super) fn new() -> Self {
        Self { blocks: blocks(SCRIPT) }
    }

    /// The names of all blocks, in order.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.blocks.iter().map(|block| block.name).collect()
    }

    /// The block of this name.
    pub(super) fn block(&self, name: &str) -> Option<&Block<'static>> {
        self.blocks.iter().find(|block| block.name == name)
    }

    /// Makes the mail or document of this name.
    pub(super) fn item(&self, name: &str) -> Option<Item> {
        let block = self.block(name)?;
        let when = When::parse(block.get("date"))?;
        let (place, bytes) = if block.get("from").is_empty() {
            let place = match block.get("file") {
                "" => Place::Nowhere,
                path => Place::File(path.to_owned()),
            };
            (place, documents::bytes(block)?)
        } else {
            match block.get("box") {
                "mbox" => (Place::Mbox, mail::bytes(self, block)?),
                "zip" => (Place::Zip, mail::travelling(self, block)?),
                _ => (Place::Maildir, mail::bytes(self, block)?),
            }
        };
        Some(Item {
            place,
            when,
            sender: cast::resolve(block.get("from")).1,
            id: mail::id(block),
            bytes,
            how: block.get("how").to_owned(),
            likely: block.get("band") == "likely",
            others: self.others(block),
            copied: block.get("how").starts_with("recipient") || block.get("how") == "sender",
        })
    }

    /// What a block says about others, and what of that it repeats from the mail it quotes, passes on or encloses.
    fn others(&self, block: &Block<'static>) -> Vec<String> {
        let mut all: Vec<String> = block.list("others").into_iter().map(str::to_owned).collect();
        let whole = mail::whole_text(self, block);
        for key in ["reply", "forward", "enclose"] {
            if let Some(earlier) = self.block(block.get(key)) {
                let repeated = self.others(earlier).into_iter().filter(|text| whole.contains(text.as_str()));
                let new: Vec<String> = repeated.filter(|text| !all.contains(text)).collect();
                all.extend(new);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_makes_an_item_and_every_reference_exists() {
        let script = Script::new();
        for name in script.names() {
            let block = script.block(name).unwrap();
            assert!(script.item(name).is_some(), "{name}");
            for key in ["reply", "forward", "enclose", "attach"] {
                for target in block.list(key) {
                    assert!(script.block(target).is_some(), "{name}: {target}");
                }
            }
        }
        let mut names = script.names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), script.names().len(), "names are unique");
    }

    #[test]
    fn what_is_said_about_others_stands_in_the_item() {
        let script = Script::new();
        for name in script.names() {
            let block = script.block(name).unwrap();
            let mut text = mail::whole_text(&script, block);
            for attached in block.list("attach") {
                text.push_str(script.block(attached).unwrap().body);
            }
            for other in script.item(name).unwrap().others {
                assert!(text.contains(&other), "{name}: {other} in\n{text}");
            }
        }
    }

    #[test]
    fn answers_are_later_than_what_they_answer() {
        let script = Script::new();
        for name in script.names() {
            let block = script.block(name).unwrap();
            let when = |block: &Block<'_>| When::parse(block.get("date")).unwrap();
            for key in ["reply", "forward", "enclose", "attach"] {
                for earlier in block.list(key).into_iter().filter_map(|target| script.block(target)) {
                    assert!(when(earlier) < when(block), "{name}");
                }
            }
        }
    }
}
