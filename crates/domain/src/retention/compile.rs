//! From the words of a pack to a [`Schedule`].

use std::collections::HashMap;

use super::{
    ClassIndex, Schedule,
    facts::{FactName, names, place},
    rule::{
        Bound, Choice, CompiledClass, CompiledFloor, CompiledFunder, CompiledLimb, CompiledReview, CompiledRule, CompiledUnless, From,
        Open, Span,
    },
    texts,
};
use crate::{
    calendar::{Period, short_date},
    policy::{
        Policy, YearEnd,
        retention::{Class, FactKind, Keep, NOT_STATED, Retention, Start, Variant, is_awaited, plain, range, title_of},
    },
};

impl Schedule {
    /// The retention rules of a policy.
    pub fn compile(policy: &Policy) -> Self {
        Self::of(policy.retention(), policy.organisation().year_end)
    }

    /// Retention rules, and the last day of the organisation's accounting year. What
    /// [`crate::policy::retention::problems`] refuses gives no date.
    pub fn of(retention: &Retention, year_end: Option<YearEnd>) -> Self {
        let mut compiler = Compiler {
            retention,
            year_end,
            days: names(retention, FactKind::Day),
            numbers: names(retention, FactKind::Number),
            flags: names(retention, FactKind::Flag),
            classes: HashMap::new(),
            rules: Vec::new(),
            texts: Vec::new(),
            contact_kinds: Vec::new(),
        };
        for (at, class) in retention.class.iter().enumerate() {
            for name in std::iter::once(&class.id).chain(&class.aliases) {
                compiler.classes.entry(plain(name)).or_insert(ClassIndex(at as u16));
            }
        }
        let classes = retention.class.iter().map(|class| compiler.class(class)).collect();
        let funders = retention.funder.iter().map(|funder| compiler.funder(funder)).collect();
        let known = |names: &[FactName], id| place(names, id).unwrap_or(usize::MAX);
        Self {
            classes,
            funders,
            ongoing: known(&compiler.flags, "ongoing"),
            born: known(&compiler.days, "born"),
            funder_until: known(&compiler.days, "funder-until"),
            last_contact: known(&compiler.days, "last-contact"),
            rules: compiler.rules,
            by_name: compiler.classes,
            days: compiler.days,
            numbers: compiler.numbers,
            flags: compiler.flags,
            contact_kinds: compiler.contact_kinds,
            texts: compiler.texts,
        }
    }
}

struct Compiler<'a> {
    retention: &'a Retention,
    year_end: Option<YearEnd>,
    days: Vec<FactName>,
    numbers: Vec<FactName>,
    flags: Vec<FactName>,
    classes: HashMap<String, ClassIndex>,
    rules: Vec<CompiledRule>,
    texts: Vec<String>,
    contact_kinds: Vec<String>,
}

/// One rule as written: of a class, or of a variant of it.
struct Written<'a> {
    class: &'a Class,
    trigger: &'a str,
    keep: Keep,
    clauses: &'a [String],
}

impl<'a> Compiler<'a> {
    fn text(&mut self, text: String) -> usize {
        self.texts.push(text);
        self.texts.len() - 1
    }

    fn find(&self, class: &str) -> Option<ClassIndex> {
        self.classes.get(&plain(class)).copied()
    }

    fn class(&mut self, class: &'a Class) -> CompiledClass {
        let unless = class.unless.iter().filter_map(|unless| self.unless(class, unless)).collect();
        let clauses = texts::in_brackets(&class.clauses);
        CompiledClass {
            id: class.id.clone(),
            title: class.title.clone(),
            unless,
            choice: self.choice(class),
            fields: class.field.iter().filter_map(|field| Some((field.name.clone(), self.find(&field.class)?))).collect(),
            ongoing_text: self.text(format!("it goes on, so nothing is counted yet{clauses}")),
        }
    }

    fn unless(&mut self, class: &Class, unless: &crate::policy::retention::Unless) -> Option<CompiledUnless> {
        let flag = place(&self.flags, &unless.flag)?;
        let title = title_of(self.retention, &unless.flag).to_owned();
        let clauses = texts::in_brackets(&class.clauses);
        let why = if unless.why.is_empty() { String::new() } else { format!(": {}", unless.why) };
        Some(CompiledUnless {
            flag,
            class: Some(unless.class.as_str()).filter(|name| !name.is_empty()).and_then(|name| self.find(name)),
            must_be_known: unless.must_be_known,
            waits: self.text(format!("it waits while {} is yes{why}{clauses}", unless.flag.replace('-', "_"))),
            missing: self.text(texts::missing(&unless.flag, &format!("the {title} decides which rule holds{clauses}"))),
        })
    }

