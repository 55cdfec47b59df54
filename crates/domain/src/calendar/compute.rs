//! One clock of a rule: from its kind to the function that computes it.

use jiff::civil::Date;

use super::{
    Calendar, Deadline, Division, Facts, Kind, RightsClock, Rule, breach::hours_from, complaint::acknowledgement_deadline, general, mail,
    notice, review, same_day,
};
use crate::Refusal;

/// What the general kinds are computed from.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// The rule's name.
    pub(super) rule: &'a str,
    /// The clause or provision.
    pub(super) source: &'a str,
    /// The day of the trigger.
    pub(super) from: Date,
    /// Whose bank holidays count.
    pub(super) division: Division,
    /// The bank holidays.
    pub(super) calendar: &'a Calendar,
}

/// The deadline of the rule's main clock, without its further triggers.
pub(super) fn compute(rule: &Rule, facts: &Facts, calendar: &Calendar) -> Result<Deadline, Refusal> {
    let promise = rule.promise.as_ref();
    let run = Run { rule: &rule.id, source: &rule.source, from: facts.from.date(), division: facts.division, calendar };
    match &rule.kind {
        Kind::Rights(right) => {
            let mut clock = RightsClock::new(*right, run.from, facts.division);
            clock.pauses.clone_from(&facts.pauses);
            clock.extension = facts.extension;
            clock.deadline(calendar, promise, facts.today)
        }
        Kind::ExtensionNotice => notice::extension(facts, calendar),
        Kind::RefusalNotice => notice::refusal(facts, calendar),
        Kind::ComplaintAcknowledgement => acknowledgement_deadline(run.from, facts.division, calendar, promise),
        Kind::ElapsedHours(hours) => hours_from(&run, facts.from, *hours, promise),
        Kind::Answer(within) => general::answer(&run, *within),
        Kind::AnswerInclusive(within) => general::answer_inclusive(&run, *within),
        Kind::Latest(within) => general::latest(&run, *within),
        Kind::CutOff(within) => general::cut_off(&run, *within),
        Kind::Arrive { within, delivery } => mail::arrive(&run, *within, *delivery),
        Kind::AtOnce(late) => same_day::at_once(&run, *late, promise),
        Kind::Daily(runs) => same_day::daily(&run, *runs),
        Kind::Review { every, set_by } => {
            let set = set_by.as_deref().map(|who| (who, facts.trigger(who).map(super::When::date)));
            review::next(&run, *every, set)
        }
        Kind::Expiry { remind } => review::expiry(&run, *remind),
    }
}
