//! Mentions of invented people in many styles, planted among real messages and documents: what the recall of a search is measured with.

mod carry;
mod machine;
mod plain;
mod somebody;
mod style;

pub use carry::{Carried, without_routing};
pub use machine::MACHINE;
pub use plain::ascii;
pub use somebody::Somebody;
pub use style::STYLES;

use crate::expectation::Person;
use crate::rng::Rng;

/// What a planted file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It mentions the person.
    Mention,
    /// It mentions somebody else of the same name.
    Namesake,
    /// Only a routing header has the person's address.
    Routed,
}

/// A planted file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plant {
    /// The file.
    pub file: Carried,
    /// What it is.
    pub role: Role,
    /// How the person is mentioned, or what tells the namesake apart.
    pub style: &'static str,
}

/// A person and what was planted about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The person, as a search knows them.
    pub person: Person,
    /// The files.
    pub plants: Vec<Plant>,
}

/// Plants `mentions` mentions of one person in every style that fits the name, and for every ten of them a namesake and for every
/// twenty a message that routing headers alone tie to the person. `hosts` are the texts they stand in; with none, they stand alone.
pub fn trial(seed: u64, turn: usize, mentions: usize, hosts: &[String]) -> Trial {
    let mut rng = Rng::new(seed).fork(&format!("recall {turn}"));
    let who = Somebody::draw(&mut rng, turn);
    let mut plants = Vec::with_capacity(mentions + mentions / 8);
    let styles: Vec<&style::Style> = STYLES.iter().chain(MACHINE).collect();
    let offset = rng.below(styles.len());
    let mut next = 0;
    while plants.len() < mentions {
        let Some(style) = styles.get((offset + next) % styles.len()) else { break };
        next += 1;
        if let Some(mention) = (style.write)(&who, &mut rng) {
            let host = host(&mut rng, hosts);
            let file = carry::carry(&mut rng, plants.len(), style.needs, &mention, &host);
            plants.push(Plant { file, role: Role::Mention, style: style.name });
        }
    }
    for n in 0..mentions / 10 {
        plants.push(namesake(&mut rng, &who, mentions + n, n, &host_of(n, hosts)));
    }
    for n in 0..mentions / 20 {
        let host = host(&mut rng, hosts);
        let file = carry::routed(&mut rng, mentions * 2 + n, &who.email, &host);
        plants.push(Plant { file, role: Role::Routed, style: "routing headers" });
    }
    Trial { person: who.person(), plants }
}

/// Somebody else of the same name, told apart by one thing or by several.
fn namesake(rng: &mut Rng, who: &Somebody, serial: usize, turn: usize, host: &str) -> Plant {
    let other = who.namesake(rng);
    let name = other.name();
    let (street, town, code) = other.address.clone();
    let born = other.born.strftime("%-d %B %Y").to_string();
    let office = rng.digits(3);
    let desk = ("Desk", "desk@brightfold.example");
    let (style, file) = match turn % 6 {
        0 => ("sends from another address", carry::sent(rng, serial, (&name, &other.email), &format!("{host}\nBest wishes\n{name}\n"))),
        1 => ("has another date of birth", carry::sent(rng, serial, desk, &format!("{host}\n{name}, born {born}, has moved away.\n"))),
        2 => ("lives elsewhere", carry::sent(rng, serial, desk, &format!("{host}\n{name} of {street}, {town} {code} called.\n"))),
        3 => (
            "signs with another address",
            carry::sent(
                rng,
                serial,
                desk,
                &format!("Hello\n\n{name}\nSales, Northgate\n{}\nTel. 0113 496 0{office}\n\n{host}\n", other.email),
            ),
        ),
        4 => (
            "has another file",
            carry::sent(
                rng,
                serial,
                desk,
                &format!(
                    "Name: {name}\nDate of birth: {}\nAddress: {street}, {town}, {code}\nE-mail: {}\n\n{host}\n",
                    other.born.strftime("%d/%m/%Y"),
                    other.email
                ),
            ),
        ),
        _ => (
            "is copied in at another address",
            carry::sent(rng, serial, desk, &format!("On Monday {name} <{}> wrote:\n> fine with me\n\n{host}\n", other.email)),
        ),
    };
    Plant { file, role: Role::Namesake, style }
}

fn host(rng: &mut Rng, hosts: &[String]) -> String {
    hosts.get(rng.below(hosts.len())).cloned().unwrap_or_default()
}

fn host_of(n: usize, hosts: &[String]) -> String {
    hosts.get(n % hosts.len().max(1)).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routed_message_differs_from_itself_by_the_address_alone() {
        let trial = trial(5, 0, 20, &["one\ntwo".to_owned()]);
        let address = trial.person.emails.first().unwrap();
        let routed: Vec<&Plant> = trial.plants.iter().filter(|p| p.role == Role::Routed).collect();
        assert!(!routed.is_empty());
        for plant in routed {
            let plain = without_routing(&plant.file.bytes);
            let holds = |bytes: &[u8]| bytes.windows(address.len()).any(|w| w == address.as_bytes());
            assert!(plain.starts_with(b"From:") && holds(&plant.file.bytes) && !holds(plain), "{}", String::from_utf8_lossy(plain));
        }
    }

    #[test]
    fn the_same_seed_repeats_and_every_style_is_met() {
        assert_eq!(trial(1, 0, 60, &[]), trial(1, 0, 60, &[]));
        let mut met = std::collections::BTreeSet::new();
        for turn in 0..60 {
            let every = STYLES.len() + MACHINE.len();
            let trial = trial(3, turn, every, &["one\ntwo".to_owned()]);
            assert_eq!(trial.plants.iter().filter(|p| p.role == Role::Mention).count(), every);
            met.extend(trial.plants.iter().map(|p| p.style));
        }
        for style in STYLES.iter().chain(MACHINE) {
            assert!(met.contains(style.name), "{}", style.name);
        }
    }
}
