//! The rules and types of Probity. Pure: no clock, no randomness, no files, no
//! network. `now`, ids and the calendar come in as parameters.
//!
//! The modules read like the table of contents of a data protection policy.

pub mod alerts;
pub mod calendar;
pub mod casework;
pub mod documents;
pub mod exemptions;
pub mod ics;
pub mod ids;
pub mod law;
pub mod letters;
pub mod people;
pub mod personal;
pub mod policy;
pub mod record;
mod refusal;
pub mod reminders;
pub mod retention;
pub mod rights;

pub use personal::Personal;
pub use refusal::{Refusal, RefusalCode};
