//! Erasure, class by class: what the schedule, the statutes and holds say about each (Article 17).

use jiff::civil::Date;

use super::decision::{ClassDecision, KeepGround};
use crate::ids::SubjectId;
use crate::personal::Personal;
use crate::retention::{Day, FactRef, Facts, Minimum, Schedule, TRIGGER};
use crate::{Refusal, RefusalCode};

/// What is known about one class when it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassFacts<'a> {
    /// The class, by its id.
    pub class: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The day its time is counted from, where known.
    pub from: Option<Date>,
    /// Something holds it: a claim, a complaint, an investigation.
    pub hold: bool,
}

/// What somebody wants to decide about a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassChoice<'a> {
    /// Why it stays; `None`: erase it.
    pub keep: Option<KeepGround>,
    /// The reasons.
    pub reasons: &'a str,
}

/// Decides about one class: nothing under a hold is erased, nor anything a statute still
/// makes us keep; whatever stays has its reason.
///
/// # Errors
/// `RIGHT-007` for erasing what is held, `RIGHT-008` for erasing what a statute keeps, with its
/// source and its day; `RIGHT-009` when the day is not known from which a statute counts; `REQ-002`
/// for keeping without a reason; `RET-001` for a class the schedule does not have.
pub fn decide_class(
    schedule: &Schedule,
    subject: &SubjectId,
    facts: &ClassFacts<'_>,
    choice: &ClassChoice<'_>,
    on: Date,
) -> Result<ClassDecision, Refusal> {
    let minimum = minimum(schedule, facts)?;
    let reasons = choice.reasons.trim();
    let decided = |kept: Option<KeepGround>, source: String| ClassDecision {
        class: facts.class.to_owned(),
        title: facts.title.to_owned(),
        kept,
        reasons: Personal::known(subject, if kept.is_some() { reasons.to_owned() } else { String::new() }),
        source,
    };
    let Some(ground) = choice.keep else {
        if facts.hold {
            return Err(Refusal::new(RefusalCode::ErasureHeld, format!("It is about “{}”.", facts.title)));
        }
        return match minimum {
            Ok(Some(minimum)) if minimum.end.date() > on => {
                let what = format!(
                    "“{}” has to be kept until {} ({}).",
                    facts.title,
                    crate::calendar::long_date(minimum.end.date()),
                    minimum.source
                );
                Err(Refusal::new(RefusalCode::ErasureStatutory, what))
            }
            Ok(_) => Ok(decided(None, String::new())),
            Err(()) => Err(Refusal::new(RefusalCode::ErasureFact, format!("It is about “{}”.", facts.title))),
        };
    };
    if reasons.is_empty() {
        return Err(Refusal::new(RefusalCode::ReasonNeeded, format!("It is about “{}”.", facts.title)));
    }
    if ground == KeepGround::Hold && !facts.hold {
        return Err(Refusal::new(RefusalCode::ReasonNeeded, format!("Say that “{}” is held.", facts.title)));
    }
    let statute = minimum.ok().flatten().filter(|minimum| minimum.end.date() > on);
    let source = match (ground, statute) {
        (KeepGround::LegalObligation, Some(minimum)) => {
            format!("{}; {}, until {}", ground.source(), minimum.source, crate::calendar::short_date(minimum.end.date()))
        }
        _ => ground.source().to_owned(),
    };
    Ok(decided(Some(ground), source))
}

/// The last minimum of a statute or contract; the inner error: the day it counts from is not known.
fn minimum(schedule: &Schedule, facts: &ClassFacts<'_>) -> Result<Result<Option<Minimum>, ()>, Refusal> {
    let class = schedule.known_class(facts.class)?;
    let mut known = Facts::new(schedule);
    if let Some(from) =
        facts.from.and_then(|from| Day::new(from.year().into(), from.month().unsigned_abs().into(), from.day().unsigned_abs().into()))
    {
        known.set_day(TRIGGER, from);
        // The one day that was asked for is the day the statute counts from as well.
        if let Err(FactRef::Day(place)) = schedule.minimum(&known.of(class)) {
            known.set_day(place, from);
        }
    }
    Ok(schedule.minimum(&known.of(class)).map_err(|_| ()))
}
