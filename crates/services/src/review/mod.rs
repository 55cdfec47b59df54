//! The review: people decide item by item what is withheld and what goes into the pack.
//! Several may do so at once: each gets the next undecided item that nobody else has open.

mod bulk;
mod change;
mod decide;
mod disclosed;
mod elsewhere;
mod everywhere;
mod groups;
mod item;
mod kept;
mod light;
mod list;
mod notes;
mod pages;
mod queue;
mod quoted;
mod second;
mod thread;
mod undo;

pub use bulk::{Bulk, BulkDone, bulk, bulk_preview};
pub use decide::{Add, Decide, accept_rest, add, decide, include};
pub use disclosed::{DisclosureLog, DisclosureRow, Outcome, WithheldRow, disclosures, disclosures_csv, disclosures_pdf};
pub use everywhere::{Everywhere, everywhere};
pub use finder::detect::Kind;
pub use finder::identity::Band;
pub use groups::{Group, Groups, groups};
pub use item::{Piece, ReviewItem, SecondLook, Shown};
pub use list::{Filter, Listing, ReviewRow, ReviewSummary, Reviewer, Show, reviewers, rows, undecided};
pub use notes::{Note, add_note};
pub use pages::{ItemPages, PagesChange, PagesState, pages, say_of_pages};
pub use queue::{Holder, LEASE, Opened, Progress, next, open, take_over};
pub use second::{ask_second_look, confirm};
pub use undo::undo;

pub(crate) use disclosed::{FILE as DISCLOSURE_LOG, rows as disclosure_rows};
pub(crate) use elsewhere::{load_agreed, withheld_elsewhere};
pub(crate) use item::{StoredDocument, StoredProposal, StoredProposals, json, load_numbered, open_proposals, state_of, to_draft};
pub(crate) use kept::{find as find_kept, put_back as put_kept_back};
pub(crate) use light::insert as insert_items;
pub(crate) use quoted::note_quoted;
pub(crate) use thread::threads;
