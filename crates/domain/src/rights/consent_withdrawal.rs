//! Another consent withdrawn (Article 7(3)).

use super::{Effect, Procedure, RequestKind};
use crate::calendar::Right;

/// Another consent withdrawn (Article 7(3)).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::ConsentWithdrawal,
    key: "consent-withdrawal",
    title: "Withdraws another consent",
    asks: "to stop what rests on your consent",
    article: "UK GDPR Article 7(3)",
    help: "For example: “I take back my permission to share my story”.",
    clock: Right::Objection,
    decide: "Stop what rests on the consent",
    grounds: &[],
    effects: &[Effect::StopUse, Effect::TellRecipients],
    next: &[
        "What rested on your consent has stopped from the moment you told us.",
        "What was done before you told us stays lawful.",
        "If we need some of the data for another reason, we tell you which and why.",
    ],
    letter: "answer-consent-withdrawal.pdf",
};
