//! What only the whole pack can show: references that lead nowhere, names given twice, a
//! statutory clock redefined.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{
    nearest::nearest,
    read::{Problem, Sections, line_of},
};
use crate::calendar::{Kind, Period};

/// Everything wrong with the merged pack.
pub(super) fn whole<N: AsRef<str>, T: AsRef<str>>(sections: &Sections, files: &[(N, T)]) -> Vec<Problem> {
    let mut found = Found { files, problems: Vec::new() };
    hours_are_elapsed(sections, &mut found);
    roles_exist(sections, &mut found);
    ids_are_unique(sections, &mut found);
    clock_names_are_unique(sections, &mut found);
    for clause in sections.clauses.clause.iter().filter(|clause| clause.control.is_empty()) {
        found.wrong("clauses", &clause.id, format!("the clause `{}` names no `control`, so nothing carries it out.", clause.id));
    }
    found.problems
}

/// Clocks of the pack that redefine one the law sets.
pub(super) fn redefined_clocks<N: AsRef<str>, T: AsRef<str>>(
    own: &BTreeMap<String, Table>,
    base: &BTreeMap<String, Table>,
    files: &[(N, T)],
) -> Vec<Problem> {
    let mut found = Found { files, problems: Vec::new() };
    let known: BTreeSet<_> = clock_ids(base).collect();
    for id in clock_ids(own).filter(|id| known.contains(id)) {
        let what = format!(
            "the clock `{id}` is set by the pack this one builds on. Promise more with `reply` in rights.toml, `acknowledge` in \
             complaints.toml or `report` in breaches.toml, or give your clock another id."
        );
        found.wrong("clocks", id, what);
    }
    found.problems
}

struct Found<'a, N, T> {
    files: &'a [(N, T)],
    problems: Vec<Problem>,
}

impl<N: AsRef<str>, T: AsRef<str>> Found<'_, N, T> {
    fn wrong(&mut self, stem: &str, key: &str, what: String) {
        let line = line_of(self.files, stem, &format!("\"{key}\""));
        self.problems.push(Problem { file: format!("{stem}.toml"), line, key: key.to_owned(), what, unknown_key: false });
    }
}

fn clock_ids(tables: &BTreeMap<String, Table>) -> impl Iterator<Item = &str> {
    let clocks = tables.get("clocks").and_then(|table| table.get("clock")).and_then(Value::as_array);
    clocks.into_iter().flatten().filter_map(|clock| clock.get("id").and_then(Value::as_str))
}

/// A day has no time, so a clock of hours has to be the kind that counts them.
fn hours_are_elapsed<N: AsRef<str>, T: AsRef<str>>(sections: &Sections, found: &mut Found<'_, N, T>) {
    for clock in &sections.clocks.clock {
        if let Kind::Answer(Period::Hours(hours)) | Kind::Latest(Period::Hours(hours)) = clock.kind {
            found.wrong(
                "clocks",
                &clock.id,
                format!("the clock `{}` counts hours. Write `kind = {{ elapsed-hours = {hours} }}`.", clock.id),
            );
        }
    }
}

fn roles_exist<N: AsRef<str>, T: AsRef<str>>(sections: &Sections, found: &mut Found<'_, N, T>) {
    let roles: Vec<_> = sections.roles.role.iter().map(|role| role.id.as_str()).collect();
    let rights = &sections.rights;
    let procedures = [&rights.prepare, &rights.approve, &rights.refuse].into_iter().flatten().map(|name| ("rights", name));
    let held = sections.directory.person.iter().flat_map(|person| &person.roles).map(|name| ("directory", name));
    let signing =
        [("letters", &sections.letters.signatory), ("pack", &sections.pack.signed_by)].into_iter().filter(|(_, name)| !name.is_empty());
    for (stem, name) in procedures.chain(held).chain(signing).filter(|(_, name)| !roles.contains(&name.as_str())) {
        let meant = nearest(name, roles.iter().copied()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        found.wrong(stem, name, format!("there is no role `{name}`.{meant} Add it to roles.toml or name another."));
    }
}

fn ids_are_unique<N: AsRef<str>, T: AsRef<str>>(sections: &Sections, found: &mut Found<'_, N, T>) {
    let lists: [(&str, Vec<&str>); 4] = [
        ("roles", sections.roles.role.iter().map(|it| it.id.as_str()).collect()),
        ("processing", sections.processing.activity.iter().map(|it| it.id.as_str()).collect()),
        ("directory", sections.directory.person.iter().map(|it| it.id.as_str()).collect()),
        ("clauses", sections.clauses.clause.iter().map(|it| it.id.as_str()).collect()),
    ];
    for (stem, ids) in lists {
        let mut seen = BTreeSet::new();
        for id in ids {
            if id.is_empty() {
                found.wrong(stem, "", "an entry has no `id`. Give it a short name of its own.".to_owned());
            } else if !seen.insert(id) {
                found.wrong(stem, id, format!("the id `{id}` is there twice. Give each entry its own."));
            }
        }
    }
}

fn clock_names_are_unique<N: AsRef<str>, T: AsRef<str>>(sections: &Sections, found: &mut Found<'_, N, T>) {
    let mut seen = BTreeSet::new();
    for clock in &sections.clocks.clock {
        for name in std::iter::once(&clock.id).chain(&clock.aliases) {
            if name.is_empty() || !seen.insert(name.to_lowercase().replace('_', "-")) {
                found.wrong("clocks", name, format!("the clock name `{name}` is empty or already taken. Give each clock its own."));
            }
        }
    }
}
