//! Complaints, about personal data or a service: one file a verb.

mod acts;
mod list;
mod receive;
mod save;
mod see;

pub use acts::{acknowledge, answer, begin_step, close, finish_step, note_progress, reached_in_charge, withdraw};
pub use list::{ComplaintPage, ComplaintRow, list};
pub(crate) use receive::record;
pub use receive::{ComplaintForm, receive};
pub use save::KIND;
pub(crate) use save::current;
pub use see::{ComplaintView, open_document, see};
