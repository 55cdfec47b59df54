//! What a search for one person must find, said beside the material.

use std::fmt::Write as _;

/// The person whose data is asked for, with what a request says about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Full names, the usual one first.
    pub names: Vec<String>,
    /// Short or pet forms of the given name.
    pub nicknames: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers as the person writes them.
    pub phones: Vec<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub born: Option<String>,
    /// Postal addresses, one line each.
    pub addresses: Vec<String>,
    /// Reference numbers the organisation gave them.
    pub references: Vec<String>,
}

impl Person {
    /// The person file that `probity find --person` reads.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let born: Vec<String> = self.born.iter().cloned().collect();
        let names: Vec<String> = self.names.iter().chain(&self.nicknames).cloned().collect();
        for (key, values) in [
            ("names", &names),
            ("emails", &self.emails),
            ("phones", &self.phones),
            ("addresses", &self.addresses),
            ("references", &self.references),
        ] {
            let _ = writeln!(out, "{key} = {values:?}");
        }
        for date in &born {
            let _ = writeln!(out, "born = {date}");
        }
        out
    }
}

/// How sure a search should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// The person beyond doubt: full name, e-mail, telephone number, date of birth with a name.
    Certain,
    /// The person in all likelihood: initials, a nickname with the surname.
    Likely,
}

impl Band {
    /// `certain` or `likely`, as `review.json` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
        }
    }
}

/// One item that has to be in the review set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The file, relative to the root of the material.
    pub path: String,
    /// The member inside that file: a `Message-ID` in an mbox, a path in a zip. Empty when the file is the item.
    pub inside: String,
    /// How the person is mentioned, for messages of a failing test: `initials`, `docx attachment`, ...
    pub how: String,
    /// How sure a search should at least be.
    pub band: Band,
    /// Strings about other people in the item, exactly as its text has them: each has to be proposed for redaction.
    pub third_party: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_person_file_lists_what_is_known() {
        let person = Person { names: vec!["Ada Obi".into()], born: Some("2001-02-03".into()), ..Person::default() };
        assert!(person.to_toml().starts_with("names = [\"Ada Obi\"]\n"));
        assert!(person.to_toml().ends_with("born = 2001-02-03\n"));
    }
}
