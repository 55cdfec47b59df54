//! Mail in and out against real servers: a request mailed in becomes a case with the right
//! clock, and its acknowledgement goes out once, although the program is killed after every step.

mod place;
mod servers;

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

use serde_json::Value;
use store::{RecordQuery, Store, StoreConfig};

use crate::support::{arg, databases, folder, installation, json, probity};
use servers::{PASSWORD, Servers, pause, until};

/// Every step of a message's way, from the mailbox to the answer.
const STEPS: [&str; 9] = [
    "message-fetched",
    "message-stored",
    "message-marked",
    "acknowledgement-claimed",
    "acknowledgement-written",
    "acknowledgement-queued",
    "mail-claimed",
    "mail-handed-over",
    "mail-marked",
];

const DATA: &str = "data@greenbank.example";

/// An installation that knows the servers.
fn with_mail(at: &Path, database: &str, servers: &Servers) -> PathBuf {
    let data = installation(at, database);
    std::fs::write(data.join("mail-password"), format!("{PASSWORD}\n")).unwrap();
    let settings = data.join("probity.toml");
    let mut text = std::fs::read_to_string(&settings).unwrap();
    let mail = format!(
        "\n[mail]\nfrom = \"{DATA}\"\nsmtp = \"smtp://127.0.0.1:{}\"\nimap = \"imap://127.0.0.1:{}\"\nhandled = \"Probity\"\nuser = \"{DATA}\"\n\
         password_file = \"mail-password\"\nhold_seconds = 2\ndropped = \"dropped\"\n",
        servers.smtp, servers.imap
    );
    text.push_str(&mail);
    // Exim offers no sign-in to others, and needs none here.
    std::fs::write(&settings, text).unwrap();
    data
}

fn mail(data: &Path, what: &str) -> Value {
    json(&["mail", what, "--data", arg(data), "--json"])
}

/// Runs a command that ends itself after a step; tells whether it did.
fn killed_after(data: &Path, what: &str, step: &str) -> bool {
    let output = probity().args(["mail", what, "--data", arg(data), "--json"]).env("PROBITY_STOP_AFTER", step).output().unwrap();
    let killed = output.status.signal().is_some();
    assert!(killed || output.status.success(), "{step}: {}", String::from_utf8_lossy(&output.stderr));
    killed
}

fn request(from: &str, n: usize) -> String {
    format!(
        "From: Person Hart <{from}>\nTo: {DATA}\nSubject: My data\nMessage-ID: <request-{n}@hart.example>\n\n\
         Please send me everything you hold about me.\n\nYours sincerely,\nPerson Hart\n"
    )
}

fn acknowledgements(servers: &Servers, user: &str) -> Vec<String> {
    servers.mailbox(user).into_iter().filter(|message| message.contains("Auto-Submitted: auto-replied")).collect()
}

/// Every case: its reference, and the day its answer is due.
fn cases(data: &Path, database: &str) -> Vec<(String, String)> {
    let url = if database.is_empty() { format!("sqlite:{}", data.join("data/probity.db").display()) } else { database.to_owned() };
    let config = StoreConfig { url, data_dir: data.join("data"), keys_dir: data.join("keys"), org: domain::ids::OrgId::new("own") };
    let store = Store::open(&config).unwrap();
    let query = RecordQuery { kind: "request".to_owned(), limit: 100, ..RecordQuery::default() };
    let listed = store.read(|tx| tx.record_list(&query)).unwrap();
    let due = |us: Option<i64>| us.and_then(services::day_of_end).map(|day| day.to_string()).unwrap_or_default();
    listed.into_iter().map(|listed| (listed.head.reference, due(listed.head.due_us))).collect()
}

