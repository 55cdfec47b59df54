//! The duties of the policy: what is to be done or signed, doing it, and events that set a
//! clock going.

pub(crate) mod duty;
pub(crate) mod event;
pub(crate) mod list;
