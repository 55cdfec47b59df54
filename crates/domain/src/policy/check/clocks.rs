//! Clocks: their names, the statutory ones that no pack computes in its own way, periods that
//! can be computed.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{
    super::{fault::Fault, read::Sections},
    Found,
};
use crate::calendar::Kind;

/// Clocks of the pack that compute what the law sets in another way. A clock of its base that
/// the law does not set, a pack may define anew; one that the law sets it may only
/// describe in its own words, with its own clause.
pub(in crate::policy) fn redefined_clocks(own: &BTreeMap<String, Table>, base: &BTreeMap<String, Table>, found: &mut Found<'_>) {
    let by_law: BTreeMap<_, _> = clock_kinds(base).filter(|(_, kind)| kind.is_statutory()).collect();
    for (id, kind) in clock_kinds(own) {
        if by_law.get(id).is_some_and(|law| *law != kind) {
            let what = format!(
                "the clock `{id}` is set by the law, so a pack cannot compute it in another way. Promise more with `reply` in rights.toml, \
                 `acknowledge` in complaints.toml or `report` in breaches.toml, or give your clock another id."
            );
            found.wrong(Fault::ClockOfTheLaw, "clocks", id, what);
        }
    }
}

/// The id and the kind of every clock that can be read.
fn clock_kinds(tables: &BTreeMap<String, Table>) -> impl Iterator<Item = (&str, Kind)> {
    let clocks = tables.get("clocks").and_then(|table| table.get("clock")).and_then(Value::as_array);
    clocks.into_iter().flatten().filter_map(|clock| {
        let kind = clock.get("kind")?.clone().try_into().ok()?;
        Some((clock.get("id")?.as_str()?, kind))
    })
}

/// Every clock can start and can be computed as it is written.
pub(super) fn can_be_computed(sections: &Sections, found: &mut Found<'_>) {
    for clock in &sections.clocks.clock {
        for what in clock.problems() {
            found.wrong(Fault::ClockWrong, "clocks", &clock.id, what);
        }
    }
}

/// Every clock answers to names that no other clock answers to.
pub(super) fn names_are_unique(sections: &Sections, found: &mut Found<'_>) {
    let mut seen = BTreeSet::new();
    for clock in &sections.clocks.clock {
        for name in std::iter::once(&clock.id).chain(&clock.aliases) {
            if name.is_empty() || !seen.insert(name.to_lowercase().replace('_', "-")) {
                let what = format!("the clock name `{name}` is empty or already taken. Give each clock its own.");
                found.wrong(Fault::ClockTwice, "clocks", name, what);
            }
        }
    }
}
