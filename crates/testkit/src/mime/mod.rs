//! Builds mail: headers, bodies in every usual encoding, attachments, messages inside messages.

mod builder;
pub mod charset;
mod encode;
mod header;

pub use builder::{Address, Attachment, Charset, Encoding, MailBuilder};
