//! The rights other than access: what was decided, what follows, the answer.

mod actions;
mod answer;
mod change;
mod decide;

pub use actions::{ActionForm, action_done, action_open};
pub use answer::answer;
pub(super) use answer::letter;
pub(crate) use change::on_receipt;
pub use decide::{ErasureChoice, correct, elsewhere, erase, export, give, hold_classes, restrict, review_decision, stop, weigh};
