use std::fs;
use std::io::Write as _;
use std::path::Path;

use domain::RefusalCode;
use services::ports::{Mark, Part, SourceItem, Sources, Start, Walker};

use super::draft;
use crate::sources::AllSources;

const CONTACTS: &str = "\u{FEFF}Id,FirstName,LastName,Email,Birthdate,MailingStreet,MailingCity,AccountId,Status,Secret,Description\r\n\
    003A,Amelia,Hart,amelia@example.org,1990-03-01,\"1 Mill\r\nLane\",Leeds,001X,Active,hush,\"She rang.\r\n\r\nTwice, about \"\"Ben\"\".\"\r\n\
    003B,Ben,Carter,,,,,001Y,,,\r\n\r\n";
const ACCOUNTS: &str = "Id,Name,Type\n001X,Hart household,Household\n";
const CASES: &[u8] = b"Id,ContactId,Subject,Comments\n500A,003A,Late bus,Caf\xE9 closed,extra\n500B,003Z,None of theirs,\n";
const MAPPING: &str = r#"
[[table]]
file = "Contact.csv"
id = "Id"
[table.columns]
Id = "reference"
FirstName = "name"
LastName = "name"
Email = "e-mail"
Birthdate = "date of birth"
MailingStreet = "address / mailing"
MailingCity = "address / mailing"
AccountId = "fact"
Status = "fact"
Secret = "leave out"
Description = "text"
[table.links]
AccountId = "Account.csv"

[[table]]
file = "Account.csv"
id = "Id"
[table.columns]
Id = "reference"
Name = "name"
Type = "fact"

[[table]]
file = "Case.csv"
[table.columns]
Id = "reference"
ContactId = "leave out"
Subject = "fact"
Comments = "text"
[table.links]
ContactId = "Contact.csv"
"#;

fn write(folder: &Path) {
    fs::write(folder.join("Contact.csv"), CONTACTS).unwrap();
    fs::write(folder.join("Account.csv"), ACCOUNTS).unwrap();
    fs::write(folder.join("Case.csv"), CASES).unwrap();
}

fn items(path: &Path) -> Vec<(String, Result<String, String>)> {
    let mut found = Vec::new();
    let source = AllSources::default().open(path).unwrap();
    source
        .items(&mut |item| {
            found.push((item.locator, item.bytes.map(|bytes| String::from_utf8(bytes).unwrap())));
            true
        })
        .unwrap();
    found
}

#[test]
fn a_row_is_an_item_and_every_value_says_what_it_is() {
    let home = tempfile::tempdir().unwrap();
    write(home.path());
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, MAPPING).unwrap();
    let found = items(&path);
    let text = |locator: &str| found.iter().find(|(at, _)| at == locator).unwrap().1.clone().unwrap();
    assert_eq!(
        text("Contact.csv#003A"),
        "Name (FirstName, LastName): Amelia Hart\nE-mail (Email): amelia@example.org\nDate of birth (Birthdate): 1990-03-01\n\
         Address, mailing (MailingStreet, MailingCity): 1 Mill Lane, Leeds\nReference (Id): 003A\nAccountId: 001X\nStatus: Active\n\
         AccountId leads to (in Account.csv): Hart household\n\nDescription:\nShe rang.\r\n\r\nTwice, about \"Ben\".\n"
    );
    assert_eq!(text("Contact.csv#003B"), "Name (FirstName, LastName): Ben Carter\nReference (Id): 003B\nAccountId: 001Y\n");
    // A case is found by whom it leads to, and nothing of a row is lost.
    assert_eq!(
        text("Case.csv#row 1"),
        "Reference (Id): 500A\nSubject: Late bus\nContactId leads to (in Contact.csv): Amelia Hart, amelia@example.org\n\n\
         Comments:\nCafé closed\n\nColumn 5 without a heading:\nextra\n"
    );
    assert!(!text("Case.csv#row 2").contains("leads to"), "nobody is guessed");
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|(_, text)| !text.clone().unwrap().contains("hush")), "what is left out is left out");
}

