//! The inbox: messages that arrived, and settling them.

pub(crate) mod list;
pub(crate) mod message;
pub(crate) mod settle;
