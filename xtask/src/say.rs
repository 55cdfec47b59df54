//! The one place of xtask that writes to the terminal.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a development command talks to the person who ran it")]

/// A plain line on stdout.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// The start of a step, set off from the output of the tools around it.
pub(crate) fn step(text: &str) {
    println!("\n== {text}");
}

/// Something went wrong; stderr.
pub(crate) fn problem(text: &str) {
    eprintln!("xtask: {text}");
}
