//! Probity: a small UK organisation runs its data protection policy on it. This is the
//! one binary; `probity --help` lists what it does.

mod cli;
mod wiring;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
