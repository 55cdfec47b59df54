//! Use cases, one file a verb. Owns the ports.

pub mod accounts;
mod app;
pub mod complaints;
mod error;
pub mod feed;
pub mod intake;
pub mod letters;
pub mod mail;
pub mod marks;
pub mod policy;
pub mod portal;
pub mod ports;
pub mod postings;
pub mod reminders;
pub mod requests;
pub mod review;
pub mod sar;

pub use app::{App, Settings, day_of_end, end_of_day_us, london_date};
pub use error::Error;
