use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use domain::{Refusal, RefusalCode};
use services::ports::{Mark, Part, SourceItem, Sources, Start, Walker};

use super::draft as drafted;
use crate::extract::tests::make::{xlsx, zip};
use crate::extract::{InProcess, taken};
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

fn all() -> AllSources {
    AllSources::new(Arc::new(InProcess::default()))
}

fn draft(path: &Path) -> Result<String, Refusal> {
    drafted(path, &InProcess::default())
}

/// The items of a place: their texts as the reader hands them over.
fn items(path: &Path) -> Vec<(String, Result<String, String>)> {
    let mut found = Vec::new();
    let source = all().open(path).unwrap();
    source
        .items(&mut |item| {
            found.push((item.locator, item.bytes.map(|bytes| taken(&item.name, &bytes).documents.remove(0).text)));
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
         AccountId leads to (in Account.csv): Hart household\n\nDescription:\nShe rang.\n\nTwice, about \"Ben\".\n"
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
    let mut zip = ::zip::ZipWriter::new(fs::File::create(home.path().join("WE_1.zip")).unwrap());
    for (name, bytes) in [("Contact.csv", CONTACTS.as_bytes()), ("Account.csv", ACCOUNTS.as_bytes()), ("Case.csv", CASES)] {
        zip.start_file(name, ::zip::write::SimpleFileOptions::default()).unwrap();
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
    all().open(&path).unwrap().walk(&mut from).unwrap();
    assert_eq!(from.1, ["Contact.csv#003B", "Case.csv#row 2"]);
    assert!(all().open(&path).unwrap().size().unwrap() > 100);
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
    assert_eq!(all().open(&path).err().unwrap().code, RefusalCode::SourceUnreadable);
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
    assert!(draft(&home.path().join("empty")).unwrap_err().detail.contains("no CSV file or workbook with headings"));
}

/// A workbook in XML of two filled sheets, as another program writes it; `note` is a heading.
fn workbook(note: &str) -> Vec<u8> {
    let cell = |text: &&str| if text.is_empty() { "<c/>".to_owned() } else { format!("<c t='str'><v>{text}</v></c>") };
    let rows = |rows: &[&[&str]]| -> String {
        let row = |cells: &&[&str]| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
        rows.iter().map(row).collect()
    };
    let people = rows(&[
        &["Id", "Full name", "E-mail", "", note],
        &["7", "Amelia Hart", "amelia@example.org", "beside", "rang"],
        &["8", "Ben Carter"],
    ]);
    let visits = rows(&[&["Person", "On"], &["7", "2026-03-01"], &["9", "2026-03-02"]]);
    xlsx(&[("People", "visible", &people), ("Visits", "hidden", &visits), ("Sheet3", "visible", "")], &[])
}

/// The same sheets in an `OpenDocument`.
fn open_workbook() -> Vec<u8> {
    let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    let table = |name: &str, rows: &[&[&str]]| {
        format!("<table:table table:name='{name}'>{}</table:table>", rows.iter().map(|cells| row(cells)).collect::<String>())
    };
    let people: &[&[&str]] =
        &[&["Id", "Full name", "E-mail", "", "Note"], &["7", "Amelia Hart", "amelia@example.org", "beside", "rang"], &["8", "Ben Carter"]];
    let visits: &[&[&str]] = &[&["Person", "On"], &["7", "2026-03-01"], &["9", "2026-03-02"]];
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{}{}</office:spreadsheet></office:body></office:document-content>",
        table("People", people),
        table("Visits", visits)
    );
    let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", kind), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<x/>")])
}

const SHEETS: &str = r#"
[[table]]
file = "Register.xlsx"
sheet = "People"
id = "Id"
[table.columns]
Id = "reference"
"Full name" = "name"
E-mail = "e-mail"
Note = "text"

[[table]]
file = "Register.xlsx"
sheet = "Visits"
[table.columns]
Person = "leave out"
On = "fact"
[table.links]
Person = "Register.xlsx!People"
"#;

