//! The evaluation: one code for the sweep and for the explanation.

use super::{
    ClassIndex, Day, FactRef, Holding, Outcome, Schedule, State,
    facts::TRIGGER,
    rule::{Bound, Choice, CompiledClass, CompiledFloor, CompiledLimb, CompiledRule, From, Open, Span},
};
use crate::policy::retention::Combine;

/// Where the explanation listens in. The sweep has nobody listening, and pays nothing.
pub(super) trait Listener {
    /// A step was made: what it is, the day it arrived at, what it rests on.
    fn step(&mut self, what: impl FnOnce() -> (String, Option<Day>, String));
}

/// Nobody.
struct Silent;

impl Listener for Silent {
    #[inline]
    fn step(&mut self, _what: impl FnOnce() -> (String, Option<Day>, String)) {}
}

/// The longest chain of classes that hand over to one another. Circles are refused in a pack.
const LONGEST_CHAIN: usize = 16;

/// A date on its way to being the due date.
#[derive(Debug, Clone, Copy)]
struct Standing {
    due: Day,
    earliest: Option<Day>,
    reason: usize,
}

impl Standing {
    /// Nothing before this day.
    fn not_before(&mut self, day: Day, reason: usize) -> bool {
        let wins = day > self.due;
        if wins {
            (self.due, self.reason) = (day, reason);
        }
        self.earliest = Some(self.earliest.map_or(day, |earliest| earliest.max(day)));
        wins
    }
}

/// What stops an evaluation before there is a date.
#[derive(Debug, Clone, Copy)]
enum Stop {
    Missing(FactRef, usize),
    Open(usize),
    Waits(usize),
}

impl Schedule {
    /// Whether a holding has to go on a day. Allocates nothing.
    pub fn evaluate(&self, holding: &Holding<'_>, on: Day) -> Outcome {
        self.run(holding, on, &mut Silent)
    }

    pub(super) fn run(&self, holding: &Holding<'_>, on: Day, listener: &mut impl Listener) -> Outcome {
        let mut outcome = match self.rule_for(holding, listener) {
            Ok((class, rule)) => self.by_rule(class, rule, holding, on, listener),
            Err((class, stop)) => stopped(class, stop),
        };
        if holding.hold {
            outcome.state = State::Held;
            listener.step(|| {
                (
                    "Something stops destruction: an open request, complaint, claim or breach.".to_owned(),
                    None,
                    "DPA 2018 section 173".to_owned(),
                )
            });
        }
        outcome
    }

