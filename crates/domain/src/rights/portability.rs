//! Data in a form that can be used elsewhere (Article 20).

use super::{Effect, GENERAL, Procedure, RequestKind};
use crate::calendar::Right;

/// Data in a form that can be used elsewhere (Article 20).
pub(super) const PROCEDURE: Procedure = Procedure {
    kind: RequestKind::Portability,
    key: "portability",
    title: "Their data to take elsewhere",
    asks: "to have your personal data in a form you can take elsewhere",
    article: "UK GDPR Article 20",
    help: "For example: “send my training records to my new college in a file they can read”.",
    clock: Right::Portability,
    decide: "Decide what is in scope and make the file",
    grounds: GENERAL,
    effects: &[Effect::Export],
    next: &[
        "We look for data that you gave us yourself, that we use by computer, and that rests on your consent or on a contract with you.",
        "You get it as files that other programs can read. If nothing is in scope, we tell you why.",
    ],
    letter: "answer-portability.pdf",
};
