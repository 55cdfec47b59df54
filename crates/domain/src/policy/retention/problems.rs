//! What is wrong with a retention schedule, each with the id it is about and the remedy.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::nearest,
    Class, FactKind, Floor, KNOWN_FACTS, Keep, Part, Retention, Variant,
    facts::{NOT_STATED, kind_of},
    keep::length,
};
use crate::calendar::Period;

/// The most fields, or funders, one schedule tells apart.
const MOST: usize = 64;

/// Everything wrong: the id at fault, and a sentence with what to write instead. `links` are the
/// references from elsewhere to classes: who refers, and to which class.
pub fn problems(retention: &Retention, links: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut found = Found { retention, problems: Vec::new() };
    found.ids();
    found.facts();
    for floor in &retention.floor {
        found.floor(floor);
    }
    for class in &retention.class {
        found.trigger(class);
        found.periods(class);
        found.ceiling(class);
        found.variants(class);
        found.references(class);
        found.defaults(class);
    }
    found.funders();
    found.cycles();
    for (from, class) in links {
        if retention.class(class).is_none() {
            let what = format!("`{from}` names the record class `{class}`, which is not in retention.toml.{}", found.meant_class(class));
            found.problems.push(((*from).to_owned(), what));
        }
    }
    found.problems
}

struct Found<'a> {
    retention: &'a Retention,
    problems: Vec<(String, String)>,
}

impl<'a> Found<'a> {
    fn wrong(&mut self, key: &str, what: String) {
        self.problems.push((key.to_owned(), what));
    }

    fn meant_class(&self, name: &str) -> String {
        meant(name, self.retention.class.iter().map(|class| class.id.as_str()))
    }

    /// Ids are short names, and one class has one rule.
    fn ids(&mut self) {
        let mut classes: BTreeMap<String, &str> = BTreeMap::new();
        for class in &self.retention.class {
            if !is_name(&class.id) {
                self.wrong(&class.id, format!("the class id `{}` is not a name. Use lower-case letters, digits and hyphens.", class.id));
            }
            for name in std::iter::once(&class.id).chain(&class.aliases) {
                if let Some(other) = classes.insert(plain(name), &class.id) {
                    let what = format!("there are two rules for the class `{name}` (the other under `{other}`). Keep one, or rename one.");
                    self.wrong(&class.id, what);
                }
            }
        }
        for (list, ids) in [
            ("floor", self.retention.floor.iter().map(|floor| floor.id.as_str()).collect::<Vec<_>>()),
            ("funder", self.retention.funder.iter().map(|funder| funder.id.as_str()).collect()),
            ("fact", self.retention.fact.iter().map(|fact| fact.id.as_str()).collect()),
        ] {
            let mut seen = BTreeSet::new();
            for id in ids {
                if !is_name(id) {
                    self.wrong(id, format!("the {list} id `{id}` is not a name. Use lower-case letters, digits and hyphens."));
                } else if !seen.insert(id) {
                    self.wrong(id, format!("the {list} `{id}` is there twice. Give each its own id."));
                }
            }
        }
    }

    fn facts(&mut self) {
        for fact in &self.retention.fact {
            if KNOWN_FACTS.iter().any(|known| known.id == fact.id) || [NOT_STATED, "class", "trigger", "hold"].contains(&fact.id.as_str()) {
                let what = format!("the fact `{}` is known already. Leave it out of `fact`, or give yours another id.", fact.id);
                self.wrong(&fact.id, what);
            }
        }
        if self.retention.fact.len() > MOST {
            self.wrong("fact", format!("there are more than {MOST} facts of the pack's own."));
        }
    }

    /// A name that has to be a fact of a kind.
    fn is_fact(&mut self, key: &str, name: &str, kind: FactKind) {
        let retention = self.retention;
        let known = || {
            let own = retention.fact.iter().filter(|fact| fact.kind == kind).map(|fact| fact.id.as_str());
            own.chain(KNOWN_FACTS.iter().filter(|fact| fact.kind == kind).map(|fact| fact.id))
        };
        if kind_of(retention, name) != Some(kind) {
            let (one, list) = match kind {
                FactKind::Day => ("an event", "day"),
                FactKind::Number => ("a number", "number"),
                FactKind::Flag => ("a yes or no", "flag"),
            };
            let advice = meant(name, known());
            let what = format!(
                "in `{key}`, `{name}` is not the name of {one}.{advice} Use a known one, or declare it: `[[fact]] id = \"{name}\", kind = \"{list}\"`."
            );
            self.wrong(key, what);
        }
    }

