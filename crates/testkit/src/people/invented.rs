//! One invented person.

use jiff::civil::Date;

use super::identifiers;
use super::places;
use crate::rng::Rng;

/// An invented person. Identifiers that few texts need are made on demand by [`Invented::attribute`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invented {
    /// Given name.
    pub given: String,
    /// Usual short form of the given name, or the given name.
    pub nickname: String,
    /// Second given name.
    pub middle: String,
    /// Surname.
    pub surname: String,
    /// E-mail address.
    pub email: String,
    /// Mobile number.
    pub mobile: String,
    /// Landline number.
    pub landline: String,
    /// Date of birth.
    pub born: Date,
    /// House and street.
    pub street: String,
    /// Town.
    pub town: String,
    /// Postcode.
    pub postcode: String,
}

impl Invented {
    /// Somebody of these names, everything else drawn; `years` are the first and last year of birth.
    pub fn new(rng: &mut Rng, names: (&str, &str, &str, &str), years: (usize, usize)) -> Self {
        let (given, nickname, middle, surname) = names;
        let (street, town, postcode) = places::address(rng);
        let (year, month, day) = (rng.between(years.0, years.1), rng.between(1, 12), rng.between(1, 28));
        Self {
            given: given.to_owned(),
            nickname: nickname.to_owned(),
            middle: middle.to_owned(),
            surname: surname.to_owned(),
            email: places::email(rng, given, surname),
            mobile: places::mobile(rng),
            landline: places::landline(rng),
            born: Date::new(year as i16, month as i8, day as i8).unwrap_or(Date::ZERO),
            street,
            town,
            postcode,
        }
    }

    /// Given name and surname.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    /// First letters of the given names, with full stops.
    pub fn initials(&self) -> String {
        [&self.given, &self.middle].iter().filter_map(|name| name.chars().next()).flat_map(|c| [c, '.']).collect()
    }

    /// Street, town and postcode on one line.
    pub fn address(&self) -> String {
        format!("{}, {} {}", self.street, self.town, self.postcode)
    }

    /// What a template asks for after the dot of `{someone.attribute}`; the name when it asks for nothing known.
    pub fn attribute(&self, name: &str, rng: &mut Rng) -> String {
        match name {
            "first" => self.given.clone(),
            "nick" => self.nickname.clone(),
            "last" => self.surname.clone(),
            "full" => format!("{} {} {}", self.given, self.middle, self.surname),
            "reversed" => format!("{}, {}", self.surname, self.given),
            "initials" => format!("{} {}", self.initials(), self.surname),
            "short" => format!("{} {}", self.nickname, self.surname),
            "email" => self.email.clone(),
            "phone" => self.mobile.clone(),
            "landline" => self.landline.clone(),
            "born" => self.born.strftime("%-d %B %Y").to_string(),
            "dob" => self.born.strftime("%d/%m/%Y").to_string(),
            "street" => self.street.clone(),
            "postcode" => self.postcode.clone(),
            "address" => self.address(),
            "ni" => identifiers::national_insurance(rng),
            "nhs" => identifiers::nhs_number(rng),
            "sort" => identifiers::sort_code_and_account(rng).0,
            "account" => identifiers::sort_code_and_account(rng).1,
            "iban" => identifiers::iban(rng),
            "card" => identifiers::card(rng),
            "vehicle" => identifiers::vehicle(rng),
            "passport" => identifiers::passport(rng),
            "licence" => {
                let born = (self.born.year(), self.born.month(), self.born.day());
                let woman = rng.chance(50);
                identifiers::driving_licence(rng, &self.given, &self.surname, born, woman)
            }
            _ => self.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_name() {
        let mut rng = Rng::new(1);
        let person = Invented::new(&mut rng, ("Samuel", "Sam", "Kofi", "Osei"), (1990, 1999));
        assert_eq!(person.attribute("reversed", &mut rng), "Osei, Samuel");
        assert_eq!(person.attribute("initials", &mut rng), "S.K. Osei");
        assert_eq!(person.attribute("short", &mut rng), "Sam Osei");
        assert!((1990..=1999).contains(&person.born.year()));
        assert_ne!(person.born, Date::ZERO);
    }
}
