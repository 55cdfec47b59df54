//! The committed table of worked examples, each against the rule it belongs to.

use serde::Deserialize;

use super::{Calendar, Division, Extension, Facts, Kind, Pause, Right, Rule, When};
use crate::law;

#[derive(Deserialize)]
struct Vector {
    id: String,
    kind: String,
    #[serde(alias = "aware")]
    start: String,
    division: Option<Division>,
    months: Option<u32>,
    #[serde(default)]
    pauses: Vec<(jiff::civil::Date, jiff::civil::Date)>,
    nominal: Option<String>,
    excluded_days: Option<i64>,
    due: String,
    cautious_target: Option<String>,
}

fn rule(name: &str) -> Rule {
    let kind = match name {
        "rights" => Kind::Rights(Right::Access),
        "complaint_ack" => Kind::ComplaintAcknowledgement,
        "breach_72h" => Kind::ElapsedHours(law::BREACH_HOURS.value),
        other => panic!("the table has a rule of no kind: {other}"),
    };
    Rule {
        id: name.to_owned(),
        aliases: vec![],
        title: String::new(),
        trigger: String::new(),
        kind,
        source: String::new(),
        promise: None,
        note: None,
        runs_on: None,
        also: vec![],
    }
}

#[test]
fn every_worked_example_comes_out_as_published() {
    let calendar = Calendar::embedded();
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../data/deadline-vectors.json")).unwrap();
    assert_eq!(vectors.len(), 75);
    for vector in vectors {
        let mut facts = Facts::new(When::parse(&vector.start).unwrap(), vector.division.unwrap_or_default());
        facts.pauses = vector.pauses.iter().map(|(asked, answered)| Pause { asked: *asked, answered: Some(*answered) }).collect();
        facts.extension = (vector.months == Some(3)).then(Extension::default);
        let deadline = rule(&vector.kind).evaluate(&facts, &calendar).unwrap();
        let shown = |when: Option<When>| when.map(|when| when.to_string());
        assert_eq!(shown(deadline.due), Some(vector.due), "{}", vector.id);
        if vector.nominal.is_some() {
            assert_eq!(shown(deadline.nominal), vector.nominal, "{}", vector.id);
        }
        if let Some(excluded) = vector.excluded_days {
            assert_eq!(deadline.excluded_days, excluded, "{}", vector.id);
        }
        if vector.cautious_target.is_some() {
            assert_eq!(shown(deadline.cautious), vector.cautious_target, "{}", vector.id);
        }
        assert!(deadline.steps.len() >= 2, "{}", vector.id);
        assert!(deadline.steps.iter().all(|step| step.what.ends_with('.')), "{}", vector.id);
    }
}
