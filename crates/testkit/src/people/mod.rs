//! Invented people and everything an office writes down about them.

mod cast;
mod identifiers;
mod invented;
mod names;
mod places;

pub use cast::Cast;
pub use identifiers::{card, driving_licence, iban, national_insurance, nhs_number, passport, sort_code_and_account, vehicle};
pub use invented::Invented;
