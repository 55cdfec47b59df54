//! Everybody who may appear in one set of material.

use super::Invented;
use super::names::{GIVEN, SURNAMES, WITH_NICKNAME};
use crate::rng::Rng;

/// Draws people who cannot be mistaken for the ones kept out.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    surnames: Vec<String>,
    given: Vec<String>,
    phones: Vec<String>,
}

impl Cast {
    /// A cast of anybody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a person's surname, given name, short form and telephone numbers for that person alone.
    pub fn keep_for(&mut self, person: &Invented) {
        self.surnames.push(person.surname.clone());
        self.given.extend([person.given.clone(), person.nickname.clone(), person.middle.clone()]);
        self.phones.extend([last_digits(&person.mobile), last_digits(&person.landline)]);
    }

    /// Keeps names and telephone numbers for a person given by words, e.g. the cast of a script.
    pub fn keep_words(&mut self, name: &str, phone: &str) {
        let mut words = name.split(' ');
        self.given.extend(words.next().map(str::to_owned));
        self.surnames.extend(words.next_back().map(str::to_owned));
        if !phone.is_empty() {
            self.phones.push(last_digits(phone));
        }
    }

    /// Somebody born in these years.
    pub fn draw(&self, rng: &mut Rng, years: (usize, usize)) -> Invented {
        loop {
            let (given, nickname) = if rng.chance(40) {
                *rng.pick::<(&str, &str)>(WITH_NICKNAME)
            } else {
                let given = rng.pick::<str>(GIVEN);
                (given, given)
            };
            let names = (given, nickname, rng.pick::<str>(GIVEN), rng.pick::<str>(SURNAMES));
            let person = Invented::new(rng, names, years);
            if self.may_appear(&person) {
                return person;
            }
        }
    }

    /// Somebody whose given name has a usual short form and who has a middle name: the person a search is for.
    pub fn draw_subject(&self, rng: &mut Rng) -> Invented {
        loop {
            let (given, nickname) = *rng.pick::<(&str, &str)>(WITH_NICKNAME);
            let names = (given, nickname, rng.pick::<str>(GIVEN), rng.pick::<str>(SURNAMES));
            let person = Invented::new(rng, names, (1972, 2005));
            if self.may_appear(&person) {
                return person;
            }
        }
    }

    /// Somebody else with this surname.
    pub fn namesake(&self, rng: &mut Rng, surname: &str) -> Invented {
        loop {
            let given = rng.pick::<str>(GIVEN);
            let middle = rng.pick::<str>(GIVEN);
            let person = Invented::new(rng, (given, given, middle, surname), (1960, 2012));
            if !self.given.contains(&person.given) && !self.phone_kept(&person) {
                return person;
            }
        }
    }

    fn may_appear(&self, person: &Invented) -> bool {
        let given = [&person.given, &person.nickname, &person.middle].iter().any(|name| self.given.contains(name));
        !given && !self.surnames.contains(&person.surname) && !self.phone_kept(person)
    }

    fn phone_kept(&self, person: &Invented) -> bool {
        [&person.mobile, &person.landline].iter().any(|phone| self.phones.contains(&last_digits(phone)))
    }
}

/// The last nine digits: the same however the number is written.
fn last_digits(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits.iter().rev().take(9).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_shares_a_kept_persons_names_or_number() {
        let mut rng = Rng::new(9);
        let mut cast = Cast::new();
        let person = cast.draw_subject(&mut rng);
        cast.keep_for(&person);
        for _ in 0..3000 {
            let other = cast.draw(&mut rng, (1950, 2015));
            assert_ne!(other.surname, person.surname);
            assert_ne!(other.given, person.given);
            assert_ne!(last_digits(&other.mobile), last_digits(&person.mobile));
        }
        assert_eq!(cast.namesake(&mut rng, &person.surname).surname, person.surname);
    }

    #[test]
    fn numbers_compare_by_their_last_digits() {
        assert_eq!(last_digits("+44 7700 900123"), last_digits("07700 900123"));
    }
}
