//! A first mapping from the headings of an export, for a person to look through. What no heading tells is a fact: it is read, and
//! stands beside its heading.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::Path;

use domain::{Refusal, RefusalCode};

use super::base::{Base, holds_tables, is_workbook};
use super::mapping::{Column, Mapping, Meaning, Table};
use super::reading::{ROW, TABLE, headings, workbook};
use crate::extract::{Sheet, Workbooks};
use crate::sources::records::Records;
use crate::sources::{AllSources, entry, folder};

/// A name as a whole, which repeats its parts where they have columns of their own.
const WHOLE: &str = "name";
/// Words of headings, in small letters without spaces, that say what a column holds. The first that fits is taken.
const WORDS: &[(Meaning, &[&str])] = &[
    (Meaning::Born, &["birthdate", "dateofbirth", "dob", "birthday", "born"]),
    (Meaning::Mail, &["email", "emailaddress", "e-mail", "personemail", "homeemail", "workemail", "alternateemail"]),
    (Meaning::Telephone, &["phone", "mobilephone", "homephone", "otherphone", "workphone", "telephone", "mobile", "tel"]),
    (
        Meaning::Name,
        &[
            "salutation",
            "firstname",
            "middlename",
            "lastname",
            "suffix",
            "forename",
            "forenames",
            "surname",
            "givenname",
            "familyname",
            "fullname",
            WHOLE,
            "contactname",
            "clientname",
            "membername",
            "pupilname",
            "studentname",
            "childname",
            "knownas",
            "preferredname",
        ],
    ),
    (Meaning::Text, &["description", "comments", "comment", "notes", "note", "body", "textbody", "commentbody"]),
];
/// Parts of an address, behind words such as `Mailing`.
const ADDRESS: [&str; 9] = ["street", "city", "town", "county", "state", "postalcode", "postcode", "country", "address"];
/// What may stand before them.
const GROUPS: [&str; 9] = ["", "mailing", "other", "billing", "shipping", "home", "work", "postal", "permanent"];
/// Columns that lead to a table, by what a person calls that.
const LINKS: [(&str, &str); 4] = [("ContactId", "Contact"), ("WhoId", "Contact"), ("AccountId", "Account"), ("CaseId", "Case")];

/// Writes down what the columns of an export are likely to mean: of a folder, a zip or one file. The text is that of a
/// `.export.toml`.
///
/// # Errors
/// `FIND-002` when there is no table to read.
pub fn draft(path: &Path, workbooks: &dyn Workbooks) -> Result<String, Refusal> {
    let refuse = |what: &str| Refusal::new(RefusalCode::SourceUnreadable, what);
    let path = std::fs::canonicalize(path).map_err(|_| refuse("It is not there, or may not be read."))?;
    let single = path.is_file() && holds_tables(&folder::readable(path.as_os_str()));
    let from = if single { path.parent().unwrap_or(&path).to_owned() } else { path.clone() };
    let base = Base::of(&from)?;
    let mut files = base.files().map_err(|_| refuse("It is no folder, zip, workbook or CSV file that can be read."))?;
    files.retain(|file| !single || path.file_name().is_some_and(|name| name.as_encoded_bytes() == file.as_bytes()));
    let mut tables = Vec::new();
    for file in files {
        tables.extend(if is_workbook(&file) { of_workbook(&base, &file, workbooks)? } else { of_csv(&base, &file).into_iter().collect() });
    }
    if tables.is_empty() {
        return Err(refuse("There is no CSV file or workbook with headings in it."));
    }
    let with_id: Vec<(String, String)> =
        tables.iter().filter(|table| table.id.is_some()).map(|table| (table.title().to_owned(), table.name())).collect();
    for table in &mut tables {
        let to = |called: &str| with_id.iter().find(|(title, _)| title == called).map(|(_, name)| name.clone());
        let there = LINKS.iter().filter(|(column, _)| table.columns.contains_key(*column));
        table.links = there.filter_map(|(column, called)| Some(((*column).to_owned(), to(called)?))).collect();
    }
    Mapping { from: from.to_string_lossy().into_owned(), tables }.written()
}

