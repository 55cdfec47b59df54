//! kill -9 at random moments of a mixed workload: no acknowledged write is lost, nothing
//! is half written.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

use crate::support::{arg, databases, folder, installation, json, probity};

/// Kills on each engine.
const KILLS: u64 = 200;

#[test]
fn no_acknowledged_write_is_lost_to_kill_9() {
    for database in databases("kill") {
        let at = folder();
        let data = installation(at.path(), &database);
        let acks = at.path().join("acknowledged.jsonl");
        let mut written = std::fs::File::create(&acks).unwrap();
        let mut acknowledged = 0_u64;
        for round in 0..KILLS {
            let mut child = probity()
                .args(["exercise", "--data", arg(&data), "--seed", &round.to_string()])
                .stdout(Stdio::piped())
                .stderr(Stdio::inherit())
                .spawn()
                .unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // The moment is a number of acknowledgements and then some microseconds of work.
            let wanted = 1 + round * 7919 % 13;
            let (sent, told) = std::sync::mpsc::channel();
            let reader = std::thread::spawn(move || {
                let mut seen = Vec::new();
                for line in lines.map_while(Result::ok) {
                    seen.push(line);
                    if seen.len() as u64 == wanted {
                        let _ = sent.send(());
                    }
                }
                seen
            });
            let _ = told.recv_timeout(Duration::from_mins(1));
            // Waiting on a channel that nothing is sent to any more is the pause of random length.
            let _ = told.recv_timeout(Duration::from_micros(round * 104_729 % 9_000));
            child.kill().unwrap();
            child.wait().unwrap();
            for line in reader.join().unwrap() {
                acknowledged += u64::from(line.ends_with('}'));
                writeln!(written, "{line}").unwrap();
            }
        }
        let checked = json(&["exercise", "--data", arg(&data), "--check", arg(&acks)]);
        assert_eq!(checked["lost"], 0, "{database}: {checked}");
        assert_eq!(checked["checked"], acknowledged, "{database}");
        assert!(acknowledged >= KILLS, "{database}: only {acknowledged} writes were acknowledged");
        let report = json(&["verify", "--data", arg(&data), "--json"]);
        assert_eq!(report["ok"], true, "{database}: {report}");
    }
}
