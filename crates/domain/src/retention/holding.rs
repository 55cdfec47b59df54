//! The facts of one thing held, and what follows from them.

use super::{
    Day, FactRef, Schedule,
    facts::{parse_flag, parse_number},
};
use crate::{
    Refusal, RefusalCode,
    policy::{nearest, retention::plain},
};

/// A class of a [`Schedule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClassIndex(pub(super) u16);

impl ClassIndex {
    /// The place in [`Schedule::classes`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Yes, no or not known, for each flag of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    known: u64,
    yes: u64,
    known_more: u64,
    yes_more: u64,
}

impl Flags {
    /// The answer to the flag at this place.
    pub fn get(self, flag: usize) -> Option<bool> {
        let (known, yes) = if flag < 64 { (self.known, self.yes) } else { (self.known_more, self.yes_more) };
        let bit = 1_u64 << (flag % 64);
        (known & bit != 0).then_some(yes & bit != 0)
    }

    /// Answers a flag.
    pub fn set(&mut self, flag: usize, answer: bool) {
        let (known, yes) = if flag < 64 { (&mut self.known, &mut self.yes) } else { (&mut self.known_more, &mut self.yes_more) };
        let bit = 1_u64 << (flag % 64);
        *known |= bit;
        *yes = if answer { *yes | bit } else { *yes & !bit };
    }
}

/// The facts of one thing held. Facts stand at the places the [`Schedule`] gives them.
#[derive(Debug, Clone, Copy)]
pub struct Holding<'a> {
    /// Its class.
    pub class: ClassIndex,
    /// Days of events.
    pub days: &'a [Option<Day>],
    /// Numbers.
    pub numbers: &'a [Option<u32>],
    /// Yes or no.
    pub flags: Flags,
    /// The funders of [`Schedule::funders`] whose rules apply, a bit each.
    pub funders: u64,
    /// The kind of the last contact, by its place in [`Schedule::contact_kinds`].
    pub contact: Option<usize>,
    /// Something stops destruction: an open request, complaint, claim or breach.
    pub hold: bool,
}

/// Facts that own their places, to be filled again and again.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Days of events.
    pub days: Vec<Option<Day>>,
    /// Numbers.
    pub numbers: Vec<Option<u32>>,
    /// Yes or no.
    pub flags: Flags,
    /// Funders, a bit each.
    pub funders: u64,
    /// The kind of the last contact.
    pub contact: Option<usize>,
    /// Something stops destruction.
    pub hold: bool,
}

impl Facts {
    /// Places for every fact of a schedule, nothing known.
    pub fn new(schedule: &Schedule) -> Self {
        Self {
            days: vec![None; schedule.days.len()],
            numbers: vec![None; schedule.numbers.len()],
            flags: Flags::default(),
            funders: 0,
            contact: None,
            hold: false,
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.days.fill(None);
        self.numbers.fill(None);
        self.flags = Flags::default();
        self.funders = 0;
        self.contact = None;
        self.hold = false;
    }

    /// Sets the day of an event.
    pub fn set_day(&mut self, fact: usize, day: Day) {
        if let Some(place) = self.days.get_mut(fact) {
            *place = Some(day);
        }
    }

    /// Sets a number.
    pub fn set_number(&mut self, fact: usize, number: u32) {
        if let Some(place) = self.numbers.get_mut(fact) {
            *place = Some(number);
        }
    }

    /// Sets a fact by its name, however that is written, from its text: a day, a number, yes or
    /// no; besides `hold` (yes, no or a reason), `funder` (ids with `;` between) and `contact-kind`.
    ///
    /// # Errors
    /// `RET-002` when there is no such fact, with the nearest, or the text is none of its values.
    pub fn set(&mut self, schedule: &Schedule, name: &str, text: &str) -> Result<(), Refusal> {
        let refuse = |what: String| Err(Refusal::new(RefusalCode::FactUnknown, what));
        let shown: String = text.chars().take(64).collect();
        let bytes = text.trim().as_bytes();
        match (plain(name).as_str(), schedule.fact(name)) {
            ("hold", _) => self.hold = is_hold(bytes),
            ("funder", _) => match schedule.funder_bits(bytes) {
                Ok(bits) => self.funders |= bits,
                Err(unknown) => return refuse(format!("There is no funder `{unknown}` in the pack.")),
            },
            ("contact-kind", _) => self.contact = schedule.contact_kind(bytes),
            (_, Some(FactRef::Day(place))) => match Day::parse_iso(bytes) {
                Some(day) => self.set_day(place, day),
                None => return refuse(format!("`{name}` is a day; it says `{shown}`.")),
            },
            (_, Some(FactRef::Number(place))) => match parse_number(bytes) {
                Some(number) => self.set_number(place, number),
                None => return refuse(format!("`{name}` is a number; it says `{shown}`.")),
            },
            (_, Some(FactRef::Flag(place))) => match parse_flag(bytes) {
                Some(answer) => self.flags.set(place, answer),
                None => return refuse(format!("`{name}` is yes or no; it says `{shown}`.")),
            },
            (_, _) => {
                let known = schedule.columns().map(|(column, _)| column).chain(["hold", "funder", "contact_kind"]);
                let meant = nearest(name, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                let shown: String = name.chars().take(64).collect();
                return refuse(format!("There is no fact `{shown}`.{meant}"));
            }
        }
        Ok(())
    }

    /// The holding of a class with these facts.
    pub fn of(&self, class: ClassIndex) -> Holding<'_> {
        Holding {
            class,
            days: &self.days,
            numbers: &self.numbers,
            flags: self.flags,
            funders: self.funders,
            contact: self.contact,
            hold: self.hold,
        }
    }
}

/// Whether the text of a fact `hold` is a hold: anything but an empty text or a no. A reason is
/// a hold, so that nothing is destroyed because somebody wrote why instead of yes.
pub fn is_hold(text: &[u8]) -> bool {
    !text.is_empty() && parse_flag(text) != Some(false)
}

/// Whether something has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It has to go: the due date has come.
    Due,
    /// Not yet, or not for now.
    NotDue,
    /// A hold stops it, whatever the date.
    Held,
    /// A fact is not known, of the holding or of the policy; nothing is guessed.
    MissingFact,
    /// The holding cannot be evaluated.
    Error,
}

impl State {
    /// The name for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::NotDue => "not_due",
            Self::Held => "held",
            Self::MissingFact => "missing_fact",
            Self::Error => "error",
        }
    }
}

/// What follows from the facts of a holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it has to go.
    pub state: State,
    /// The latest day of destruction. For a minimum without a ceiling, the end of the minimum.
    pub due: Option<Day>,
    /// The first day it may be destroyed, where there is a minimum.
    pub earliest: Option<Day>,
    /// The fact that is missing. `None` with [`State::MissingFact`]: the policy itself leaves
    /// the period or the event open.
    pub missing: Option<FactRef>,
    /// The class whose rule decided.
    pub class: ClassIndex,
    /// Why, as a place among [`Schedule::text`].
    pub reason: usize,
    /// What somebody has to look at although it is not due, as a place among [`Schedule::text`].
    pub alert: Option<usize>,
    /// The day of the alert: when the long-stop passed, or until when to consider keeping.
    pub alert_day: Option<Day>,
}