    fn trigger(&mut self, class: &'a Class) {
        if class.trigger.is_empty() && class.keep.period().is_some() {
            let what = format!(
                "the class `{}` has a period but no `trigger` to count it from. Write the event, for example `trigger = \"employment-end\"`, \
                 or `trigger = \"{NOT_STATED}\"` when the policy does not say: then it becomes a set-up question.",
                class.id
            );
            self.wrong(&class.id, what);
        }
        let main = [class.trigger.as_str()].into_iter().filter(|trigger| !trigger.is_empty() && *trigger != NOT_STATED);
        let also = class.also.iter().map(|limb| limb.trigger.as_str());
        let variants = class.variant.iter().filter_map(|variant| variant.trigger.as_deref());
        let review = class.review.iter().map(|review| review.trigger.as_str());
        for trigger in main.chain(also).chain(variants).chain(class.sooner.iter().map(String::as_str)).chain(review) {
            self.is_fact(&class.id, trigger, FactKind::Day);
        }
    }

    fn periods(&mut self, class: &'a Class) {
        let keeps = [Some(class.keep), class.stated].into_iter().flatten();
        let also = class.also.iter().filter_map(|limb| limb.keep);
        let variants = class.variant.iter().filter_map(|variant| variant.keep);
        let mut periods: Vec<Period> = keeps.chain(also).chain(variants).filter_map(Keep::period).collect();
        periods.extend(class.ceiling.as_ref().map(|ceiling| ceiling.period));
        periods.extend(class.review.as_ref().map(|review| review.after));
        for period in periods {
            self.countable(&class.id, period);
        }
        let blocked = |keep: Option<Keep>| keep.is_some_and(|keep| keep.period().is_none());
        if class.also.iter().any(|limb| blocked(limb.keep)) {
            self.wrong(&class.id, format!("in `{}`, `also` needs a period: `exactly`, `at-least`, `at-most` or \"at-once\".", class.id));
        }
    }

    fn countable(&mut self, key: &str, period: Period) {
        if length(period).is_none() {
            let what = format!(
                "in `{key}`, {} cannot be counted here: a date of destruction is counted in days, months or years. \
                 How soon it is carried out goes into `carry_out`.",
                period.shown()
            );
            self.wrong(key, what);
        }
    }

    fn floor(&mut self, floor: &'a Floor) {
        match floor.period {
            Some(period) => self.countable(&floor.id, period),
            None => self.wrong(&floor.id, format!("the floor `{}` has no `period`, for example `period = {{ years = 3 }}`.", floor.id)),
        }
        if floor.source.is_empty() {
            self.wrong(&floor.id, format!("the floor `{}` has no `source`. Name the statute, regulation or contract.", floor.id));
        }
        if !floor.trigger.is_empty() {
            self.is_fact(&floor.id, &floor.trigger, FactKind::Day);
        }
    }

    /// A ceiling belongs to a minimum and cannot lie below it, nor below a floor.
    fn ceiling(&mut self, class: &'a Class) {
        let Some(ceiling) = &class.ceiling else { return };
        let Keep::AtLeast(least) = class.keep else {
            let what =
                format!("`{}` has a `ceiling` but no minimum. Write `keep = {{ at-least = .. }}`, or take the ceiling out.", class.id);
            return self.wrong(&class.id, what);
        };
        if length(least) > length(ceiling.period) {
            let what = format!("in `{}` the minimum of {} lies above the ceiling of {}.", class.id, least.shown(), ceiling.period.shown());
            self.wrong(&class.id, what);
        }
        for floor in self.retention.floor.iter().filter(|floor| class.floors.contains(&floor.id)) {
            let same_start = floor.trigger.is_empty() || floor.trigger == class.trigger;
            if let Some(period) = floor.period.filter(|period| same_start && length(*period) > length(ceiling.period)) {
                let what = format!(
                    "in `{}` the floor of {} ({}) lies above the ceiling of {}. Raise the ceiling.",
                    class.id,
                    period.shown(),
                    floor.source,
                    ceiling.period.shown()
                );
                self.wrong(&class.id, what);
            }
        }
    }

    /// The variants of a class share one fact, leave no gap and do not overlap.
    fn variants(&mut self, class: &'a Class) {
        let Some(first) = class.variant.first() else { return };
        if class.variant.iter().any(|variant| variant.fact != first.fact) {
            let what = format!("the variants of `{}` depend on different facts. Use one fact, or split the class.", class.id);
            return self.wrong(&class.id, what);
        }
        if kind_of(self.retention, &first.fact) == Some(FactKind::Flag) {
            self.flag_variants(class);
        } else {
            self.is_fact(&class.id, &first.fact, FactKind::Number);
            self.number_variants(class);
        }
    }

    fn flag_variants(&mut self, class: &'a Class) {
        let count = |answer: bool| class.variant.iter().filter(|variant| variant.is == Some(answer)).count();
        if count(true) != 1 || count(false) != 1 || class.variant.len() != 2 {
            let what = format!("`{}` needs one variant with `is = true` and one with `is = false`.", class.id);
            self.wrong(&class.id, what);
        }
    }

