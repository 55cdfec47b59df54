//! Mentions of invented people among invented mail, through the readers: what is found, what is taken for a namesake.

use adapters::extract::InProcess;
use finder::identity::{Band, Identity, Matcher, band_of, is_namesake};
use services::ports::Extractor;
use testkit::planted::recall::{Role, trial};

/// People, and mentions of each.
const PEOPLE: usize = 8;
const MENTIONS: usize = 60;

fn hosts() -> Vec<String> {
    let text = testkit::text(5, 40_000);
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    paragraphs.chunks(4).map(|some| some.join("\n\n")).collect()
}

#[test]
fn planted_mentions_are_found_and_namesakes_told_apart() {
    let (hosts, reader) = (hosts(), InProcess::default());
    let (mut missed, mut taken, mut namesakes) = (Vec::new(), Vec::new(), 0);
    for turn in 0..PEOPLE {
        let trial = trial(2026, turn, MENTIONS, &hosts);
        let identity: Identity = toml::from_str(&trial.person.to_toml()).unwrap();
        let matcher = Matcher::new(&identity).unwrap();
        for plant in &trial.plants {
            let read = reader.extract(&plant.file.name, &plant.file.bytes).unwrap();
            let hits: Vec<_> = read.documents.iter().flat_map(|document| matcher.find(document)).collect();
            let sure = band_of(&hits) >= Some(Band::Likely);
            let told = format!("{:?}, {}, {}: {hits:?}", trial.person.names, plant.style, plant.file.carrier);
            match plant.role {
                Role::Mention if !sure => missed.push(told),
                Role::Namesake => {
                    namesakes += 1;
                    if sure || !hits.iter().any(|hit| is_namesake(&hit.reason)) {
                        taken.push(told);
                    }
                }
                Role::Routed => assert!(!sure, "{told}"),
                Role::Mention => assert!(hits.iter().all(|hit| !hit.reason.is_empty())),
            }
        }
    }
    assert!(missed.len() * 200 <= PEOPLE * MENTIONS, "{}", missed.join("\n"));
    assert!(taken.len() * 20 <= namesakes, "{}", taken.join("\n"));
}
