//! `cargo xtask demo`: the main job on invented mail, with the same build as the tests, then the pages.

use anyhow::Result;

use crate::{exec, say, setup};

/// Arguments after the command go to `probity demo`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    setup::assets::build()?;
    // The very build of the tests: another choice of targets would choose other features of
    // some dependencies and compile the typesetter a second time.
    say::step("building probity (the first time takes several minutes, later a few seconds)");
    exec::run(&mut exec::cargo(crate::test::BUILD))?;
    let binary = crate::places::debug_binary();
    let mut command = std::process::Command::new(&binary);
    command.arg("demo").args(arguments).current_dir(crate::places::root());
    exec::run(&mut command)
}
