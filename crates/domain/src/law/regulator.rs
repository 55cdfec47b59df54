//! The regulator as a record: its name is a setting, never part of a template.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// The supervisory authority and how to reach it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Regulator {
    /// The name for a letter.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// Where its website is.
    pub website: String,
    /// Its helpline.
    pub helpline: String,
    /// Its postal address, line by line.
    pub address: Vec<String>,
}

/// The first day the Information Commission existed (DUAA 2025 sections 117-119).
pub const COMMISSION_FROM: Date = date(2026, 9, 30);

/// The regulator's default name on a day, for a letter written then.
pub fn regulator_on(day: Date) -> &'static str {
    if day < COMMISSION_FROM { "the Information Commissioner (known as the ICO)" } else { "the Information Commission (known as the ICO)" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commission_succeeded_the_commissioner() {
        assert_eq!(regulator_on(date(2026, 9, 29)), "the Information Commissioner (known as the ICO)");
        assert_eq!(regulator_on(date(2026, 9, 30)), "the Information Commission (known as the ICO)");
    }
}
