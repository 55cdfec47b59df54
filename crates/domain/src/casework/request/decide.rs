//! Deciding about a right other than access. Each transition checks that it is part of the
//! kind of request, records who decided, and opens what follows from the decision.

use jiff::civil::Date;

use super::actions::{ActionKind, NewAction};
use super::decision::{
    AutomatedOutcome, ClassDecision, Correction, CorrectionOutcome, Decided, Decision, Elsewhere, Exported, Given, NotARequest,
    ObjectionOutcome, Restricted, RestrictionGround, Reviewed, Stopped, Weighed,
};
use super::transitions::{Next, refuse, written};
use super::{Request, Stage};
use crate::RefusalCode;
use crate::ids::UserId;
use crate::rights::RequestKind;

/// A value said to be wrong, as somebody decides about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionForm {
    /// Which value.
    pub field: String,
    /// What stood there.
    pub old: String,
    /// What is right.
    pub new: String,
    /// Where the right value comes from.
    pub source: String,
    /// What came of it.
    pub outcome: CorrectionOutcome,
    /// Why, where it was not simply corrected.
    pub reasons: String,
    /// Care depends on it.
    pub critical: bool,
    /// Who received the wrong data and has to be told.
    pub recipients: Vec<String>,
}

/// A use that stops, and what has to be done for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeDown {
    /// What the consent or the marketing was about.
    pub what: String,
    /// What stays for another reason, and which; may be empty.
    pub stays: String,
    /// What has to be done.
    pub actions: Vec<NewAction>,
}

impl Request {
    fn deciding(self, kinds: &[RequestKind], on: Date) -> Next {
        if !kinds.contains(&self.kind) {
            return refuse(RefusalCode::NotThisRight, "");
        }
        self.live()?.not_refusing()?.not_before_receipt(on)
    }

    fn conclude(mut self, by: &UserId, on: Date, decision: Decision) -> Next {
        if self.decided.is_some() {
            return refuse(RefusalCode::DecisionRepeated, "");
        }
        self.decided = Some(Decided { by: by.clone(), on, decision });
        Ok(self.decided_by(by))
    }

    /// A decision was made or added to: it waits for its sign-off, where it needs one.
    fn decided_by(mut self, by: &UserId) -> Self {
        if self.needs_sign_off() {
            self.letter = None;
            self.wait_for_sign_off(by.clone());
        }
        self
    }

