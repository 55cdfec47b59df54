//! Identifiers. Each is a UUIDv7 in text form, made outside the domain and passed in.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps an identifier made elsewhere.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// One organisation (the controller). Every row and every key belongs to one.
    OrgId);
id!(/// One record: a request, a breach, a user account.
    RecordId);
id!(/// One data subject: the owner of the key that seals their personal data.
    SubjectId);
id!(/// One person who signs in.
    UserId);
id!(/// One stored file (an attachment, a letter, a pack).
    BlobId);
