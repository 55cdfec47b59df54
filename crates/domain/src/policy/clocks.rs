//! The clocks of a policy (`clocks.toml`), and what is wrong with one of them alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::{Also, Kind, Period, Promise, Rule};

/// The clocks (`clocks.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Clocks {
    /// Each clock, by its id.
    pub(super) clock: Vec<Clock>,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The stable name, for `probity deadline --rule`.
    pub id: String,
    /// Other names it answers to.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What has to be done.
    pub title: String,
    /// What the period starts from.
    pub trigger: String,
    /// How it computes.
    pub kind: Kind,
    /// The clause or provision it rests on.
    pub source: String,
    /// A caution, shown as a warning with every date.
    #[serde(default)]
    pub note: Option<String>,
    /// Somebody outside the organisation whom the period binds: nothing is forfeited
    /// automatically when it ends.
    #[serde(default)]
    pub runs_on: Option<String>,
    /// Further triggers of the same duty: the earliest date of all counts.
    #[serde(default)]
    pub also: Vec<Also>,
}

impl Clock {
    /// The rule that computes it.
    pub(super) fn rule(&self, promise: Option<Promise>) -> Rule {
        Rule {
            id: self.id.clone(),
            aliases: self.aliases.clone(),
            title: self.title.clone(),
            trigger: self.trigger.clone(),
            kind: self.kind.clone(),
            source: self.source.clone(),
            promise,
            note: self.note.clone(),
            runs_on: self.runs_on.clone(),
            also: self.also.clone(),
        }
    }

    /// Everything wrong with this clock, a sentence each.
    pub(super) fn problems(&self) -> Vec<String> {
        let name = format!("the clock `{}`", self.id);
        let mut found = problems_of(&self.kind, &name);
        if self.trigger.trim().is_empty() {
            found.push(format!("{name} has an empty `trigger`, so it can never start. Say in plain words what it counts from."));
        }
        let mut seen = BTreeSet::new();
        if let Kind::Review { set_by: Some(who), .. } = &self.kind {
            seen.insert(plain(who));
            if who.trim().is_empty() {
                found.push(format!("{name} has an empty `set_by`. Name who sets the day, or leave it out."));
            }
        }
        for also in &self.also {
            let name = format!("the further trigger `{}` of {name}", also.name);
            if also.name.trim().is_empty() || !seen.insert(plain(&also.name)) {
                found.push(format!("{name} has an empty name or one that is taken. Give each its own."));
            }
            if also.trigger.trim().is_empty() {
                found.push(format!("{name} says no `trigger`, so it can never happen. Say in plain words what it counts from."));
            }
            if also.kind.pauses() || matches!(also.kind, Kind::Review { set_by: Some(_), .. } | Kind::Daily(_)) {
                found.push(format!("{name} has a kind that stands only on its own. Write it as a clock."));
            }
            found.extend(problems_of(&also.kind, &name));
        }
        found
    }
}

/// What is wrong with a kind, wherever it stands.
fn problems_of(kind: &Kind, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Kind::Answer(Period::Hours(hours)) | Kind::Latest(Period::Hours(hours)) = kind {
        found.push(format!("{name} counts hours. Write `kind = {{ elapsed-hours = {hours} }}`."));
    } else if kind.periods().iter().any(|(period, _)| period.hours().is_some()) {
        found.push(format!("{name} counts hours, but a day has no time. Write the period in days or working days."));
    }
    let nothing = match kind {
        Kind::ElapsedHours(0) | Kind::Daily(0) => true,
        kind => kind.periods().iter().any(|(period, may_be_nothing)| period.is_zero() && !may_be_nothing),
    };
    if nothing {
        found.push(format!("{name} has a period of 0. For the same day write `kind = {{ at-once = {{ days = 1 }} }}`."));
    }
    found
}

