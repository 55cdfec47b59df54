//! What commands read: packs, person files, places, the extractor.

use std::path::{Path, PathBuf};

use anyhow::Context;
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use finder::identity::Identity;
use services::ports::Sources;
use services::sar::Place;

use super::outcome::Ending;

/// A pack by built-in name or by folder.
pub(crate) fn pack(name: &str) -> Result<Policy, Ending> {
    let folder = Path::new(name);
    if !folder.is_dir() {
        return Ok(Policy::builtin(name)?);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading the pack {name}"))? {
        let path = entry.context("reading the pack")?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text = std::fs::read_to_string(&path).with_context(|| format!("reading {file}"))?;
            files.push((file, text));
        }
    }
    files.sort();
    Ok(Policy::from_files(&files)?)
}

/// A person file (TOML).
pub(crate) fn person(path: &Path) -> Result<Identity, Ending> {
    let text = std::fs::read_to_string(path)
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The person file `{}` cannot be read.", path.display())))?;
    toml::from_str(&text)
        .map_err(|error| Refusal::new(RefusalCode::ValueInvalid, format!("In the person file: {}", error.message())).into())
}

/// Opens every place to search.
pub(crate) fn places(paths: &[PathBuf]) -> Result<Vec<Place>, Ending> {
    let sources = adapters::sources::AllSources::default();
    let mut places = Vec::with_capacity(paths.len());
    for path in paths {
        let source = sources.open(path)?;
        places.push(Place { name: source.title(), source });
    }
    Ok(places)
}

/// The confined extractor: this same program as a child.
pub(crate) fn extractor() -> Result<adapters::extract::Pool, Ending> {
    let exe = std::env::current_exe().context("finding the program itself")?;
    Ok(adapters::extract::Pool::new(exe, 2, adapters::extract::Limits::default()))
}
