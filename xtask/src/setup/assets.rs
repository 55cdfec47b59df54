//! What the web crate embeds from packages: the style sheet compiled from `crates/web/styles`, and GOV.UK Frontend's script.
//! Both go to `crates/web/assets`, which Git ignores.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Need, npm, packages};
use crate::{exec, places, say};

/// Files copied as they are from npm packages: (from, name).
const COPIES: &[(&str, &str)] = &[("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js")];

/// Part of the stamp: raise it when the way of building changes but the inputs do not.
const RECIPE: u8 = 1;

/// `cargo xtask assets`.
pub(crate) fn run(_: &[String]) -> Result<()> {
    build()
}

/// Compiles and copies unless nothing changed since the last time.
pub(crate) fn build() -> Result<()> {
    packages::ensure(&[Need::Npm])?;
    npm::ensure()?;
    let root = places::root();
    let web = root.join("crates/web");
    let entry = web.join("styles/app.scss");
    if !entry.is_file() {
        bail!("the style sheet {} is missing", entry.display());
    }
    let mut inputs = files_under(&web.join("styles"))?;
    inputs.push(root.join("package-lock.json"));
    let wanted = format!("{RECIPE} {}", fingerprint(&inputs)?);
    let (assets, fresh, stamp) =
        (web.join("assets"), root.join("node_modules/.probity-assets"), root.join("node_modules/.probity-assets-stamp"));
    if npm::current(&stamp, &wanted) && assets.join("app.css").is_file() {
        return Ok(());
    }
    say::step("compiling style sheets");
    clear(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("creating {}", fresh.display()))?;
    sass(&entry, &fresh.join("app.css"))?;
    for (from, name) in COPIES {
        copy(&root.join(from), &fresh.join(name))?;
    }
    clear(&assets)?;
    fs::rename(&fresh, &assets).with_context(|| format!("moving {} into place", assets.display()))?;
    fs::write(&stamp, wanted).context("writing the stamp")
}

fn sass(entry: &Path, css: &Path) -> Result<()> {
    let mut command = exec::in_root(
        "node",
        &["node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps", "--load-path=node_modules"],
    );
    exec::run(command.arg(entry).arg(css))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).with_context(|| format!("clearing {}", folder.display())),
        _ => Ok(()),
    }
}

/// Every file below a folder, sorted; none if the folder is not there.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let entries = match fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("reading {}", next.display())),
        };
        for entry in entries {
            let path = entry.with_context(|| format!("reading {}", next.display()))?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// A short text that changes when a name or a content of these files changes. It decides about rebuilding only,
/// so an ordinary hash is enough; a missing file counts as empty.
pub(super) fn fingerprint<'a>(files: impl IntoIterator<Item = &'a PathBuf>) -> Result<String> {
    let root = places::root();
    let mut hasher = DefaultHasher::new();
    for file in files {
        let content = match fs::read(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            other => other.with_context(|| format!("reading {}", file.display()))?,
        };
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().into_owned();
        for part in [name.as_bytes(), &content] {
            hasher.write_usize(part.len());
            hasher.write(part);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_content() {
        let folder = std::env::temp_dir().join(format!("probity-fingerprint-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.scss");
        let of = || fingerprint([&file]).unwrap();
        let missing = of();
        fs::write(&file, "a").unwrap();
        let first = of();
        fs::write(&file, "b").unwrap();
        let second = of();
        fs::write(&file, "a").unwrap();
        assert!(missing != first && first != second);
        assert_eq!(of(), first);
        assert_eq!(files_under(&folder).unwrap(), [file.as_path()]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
