//! The ports made real: sources, extraction, press.

pub mod burn;
pub mod extract;
pub mod fuzz;
mod layout;
pub mod letters;
pub mod mail;
pub mod press;
pub mod sources;

pub use layout::listed;
