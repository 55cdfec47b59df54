//! What a request changes beyond itself: the marks about the person that it asks for.

use jiff::civil::Date;

use super::decision::{Decision, ObjectionOutcome};
use super::{ActionKind, Behalf, NewAction, Request, Stage};
use crate::calendar::When;
use crate::casework::mark::MarkKind;
use crate::rights::RequestKind;

impl Request {
    /// The mark that holds from the moment the request came, before anybody decides: a use that
    /// rested on a consent or on marketing stops at once, and what is objected to is not used
    /// while it is weighed (Articles 7(3), 18(1)(d), 21(3)).
    pub const fn mark_on_receipt(&self) -> Option<MarkKind> {
        match self.kind {
            RequestKind::Marketing => Some(MarkKind::NoMarketing),
            RequestKind::Photographs => Some(MarkKind::NoPhotographs),
            RequestKind::ConsentWithdrawal => Some(MarkKind::ConsentWithdrawn),
            RequestKind::Objection => Some(MarkKind::Restricted),
            RequestKind::Access
            | RequestKind::Informed
            | RequestKind::Rectification
            | RequestKind::Erasure
            | RequestKind::Restriction
            | RequestKind::Portability
            | RequestKind::AutomatedDecisions
            | RequestKind::Safeguards
            | RequestKind::ChildPlan
            | RequestKind::ChangeOfDetails
            | RequestKind::NotARequest => None,
        }
    }

    /// The mark that a decision asks for.
    pub const fn mark_on_decision(&self) -> Option<MarkKind> {
        let Some(decided) = &self.decided else { return None };
        match &decided.decision {
            Decision::Restriction(restricted) if restricted.ground.is_some() => Some(MarkKind::Restricted),
            Decision::Objection(weighed) if matches!(weighed.outcome, ObjectionOutcome::Stopped) => Some(MarkKind::Objected),
            Decision::Corrections { .. }
            | Decision::Erasure { .. }
            | Decision::Restriction(_)
            | Decision::Objection(_)
            | Decision::Stopped(_)
            | Decision::Portability(_)
            | Decision::Automated(_)
            | Decision::Given(_)
            | Decision::Elsewhere(_) => None,
        }
    }

    /// Whether a mark that this request made holds no more once the answer or the refusal has gone
    /// out, because nothing that was decided calls for it. The letter itself tells the person so
    /// (Article 18(3)).
    pub fn ends_with_letter(&self, kind: MarkKind) -> bool {
        let told = match &self.stage {
            Stage::Replied { .. } => !matches!(self.decided.as_ref().map(|decided| &decided.decision), Some(Decision::Elsewhere(_))),
            Stage::Refused { .. } => true,
            _ => return false,
        };
        let refused = matches!(self.stage, Stage::Refused { .. });
        told && matches!(kind, MarkKind::Restricted | MarkKind::Objected) && (refused || self.mark_on_decision() != Some(kind))
    }

    /// What an objection restricted meanwhile ends without an answer that would tell the person so:
    /// somebody tells them, and then it is lifted (Article 18(3)).
    pub(super) fn end_restriction(&mut self, on: Date) {
        if self.kind == RequestKind::Objection {
            let what = "Tell the person that the restriction of their data ends; it is lifted when this is recorded as done".to_owned();
            self.push_decided(&NewAction { kind: ActionKind::Lift, what, who: String::new(), due: None }, on);
        }
    }

    /// From when a mark of this request holds: the moment it came where that is known, else the
    /// whole day on which it came.
    pub fn holds_from(&self) -> When {
        self.received_at.unwrap_or(When::Date(self.received_on))
    }

    /// What the person wrote that a mark is about, in the words of the decision.
    pub fn purpose(&self) -> String {
        match self.decided.as_ref().map(|decided| &decided.decision) {
            Some(Decision::Objection(weighed)) => weighed.purpose.shown(),
            Some(Decision::Stopped(stopped)) => stopped.what.shown(),
            _ => String::new(),
        }
    }

    /// The name of who asks: of the parent or agent, else of the person.
    pub fn asker(&self) -> String {
        match &self.behalf {
            Behalf::Child { requester, .. } | Behalf::Agent { requester } => {
                requester.get().map(|asker| asker.name.clone()).unwrap_or_default()
            }
            Behalf::Themselves => self.person.get().map(|person| person.display_name().to_owned()).unwrap_or_default(),
        }
    }

    /// Whether the request is an access request that still has to be answered.
    pub const fn is_open_access(&self) -> bool {
        matches!(self.kind, RequestKind::Access)
            && matches!(self.stage, Stage::Open | Stage::Searching | Stage::Review | Stage::Prepared | Stage::Approved)
    }
}
