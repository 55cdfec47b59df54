//! Refusing a request as a whole: decided with a ground the law knows, signed off, then sent
//! (UK GDPR Article 12(4); clauses CEN-59 and TURN-102).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::transitions::{Next, refuse, written};
use super::{RefusalGround, Request, Stage};
use crate::RefusalCode;
use crate::ids::UserId;
use crate::personal::Personal;

/// A refusal that is decided and has not gone out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusing {
    /// On what ground.
    pub ground: RefusalGround,
    /// The reasons, as the person will read them.
    pub reasons: Personal<String>,
    /// Who decided it.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// The stage the request stood at.
    pub from: String,
}

impl Request {
    /// Decides to refuse the whole request. It waits for its sign-off; nothing has gone out.
    ///
    /// # Errors
    /// `RIGHT-004` for an absolute right; `REQ-012` for a ground that does not hold here, or for an
    /// exemption whose test nobody answered; `REQ-017` when nothing shows the burden; `REQ-002`
    /// without reasons.
    pub fn refuse(self, ground: RefusalGround, reasons: &str, by: &UserId, on: Date) -> Next {
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.kind.procedure().grounds.is_empty() {
            return refuse(RefusalCode::AbsoluteRight, "");
        }
        if !next.kind.procedure().grounds.contains(&ground) {
            return refuse(RefusalCode::RefusalGrounds, "");
        }
        if ground == RefusalGround::NoProof && !next.proof_is_outstanding() {
            return refuse(RefusalCode::RefusalGrounds, "Proof was never asked for, or it came.");
        }
        if ground == RefusalGround::Exempt && !next.exemptions_standing().iter().any(|decision| decision.withheld) {
            return refuse(RefusalCode::RefusalGrounds, "Record first which exemption covers what, on the page Exemptions.");
        }
        if matches!(ground, RefusalGround::Unfounded | RefusalGround::Excessive) && next.burden.as_ref().map(|b| b.ground) != Some(ground) {
            return refuse(RefusalCode::BurdenNotShown, "");
        }
        let from = next.refusing.as_ref().map_or_else(|| next.stage.key().to_owned(), |before| before.from.clone());
        next.letter = None;
        next.wait_for_sign_off(by.clone());
        next.refusing = Some(Refusing { ground, reasons: next.own(reasons), by: by.clone(), on, from });
        Ok(next)
    }

    /// The notice of the refusal goes out.
    ///
    /// # Errors
    /// `REQ-010` before it was signed off; `REQ-004` when nobody decided to refuse.
    pub fn send_refusal(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        let Some(refusing) = next.refusing.take() else { return refuse(RefusalCode::WrongState, "Nobody has decided to refuse it.") };
        if next.stage != Stage::Approved {
            return refuse(RefusalCode::NotApproved, "");
        }
        next.stage = Stage::Refused { on, ground: refusing.ground, reasons: refusing.reasons };
        Ok(next)
    }

    /// No answer goes out while a refusal is being decided.
    pub(super) fn not_refusing(self) -> Next {
        if self.refusing.is_some() {
            return refuse(RefusalCode::WrongState, "Somebody has decided to refuse it. Send it back first, or send the refusal.");
        }
        Ok(self)
    }

    /// Proof of identity or authority was asked for and has not come, or what came was none.
    fn proof_is_outstanding(&self) -> bool {
        self.authority_fault.is_some() || self.identity.iter().chain(&self.authority).any(|e| e.relied_on && e.received.is_none())
    }
}
