//! [`Personal`]: a value that belongs to a data subject.
//!
//! At rest the store seals each such value under its subject's key. When that key has
//! been destroyed the value reads as [`Personal::Erased`], everywhere and for good.
//! The JSON form, which the store recognises in any record body, is
//! `{"$personal": "<subject>", "value": ...}`, or `{"$personal": "<subject>", "erased": true}`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use crate::ids::SubjectId;

/// A value about a data subject: known, or erased with the subject's key.
#[derive(Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// The key exists and the value could be read.
    Known {
        /// Whose data it is.
        subject: SubjectId,
        /// The value in clear.
        value: T,
    },
    /// The subject's key was destroyed; nobody can read the value again.
    Erased {
        /// Whose data it was.
        subject: SubjectId,
    },
}

impl<T> Personal<T> {
    /// A known value of `subject`.
    pub fn known(subject: &SubjectId, value: T) -> Self {
        Self::Known { subject: subject.clone(), value }
    }

    /// The value, or `None` when it was erased.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Erased { .. } => None,
        }
    }

    /// Whose data it is.
    pub fn subject(&self) -> &SubjectId {
        match self {
            Self::Known { subject, .. } | Self::Erased { subject } => subject,
        }
    }
}

impl<T: fmt::Display> Personal<T> {
    /// The value for a page or a letter; an erased value says that it is erased.
    pub fn shown(&self) -> String {
        self.get().map_or_else(|| "[erased]".to_owned(), ToString::to_string)
    }
}

/// Never prints the value: `Debug` output ends up in logs and test failures.
impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { .. } => f.write_str("Personal(sealed)"),
            Self::Erased { .. } => f.write_str("Personal(erased)"),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Wire<T> {
    #[serde(rename = "$personal")]
    subject: SubjectId,
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    value: Option<T>,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    erased: bool,
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { subject: self.subject().clone(), value: self.get(), erased: self.get().is_none() }.serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::<T>::deserialize(deserializer)?;
        match (wire.value, wire.erased) {
            (Some(value), false) => Ok(Self::Known { subject: wire.subject, value }),
            (None, true) => Ok(Self::Erased { subject: wire.subject }),
            _ => Err(serde::de::Error::custom("a personal value is either known or erased")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_survives_json_and_never_shows_in_debug() {
        let subject = SubjectId::new("s1");
        let name = Personal::known(&subject, "Amelia Hart".to_owned());
        let json = serde_json::to_string(&name).unwrap();
        assert_eq!(json, r#"{"$personal":"s1","value":"Amelia Hart"}"#);
        assert_eq!(serde_json::from_str::<Personal<String>>(&json).unwrap(), name);
        assert!(!format!("{name:?}").contains("Amelia"));
    }

    #[test]
    fn an_erased_value_reads_as_erased() {
        let erased: Personal<String> = serde_json::from_str(r#"{"$personal":"s1","erased":true}"#).unwrap();
        assert_eq!(erased.get(), None);
        assert_eq!(erased.shown(), "[erased]");
    }

    #[test]
    fn neither_known_nor_erased_is_refused() {
        assert!(serde_json::from_str::<Personal<String>>(r#"{"$personal":"s1"}"#).is_err());
    }
}
