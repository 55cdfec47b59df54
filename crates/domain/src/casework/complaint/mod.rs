//! A complaint as casework: about personal data (DPA 2018 section 164A), about a service
//! (clauses CEN-69 to CEN-94), or about both, from receipt to closure.

mod clock;
mod facts;
mod stage;
mod tasks;
mod transitions;

pub use clock::{Due, cut_off};
pub use facts::{About, Complainant, Complaint, Finding, Intake, Outcome, Progress, Step};
pub use stage::Stage;

/// The stage of a pack that the acknowledgement ends, by its stable name.
pub const ACKNOWLEDGEMENT: &str = "acknowledgement";

#[cfg(test)]
mod tests;
