//! Roles: each one named exists, and each one with something to do is held by somebody.

use std::collections::BTreeSet;

use super::{
    super::{fault::Fault, nearest::nearest, read::Sections},
    Found,
};

/// Every role that is named somewhere is in `roles.toml`.
pub(super) fn exist(sections: &Sections, found: &mut Found<'_>) {
    let roles: Vec<_> = sections.roles.role.iter().map(|role| role.id.as_str()).collect();
    let held = sections.directory.person.iter().flat_map(|person| &person.roles).map(|name| ("directory", name.as_str()));
    for (stem, name) in named(sections).chain(held).filter(|(_, name)| !roles.contains(name)) {
        let meant = nearest(name, roles.iter().copied()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        found.wrong(Fault::RoleUnknown, stem, name, format!("there is no role `{name}`.{meant}"));
    }
}

/// Every role with something to do is held, once there is a directory at all. Without one,
/// who holds what is a question of the set-up.
pub(super) fn are_held(sections: &Sections, found: &mut Found<'_>) {
    let people = &sections.directory.person;
    if people.is_empty() {
        return;
    }
    let held: BTreeSet<&str> = people.iter().flat_map(|person| &person.roles).map(String::as_str).collect();
    let mut told = BTreeSet::new();
    for (stem, name) in named(sections) {
        let known = sections.roles.role.iter().any(|role| role.id == name);
        if known && !held.contains(name) && told.insert(name) {
            let what = format!("the role `{name}` has something to do here, but nobody in directory.toml holds it.");
            found.wrong(Fault::RoleNotHeld, stem, name, what);
        }
    }
}

/// Every role that has something to do, with the file that says so.
fn named(sections: &Sections) -> impl Iterator<Item = (&'static str, &str)> {
    let rights = &sections.rights;
    let lists = [
        ("rights", &rights.prepare),
        ("rights", &rights.approve),
        ("rights", &rights.refuse),
        ("breaches", &sections.breaches.alert),
        ("disclosures", &sections.disclosures.in_doubt),
        ("access", &sections.access.unusual_approved_by),
        ("access", &sections.access.granted_by),
    ];
    let several = lists.into_iter().flat_map(|(stem, names)| names.iter().map(move |name| (stem, name.as_str())));
    let duties = sections.duties.duty.iter().map(|duty| ("duties", duty.role.as_str()));
    let stages = sections.complaints.stage.iter().map(|stage| ("complaints", stage.handler.as_str()));
    let grounds = sections.disclosures.ground.iter().map(|ground| ("disclosures", ground.approver.as_str()));
    let rules = sections.access.rule.iter().map(|rule| ("access", rule.role.as_str()));
    let single = [
        ("letters", sections.letters.signatory.as_str()),
        ("pack", sections.pack.signed_by.as_str()),
        ("cctv", sections.cctv.contact.as_str()),
    ];
    several.chain(duties).chain(stages).chain(grounds).chain(rules).chain(single).filter(|(_, name)| !name.is_empty())
}
