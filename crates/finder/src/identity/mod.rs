//! Who is searched for, and where a text mentions them.

mod address;
mod born;
mod builder;
mod distance;
mod email;
mod hit;
mod matcher;
mod name;
mod name_match;
mod person_file;
mod phone;
mod words;

#[cfg(test)]
mod tests;

pub use hit::{Band, Hit, band_of, reasons};
pub use matcher::Matcher;
pub use person_file::Identity;
pub use phone::national_digits;

pub(crate) use name::PersonName;
