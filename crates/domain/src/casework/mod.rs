//! Casework: records with a life of their own. Each is a set of facts and a stage;
//! transitions consume the record and return the next one, or a [`crate::Refusal`].

pub mod intake;
pub mod request;
