//! The reading process by itself, and the one that becomes the reader of letters, for the tests of the pool and for fuzzing.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    ExitCode::from(match arguments.next() {
        Some(first) if first == "letters-worker" => adapters::letters::worker::run(arguments),
        _ => adapters::extract::worker::run(),
    })
}
