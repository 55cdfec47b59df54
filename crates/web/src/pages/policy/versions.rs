//! The versions of the policy: the list, one version with what can be done to it, and two
//! versions side by side.

use domain::calendar::short_date;
use domain::casework::policy_version::{Change, Comparison, Entry, PolicyVersion, Stage, ValueChange};
use domain::ids::{RecordId, UserId};
use domain::policy::{Conflict, Policy, Problem};
use serde::Serialize;

use super::document::clause_href;
use crate::pages::form_page::Row;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, count};

/// The tag of a version's stage.
pub(crate) fn stage_tag(key: &str) -> Tag {
    let colour = match key {
        "proposed" => "yellow",
        "adopted" => "green",
        "draft" => "blue",
        _ => "grey",
    };
    Tag::new(Stage::title_of(key), colour)
}

/// The page of a version.
pub(crate) fn version_href(id: &impl std::fmt::Display) -> String {
    format!("/policy/versions/{id}")
}

/// One version in the list.
#[derive(Debug, Clone, Serialize)]
struct Line {
    href: String,
    reference: String,
    label: String,
    tag: Tag,
    held: String,
    current: bool,
}

/// The list.
#[derive(Debug, Serialize)]
pub(crate) struct Versions {
    rows: Vec<Line>,
    in_force: String,
    may_propose: bool,
    compare: Option<Link>,
}

impl Versions {
    /// The versions, the newest first. `in_force` says in a sentence what `holds` today.
    pub(crate) fn new(entries: &[Entry], holds: Option<&RecordId>, in_force: String, may_propose: bool) -> Self {
        let line = |entry: &Entry| Line {
            href: version_href(&entry.id),
            reference: entry.reference.clone(),
            label: if entry.label.is_empty() { "without a number".to_owned() } else { entry.label.clone() },
            tag: stage_tag(&entry.stage),
            held: match (entry.effective, entry.until) {
                (Some(from), Some(until)) => format!("{} to before {}", short_date(from), short_date(until)),
                (Some(from), None) => format!("from {}", short_date(from)),
                _ => "–".to_owned(),
            },
            current: holds == Some(&entry.id),
        };
        let last: Vec<_> = entries.iter().take(2).collect();
        let compare = match last.as_slice() {
            [to, from] => Some(Link::new(format!("/policy/compare?from={}&to={}", from.id, to.id), "Compare the last two versions")),
            _ => None,
        };
        Self { rows: entries.iter().map(line).collect(), in_force, may_propose, compare }
    }
}

impl Page for Versions {
    const TEMPLATE: &'static str = "pages/policy/versions.html";

    fn title(&self) -> String {
        "Versions of the policy".to_owned()
    }

    fn samples() -> Vec<Self> {
        let entry = |number: u32, stage: &str, effective, until| Entry {
            id: RecordId::new(format!("v{number}")),
            reference: format!("POL-2026-{number:04}"),
            label: format!("1.{number}"),
            stage: stage.to_owned(),
            effective,
            until,
        };
        let day = |month, day| Some(jiff::civil::date(2026, month, day));
        let entries = vec![
            entry(0, "superseded", day(1, 1), day(9, 1)),
            entry(1, "adopted", day(9, 1), None),
            entry(2, "proposed", day(12, 1), None),
            entry(3, "withdrawn", None, None),
            entry(4, "draft", None, None),
        ];
        let entries: Vec<Entry> = entries.into_iter().rev().collect();
        let full = Self::new(&entries, Some(&RecordId::new("v1")), "Version 1.1 holds since 1 September 2026.".to_owned(), true);
        let none = Self::new(&[], None, "Version 1.0 holds, as the installation was set up.".to_owned(), false);
        vec![full, none]
    }
}

/// Something wrong with a file of the pack.
#[derive(Debug, Clone, Serialize)]
struct Fault {
    number: &'static str,
    place: String,
    what: String,
    remedy: String,
}

/// One version.
#[derive(Debug, Serialize)]
pub(crate) struct VersionPage {
    reference: String,
    label: String,
    tag: Tag,
    note: String,
    rows: Vec<Row>,
    faults: Vec<Fault>,
    files: Vec<Row>,
    actions: Vec<Link>,
    more: Vec<Link>,
    waits: String,
}