/// The table of a CSV file; none when it has no headings.
fn of_csv(base: &Base, file: &str) -> Option<Table> {
    let first = |from: &mut dyn Read| Records { stream: BufReader::new(from.take(TABLE)), limit: ROW, ended: false }.next_record();
    let head = base.read(file, first).ok()?.ok()??;
    let separator = if head.contains(&b';') && !head.contains(&b',') { b';' } else { b',' };
    Some(table(file, None, char::from(separator), &headings(&head, separator)))
}

/// The tables of a workbook, a sheet each; those without a cell are left out.
fn of_workbook(base: &Base, file: &str, workbooks: &dyn Workbooks) -> Result<Vec<Table>, Refusal> {
    let refuse = |reason: String| Refusal::new(RefusalCode::SourceUnreadable, format!("`{file}` {reason}."));
    let sheets = base.read(file, |from| workbook(file, from, AllSources::LARGEST, workbooks));
    let sheets = sheets.map_err(|error| refuse(entry::reason(&error).to_owned()))?.map_err(refuse)?;
    let head = |sheet: &Sheet| Records { stream: sheet.csv.as_bytes(), limit: ROW, ended: false }.next_record().ok().flatten();
    Ok(sheets.iter().filter_map(|sheet| Some(table(file, Some(sheet.name.clone()), ',', &headings(&head(sheet)?, b',')))).collect())
}

fn table(file: &str, sheet: Option<String>, separator: char, headings: &[String]) -> Table {
    let named = headings.iter().filter(|heading| !heading.is_empty());
    let mut columns: BTreeMap<String, Column> = named.map(|heading| (heading.clone(), meaning(heading))).collect();
    if columns.values().filter(|column| column.meaning == Meaning::Name).count() > 1 {
        columns.iter_mut().filter(|(heading, _)| plain(heading) == WHOLE).for_each(|(_, column)| *column = Meaning::Fact.into());
    }
    let id = headings.iter().find(|heading| heading.eq_ignore_ascii_case("id")).cloned();
    Table { file: file.to_owned(), sheet, separator, id, columns, links: BTreeMap::new() }
}

/// A heading in small letters without spaces.
fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '_')).collect()
}

fn meaning(heading: &str) -> Column {
    let plain = plain(heading);
    if plain == "id" {
        return Meaning::Reference.into();
    }
    if let Some((meaning, _)) = WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())) {
        return (*meaning).into();
    }
    let before = ADDRESS.iter().find_map(|part| plain.strip_suffix(part)).filter(|group| GROUPS.contains(group));
    match before {
        Some(group) => Column { meaning: Meaning::Address, group: group.to_owned() },
        None => Meaning::Fact.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_are_known_are_proposed_and_the_rest_are_facts() {
        for (heading, expected) in [
            ("FirstName", Meaning::Name),
            ("Last name", Meaning::Name),
            ("Name", Meaning::Name),
            ("Born", Meaning::Born),
            ("Address", Meaning::Address),
            ("IP address", Meaning::Fact),
            ("Email", Meaning::Mail),
            ("HasOptedOutOfEmail", Meaning::Fact),
            ("Date of birth", Meaning::Born),
            ("Description", Meaning::Text),
            ("Id", Meaning::Reference),
            ("Status", Meaning::Fact),
        ] {
            assert_eq!(meaning(heading), expected.into(), "{heading}");
        }
        // The parts of a name say the same, and would be written twice.
        let headings = ["Name", "First name", "Last name"].map(str::to_owned);
        let columns = table("a.csv", None, ',', &headings).columns;
        assert_eq!((columns["Name"].meaning, columns["First name"].meaning), (Meaning::Fact, Meaning::Name));
        assert_eq!(meaning("MailingPostalCode"), Column { meaning: Meaning::Address, group: "mailing".to_owned() });
    }
}
