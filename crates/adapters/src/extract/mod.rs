//! Extraction: bytes of any kind to text with positions, in a confined child process.
//!
//! [`Pool`] keeps child processes and watches them; [`worker::run`] is what they run. The
//! readers for the kinds of document stand in `readers`, one file each.

mod again;
pub(crate) mod charset;
pub(crate) mod child;
pub(crate) mod confine;
mod drawing;
mod inflate;
mod inprocess;
mod lanes;
mod limits;
mod locked;
mod look;
mod markup;
mod pages;
mod passwords;
pub(crate) mod pdf_file;
mod picture_heads;
mod pool;
mod process;
mod readers;
mod sights;
mod sniff;
mod taking;
pub(crate) mod tar;
pub(crate) mod tried;
mod wire;
pub mod worker;
mod writing;

pub(crate) use charset::lenient;
pub(crate) use readers::{LOOK_BACK, MARK, ROW, ROWS, moment, narrow, packed_text, wide};
pub(crate) use sniff::{Format, extension, has_extension, sniff};
pub(crate) use wire::{Hello, receive, send};

pub use inprocess::InProcess;
#[cfg(test)]
pub(crate) use inprocess::taken;
pub use limits::Limits;
pub use passwords::Passwords;
pub use pool::{Pool, confinement};
pub use readers::Sheet;

/// Opens workbooks for what reads their rows one by one.
pub trait Workbooks: Send + Sync {
    /// The sheets of a workbook (XLSX, XLSB, XLS, ODS) in their order: all of them, whole.
    ///
    /// # Errors
    /// Why they are not all there, in plain words without personal data.
    fn sheets(&self, name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, String>;
}

/// Said of a file whose text was read and whose pictures were not.
pub const HOLDS_PICTURES: &str = "holds pictures; they must be looked at by a person";
/// Said of a file that was read as far as it goes.
pub const READ_IN_PART: &str = "is damaged or cut off; what could be read of it was";

/// What can be read, in words, in the order of the list of readers.
pub fn kinds() -> Vec<&'static str> {
    readers::READERS.iter().map(|reader| reader.words).collect()
}

#[cfg(test)]
pub(crate) mod tests;
