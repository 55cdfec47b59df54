//! The living policy: versions and their adoption, the duties it asks for, reading and
//! signing, the evidence that each clause is kept, and alerts. One file a verb.

mod adopt;
mod alerts;
mod answer;
mod compare;
mod daily;
mod draft;
mod duties;
mod duty_done;
mod event_log;
mod evidence;
mod live;
mod propose;
mod reading;
mod save;
mod sync;
mod versions;
mod withdraw;

pub use adopt::adopt;
pub use alerts::{AlertRow, alerts_for, give_alerts};
pub use answer::{answer, questions};
pub use compare::{CompareView, RunningRow, compare};
pub use daily::daily;
pub use draft::{draft, draft_edit};
pub use duties::{DutyRow, DutyView, duties, duty_see};
pub use duty_done::{DoneForm, SignForm, duty_done};
pub use event_log::{event_log, event_trigger, events_offered, retention_event_log, retention_events_offered};
pub use evidence::{BehindRow, ClauseEvidence, EvidenceLine, Figures, PolicyEvidence, Source, Which, behind, evidence, evidence_of};
pub use live::{InForce, Policies};
pub use propose::{propose, reopen};
pub use reading::{Reader, Readings, reading_answer, reading_open, reading_sign, readings};
pub use sync::{Synced, sync_duties};
pub use versions::{VersionView, in_force, version, versions};
pub use withdraw::withdraw;

pub(crate) use alerts::holds_clock;
pub(crate) use save::clock_row;
