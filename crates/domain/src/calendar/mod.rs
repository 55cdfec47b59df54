//! Working days, bank holidays by nation, the clock algebra, and explanations.
//!
//! Everything here is a function of its arguments. Dates are civil dates in
//! Europe/London; an instant appears only where the law counts hours.
//!
//! A date never travels alone: [`Deadline`] carries every step of its computation in
//! plain English, the statute or clause each step rests on, and what to watch out for.

mod breach;
mod complaint;
mod compute;
mod dates;
mod deadline;
mod division;
mod general;
mod kind;
mod mail;
mod notice;
mod pause;
mod period;
mod review;
mod rights;
mod rule;
mod same_day;
mod several;
mod standing;
mod table;
mod when;

pub use breach::report_deadline;
pub use complaint::acknowledgement_deadline;
pub use dates::{FIRST_DAY, LAST_DAY, in_range, long_date, parse_date, short_date};
pub use deadline::{Deadline, Step};
pub use division::Division;
pub use kind::Kind;
pub use pause::Pause;
pub use period::{Period, Promise};
pub use rights::{Evidence, Extension, Right, RightsClock};
pub use rule::{Also, Facts, Rule};
pub use table::{Calendar, Holiday};
pub use when::When;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod vectors;
