//! What only the whole pack can show: references that lead nowhere, names given twice, a
//! statutory clock redefined, a clause that nothing carries out, a role nobody holds.

mod bindings;
mod clocks;
mod names;
mod roles;
mod stages;

use std::collections::BTreeMap;

use toml::Table;

use super::{
    fault::{Fault, Problem},
    read::{Sections, line_of},
};
pub(super) use clocks::redefined_clocks;
pub(super) use names::repeated;

/// Everything wrong with the merged pack. `tables` is what was read, for references by key.
pub(super) fn whole(sections: &Sections, tables: &BTreeMap<String, Table>, found: &mut Found<'_>) {
    clocks::can_be_computed(sections, found);
    roles::exist(sections, found);
    roles::are_held(sections, found);
    names::ids_are_unique(sections, found);
    clocks::names_are_unique(sections, found);
    bindings::clauses(sections, found);
    bindings::duties(sections, found);
    bindings::clause_ids_exist(sections, tables, found);
    bindings::bases(sections, found);
    bindings::retention_rules(sections, found);
    bindings::questions(sections, found);
    stages::can_begin(sections, found);
}

/// Problems as they are found, with the files to look up lines in.
pub(super) struct Found<'a> {
    files: Vec<(&'a str, &'a str)>,
    /// The problems so far.
    pub(super) problems: Vec<Problem>,
}

impl<'a> Found<'a> {
    /// Nothing found yet in these files.
    pub(super) fn new<N: AsRef<str>, T: AsRef<str>>(files: &'a [(N, T)]) -> Self {
        let files = files.iter().map(|(name, text)| (name.as_ref(), text.as_ref())).collect();
        Self { files, problems: Vec::new() }
    }

    /// Notes a problem with `key` in the file `stem`.
    pub(super) fn wrong(&mut self, fault: Fault, stem: &str, key: &str, what: String) {
        let line = line_of(&self.files, stem, &format!("\"{key}\""));
        self.problems.push(Problem::new(fault, &format!("{stem}.toml"), line, key, what));
    }
}

#[cfg(test)]
mod tests;