/// Who did what, in words the version itself does not hold: names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Who put it forward.
    pub(crate) proposed_by: String,
    /// Who adopted it here.
    pub(crate) adopted_by: String,
}

impl VersionPage {
    /// The page of a version with what is wrong with it, what the reader may do, and where to go on.
    pub(crate) fn new(version: &PolicyVersion, problems: &[Problem], names: &Names, actions: Vec<Link>, more: Vec<Link>) -> Self {
        let waits = match &version.stage {
            Stage::Draft if problems.is_empty() => "It can be put forward now.",
            Stage::Draft => "It cannot be put forward before what is wrong with it is mended.",
            Stage::Proposed { .. } => "It waits for a second person, an approver, to adopt it.",
            _ => "",
        };
        let size = |file: &domain::casework::policy_version::PackFile| {
            Row::new(file.name.as_str(), count(file.text.lines().count() as u64, "line", "lines"))
        };
        Self {
            reference: version.facts.reference.clone(),
            label: version.label.clone(),
            tag: stage_tag(version.stage.key()),
            note: version.note.clone(),
            rows: rows(version, names),
            faults: problems.iter().map(fault).collect(),
            files: version.files.iter().map(size).collect(),
            actions,
            more,
            waits: waits.to_owned(),
        }
    }
}

/// A problem in the words of an error summary: `rights.toml, line 7: ..`.
pub(crate) fn problem_line(problem: &Problem) -> String {
    format!("{}: {} {}", place(problem), problem.what, problem.remedy)
}

fn place(problem: &Problem) -> String {
    if problem.line == 0 { problem.file.clone() } else { format!("{}, line {}", problem.file, problem.line) }
}

fn fault(problem: &Problem) -> Fault {
    Fault { number: problem.number.number(), place: place(problem), what: problem.what.clone(), remedy: problem.remedy.to_owned() }
}

fn rows(version: &PolicyVersion, names: &Names) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(proposal) = version.stage.proposal() {
        rows.push(Row::new("Put forward", by(&names.proposed_by, proposal.on)));
        rows.push(Row::new("Takes effect", short_date(proposal.effective)));
    }
    if let Some(adoption) = version.stage.adoption() {
        rows.push(Row::new("Adopted by", format!("{}, {}", adoption.board, short_date(adoption.on))));
        rows.push(Row::new("Recorded", by(&names.adopted_by, adoption.recorded)));
        rows.push(Row::new("Next review", short_date(adoption.next_review)));
    }
    match &version.stage {
        Stage::Superseded { from, .. } => rows.push(Row::new("Held until before", short_date(*from))),
        Stage::Withdrawn { on, reason } => rows.push(Row::new("Withdrawn", format!("{}: {reason}", short_date(*on)))),
        _ => {}
    }
    rows
}

fn by(name: &str, on: jiff::civil::Date) -> String {
    if name.is_empty() { short_date(on) } else { format!("{name}, {}", short_date(on)) }
}

impl Page for VersionPage {
    const TEMPLATE: &'static str = "pages/policy/version.html";

    fn title(&self) -> String {
        format!("Version {}", self.label)
    }

    fn samples() -> Vec<Self> {
        let broken = vec![("pack.toml".to_owned(), "name = \"x\"\nversion = \"2.0\"\ninherits = \"uk\"\ncolour = \"red\"\n".to_owned())];
        let problems = Policy::problems(&broken);
        let version = sample_version(Stage::Draft, &broken);
        let names = Names { proposed_by: "Sam Reed".into(), adopted_by: "Maya Thornbury".into() };
        let day = |month, day| jiff::civil::date(2026, month, day);
        let proposal = domain::casework::policy_version::Proposal { by: UserId::new("u1"), on: day(11, 20), effective: day(12, 1) };
        let proposed = sample_version(Stage::Proposed { proposal: proposal.clone() }, &broken);
        let adoption = domain::casework::policy_version::Adoption {
            board: "Board of Directors".into(),
            on: day(11, 21),
            signatory: "chair".into(),
            next_review: day(12, 31),
            approved_by: UserId::new("u2"),
            recorded: day(11, 22),
        };
        let adopted = sample_version(Stage::Adopted { proposal, adoption }, &broken);
        let link = |href: &str, text: &str| Link::new(href, text);
        vec![
            Self::new(&version, &problems, &names, vec![link("/policy/versions/v1/withdraw", "Withdraw it")], Vec::new()),
            Self::new(
                &proposed,
                &[],
                &names,
                vec![link("/policy/versions/v1/adopt", "Adopt it")],
                vec![link("/policy/compare", "Compare it with the version in force")],
            ),
            Self::new(&adopted, &[], &names, Vec::new(), Vec::new()),
        ]
    }
}

