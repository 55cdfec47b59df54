//! A duty of the policy as casework: one period of a duty that comes round, or what has to
//! follow one event. It is open until it is done with its evidence or its signature; a duty
//! that comes round then opens its next period.

mod destruction;
mod due;
mod facts;
mod stage;
mod transitions;

pub use destruction::{RetentionEvent, destructions, names_one_of, retention_events};
pub use due::due;
pub use facts::{Begun, Duty, Terms};
pub use stage::{Signatory, Signed, Stage};
pub use transitions::{Completion, Holder, Signing};

#[cfg(test)]
mod tests;
