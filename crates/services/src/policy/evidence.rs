//! The evidence that each clause is kept: a handful of queries over derived rows, whatever
//! the number of records.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::casework::ClockState;
use domain::casework::duty::Terms;
use domain::casework::reading::Reading;
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::policy::{Clause, Evidence, Policy, control};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::{LogCount, ReadTx};

use super::live::InForce;
use crate::app::{App, end_of_day_us};
use crate::error::Error;

/// The clocks of requests are called like this and the right.
const REQUESTS: &str = "reply:";
/// Rows on one page of what is behind a figure.
const PAGE: u64 = 50;

/// Where a line of evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Clocks of requests, duties and events.
    Clocks,
    /// Entries of the log.
    Log,
    /// Who has read and signed the version in force.
    Readings,
    /// The register of versions.
    Versions,
    /// The pack itself was checked when it was adopted.
    Pack,
    /// There is nothing to show: a definition, or not built yet.
    Nothing,
}

/// The evidence of one control of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    /// The control.
    pub control: String,
    /// Its title.
    pub title: String,
    /// Where the evidence comes from.
    pub source: Source,
    /// The figures.
    pub figures: Figures,
    /// Entries of the log this year; 0 for other sources.
    pub logged: u64,
    /// The clocks behind it, for [`behind`].
    pub clocks: Vec<String>,
}

/// How often something was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Done in time this year.
    pub kept: u64,
    /// Done too late this year.
    pub late: u64,
    /// Not done although its day has passed.
    pub overdue: u64,
    /// Still running in time, or waiting for somebody outside.
    pub open: u64,
    /// The day it was last done.
    pub last_on: Option<Date>,
}

impl Figures {
    /// How often it was due so far: kept, late and overdue.
    pub const fn due(&self) -> u64 {
        self.kept + self.late + self.overdue
    }

    fn add(&mut self, other: &Self) {
        self.kept += other.kept;
        self.late += other.late;
        self.overdue += other.overdue;
        self.open += other.open;
        self.last_on = self.last_on.max(other.last_on);
    }
}

/// The evidence of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseEvidence {
    /// The clause.
    pub clause: String,
    /// The figures of all its controls; clocks that two of them share count once.
    pub figures: Figures,
    /// One line a control.
    pub lines: Vec<EvidenceLine>,
}

/// The evidence of the whole policy.
#[derive(Debug, Clone)]
pub struct PolicyEvidence {
    /// The policy in force.
    pub in_force: Arc<InForce>,
    /// The first day that counts as this year.
    pub since: Date,
    /// Today in London.
    pub today: Date,
    /// One entry a clause, in the order of the policy.
    pub clauses: Vec<ClauseEvidence>,
}

/// The evidence of every clause of the policy in force.
pub fn evidence(app: &App, actor: &Actor) -> Result<PolicyEvidence, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    gather(app, |_| true)
}

/// The evidence of one clause.
///
/// # Errors
/// Not found when the policy in force has no such clause.
pub fn evidence_of(app: &App, actor: &Actor, clause: &str) -> Result<ClauseEvidence, Error> {
    require(actor, Verb::PolicySee, Relation::None)?;
    gather(app, |known| known.id == clause)?.clauses.pop().ok_or(Error::NotFound)
}

fn gather(app: &App, wanted: impl Fn(&Clause) -> bool) -> Result<PolicyEvidence, Error> {
    let today = app.today();
    app.store.read(|tx| {
        let in_force = app.policies.on(tx, today)?;
        let facts = Facts::read(app, tx, &in_force, today)?;
        let clauses = in_force.policy.clauses().iter().filter(|clause| wanted(clause)).map(|clause| facts.clause(clause)).collect();
        Ok(PolicyEvidence { clauses, since: facts.since, today, in_force })
    })
}

/// What all clauses are judged by.
struct Facts {
    since: Date,
    /// Figures by the name of the clock.
    clocks: BTreeMap<String, Figures>,
    log: Vec<LogCount>,
    readings: (String, Figures),
    versions: Figures,
    policy: Arc<Policy>,
}

