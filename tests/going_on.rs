//! `--resume`: a search killed at any moment goes on, and the same again reads only what is new.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{arg, file, folder, json, printed, probity, run};

const MESSAGES: usize = 6_000;

fn mailbox(at: &Path) {
    let message = |n: usize| {
        let who = if n.is_multiple_of(50) { "Philippa Quarrendon" } else { "Owen Price" };
        format!(
            "From x@example.org Mon Nov  2 10:00:00 2026\nFrom: {who} <x@example.org>\nSubject: Note {n}\n\nNote {n} about the hall.\n{}\n",
            "The hall is free on Tuesday and the kettle works.\n".repeat(n % 60)
        )
    };
    file(at, "old.mbox", (0..MESSAGES).map(message).collect::<String>());
}

/// What was found, without what is said of earlier runs.
fn findings(mut found: Value) -> Value {
    for key in ["known", "changed"] {
        found["summary"].as_object_mut().unwrap().remove(key);
    }
    found
}

#[test]
fn a_search_killed_at_random_moments_finds_what_an_unbroken_one_finds() {
    let home = folder();
    mailbox(home.path());
    let person = file(home.path(), "person.toml", "names = [\"Philippa Quarrendon\"]\n");
    let (source, notes) = (home.path().join("old.mbox"), home.path().join("search"));
    let plain = ["find", "--person", arg(&person), "--source", arg(&source), "--json"];
    let whole = json(&plain);
    assert_eq!(whole["summary"]["found"], MESSAGES / 50);
    let args: Vec<&str> = plain.iter().copied().chain(["--resume", arg(&notes)]).collect();
    let mut kills = 0;
    for round in 0..40_u64 {
        let mut child = probity().args(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // It dies some microseconds after it has written a note that was not there before.
        let before = std::fs::metadata(&notes).map_or(0, |told| told.len());
        let began = Instant::now();
        let ended = loop {
            if child.try_wait().unwrap().is_some() {
                break true;
            }
            if std::fs::metadata(&notes).map_or(0, |told| told.len()) > before.max(33) || began.elapsed() > Duration::from_mins(1) {
                break false;
            }
            pause(Duration::from_micros(200));
        };
        pause(Duration::from_micros(round * 7_919 % 5_000));
        kills += u32::from(!ended);
        let _ = child.kill();
        child.wait().unwrap();
        if ended {
            break;
        }
    }
    assert!(kills > 3, "it was killed {kills} times only");
    let last = json(&args);
    assert!(last["summary"]["known"].as_u64().unwrap() > 256, "{}", last["summary"]);
    assert_eq!(findings(last), findings(whole.clone()));
    let again = json(&args);
    assert_eq!(again["summary"]["known"], MESSAGES, "nothing was read again");
    assert_eq!(findings(again), findings(whole));
    let bytes = std::fs::read(&notes).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"Quarrendon"), "nothing in clear");
}

#[test]
fn the_file_is_kept_to_one_search_and_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder();
    file(home.path(), "box/1.txt", "Philippa Quarrendon was here.");
    file(home.path(), "box/2.txt", "Owen Price was here.");
    let person = |name: &str| file(home.path(), &format!("{name}.toml"), format!("names = [\"{name}\"]\n"));
    let (box_, notes) = (home.path().join("box"), home.path().join("search"));
    let find = |who: &Path| run(&["find", "--person", arg(who), "--source", arg(&box_), "--resume", arg(&notes)]);
    let (philippa, owen) = (person("Philippa Quarrendon"), person("Owen Price"));
    assert!(!printed(&find(&philippa)).contains("earlier run"));
    assert_eq!(std::fs::metadata(&notes).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(printed(&find(&philippa)).contains("Went on from an earlier run: 2 items did not have to be read again."));
    file(home.path(), "box/2.txt", "Philippa Quarrendon and Owen Price were here.");
    let changed = printed(&find(&philippa));
    assert!(changed.contains("1 items did not have to be read again. One had changed and was read again."), "{changed}");
    assert!(changed.contains("2 items searched, 2 concern the person."), "{changed}");
    let other = printed(&find(&owen));
    assert!(other.contains("everything was read again") && other.contains("2 items searched, 1 concern"), "{other}");
    std::fs::write(&notes, "my own list of things\n").unwrap();
    let refused = find(&owen);
    assert_eq!(refused.status.code(), Some(1), "{}", printed(&refused));
    assert_eq!(std::fs::read_to_string(&notes).unwrap(), "my own list of things\n", "nothing of somebody else's is written over");
}

/// Waits on a channel that nothing is ever sent to.
fn pause(time: Duration) {
    let (_kept, never) = std::sync::mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}
