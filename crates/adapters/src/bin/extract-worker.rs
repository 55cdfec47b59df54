//! The reading process by itself, for the tests of the pool and for fuzzing.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(adapters::extract::worker::run())
}
