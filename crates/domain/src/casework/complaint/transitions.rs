//! What can happen to a complaint. Each transition consumes it and returns the next one, or
//! refuses with the rule.

use jiff::civil::Date;

use super::{ACKNOWLEDGEMENT, Complaint, Finding, Intake, Outcome, Progress, Stage, Step};
use crate::calendar::short_date;
use crate::personal::Personal;
use crate::policy;
use crate::{Refusal, RefusalCode};

type Next = Result<Complaint, Refusal>;

fn refuse<T>(code: RefusalCode, detail: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, detail))
}

fn written(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { refuse(RefusalCode::ReasonNeeded, "") } else { Ok(text.to_owned()) }
}

impl Complaint {
    /// Receives a complaint. Any channel, any wording. `cut_off` is the last day of the policy
    /// for one about a service alone ([`super::cut_off`]); one about personal data is never barred.
    ///
    /// # Errors
    /// `REQ-013` when it would have been received after today, or had reached the person in
    /// charge before anyone; `CMP-001` after the cut-off without a reason to let it in.
    pub fn receive(intake: Intake, cut_off: Option<Date>) -> Next {
        if intake.received_on > intake.logged_on {
            return refuse(RefusalCode::DateBeforeReceipt, "The day of receipt lies after today.");
        }
        let aware_later = intake.aware_on.is_some_and(|day| day > intake.received_on);
        if intake.in_charge_on.is_some_and(|day| day < intake.received_on) || aware_later {
            return refuse(RefusalCode::DateBeforeReceipt, "");
        }
        let let_in = intake.let_in.filter(|reason| !reason.trim().is_empty());
        if let Some(last) = cut_off
            && !intake.about.is_about_data()
            && intake.received_on > last
            && let_in.is_none()
        {
            return refuse(RefusalCode::ComplaintLate, format!("The last day was {}.", short_date(last)));
        }
        let subject = intake.subject;
        let own = |text: String| Personal::known(&subject, text);
        Ok(Self {
            facts: intake.facts,
            about: intake.about,
            complainant: Personal::known(&subject, intake.complainant),
            on_behalf_of: intake.on_behalf_of.map(own),
            channel: intake.channel,
            received_on: intake.received_on,
            received_by: own(intake.received_by),
            in_charge_on: intake.in_charge_on,
            aware_on: intake.aware_on,
            let_in: let_in.map(own),
            words: own(intake.words),
            logged_on: intake.logged_on,
            division: intake.division,
            acknowledged_on: None,
            steps: Vec::new(),
            progress: Vec::new(),
            outcome: None,
            stage: Stage::Received,
            subject,
        })
    }

    fn live(self) -> Next {
        if self.stage.is_live() {
            Ok(self)
        } else {
            refuse(RefusalCode::ComplaintState, format!("It is {}.", Stage::title_of(self.stage.key()).to_lowercase()))
        }
    }

    fn not_before_receipt(self, on: Date) -> Next {
        if on < self.received_on { refuse(RefusalCode::DateBeforeReceipt, "") } else { Ok(self) }
    }

    fn own(&self, text: String) -> Personal<String> {
        Personal::known(&self.subject, text)
    }

    /// Records the day it reached the person in charge of complaints: periods of the policy
    /// that run from there begin.
    pub fn reached_in_charge(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        next.in_charge_on = Some(on);
        Ok(next)
    }

    /// Records that the acknowledgement went out.
    pub fn acknowledge(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.acknowledged_on.is_some() {
            return refuse(RefusalCode::ComplaintState, "It has been acknowledged already.");
        }
        next.acknowledged_on = Some(on);
        next.stage = Stage::Acknowledged;
        next.finish(ACKNOWLEDGEMENT, on, None);
        Ok(next)
    }

    /// Notes progress; `told` when the person is written to about it.
    pub fn note(self, note: &str, told: bool, on: Date) -> Next {
        let note = written(note)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        let note = next.own(note);
        next.progress.push(Progress { on, note, told });
        Ok(next)
    }

