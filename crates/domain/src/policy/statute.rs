//! The law as values (`law.toml` of the base pack): what it sets, its source, since when, and
//! what held before. No other pack can carry the file: the law is the floor of each of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::clauses::day;
use crate::calendar::Period;

/// The values of the law.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Statutes {
    /// Each value, by its id.
    pub(super) value: Vec<Statute>,
}

/// One thing the law sets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Statute {
    /// The stable name.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What it sets, in words.
    pub says: String,
    /// The period, where it is one.
    pub period: Option<Period>,
    /// The provision.
    pub source: String,
    /// The first day it applied.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub in_force: Option<Date>,
    /// What held before.
    pub before: Option<Earlier>,
}

/// What held until a value came into force: a case from that time keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Earlier {
    /// What it set, in words.
    pub says: String,
    /// The provision; empty when there was none.
    pub source: String,
    /// The first day it applied.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub in_force: Option<Date>,
}

impl Statute {
    /// What held on a day, with its source: the value, what was before it, or nothing.
    pub fn on(&self, on: Date) -> Option<(&str, &str)> {
        if self.in_force.is_none_or(|since| since <= on) {
            return Some((&self.says, &self.source));
        }
        let before = self.before.as_ref().filter(|before| before.in_force.is_none_or(|since| since <= on))?;
        Some((&before.says, &before.source))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Fault, Policy};
    use crate::{calendar::Period, law};

    #[test]
    fn the_values_of_the_base_pack_are_those_the_program_computes_with() {
        let uk = Policy::builtin("uk").unwrap();
        let value = |id: &str| uk.law().iter().find(|value| value.id == id).unwrap();
        for (id, period, since) in [
            ("reply", Period::Months(law::RIGHTS_MONTHS.value), law::RIGHTS_MONTHS.in_force),
            ("extension", Period::Months(law::EXTENDED_MONTHS.value), law::EXTENDED_MONTHS.in_force),
            ("complaint-acknowledgement", Period::Days(law::COMPLAINT_DAYS.value), law::COMPLAINT_DAYS.in_force),
            ("breach-report", Period::Hours(law::BREACH_HOURS.value), law::BREACH_HOURS.in_force),
        ] {
            assert_eq!((value(id).period, value(id).in_force), (Some(period), Some(since)), "{id}");
        }
        assert_eq!(value("regulator").in_force, Some(law::COMMISSION_FROM));
        assert!(uk.law().iter().all(|value| !value.says.is_empty() && !value.source.is_empty() && !value.source.contains("77")));
    }

    #[test]
    fn a_case_from_before_a_change_finds_what_held_then() {
        let uk = Policy::builtin("uk").unwrap();
        let bases = uk.law().iter().find(|value| value.id == "bases").unwrap();
        assert_eq!(bases.on(date(2026, 2, 5)).unwrap().0, "seven, with recognised legitimate interests");
        assert_eq!(bases.on(date(2026, 2, 4)).unwrap().0, "six");
        assert_eq!(bases.on(date(2018, 5, 24)), None);
    }

    #[test]
    fn no_pack_rewrites_the_law() {
        let problems = Policy::problems(&[("pack.toml", "name = \"x\"\n"), ("law.toml", "[[value]]\nid = \"reply\"\nsays = \"a year\"\n")]);
        assert_eq!(problems.iter().map(|problem| problem.number).collect::<Vec<_>>(), [Fault::LawInPack]);
    }
}
