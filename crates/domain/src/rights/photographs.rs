//! Consent to photographs or film withdrawn (Article 7(3); clauses TURN-130, TURN-131).

use super::{Effect, Procedure, RequestKind};
use crate::calendar::Right;

/// Consent to photographs or film withdrawn (Article 7(3); clauses TURN-130, TURN-131).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Photographs,
    key: "photographs",
    title: "Withdraws consent to photographs or film",
    asks: "to stop the use of photographs and film",
    article: "UK GDPR Article 7(3)",
    help: "For example: “I no longer want my son’s picture on your website”.",
    clock: Right::Objection,
    decide: "Find the pictures and take them down",
    grounds: &[],
    effects: &[Effect::StopUse, Effect::TellRecipients],
    next: &[
        "No picture is published from the moment you told us.",
        "We take down what is online or on display, delete the originals, and tell those we gave copies to.",
        "What was done before you told us stays lawful.",
    ],
    letter: "answer-photographs.pdf",
};
