//! The living policy: the document with its evidence, clause by clause; conflicts and
//! questions; versions and their adoption; reading and signing; notices.

pub(crate) mod adopt;
pub(crate) mod behind;
pub(crate) mod clause;
pub(crate) mod conflicts;
pub(crate) mod document;
mod kept;
pub(crate) mod notices;
pub(crate) mod paper;
pub(crate) mod questions;
pub(crate) mod read;
pub(crate) mod show;
pub(crate) mod sign;
pub(crate) mod versions;

use domain::policy::Policy;

/// A built-in pack for samples.
fn sample_pack(name: &str) -> Policy {
    Policy::builtin(name).unwrap_or_else(|_| unreachable!("a test of the domain loads every built-in pack"))
}
