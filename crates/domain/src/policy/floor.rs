//! The law as a floor under the policy: what is weaker is kept and shown, never used.

use serde::Serialize;

use super::{
    clauses::{Clause, Winner},
    clocks::Clock,
    read::Sections,
    retention,
};
use crate::{
    calendar::{Kind, Period, Promise},
    law,
};

/// Where the policy says less than the law, and which of them holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The clause, if the value has one.
    pub clause: String,
    /// What the policy says.
    pub says: String,
    /// What holds.
    pub wins: String,
    /// Why.
    pub why: String,
    /// The provision it rests on, or the clause that wins.
    pub source: String,
    /// What decides.
    pub winner: Winner,
    /// A sentence the board could adopt so that policy and practice say the same.
    pub mend: String,
}

/// The longest a calendar month can be, in days.
const LONGEST_MONTH: u32 = 31;

/// The promise of a reply, unless it can never be as early as the law's month.
pub(super) fn reply_promise(sections: &Sections) -> Option<Promise> {
    let rights = &sections.rights;
    let within = rights.reply.filter(|reply| !weaker_than_month(*reply))?;
    Some(Promise { within, rolls: rights.reply_rolls, clause: rights.reply_clause.clone() })
}

/// The promise of an acknowledgement, unless it is longer than the law allows.
pub(super) fn acknowledgement_promise(sections: &Sections) -> Option<Promise> {
    let complaints = &sections.complaints;
    let within = complaints.acknowledge.filter(|within| within.least_days() <= law::COMPLAINT_DAYS.value)?;
    Some(Promise { within, rolls: false, clause: complaints.clause.clone() })
}

/// The promise of a report, unless it is longer than 72 hours or counts anything but hours.
pub(super) fn report_promise(sections: &Sections) -> Option<Promise> {
    let breaches = &sections.breaches;
    let within = breaches.report.filter(|within| within.hours().is_some_and(|hours| hours <= law::BREACH_HOURS.value))?;
    Some(Promise { within, rolls: false, clause: breaches.clause.clone() })
}

/// The promise that belongs to a clock.
pub(super) fn promise_for(clock: &Clock, sections: &Sections) -> Option<Promise> {
    match clock.kind {
        Kind::Rights(_) => reply_promise(sections),
        Kind::ComplaintAcknowledgement => acknowledgement_promise(sections),
        Kind::ElapsedHours(hours) if hours == law::BREACH_HOURS.value => report_promise(sections),
        Kind::AtOnce(_) if clock.id == FORWARD => forward_promise(sections),
        _ => None,
    }
}

/// The clock of somebody who passes a request on.
const FORWARD: &str = "forward-request";

/// After how long a request that was not passed on is reported as late.
fn forward_promise(sections: &Sections) -> Option<Promise> {
    let rights = &sections.rights;
    let within = rights.forward.filter(|within| within.hours().is_none())?;
    Some(Promise { within, rolls: false, clause: rights.forward_clause.clone() })
}

/// Every conflict of the pack: of its values, then of its clauses.
pub(super) fn conflicts(sections: &Sections) -> Vec<Conflict> {
    let rights = &sections.rights;
    let mut found = Vec::new();
    let mut superseded = |weaker: bool, clause: &str, says: String, wins: &str, source: &str| {
        if weaker {
            found.push(Conflict {
                clause: clause.to_owned(),
                says: says.clone(),
                wins: wins.to_owned(),
                why: "The law gives people more than this value does; a policy cannot take it away.".to_owned(),
                source: source.to_owned(),
                winner: Winner::Law,
                mend: format!("Replace \u{201c}{says}\u{201d} by \u{201c}{wins}\u{201d}."),
            });
        }
    };
    if let Some(reply) = rights.reply {
        let says = format!("Reply within {}", reply.shown());
        superseded(weaker_than_month(reply), &rights.reply_clause, says, "1 calendar month", law::RIGHTS_MONTHS.source);
    }
    if let Some(extended) = rights.extended {
        let weaker = extended.least_days() > Period::Months(law::EXTENDED_MONTHS.value).least_days() + 4;
        let says = format!("Extend to {}", extended.shown());
        superseded(weaker, &rights.extended_clause, says, "3 calendar months in all", law::EXTENDED_MONTHS.source);
    }
    let fee = format!("A fee of {} pence", rights.fee_pence);
    superseded(rights.fee_pence > law::FEE_PENCE.value, &rights.fee_clause, fee, "Free of charge", law::FEE_PENCE.source);
    let form = "A request must be in writing or on a form".to_owned();
    superseded(rights.form_required, &rights.form_clause, form, "Any wording by any channel is a request", law::FORM_REQUIRED.source);
    if let Some(within) = sections.complaints.acknowledge {
        let weaker = acknowledgement_promise(sections).is_none();
        superseded(
            weaker,
            &sections.complaints.clause,
            format!("Acknowledge within {}", within.shown()),
            "30 days",
            law::COMPLAINT_DAYS.source,
        );
    }
    if let Some(within) = sections.breaches.report {
        let weaker = report_promise(sections).is_none();
        superseded(weaker, &sections.breaches.clause, format!("Report within {}", within.shown()), "72 hours", law::BREACH_HOURS.source);
    }
    found.extend(retention::conflicts(&sections.retention).into_iter().map(|conflict| Conflict {
        clause: conflict.clause.split(", ").next().unwrap_or_default().to_owned(),
        says: conflict.says,
        wins: conflict.wins,
        why: conflict.why,
        source: conflict.source,
        winner: conflict.winner,
        mend: conflict.mend,
    }));
    found.extend(sections.clauses.clause.iter().filter_map(of_clause));
    found
}

fn of_clause(clause: &Clause) -> Option<Conflict> {
    clause.conflict.as_ref().map(|conflict| Conflict {
        clause: clause.id.clone(),
        says: clause.says.clone(),
        wins: conflict.wins.clone(),
        why: conflict.why.clone(),
        source: conflict.source.clone(),
        winner: conflict.winner,
        mend: conflict.mend.clone(),
    })
}

fn weaker_than_month(period: Period) -> bool {
    period != Period::Months(1) && period.least_days() >= LONGEST_MONTH
}
