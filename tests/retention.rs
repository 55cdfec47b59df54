//! `probity retention` from outside.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::{arg, file, folder, json, printed, probity, run};

const PACK: &str = "name = \"test-pack\"\ntitle = \"A test\"\ninherits = \"uk\"\n";

const RETENTION: &str = r#"
[[floor]]
id = "test-wages"
title = "wage records"
period = { years = 6 }
source = "the Wages Act"
[[class]]
id = "personnel-files"
title = "Personnel files"
trigger = "employment-end"
keep = { exactly = { years = 6 } }
methods = { paper = ["shred"] }
caution = "A spent warning may have to come out earlier."
[[class]]
id = "redundancy"
title = "Redundancies"
trigger = "redundancy-date"
keep = { exactly = { years = 3 } }
[[class.variant]]
fact = "redundancies"
below = 20
[[class.variant]]
fact = "redundancies"
from = 20
keep = { exactly = { years = 12 } }
[[class]]
id = "payroll"
title = "Payroll"
trigger = "employment-end"
keep = { at-most = { months = 6 } }
[[class.field]]
name = "ni-number"
class = "wages"
[[class]]
id = "wages"
title = "Wages"
trigger = "tax-year-end"
keep = { exactly = { years = 3 } }
floors = ["test-wages"]
"#;

fn pack(folder: &Path) -> PathBuf {
    let pack = folder.join("pack");
    file(&pack, "pack.toml", PACK);
    file(&pack, "retention.toml", RETENTION);
    pack
}

