//! The duties of a policy as they come round: done with evidence or signed, mostly in time.

use domain::{
    alerts::Running,
    calendar::When,
    casework::duty::{Begun, Completion, Duty, Holder, Signing, Terms, due},
    ids::{RecordId, UserId},
    record::RecordFacts,
};
use jiff::{ToSpan, civil::Date};
use testkit::rng::Rng;

use super::{Day, report::Report};

/// The duties that are open.
pub(super) struct Duties {
    rng: Rng,
    open: Vec<Open>,
}

struct Open {
    duty: Duty,
    clock: String,
    record: String,
    due: Date,
    done_on: Date,
}

impl Duties {
    /// Opens every duty that comes round, on the first day.
    pub(super) fn new(day: &Day<'_>, rng: Rng, report: &mut Report) -> Self {
        let mut all = Self { rng, open: Vec::new() };
        for duty in day.policy.duties() {
            let terms = Terms::of(duty);
            if terms.comes_round() {
                all.open(day, terms, day.today, report);
            }
        }
        all
    }

    fn open(&mut self, day: &Day<'_>, terms: Terms, started: Date, report: &mut Report) {
        let begun = Begun::interval(started);
        let deadline = match due(&terms, &begun, day.policy, day.calendar) {
            Ok(deadline) => deadline,
            Err(refusal) => return report.wrong(format!("the duty `{}` cannot be opened: {}", terms.duty, refusal.sentence())),
        };
        report.check_explained(&terms.duty, &deadline);
        let record = format!("{}-{started}", terms.duty);
        let facts = RecordFacts {
            id: RecordId::new(&record),
            reference: record.clone(),
            owner: None,
            assigned: Vec::new(),
            logged_by: UserId::new("life"),
            hold: false,
        };
        let Some(on) = deadline.alert().map(When::date) else {
            return report.wrong(format!("the duty `{}` has no date", terms.duty));
        };
        let left = (on - day.today).get_days().max(0) as usize;
        let after = if self.rng.chance(85) { self.rng.between(left * 3 / 4, left) } else { left + self.rng.between(1, 30) };
        let clock = terms.clock_name();
        let duty = Duty::open(facts, terms, begun, deadline);
        self.open.push(Open { duty, clock, record, due: on, done_on: day.today.saturating_add((after as i64).days()) });
    }

    /// Does what is done today, and opens what comes round.
    pub(super) fn proceed(&mut self, day: &Day<'_>, report: &mut Report) {
        let (today, later): (Vec<Open>, Vec<Open>) = std::mem::take(&mut self.open).into_iter().partition(|open| open.done_on <= day.today);
        self.open = later;
        for open in today {
            let terms = open.duty.terms.clone();
            let done = match done(day, open.duty) {
                Ok(done) => done,
                Err(refusal) => {
                    report.wrong(format!("the duty `{}` cannot be done: {}", terms.duty, refusal.sentence()));
                    continue;
                }
            };
            report.duties += 1;
            if day.today <= open.due {
                report.kept += 1;
            } else {
                report.late += 1;
            }
            match done.next_from() {
                Some(next) => self.open(day, terms, next, report),
                None => report.wrong(format!("the duty `{}` does not come round again", terms.duty)),
            }
        }
    }

    /// The duties that run towards a day.
    pub(super) fn running(&self) -> impl Iterator<Item = Running<'_>> {
        self.open.iter().map(|open| Running { record: &open.record, clock: &open.clock, due: open.due })
    }
}

/// Does a duty: with evidence, or signed by somebody who holds the role.
fn done(day: &Day<'_>, duty: Duty) -> Result<Duty, domain::Refusal> {
    let role = duty.terms.role.clone();
    let statement = duty.terms.statement.clone();
    let people = day.policy.directory().iter().filter(|person| person.roles.contains(&role));
    let holders: Vec<Holder> = people.map(|person| Holder { id: person.id.clone(), name: person.name.clone() }).collect();
    let name = holders.first().map(|holder| holder.name.clone()).unwrap_or_default();
    let signing = (!duty.terms.kind.needs_evidence()).then_some(Signing { statement: &statement, name: &name, role: &role });
    let by = UserId::new("life");
    let now = day.today.into();
    duty.done(&Completion { by: &by, by_name: &name, holders: &holders, on: now, now, evidence: "minutes of the meeting", signing })
}
