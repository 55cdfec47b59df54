//! Sign-off: what goes out is what was signed. Whatever changes an answer afterwards takes the
//! sign-off back, and none of those whose hands were on it signs it (clause CEN-59).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::transitions::{Next, refuse};
use super::{Approval, CorrectionOutcome, Decision, Request, Stage};
use crate::RefusalCode;
use crate::ids::UserId;
use crate::letters::Block;
use crate::personal::Personal;
use crate::rights::RequestKind;

/// The letter of an answer as somebody edited it by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedLetter {
    /// The title of the letter it replaces the body of.
    pub title: String,
    /// Its body.
    pub body: Personal<Vec<Block>>,
    /// Who edited it.
    pub by: UserId,
    /// When.
    pub on: Date,
}

impl Request {
    /// Whether its answer waits for a sign-off. What takes effect the moment it comes is only
    /// confirmed; nor is anything decided when details are simply brought up to date, or when
    /// something never was a request.
    pub fn needs_sign_off(&self) -> bool {
        if self.refusing.is_some() || self.kind.searches() {
            return true;
        }
        match self.decided.as_ref().map(|decided| &decided.decision) {
            None => !self.kind.at_once() && self.kind != RequestKind::NotARequest,
            Some(Decision::Stopped(_)) => false,
            Some(Decision::Elsewhere(elsewhere)) => elsewhere.was.is_some(),
            Some(Decision::Corrections { values }) if self.kind == RequestKind::ChangeOfDetails => {
                values.iter().any(|value| value.outcome != CorrectionOutcome::Corrected)
            }
            Some(_) => true,
        }
    }

    /// Everything is decided: it waits for somebody to sign it off.
    pub(super) fn wait_for_sign_off(&mut self, by: UserId) {
        self.undo_sign_off(&by);
        self.prepared_by = Some(by);
        self.stage = Stage::Prepared;
    }

    /// The answer has changed: a sign-off that was given is void, and whoever changed it does not sign it.
    pub(super) fn undo_sign_off(&mut self, by: &UserId) {
        if let Some(approval) = self.approval.take() {
            self.unsigned = Some(approval.on);
            self.stage = Stage::Prepared;
        }
        if self.stage == Stage::Prepared && !self.hands.contains(by) {
            self.hands.push(by.clone());
        }
    }

    /// Signs the answer off: a reply, a refusal, a decision about another right. A second person,
    /// unless the policy says that one suffices.
    ///
    /// # Errors
    /// `REQ-004` when nothing waits for it; `REQ-011` when the same person prepared or changed it.
    pub fn approve(self, by: UserId, on: Date, second_person: bool) -> Next {
        // Rights that were decided before decisions were signed off are still open.
        let earlier = self.stage == Stage::Open && self.decided.is_some() && self.needs_sign_off();
        let mut next = if earlier { self } else { self.at(&["prepared"])? };
        let decided_it = next.decided.as_ref().is_some_and(|decided| decided.by == by);
        let own = next.prepared_by.as_ref() == Some(&by) || next.hands.contains(&by) || (decided_it && !next.kind.searches());
        if second_person && own {
            return refuse(RefusalCode::SelfApproval, "");
        }
        next.approval = Some(Approval { by, on });
        next.unsigned = None;
        next.stage = Stage::Approved;
        Ok(next)
    }

    /// Sends it back to whoever prepared it: to the review, to the decision, or to where it stood
    /// before somebody decided to refuse it.
    ///
    /// # Errors
    /// `REQ-004` when nothing waits for sign-off or is signed off.
    pub fn reopen_review(self) -> Next {
        let mut next = self.at(&["prepared", "approved"])?;
        let refusing = next.refusing.take();
        (next.prepared_by, next.approval, next.unsigned, next.letter) = (None, None, None, None);
        next.hands.clear();
        let searched = next.search.is_some() && refusing.as_ref().is_none_or(|refusing| refusing.from != "searching");
        next.stage = if next.kind.searches() && searched { Stage::Review } else { Stage::Open };
        match (refusing, next.decided.take()) {
            // The refusal falls; what was decided before it waits for its sign-off again.
            (Some(_), Some(decided)) => {
                next.prepared_by = Some(decided.by.clone());
                next.decided = Some(decided);
                next.stage = Stage::Prepared;
            }
            (_, Some(decided)) => {
                if let Decision::Elsewhere(elsewhere) = &decided.decision {
                    next.kind = elsewhere.was.unwrap_or(next.kind);
                }
                next.actions.retain(|action| action.done.is_some() || !action.decided);
            }
            (_, None) => {}
        }
        Ok(next)
    }

    /// Keeps the letter of the answer as somebody edited it, before it goes out.
    ///
    /// # Errors
    /// `REQ-004` when no answer waits to be signed off or sent.
    pub fn edit_letter(self, title: &str, body: Vec<Block>, by: &UserId, on: Date) -> Next {
        let open = self.stage == Stage::Open && self.decided.is_some();
        let mut next = if open { self } else { self.at(&["prepared", "approved"])? };
        next.undo_sign_off(by);
        next.letter = Some(EditedLetter { title: title.to_owned(), body: next.own(body), by: by.clone(), on });
        Ok(next)
    }

    /// What the page says about a sign-off that was undone; empty when none was.
    pub fn unsigned_words(&self) -> String {
        self.unsigned.filter(|_| self.stage == Stage::Prepared).map_or_else(String::new, |on| {
            format!("It was changed after it was signed off on {}, so it has to be approved again.", crate::calendar::short_date(on))
        })
    }
}
