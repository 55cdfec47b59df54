//! The person file.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Everything known to identify one person. In TOML each key is a list; a single value may stand for a list of one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// Full names, present and former, in writing order or as `Last, First`.
    #[serde(deserialize_with = "fields::names")]
    pub names: Vec<String>,
    /// E-mail addresses.
    #[serde(deserialize_with = "fields::emails")]
    pub emails: Vec<String>,
    /// Telephone numbers in any British format.
    #[serde(deserialize_with = "fields::phones")]
    pub phones: Vec<String>,
    /// Dates of birth.
    #[serde(deserialize_with = "fields::born")]
    pub born: Vec<Date>,
    /// Postal addresses, parts separated by commas or lines.
    #[serde(deserialize_with = "fields::addresses")]
    pub addresses: Vec<String>,
    /// Case, pupil, payroll and other reference numbers, and user names.
    #[serde(deserialize_with = "fields::references")]
    pub references: Vec<String>,
}

impl Identity {
    /// The identity grown by an e-mail address that a person confirmed to be theirs; nothing when it is known already or is no address.
    #[must_use]
    pub fn with_email(&self, address: &str) -> Option<Self> {
        let address = address.trim();
        let shaped = super::email::split(address).is_some_and(|(local, domain)| !local.contains('@') && !domain.ends_with('.'));
        let clean = shaped && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';'));
        let known = self.emails.iter().any(|email| crate::fold::fold(email.trim()) == crate::fold::fold(address));
        (clean && !known).then(|| {
            let mut grown = self.clone();
            grown.emails.push(address.to_owned());
            grown
        })
    }

    /// True when nothing in it can be searched for.
    pub fn is_empty(&self) -> bool {
        let blank = |list: &[String]| list.iter().all(|s| !s.chars().any(char::is_alphanumeric));
        blank(&self.names)
            && blank(&self.emails)
            && blank(&self.phones)
            && blank(&self.addresses)
            && blank(&self.references)
            && self.born.is_empty()
    }
}

/// One reader for each field, so that a refusal names the field and says how to write it.
mod fields {
    use super::{Date, Deserializer, Error, FromStr, fmt, one_or_many};

    fn field<'de, D: Deserializer<'de>, T: FromStr<Err: fmt::Display>>(from: D, name: &str, how: &str) -> Result<Vec<T>, D::Error> {
        one_or_many(from).map_err(|_| D::Error::custom(format!("`{name}` has a value that cannot be read. Write it like this: {how}")))
    }

    pub(super) fn names<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        field(from, "names", "names = [\"Amelia Hart\", \"Amelia Carter\"]")
    }

    pub(super) fn emails<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        field(from, "emails", "emails = [\"amelia@mail.example\"]")
    }

    pub(super) fn phones<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        field(from, "phones", "phones = [\"07700 900123\"], in quotation marks")
    }

    pub(super) fn born<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Date>, D::Error> {
        field(from, "born", "born = [1987-04-03] for 3 April 1987: year, month, day, of a day that exists")
    }

    pub(super) fn addresses<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        field(from, "addresses", "addresses = [\"12 Mill Lane, Otley, LS21 3BG\"]")
    }

    pub(super) fn references<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        field(from, "references", "references = [\"PUP-2024/117\"], in quotation marks, numbers too")
    }
}

/// Reads a list, or one value as a list of one. TOML's own dates arrive as a map with one text value.
fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: fmt::Display,
{
    struct Item<T>(T);

    impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Item<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut values = deserializer.deserialize_any(Values(PhantomData))?;
            match (values.pop(), values.is_empty()) {
                (Some(value), true) => Ok(Self(value)),
                _ => Err(D::Error::custom("a list inside a list")),
            }
        }
    }

    struct Values<T>(PhantomData<T>);

    impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for Values<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text, a date, or a list of them")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
            text.trim().parse().map(|v| vec![v]).map_err(|_| E::custom("not a value of this kind"))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut values = Vec::new();
            while let Some(Item(value)) = seq.next_element()? {
                values.push(value);
            }
            Ok(values)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
            let Some((_, text)) = map.next_entry::<String, String>()? else { return Err(A::Error::custom("empty")) };
            self.visit_str(&text)
        }
    }

    deserializer.deserialize_any(Values(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_single_values_and_both_kinds_of_date() {
        let text = "names = [\"Amelia Hart\"]\nborn = 2013-05-17\nphones = \"07700 900123\"\nemails = []";
        let one: Identity = toml::from_str(text).unwrap();
        let many: Identity = toml::from_str("names = [\"Amelia Hart\"]\nborn = [\"2013-05-17\"]\nphones = [\"07700 900123\"]").unwrap();
        assert_eq!(one, many);
        let listed: Identity = toml::from_str("born = [2013-05-17, 2013-05-18]").unwrap();
        assert_eq!(listed.born.len(), 2);
    }

    #[test]
    fn refuses_unknown_keys_and_impossible_dates() {
        assert!(toml::from_str::<Identity>("nmaes = [\"x\"]").is_err());
        assert!(toml::from_str::<Identity>("born = [\"2013-02-30\"]").is_err());
        for (text, field, how) in [
            ("born = \"03/04/1987\"", "`born`", "born = [1987-04-03]"),
            ("names = [\"x\"]\nborn = [\"3 April 1987\"]", "`born`", "year, month, day"),
            ("references = [4711]", "`references`", "in quotation marks"),
            ("phones = 7700900123", "`phones`", "in quotation marks"),
        ] {
            let said = toml::from_str::<Identity>(text).unwrap_err();
            assert!(said.message().contains(field) && said.message().contains(how), "{}", said.message());
        }
    }

    #[test]
    fn a_confirmed_address_joins_and_finds_more() {
        use super::super::{Band, Matcher, band_of};
        let one = Identity { names: vec!["Amelia Fairbairn".into()], emails: vec!["a.f@mail.example".into()], ..Identity::default() };
        let text = "Write to sunflower77@else.example.";
        assert_eq!(band_of(&Matcher::new(&one).unwrap().find_text(text)), None);
        let grown = one.with_email(" sunflower77@else.example ").unwrap();
        assert_eq!(band_of(&Matcher::new(&grown).unwrap().find_text(text)), Some(Band::Certain));
        for known_or_no_address in ["A.F@mail.example", "sunflower77", "a@b@c.example", "x@y", "a b@c.example", "<a@b.example>", ""] {
            assert_eq!(one.with_email(known_or_no_address), None, "{known_or_no_address}");
        }
    }

    #[test]
    fn a_file_of_blanks_is_empty() {
        assert!(Identity::default().is_empty());
        assert!(Identity { names: vec![" - ".into()], ..Identity::default() }.is_empty());
        assert!(!Identity { phones: vec!["07700 900123".into()], ..Identity::default() }.is_empty());
    }
}
