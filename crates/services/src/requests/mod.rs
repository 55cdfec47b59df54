//! Rights requests: one file a verb.

mod approve;
mod capacity;
mod charge;
mod clarify;
mod close;
mod document;
mod extend;
mod identity;
mod letter;
mod list;
mod receive;
mod refuse;
mod reply;
mod save;
mod search;
mod see;
mod withdraw;

pub use approve::{approve, prepare, reopen};
pub use capacity::{CapacityForm, judge_capacity};
pub use charge::charge;
pub use clarify::{clarified, clarify};
pub use close::close;
pub use document::{Document, open_document};
pub use extend::{extend, preview_extension};
pub use identity::{ask_authority, ask_identity, authority_received, identity_not_relied_on, identity_received};
pub use letter::acknowledge;
pub use list::{ListQuery, ListRow, Page, Today, list, today};
pub use receive::{OnBehalf, ReceiveForm, from_mail, receive, receive_many};
pub use refuse::refuse;
pub use reply::{preview_reply, reply};
pub use save::KIND;
pub(crate) use save::load as load_for_review;
pub use search::{SearchProgress, progress, start_search, work_once};
pub use see::{Event, View, see};
pub use store::Keyset;
pub use withdraw::withdraw;
