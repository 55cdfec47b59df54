//! What the columns of an export mean, as a person wrote it down: a file `<anything>.export.toml`.

use std::collections::BTreeMap;

use domain::{Refusal, RefusalCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::base::is_workbook;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Name,
    Mail,
    Telephone,
    Born,
    Address,
    Reference,
    /// Anything else, in a line with its heading.
    Fact,
    /// Free text, in paragraphs of its own.
    Text,
    /// Nothing that is ever read.
    Left,
}

impl Meaning {
    /// Every meaning with its word in the file and its words beside what was found.
    const ALL: [(Self, &'static str, &'static str); 9] = [
        (Self::Name, "name", "Name"),
        (Self::Mail, "e-mail", "E-mail"),
        (Self::Telephone, "telephone", "Telephone"),
        (Self::Born, "date of birth", "Date of birth"),
        (Self::Address, "address", "Address"),
        (Self::Reference, "reference", "Reference"),
        (Self::Fact, "fact", ""),
        (Self::Text, "text", ""),
        (Self::Left, "leave out", ""),
    ];

    /// The words beside what was found in such a column.
    pub(super) fn title(self) -> &'static str {
        Self::ALL.iter().find(|(one, _, _)| *one == self).map_or("", |(_, _, title)| title)
    }

    /// Whether several columns of one group are parts of one thing.
    pub(super) const fn joins(self) -> bool {
        matches!(self, Self::Name | Self::Address)
    }
}

/// What a column holds, and of whom or what where a row has several: `name / next of kin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) meaning: Meaning,
    pub(super) group: String,
}

impl From<Meaning> for Column {
    fn from(meaning: Meaning) -> Self {
        Self { meaning, group: String::new() }
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let word = Meaning::ALL.iter().find(|(one, _, _)| *one == self.meaning).map_or("", |(_, word, _)| word);
        if self.group.is_empty() { to.serialize_str(word) } else { to.serialize_str(&format!("{word} / {}", self.group)) }
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let told = String::deserialize(from)?;
        let (word, group) = told.split_once('/').map_or((told.trim(), ""), |(word, group)| (word.trim(), group.trim()));
        let meaning = Meaning::ALL.iter().find(|(_, known, _)| *known == word).map(|(meaning, _, _)| *meaning);
        let words: Vec<&str> = Meaning::ALL.iter().map(|(_, word, _)| *word).collect();
        let unknown = || serde::de::Error::custom(format!("a column means one of: {}", words.join(", ")));
        Ok(Self { meaning: meaning.ok_or_else(unknown)?, group: group.to_owned() })
    }
}

/// One table of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The file in the export, e.g. `Contact.csv`.
    pub(super) file: String,
    /// The sheet, where the file is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    /// What separates the columns.
    #[serde(default = "comma", skip_serializing_if = "is_comma")]
    pub(super) separator: char,
    /// The column that other tables refer to, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// Every column by its heading.
    pub(super) columns: BTreeMap<String, Column>,
    /// Columns that hold the `id` of a row of another table, by the name of that: its file, of a sheet `Book.xlsx!Sheet`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) links: BTreeMap<String, String>,
}

/// The name of a table: its file, and its sheet in that.
pub(super) fn name_of(file: &str, sheet: Option<&str>) -> String {
    sheet.map_or_else(|| file.to_owned(), |sheet| format!("{file}!{sheet}"))
}

impl Table {
    /// What links and locators call it.
    pub(super) fn name(&self) -> String {
        name_of(&self.file, self.sheet.as_deref())
    }

    /// What a person calls it.
    pub(super) fn title(&self) -> &str {
        self.sheet.as_deref().unwrap_or_else(|| self.file.strip_suffix(".csv").unwrap_or(&self.file))
    }
}

const fn comma() -> char {
    ','
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn is_comma(separator: &char) -> bool {
    *separator == ','
}

/// The saved mapping of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    /// The folder or zip with the files, seen from this file; its own folder without it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) from: String,
    /// The tables, in the order in which they are read.
    #[serde(rename = "table")]
    pub(super) tables: Vec<Table>,
}