#[test]
fn next_week_is_read_in_the_same_way_and_a_changed_heading_is_named() {
    let home = tempfile::tempdir().unwrap();
    write(home.path());
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, MAPPING).unwrap();
    let before = items(&path);
    fs::write(home.path().join("Contact.csv"), CONTACTS.replace("FirstName", "First Name")).unwrap();
    fs::write(home.path().join("Task.csv"), "Id\n").unwrap();
    fs::remove_file(home.path().join("Account.csv")).unwrap();
    let after = items(&path);
    let reason = |locator: &str| after.iter().find(|(at, _)| at == locator).unwrap().1.clone().unwrap_err();
    assert!(reason("Contact.csv").contains("is not in the export"), "a table that it leads to is not there");
    assert!(reason("Account.csv").contains("is not in the export"));
    assert!(reason("Task.csv").contains("not in the saved mapping"));
    fs::write(home.path().join("Account.csv"), ACCOUNTS).unwrap();
    let named = |file: &str| items(&path).into_iter().find(|(at, _)| at == file).unwrap().1.unwrap_err();
    assert!(named("Contact.csv").ends_with("(new: First Name; gone: FirstName)"), "{}", named("Contact.csv"));
    assert!(named("Case.csv").contains("`Contact.csv`, to which it leads"), "a case is not read without whom it leads to");
    write(home.path());
    fs::remove_file(home.path().join("Task.csv")).unwrap();
    assert_eq!(items(&path), before);
}

/// Knows a part up to a mark.
struct From(u64, Vec<String>);

impl Walker for From {
    fn begin(&mut self, _: Part<'_>) -> Start {
        Start::After(Mark { number: self.0, at: 0 })
    }

    fn knows(&self, _: Part<'_>) -> bool {
        false
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        self.1.push(item.locator);
        true
    }

    fn end(&mut self) {}
}

#[test]
fn a_zip_is_read_alike_and_goes_on_where_it_broke_off() {
    let home = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(home.path().join("WE_1.zip")).unwrap());
    for (name, bytes) in [("Contact.csv", CONTACTS.as_bytes()), ("Account.csv", ACCOUNTS.as_bytes()), ("Case.csv", CASES)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, format!("from = \"WE_1.zip\"\n{MAPPING}")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    fs::write(folder.path().join("w.export.toml"), MAPPING).unwrap();
    assert_eq!(items(&path), items(&folder.path().join("w.export.toml")));
    let mut from = From(1, Vec::new());
    AllSources::default().open(&path).unwrap().walk(&mut from).unwrap();
    assert_eq!(from.1, ["Contact.csv#003B", "Case.csv#row 2"]);
    assert!(AllSources::default().open(&path).unwrap().size().unwrap() > 100);
}

#[test]
fn nothing_outside_of_the_export_is_read() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("in")).unwrap();
    fs::write(home.path().join("out.csv"), "Id\n1\n").unwrap();
    let path = home.path().join("in/x.export.toml");
    fs::write(&path, "[[table]]\nfile = \"../out.csv\"\n[table.columns]\nId = \"reference\"\n").unwrap();
    assert!(items(&path)[0].1.clone().unwrap_err().contains("is not in the export"));
    fs::write(&path, "from = \"gone\"\n[[table]]\nfile = \"a.csv\"\n[table.columns]\nId = \"fact\"\n").unwrap();
    assert_eq!(AllSources::default().open(&path).err().unwrap().code, RefusalCode::SourceUnreadable);
}

#[test]
fn a_draft_reads_the_export_that_it_was_made_from() {
    let home = tempfile::tempdir().unwrap();
    write(home.path());
    let text = draft(home.path()).unwrap();
    assert!(text.contains("FirstName = \"name\"") && text.contains("ContactId = \"Contact.csv\""), "{text}");
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, &text).unwrap();
    let found = items(&path);
    assert!(found.iter().all(|(_, text)| text.is_ok()), "{found:?}");
    assert!(found.iter().any(|(at, text)| at == "Case.csv#500A" && text.clone().unwrap().contains("Amelia Hart, amelia@example.org")));
    let one = draft(&home.path().join("Account.csv")).unwrap();
    assert_eq!(one.matches("[[table]]").count(), 1);
    assert!(draft(&home.path().join("nobody.csv")).is_err());
    fs::create_dir(home.path().join("empty")).unwrap();
    assert!(draft(&home.path().join("empty")).unwrap_err().detail.contains("Save a workbook as CSV first"));
}
