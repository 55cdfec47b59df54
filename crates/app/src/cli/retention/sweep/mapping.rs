//! A saved mapping: which column holds which fact.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};

use super::super::super::outcome::Ending;

/// A column mapping as a file (TOML).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Mapping {
    /// What separates the columns, when it is not to be found out: one character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) delimiter: Option<char>,
    /// How days are written.
    pub(super) dates: Dates,
    /// The class of every row, for a table without such a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<String>,
    /// The column's name, and the fact it holds; an empty text leaves the column out.
    pub(super) columns: BTreeMap<String, String>,
    /// What the table calls a class, and the class it is.
    pub(super) classes: BTreeMap<String, String>,
}

/// How days are written in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dates {
    /// `YYYY-MM-DD`.
    #[default]
    Iso,
    /// `DD/MM/YYYY`; `YYYY-MM-DD` as well.
    DayFirst,
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// `RET-004` with what is wrong in it.
    pub(super) fn read(path: &Path) -> Result<Self, Refusal> {
        let refuse = |what: String| Refusal::new(RefusalCode::MappingInvalid, what);
        let text = std::fs::read_to_string(path).map_err(|_| refuse(format!("`{}` cannot be read.", path.display())))?;
        Self::parse(&text)
    }

    /// Reads the text of a mapping.
    ///
    /// # Errors
    /// As [`Mapping::read`].
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse = |what: String| Refusal::new(RefusalCode::MappingInvalid, what);
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
            refuse(format!("Line {line}: {}.", error.message()))
        })?;
        match mapping.delimiter {
            Some(other) if !other.is_ascii() || matches!(other, '"' | '\n' | '\r') => {
                Err(refuse("`delimiter` is one character such as `,` or `;`.".to_owned()))
            }
            _ => Ok(mapping),
        }
    }

    /// What separates the columns, if it says so.
    pub(super) fn delimiter(&self) -> Option<u8> {
        self.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok())
    }

    /// Saves it. An existing file may have been edited by hand and is left alone.
    ///
    /// # Errors
    /// `RET-004` when the file exists.
    pub(super) fn save(&self, path: &Path) -> Result<(), Ending> {
        let text = toml::to_string(self).map_err(|error| anyhow::anyhow!("writing the mapping: {error}"))?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Ending::Refused(Refusal::new(
                RefusalCode::MappingInvalid,
                format!("`{}` is there already and is not overwritten. Name another file.", path.display()),
            )),
            _ => error.into(),
        })?;
        file.write_all(text.as_bytes())?;
        Ok(())
    }
}
