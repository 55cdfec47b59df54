//! Where a complaint stands.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stages of a complaint, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Received; not acknowledged yet.
    Received,
    /// Acknowledged; being looked into.
    Acknowledged,
    /// The person was told the outcome.
    Answered {
        /// The day they were told.
        on: Date,
    },
    /// Taken back by the person.
    Withdrawn {
        /// The day they did.
        on: Date,
    },
    /// Finished.
    Closed {
        /// The day it was closed.
        on: Date,
        /// How it ended: `answered` or `withdrawn`.
        outcome: String,
    },
}

impl Stage {
    /// Every key, in order, for filters.
    pub const KEYS: &'static [&'static str] = &["received", "acknowledged", "answered", "withdrawn", "closed"];
    /// The keys of complaints that are still owed an outcome.
    pub const LIVE: &'static [&'static str] = &["received", "acknowledged"];

    /// The key in lists and filters.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Acknowledged => "acknowledged",
            Self::Answered { .. } => "answered",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Closed { .. } => "closed",
        }
    }

    /// The tag on pages.
    pub fn title_of(key: &str) -> &'static str {
        match key {
            "received" => "Received",
            "acknowledged" => "Being looked into",
            "answered" => "Answered",
            "withdrawn" => "Withdrawn",
            "closed" => "Closed",
            "erased" => "Erased",
            _ => "Unknown",
        }
    }

    /// True while the person is still owed an outcome.
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Received | Self::Acknowledged)
    }
}