/// Sweeps a table on 22 November 2026.
fn sweep(folder: &Path, table: &[u8], more: &[&str]) -> Output {
    let (pack, table) = (pack(folder), file(folder, "holdings.csv", table));
    let mut args = vec!["retention", "sweep", "--holdings", arg(&table), "--pack", arg(&pack), "--on", "2026-11-22"];
    args.extend(more);
    run(&args)
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}{}", printed(output), said(output));
    printed(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Row, class, due and state of each line.
fn short(lines: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    lines.iter().map(|line| format!("{} {} {} {}", line["row"], text(&line["class"]), text(&line["due"]), text(&line["state"]))).collect()
}

#[test]
fn every_row_gets_a_line_with_its_state_and_reason() {
    let folder = folder();
    let table = "class,employment_end,redundancy_date,redundancies,hold\n\
                 personnel-files,2020-11-22,,,\n\
                 personnel-files,2020-11-23,,,\n\
                 personnel-files,,,,\n\
                 personnel-files,2010-01-01,,,open complaint\n\
                 redundancy,,2020-01-31,19,\n\
                 redundancy,,2020-01-31,20,\n\
                 redundancy,,2020-01-31,,no\n\
                 personel-files,2020-11-22,,,\n";
    let output = sweep(folder.path(), table.as_bytes(), &["--json"]);
    let lines = lines(&output);
    assert_eq!(
        short(&lines),
        [
            "1 personnel-files 2026-11-22 due",
            "2 personnel-files 2026-11-23 not_due",
            "3 personnel-files - missing_fact",
            "4 personnel-files 2016-01-01 held",
            "5 redundancy 2023-01-31 due",
            "6 redundancy 2032-01-31 not_due",
            "7 redundancy - missing_fact",
            "8 personel-files - error",
        ]
    );
    assert!(lines.iter().all(|line| line["reason"].as_str().is_some_and(|reason| reason.len() > 10)), "{lines:?}");
    assert_eq!((&lines[2]["missing"], &lines[6]["missing"]), (&Value::from("employment_end"), &Value::from("redundancies")));
    assert!(lines[7]["reason"].as_str().unwrap().contains("`personnel-files`"));
    assert!(
        said(&output).contains("8 rows: 2 due, 2 not due, 1 held, 2 with a missing fact, 1 that cannot be evaluated."),
        "{}",
        said(&output)
    );
}

#[test]
fn quotes_line_ends_marks_and_separators_are_taken_as_they_come() {
    let folder = folder();
    for table in [
        "class,employment_end,notes\r\n\"personnel-files\",\"2020-11-22\",\"said \"\"no\"\",\r\nthen yes\"\r\n",
        "\u{feff}class;employment_end;notes\npersonnel-files;2020-11-22;a, b\n",
        "Record class\tEmployment end date\nPersonnel Files\t2020-11-22",
        "class,employment_end,notes\n\n  personnel_files , 2020-11-22T00:00:00 ,\n\n",
    ] {
        let output = sweep(folder.path(), table.as_bytes(), &["--json"]);
        assert_eq!(short(&lines(&output)), ["1 personnel-files 2026-11-22 due"], "{table}: {}", said(&output));
    }
    // A field of a megabyte, and bytes that are no text.
    let mut table = b"class,employment_end,notes\npersonnel-files,2020-11-22,\"".to_vec();
    table.extend(std::iter::repeat_n(b'x', 1 << 20));
    table.extend(b"\"\npersonnel-files,2020-11-22,\xff\xfe\x00\n");
    assert_eq!(lines(&sweep(folder.path(), &table, &["--json"])).len(), 2);
}

#[test]
fn bad_rows_go_to_a_file_of_their_own_and_none_is_lost() {
    let folder = folder();
    let table = "class,employment_end,redundancies,hold,notes\n\
                 personnel-files,2020-02-30,,,\n\
                 personnel-files,2020-11-22,,\n\
                 personnel-files,2020-11-22,,,\"an open quote\n\
                 personnel-files,2020-11-22,,,\n\
                 personnel-files,2020-11-22,,,closed\"\n\
                 redundancy,,many,,\n\
                 ,2020-11-22,,,\n\
                 nonsense,,,,\n\
                 personnel-files,2020-11-22,,,\n";
    let errors = folder.path().join("bad.csv");
    let output = sweep(folder.path(), table.as_bytes(), &["--json", "--errors", arg(&errors)]);
    let states: Vec<_> = lines(&output).iter().map(|line| line["state"].as_str().unwrap().to_owned()).collect();
    assert_eq!(states, ["error", "error", "error", "error", "error", "error", "due"]);
    let bad = std::fs::read_to_string(&errors).unwrap();
    let rows: Vec<_> = bad.lines().collect();
    assert_eq!(rows[0], "row,line,what,what to do");
    assert!(rows[1].starts_with("1,2,") && rows[1].contains("employment_end") && rows[1].contains("day-first"), "{bad}");
    assert!(rows[2].starts_with("2,3,") && rows[2].contains("4 cells"), "{bad}");
    assert!(rows[3].starts_with("3,4,") && rows[3].contains("Close the quote"), "{bad}");
    assert!(rows[4].starts_with("4,7,") && rows[4].contains("redundancies"), "{bad}");
    assert_eq!(rows.len(), 7, "{bad}");
    assert!(!bad.contains("2020-02-30"), "the content of a cell has no place there: {bad}");
    assert!(said(&output).contains("6 that cannot be evaluated"), "{}", said(&output));
    // The table itself is never overwritten.
    let table = folder.path().join("holdings.csv");
    let output = sweep(folder.path(), b"class\nwages\n", &["--errors", arg(&table)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "class\nwages\n");
}

#[test]
fn tables_that_cannot_be_used_are_refused_with_the_reason() {
    let folder = folder();
    for (table, said_of) in [
        (b"".as_slice(), "It is empty"),
        (b"\xef\xbb\xbf\r\n", "It is empty"),
        (b"personnel-files,2020-11-22\n", "not the names of the columns"),
        (b"clas,employment_end\npersonnel-files,2020-11-22\n", "Is it `clas`?"),
        (b"a,b\n1,2\n", "No column says"),
        (b"class,last_contact,date of last contact\nwages,,\n", "Two columns hold `last_contact`"),
        (b"\xff\xfec\x00l\x00", "UTF-16"),
        (b"PK\x03\x04....", "workbook"),
    ] {
        let output = sweep(folder.path(), table, &["--json"]);
        let answer = printed(&output);
        assert_eq!(output.status.code(), Some(1), "{said_of}: {answer}");
        assert!(answer.contains(said_of), "{said_of}: {answer}");
    }
    let mut endless = b"class,notes\nwages,\"".to_vec();
    endless.resize(40 << 20, b'x');
    assert!(printed(&sweep(folder.path(), &endless, &["--json"])).contains("begins on line 2 has no end"));
    let pack = pack(folder.path());
    let none = run(&["retention", "sweep", "--holdings", "no-such-file.csv", "--pack", arg(&pack), "--json"]);
    assert!(printed(&none).contains("RET-003"));
}

#[test]
fn a_mapping_is_saved_and_used_again() {
    let folder = folder();
    let mapping = file(
        folder.path(),
        "mapping.toml",
        "dates = \"day-first\"\n[columns]\n\"Art\" = \"class\"\n\"Left\" = \"employment_end\"\n\"Name\" = \"\"\n[classes]\n\"HR file\" = \"personnel-files\"\n",
    );
    let saved = folder.path().join("saved.toml");
    let table = "Art,Left,Name,Shelf\nHR file,22/11/2020,Ann Other,4\nHR file,2020-11-23,,\n";
    let first = sweep(folder.path(), table.as_bytes(), &["--json", "--mapping", arg(&mapping), "--save-mapping", arg(&saved)]);
    assert_eq!(short(&lines(&first)), ["1 personnel-files 2026-11-22 due", "2 personnel-files 2026-11-23 not_due"]);
    assert_eq!(said(&first).matches("Shelf").count(), 1, "an unknown column is reported once: {}", said(&first));
    assert!(!said(&first).contains("`Name`"), "a column left out on purpose is not reported");
    let again = sweep(folder.path(), table.as_bytes(), &["--json", "--mapping", arg(&saved)]);
    assert_eq!((printed(&again), said(&again).contains("Shelf")), (printed(&first), false));
    // Saved files are not overwritten, and a mapping has to fit.
    assert!(
        said(&sweep(folder.path(), table.as_bytes(), &["--mapping", arg(&mapping), "--save-mapping", arg(&saved)])).contains("RET-004")
    );
    for (text, said_of) in [
        ("[columns]\n\"Arts\" = \"class\"\n", "Did you mean `Art`?"),
        ("[columns]\n\"Art\" = \"class\"\n\"Left\" = \"employment_ends\"\n", "Did you mean `employment_end`?"),
        ("class = \"wage\"\n", "Did you mean `wages`?"),
        ("dates = \"month-first\"\n", "Line 1"),
    ] {
        let mapping = file(folder.path(), "other.toml", text);
        let output = sweep(folder.path(), table.as_bytes(), &["--json", "--mapping", arg(&mapping)]);
        assert!(printed(&output).contains(said_of) && printed(&output).contains("RET-004"), "{text}: {}", printed(&output));
    }
    let whole = file(folder.path(), "class.toml", "class = \"wages\"\n");
    let output = sweep(folder.path(), b"tax_year_end\n2020-01-31\n", &["--json", "--mapping", arg(&whole)]);
    assert_eq!(short(&lines(&output)), ["1 wages 2026-04-05 due"]);
}

#[test]
fn fields_live_on_under_their_own_class() {
    let folder = folder();
    let table = "class,fields,employment_end,tax_year_end\n\
                 payroll,bank-details,2026-03-31,2026-04-05\n\
                 payroll,ni-number,2026-03-31,2026-04-05\n\
                 payroll,bank-details;ni-number,2026-03-31,2026-04-05\n";
    let lines = lines(&sweep(folder.path(), table.as_bytes(), &["--json"]));
    assert_eq!(short(&lines), ["1 payroll 2026-09-30 due", "2 payroll 2032-04-05 not_due", "3 payroll 2026-09-30 due"]);
    assert_eq!((&lines[1]["decided_by"], &lines[2]["fields"][0]["due"]), (&Value::from("wages"), &Value::from("2032-04-05")));
}

#[test]
fn standard_input_streams_and_a_person_reads_what_matters() {
    let folder = folder();
    let pack = pack(folder.path());
    let mut child = probity()
        .args(["retention", "sweep", "--holdings", "-", "--pack", arg(&pack), "--on", "2026-11-22"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "class,employment_end").unwrap();
    for day in 1..=28 {
        writeln!(input, "personnel-files,2020-11-{day:02}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(printed(&output).lines().count(), 22, "rows that are not due are left out: {}", printed(&output));
    assert!(said(&output).contains("28 rows: 22 due, 6 not due"), "{}", said(&output));
    let all = sweep(folder.path(), b"class,employment_end\npersonnel-files,2026-01-01\n", &["--all"]);
    assert!(printed(&all).contains("2032-01-01") && printed(&all).contains("not_due"));
}

#[test]
fn rules_and_explanations_name_their_sources() {
    let folder = folder();
    let pack = pack(folder.path());
    let rules = json(&["retention", "rules", "--pack", arg(&pack), "--json"]);
    let rule = |class: &str| rules.as_array().unwrap().iter().find(|rule| rule["class"] == class).unwrap();
    assert_eq!(rule("personnel-files")["methods"]["paper"][0], "shred");
    assert!(rule("redundancy")["variants"].to_string().contains("20 or more"));
    assert_eq!(rule("wages")["floors"][0]["source"], "the Wages Act");
    let shown = printed(&run(&["retention", "rules", "--pack", arg(&pack)]));
    assert!(shown.contains("personnel-files") && shown.contains("spent warning") && shown.contains("6 years (the Wages Act)"), "{shown}");

    let explain = |facts: &[&str], more: &[&str]| {
        let mut args = vec!["retention", "explain", "--pack", arg(&pack), "--on", "2026-11-22", "--class", "wages"];
        args.extend(facts.iter().flat_map(|fact| ["--fact", fact]));
        args.extend(more);
        run(&args)
    };
    let answer: Value = serde_json::from_slice(&explain(&["tax_year_end=2019-12-31"], &["--json"]).stdout).unwrap();
    assert_eq!((&answer["due"], &answer["state"]), (&Value::from("2026-04-05"), &Value::from("due")));
    assert!(answer["steps"].to_string().contains("the Wages Act") && answer["reason"].to_string().contains("3 years"), "{answer}");
    let words = printed(&explain(&["tax-year-end=2019-12-31", "hold=yes"], &[]));
    assert!(words.contains("is held") && words.contains("section 173"), "{words}");
    let refused = explain(&["tax_year_ends=2019-12-31"], &["--json"]);
    assert!(printed(&refused).contains("RET-002") && printed(&refused).contains("`tax_year_end`"), "{}", printed(&refused));
    let unknown = run(&["retention", "explain", "--pack", arg(&pack), "--class", "wage", "--json"]);
    assert!(printed(&unknown).contains("RET-001") && printed(&unknown).contains("`wages`"), "{}", printed(&unknown));
}
