//! Documents made from the pack for people to read: the policy itself, privacy notices, the
//! notice-board sheet. Each is built here as data; pages show it, the press sets it, and
//! [`plain`] writes it as plain text.

mod basis;
mod board;
mod notice;
mod plain;
mod policy;
mod simple;

pub(crate) use basis::plain_bases;
pub use board::board;
pub use notice::{notice, notice_for};
pub use plain::plain;
pub(crate) use plain::{blocks, titled, wrapped};
pub use policy::{Adoption, policy};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{calendar::short_date, letters::Block, policy::Audience};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The title.
    pub title: String,
    /// Whose document it is.
    pub organisation: String,
    /// Version, adoption, next review: terms with their values.
    pub about: Vec<(String, String)>,
    /// The document proper.
    pub blocks: Vec<Block>,
    /// The line at the foot of each page.
    pub foot: String,
    /// Whom it is written for, which decides how large it is set.
    #[serde(default)]
    pub audience: Audience,
}

impl Document {
    /// The document with the day it was printed in its table, so that an old copy is known
    /// for one. Notices and the sheet have it from the start.
    #[must_use]
    pub fn printed_on(mut self, day: Date) -> Self {
        self.about.push(printed(day));
        self
    }
}

/// In which form a document is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Ordinary print.
    #[default]
    Print,
    /// Large print: at least 18 points.
    LargePrint,
}

/// The row of a document's table that says when it was printed.
fn printed(day: Date) -> (String, String) {
    ("Printed on".to_owned(), short_date(day))
}

fn heading(text: impl Into<String>) -> Block {
    Block::Heading(text.into())
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

#[cfg(test)]
mod tests;
