//! npm packages: exactly the lock file, without running any package's scripts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::assets::fingerprint;
use crate::{exec, places, say};

/// Brings `node_modules` to what the lock file says; does nothing when it already is.
pub(super) fn ensure() -> Result<()> {
    let root = places::root();
    let wanted = fingerprint(&[root.join("package.json"), root.join("package-lock.json"), root.join(".npmrc")])?;
    let stamp = root.join("node_modules/.probity-stamp");
    if current(&stamp, &wanted) {
        return Ok(());
    }
    say::step("npm ci");
    exec::run(&mut exec::in_root("npm", &["ci", "--ignore-scripts", "--omit=optional", "--no-progress", "--loglevel=error"]))?;
    fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))
}

/// Whether the stamp says that the work for these inputs is done.
pub(super) fn current(stamp: &Path, wanted: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == wanted)
}
