//! Running the program and making places for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program under test.
pub(crate) fn probity() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_probity"));
    command.env_remove("PROBITY_DATA").stdin(Stdio::null());
    command
}

/// Runs the program with arguments.
pub(crate) fn run(args: &[&str]) -> Output {
    probity().args(args).output().unwrap()
}

/// What it printed.
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs the program, which must succeed, and reads its one JSON object.
pub(crate) fn json(args: &[&str]) -> Value {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}{}", printed(&output), String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A fresh folder that is removed at the end.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file into a folder.
pub(crate) fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The engines to run on: SQLite always, PostgreSQL when a server is given. The test
/// command gives one; without the word "require" a developer may leave it out.
pub(crate) fn databases(name: &str) -> Vec<String> {
    let mut urls = vec![String::new()];
    match std::env::var("PROBITY_TEST_POSTGRES") {
        Ok(server) => urls.push(fresh_database(&server, name)),
        Err(_) => assert!(std::env::var("PROBITY_REQUIRE_POSTGRES").is_err(), "PROBITY_TEST_POSTGRES is not set"),
    }
    urls
}

fn fresh_database(server: &str, name: &str) -> String {
    let name = format!("probity_{name}_{}", std::process::id());
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        let made = Command::new("psql").args([server, "--quiet", "--command", &statement]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// A new installation on an engine.
pub(crate) fn installation(folder: &Path, database: &str) -> PathBuf {
    let data = folder.join("installation");
    let mut args = vec!["init", "--data", arg(&data), "--pack", "childrens-education-cic"];
    if !database.is_empty() {
        args.extend(["--database", database]);
    }
    let output = run(&args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    data
}
