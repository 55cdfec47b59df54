//! When a record has to go: the retention rules of a policy, evaluated.
//!
//! [`Schedule`] is the compiled form of a policy's `retention.toml`, [`Holding`] the facts of one
//! thing held, [`Schedule::evaluate`] says whether it is due, and [`Schedule::explain`] says why,
//! step by step, with clause and statute. Both run the same code, so they cannot disagree.
//!
//! What beats what, strongest first: a hold; a statutory or contractual minimum and the funder's
//! date; an event that brings destruction forward; the policy's own period. A date of destruction
//! is a latest date: it never moves to a working day.

mod compile;
mod day;
mod evaluate;
mod explain;
mod facts;
mod holding;
mod rule;
mod texts;

pub use day::Day;
pub use evaluate::Minimum;
pub use explain::{Explanation, ExplanationStep};
pub use facts::{FactRef, TRIGGER, parse_flag, parse_number};
pub use holding::{ClassIndex, Facts, Flags, Holding, Outcome, State, is_hold};
pub use rule::Schedule;

#[cfg(test)]
mod tests;
