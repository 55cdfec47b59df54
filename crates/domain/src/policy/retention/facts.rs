//! The facts a retention rule can depend on.

use serde::{Deserialize, Serialize};

/// What sort of fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// The day of an event.
    Day,
    /// A number.
    Number,
    /// A yes or no.
    Flag,
}

/// A fact every pack can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFact {
    /// The name in a pack; in a table of holdings with `_` for `-`.
    pub id: &'static str,
    /// What sort it is.
    pub kind: FactKind,
    /// What it is, to follow "the".
    pub title: &'static str,
    /// The event need never happen, so that nothing is missing while it has not.
    pub awaited: bool,
}

const fn day(id: &'static str, title: &'static str) -> KnownFact {
    KnownFact { id, kind: FactKind::Day, title, awaited: false }
}

const fn awaited(id: &'static str, title: &'static str) -> KnownFact {
    KnownFact { id, kind: FactKind::Day, title, awaited: true }
}

const fn flag(id: &'static str, title: &'static str) -> KnownFact {
    KnownFact { id, kind: FactKind::Flag, title, awaited: false }
}

/// The events, numbers and flags every pack can use without declaring them.
pub const KNOWN_FACTS: &[KnownFact] = &[
    day("recorded", "day it was made or received"),
    day("file-closure", "day the file was closed"),
    day("case-closure", "day the case was closed"),
    day("agreement-end", "end of the agreement"),
    day("employment-end", "end of the employment"),
    day("volunteering-end", "end of the volunteering"),
    day("participation-end", "end of the participation"),
    day("project-end", "end of the project"),
    day("event", "day of the event"),
    day("attendance", "last day attended"),
    day("inspection", "awarding body's inspection"),
    day("training-delivered", "last training delivered"),
    day("last-contact", "last contact with the organisation"),
    day("last-entry", "last entry"),
    day("interview", "day of the interviews"),
    day("decision", "day of the decision"),
    day("redundancy-date", "day of the redundancy"),
    day("date-given", "day it was given"),
    day("check-done", "day the check was done"),
    day("analysis-done", "day the analysis was finished"),
    day("tax-year-end", "end of the tax year"),
    day("pay-reference-period-end", "end of the pay reference period that follows"),
    day("accounting-period-end", "end of the accounting period"),
    day("period-end", "end of the retention period of what is stored"),
    day("backup-made", "day the backup was made"),
    day("found", "day it was found"),
    day("disposal", "day the equipment was taken out of use"),
    day("care-end", "end of the care"),
    day("complaint-closed", "day the complaint was closed"),
    day("request-closed", "day the request was closed"),
    day("breach-closed", "day the breach was closed"),
    day("membership-end", "end of the membership"),
    day("tenancy-end", "end of the tenancy"),
    day("course-end", "end of the course"),
    day("expiry", "day it expires"),
    awaited("request", "person's request"),
    awaited("consent-withdrawn", "withdrawal of the consent"),
    day("born", "day of birth"),
    day("funder-until", "last day the funder asks for"),
    KnownFact { id: "redundancies", kind: FactKind::Number, title: "number of people made redundant together", awaited: false },
    flag("leaving-linked-to-health", "answer whether leaving was linked to health"),
    flag("disputed", "answer whether the data is disputed"),
    flag("ongoing", "answer whether the relationship goes on"),
    flag("child", "answer whether the person was a child"),
];

/// Written for a trigger that the policy does not state.
pub(crate) const NOT_STATED: &str = "not-stated";

/// The kind of a fact of the pack.
pub(crate) fn kind_of(retention: &super::Retention, id: &str) -> Option<FactKind> {
    let own = retention.fact.iter().find(|fact| fact.id == id).map(|fact| fact.kind);
    own.or_else(|| KNOWN_FACTS.iter().find(|fact| fact.id == id).map(|fact| fact.kind))
}

/// What a fact is, to follow "the".
pub(crate) fn title_of<'a>(retention: &'a super::Retention, id: &'a str) -> &'a str {
    let own = retention.fact.iter().find(|fact| fact.id == id && !fact.title.is_empty()).map(|fact| fact.title.as_str());
    own.or_else(|| KNOWN_FACTS.iter().find(|fact| fact.id == id).map(|fact| fact.title)).unwrap_or(id)
}

/// Whether the event of a fact need never happen.
pub(crate) fn is_awaited(id: &str) -> bool {
    KNOWN_FACTS.iter().any(|fact| fact.id == id && fact.awaited)
}
