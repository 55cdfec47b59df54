//! A mailbox on a real server as a place to search: read whole, and nothing in it changed.

use serde_json::Value;

use super::servers::{PASSWORD, Servers, until};
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