    fn number_variants(&mut self, class: &'a Class) {
        let mut ranges: Vec<_> = class.variant.iter().map(range).collect();
        ranges.sort_unstable();
        let mut next = 0;
        for (from, below) in ranges {
            if below <= from {
                let what = format!("a variant of `{}` is for no number at all: `from` is included and `below` is not.", class.id);
                self.wrong(&class.id, what);
            } else if from > next {
                let what = format!("the variants of `{}` leave out the numbers from {next} to {}.", class.id, from - 1);
                self.wrong(&class.id, what);
            } else if from < next {
                let what = format!(
                    "two variants of `{}` are both for {from}: `from` is included and `below` is not, so the next one begins where `below` ends.",
                    class.id
                );
                self.wrong(&class.id, what);
            }
            next = next.max(below);
        }
        if u32::try_from(next).is_ok() {
            let what =
                format!("the variants of `{}` leave out the numbers from {next} upwards: leave `below` out of the last one.", class.id);
            self.wrong(&class.id, what);
        }
    }

    fn references(&mut self, class: &'a Class) {
        let unless = class.unless.iter().filter(|unless| !unless.class.is_empty()).map(|unless| unless.class.as_str());
        for name in unless.chain(class.field.iter().map(|field| field.class.as_str())) {
            if self.retention.class(name).is_none() {
                let what = format!("`{}` points to the class `{name}`, which does not exist.{}", class.id, self.meant_class(name));
                self.wrong(&class.id, what);
            }
        }
        for unless in &class.unless {
            self.is_fact(&class.id, &unless.flag, FactKind::Flag);
        }
        for name in &class.floors {
            if !self.retention.floor.iter().any(|floor| floor.id == *name) {
                let advice = meant(name, self.retention.floor.iter().map(|floor| floor.id.as_str()));
                let what = format!("`{}` names the floor `{name}`, which does not exist.{advice} Add it under `floor`.", class.id);
                self.wrong(&class.id, what);
            }
        }
        for field in class.field.iter().filter(|field| !is_name(&field.name)) {
            let what = format!("in `{}`, the field `{}` is not a name. Use lower-case letters, digits and hyphens.", class.id, field.name);
            self.wrong(&class.id, what);
        }
        if class.field.len() > MOST {
            self.wrong(&class.id, format!("`{}` has more than {MOST} fields of their own.", class.id));
        }
    }

    fn defaults(&mut self, class: &'a Class) {
        for part in &class.defaults {
            let there = match part {
                Part::Trigger => !class.trigger.is_empty() && class.trigger != NOT_STATED,
                Part::Keep => class.keep.period().is_some(),
                Part::Ceiling => class.ceiling.is_some(),
                Part::Review => class.review.is_some(),
                Part::CarryOut => class.carry_out.is_some(),
                Part::Combine => true,
            };
            if !there {
                let name = part.name();
                let what = format!("`{}` says that `{name}` is a default, but gives none. Write `{name}`, or take it out.", class.id);
                self.wrong(&class.id, what);
            }
        }
    }

    fn funders(&mut self) {
        for funder in &self.retention.funder {
            if funder.keep.is_none() && funder.until.is_none() {
                let what = format!("the funder `{}` asks for nothing. Write `keep` with a period, or `until` with a date.", funder.id);
                self.wrong(&funder.id, what);
            }
            if let Some(period) = funder.keep {
                self.countable(&funder.id, period);
            }
            if !funder.trigger.is_empty() {
                self.is_fact(&funder.id, &funder.trigger, FactKind::Day);
            }
        }
        if self.retention.funder.len() > MOST {
            self.wrong("funder", format!("there are more than {MOST} funders."));
        }
    }

    /// Following `unless` and `field` from class to class must come to an end.
    fn cycles(&mut self) {
        let next: BTreeMap<&str, Vec<&str>> = self
            .retention
            .class
            .iter()
            .map(|class| {
                let unless = class.unless.iter().map(|unless| unless.class.as_str());
                let fields = class.field.iter().map(|field| field.class.as_str());
                (class.id.as_str(), unless.chain(fields).filter(|name| !name.is_empty()).collect())
            })
            .collect();
        for class in next.keys() {
            let (mut seen, mut open) = (BTreeSet::new(), next.get(class).cloned().unwrap_or_default());
            while let Some(name) = open.pop() {
                if name == *class {
                    self.problems.push((
                        (*class).to_owned(),
                        format!("`{class}` comes back to itself through `unless` or `field`. Break the circle: one class has to decide."),
                    ));
                    break;
                }
                if seen.insert(name) {
                    open.extend(next.get(name).into_iter().flatten());
                }
            }
        }
    }
}

/// The numbers of a variant: the first, and the one after the last.
pub(crate) fn range(variant: &Variant) -> (u64, u64) {
    (u64::from(variant.from.unwrap_or(0)), variant.below.map_or(u64::from(u32::MAX) + 1, u64::from))
}

fn meant<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    nearest(name, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default()
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.len() <= MOST && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Names that a person would take for the same.
pub(crate) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}
