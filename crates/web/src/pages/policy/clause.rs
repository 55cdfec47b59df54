//! One clause: its words, what keeps it, the records behind its evidence, its history.

use domain::policy::{Clause, Policy};
use serde::Serialize;

use super::document::{ControlLine, Note, control_lines, note_of, sample_policy};
use super::kept::{Kept, state_tag};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::Tag;

/// One record behind the evidence: a reference, never a name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordLine {
    /// Where it is; empty when the reader may not see it.
    pub(crate) href: String,
    pub(crate) reference: String,
    pub(crate) what: String,
    pub(crate) day: String,
    pub(crate) tag: Tag,
}

/// One duty that keeps the clause.
#[derive(Debug, Clone, Serialize)]
struct DutyLine {
    href: String,
    title: String,
    note: String,
}

/// What the clause said in one version.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Past {
    pub(crate) version: String,
    pub(crate) from: String,
    pub(crate) says: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ClausePage {
    id: String,
    section: String,
    tag: Tag,
    says: String,
    parameters: String,
    controls: Vec<ControlLine>,
    evidence: String,
    alarming: bool,
    notes: Vec<String>,
    views: Vec<Link>,
    hidden: bool,
    records: Vec<RecordLine>,
    next: Option<String>,
    duties: Vec<DutyLine>,
    conflict: Option<Note>,
    history: Vec<Past>,
    before: Option<Link>,
    after: Option<Link>,
}

/// What the records say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    /// How often it was kept.
    pub(crate) kept: Kept,
    /// What else shows it, a sentence each.
    pub(crate) notes: Vec<String>,
    /// Which records are listed: `open` or `done`.
    pub(crate) show: String,
    /// The reader may not see records.
    pub(crate) hidden: bool,
    /// The records.
    pub(crate) records: Vec<RecordLine>,
    /// The address of the next page of records.
    pub(crate) next: Option<String>,
    /// What it said in the versions so far, the newest first.
    pub(crate) history: Vec<Past>,
    /// Where one of its duties is open: duty id and address.
    pub(crate) duties: Vec<(String, String)>,
}

impl ClausePage {
    /// The page of the clause at `at` in the policy.
    pub(crate) fn new(policy: &Policy, clause: &Clause, state: &str, shown: Shown) -> Self {
        let here = super::document::clause_href(&clause.id);
        let at = policy.clauses().iter().position(|other| other.id == clause.id).unwrap_or_default();
        let neighbour = |at: Option<usize>| at.and_then(|at| policy.clauses().get(at)).map(|other| link_to(&other.id));
        let view = |key: &str, text: &str| Link { current: shown.show == key, ..Link::new(format!("{here}?show={key}"), text) };
        Self {
            id: clause.id.clone(),
            section: clause.section.clone(),
            tag: state_tag(state),
            says: clause.says.clone(),
            parameters: clause.parameters.clone(),
            controls: control_lines(clause),
            evidence: shown.kept.line(),
            alarming: shown.kept.alarms(),
            notes: shown.notes,
            views: if shown.hidden { Vec::new() } else { vec![view("open", "Open"), view("done", "Done this year")] },
            hidden: shown.hidden,
            records: shown.records,
            next: shown.next,
            duties: duties(policy, &clause.id, &shown.duties),
            conflict: clause.conflict.as_ref().map(note_of),
            history: shown.history,
            before: neighbour(at.checked_sub(1)),
            after: neighbour(at.checked_add(1)),
        }
    }
}

fn link_to(id: &str) -> Link {
    Link::new(super::document::clause_href(id), id)
}

fn duties(policy: &Policy, clause: &str, open: &[(String, String)]) -> Vec<DutyLine> {
    let line = |duty: &domain::policy::Duty| {
        let role = policy.role(&duty.role).map_or(duty.role.as_str(), |role| role.title.as_str());
        let often = duty.every.map_or_else(String::new, |every| format!(", every {}", every.shown()));
        DutyLine {
            href: open.iter().find(|(id, _)| *id == duty.id).map(|(_, href)| href.clone()).unwrap_or_default(),
            title: duty.title.clone(),
            note: format!("{} by: {role}{often}", duty.kind.title()),
        }
    };
    policy.duties().iter().filter(|duty| duty.clauses.iter().any(|id| id == clause)).map(line).collect()
}

impl Page for ClausePage {
    const TEMPLATE: &'static str = "pages/policy/clause.html";

    fn title(&self) -> String {
        format!("Clause {}", self.id)
    }

    fn samples() -> Vec<Self> {
        let policy = sample_policy();
        let coverage = policy.coverage();
        let page = |id: &str, shown: Shown| {
            let clause = policy.clauses().iter().find(|clause| clause.id == id)?;
            let state = coverage.clauses_list.iter().find(|clause| clause.id == id)?.state;
            Some(Self::new(&policy, clause, state, shown))
        };
        let record = |reference: &str, tag: Tag| RecordLine {
            href: format!("/requests/{reference}"),
            reference: reference.to_owned(),
            what: "Time to reply".to_owned(),
            day: "29 December 2026".to_owned(),
            tag,
        };
        let full = Shown {
            kept: Kept { in_time: 47, late: 1, overdue: 1, open: 3 },
            notes: vec!["Policy version 1.0 is in force.".to_owned()],
            show: "open".to_owned(),
            hidden: false,
            records: vec![record("SAR-2026-0003", Tag::new("Overdue", "red")), record("SAR-2026-0007", Tag::new("Open", "blue"))],
            next: Some("/policy/clauses/TURN-85?show=open&after=x".to_owned()),
            history: vec![
                Past { version: "1.1".into(), from: "1 January 2027".into(), says: "Any request is passed on.".into() },
                Past { version: "1.0".into(), from: "27 September 2019".into(), says: "A request is passed on.".into() },
            ],
            duties: vec![("read-and-sign".to_owned(), "/duties/d1".to_owned())],
        };
        let empty = Shown { show: "done".to_owned(), hidden: true, ..Shown::default() };
        let done = Shown { show: "done".to_owned(), kept: Kept { in_time: 2, ..Kept::default() }, ..full.clone() };
        [page("TURN-03", full.clone()), page("TURN-85", empty), page("TURN-18", done)].into_iter().flatten().collect()
    }
}
