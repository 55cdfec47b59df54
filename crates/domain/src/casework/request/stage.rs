//! Where a request stands. The data of a stage lives in the stage.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::RefusalGround;
use crate::personal::Personal;

/// The stages of a request, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Received; nothing searched yet.
    Open,
    /// The search is running.
    Searching,
    /// People decide item by item.
    Review,
    /// Everything is decided; waits for sign-off.
    Prepared,
    /// Signed off; waits for the reply to go out.
    Approved,
    /// The reply went out.
    Replied {
        /// The day it was sent.
        on: Date,
    },
    /// Refused with reasons.
    Refused {
        /// The day the notice was sent.
        on: Date,
        /// Why.
        ground: RefusalGround,
        /// The reasons told.
        reasons: Personal<String>,
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
        /// How it ended: `replied`, `refused` or `withdrawn`.
        outcome: String,
    },
}

impl Stage {
    /// The key in lists and filters.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Searching => "searching",
            Self::Review => "review",
            Self::Prepared => "prepared",
            Self::Approved => "approved",
            Self::Replied { .. } => "replied",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Closed { .. } => "closed",
        }
    }

    /// The tag on pages.
    pub fn title_of(key: &str) -> &'static str {
        match key {
            "open" => "Open",
            "searching" => "Searching",
            "review" => "In review",
            "prepared" => "Waiting for approval",
            "approved" => "Approved",
            "replied" => "Replied",
            "refused" => "Refused",
            "withdrawn" => "Withdrawn",
            "closed" => "Closed",
            "erased" => "Erased",
            _ => "Unknown",
        }
    }

    /// Every key, in order, for filters.
    pub const KEYS: &'static [&'static str] =
        &["open", "searching", "review", "prepared", "approved", "replied", "refused", "withdrawn", "closed"];

    /// True while the clock still runs against the organisation.
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Open | Self::Searching | Self::Review | Self::Prepared | Self::Approved)
    }
}
