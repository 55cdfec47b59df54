//! The use of data restricted (Article 18): stored, and nothing else.

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// The use of data restricted (Article 18): stored, and nothing else.
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Restriction,
    key: "restriction",
    title: "The use of their data restricted",
    asks: "to have the use of your personal data restricted",
    article: "UK GDPR Article 18",
    help: "For example: “do not use it until this is settled”, “keep it, I need it for a claim, but do nothing else with it”.",
    clock: Right::Restriction,
    decide: "Decide on the restriction",
    grounds: GENERAL,
    effects: &[Effect::Restrict, Effect::TellRecipients],
    next: &[
        "We check whether one of the four grounds for a restriction applies.",
        "While data is restricted we store it and do nothing else with it, except with your consent or where the law allows it.",
        "We tell you before a restriction is lifted.",
    ],
    letter: "answer-restriction.pdf",
};
