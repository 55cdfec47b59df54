//! [`Division`]: the three parts of the United Kingdom that have their own bank holidays.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Refusal, RefusalCode};

/// A part of the United Kingdom with its own list of bank holidays. It is the place of
/// the office that handles the request, not of the person who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Division {
    /// England and Wales share one list.
    #[default]
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Division {
    /// Every division, in the order of the published table.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// The stable name, as in the published table.
    pub const fn id(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }

    /// The name for a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "England and Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
        }
    }
}

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Division {
    type Err = Refusal;

    /// Reads the stable name and the usual short forms, whatever the case.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '&').collect();
        match plain.as_str() {
            "englandandwales" | "england&wales" | "e&w" | "ew" | "eng" | "england" | "wales" => Ok(Self::EnglandAndWales),
            "scotland" | "scot" | "sco" => Ok(Self::Scotland),
            "northernireland" | "ni" | "nireland" => Ok(Self::NorthernIreland),
            _ => Err(Refusal::new(RefusalCode::DivisionUnknown, format!("It says `{text}`."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_a_round_trip_and_short_forms_are_read() {
        for division in Division::ALL {
            assert_eq!(division.id().parse::<Division>().unwrap(), division);
            assert_eq!(serde_json::to_string(&division).unwrap(), format!("\"{}\"", division.id()));
        }
        for (text, division) in [
            ("E&W", Division::EnglandAndWales),
            ("England_and_Wales", Division::EnglandAndWales),
            ("Scot", Division::Scotland),
            ("NI", Division::NorthernIreland),
            ("Northern Ireland", Division::NorthernIreland),
        ] {
            assert_eq!(text.parse::<Division>().unwrap(), division, "{text}");
        }
    }

    #[test]
    fn an_unknown_division_is_refused() {
        assert_eq!("narnia".parse::<Division>().unwrap_err().code, RefusalCode::DivisionUnknown);
    }
}