#[test]
fn one_case_and_one_acknowledgement_whatever_step_the_program_is_killed_after() {
    for database in databases("mail") {
        let servers = Servers::start();
        let at = folder();
        let data = with_mail(at.path(), &database, &servers);
        let mut due = String::new();
        for (n, step) in STEPS.iter().enumerate() {
            let sender = format!("person{n}@hart.example");
            servers.send(&sender, DATA, &request(&sender, n));
            let id = format!("<request-{n}@hart.example>");
            until("the request in the mailbox", || servers.mailbox(DATA).iter().any(|message| message.contains(&id)));
            let arrived = servers.mailbox(DATA).into_iter().find(|message| message.contains(&id)).unwrap();
            let received = services::intake::received_by_server(arrived.as_bytes()).unwrap();
            due = json(&["deadline", "--rule", "access", "--from", &received.to_string(), "--json"])["due"].as_str().unwrap().to_owned();
            let killed = killed_after(&data, "fetch", step) || killed_after(&data, "send", step);
            assert!(killed, "{step} was never reached");
            if *step == "mail-handed-over" {
                // The server has taken it; it delivers it, whatever became of us.
                until("the acknowledgement", || acknowledgements(&servers, &sender).len() == 1);
            }
            // Another program starts, again and again, until everything is settled.
            until("the end of the work", || {
                mail(&data, "fetch");
                mail(&data, "send");
                let counts = mail(&data, "outbox")["counts"].clone();
                counts["sent"] == n as u64 + 1 && counts["ready"].is_null() && counts["sending"].is_null()
            });
            until("the acknowledgement", || !acknowledgements(&servers, &sender).is_empty());
        }
        // Nothing comes afterwards: not when the program looks again, not when the servers are done.
        for _ in 0..3 {
            pause(700);
            mail(&data, "fetch");
            mail(&data, "send");
        }
        for (n, step) in STEPS.iter().enumerate() {
            let found = acknowledgements(&servers, &format!("person{n}@hart.example"));
            assert_eq!(found.len(), 1, "{database} {step}");
            assert!(found[0].contains(&format!("In-Reply-To: <request-{n}@hart.example>")), "{}", found[0]);
        }
        let cases = cases(&data, &database);
        assert_eq!(cases.len(), STEPS.len(), "{database}: {cases:?}");
        assert!(cases.iter().all(|(_, day)| *day == due), "{database}: {cases:?} but {due}");
        assert_eq!(servers.inbox(DATA), 0, "everything that was taken is put away");
        let report = json(&["verify", "--data", arg(&data), "--json"]);
        assert_eq!(report["ok"], true, "{database}: {report}");
    }
}

#[test]
fn a_mail_that_comes_back_and_one_that_is_refused_are_told() {
    let servers = Servers::start();
    let at = folder();
    let data = with_mail(at.path(), "", &servers);
    for (n, sender) in ["person@nowhere.example", "refused@hart.example"].iter().enumerate() {
        servers.send(sender, DATA, &request(sender, n));
    }
    until("both requests in the mailbox", || servers.inbox(DATA) == 2);
    assert_eq!(mail(&data, "fetch")["requests"], 2);
    mail(&data, "send");
    until("the returned mail", || {
        mail(&data, "fetch");
        mail(&data, "outbox")["counts"]["bounced"] == 1
    });
    let outbox = mail(&data, "outbox");
    assert_eq!(outbox["counts"]["failed"], 1, "{outbox}");
    assert!(outbox["mails"].as_array().unwrap().iter().any(|mail| mail["error"].as_str().unwrap().starts_with("550")), "{outbox}");
    assert!(!outbox.to_string().contains("nowhere.example"), "no address in what scripts print");
}

