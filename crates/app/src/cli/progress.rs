//! Progress on a terminal, nothing in a pipe.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};
use services::sar::Progress;

/// A bar for a scan; hidden when standard error is not a terminal.
pub(crate) struct ScanBar {
    bar: ProgressBar,
}

impl ScanBar {
    /// Begins.
    pub(crate) fn begin() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("searching {bar:30} {pos}/{len} items, {msg}, {elapsed} (about {eta} left)") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows how far the scan is.
    pub(crate) fn show(&self, progress: Progress) {
        self.bar.set_length(progress.total.unwrap_or(progress.met).max(progress.met));
        let looked = progress.looked.map(|looked| format!(" (letters in pictures: {} of {})", looked.done, looked.of));
        self.bar.set_message(format!("{} found{}", progress.found, looked.unwrap_or_default()));
        self.bar.set_position(progress.met);
    }

    /// Ends.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