    /// Decides about one value (Article 16). May be done for several values, one after the
    /// other. Old and new value are both kept. `tell_by` is the latest day for what follows;
    /// for what care depends on it is today (clause CARE-17).
    pub fn correct(self, form: &CorrectionForm, by: &UserId, on: Date, tell_by: Option<Date>) -> Next {
        let mut next = self.deciding(&[RequestKind::Rectification, RequestKind::ChangeOfDetails], on)?;
        let field = written(&form.field, RefusalCode::ReasonNeeded)?;
        let corrected = form.outcome == CorrectionOutcome::Corrected;
        if corrected && form.new.trim().is_empty() {
            return refuse(RefusalCode::ValueInvalid, "Enter the right value.");
        }
        if !corrected && form.reasons.trim().is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "");
        }
        let due = if form.critical { Some(on) } else { tell_by };
        // The alert of the day of receipt stands for the first value alone.
        let already = next.decided.is_none() && next.actions.iter().any(|action| action.kind == ActionKind::Correct);
        if corrected && !(form.critical && already) {
            let what = format!("Put right: {field}");
            next.push_decided(&NewAction { kind: ActionKind::Correct, what, who: String::new(), due }, on);
        }
        if form.outcome != CorrectionOutcome::Accurate {
            for recipient in form.recipients.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
                let what = format!("Tell {recipient} about: {field}");
                next.push_decided(&NewAction { kind: ActionKind::Tell, what, who: String::new(), due }, on);
            }
        }
        let value = Correction {
            field: next.own(field),
            old: next.own(form.old.trim().to_owned()),
            new: next.own(form.new.trim().to_owned()),
            source: next.own(form.source.trim().to_owned()),
            outcome: form.outcome,
            reasons: next.own(form.reasons.trim().to_owned()),
            critical: form.critical,
        };
        match next.decided.as_mut().map(|decided| &mut decided.decision) {
            Some(Decision::Corrections { values }) => {
                values.push(value);
                Ok(next.decided_by(by))
            }
            _ => next.conclude(by, on, Decision::Corrections { values: vec![value] }),
        }
    }

    /// Names the classes of the schedule that hold something about the person.
    pub fn hold_classes(self, classes: Vec<String>, on: Date) -> Next {
        let mut next = self.deciding(&[RequestKind::Erasure], on)?;
        if next.decided.is_some() {
            return refuse(RefusalCode::DecisionRepeated, "");
        }
        if classes.is_empty() {
            return refuse(RefusalCode::ValueInvalid, "Choose at least one kind of record.");
        }
        next.classes = classes;
        Ok(next)
    }

    /// Decides an erasure class by class (Article 17). `access_open`: the same person waits for
    /// the answer to an access request, so nothing may be erased (law 2.1).
    ///
    /// # Errors
    /// `RIGHT-006` while access is open, `RIGHT-007` under a hold of the whole request, `RIGHT-002`
    /// when a class that was named is left out.
    pub fn erase(
        self,
        classes: Vec<ClassDecision>,
        recipients: &[String],
        (by, on): (&UserId, Date),
        erase_by: Option<Date>,
        access_open: bool,
    ) -> Next {
        let mut next = self.deciding(&[RequestKind::Erasure], on)?;
        if next.classes.is_empty() || next.classes.iter().any(|class| !classes.iter().any(|decided| decided.class == *class)) {
            return refuse(RefusalCode::DecisionNeeded, "Each kind of record that was named needs a decision.");
        }
        let erased: Vec<String> = classes.iter().filter(|class| class.kept.is_none()).map(|class| class.title.clone()).collect();
        if !erased.is_empty() && access_open {
            return refuse(RefusalCode::ErasureFrozen, "");
        }
        if !erased.is_empty() && next.facts.hold {
            return refuse(RefusalCode::ErasureHeld, "");
        }
        for title in &erased {
            let what = format!("Erase: {title}, and put copies in backups beyond use");
            next.push_decided(&NewAction { kind: ActionKind::Erase, what, who: String::new(), due: erase_by }, on);
        }
        for recipient in recipients.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !erased.is_empty()) {
            let what = format!("Tell {recipient} that it was erased");
            next.push_decided(&NewAction { kind: ActionKind::Tell, what, who: String::new(), due: erase_by }, on);
        }
        next.conclude(by, on, Decision::Erasure { classes })
    }

    /// Decides about a restriction (Article 18). Without a ground it needs reasons.
    pub fn restrict(self, ground: Option<RestrictionGround>, reasons: &str, recipients: &[String], by: &UserId, on: Date) -> Next {
        let mut next = self.deciding(&[RequestKind::Restriction], on)?;
        if ground.is_none() && reasons.trim().is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "");
        }
        for recipient in recipients.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && ground.is_some()) {
            let what = format!("Tell {recipient} that the data is restricted");
            next.push_decided(&NewAction { kind: ActionKind::Tell, what, who: String::new(), due: None }, on);
        }
        let reasons = next.own(reasons.trim().to_owned());
        next.conclude(by, on, Decision::Restriction(Restricted { ground, reasons }))
    }

    /// Weighs an objection (Article 21(1)). It is for the organisation to show why the use goes on.
    pub fn weigh(self, outcome: ObjectionOutcome, purpose: &str, reasons: &str, by: &UserId, on: Date) -> Next {
        let next = self.deciding(&[RequestKind::Objection], on)?;
        let purpose = written(purpose, RefusalCode::ReasonNeeded)?;
        if outcome != ObjectionOutcome::Stopped && reasons.trim().is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "");
        }
        let weighed = Weighed { outcome, purpose: next.own(purpose), reasons: next.own(reasons.trim().to_owned()) };
        next.conclude(by, on, Decision::Objection(weighed))
    }

    /// Records what stops: marketing, pictures, or what rested on a consent. Never refused.
    pub fn stop(self, form: &TakeDown, by: &UserId, on: Date) -> Next {
        let mut next = self.deciding(&[RequestKind::Marketing, RequestKind::Photographs, RequestKind::ConsentWithdrawal], on)?;
        let what = written(&form.what, RefusalCode::ReasonNeeded)?;
        if next.decided.is_some() {
            return refuse(RefusalCode::DecisionRepeated, "");
        }
        for action in &form.actions {
            next.push_decided(action, on);
        }
        let stopped = Stopped { what: next.own(what), stays: next.own(form.stays.trim().to_owned()) };
        next.conclude(by, on, Decision::Stopped(stopped))
    }

    /// Records what was exported (Article 20): rows, or why nothing is in scope.
    pub fn export(self, rows: u64, reasons: &str, to: &str, by: &UserId, on: Date) -> Next {
        let next = self.deciding(&[RequestKind::Portability], on)?;
        if rows == 0 && reasons.trim().is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "Say why nothing is in scope.");
        }
        let exported = Exported { rows, reasons: next.own(reasons.trim().to_owned()), to: next.own(to.trim().to_owned()) };
        next.conclude(by, on, Decision::Portability(exported))
    }

    /// Records that a person looked at an automated decision (Article 22C): information, the
    /// person's own view, human intervention, and how to contest.
    pub fn review_decision(self, outcome: AutomatedOutcome, [how, views, reviewer, reasons]: [&str; 4], by: &UserId, on: Date) -> Next {
        let next = self.deciding(&[RequestKind::AutomatedDecisions], on)?;
        let how = written(how, RefusalCode::ReasonNeeded)?;
        let reviewer = written(reviewer, RefusalCode::ReasonNeeded)?;
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let reviewed = Reviewed {
            outcome,
            how: next.own(how),
            views: next.own(views.trim().to_owned()),
            reviewer: next.own(reviewer),
            reasons: next.own(reasons),
        };
        next.conclude(by, on, Decision::Automated(reviewed))
    }

    /// Records that a notice, safeguards or a child's plan were given, or why not. A plan is
    /// given only on proof of parental responsibility or of the part in the referral (clauses
    /// TURN-117, TURN-118).
    pub fn give(self, given: bool, text: &str, proof: &str, by: &UserId, on: Date) -> Next {
        let next = self.deciding(&[RequestKind::Informed, RequestKind::Safeguards, RequestKind::ChildPlan], on)?;
        let text = written(text, RefusalCode::ReasonNeeded)?;
        if given && next.kind == RequestKind::ChildPlan && proof.trim().is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "Write what proves parental responsibility, or the part in the referral.");
        }
        let given = Given { given, text: next.own(text), proof: next.own(proof.trim().to_owned()) };
        next.conclude(by, on, Decision::Given(given))
    }

    /// Records that it goes another way. Work that turns out to be no request of this kind may
    /// be sent elsewhere from any kind but the absolute ones.
    pub fn send_elsewhere(self, why: NotARequest, more: &str, by: &UserId, on: Date) -> Next {
        let mut next = self.live()?.not_refusing()?.not_before_receipt(on)?;
        if next.kind.at_once() {
            return refuse(RefusalCode::AbsoluteRight, "");
        }
        if next.kind.searches() && next.stage != Stage::Open {
            return refuse(RefusalCode::WrongState, "The search has begun.");
        }
        let was = (next.kind != RequestKind::NotARequest).then_some(next.kind);
        next.end_restriction(on);
        next.kind = RequestKind::NotARequest;
        let more = next.own(more.trim().to_owned());
        next.conclude(by, on, Decision::Elsewhere(Elsewhere { why, more, was }))
    }

    /// Sends the answer. What says something about the person, or destroys it, goes out only once
    /// identity, authority and a child's capacity are settled; stopping a use never waits for them.
    ///
    /// # Errors
    /// `RIGHT-002` before the decision, `REQ-010` before its sign-off, and as [`Request::may_release`].
    pub fn answer(self, on: Date) -> Next {
        let mut next = self.live()?.not_refusing()?.not_before_receipt(on)?;
        if next.kind.searches() {
            return refuse(RefusalCode::NotThisRight, "");
        }
        let Some(decided) = &next.decided else { return refuse(RefusalCode::DecisionNeeded, "") };
        if next.needs_sign_off() && next.stage != Stage::Approved {
            return refuse(RefusalCode::NotApproved, "");
        }
        if needs_release(&decided.decision, next.kind) {
            next.may_release(on)?;
        }
        next.stage = Stage::Replied { on };
        Ok(next)
    }

    /// Whether nothing but the answer is left to do.
    pub fn is_decided(&self) -> bool {
        self.decided.is_some()
    }
}

/// Whether the answer says something about the person beyond what they wrote themselves: old values,
/// which records there are, what we do with them, a plan, rows.
fn needs_release(decision: &Decision, kind: RequestKind) -> bool {
    match decision {
        Decision::Corrections { .. }
        | Decision::Erasure { .. }
        | Decision::Restriction(_)
        | Decision::Objection(_)
        | Decision::Automated(_) => true,
        Decision::Portability(exported) => exported.rows > 0,
        Decision::Given(given) => given.given && kind == RequestKind::ChildPlan,
        Decision::Stopped(_) | Decision::Elsewhere(_) => false,
    }
}
