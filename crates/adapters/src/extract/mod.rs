//! Extraction: bytes of any kind to text with positions, in a confined child process.
//!
//! [`Pool`] keeps child processes and watches them; [`worker::run`] is what they run. The
//! readers for the kinds of document stand in `readers`, one file each.

mod again;
mod charset;
pub(crate) mod child;
mod confine;
mod inprocess;
mod limits;
mod markup;
mod pool;
mod process;
mod readers;
mod sniff;
mod taking;
mod wire;
pub mod worker;
mod writing;

pub(crate) use readers::{moment, narrow, packed_text, wide};
pub(crate) use sniff::{Format, extension, sniff};
pub(crate) use wire::{Hello, receive, send};

pub use inprocess::InProcess;
#[cfg(test)]
pub(crate) use inprocess::taken;
pub use limits::Limits;
pub use pool::{Pool, confinement};

/// What can be read, in words, in the order of the list of readers.
pub fn kinds() -> Vec<&'static str> {
    readers::READERS.iter().map(|reader| reader.words).collect()
}

#[cfg(test)]
mod tests;
