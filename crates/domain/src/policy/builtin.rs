//! The packs built into the program.

/// The files of a pack: name and text.
pub(super) type Files = &'static [(&'static str, &'static str)];

macro_rules! pack {
    ($folder:literal: $($file:literal)+) => {
        ($folder, &[$(($file, include_str!(concat!("../../../../packs/", $folder, "/", $file)))),+])
    };
}

/// Every built-in pack.
pub(super) const PACKS: &[(&str, Files)] = &[
    pack!("uk": "clarification.toml" "clocks.toml" "identity.toml" "law.toml" "letters.toml" "pack.toml" "regulator.toml"
        "retention.toml" "roles.toml"),
    pack!("advocacy-charity": "access.toml" "children.toml" "clauses.toml" "clocks.toml" "complaints.toml" "consent.toml"
        "directory.toml" "disclosures.toml" "duties.toml" "letters.toml" "notices.toml" "organisation.toml" "pack.toml"
        "processing.toml" "retention.toml" "rights.toml" "roles.toml" "understanding.toml"),
    pack!("childrens-education-cic": "access.toml" "breaches.toml" "cctv.toml" "children.toml" "clarification.toml" "clauses.toml"
        "clocks.toml" "consent.toml" "directory.toml" "disclosures.toml" "duties.toml" "identity.toml" "letters.toml" "marketing.toml"
        "media.toml" "notices.toml" "organisation.toml" "pack.toml" "processing.toml" "retention.toml" "rights.toml" "roles.toml"
        "understanding.toml"),
    pack!("social-enterprise": "access.toml" "clauses.toml" "clocks.toml" "consent.toml" "directory.toml" "disclosures.toml"
        "duties.toml" "equality.toml" "identity.toml" "letters.toml" "marketing.toml" "media.toml" "notices.toml" "organisation.toml"
        "pack.toml" "processing.toml" "retention.toml" "rights.toml" "roles.toml" "understanding.toml"),
    pack!("training-provider": "access.toml" "breaches.toml" "clauses.toml" "clocks.toml" "consent.toml" "directory.toml"
        "disclosures.toml" "duties.toml" "letters.toml" "marketing.toml" "media.toml" "notices.toml" "organisation.toml" "pack.toml"
        "processing.toml" "publication.toml" "retention.toml" "rights.toml" "roles.toml" "understanding.toml"),
    pack!("home-care-provider": "access.toml" "breaches.toml" "clauses.toml" "clocks.toml" "consent.toml" "directory.toml"
        "disclosures.toml" "duties.toml" "identity.toml" "letters.toml" "notices.toml" "organisation.toml" "pack.toml"
        "processing.toml" "retention.toml" "rights.toml" "roles.toml" "understanding.toml"),
];

/// The files of a built-in pack.
pub(super) fn files(name: &str) -> Option<Files> {
    PACKS.iter().find(|(known, _)| *known == name).map(|(_, files)| *files)
}
