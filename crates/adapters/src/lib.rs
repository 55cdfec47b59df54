//! The ports made real: sources, extraction, press.

pub mod burn;
pub mod extract;
pub mod mail;
pub mod press;
pub mod sources;
