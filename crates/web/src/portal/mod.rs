//! The public pages: no account, no script, nothing that tells whether a person is known.
//!
//! They have a frame of their own, three voices (plain, for children, easy read), and the
//! same answer whatever the visitor tries. Nothing here reads a session of the staff.

mod case;
pub(crate) mod collect;
mod cookie;
pub(crate) mod follow;
mod frame;
mod page;
pub(crate) mod problem;
pub(crate) mod sent;
pub(crate) mod start;
mod voice;
pub(crate) mod wish;

pub(crate) use frame::{Visitor, own_site};
pub(crate) use page::PortalPage;
pub(crate) use voice::Voice;
