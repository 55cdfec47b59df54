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
    pack!("uk": "pack.toml" "regulator.toml" "identity.toml" "clarification.toml" "letters.toml" "roles.toml" "clocks.toml"),
    pack!("childrens-education-cic": "pack.toml" "organisation.toml" "rights.toml" "identity.toml" "clarification.toml" "children.toml"
        "breaches.toml" "letters.toml" "processing.toml" "roles.toml" "directory.toml" "clocks.toml" "clauses.toml"),
];

/// The files of a built-in pack.
pub(super) fn files(name: &str) -> Option<Files> {
    PACKS.iter().find(|(known, _)| *known == name).map(|(_, files)| *files)
}
