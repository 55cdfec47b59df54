//! Who is searched for, and where a text mentions them.

mod address;
mod ages;
mod arabic;
mod birthday;
mod born;
mod builder;
mod check;
mod clue;
mod column;
mod dated;
mod dead;
mod distance;
mod door;
mod doubt;
mod email;
mod grouped;
mod health;
mod hit;
mod inflect;
mod life;
mod lifetime;
mod matcher;
mod misread;
mod months;
mod name;
mod name_match;
mod person_file;
mod phone;
mod premises;
mod prose;
mod rarity;
mod recode;
mod record;
mod reference;
mod script;
mod seen;
mod series;
mod short;
mod sound;
mod spelling;
mod unspaced;
mod variants;
mod when;
mod whose;
mod words;

#[cfg(test)]
mod namesakes;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod ways;

pub use hit::{Band, Hit, band_of, is_namesake, reasons};
pub use matcher::Matcher;
pub use person_file::Identity;
pub use phone::national_digits;

pub(crate) use name::PersonName;