/// A version for samples.
pub(super) fn sample_version(stage: Stage, files: &[(String, String)]) -> PolicyVersion {
    let facts = domain::record::RecordFacts {
        id: RecordId::new("v1"),
        reference: "POL-2026-0002".to_owned(),
        owner: None,
        assigned: Vec::new(),
        logged_by: UserId::new("u1"),
        hold: false,
    };
    let file = |(name, text): &(String, String)| domain::casework::policy_version::PackFile { name: name.clone(), text: text.clone() };
    PolicyVersion {
        facts,
        label: "2.0".to_owned(),
        files: files.iter().map(file).collect(),
        note: "Replies within 20 days.".to_owned(),
        stage,
    }
}

/// One difference.
#[derive(Debug, Clone, Serialize)]
struct Difference {
    key: String,
    href: String,
    tag: Tag,
    before: String,
    after: String,
}

/// Two versions side by side.
#[derive(Debug, Serialize)]
pub(crate) struct Compare {
    from: String,
    to: String,
    back: Link,
    same: bool,
    clauses: Vec<Difference>,
    values: Vec<Difference>,
    conflicts_new: Vec<String>,
    conflicts_gone: Vec<String>,
    running: Vec<String>,
}

impl Compare {
    /// The differences between two versions, with what they mean for running cases, in sentences.
    pub(crate) fn new((from, to): (&str, &str), comparison: &Comparison, running: Vec<String>, back: Link) -> Self {
        let conflict = |conflict: &Conflict| format!("{}: {}", conflict.clause, conflict.wins);
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            back,
            same: comparison.is_empty(),
            clauses: comparison.clauses.iter().map(|change| difference(change, true)).collect(),
            values: comparison.values.iter().map(|change| difference(change, false)).collect(),
            conflicts_new: comparison.conflicts_new.iter().map(conflict).collect(),
            conflicts_gone: comparison.conflicts_gone.iter().map(conflict).collect(),
            running,
        }
    }
}

fn difference(change: &ValueChange, clause: bool) -> Difference {
    let tag = match change.change {
        Change::Added => Tag::new("New", "green"),
        Change::Removed => Tag::new("Gone", "red"),
        Change::Changed => Tag::new("Changed", "yellow"),
    };
    Difference {
        key: change.key.clone(),
        href: if clause && change.change != Change::Added { clause_href(&change.key) } else { String::new() },
        tag,
        before: change.before.clone(),
        after: change.after.clone(),
    }
}

impl Page for Compare {
    const TEMPLATE: &'static str = "pages/policy/compare.html";

    fn title(&self) -> String {
        "Two versions side by side".to_owned()
    }

    fn samples() -> Vec<Self> {
        let change = |key: &str, change, before: &str, after: &str| ValueChange {
            key: key.to_owned(),
            change,
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let comparison = Comparison {
            clauses: vec![
                change("TURN-85", Change::Changed, "Passed on.", "Passed on immediately."),
                change("TURN-190", Change::Added, "", "A request is acknowledged within 5 days."),
                change("TURN-14", Change::Removed, "Names are kept in capitals.", ""),
            ],
            values: vec![change("rights.reply", Change::Changed, "{ months = 1 }", "{ days = 20 }")],
            conflicts_new: Vec::new(),
            conflicts_gone: super::document::sample_policy().conflicts().iter().take(1).cloned().collect(),
        };
        let back = || Link::new("/policy/versions", "Versions");
        vec![
            Self::new(
                ("1.0", "2.0"),
                &comparison,
                vec!["SAR-2026-0007: due 14 December 2026 instead of 29 December 2026.".to_owned()],
                back(),
            ),
            Self::new(("1.0", "1.0"), &Comparison::default(), Vec::new(), back()),
        ]
    }
}
