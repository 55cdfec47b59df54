//! `probity redact`: files of several kinds, and folders, seen by another reader.

use std::path::Path;
use std::process::Command;

use crate::support::{arg, file, folder, printed, run};

const PAGE: &str = "BT /F1 14 Tf 20 150 Td (Ada Lovelace met Grace) Tj ET";

fn pdf() -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{PAGE}\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
         6 0 obj\n<< /Title (Ada Lovelace) >>\nendobj\ntrailer\n<< /Root 1 0 R /Info 6 0 R >>\n%%EOF\n",
        PAGE.len()
    )
    .into_bytes()
}

/// Files under the password `tiger moth`.
const LOCKED: [(&str, &[u8]); 2] = [
    ("aes.pdf", include_bytes!("../crates/adapters/tests/locked/aes.pdf")),
    ("rc4.pdf", include_bytes!("../crates/adapters/tests/locked/rc4.pdf")),
];

/// All text another reader finds in a PDF.
fn text(path: &Path) -> String {
    let output = Command::new("pdftotext").args([arg(path), "-"]).output().unwrap();
    assert!(output.status.success());
    printed(&output)
}

#[test]
fn a_pdf_keeps_its_look_and_its_text_without_the_words() {
    let here = folder();
    let (input, out) = (file(here.path(), "a.pdf", pdf()), here.path().join("out.pdf"));
    let terms = file(here.path(), "terms.txt", "Ada Lovelace\nnobody\n");
    let done = run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms), "--no-ocr"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(printed(&done).starts_with("1 passages taken out; read back, none can be found in"), "{}", printed(&done));
    assert!(printed(&done).contains("1 of the 2 words do not stand in the file"));
    let shown = text(&out);
    assert!(shown.contains("Grace") && !shown.contains("Ada") && !shown.contains("Lovelace"), "{shown}");
    let bytes = std::fs::read(&out).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Lovelace"));
    assert!(printed(&done).contains("properties, comments, form fields"), "{}", printed(&done));
}

#[test]
fn other_kinds_are_set_anew() {
    let here = folder();
    let input = file(here.path(), "a.html", "<p>Ada Lovelace met Grace. Write to alovelace@mail.example.</p>");
    let terms = file(here.path(), "terms.txt", "Lovelace");
    let out = here.path().join("out.pdf");
    assert!(run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms)]).status.success());
    let shown = text(&out);
    assert!(shown.contains("Grace") && !shown.to_lowercase().contains("lovelace"), "{shown}");
    let whole = here.path().join("whole.pdf");
    assert!(run(&["redact", arg(&input), "-o", arg(&whole), "--terms", arg(&terms), "--whole-words"]).status.success());
    assert!(text(&whole).contains("alovelace@mail.example"));
}

#[test]
fn a_date_that_goes_is_not_written_above_the_text() {
    let here = folder();
    let message = "From: ada@mail.example\nTo: grace@mail.example\nDate: Sun, 28 Mar 2010 09:00:00 +0000\nSubject: Tea\n\nAt four.\n";
    let (input, terms) = (file(here.path(), "a.eml", message), file(here.path(), "terms.txt", "28 March 2010"));
    let out = here.path().join("out.pdf");
    assert!(run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms)]).status.success());
    let shown = text(&out);
    assert!(shown.contains("At four") && !shown.contains("28 March 2010"), "{shown}");
}

#[test]
fn a_folder_gets_copies_and_a_report_of_what_has_none() {
    let here = folder();
    let input = here.path().join("in");
    file(&input, "a.pdf", pdf());
    file(&input, "below/b.txt", "Ada Lovelace was here");
    file(&input, "broken.pdf", "%PDF-1.7 nothing");
    let terms = file(here.path(), "terms.txt", "Ada Lovelace");
    let out = here.path().join("out");
    let done = run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms), "--no-ocr"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("1 of 3 files have no copy"));
    let report = std::fs::read_to_string(out.join("report.csv")).unwrap();
    assert_eq!(report.lines().count(), 4);
    assert!(report.contains("broken.pdf,,,0,0,The file cannot be redacted. The PDF is cut off. [REDACT-002]"), "{report}");
    assert!(out.join("a.pdf.pdf").is_file() && !text(&out.join("below/b.txt.pdf")).contains("Lovelace"));
}

#[test]
fn what_cannot_be_redacted_is_refused() {
    let here = folder();
    let terms = file(here.path(), "terms.txt", "Ada");
    let input = file(here.path(), "a.pdf", pdf());
    let there = file(here.path(), "there.pdf", "x");
    let again = run(&["redact", arg(&input), "-o", arg(&there), "--terms", arg(&terms)]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("REDACT-003"));
    let empty = file(here.path(), "none.txt", "\n\n");
    let out = here.path().join("out.pdf");
    assert_eq!(run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&empty)]).status.code(), Some(1));
    let missing = here.path().join("missing.pdf");
    assert_eq!(run(&["redact", arg(&missing), "-o", arg(&out), "--terms", arg(&terms)]).status.code(), Some(1));
    assert!(!out.exists());
}

#[test]
fn a_locked_file_is_redacted_with_its_password_and_the_copy_opens_without() {
    let here = folder();
    let terms = file(here.path(), "terms.txt", "Ada Lovelace");
    let passwords = file(here.path(), "passwords.txt", "wrong\ntiger moth\n");
    for (name, bytes) in LOCKED {
        let (input, out) = (file(here.path(), name, bytes), here.path().join(format!("out-{name}.pdf")));
        let redact = ["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms), "--no-ocr"];
        let refused = run(&redact);
        assert!(String::from_utf8_lossy(&refused.stderr).contains("encrypted") && !out.exists(), "{name}");
        let done = run(&[&redact[..], &["--passwords", arg(&passwords)]].concat());
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        let shown = text(&out);
        assert!(!shown.trim().is_empty() && !shown.contains("Lovelace"), "{name}: {shown}");
        let copy = std::fs::read(&out).unwrap();
        assert!(!String::from_utf8_lossy(&copy).contains("/Encrypt"), "{name}");
        assert!(printed(&done).contains("Note: it was under a password; the copy opens without."), "{name}: {}", printed(&done));
    }
}

#[test]
fn neighbouring_values_of_data_go_together() {
    let here = folder();
    let terms = file(here.path(), "terms.txt", "Quilliam Zebrowski");
    for (name, content) in [
        ("a.json", r#"[{"first":"Quilliam","last":"Zebrowski","town":"Leeds"}]"#),
        ("a.xml", "<?xml version='1.0'?><people><one first='Quilliam' last='Zebrowski'>Leeds</one></people>"),
    ] {
        let (input, out) = (file(here.path(), name, content), here.path().join(format!("{name}.pdf")));
        let done = run(&["redact", arg(&input), "-o", arg(&out), "--terms", arg(&terms)]);
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        let shown = text(&out);
        assert!(shown.contains("Leeds") && shown.contains("last"), "{name}: {shown}");
        assert!(!shown.contains("Quilliam") && !shown.contains("Zebrowski"), "{name}: {shown}");
    }
}