#[test]
fn a_dropped_message_is_taken_and_the_doctor_reaches_both_servers() {
    let servers = Servers::start();
    let at = folder();
    let data = with_mail(at.path(), "", &servers);
    std::fs::create_dir_all(data.join("dropped")).unwrap();
    let text = format!("Received: from x by y; Sat, 28 Nov 2026 21:14:05 +0000\n{}", request("person@hart.example", 1));
    std::fs::write(data.join("dropped/one.eml"), &text).unwrap();
    assert_eq!(mail(&data, "fetch")["requests"], 1);
    std::fs::write(data.join("dropped/again.eml"), &text).unwrap();
    assert_eq!(mail(&data, "fetch")["again"], 1);
    let report = json_of_doctor(&data);
    let checks = report["checks"].as_array().unwrap();
    let reached: Vec<&Value> = checks.iter().filter(|check| check["name"].as_str().unwrap().starts_with("mail ")).collect();
    assert!(reached.len() == 3 && reached.iter().all(|check| check["ok"] == true), "{report}");
    drop(servers);
    let report = json_of_doctor(&data);
    assert!(report["checks"].as_array().unwrap().iter().any(|check| check["name"] == "mail out" && check["ok"] == false), "{report}");
    let output = probity().args(["mail", "fetch", "--data", arg(&data), "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "a mailbox that cannot be read is a failure");
}

#[test]
fn a_mail_cut_off_at_its_last_full_stop_is_never_sent_again_by_itself_and_is_named() {
    for database in databases("mail_doubt") {
        let servers = Servers::start();
        let at = folder();
        let data = with_mail(at.path(), &database, &servers);
        let sender = "person@hart.example";
        servers.send(sender, DATA, &request(sender, 1));
        until("the request in the mailbox", || servers.inbox(DATA) == 1);
        assert_eq!(mail(&data, "fetch")["requests"], 1);
        assert!(killed_after(&data, "send", "mail-at-the-last-full-stop"), "the step was never reached");
        // Another program finds it in doubt when the first one's time is over, and looks for its copy in vain.
        until("the doubt", || {
            mail(&data, "send");
            mail(&data, "outbox")["counts"]["unknown"] == 1
        });
        for _ in 0..3 {
            pause(700);
            mail(&data, "fetch");
            mail(&data, "send");
        }
        assert_eq!(acknowledgements(&servers, sender).len(), 0, "{database}: the server never had it whole, and nobody sent it again");
        let report = json_of_doctor(&data);
        let named = |check: &Value| check["name"] == "mail perhaps sent" && check["found"].as_str().unwrap().contains("acknowledgement");
        assert!(report["checks"].as_array().unwrap().iter().any(named), "{report}");
        assert_eq!(json(&["verify", "--data", arg(&data), "--json"])["ok"], true, "{database}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_keeps_no_message_from_being_taken() {
    let servers = Servers::start();
    let at = folder();
    let data = with_mail(at.path(), "", &servers);
    let settings = data.join("probity.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, text.replace("handled = \"Probity\"", "handled = \"no//such//folder\"")).unwrap();
    for n in 0..2 {
        let sender = format!("person{n}@hart.example");
        servers.send(&sender, DATA, &request(&sender, n));
    }
    until("both requests in the mailbox", || servers.inbox(DATA) == 2);
    let fetched = mail(&data, "fetch");
    assert_eq!((&fetched["requests"], &fetched["stuck"], &fetched["failed"]), (&2.into(), &2.into(), &0.into()), "{fetched}");
    assert_eq!(mail(&data, "fetch")["taken"], 0, "each once");
    let report = json_of_doctor(&data);
    assert!(report["checks"].as_array().unwrap().iter().any(|check| check["name"] == "mail left behind"), "{report}");
    // The folder is named rightly: they are put away, and nothing is named any more.
    std::fs::write(&settings, std::fs::read_to_string(&settings).unwrap().replace("no//such//folder", "Probity")).unwrap();
    mail(&data, "fetch");
    assert_eq!(servers.inbox(DATA), 0);
    let report = json_of_doctor(&data);
    assert!(!report["checks"].as_array().unwrap().iter().any(|check| check["name"] == "mail left behind"), "{report}");
}

fn json_of_doctor(data: &Path) -> Value {
    let output = probity().args(["doctor", "--data", arg(data), "--json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}
