//! Reading pack files: one concern a file, unknown keys refused with the nearest known one,
//! every problem with its file, line and key.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::{
    access::Access,
    breaches::Breaches,
    clauses::{About, Clauses},
    clocks::Clocks,
    complaints::Complaints,
    consents::Consents,
    disclosures::Disclosures,
    duties::Duties,
    fault::{Fault, Problem},
    letters::Wording,
    nearest::nearest,
    notices::Notices,
    organisation::{Directory, Organisation, Roles},
    procedures::{Children, Clarification, Identity, Rights},
    processing::Processing,
    retention::Retention,
    special_uses::{Cctv, Equality, Marketing, Media, Publication},
    statute::Statutes,
    understanding::Understanding,
};
use crate::{Refusal, RefusalCode, law::Regulator};

/// A whole pack is at most this many bytes together, so that a wrong folder is refused at once.
pub const LARGEST: usize = 2_000_000;

macro_rules! sections {
    ($($name:ident: $type:ty,)+) => {
        /// Everything a pack can hold, a field a file.
        #[derive(Debug, Clone, PartialEq, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(super) struct Sections { $(pub(super) $name: $type,)+ }

        impl Sections {
            /// The names of the files, without `.toml`.
            pub(super) const NAMES: &[&str] = &[$(stringify!($name),)+];

            /// The JSON Schema of one file, as it is derived from its type.
            pub(super) fn schema(name: &str, generator: schemars::r#gen::SchemaGenerator) -> Option<schemars::schema::RootSchema> {
                match name {
                    $(stringify!($name) => Some(generator.into_root_schema_for::<$type>()),)+
                    _ => None,
                }
            }

            /// Reads one file strictly, only to find what is wrong with it.
            fn check(name: &str, text: &str) -> Result<(), toml::de::Error> {
                match name {
                    $(stringify!($name) => toml::from_str::<$type>(text).map(drop),)+
                    _ => Ok(()),
                }
            }
        }
    };
}

sections! {
    pack: About,
    law: Statutes,
    organisation: Organisation,
    regulator: Regulator,
    rights: Rights,
    identity: Identity,
    clarification: Clarification,
    children: Children,
    complaints: Complaints,
    breaches: Breaches,
    letters: Wording,
    processing: Processing,
    roles: Roles,
    directory: Directory,
    clocks: Clocks,
    disclosures: Disclosures,
    consent: Consents,
    duties: Duties,
    access: Access,
    marketing: Marketing,
    media: Media,
    publication: Publication,
    equality: Equality,
    cctv: Cctv,
    notices: Notices,
    retention: Retention,
    understanding: Understanding,
    clauses: Clauses,
}

/// The files of one pack, each checked on its own, as tables to be laid over one another.
pub(super) fn read<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<BTreeMap<String, Table>, Vec<Problem>> {
    let whole = |fault, file: &str, what: String| Problem::new(fault, file, 0, file, what);
    if files.iter().map(|(_, text)| text.as_ref().len()).sum::<usize>() > LARGEST {
        return Err(vec![whole(
            Fault::PackTooLarge,
            "the pack",
            format!("it is larger than {LARGEST} bytes; a policy pack is a few small text files."),
        )]);
    }
    let mut tables = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, text) in files {
        let (file, text) = (name.as_ref(), text.as_ref());
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
        if !Sections::NAMES.contains(&stem) {
            let meant =
                nearest(stem, Sections::NAMES.iter().copied()).map(|near| format!("; did you mean `{near}.toml`?")).unwrap_or_default();
            let what = format!("a pack has no file of this name{meant} The files are {}.", Sections::NAMES.join(", "));
            problems.push(whole(Fault::FileUnknown, file, what));
            continue;
        }
        match Sections::check(stem, text).and_then(|()| toml::from_str::<Table>(text)) {
            Ok(table) => {
                if tables.insert(stem.to_owned(), table).is_some() {
                    problems.push(whole(Fault::FileTwice, file, format!("`{stem}` is there twice.")));
                }
            }
            Err(error) => problems.push(explain(file, text, &error)),
        }
    }
    if problems.is_empty() { Ok(tables) } else { Err(problems) }
}

const PERIOD_HINT: &str = "Write a period with its unit, for example `{ months = 1 }`.";

/// Says what the parser found in words for the author of the pack.
fn explain(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or_default();
    let line = text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1);
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown_key = message.starts_with("unknown field");
    let (key, what) = if unknown_key || message.starts_with("unknown variant") {
        let key = quoted.next().unwrap_or_default().to_owned();
        let known: Vec<_> = quoted.collect();
        let is_period = known.contains(&"working_days");
        let kind = if unknown_key { "key" } else { "value" };
        let advice = match nearest(&key, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if is_period => PERIOD_HINT.to_owned(),
            None => format!("Known here: {}.", known.join(", ")),
        };
        let what = format!("`{key}` is not a known {kind}. {advice}");
        (key, what)
    } else {
        let key = text.lines().nth(line.saturating_sub(1)).and_then(|line| line.split('=').next()).unwrap_or_default().trim().to_owned();
        let hint = if message == "wanted string or table" && key != "kind" { PERIOD_HINT } else { "" };
        let what = format!("`{key}` cannot be read: {}. {hint}", message.trim_end_matches('.')).trim_end().to_owned();
        (key, what)
    };
    let fault = if unknown_key { Fault::KeyUnknown } else { Fault::ValueUnreadable };
    Problem::new(fault, file, line, &key, what)
}

/// Lays the files of a pack over those of the pack it inherits from.
pub(super) fn overlay(base: &mut BTreeMap<String, Table>, pack: BTreeMap<String, Table>) {
    for (name, table) in pack {
        merge(base.entry(name).or_default(), table);
    }
}

/// Tables merge key by key; lists of things with an `id` merge by it; all else is replaced.
fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) if !is_choice(old) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new)) if has_ids(old) && has_ids(&new) => {
                for item in new {
                    match old.iter_mut().find(|known| id_of(known) == id_of(&item)) {
                        Some(known) => *known = item,
                        None => old.push(item),
                    }
                }
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// A table such as `{ months = 1 }` is one value: laying `{ days = 30 }` over it must not
/// leave both.
fn is_choice(table: &Table) -> bool {
    table.len() == 1 && table.values().all(|value| !matches!(value, Value::Table(_) | Value::Array(_) | Value::String(_)))
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("id").and_then(Value::as_str)
}

fn has_ids(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| id_of(item).is_some())
}

/// The merged tables as typed sections.
pub(super) fn sections(tables: BTreeMap<String, Table>) -> Result<Sections, Refusal> {
    let all: Table = tables.into_iter().map(|(name, table)| (name, Value::Table(table))).collect();
    all.try_into().map_err(|error: toml::de::Error| Refusal::new(RefusalCode::PackInvalid, format!("{}.", error.message())))
}

/// The line on which `needle` first stands in a file of the pack, for a message.
pub(super) fn line_of<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)], stem: &str, needle: &str) -> usize {
    files
        .iter()
        .find(|(name, _)| name.as_ref().trim_end_matches(".toml").ends_with(stem))
        .and_then(|(_, text)| text.as_ref().lines().position(|line| line.contains(needle)))
        .map_or(0, |index| index + 1)
}
