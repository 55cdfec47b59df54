//! Ids: each entry has one, and no two in a list are the same.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{
    super::{fault::Fault, read::Sections},
    Found,
};

macro_rules! lists {
    ($sections:ident: $($stem:literal $($field:ident).+;)+) => {
        [$(($stem, $sections.$($field).+.iter().map(|it| it.id.as_str()).collect::<Vec<_>>()),)+]
    };
}

/// Ids that one list of the pack itself has twice, where the pack it inherits from has the
/// list as well: laying one over the other would leave only the last of them.
pub(in crate::policy) fn repeated(own: &BTreeMap<String, Table>, base: &BTreeMap<String, Table>, found: &mut Found<'_>) {
    for (stem, list, items) in own.iter().flat_map(|(stem, table)| lists(table).map(move |(list, items)| (stem, list, items))) {
        if base.get(stem).and_then(|table| table.get(list)).is_none() {
            continue;
        }
        let mut seen = BTreeSet::new();
        for id in items.iter().filter_map(|item| item.get("id").and_then(Value::as_str)) {
            if seen.insert(id) {
                continue;
            }
            match (stem.as_str(), list) {
                ("retention", "class") => {
                    let what = format!("there are two rules for the class `{id}`. Keep one, or rename one.");
                    found.wrong(Fault::RetentionWrong, stem, id, what);
                }
                _ => found.wrong(Fault::IdTwice, stem, id, format!("the id `{id}` is there twice.")),
            }
        }
    }
}

/// The lists of a file.
fn lists(table: &Table) -> impl Iterator<Item = (&str, &[Value])> {
    table.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_array()?.as_slice())))
}

/// Every list whose entries have ids.
pub(super) fn ids_are_unique(sections: &Sections, found: &mut Found<'_>) {
    let lists = lists! { sections:
        "roles" roles.role;
        "processing" processing.activity;
        "directory" directory.person;
        "clauses" clauses.clause;
        "complaints" complaints.stage;
        "disclosures" disclosures.ground;
        "consent" consent.text;
        "consent" consent.form;
        "duties" duties.duty;
        "access" access.rule;
        "media" media.uses;
        "publication" publication.item;
        "notices" notices.notice;
        "understanding" understanding.question;
        "rights" rights.procedure;
    };
    for (stem, ids) in lists {
        let mut seen = BTreeSet::new();
        for id in ids {
            if id.is_empty() {
                found.wrong(Fault::IdMissing, stem, "", "an entry has no `id`.".to_owned());
            } else if !seen.insert(id) {
                found.wrong(Fault::IdTwice, stem, id, format!("the id `{id}` is there twice."));
            }
        }
    }
}
