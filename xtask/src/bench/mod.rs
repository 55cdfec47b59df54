//! `cargo xtask bench`: measures a release build and prints one table.
//!
//! The measuring inside the program is `probity bench ..`, which writes its figures as JSON lines
//! `{"name", "value", "unit"}`. What can only be measured from outside (start, memory, load over HTTP,
//! the comparison with other programs) is measured here.

mod cpu;
mod figure;
mod load;
mod server;
mod side_by_side;

use std::cell::OnceCell;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::setup::postgres::Postgres;
use crate::{exec, places, say, setup};
use figure::Figure;

/// A measurement: its name on the command line, and what it does.
struct Bench {
    name: &'static str,
    run: fn(&Ground) -> Result<Vec<Figure>>,
}

/// The one list of measurements.
const BENCHES: &[Bench] = &[
    Bench { name: "size", run: server::binary_size },
    Bench { name: "start", run: server::start_and_memory },
    Bench { name: "commands-sqlite", run: |ground| ground.inside(&["bench", "commands", "--engine", "sqlite"]) },
    Bench { name: "commands-postgres", run: |ground| ground.inside(&["bench", "commands", "--engine", ground.postgres()?]) },
    Bench { name: "today", run: server::full_register },
    Bench { name: "reviewers", run: |ground| ground.inside(&["bench", "reviewers", "--json"]) },
    Bench { name: "review-pages", run: |ground| ground.inside(&["bench", "review-pages"]) },
    Bench { name: "portal", run: |ground| ground.inside(&["bench", "portal"]) },
    Bench { name: "detect", run: |ground| ground.inside(&["bench", "detect"]) },
    Bench { name: "burn", run: |ground| ground.inside(&["bench", "burn"]) },
    Bench { name: "verify", run: |ground| ground.inside(&["bench", "verify"]) },
    Bench { name: "retention", run: |ground| ground.inside(&["bench", "retention"]) },
    Bench { name: "life", run: |ground| ground.inside(&["bench", "life"]) },
    Bench { name: "scan", run: side_by_side::scan },
];

/// What a measurement stands on: the release binary, a scratch folder, and a PostgreSQL once one is asked for.
pub(crate) struct Ground {
    binary: PathBuf,
    scratch: PathBuf,
    postgres: OnceCell<(Postgres, String)>,
}

impl Ground {
    fn new() -> Result<Self> {
        let scratch = std::env::temp_dir().join(format!("probity-bench-{}", std::process::id()));
        std::fs::create_dir(&scratch).with_context(|| format!("creating {}", scratch.display()))?;
        Ok(Self { binary: places::release_binary(), scratch, postgres: OnceCell::new() })
    }

    /// The program, working in the scratch folder.
    fn program(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(&self.binary);
        command.args(arguments).current_dir(&self.scratch);
        command
    }

    /// Figures that the program measures of itself.
    fn inside(&self, arguments: &[&str]) -> Result<Vec<Figure>> {
        figure::read(&exec::capture(&mut self.program(arguments))?)
    }

    /// The address of a private PostgreSQL, started on first use.
    fn postgres(&self) -> Result<&str> {
        if self.postgres.get().is_none() {
            let server = Postgres::start()?;
            let url = server.url();
            let _first = self.postgres.set((server, url));
        }
        self.postgres.get().map(|(_, url)| url.as_str()).context("PostgreSQL did not start")
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.scratch) {
            say::problem(&format!("{} could not be removed: {error}", self.scratch.display()));
        }
    }
}

/// Measures everything, or what the arguments name. A measurement that fails is shown, and fails the command.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let chosen = chosen(arguments)?;
    setup::run(&[])?;
    say::step("building the release program");
    exec::run(&mut exec::cargo(&["build", "--release", "--locked", "--package", "app", "--bin", "probity"]))?;
    let ground = Ground::new()?;
    let mut figures = Vec::new();
    let mut failed = 0_usize;
    for bench in chosen {
        say::step(bench.name);
        match (bench.run)(&ground) {
            Ok(found) => {
                for figure in found {
                    say::line(&figure.row());
                    figures.push(figure);
                }
            }
            Err(error) => {
                failed += 1;
                say::problem(&format!("{}: {error:#}", bench.name));
            }
        }
    }
    say::step("all figures");
    for figure in &figures {
        say::line(&figure.row());
    }
    if failed == 0 { Ok(()) } else { bail!("{failed} measurements failed") }
}

fn chosen(arguments: &[String]) -> Result<Vec<&'static Bench>> {
    if arguments.is_empty() {
        return Ok(BENCHES.iter().collect());
    }
    let find = |name: &String| {
        let names = || BENCHES.iter().map(|bench| bench.name).collect::<Vec<_>>().join(", ");
        BENCHES.iter().find(|bench| bench.name == name).with_context(|| format!("no measurement {name}; there are {}", names()))
    };
    arguments.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_select_and_unknown_names_are_refused() {
        assert_eq!(chosen(&[]).unwrap().len(), BENCHES.len());
        assert_eq!(chosen(&["verify".to_owned()]).unwrap().first().unwrap().name, "verify");
        assert!(chosen(&["nothing".to_owned()]).is_err());
    }
}
