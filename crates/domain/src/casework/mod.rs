//! Casework: records with a life of their own. Each is a set of facts and a stage;
//! transitions consume the record and return the next one, or a [`crate::Refusal`].

mod clock_state;
pub mod complaint;
pub mod duty;
pub mod intake;
pub mod mark;
pub mod message;
pub mod policy_version;
pub mod posting;
pub mod reading;
pub mod request;
pub mod search_task;

pub use clock_state::ClockState;
