//! Reading inside this process: for tests, and for what runs inside the child.

use finder::document::Extraction;
use services::ports::{Extractor, Failure};

use super::Workbooks;
use super::limits::Limits;
use super::readers::Sheet;
use super::sights::{Fate, Print, Sight, settle};
use super::taking::{Item, Show, Taking};

/// Reads one item. Never panics; what cannot be read is listed.
pub(crate) fn extract(limits: &Limits, name: &str, bytes: &[u8]) -> Extraction {
    let mut taking = Taking::new(limits);
    taking.read(Item { name, bytes });
    settled(taking)
}

/// Reads one item, and hands over apart what in it can only be seen.
pub(crate) fn extract_shown(limits: &Limits, name: &str, bytes: &[u8]) -> (Extraction, Vec<Sight>) {
    let mut taking = Taking::new(limits);
    taking.read(Item { name, bytes });
    taking.finish()
}

/// Draws those pictures of one item that are wanted, as long as `each` says to go on.
pub(crate) fn draw<'l>(limits: &'l Limits, name: &str, bytes: &[u8], wanted: Vec<Print>, each: &'l mut Show<'l>) {
    let mut taking = Taking::drawing(limits, wanted, each);
    taking.read(Item { name, bytes });
}

/// Reads one item, but nothing that it carries: that is listed with `reason`.
pub(crate) fn extract_own(limits: &Limits, name: &str, bytes: &[u8], reason: &'static str) -> Extraction {
    let mut taking = Taking::own_text(limits, reason.into());
    taking.read(Item { name, bytes });
    settled(taking)
}

/// Lists what a message carries, each with its size in bytes and its SHA-256 in place of a reason.
pub(crate) fn list(limits: &Limits, name: &str, bytes: &[u8]) -> Extraction {
    let mut taking = Taking::listing(limits);
    taking.read(Item { name, bytes });
    taking.finish().0
}

/// The bytes of what has this path in an item. `None` when nothing has it.
pub(crate) fn member(limits: &Limits, name: &str, bytes: &[u8], path: &str) -> Option<Vec<u8>> {
    let mut taking = Taking::giving(limits, path);
    taking.read(Item { name, bytes });
    taking.given()
}

/// The sheets of a workbook; the reason when they are not all there.
pub(crate) fn sheets(limits: &Limits, name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut taking = Taking::tabling(limits);
    taking.read(Item { name, bytes });
    taking.sheets()
}

/// Reads the bytes of one item as text, without looking for structure in them.
pub(crate) fn extract_raw(limits: &Limits, name: &str, bytes: &[u8]) -> Extraction {
    let mut taking = Taking::new(limits);
    super::readers::raw(&mut taking, Item { name, bytes });
    settled(taking)
}

/// Ends, and lists what can only be seen as not asked for.
pub(super) fn settled(taking: Taking<'_>) -> Extraction {
    let (mut extraction, sights) = taking.finish();
    settle(&mut extraction, &sights, |_| &Fate::Unasked);
    extraction
}

/// An [`Extractor`] without a child process: no protection against hostile files.
#[derive(Debug, Clone, Default)]
pub struct InProcess {
    /// The limits that can be kept inside one process (not time and memory).
    pub limits: Limits,
}

impl Extractor for InProcess {
    fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
        Ok(extract(&self.limits, name, bytes))
    }

    fn member(&self, name: &str, bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(member(&self.limits, name, bytes, path))
    }
}

impl Workbooks for InProcess {
    fn sheets(&self, name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
        sheets(&self.limits, name, bytes)
    }
}

/// Shorthand of the tests.
#[cfg(test)]
pub(crate) fn taken(name: &str, bytes: &[u8]) -> Extraction {
    extract(&Limits::default(), name, bytes)
}
