//! What is known of the person grows by what is found.

use super::Request;
use super::facts::Person;
use super::transitions::{Next, refuse};
use crate::RefusalCode;

/// Something that a reviewer knows to be the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifier {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A number or user name under which a register keeps them, e.g. the record number of an export: it leads to the rows of
    /// other tables that hold no name.
    Reference,
    /// A further name, given name and surname.
    Name,
}

impl Identifier {
    /// Every kind with its word in forms and what a person calls it.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Email, "email", "E-mail address"),
        (Self::Phone, "phone", "Phone number"),
        (Self::Reference, "reference", "Record number, reference or user name"),
        (Self::Name, "name", "Another name of theirs"),
    ];

    /// What is wrong with a value, if anything.
    fn fault(self, value: &str) -> Option<&'static str> {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
        let (sound, fault) = match self {
            Self::Email => (is_address(value), "This is no e-mail address."),
            Self::Phone => {
                let plain = value.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
                (plain && (7..=15).contains(&digits), "This is no phone number.")
            }
            Self::Reference => (
                signs >= 4 && (digits > 0 || signs >= 6) && (signs >= 6 || digits < signs),
                "This is too short to be one person's: at least six signs, or four with a letter and a digit.",
            ),
            Self::Name => (
                value.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count() > 1,
                "Write given name and surname: one word alone would find other people.",
            ),
        };
        (!sound).then_some(fault)
    }

    fn held(self, person: &mut Person) -> &mut Vec<String> {
        match self {
            Self::Email => &mut person.emails,
            Self::Phone => &mut person.phones,
            Self::Reference => &mut person.references,
            Self::Name => &mut person.names,
        }
    }
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let plain = |c: char| !c.is_whitespace() && !matches!(c, '@' | '<' | '>' | ',' | ';' | '"');
        !local.is_empty() && local.chars().all(plain) && domain.chars().all(plain) && domain.trim_matches('.').contains('.')
    })
}

impl Request {
    /// Adds what a reviewer confirmed to be the person's, so that the next search finds what it carries. What is known already
    /// changes nothing.
    ///
    /// # Errors
    /// `REQ-004` outside of work and review, `FORM-001` for what is nothing of this kind, or could be anybody's.
    pub fn known_by(self, kind: Identifier, value: &str) -> Next {
        let mut next = self.live()?.at(&["open", "review"])?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(fault) = kind.fault(&value) {
            return refuse(RefusalCode::ValueInvalid, fault);
        }
        let value = if kind == Identifier::Email { value.to_lowercase() } else { value };
        let Some(mut person) = next.person.get().cloned() else { return refuse(RefusalCode::PersonNoIdentifier, "") };
        let held = kind.held(&mut person);
        if !held.iter().any(|known| known.trim().to_lowercase() == value.to_lowercase()) {
            held.push(value);
            next.person = next.own(person);
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Behalf;
    use super::super::tests::request_on;
    use super::Identifier::{Email, Name, Phone, Reference};
    use crate::RefusalCode;

    #[test]
    fn what_is_confirmed_is_known_once() {
        let mut grown = request_on(date(2026, 11, 20), Behalf::Themselves);
        let names = grown.person.get().unwrap().names.clone();
        for (kind, value) in [
            (Email, " Amelia@Mail.example "),
            (Email, "amelia@mail.example"),
            (Phone, "+44 (0)7700 900123"),
            (Reference, "003Qs00000ABCDeIAO"),
            (Reference, "003qs00000abcdeiao"),
            (Name, "Amelia  Birch"),
        ] {
            grown = grown.known_by(kind, value).unwrap();
        }
        let person = grown.person.get().unwrap();
        assert_eq!(person.emails, ["amelia@mail.example"]);
        assert_eq!(person.phones, ["+44 (0)7700 900123"]);
        assert_eq!(person.references, ["003Qs00000ABCDeIAO"]);
        assert_eq!(person.names[names.len()..], ["Amelia Birch"]);
        let searching = grown.search(vec!["mailbox".into()], Vec::new(), date(2026, 11, 21)).unwrap();
        assert_eq!(searching.known_by(Email, "b@c.example").unwrap_err().code, RefusalCode::WrongState);
    }

    #[test]
    fn what_could_be_anybodys_is_refused() {
        let request = request_on(date(2026, 11, 20), Behalf::Themselves);
        for (kind, values) in [
            (Email, &["amelia", "a@b", "a b@c.example", "<a@b.example>", "@b.example", ""][..]),
            (Phone, &["12345", "none of them", "07700 900123 07700 900124", ""]),
            (Reference, &["117", "12345", "abc", "staff", ""]),
            (Name, &["Amelia", "A. B.", ""]),
        ] {
            for value in values {
                assert_eq!(request.clone().known_by(kind, value).unwrap_err().code, RefusalCode::ValueInvalid, "{kind:?} {value}");
            }
        }
    }
}
