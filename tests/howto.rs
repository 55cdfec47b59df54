//! The how-to for writing a pack, followed to the letter: every command is run, every file is
//! written, and every line that is shown is printed.

use std::fs::{OpenOptions, create_dir_all, read_to_string};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::folder;

const HOW_TO: &str = include_str!("../docs/how-to/write-a-pack.md");

/// The fenced blocks of a page: the word after the fence, and the text.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => open = Some((kind, String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// Adds the text to the end of the file that its first line names: `# rowan-hall/rights.toml`.
fn write(at: &Path, text: &str) {
    let (head, rest) = text.split_once('\n').unwrap();
    let path = at.join(head.trim_start_matches("# "));
    assert!(head.starts_with("# ") && path.extension().is_some_and(|extension| extension == "toml"), "no file is named: {head}");
    create_dir_all(path.parent().unwrap()).unwrap();
    OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(rest.as_bytes()).unwrap();
}

/// Runs each command of a block, and finds the lines shown after it in what it prints, in order.
fn follow(at: &Path, block: &str) -> usize {
    let bin = Path::new(env!("CARGO_BIN_EXE_probity")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut commands = 0;
    for part in block.split("$ ").skip(1) {
        let (command, shown) = part.split_once('\n').unwrap();
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(at)
            .env("PATH", &path)
            .env_remove("PROBITY_DATA")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        // `pack check` ends with 1 when it finds something, and the page shows that too.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{command}: {said}");
        let mut rest = said.as_str();
        for line in shown.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "…") {
            let start = rest.find(line).unwrap_or_else(|| panic!("`{command}` does not print `{line}`:\n{said}"));
            rest = &rest[start + line.len()..];
        }
        commands += 1;
    }
    commands
}

#[test]
fn the_how_to_can_be_followed_to_the_letter() {
    let at = folder();
    let (mut commands, mut files) = (0, 0);
    for (kind, text) in blocks(HOW_TO) {
        match kind {
            "console" => commands += follow(at.path(), &text),
            "toml" => {
                write(at.path(), &text);
                files += 1;
            }
            other => assert_eq!(other, "text", "a block of this kind is not tested"),
        }
    }
    assert!(commands >= 15 && files >= 8, "{commands} commands, {files} files");
    // The comments that came with the pack are still there.
    assert!(read_to_string(at.path().join("rowan-hall/rights.toml")).unwrap().contains("You can promise more, never less."));
}
