//! `probity pack show` from outside.

use crate::support::{arg, folder, json, printed, run};

fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {}", printed(&output));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_policy_is_printed_as_text_clause_by_clause() {
    let output = run(&["pack", "show", "training-provider"]);
    assert!(output.status.success());
    let text = printed(&output);
    assert!(text.starts_with("Data protection policy\n======"), "{text}");
    for clause in 1..=215 {
        assert!(text.contains(&format!("\nCPO-{clause:02}: ")), "CPO-{clause:02}");
    }
    assert!(text.contains("Printed on: "));
}

#[test]
fn a_notice_is_found_by_its_id_and_an_unknown_one_names_the_nearest() {
    let notice = json(&["pack", "show", "childrens-education-cic", "--notice", "children", "--as", "json"]);
    assert_eq!(notice["audience"], "child");
    assert_eq!(notice["title"], "Your information and you");
    let said = refused(&["pack", "show", "childrens-education-cic", "--notice", "childern"]);
    assert!(said.contains("Did you mean `children`?") && said.contains("`easy-read`"), "{said}");
    let said = refused(&["pack", "show", "childrens-education-cic", "--document", "notice"]);
    assert!(said.contains("--notice") && said.contains("`families`"), "{said}");
    let said = refused(&["pack", "show", "childrens-education-cic", "--document", "board", "--notice", "children"]);
    assert!(said.contains("--document notice"), "{said}");
    let said = refused(&["pack", "show", "uk", "--document", "notice"]);
    assert!(said.contains("no privacy notice"), "{said}");
}

#[test]
fn a_pdf_goes_to_a_new_file_only() {
    let folder = folder();
    let file = folder.path().join("board.pdf");
    let show = ["pack", "show", "home-care-provider", "--document", "board", "--as"];
    let said = refused(&[&show[..], &["pdf"]].concat());
    assert!(said.contains("--out"), "{said}");
    for form in ["pdf", "large-print"] {
        let output = run(&[&show[..], &[form, "--out", arg(&file)]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));
        let said = refused(&[&show[..], &[form, "--out", arg(&file)]].concat());
        assert!(said.contains("exists already"), "{said}");
        std::fs::remove_file(&file).unwrap();
    }
}
