//! What the other commands need on the machine, installed only when it is missing.

pub(crate) mod assets;
mod npm;
mod packages;
pub(crate) mod postgres;

use std::path::PathBuf;

use anyhow::Result;

use packages::Need;

/// `cargo xtask setup`: everything that any command needs.
pub(crate) fn run(_: &[String]) -> Result<()> {
    packages::ensure(&[Need::Npm, Need::Chromium, Need::Poppler, Need::Postgres, Need::MailServers, Need::Tesseract])?;
    assets::build()
}

/// The browser that the page tests drive.
pub(crate) fn chromium() -> Option<PathBuf> {
    packages::chromium()
}
