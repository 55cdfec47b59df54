//! Invented material: people, mailboxes and documents that look like a small organisation's own.
//!
//! Tests, benchmarks and the demonstration need the same thing: a mailbox and shared folder full of
//! believable, entirely invented personal data, the same bytes for the same seed, and a list of
//! what a search for one person must find in it. Nobody in here exists: domains end in `.example`, telephone
//! numbers come from the ranges the United Kingdom's regulator keeps for drama, postcodes have the
//! shape of real ones.

pub mod demo;
pub mod expectation;
pub mod files;
pub mod mime;
pub mod office;
pub mod people;
pub mod phrase;
pub mod planted;
pub mod rng;
pub mod small;
pub mod spoil;
pub mod text;
pub mod when;
pub mod write;

pub use expectation::{Band, Expectation, Person};
pub use planted::{Planted, planted};
pub use text::text;
