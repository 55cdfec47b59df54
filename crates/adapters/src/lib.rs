//! The ports made real: sources, extraction, press.

pub mod extract;
pub mod press;
pub mod sources;
