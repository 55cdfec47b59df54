//! A mailbox on a real server as a place to search: read whole, and nothing in it changed; a search that is killed goes
//! on, and the same again fetches only what is new.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::servers::{PASSWORD, Servers, pause, until};
use super::{DATA, arg, json};

#[test]
fn a_mailbox_on_a_server_is_searched_and_left_as_it_was() {
    let servers = Servers::start();
    for number in 1..=3 {
        let body = if number == 2 { "Philippa Quarrendon rang about her bees." } else { "The hall is free on Tuesday." };
        let message = format!(
            "From: Desk <desk@hart.example>\nTo: {DATA}\nSubject: Note {number}\nMessage-ID: <note-{number}@hart.example>\n\n{body}\n"
        );
        servers.send("desk@hart.example", DATA, &message);
    }
    until("three messages in the mailbox", || servers.inbox(DATA) == 3);
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(home.path().join(name), text).unwrap();
        home.path().join(name)
    };
    write("password", &format!("{PASSWORD}\n"));
    let settings =
        |folders: &str| format!("imap = \"imap://127.0.0.1:{}\"\nuser = \"{DATA}\"\npassword_file = \"password\"\n{folders}", servers.imap);
    let whole = write("own.imap.toml", &settings(""));
    let person = write("person.toml", "names = [\"Philippa Quarrendon\"]\n");
    let before = servers.mailbox(DATA);
    let found = json(&["find", "--person", arg(&person), "--source", arg(&whole), "--json"]);
    assert_eq!((&found["summary"]["items"], &found["summary"]["found"]), (&Value::from(3), &Value::from(1)), "{found}");
    let locator = found["items"][0]["locator"].as_str().unwrap();
    assert!(locator.starts_with("INBOX/"), "{locator}");
    assert_eq!(servers.mailbox(DATA), before);
    assert_eq!(servers.inbox(DATA), 3, "nothing was moved");
    let missing = write("wrong.imap.toml", &settings("folders = [\"Nowhere\"]\n"));
    let output = crate::support::probity().args(["find", "--person", arg(&person), "--source", arg(&missing)]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "a folder that is not there is refused");
}

/// An account with several folders, odd names among them. Returns how many messages there are.
fn filled(servers: &Servers) -> usize {
    let folders =
        [("INBOX", 600), ("Sent", 300), ("Entw\u{fc}rfe & Ideen", 200), ("a \"quoted\" one", 100), ("Empty", 0), ("Deep/er/est", 200)];
    for (name, messages) in folders {
        let body = |n: usize| if n % 50 == 7 { "Philippa Quarrendon rang about her bees." } else { "The hall is free on Tuesday." };
        servers.put(name, (0..messages).map(|n| format!("From: Desk <desk@hart.example>\nSubject: {name} {n}\n\n{n}. {}\n", body(n))));
    }
    folders.iter().map(|(_, messages)| messages).sum()
}

/// Settings of the account in a file, and somebody to look for.
fn account(servers: &Servers, home: &Path) -> (PathBuf, PathBuf) {
    let write = |name: &str, text: &str| crate::support::file(home, name, text);
    write("password", &format!("{PASSWORD}\n"));
    let settings = format!("imap = \"imap://127.0.0.1:{}\"\nuser = \"{DATA}\"\npassword_file = \"password\"\n", servers.imap);
    (write("own.imap.toml", &settings), write("person.toml", "names = [\"Philippa Quarrendon\"]\n"))
}

#[test]
fn a_killed_search_of_an_account_goes_on_and_fetches_only_what_is_new() {
    let servers = Servers::start();
    let messages = filled(&servers);
    let home = tempfile::tempdir().unwrap();
    let (place, person) = account(&servers, home.path());
    let notes = home.path().join("notes");
    let plain = ["find", "--person", arg(&person), "--source", arg(&place), "--json"];
    let whole = json(&plain);
    assert_eq!((&whole["summary"]["items"], &whole["summary"]["found"]), (&Value::from(messages), &Value::from(28)));
    let args: Vec<&str> = plain.iter().copied().chain(["--resume", arg(&notes)]).collect();
    let length = || std::fs::metadata(&notes).map_or(0, |told| told.len());
    let mut killed = 0;
    for _ in 0..3 {
        let before = length().max(33);
        let mut child = crate::support::probity().args(&args).stdout(Stdio::null()).spawn().unwrap();
        while length() <= before && child.try_wait().unwrap().is_none() {
            pause(1);
        }
        killed += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
    }
    let last = json(&args);
    assert!(killed > 0 && last["summary"]["known"].as_u64().unwrap() >= 256, "{killed} kills, {}", last["summary"]);
    assert_eq!(last["items"], whole["items"]);
    servers.put("Sent", ["From: Desk <desk@hart.example>\nSubject: late\n\nPhilippa Quarrendon again.\n".to_owned()].into_iter());
    let again = json(&args);
    assert_eq!(again["summary"]["known"], messages, "only the new one was fetched");
    assert_eq!((&again["summary"]["items"], &again["summary"]["found"]), (&Value::from(messages + 1), &Value::from(29)));
}