#[test]
fn the_sheets_of_a_workbook_are_tables() {
    let mut found = Vec::new();
    for (file, bytes) in [("Register.xlsx", workbook("Note")), ("Register.ods", open_workbook())] {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(file), bytes).unwrap();
        let path = home.path().join("weekly.export.toml");
        fs::write(&path, SHEETS.replace("Register.xlsx", file)).unwrap();
        let read: Vec<_> = items(&path).into_iter().map(|(at, text)| (at, text.unwrap())).collect();
        let same = |text: &str| text.replace(file, "BOOK");
        found.push(read.iter().map(|(at, text)| (same(at), same(text))).collect::<Vec<_>>());
        assert!(all().open(&path).unwrap().size().unwrap() > 1_000);
    }
    let row = |at: &str, text: &str| (at.to_owned(), text.to_owned());
    let expected = [
        row(
            "BOOK!People#7",
            "Name (Full name): Amelia Hart\nE-mail (E-mail): amelia@example.org\nReference (Id): 7\n\nNote:\nrang\n\n\
             Column 4 without a heading:\nbeside\n",
        ),
        row("BOOK!People#8", "Name (Full name): Ben Carter\nReference (Id): 8\n"),
        row("BOOK!Visits#row 1", "On: 2026-03-01\nPerson leads to (in BOOK!People): Amelia Hart, amelia@example.org\n"),
        row("BOOK!Visits#row 2", "On: 2026-03-02\n"),
    ];
    assert_eq!(found[0], expected);
    assert_eq!(found[1], expected);
}

#[test]
fn a_changed_sheet_is_named_and_an_unmapped_one_is_listed() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("Register.xlsx"), workbook("Remark")).unwrap();
    fs::write(home.path().join("Other.ods"), open_workbook()).unwrap();
    let path = home.path().join("weekly.export.toml");
    let of_people = SHEETS.split("\n\n").next().unwrap();
    fs::write(&path, of_people).unwrap();
    let found: Vec<(String, String)> = items(&path).into_iter().map(|(at, text)| (at, text.unwrap_err())).collect();
    let line = |at: &str, why: &str| (at.to_owned(), why.to_owned());
    let changed = "was not read: its columns are not those of the saved mapping (new: Remark; gone: Note)";
    let unmapped = "was not read: it is not in the saved mapping";
    assert_eq!(found, [line("Register.xlsx!People", changed), line("Other.ods", unmapped), line("Register.xlsx!Visits", unmapped)]);
    fs::write(&path, of_people.replace("People", "Persons")).unwrap();
    assert!(items(&path)[0].1.clone().unwrap_err().contains("no sheet of this name"));
    fs::write(home.path().join("Register.xlsx"), b"PK\x03\x04 cut off").unwrap();
    assert!(items(&path)[0].1.is_err());
    // Where nothing opens workbooks, that is said.
    let mut said = Vec::new();
    let mut take = |item: SourceItem| {
        said.push(item.bytes);
        true
    };
    AllSources::default().open(&path).unwrap().items(&mut take).unwrap();
    assert_eq!(said[0], Err("was not read: workbooks are not opened here".to_owned()));
}

#[test]
fn a_workbook_goes_on_where_it_broke_off() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("Register.xlsx"), workbook("Note")).unwrap();
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, SHEETS).unwrap();
    let mut from = From(1, Vec::new());
    all().open(&path).unwrap().walk(&mut from).unwrap();
    assert_eq!(from.1, ["Register.xlsx!People#8", "Register.xlsx!Visits#row 2"]);
}

#[test]
fn a_draft_of_a_workbook_reads_it() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("Register.xlsx"), workbook("Note")).unwrap();
    fs::write(home.path().join("~$Register.xlsx"), b"whoever has it open").unwrap();
    let text = draft(&home.path().join("Register.xlsx")).unwrap();
    assert!(text.contains("sheet = \"People\"") && text.contains("\"Full name\" = \"name\"") && !text.contains("Sheet3"), "{text}");
    let path = home.path().join("weekly.export.toml");
    fs::write(&path, &text).unwrap();
    let found = items(&path);
    assert!(found.len() == 4 && found.iter().all(|(_, text)| text.is_ok()), "{found:?}");
    fs::write(home.path().join("Broken.ods"), b"PK\x03\x04").unwrap();
    assert!(draft(home.path()).unwrap_err().detail.starts_with("`Broken.ods` is"));
}