fn refuse(detail: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::SourceUnreadable, detail)
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// `FIND-002` with what is wrong in it.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
            refuse(format!("In its mapping, line {line}: {}.", error.message()))
        })?;
        mapping.tables.iter().enumerate().try_for_each(|(at, table)| mapping.check(at, table))?;
        Ok(mapping)
    }

    fn check(&self, at: usize, table: &Table) -> Result<(), Refusal> {
        let name = table.name();
        let wrong = |what: String| Err(refuse(format!("In its mapping of `{name}`: {what}.")));
        if self.tables.iter().take(at).any(|before| before.name() == name) {
            return wrong("it is there twice".to_owned());
        }
        match (is_workbook(&table.file), &table.sheet) {
            (true, None) => return wrong("a workbook has several tables: name one with `sheet`".to_owned()),
            (false, Some(_)) => return wrong("only a workbook (XLSX, XLSB, XLS, ODS) has a `sheet`".to_owned()),
            _ => {}
        }
        if !table.separator.is_ascii() || matches!(table.separator, '"' | '\n' | '\r') {
            return wrong("`separator` is one character such as `,` or `;`".to_owned());
        }
        if let Some(id) = table.id.as_ref().filter(|id| !table.columns.contains_key(*id)) {
            return wrong(format!("`id` names the column `{id}`, which is not among its columns"));
        }
        for (column, to) in &table.links {
            let target = self.tables.iter().find(|other| other.name() == *to);
            if !table.columns.contains_key(column) {
                return wrong(format!("a link names the column `{column}`, which is not among its columns"));
            }
            if target.is_none_or(|target| target.id.is_none()) {
                return wrong(format!("`{column}` leads to `{to}`, which is no table here with an `id`"));
            }
        }
        Ok(())
    }

    /// The text of the file.
    pub(super) fn written(&self) -> Result<String, Refusal> {
        toml::to_string(self).map_err(|_| refuse("The mapping cannot be written down."))
    }
}

/// What is new in the headings of a file, and what is gone, in words; `None` when they are those of the mapping. A column without a
/// heading is read all the same, so it is neither.
pub(super) fn changed(table: &Table, headings: &[String]) -> Option<String> {
    let known = |heading: &&String| heading.is_empty() || table.columns.contains_key(*heading);
    let new: Vec<&String> = headings.iter().filter(|heading| !known(heading)).collect();
    let gone: Vec<&String> = table.columns.keys().filter(|column| !headings.contains(column)).collect();
    let twice: Vec<&String> = headings
        .iter()
        .enumerate()
        .filter(|(at, heading)| !heading.is_empty() && headings.iter().take(*at).any(|before| before == *heading))
        .map(|(_, one)| one)
        .collect();
    let said: Vec<String> = [("new", new), ("gone", gone), ("there twice", twice)]
        .into_iter()
        .filter(|(_, columns)| !columns.is_empty())
        .map(|(what, columns)| format!("{what}: {}", named(&columns)))
        .collect();
    (!said.is_empty()).then(|| format!("was not read: its columns are not those of the saved mapping ({})", said.join("; ")))
}

/// The first of some columns.
fn named(columns: &[&String]) -> String {
    let names: Vec<String> = columns.iter().take(10).map(|column| column.chars().take(60).filter(|c| !c.is_control()).collect()).collect();
    let more = columns.len().saturating_sub(names.len());
    if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTACTS: &str = "from = \"weekly\"\n[[table]]\nfile = \"Contact.csv\"\nid = \"Id\"\n[table.columns]\nId = \"reference\"\n\
                            FirstName = \"name\"\nKin = \"name / next of kin\"\nNotes = \"text\"\nSecret = \"leave out\"\n";

    #[test]
    fn a_mapping_is_read_as_it_is_written() {
        let mapping = Mapping::parse(CONTACTS).unwrap();
        assert_eq!(mapping.tables[0].columns["Kin"], Column { meaning: Meaning::Name, group: "next of kin".to_owned() });
        assert_eq!(Mapping::parse(&mapping.written().unwrap()).unwrap(), mapping);
    }

    #[test]
    fn what_is_wrong_in_it_is_named() {
        let wrong = |text: &str| Mapping::parse(text).unwrap_err().detail;
        assert!(wrong(&CONTACTS.replace("\"text\"", "\"words\"")).contains("line 9: a column means one of: name, e-mail"));
        assert!(wrong(&CONTACTS.replace("id = \"Id\"", "id = \"Number\"")).contains("`id` names the column `Number`"));
        assert!(wrong(&CONTACTS.replace("id =", "key =")).contains("unknown field"));
        assert!(wrong(&format!("{CONTACTS}[table.links]\nKin = \"Account.csv\"\n")).contains("`Kin` leads to `Account.csv`"));
        assert!(wrong(&format!("{CONTACTS}[table.links]\nOwner = \"Contact.csv\"\n")).contains("`Owner`, which is not among"));
        assert!(wrong(&CONTACTS.replace("id = \"Id\"", "separator = \"\\\"\"")).contains("`separator`"));
        assert!(wrong(&CONTACTS.replace(".csv", ".xlsx")).contains("name one with `sheet`"));
        assert!(wrong(&CONTACTS.replace("id = \"Id\"", "sheet = \"Contact\"")).contains("only a workbook"));
        assert!(wrong(&format!("{CONTACTS}{}", CONTACTS.replace("from = \"weekly\"\n", ""))).contains("twice"));
    }

    #[test]
    fn changed_columns_are_named() {
        let table = Mapping::parse(CONTACTS).unwrap().tables.remove(0);
        let headings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(changed(&table, &headings(&["Notes", "Id", "", "Secret", "FirstName", "Kin", ""])), None);
        let said = changed(&table, &headings(&["Id", "First Name", "Kin", "Kin", "Secret", "Notes"])).unwrap();
        assert!(said.ends_with("(new: First Name; gone: FirstName; there twice: Kin)"), "{said}");
    }
}