    /// The class whose rule holds, and the rule.
    fn rule_for(&self, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<(ClassIndex, &CompiledRule), (ClassIndex, Stop)> {
        let mut at = holding.class;
        for _ in 0..LONGEST_CHAIN {
            let Some(class) = self.classes.get(at.index()) else { break };
            if let Some(next) = self.handed_over(class, holding, listener).map_err(|stop| (at, stop))? {
                at = next;
                continue;
            }
            let rule = choose(class, holding, listener).map_err(|stop| (at, stop))?;
            return self.rules.get(rule).map(|rule| (at, rule)).ok_or((at, Stop::Open(usize::MAX)));
        }
        Err((at, Stop::Open(usize::MAX)))
    }

    fn handed_over(&self, class: &CompiledClass, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<Option<ClassIndex>, Stop> {
        for unless in &class.unless {
            match (holding.flags.get(unless.flag), unless.class) {
                (Some(true), Some(next)) => {
                    listener.step(|| {
                        let (flag, title) = (self.column(FactRef::Flag(unless.flag)), self.title(next));
                        (format!("{flag} is yes, so the rule for {title} holds instead."), None, String::new())
                    });
                    return Ok(Some(next));
                }
                (Some(true), None) => return Err(Stop::Waits(unless.waits)),
                (None, _) if unless.must_be_known => return Err(Stop::Missing(FactRef::Flag(unless.flag), unless.missing)),
                _ => {}
            }
        }
        Ok(None)
    }

    pub(super) fn title(&self, class: ClassIndex) -> &str {
        self.classes.get(class.index()).map_or("", |class| class.title.as_str())
    }

    fn by_rule(&self, class: ClassIndex, rule: &CompiledRule, holding: &Holding<'_>, on: Day, listener: &mut impl Listener) -> Outcome {
        let dated = self.dated(class, rule, holding, listener);
        let mut outcome = match dated {
            Err(stop) => stopped(class, stop),
            Ok(standing) => Outcome {
                state: if standing.due <= on { State::Due } else { State::NotDue },
                due: Some(standing.due),
                earliest: standing.earliest,
                missing: None,
                class,
                reason: standing.reason,
                alert: None,
                alert_day: None,
            },
        };
        review(rule, holding, on, &mut outcome);
        self.child(rule, holding, &mut outcome, listener);
        outcome
    }

    /// The due date, from the rule upwards through everything that beats it.
    fn dated(&self, class: ClassIndex, rule: &CompiledRule, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<Standing, Stop> {
        let sooner = earliest_sooner(rule, holding);
        if sooner.is_none() && holding.flags.get(self.ongoing) == Some(true) {
            return Err(Stop::Waits(self.classes.get(class.index()).map_or(usize::MAX, |class| class.ongoing_text)));
        }
        let limbs = match rule.open {
            Open::Blocked(text) => Err(Stop::Open(text)),
            Open::Funder { missing, text } => self.by_funder(holding, missing, text, listener),
            Open::No => self.combined(rule, holding, listener),
        };
        let mut standing = match (limbs, sooner) {
            (Ok(mut standing), Some((day, reason))) if day < standing.due => {
                (standing.due, standing.reason) = (day, reason);
                standing.earliest = standing.earliest.map(|earliest| earliest.min(day));
                standing
            }
            (Err(_), Some((day, reason))) => Standing { due: day, earliest: None, reason },
            (limbs, _) => limbs?,
        };
        if let Some((day, reason)) = sooner.filter(|(_, reason)| *reason == standing.reason) {
            listener.step(|| (capital(self.text(reason)), Some(day), rule.clauses.clone()));
        }
        self.above(rule, holding, &mut standing, listener)?;
        Ok(standing)
    }

    /// Minimums of statutes and contracts, and the funder's date: nothing earlier.
    fn above(&self, rule: &CompiledRule, holding: &Holding<'_>, standing: &mut Standing, listener: &mut impl Listener) -> Result<(), Stop> {
        for floor in &rule.floors {
            let (fact, day) = match floor.fact {
                Some(fact) => (fact, day_of(holding, fact)),
                None => self.base(rule, holding),
            };
            let day = day.ok_or(Stop::Missing(FactRef::Day(fact), floor.missing))?;
            let end = plus(starting(day, floor.from), floor.span);
            let wins = standing.not_before(end, floor.text);
            listener.step(|| (floor_words(floor, wins), Some(end), floor.source.clone()));
        }
        if let Some(day) = self.funder_day(holding, listener)? {
            let wins = standing.not_before(day, rule.funder_text);
            listener.step(|| {
                let what = if wins {
                    "The funder asks for longer, so that date holds."
                } else {
                    "The funder's date is no later, so it changes nothing."
                };
                (what.to_owned(), Some(day), "P3: a funder's or contract's minimum beats the policy".to_owned())
            });
        }
        Ok(())
    }

    /// The day a floor of the class is counted from: that of the first trigger whose day is known.
    fn base(&self, rule: &CompiledRule, holding: &Holding<'_>) -> (usize, Option<Day>) {
        let first = rule.limbs.first().map_or(TRIGGER, |limb| limb.fact);
        let known = rule.limbs.iter().enumerate().find_map(|(at, limb)| self.limb_day(rule, at, limb, holding).ok());
        (first, known)
    }

    /// The day of a limb's event, as far as it counts.
    fn limb_day(&self, rule: &CompiledRule, at: usize, limb: &CompiledLimb, holding: &Holding<'_>) -> Result<Day, Stop> {
        let own = day_of(holding, limb.fact);
        let day = if at == 0 { own.or_else(|| day_of(holding, TRIGGER)) } else { own };
        if limb.fact == self.last_contact && holding.contact.is_some_and(|kind| rule.not_contact.contains(&kind)) {
            return Err(Stop::Missing(FactRef::Day(limb.fact), rule.not_contact_text));
        }
        day.ok_or(Stop::Missing(FactRef::Day(limb.fact), limb.missing))
    }

    fn combined(&self, rule: &CompiledRule, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<Standing, Stop> {
        let (mut best, mut missing): (Option<Standing>, Option<Stop>) = (None, None);
        for (at, limb) in rule.limbs.iter().enumerate() {
            let day = match self.limb_day(rule, at, limb, holding) {
                Ok(day) => day,
                Err(_) if limb.optional => continue,
                Err(stop) if rule.combine == Combine::LaterOf => return Err(stop),
                Err(stop) => {
                    missing = missing.or(Some(stop));
                    continue;
                }
            };
            let standing = limb_standing(rule, limb, starting(day, limb.from));
            listener.step(|| (capital(self.text(limb.text)), Some(standing.due), rule.clauses.clone()));
            let replaces = best.is_none_or(|best| match rule.combine {
                Combine::EarlierOf => standing.due < best.due,
                Combine::LaterOf => standing.due > best.due,
            });
            if replaces {
                best = Some(standing);
            }
        }
        match (best, rule.awaits) {
            (Some(standing), _) => Ok(standing),
            (None, Some(text)) => Err(Stop::Waits(text)),
            (None, None) => Err(missing.unwrap_or(Stop::Open(usize::MAX))),
        }
    }

    fn by_funder(&self, holding: &Holding<'_>, missing: usize, text: usize, listener: &mut impl Listener) -> Result<Standing, Stop> {
        let day = self.funder_day(holding, listener)?.ok_or(Stop::Missing(FactRef::Funder, missing))?;
        Ok(Standing { due: day, earliest: Some(day), reason: text })
    }

    /// The latest day any funder asks for.
    fn funder_day(&self, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<Option<Day>, Stop> {
        let mut latest = day_of(holding, self.funder_until);
        let named = self.funders.iter().enumerate().filter(|(bit, _)| *bit < 64 && holding.funders & (1_u64 << bit) != 0);
        for (_, funder) in named {
            let counted = match funder.span {
                Some(span) => {
                    Some(plus(day_of(holding, funder.fact).ok_or(Stop::Missing(FactRef::Day(funder.fact), funder.missing))?, span))
                }
                None => None,
            };
            let day = counted.max(funder.until);
            listener.step(|| (format!("{} asks for it to be kept until then.", funder.title), day, funder.source.clone()));
            latest = latest.max(day);
        }
        Ok(latest)
    }

    fn child(&self, rule: &CompiledRule, holding: &Holding<'_>, outcome: &mut Outcome, listener: &mut impl Listener) {
        let Some((years, text, source)) = &rule.child else { return };
        let (Some(born), Some(due)) = (day_of(holding, self.born), outcome.due) else { return };
        let birthday = born.plus_months(years * 12);
        if birthday > due {
            (outcome.alert, outcome.alert_day) = (Some(*text), Some(birthday));
            listener.step(|| (capital(self.text(*text)), Some(birthday), source.clone()));
        }
    }
}

fn stopped(class: ClassIndex, stop: Stop) -> Outcome {
    let (state, missing, reason) = match stop {
        Stop::Missing(fact, reason) => (State::MissingFact, Some(fact), reason),
        Stop::Open(reason) => (State::MissingFact, None, reason),
        Stop::Waits(reason) => (State::NotDue, None, reason),
    };
    Outcome { state, due: None, earliest: None, missing, class, reason, alert: None, alert_day: None }
}

fn choose(class: &CompiledClass, holding: &Holding<'_>, listener: &mut impl Listener) -> Result<usize, Stop> {
    match &class.choice {
        Choice::One(rule) => Ok(*rule),
        Choice::Number { fact, missing, ranges } => {
            let stop = Stop::Missing(FactRef::Number(*fact), *missing);
            let number = holding.numbers.get(*fact).copied().flatten().ok_or(stop)?;
            let wide = u64::from(number);
            let (from, below, rule) = ranges.iter().find(|(from, below, _)| (*from..*below).contains(&wide)).ok_or(stop)?;
            listener.step(|| (format!("The number is {number}: the rule for {} holds.", numbers(*from, *below)), None, String::new()));
            Ok(*rule)
        }
        Choice::Flag { fact, missing, yes, no } => {
            let answer = holding.flags.get(*fact).ok_or(Stop::Missing(FactRef::Flag(*fact), *missing))?;
            Ok(if answer { *yes } else { *no })
        }
    }
}

fn numbers(from: u64, below: u64) -> String {
    if below > u64::from(u32::MAX) { format!("{from} or more") } else { format!("fewer than {below}") }
}

/// The first event that brings destruction forward.
fn earliest_sooner(rule: &CompiledRule, holding: &Holding<'_>) -> Option<(Day, usize)> {
    rule.sooner.iter().filter_map(|(fact, text)| Some((day_of(holding, *fact)?, *text))).min()
}

/// The long-stop speaks only while there is no due date.
fn review(rule: &CompiledRule, holding: &Holding<'_>, on: Day, outcome: &mut Outcome) {
    if outcome.due.is_some() {
        return;
    }
    let Some(review) = &rule.review else { return };
    if let Some(day) = day_of(holding, review.fact).map(|day| plus(day, review.span)).filter(|day| *day <= on) {
        (outcome.alert, outcome.alert_day) = (Some(review.text), Some(day));
    }
}

fn limb_standing(rule: &CompiledRule, limb: &CompiledLimb, start: Day) -> Standing {
    let end = plus(start, limb.span);
    let (due, earliest) = match (limb.bound, &rule.ceiling) {
        (Bound::AtMost, _) => (end, None),
        (Bound::AtLeast, Some((ceiling, _))) => (plus(start, *ceiling).max(end), Some(end)),
        (Bound::AtLeast, None) | (Bound::Exactly, _) => (end, Some(end)),
    };
    Standing { due, earliest, reason: limb.text }
}

#[inline]
fn day_of(holding: &Holding<'_>, fact: usize) -> Option<Day> {
    holding.days.get(fact).copied().flatten()
}

#[inline]
fn starting(day: Day, from: From) -> Day {
    match from {
        From::Event => day,
        From::YearEnd(month, date) => day.next_yearly(month, date),
    }
}

#[inline]
fn plus(day: Day, span: Span) -> Day {
    let day = if span.months == 0 { day } else { day.plus_months(span.months) };
    day.plus_days(span.days)
}

fn floor_words(floor: &CompiledFloor, wins: bool) -> String {
    let lock =
        if floor.locked { " Nothing may go earlier on anybody's wish; a request for erasure is refused with this source." } else { "" };
    let wins = if wins { "which is later, so it wins" } else { "which is no later, so it changes nothing" };
    format!("A minimum of {} applies, {wins}.{lock}", floor.shown)
}

/// A reason as a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>() + ".").unwrap_or_default()
}

impl Schedule {
    /// The rule that a class applies to these facts; its first where the facts do not tell.
    pub(super) fn rule_of(&self, class: ClassIndex, holding: &Holding<'_>) -> Option<&CompiledRule> {
        let compiled = self.classes.get(class.index())?;
        let chosen = choose(compiled, holding, &mut Silent).ok().or(match &compiled.choice {
            Choice::One(rule) => Some(*rule),
            Choice::Number { ranges, .. } => ranges.first().map(|(_, _, rule)| *rule),
            Choice::Flag { yes, .. } => Some(*yes),
        });
        chosen.and_then(|rule| self.rules.get(rule))
    }
}

/// The last minimum of a statute or a contract that applies to a holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The first day it may be destroyed.
    pub end: Day,
    /// The provision or contract.
    pub source: String,
}

impl Schedule {
    /// The last minimum of statutes and contracts that applies to a holding, whatever the
    /// policy's own period is; `None` when there is none. It is what a request for erasure
    /// meets (UK GDPR Article 17(3)(b)).
    ///
    /// # Errors
    /// The day that is missing to say when a minimum ends.
    pub fn minimum(&self, holding: &Holding<'_>) -> Result<Option<Minimum>, FactRef> {
        let Some(rule) = self.rule_of(holding.class, holding) else { return Ok(None) };
        let mut last: Option<Minimum> = None;
        for floor in &rule.floors {
            let (fact, day) = match floor.fact {
                Some(fact) => (fact, day_of(holding, fact)),
                None => self.base(rule, holding),
            };
            let end = plus(starting(day.ok_or(FactRef::Day(fact))?, floor.from), floor.span);
            if last.as_ref().is_none_or(|last| end > last.end) {
                last = Some(Minimum { end, source: floor.source.clone() });
            }
        }
        Ok(last)
    }
}