/// A name as `--trigger` compares it.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(kind: &str, rest: &str) -> Result<Clock, toml::de::Error> {
        toml::from_str(&format!("id = \"c\"\ntitle = \"t\"\ntrigger = \"receipt\"\nkind = {kind}\nsource = \"X-1\"\n{rest}"))
    }

    #[test]
    fn every_kind_is_read_and_written_back_as_it_was() {
        for kind in [
            "{ rights = \"access\" }",
            "\"extension-notice\"",
            "\"refusal-notice\"",
            "\"complaint-acknowledgement\"",
            "{ elapsed-hours = 72 }",
            "{ answer = { working_days = 5 } }",
            "{ answer-inclusive = { months = 1 } }",
            "{ latest = { days = 14 } }",
            "{ cut-off = { months = 6 } }",
            "{ arrive = { within = { working_days = 14 }, delivery = { working_days = 2 } } }",
            "{ at-once = { working_days = 1 } }",
            "{ at-once = { days = 0 } }",
            "{ latest = { days = 0 } }",
            "{ review = { every = { months = 12 }, set_by = \"board\" } }",
            "{ review = { every = { years = 1 } } }",
            "{ expiry = { remind = { days = 30 } } }",
            "{ daily = 3 }",
        ] {
            let read = clock(kind, "").unwrap();
            assert_eq!(read.problems(), Vec::<String>::new(), "{kind}");
            assert_eq!(toml::from_str::<Clock>(&toml::to_string(&read).unwrap()).unwrap(), read, "{kind}");
            assert!(!read.kind.shown().is_empty());
        }
    }

    #[test]
    fn a_kind_with_a_part_missing_or_unknown_is_not_read() {
        for kind in [
            "{ review = { set_by = \"board\" } }",
            "{ arrive = { within = { days = 3 } } }",
            "{ expiry = {} }",
            "{ review = { every = { months = 12 }, setby = \"board\" } }",
            "{ answer = 6 }",
            "\"monthly\"",
        ] {
            assert!(clock(kind, "").is_err(), "{kind}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_said_with_a_remedy() {
        let ceo = "name = \"ceo\", trigger = \"receipt by the chief executive\", source = \"X-2\"";
        for (kind, rest, said) in [
            ("{ latest = { hours = 24 } }", String::new(), "elapsed-hours = 24"),
            ("{ cut-off = { hours = 24 } }", String::new(), "a day has no time"),
            ("{ answer = { days = 0 } }", String::new(), "a period of 0"),
            ("{ arrive = { within = { days = 0 }, delivery = { days = 1 } } }", String::new(), "a period of 0"),
            ("{ review = { every = { months = 0 } } }", String::new(), "a period of 0"),
            ("{ daily = 0 }", String::new(), "a period of 0"),
            ("{ elapsed-hours = 0 }", String::new(), "a period of 0"),
            ("{ review = { every = { months = 6 }, set_by = \" \" } }", String::new(), "an empty `set_by`"),
            ("{ answer = { days = 5 } }", format!("also = [{{ {ceo}, kind = {{ answer = {{ days = 0 }} }} }}]"), "`ceo` of the clock `c`"),
            ("{ answer = { days = 5 } }", format!("also = [{{ {ceo}, kind = \"refusal-notice\" }}]"), "stands only on its own"),
            (
                "{ answer = { days = 5 } }",
                "also = [{ name = \"ceo\", trigger = \" \", source = \"X-2\", kind = { answer = { days = 1 } } }]".to_owned(),
                "can never happen",
            ),
            (
                "{ review = { every = { months = 6 }, set_by = \"CEO\" } }",
                format!("also = [{{ {ceo}, kind = {{ answer = {{ days = 5 }} }} }}]"),
                "one that is taken",
            ),
        ] {
            let found = clock(kind, &rest).unwrap().problems();
            assert_eq!(found.len(), 1, "{kind}: {found:?}");
            assert!(found[0].contains(said), "{kind}: {found:?}");
        }
        let never = Clock { trigger: String::new(), ..clock("{ daily = 1 }", "").unwrap() };
        assert!(never.problems()[0].contains("can never start"));
    }

    fn pack(clocks: &str) -> Result<crate::policy::Policy, crate::Refusal> {
        crate::policy::Policy::from_files(&[
            ("pack.toml", "name = \"example\"\ntitle = \"Example\"\nversion = \"1\"\ninherits = \"uk\"\n"),
            ("clocks.toml", clocks),
        ])
    }

    #[test]
    fn what_the_law_does_not_number_a_pack_may_define_anew() {
        let own =
            "[[clock]]\nid = \"post-breach-review\"\ntitle = \"t\"\ntrigger = \"x\"\nkind = { answer = { days = 14 } }\nsource = \"X-1\"\n";
        let policy = pack(own).unwrap();
        assert_eq!(policy.rule("post-breach-review").unwrap().kind, Kind::Answer(Period::Days(14)));
        let worded = "[[clock]]\nid = \"complaint_ack\"\ntitle = \"t\"\ntrigger = \"x\"\nkind = \"complaint-acknowledgement\"\nsource = \"X-2\"\n\
                      also = [{ name = \"ceo\", trigger = \"y\", kind = { answer = { working_days = 5 } }, source = \"X-3\" }]\n";
        assert_eq!(pack(worded).unwrap().rule("complaint_ack").unwrap().also.len(), 1);
        for (id, kind) in [
            ("extension-notice", "{ answer = { months = 1 } }"),
            ("refusal-notice", "\"extension-notice\""),
            ("access", "{ rights = \"erasure\" }"),
        ] {
            let own = format!("[[clock]]\nid = \"{id}\"\ntitle = \"t\"\ntrigger = \"x\"\nkind = {kind}\nsource = \"X-1\"\n");
            let refusal = pack(&own).unwrap_err();
            assert!(refusal.detail.contains("is set by the law"), "{id}: {refusal}");
        }
    }
}
