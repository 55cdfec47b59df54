//! Text in, findings out: identities, matching, personal data, redaction plans. Pure.

pub mod dedupe;
pub mod detect;
pub mod document;
pub mod fold;
pub mod identity;
mod lexicon;
pub mod plan;
