//! From a person to a pack: scan, draft, burn, read back. The command line runs it in
//! one go; the pages run the same steps with a person deciding between them.

mod burn;
mod draft;
mod elsewhere;
mod ledger;
mod locked;
mod manifest;
mod outcome;
mod page_order;
mod pages;
mod plain;
mod policy;
mod report;
mod scan;
mod settle;

pub mod run;

pub use burn::{Burnt, EXEMPTION_OTHERS, PackHead, burn, close_gaps, kind_words, schedule, withhold_everywhere};
pub use draft::{Decision, Draft, DraftItem, DraftRedaction, draft, plain_item};
pub(crate) use elsewhere::own;
pub use ledger::{Edition, Memory};
pub use locked::{is_locked, times_tried};
pub(crate) use locked::{lies_in, tried, was_cut_short};
pub use manifest::manifest;
pub use page_order::Doubt;
pub use pages::{LOCKED, Looked, Pages, PagesSaid, Readers, has_pages, pages_kept, pages_to_look_at};
pub use plain::pack_text;
pub use policy::{activities, introduction, withheld_texts, writer};
pub use report::{Report, ReportItem, ReportRedaction, Summary};
pub use run::{directory, identity, propose};
pub use scan::{Earlier, Keeping, MetItem, Place, Progress, Scan, ScannedDocument, Terms, scan, scan_on};
pub use settle::too_many;
