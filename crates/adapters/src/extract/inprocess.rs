//! Reading inside this process: for tests, and for what runs inside the child.

use finder::document::Extraction;
use services::ports::{Extractor, Failure};

use super::limits::Limits;
use super::taking::{Item, Taking};

/// Reads one item. Never panics; what cannot be read is listed.
pub(crate) fn extract(limits: &Limits, name: &str, bytes: &[u8]) -> Extraction {
    let mut taking = Taking::new(limits);
    taking.read(Item { name, bytes });
    taking.finish()
}

/// Reads one item, but nothing that it carries: that is listed with `reason`.
pub(crate) fn extract_own(limits: &Limits, name: &str, bytes: &[u8], reason: &'static str) -> Extraction {
    let mut taking = Taking::own_text(limits, reason.into());
    taking.read(Item { name, bytes });
    taking.finish()
}

/// Reads the bytes of one item as text, without looking for structure in them.
pub(crate) fn extract_raw(limits: &Limits, name: &str, bytes: &[u8]) -> Extraction {
    let mut taking = Taking::new(limits);
    super::readers::raw(&mut taking, Item { name, bytes });
    taking.finish()
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
}

/// Shorthand of the tests.
#[cfg(test)]
pub(crate) fn taken(name: &str, bytes: &[u8]) -> Extraction {
    extract(&Limits::default(), name, bytes)
}
