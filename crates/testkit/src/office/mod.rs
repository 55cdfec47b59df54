//! The everyday paper of a small organisation: what a search has to read and put aside.

mod documents;
mod noise;
mod staff;

pub use documents::document;
pub use noise::{Conversation, conversation, paragraphs, quoted};
pub use staff::Staff;
