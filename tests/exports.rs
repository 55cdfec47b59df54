//! Exports of tables: a mapping proposed once, and searched row by row week after week.

use super::support::{arg, file, folder, json, printed, run};

const CONTACTS: &str =
    "Id,FirstName,LastName,Email,Phone\n003A,Amelia,Hart,amelia@example.org,0113 496 0000\n003B,Ben,Carter,ben@example.org,\n";
const CASES: &str = "Id,ContactId,Subject,Description\n500A,003A,Late bus,The bus was late twice.\n500B,003B,Refund,Paid back.\n";

#[test]
fn a_row_of_an_export_is_found_by_what_its_columns_mean_and_by_whom_it_leads_to() {
    let at = folder();
    let week = at.path().join("week");
    file(&week, "Contact.csv", CONTACTS);
    file(&week, "Case.csv", CASES);
    let person = file(at.path(), "person.toml", "names = [\"Amelia Hart\"]\nemails = [\"amelia@example.org\"]\n");
    let mapping = at.path().join("week.export.toml");
    let made = run(&["columns", arg(&week), "--save", arg(&mapping)]);
    assert!(made.status.success() && printed(&made).contains("2 tables"), "{}", printed(&made));
    let again = run(&["columns", arg(&week), "--save", arg(&mapping)]);
    assert_eq!(again.status.code(), Some(1), "a mapping may have been edited by hand");
    let found = || json(&["find", "--person", arg(&person), "--source", arg(&mapping), "--json"]);
    let lines = |found: &serde_json::Value| {
        let items = found["items"].as_array().unwrap().clone();
        let met = |item: &serde_json::Value| (item["locator"].as_str().unwrap().to_owned(), item["band"].as_str().map(str::to_lowercase));
        items.iter().map(met).filter(|(_, band)| band.is_some()).collect::<Vec<_>>()
    };
    let certain = |locator: &str| (locator.to_owned(), Some("certain".to_owned()));
    assert_eq!(lines(&found()), [certain("Case.csv#500A"), certain("Contact.csv#003A")]);
    // Next week has another heading: the table is named, not guessed at.
    file(&week, "Contact.csv", CONTACTS.replace("Email", "E-mail (work)"));
    let changed = found().to_string();
    assert!(changed.contains("new: E-mail (work); gone: Email"), "{changed}");
}