impl Facts {
    fn read(app: &App, tx: &mut ReadTx<'_>, in_force: &InForce, today: Date) -> Result<Self, Error> {
        let since = date(today.year(), 1, 1);
        let tomorrow = today.saturating_add(1.days());
        let mut clocks: BTreeMap<String, Figures> = BTreeMap::new();
        for word in ["kept", "late"] {
            let (from, below) = ClockState::keys(word, since, tomorrow);
            for tally in tx.tally_list(&from, &below)? {
                let figures = clocks.entry(tally.name).or_default();
                if word == "kept" {
                    figures.kept += tally.n;
                } else {
                    figures.late += tally.n;
                }
                figures.last_on = figures.last_on.max(day_in(&tally.last));
            }
        }
        for word in ["running", "paused"] {
            let (from, below) = ClockState::all_keys(word);
            for tally in tx.tally_list(&from, &below)? {
                clocks.entry(tally.name).or_default().open += tally.n;
            }
        }
        let passed = tx.tally_list("running/", &format!("running/{today}"))?.into_iter().map(|tally| (tally.name, tally.n));
        // Clocks that count hours run out in the middle of a day: those of today that have.
        let midnight = end_of_day_us(today.saturating_sub(1.days()));
        let hours = tx.clocks_due_between(midnight.saturating_add(1), app.now_us())?;
        for (name, n) in passed.chain(hours) {
            let figures = clocks.entry(name).or_default();
            figures.overdue += n;
            figures.open = figures.open.saturating_sub(n);
        }
        let log = tx.log_counts(days_since_1970(since), days_since_1970(tomorrow) + 1)?;
        let readings = readings(tx, in_force, (since, tomorrow), &clocks)?;
        let versions = versions(app, tx, in_force)?;
        Ok(Self { since, clocks, log, readings, versions, policy: Arc::clone(&in_force.policy) })
    }

    fn clause(&self, clause: &Clause) -> ClauseEvidence {
        let lines: Vec<EvidenceLine> = clause.controls.iter().map(|id| self.line(clause, id)).collect();
        let mut figures = Figures::default();
        let mut counted: Vec<&String> = Vec::new();
        for line in &lines {
            if line.source == Source::Clocks {
                for name in &line.clocks {
                    if !counted.contains(&name) {
                        counted.push(name);
                        figures.add(&self.clocks.get(name).copied().unwrap_or_default());
                    }
                }
            } else {
                figures.add(&line.figures);
            }
        }
        ClauseEvidence { clause: clause.id.clone(), figures, lines }
    }

    fn line(&self, clause: &Clause, id: &str) -> EvidenceLine {
        let control = control(id);
        let mut line = EvidenceLine {
            control: id.to_owned(),
            title: control.map_or_else(String::new, |control| control.title.to_owned()),
            source: Source::Nothing,
            figures: Figures::default(),
            logged: 0,
            clocks: Vec::new(),
        };
        match control.map_or(Evidence::None, |control| control.evidence) {
            Evidence::None => {}
            Evidence::Pack => line.source = Source::Pack,
            Evidence::Requests => self.of_clocks(&mut line, self.names(&[REQUESTS])),
            Evidence::Clocks(prefixes) => self.of_clocks(&mut line, self.names(prefixes)),
            Evidence::Duties => {
                let named = self.policy.duties().iter().filter(|duty| duty.clauses.contains(&clause.id));
                self.of_clocks(&mut line, named.map(|duty| Terms::clock_name_of(&duty.id)).collect());
            }
            Evidence::Log(word) => {
                line.source = Source::Log;
                for count in self.log.iter().filter(|count| logged_as(word, count)) {
                    line.logged += count.n;
                    line.figures.last_on = line.figures.last_on.max(day_of(count.last_day));
                }
            }
            Evidence::Versions => (line.source, line.figures) = (Source::Versions, self.versions),
            Evidence::Readings => {
                (line.source, line.figures) = (Source::Readings, self.readings.1);
                line.clocks = vec![self.readings.0.clone()];
            }
        }
        line
    }

    /// The clocks that begin like this, and the duties whose clock of the pack does.
    fn names(&self, prefixes: &[&str]) -> Vec<String> {
        let begins = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix));
        let mut names: Vec<String> = self.clocks.keys().filter(|name| begins(name)).cloned().collect();
        names.extend(self.policy.duties().iter().filter(|duty| begins(&duty.clock)).map(|duty| Terms::clock_name_of(&duty.id)));
        names
    }

    fn of_clocks(&self, line: &mut EvidenceLine, names: Vec<String>) {
        line.source = Source::Clocks;
        for name in &names {
            line.figures.add(&self.clocks.get(name).copied().unwrap_or_default());
        }
        line.clocks = names;
    }
}

