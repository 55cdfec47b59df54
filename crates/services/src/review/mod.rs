//! The review: people decide item by item what is withheld and what goes into the pack.

mod decide;
mod item;
mod list;

pub use decide::{Add, Decide, accept_rest, add, decide, include};
pub use finder::detect::Kind;
pub use item::{Piece, ReviewItem, Shown, item};
pub use list::{Filter, ReviewRow, ReviewSummary, rows, undecided};

pub(crate) use item::{StoredDocument, StoredProposal, StoredProposals, json, load_numbered, open_proposals, state_of, to_draft};
