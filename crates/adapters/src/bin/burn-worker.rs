//! The drawing process by itself, for the tests of burning.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(adapters::burn::worker::run())
}
