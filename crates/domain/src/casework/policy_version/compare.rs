//! Two versions side by side: clause by clause and value by value.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use super::PackFile;
use crate::policy::{Clause, Conflict, Policy};

/// What became of a clause or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the second version has it.
    Added,
    /// Only the first version has it.
    Removed,
    /// Both have it, with other words.
    Changed,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// The clause's id, or file, key and entry: `rights.reply`, `retention.rule[dbs].trigger`.
    pub key: String,
    /// What became of it.
    pub change: Change,
    /// The wording or value of the first version; empty when added.
    pub before: String,
    /// The wording or value of the second version; empty when removed.
    pub after: String,
}

/// Every difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Comparison {
    /// Clauses, in the order of the second version, removed ones last.
    pub clauses: Vec<ValueChange>,
    /// Values of the files other than the clauses, in order of their keys.
    pub values: Vec<ValueChange>,
    /// Conflicts with the law or between clauses that the second version brings.
    pub conflicts_new: Vec<Conflict>,
    /// Conflicts that it mends.
    pub conflicts_gone: Vec<Conflict>,
}

impl Comparison {
    /// Whether the two are the same in everything that counts.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.values.is_empty() && self.conflicts_new.is_empty() && self.conflicts_gone.is_empty()
    }
}

/// Compares two versions: the policies they make, and the values their files give.
pub fn compare(before: (&Policy, &[PackFile]), after: (&Policy, &[PackFile])) -> Comparison {
    let without = |one: &Policy, other: &Policy| one.conflicts().iter().filter(|c| !other.conflicts().contains(c)).cloned().collect();
    Comparison {
        clauses: clauses(before.0.clauses(), after.0.clauses()),
        values: values(&flat(before.1), &flat(after.1)),
        conflicts_new: without(after.0, before.0),
        conflicts_gone: without(before.0, after.0),
    }
}

fn clauses(before: &[Clause], after: &[Clause]) -> Vec<ValueChange> {
    let find = |list: &[Clause], id: &str| list.iter().find(|clause| clause.id == id).map(wording);
    let mut found: Vec<ValueChange> =
        after.iter().filter_map(|clause| difference(&clause.id, find(before, &clause.id), Some(wording(clause)))).collect();
    let gone = before.iter().filter(|clause| !after.iter().any(|other| other.id == clause.id));
    found.extend(gone.filter_map(|clause| difference(&clause.id, Some(wording(clause)), None)));
    found
}

/// What a clause promises and what keeps it.
fn wording(clause: &Clause) -> String {
    let mut parts = vec![clause.says.clone()];
    if !clause.parameters.is_empty() {
        parts.push(format!("[{}]", clause.parameters));
    }
    if !clause.controls.is_empty() {
        parts.push(format!("({})", clause.controls.join(", ")));
    }
    parts.join(" ")
}

fn values(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<ValueChange> {
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    keys.into_iter().filter_map(|key| difference(key, before.get(key).cloned(), after.get(key).cloned())).collect()
}

fn difference(key: &str, before: Option<String>, after: Option<String>) -> Option<ValueChange> {
    let change = match (&before, &after) {
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Removed,
        (Some(one), Some(other)) if one != other => Change::Changed,
        _ => return None,
    };
    Some(ValueChange { key: key.to_owned(), change, before: before.unwrap_or_default(), after: after.unwrap_or_default() })
}

/// Every value of the files by its key, without the clauses.
fn flat(files: &[PackFile]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| file.name != "clauses.toml") {
        let stem = file.name.trim_end_matches(".toml");
        if let Ok(table) = file.text.parse::<Table>() {
            table.into_iter().for_each(|(key, value)| lay_flat(format!("{stem}.{key}"), value, &mut found));
        }
    }
    found
}

fn lay_flat(key: String, value: Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Table(table) => table.into_iter().for_each(|(name, value)| lay_flat(format!("{key}.{name}"), value, found)),
        Value::Array(entries) if entries.iter().any(Value::is_table) => {
            for (at, entry) in entries.into_iter().enumerate() {
                let id = ["id", "class", "name"].iter().find_map(|name| entry.get(name).and_then(Value::as_str));
                let name = id.map_or_else(|| (at + 1).to_string(), str::to_owned);
                lay_flat(format!("{key}[{name}]"), entry, found);
            }
        }
        Value::String(text) => drop(found.insert(key, text)),
        other => drop(found.insert(key, other.to_string())),
    }
}
