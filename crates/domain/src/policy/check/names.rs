//! Ids: each entry has one, and no two in a list are the same.

use std::collections::BTreeSet;

use super::{
    super::{fault::Fault, read::Sections},
    Found,
};

macro_rules! lists {
    ($sections:ident: $($stem:literal $($field:ident).+;)+) => {
        [$(($stem, $sections.$($field).+.iter().map(|it| it.id.as_str()).collect::<Vec<_>>()),)+]
    };
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