/// Who has signed the version in force, since it took effect.
fn readings(
    tx: &mut ReadTx<'_>,
    in_force: &InForce,
    (since, tomorrow): (Date, Date),
    clocks: &BTreeMap<String, Figures>,
) -> Result<(String, Figures), Error> {
    let name = Reading::clock_name(&in_force.key());
    let mut figures = clocks.get(&name).copied().unwrap_or_default();
    let from = in_force.effective.unwrap_or(since);
    if from < since {
        for word in ["kept", "late"] {
            let (low, high) = ClockState::keys(word, from, tomorrow);
            let all = tx.tally_list(&low, &high)?.into_iter().find(|tally| tally.name == name);
            let n = all.as_ref().map_or(0, |tally| tally.n);
            if word == "kept" {
                figures.kept = n;
            } else {
                figures.late = n;
            }
            figures.last_on = figures.last_on.max(all.and_then(|tally| day_in(&tally.last)));
        }
    }
    let active: u64 = tx.user_states()?.iter().filter(|(state, _)| state == "active").map(|(_, n)| n).sum();
    figures.open = active.saturating_sub(figures.due());
    Ok((name, figures))
}

/// The versions adopted here.
fn versions(app: &App, tx: &mut ReadTx<'_>, in_force: &InForce) -> Result<Figures, Error> {
    let register = app.policies.register(tx)?;
    Ok(Figures { kept: register.effective_days().count() as u64, last_on: in_force.adopted_on(), ..Figures::default() })
}

/// Whether a log entry is of a kind or of one of the verbs that a control names by this word.
fn logged_as(word: &str, count: &LogCount) -> bool {
    let verbs: &[&str] = match word {
        "approved" => &["approve"],
        "capacity" => &["judge-capacity"],
        "clarified" => &["clarify", "clarified"],
        "extended" => &["extend"],
        "identity" => &["ask-identity", "identity-received", "identity-not-relied-on", "ask-authority", "authority-received"],
        "letter" => &["acknowledge", "ask-identity", "clarify", "extend", "refuse", "reply"],
        "refused" => &["refuse"],
        "portal" => &["portal-held", "portal-release", "portal-see", "portal-download", "told"],
        "replied" => &["reply"],
        "searched" => &["searched"],
        _ => &[],
    };
    count.kind == word.replace('-', "_") || verbs.contains(&count.verb.as_str())
}

fn day_in(state: &str) -> Option<Date> {
    match ClockState::from_key(state)? {
        ClockState::Running(day) | ClockState::Kept(day) | ClockState::Late(day) | ClockState::Dropped(day) => Some(day),
        ClockState::Paused => None,
    }
}

const EPOCH: Date = date(1970, 1, 1);

fn days_since_1970(day: Date) -> i64 {
    EPOCH.until(day).map_or(0, |span| i64::from(span.get_days()))
}

fn day_of(days: i64) -> Option<Date> {
    EPOCH.checked_add(days.days()).ok()
}

/// One record behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindRow {
    /// The record.
    pub id: RecordId,
    /// `request`, `duty` or `reading`.
    pub kind: String,
    /// Its reference; empty for a reading.
    pub reference: String,
    /// Where its clock stands.
    pub state: ClockState,
}

/// Which records are behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Done in time this year.
    Kept,
    /// Done too late this year.
    Late,
    /// Running, overdue ones first.
    Running,
    /// Waiting for somebody outside.
    Paused,
}

/// A page of the records behind one clock of a line; references and dates only. Continue
/// after the last row.
///
/// # Errors
/// `AUTH-001` for roles that see no duties of others.
pub fn behind(app: &App, actor: &Actor, clock: &str, which: Which, after: Option<&BehindRow>) -> Result<Vec<BehindRow>, Error> {
    require(actor, Verb::DutySee, Relation::NotInvolved)?;
    let today = app.today();
    let (since, tomorrow) = (date(today.year(), 1, 1), today.saturating_add(1.days()));
    let (from, below) = match which {
        Which::Kept => ClockState::keys("kept", since, tomorrow),
        Which::Late => ClockState::keys("late", since, tomorrow),
        Which::Running => ClockState::all_keys("running"),
        Which::Paused => ClockState::all_keys("paused"),
    };
    let after = after.map(|row| (row.state.to_string(), row.id.to_string()));
    let after = after.as_ref().map(|(state, id)| (state.as_str(), id.as_str()));
    let found = app.store.read(|tx| tx.clocks_in_state(clock, (&from, &below), after, PAGE))?;
    let rows = found.into_iter().filter_map(|of| {
        let state = ClockState::from_key(&of.clock.state)?;
        let head = of.record.head;
        Some(BehindRow { id: RecordId::new(head.id), kind: head.kind, reference: head.reference, state })
    });
    Ok(rows.collect())
}
