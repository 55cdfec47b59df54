//! The people and things of one text.

use super::{choose, things};
use crate::people::{Cast, Invented};
use crate::rng::Rng;

/// Fills templates; somebody named twice in one scene is the same person.
#[derive(Debug)]
pub struct Scene<'a> {
    cast: &'a Cast,
    people: Vec<(String, Invented)>,
    values: Vec<(String, String)>,
}

impl<'a> Scene<'a> {
    /// A scene whose people come out of the cast.
    pub fn new(cast: &'a Cast) -> Self {
        Self { cast, people: Vec::new(), values: Vec::new() }
    }

    /// Gives somebody a part before the first text is filled.
    pub fn set(&mut self, part: &str, person: Invented) {
        self.people.push((part.to_owned(), person));
    }

    /// Gives a slot its text.
    pub fn say(&mut self, slot: &str, value: &str) {
        self.values.push((slot.to_owned(), value.to_owned()));
    }

    /// The person who plays a part; drawn when nobody does yet.
    pub fn person(&mut self, part: &str, rng: &mut Rng) -> Invented {
        if let Some((_, person)) = self.people.iter().find(|(name, _)| name == part) {
            return person.clone();
        }
        let person = self.cast.draw(rng, years(part));
        self.people.push((part.to_owned(), person.clone()));
        person
    }

    /// The values of all slots whose part starts with `part`, in the order they were first used.
    pub fn used(&self, part: &str) -> Vec<String> {
        self.values.iter().filter(|(slot, _)| slot.starts_with(part)).map(|(_, value)| value.clone()).collect()
    }

    /// The template with its choices made and its slots filled.
    pub fn fill(&mut self, template: &str, rng: &mut Rng) -> String {
        let chosen = choose(template, rng);
        let mut out = String::with_capacity(chosen.len() * 2);
        let mut rest = chosen.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, tail)) = after.split_once('}') else { break };
            out.push_str(&self.value(slot, rng));
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    fn value(&mut self, slot: &str, rng: &mut Rng) -> String {
        if let Some((_, value)) = self.values.iter().find(|(name, _)| name == slot) {
            return value.clone();
        }
        let (part, attribute) = slot.split_once('.').unwrap_or((slot, ""));
        let value = match things::thing(part.trim_end_matches(|c: char| c.is_ascii_digit()), rng) {
            Some(thing) => thing,
            None => self.person(part, rng).attribute(attribute, rng),
        };
        self.values.push((slot.to_owned(), value.clone()));
        value
    }
}

/// Years of birth that suit a part.
fn years(part: &str) -> (usize, usize) {
    if part.starts_with("child") {
        (2011, 2019)
    } else if part.starts_with("learner") {
        (2004, 2010)
    } else {
        (1955, 1998)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_part_is_the_same_person() {
        let cast = Cast::new();
        let mut rng = Rng::new(3);
        let mut scene = Scene::new(&cast);
        let text = scene.fill("{parent} / {parent} / {parent.email} / {room} / {n2} / {n2}", &mut rng);
        let parts: Vec<&str> = text.split(" / ").collect();
        assert_eq!(parts[0], parts[1]);
        assert!(parts[2].ends_with(".example"));
        assert_eq!(parts[4], parts[5]);
        assert_eq!(scene.used("parent").len(), 2);
        assert!(!text.contains('{'));
    }
}
