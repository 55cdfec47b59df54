//! The compiled form of a retention schedule.

use std::collections::HashMap;

use super::{
    ClassIndex, FactRef,
    facts::{FactName, place},
};
use crate::{
    Refusal, RefusalCode,
    policy::{
        nearest,
        retention::{Combine, plain},
    },
};

/// A policy's retention rules, ready to be evaluated by the million.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(super) classes: Vec<CompiledClass>,
    pub(super) rules: Vec<CompiledRule>,
    pub(super) by_name: HashMap<String, ClassIndex>,
    pub(super) days: Vec<FactName>,
    pub(super) numbers: Vec<FactName>,
    pub(super) flags: Vec<FactName>,
    pub(super) funders: Vec<CompiledFunder>,
    pub(super) contact_kinds: Vec<String>,
    pub(super) texts: Vec<String>,
    /// The place of the flag `ongoing`.
    pub(super) ongoing: usize,
    /// The place of the day `born`.
    pub(super) born: usize,
    /// The place of the day `funder-until`.
    pub(super) funder_until: usize,
    /// The place of the day `last-contact`.
    pub(super) last_contact: usize,
}

/// A class: which rule applies.
#[derive(Debug, Clone)]
pub(super) struct CompiledClass {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unless: Vec<CompiledUnless>,
    pub(super) choice: Choice,
    /// Data that follows another class: the field's name and the class.
    pub(super) fields: Vec<(String, ClassIndex)>,
    pub(super) ongoing_text: usize,
}

/// Which rule of a class applies. Rules are places among [`Schedule::rules`].
#[derive(Debug, Clone)]
pub(super) enum Choice {
    One(usize),
    /// By a number: from, below, rule.
    Number {
        fact: usize,
        missing: usize,
        ranges: Vec<(u64, u64, usize)>,
    },
    Flag {
        fact: usize,
        missing: usize,
        yes: usize,
        no: usize,
    },
}

#[derive(Debug, Clone)]
pub(super) struct CompiledUnless {
    pub(super) flag: usize,
    pub(super) class: Option<ClassIndex>,
    pub(super) must_be_known: bool,
    /// Said while it waits.
    pub(super) waits: usize,
    /// Said when it is not known and must be.
    pub(super) missing: usize,
}

/// A length of time in the units that arithmetic needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) months: i32,
    pub(super) days: i32,
}

/// From when a period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Event,
    /// The first such day of a year on or after the event: month, day.
    YearEnd(u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// Not earlier and not later.
    Exactly,
    /// Not earlier.
    AtLeast,
    /// Not later.
    AtMost,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledLimb {
    pub(super) fact: usize,
    pub(super) from: From,
    pub(super) bound: Bound,
    pub(super) span: Span,
    pub(super) optional: bool,
    /// Said when this limb decides.
    pub(super) text: usize,
    /// Said when its day is missing.
    pub(super) missing: usize,
    /// The period in words.
    pub(super) shown: String,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledFloor {
    /// Its own event, or that of the class.
    pub(super) fact: Option<usize>,
    pub(super) from: From,
    pub(super) span: Span,
    pub(super) text: usize,
    pub(super) missing: usize,
    pub(super) locked: bool,
    pub(super) shown: String,
    pub(super) source: String,
}

#[derive(Debug, Clone)]
pub(super) struct CompiledFunder {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) fact: usize,
    pub(super) span: Option<Span>,
    pub(super) until: Option<super::Day>,
    pub(super) missing: usize,
}

/// A long-stop.
#[derive(Debug, Clone)]
pub(super) struct CompiledReview {
    pub(super) fact: usize,
    pub(super) span: Span,
    pub(super) text: usize,
    pub(super) shown: String,
}

/// Why a rule gives no date at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// It gives one.
    No,
    /// The policy leaves the period or the event open: what is said.
    Blocked(usize),
    /// The funder decides: what is said when the funder's rule is not known, and when it is.
    Funder { missing: usize, text: usize },
}

#[derive(Debug, Clone)]
pub(super) struct CompiledRule {
    pub(super) open: Open,
    pub(super) limbs: Vec<CompiledLimb>,
    pub(super) combine: Combine,
    /// The events need never happen: what is said while they have not.
    pub(super) awaits: Option<usize>,
    /// Events that bring destruction forward, and what is said.
    pub(super) sooner: Vec<(usize, usize)>,
    pub(super) floors: Vec<CompiledFloor>,
    pub(super) ceiling: Option<(Span, String)>,
    /// Kinds of contact that do not count, as places, and what is said.
    pub(super) not_contact: Vec<usize>,
    pub(super) not_contact_text: usize,
    pub(super) review: Option<CompiledReview>,
    /// The birthday until which keeping is considered: years, what is said, source.
    pub(super) child: Option<(i32, usize, String)>,
    /// Said when the funder's date decides.
    pub(super) funder_text: usize,
    /// The clauses, for steps.
    pub(super) clauses: String,
    /// What is a default the organisation has not decided on; empty when nothing is.
    pub(super) defaults: String,
    pub(super) caution: String,
    /// What the policy states and the law supersedes; empty when nothing.
    pub(super) superseded: String,
}