    fn choice(&mut self, class: &'a Class) -> Choice {
        let Some(first) = class.variant.first() else {
            let written = Written { class, trigger: &class.trigger, keep: class.keep, clauses: &class.clauses };
            return Choice::One(self.rule(&written));
        };
        let title = title_of(self.retention, &first.fact).to_owned();
        let missing = self
            .text(texts::missing(&first.fact, &format!("the {title} decides which period holds{}", texts::in_brackets(&class.clauses))));
        let rules: Vec<_> = class.variant.iter().map(|variant| (variant, self.variant(class, variant))).collect();
        if let Some(fact) = place(&self.numbers, &first.fact) {
            let ranges = rules.iter().map(|(variant, rule)| (range(variant).0, range(variant).1, *rule)).collect();
            return Choice::Number { fact, missing, ranges };
        }
        let of = |answer| rules.iter().find(|(variant, _)| variant.is == Some(answer)).map_or(usize::MAX, |(_, rule)| *rule);
        Choice::Flag { fact: place(&self.flags, &first.fact).unwrap_or(usize::MAX), missing, yes: of(true), no: of(false) }
    }

    fn variant(&mut self, class: &'a Class, variant: &'a Variant) -> usize {
        let written = Written {
            class,
            trigger: variant.trigger.as_deref().unwrap_or(&class.trigger),
            keep: variant.keep.unwrap_or(class.keep),
            clauses: if variant.clauses.is_empty() { &class.clauses } else { &variant.clauses },
        };
        self.rule(&written)
    }

    fn rule(&mut self, written: &Written<'a>) -> usize {
        let class = written.class;
        let note = format!("{}{}", texts::in_brackets(written.clauses), texts::default_note(class));
        let ceiling = class.ceiling.as_ref().map(|ceiling| ceiling.period);
        let mut limbs = Vec::new();
        let main = std::iter::once((written.trigger, class.start, written.keep, false));
        let also = class.also.iter().map(|limb| (limb.trigger.as_str(), limb.start, limb.keep.unwrap_or(written.keep), limb.optional));
        let mut broken = None;
        for (trigger, start, keep, optional) in main.chain(also).filter(|(_, _, keep, _)| keep.period().is_some()) {
            match self.limb(trigger, start, keep, ceiling) {
                Ok(mut limb) => {
                    limb.optional = optional;
                    limb.text = self.text(format!("{}{note}", limb.shown));
                    limb.missing = self.text(texts::missing(trigger, &format!("{}{note}", limb.shown)));
                    limbs.push(limb);
                }
                Err(why) => broken = Some(why),
            }
        }
        let rule_words = limbs.first().map_or_else(|| class.keep.shown(), |limb| limb.shown.clone()) + &note;
        let open = self.open(written, broken, &note);
        let compiled = CompiledRule {
            open,
            awaits: self.awaits(written, &note),
            sooner: self.sooner(class, &note),
            floors: self.floors(class, &rule_words),
            ceiling: ceiling.and_then(|period| Some((span(period)?, period.shown()))),
            not_contact: class.not_contact.iter().map(|kind| self.contact_kind(kind)).collect(),
            not_contact_text: self.text(format!("last_contact is missing: {} does not count{note}", class.not_contact.join(" or "))),
            review: self.review(class),
            child: self.child(class),
            funder_text: self.text(format!("the funder asks for longer than {rule_words}")),
            clauses: written.clauses.join(", "),
            defaults: texts::defaults(class),
            caution: class.caution.clone(),
            superseded: superseded(class),
            limbs,
            combine: class.combine,
        };
        self.rules.push(compiled);
        self.rules.len() - 1
    }

    /// A limb without its texts, or why there is none.
    fn limb(&self, trigger: &str, start: Start, keep: Keep, ceiling: Option<Period>) -> Result<CompiledLimb, String> {
        let fact = place(&self.days, trigger).ok_or("no event is set to count from: the policy does not state one")?;
        let span = keep.period().and_then(span).ok_or("the period cannot be counted in days, months or years")?;
        Ok(CompiledLimb {
            fact,
            from: self.from(trigger, start).ok_or("the end of the organisation's accounting year is not set")?,
            bound: match keep {
                Keep::AtLeast(_) => Bound::AtLeast,
                Keep::AtMost(_) | Keep::AtOnce => Bound::AtMost,
                _ => Bound::Exactly,
            },
            span,
            optional: false,
            text: 0,
            missing: 0,
            shown: texts::period(self.retention, keep, ceiling, trigger, start),
        })
    }

    fn from(&self, trigger: &str, start: Start) -> Option<From> {
        match start {
            Start::Event if trigger == "tax-year-end" => Some(From::YearEnd(4, 5)),
            Start::Event => Some(From::Event),
            Start::TaxYearEnd => Some(From::YearEnd(4, 5)),
            Start::CalendarYearEnd => Some(From::YearEnd(12, 31)),
            Start::AccountingYearEnd => {
                self.year_end.map(|end| From::YearEnd(u32::from(end.month.unsigned_abs()), u32::from(end.day.unsigned_abs())))
            }
        }
    }

