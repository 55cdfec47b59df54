//! Bad input gets a plain refusal or a listed item, and the rest of the job goes on.

use serde_json::Value;
use testkit::rng::Rng;
use testkit::write::pdf::pdf;
use testkit::write::zip::zip;
use testkit::write::{Sheet, unreadable};

use crate::support::{arg, file, folder, json, printed, run};

const REQUEST: &str = "From: Amelia Hart <amelia@hart.example>\r\nTo: office@greenbank.example\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nSubject: SAR request\r\n\r\nPlease send me everything you hold about me.\r\n\r\nAmelia Hart\r\n";

fn refused(args: &[&str], code: &str) {
    let output = run(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{args:?}: {said}{}", printed(&output));
    assert!(said.contains(code), "{args:?}: {said}");
    assert!(said.contains("hint: "), "{said}");
}

#[test]
fn mails_that_cannot_be_answered_are_refused_with_a_next_step() {
    let at = folder();
    let place = at.path().join("place");
    file(&place, "note.txt", "Amelia Hart was here.");
    let cases = [
        (
            "no-request.eml",
            REQUEST.replace("SAR request", "Room").replace("Please send me everything you hold about me.", "The boiler is cold."),
            "REQ-001",
        ),
        ("no-date.eml", REQUEST.replace("Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n", ""), "DATE-004"),
        ("odd-date.eml", REQUEST.replace("20 Nov 2026", "31 Feb 2026"), "DATE-004"),
    ];
    for (name, text, code) in cases {
        let mail = file(at.path(), name, text);
        let out = at.path().join(format!("{name}.out"));
        refused(
            &["sar", "run", "--request", arg(&mail), "--source", arg(&place), "--out", arg(&out), "--as-of", "2026-11-22", "--yes"],
            code,
        );
    }
    let mail = file(at.path(), "good.eml", REQUEST);
    let out = at.path().join("out");
    refused(&["sar", "run", "--request", arg(&mail), "--source", "/nowhere/at/all", "--out", arg(&out), "--yes"], "FIND-002");
    refused(
        &["sar", "run", "--request", arg(&mail), "--source", arg(&place), "--out", arg(&out), "--as-of", "2026-02-30", "--yes"],
        "DATE-001",
    );
    refused(
        &["sar", "run", "--request", arg(&mail), "--source", arg(&place), "--out", arg(&out), "--as-of", "2026-11-01", "--yes"],
        "REQ-013",
    );
    refused(
        &["sar", "run", "--request", arg(&mail), "--source", arg(&place), "--pack", "no-such-pack", "--out", arg(&out), "--yes"],
        "PACK-003",
    );
}

#[test]
fn a_pack_with_unknown_keys_is_refused_with_the_nearest_one() {
    let at = folder();
    let pack = at.path().join("pack");
    file(&pack, "pack.toml", "name = \"ours\"\ntitle = \"Policy\"\nversion = \"1\"\ninherits = \"uk\"\n");
    file(&pack, "rights.toml", "# our rights\nfee_pense = 1000\n");
    let output = run(&["deadline", "--rule", "rights", "--from", "2026-11-20", "--pack", arg(&pack), "--json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("PACK-001") && said.contains("rights.toml") && said.contains("fee_pence"), "{said}");
}

#[test]
fn a_person_without_an_identifier_is_refused() {
    let at = folder();
    let person = file(at.path(), "person.toml", "names = []\n");
    refused(&["find", "--person", arg(&person), "--source", arg(at.path())], "FIND-001");
}

#[test]
fn hostile_items_are_listed_and_the_rest_goes_on() {
    let at = folder();
    let place = at.path().join("place");
    let person = file(at.path(), "person.toml", "names = [\"Amelia Hart\"]\n");
    file(&place, "a-good.txt", "Minutes: Amelia Hart attended.");
    file(&place, "locked.pdf", unreadable::locked_pdf(&mut Rng::new(1)));
    file(&place, "cut.pdf", &pdf(&Sheet::new("Note", "Sam Reed", "2026-01-01T00:00:00Z", "Amelia Hart came."))[..200]);
    file(&place, "no.pdf", "this is not a PDF");
    file(&place, "bomb.zip", zip(&[("zeros.txt".to_owned(), vec![0; 300 << 20])]));
    let mut nested = "From: a@b.example\r\nSubject: inmost\r\n\r\nAmelia Hart\r\n".to_owned();
    for depth in 0..50 {
        nested = format!(
            "From: a@b.example\r\nSubject: level {depth}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b{depth}\"\r\n\r\n--b{depth}\r\nContent-Type: message/rfc822\r\n\r\n{nested}\r\n--b{depth}--\r\n"
        );
    }
    file(&place, "nested.eml", nested);
    let mut huge = REQUEST.as_bytes().to_vec();
    huge.extend_from_slice("x".repeat(70).as_bytes());
    let line = [b'A'; 76];
    for _ in 0..(90 << 20) / 77 {
        huge.extend_from_slice(&line);
        huge.push(b'\n');
    }
    file(&place, "huge.eml", huge);
    file(&place, "z-last.txt", "Last: Amelia Hart.");
    let found = json(&["find", "--person", arg(&person), "--source", arg(&place), "--json"]);
    let items = found["items"].as_array().unwrap();
    let item = |name: &str| -> Vec<&Value> { items.iter().filter(|item| item["locator"].as_str().unwrap().starts_with(name)).collect() };
    for name in ["locked.pdf", "cut.pdf", "no.pdf", "bomb.zip", "nested.eml", "huge.eml"] {
        assert!(item(name).iter().any(|item| item["unreadable"].is_string()), "{name} is not listed: {items:#?}");
    }
    for name in ["a-good.txt", "z-last.txt", "huge.eml"] {
        assert!(item(name).iter().any(|item| item["band"] == "certain"), "{name} was not found");
    }
}