    /// Begins a stage of the pack that does not begin by itself, on the day of its trigger.
    ///
    /// # Errors
    /// `CMP-003` when the stage before it is open or this one was begun; `CMP-002` without the
    /// written agreement that the stage needs.
    pub fn begin_step(self, stage: &policy::Stage, from: Date, agreed_on: Option<Date>) -> Next {
        let mut next = self.live()?.not_before_receipt(from)?;
        if next.began(stage).is_some() {
            return refuse(RefusalCode::StepState, "It was begun already.");
        }
        if !stage.after.is_empty() && next.step(&stage.after).and_then(|step| step.done_on).is_none() {
            return refuse(RefusalCode::StepState, "The step before it is not finished.");
        }
        if stage.needs_agreement && agreed_on.is_none_or(|agreed| agreed > from) {
            return refuse(RefusalCode::AgreementNeeded, "");
        }
        next.steps.push(Step { id: stage.id.clone(), from: Some(from), agreed_on, done_on: None, note: None });
        Ok(next)
    }

    /// Finishes a stage that has begun.
    ///
    /// # Errors
    /// `CMP-003` when it was not begun or is finished.
    pub fn finish_step(self, stage: &policy::Stage, on: Date, note: &str) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        let Some(began) = next.began(stage) else { return refuse(RefusalCode::StepState, "It was not begun.") };
        if next.step(&stage.id).is_some_and(|step| step.done_on.is_some()) {
            return refuse(RefusalCode::StepState, "It is finished already.");
        }
        if on < began {
            return refuse(RefusalCode::StepState, "It cannot have ended before it began.");
        }
        let note = Some(note.trim()).filter(|note| !note.is_empty()).map(|note| next.own(note.to_owned()));
        next.finish(&stage.id, on, note);
        Ok(next)
    }

    fn finish(&mut self, id: &str, on: Date, note: Option<Personal<String>>) {
        match self.steps.iter_mut().find(|step| step.id == id) {
            Some(step) => (step.done_on, step.note) = (step.done_on.or(Some(on)), note),
            None => self.steps.push(Step { id: id.to_owned(), from: None, agreed_on: None, done_on: Some(on), note }),
        }
    }

    /// What is known of a stage of the pack.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The day a stage of the pack began: with a receipt, or when a person said so.
    pub fn began(&self, stage: &policy::Stage) -> Option<Date> {
        match stage.starts {
            policy::Starts::Receipt => Some(self.received_on),
            policy::Starts::InCharge => self.in_charge_on,
            policy::Starts::Asked => self.step(&stage.id).and_then(|step| step.from),
        }
    }

    /// Tells the person the outcome. What was not acknowledged yet is acknowledged with it:
    /// one letter may do both.
    pub fn answer(self, finding: Finding, findings: &str, changes: &str, on: Date) -> Next {
        let findings = written(findings)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.acknowledged_on.is_none() {
            next = next.acknowledge(on)?;
        }
        next.outcome = Some(Outcome { finding, findings: next.own(findings), changes: next.own(changes.trim().to_owned()), on });
        next.stage = Stage::Answered { on };
        Ok(next)
    }

    /// The person took it back.
    pub fn withdraw(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        next.stage = Stage::Withdrawn { on };
        Ok(next)
    }

    /// Closes a complaint that was answered or taken back.
    pub fn close(self, on: Date) -> Next {
        let mut next = self;
        if !matches!(next.stage, Stage::Answered { .. } | Stage::Withdrawn { .. }) {
            return refuse(RefusalCode::ComplaintState, "Tell the person the outcome first.");
        }
        next.stage = Stage::Closed { on, outcome: next.stage.key().to_owned() };
        Ok(next)
    }

    /// The day it ended, and whether with an outcome; `None` while it is owed one.
    pub fn ended(&self) -> Option<(Date, bool)> {
        match (&self.stage, &self.outcome) {
            (Stage::Received | Stage::Acknowledged, _) => None,
            (_, Some(outcome)) => Some((outcome.on, true)),
            (Stage::Answered { on } | Stage::Withdrawn { on } | Stage::Closed { on, .. }, None) => Some((*on, false)),
        }
    }
}
