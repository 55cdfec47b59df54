//! Development commands of Probity: `cargo xtask <command>`.
//!
//! One file a command. Nothing here is part of the product.

mod bench;
mod demo;
mod exec;
mod generate;
mod layers;
mod metadata;
mod names;
mod places;
mod rust_text;
mod say;
mod setup;
mod sizes;
mod test;

use std::process::ExitCode;

use anyhow::Result;

/// A command: its name, what it does, and the function that does it with the arguments that follow.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

/// The one list of commands.
const COMMANDS: &[Command] = &[
    Command { name: "demo", about: "set up, then run the main job on invented mail and serve the pages", run: demo::run },
    Command { name: "test", about: "set up, then run every check and test", run: test::run },
    Command { name: "ci", about: "the same as test: what .ci/run runs", run: test::run },
    Command { name: "setup", about: "install what is missing: Debian packages, npm packages, style sheets", run: setup::run },
    Command { name: "assets", about: "compile the style sheets and scripts that the web crate embeds", run: setup::assets::run },
    Command { name: "check-layers", about: "compare the workspace's edges with the table of floors", run: layers::run },
    Command { name: "check-sizes", about: "compare file sizes with the budgets", run: sizes::run },
    Command { name: "gen", about: "write the derived documents anew (--check: only compare)", run: generate::run },
    Command {
        name: "detect-eval",
        about: "the detector against labelled files (--sentences F, --careless F, --tab F, --vectors F, or --data DIR)",
        run: names::evaluate,
    },
    Command { name: "train-names", about: "train the name model anew (--data DIR, --all: on held-out texts too)", run: names::train },
    Command { name: "group-words", about: "group words that are used alike anew (--vectors FILE)", run: names::group },
    Command { name: "bench", about: "measure a release build and print the table (names select)", run: bench::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        usage();
        return ExitCode::from(2);
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        usage();
        return ExitCode::from(2);
    };
    match (command.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    say::line("cargo xtask <command>\n");
    for command in COMMANDS {
        say::line(&format!("  {:<13} {}", command.name, command.about));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::COMMANDS;

    #[test]
    fn command_names_are_unique() {
        let names: BTreeSet<_> = COMMANDS.iter().map(|command| command.name).collect();
        assert_eq!(names.len(), COMMANDS.len());
    }
}