impl Schedule {
    /// The ids of the classes, in the order of the pack.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(|class| class.id.as_str())
    }

    /// A class by its name, however it is written.
    pub fn class(&self, name: &str) -> Option<ClassIndex> {
        self.by_name.get(name).or_else(|| self.by_name.get(&plain(name))).copied()
    }

    /// A class by its name.
    ///
    /// # Errors
    /// `RET-001` when there is none, with the nearest.
    pub fn known_class(&self, name: &str) -> Result<ClassIndex, Refusal> {
        self.class(name).ok_or_else(|| Refusal::new(RefusalCode::ClassUnknown, self.unknown_class(name)))
    }

    /// What is said about a class that does not exist.
    pub fn unknown_class(&self, name: &str) -> String {
        let shown: String = name.chars().take(64).collect();
        let meant = nearest(&shown, self.classes()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        format!("It says `{shown}`.{meant}")
    }

    /// The id of a class.
    pub fn id(&self, class: ClassIndex) -> &str {
        self.classes.get(class.index()).map_or("", |class| class.id.as_str())
    }

    /// The class that a field of a class lives on under, if it does.
    pub fn field(&self, class: ClassIndex, name: &str) -> Option<ClassIndex> {
        let fields = &self.classes.get(class.index())?.fields;
        let wanted = plain(name);
        fields.iter().find(|(field, _)| *field == wanted).map(|(_, class)| *class)
    }

    /// A reason or alert in words.
    pub fn text(&self, place: usize) -> &str {
        self.texts.get(place).map_or("", String::as_str)
    }

    /// Every reason and alert, in the order of their places.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// The names of all facts as columns of a table, with what each is.
    pub fn columns(&self) -> impl Iterator<Item = (&str, FactRef)> {
        let days = self.days.iter().enumerate().map(|(place, fact)| (fact.column.as_str(), FactRef::Day(place)));
        let numbers = self.numbers.iter().enumerate().map(|(place, fact)| (fact.column.as_str(), FactRef::Number(place)));
        let flags = self.flags.iter().enumerate().map(|(place, fact)| (fact.column.as_str(), FactRef::Flag(place)));
        days.chain(numbers).chain(flags)
    }

    /// A fact by its name, however it is written.
    pub fn fact(&self, name: &str) -> Option<FactRef> {
        let day = || place(&self.days, name).map(FactRef::Day);
        let number = || place(&self.numbers, name).map(FactRef::Number);
        let flag = || place(&self.flags, name).map(FactRef::Flag);
        day().or_else(number).or_else(flag)
    }

    /// The name of a fact as a column of a table.
    pub fn column(&self, fact: FactRef) -> &str {
        let name = match fact {
            FactRef::Day(place) => self.days.get(place),
            FactRef::Number(place) => self.numbers.get(place),
            FactRef::Flag(place) => self.flags.get(place),
            FactRef::Funder => return "funder_until",
        };
        name.map_or("", |name| name.column.as_str())
    }

    /// The funders, in the order of their bits.
    pub fn funders(&self) -> impl Iterator<Item = &str> {
        self.funders.iter().map(|funder| funder.id.as_str())
    }

    /// Kinds of contact that some class does not count, in the order of their places.
    pub fn contact_kinds(&self) -> impl Iterator<Item = &str> {
        self.contact_kinds.iter().map(String::as_str)
    }

    /// The bits of funders named with `;` between.
    ///
    /// # Errors
    /// The first name that is no funder of the pack.
    pub fn funder_bits(&self, text: &[u8]) -> Result<u64, String> {
        let mut bits = 0;
        for name in text.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).filter(|name| !name.is_empty()) {
            let wanted = plain(&String::from_utf8_lossy(name));
            match self.funders.iter().position(|funder| funder.id == wanted) {
                Some(bit) if bit < 64 => bits |= 1_u64 << bit,
                _ => return Err(wanted.chars().take(64).collect()),
            }
        }
        Ok(bits)
    }

    /// The place of a kind of contact that some class does not count.
    pub fn contact_kind(&self, text: &[u8]) -> Option<usize> {
        let wanted = plain(&String::from_utf8_lossy(text));
        self.contact_kinds.iter().position(|kind| *kind == wanted)
    }
}
