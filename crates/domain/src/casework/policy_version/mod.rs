//! Versions of the organisation's own policy as casework: drafted, proposed by one person,
//! adopted by another with board, date and signatory, in force from a day, and superseded by
//! the next. What was in force on any day can always be told.

mod compare;
mod edit;
mod facts;
mod register;
mod running;
mod transitions;

pub use compare::{Change, Comparison, ValueChange, compare};
pub use edit::set_value;
pub use facts::{Adoption, PackFile, PolicyVersion, Proposal, Stage};
pub use register::{Entry, Register};
pub use running::{Chosen, Contender, Which, choose};
pub use transitions::{AdoptionForm, check_files};

#[cfg(test)]
mod tests;
