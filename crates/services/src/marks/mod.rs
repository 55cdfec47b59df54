//! Marks about people: made by requests, looked at before data is used.

mod check;
mod lift;
mod list;
mod save;

pub use check::{Check, CheckForm, Finding, check};
pub use lift::lift;
pub use list::{MarkRow, MarkView, list, see};
pub use save::KIND;
pub(crate) use save::{holds, lift_settled, make};