    fn open(&mut self, written: &Written<'_>, broken: Option<String>, note: &str) -> Open {
        if written.keep == Keep::PerFunder {
            let missing = self.text(format!("funder_until is missing: kept as the funder asks, and no funder's rule is known{note}"));
            return Open::Funder { missing, text: self.text(format!("as the funder asks{note}")) };
        }
        let why = if written.keep.period().is_none() {
            Some(texts::open_period(written.class))
        } else if written.trigger == NOT_STATED {
            Some("no event is set to count from: the policy does not state one".to_owned() + note)
        } else {
            broken.map(|why| why + note)
        };
        why.map_or(Open::No, |why| Open::Blocked(self.text(why)))
    }

    /// Events that need never happen are not missing.
    fn awaits(&mut self, written: &Written<'_>, note: &str) -> Option<usize> {
        let triggers = std::iter::once(written.trigger).chain(written.class.also.iter().map(|limb| limb.trigger.as_str()));
        let all = triggers.clone().all(is_awaited);
        let title = title_of(self.retention, written.trigger).to_owned();
        all.then(|| self.text(format!("there has been no {}{note}", title.trim_start_matches("person's "))))
    }

    fn sooner(&mut self, class: &Class, note: &str) -> Vec<(usize, usize)> {
        let places: Vec<_> = class.sooner.iter().filter_map(|name| Some((place(&self.days, name)?, name))).collect();
        places
            .into_iter()
            .map(|(fact, name)| {
                let title = title_of(self.retention, name).to_owned();
                (fact, self.text(format!("at once on the {title}{note}")))
            })
            .collect()
    }

    fn floors(&mut self, class: &Class, rule: &str) -> Vec<CompiledFloor> {
        let retention = self.retention;
        let named = retention.floor.iter().filter(|floor| class.floors.contains(&floor.id));
        named
            .filter_map(|floor| {
                let named = !floor.trigger.is_empty();
                let trigger = if named { &floor.trigger } else { &class.trigger };
                let words = texts::floor(retention, floor, class, rule);
                // A floor that counts from the event of the class takes its day however it is given.
                let own = named && floor.trigger != class.trigger;
                Some(CompiledFloor {
                    fact: if own { Some(place(&self.days, trigger)?) } else { None },
                    from: self.from(trigger, if named { floor.start } else { class.start })?,
                    span: floor.period.and_then(span)?,
                    missing: self.text(texts::missing(trigger, &words)),
                    text: self.text(words),
                    locked: floor.locked,
                    shown: floor.period.map(Period::shown).unwrap_or_default(),
                    source: floor.source.clone() + &floor.since.map(|since| format!(", since {}", short_date(since))).unwrap_or_default(),
                })
            })
            .collect()
    }

    fn contact_kind(&mut self, kind: &str) -> usize {
        let kind = plain(kind);
        self.contact_kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            self.contact_kinds.push(kind);
            self.contact_kinds.len() - 1
        })
    }

    fn review(&mut self, class: &Class) -> Option<CompiledReview> {
        let review = class.review.as_ref()?;
        let fact = place(&self.days, &review.trigger)?;
        let (after, title) = (review.after.shown(), title_of(self.retention, &review.trigger).to_owned());
        let ask = if review.ask.is_empty() { "look at it and decide" } else { review.ask.as_str() };
        let text = self.text(format!("{after} have passed since the {title}: {ask}"));
        Some(CompiledReview { fact, span: span(review.after)?, text, shown: after })
    }

    fn child(&mut self, class: &Class) -> Option<(i32, usize, String)> {
        let child = class.child.as_ref()?;
        let birthday = texts::ordinal(child.until_age);
        let text = self.text(format!("the person was a child: consider keeping it until the {birthday} birthday"));
        Some((child.until_age as i32, text, child.source.clone()))
    }

    fn funder(&mut self, funder: &crate::policy::retention::Funder) -> CompiledFunder {
        let trigger = if funder.trigger.is_empty() { "project-end" } else { &funder.trigger };
        CompiledFunder {
            id: funder.id.clone(),
            title: funder.title.clone(),
            source: funder.source.clone(),
            fact: place(&self.days, trigger).unwrap_or(usize::MAX),
            span: funder.keep.and_then(span),
            until: funder.until.map(Into::into),
            missing: self.text(texts::missing(trigger, &format!("the funder {} counts from it", funder.title))),
        }
    }
}

fn superseded(class: &Class) -> String {
    let Some(stated) = class.stated.filter(|stated| *stated != class.keep) else { return String::new() };
    let why = class.law.as_ref().map(|law| format!(" {} ({})", law.why, law.source)).unwrap_or_default();
    format!("The policy says {}; that is shown and not used.{why}", stated.shown())
}

fn span(period: Period) -> Option<Span> {
    match period {
        Period::Days(days) => Some(Span { months: 0, days: days as i32 }),
        Period::Months(months) => Some(Span { months: months as i32, days: 0 }),
        Period::Years(years) => Some(Span { months: years as i32 * 12, days: 0 }),
        Period::Hours(_) | Period::WorkingDays(_) => None,
    }
}
