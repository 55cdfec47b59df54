//! `probity pack set`: one value of a pack, with comments and order kept.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use domain::{Refusal, RefusalCode};
use toml_edit::Value;

use super::{draft::Draft, key::Key};
use crate::cli::outcome::Ending;

/// Arguments of `set`.
#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    /// The pack's folder.
    pack: PathBuf,
    /// File and key: `rights.reply`, `retention.class[wages].keep`.
    key: String,
    /// The value as TOML: `{ days = 30 }`, `true`, `["chair"]`. Other words are taken as text.
    #[arg(required_unless_present = "remove", conflicts_with = "remove")]
    value: Option<String>,
    /// Make the entry in brackets when the list has none of this id.
    #[arg(long)]
    add: bool,
    /// Take the key, or the entry in brackets, out.
    #[arg(long, conflicts_with = "add")]
    remove: bool,
    /// JSON instead of text.
    #[arg(long)]
    pub(super) json: bool,
}

/// Sets the value; `false` when the pack would become worse, and then nothing is written.
pub(super) fn run(args: &SetArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    let key: Key = args.key.parse()?;
    let draft = Draft::open(&args.pack)?;
    let was = draft.value(&key);
    let before = draft.policy().map(|policy| policy.conflicts().to_vec()).unwrap_or_default();
    let changed = if let Some(text) = &args.value {
        with_value(&draft, &key, text, args.add)?
    } else {
        let mut changed = draft;
        changed.remove(&key)?;
        changed
    };
    let worse = changed.worse();
    if worse.is_empty() {
        changed.write(&args.pack)?;
    }
    // A value that is weaker than the law stays, and is shown at once.
    let after = changed.policy().map(|policy| policy.conflicts().to_vec()).unwrap_or_default();
    let superseded: Vec<_> = after.into_iter().filter(|conflict| !before.contains(conflict)).collect();
    if args.json {
        let body =
            serde_json::json!({ "key": key.to_string(), "ok": worse.is_empty(), "was": was, "problems": worse, "conflicts": superseded });
        writeln!(out, "{body}")?;
        return Ok(worse.is_empty());
    }
    if !worse.is_empty() {
        super::say_problems(&worse, out)?;
        writeln!(out, "Nothing was written.")?;
        return Ok(false);
    }
    let now = changed.value(&key).map_or_else(|| "taken out".to_owned(), |now| now.replace('\n', " "));
    let was = was.map(|was| format!(" (was {})", was.replace('\n', " "))).unwrap_or_default();
    writeln!(out, "{key}: {now}{was}")?;
    for conflict in superseded {
        writeln!(out, "  {} decides here: {} ({})", conflict.winner.title(), conflict.wins, conflict.source)?;
    }
    Ok(true)
}

/// The draft with the value as TOML or, where that is not what the key takes, as plain text.
fn with_value(draft: &Draft, key: &Key, text: &str, add: bool) -> Result<Draft, Refusal> {
    let quoted = Value::from(text);
    let mut first = None;
    for value in text.parse::<Value>().into_iter().chain([quoted]) {
        let mut changed = draft.clone();
        changed.set(key, value, add)?;
        if changed.worse().is_empty() {
            return Ok(changed);
        }
        first.get_or_insert(changed);
    }
    first.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "There is no value."))
}
