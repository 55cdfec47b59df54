//! Deciding about a right other than access, doing what follows, and the answer: one file an act.

mod action;
mod answer;
mod automated;
mod classes;
mod correct;
mod elsewhere;
mod erase;
mod export;
mod give;
mod restrict;
mod stop;
mod weigh;

pub(crate) use action::{ACTION, ACTION_DONE};
pub(crate) use answer::SEND_ANSWER;
pub(crate) use automated::AUTOMATED;
pub(crate) use classes::CLASSES;
pub(crate) use correct::CORRECT;
pub(crate) use elsewhere::ELSEWHERE;
pub(crate) use erase::ERASE;
pub(crate) use export::EXPORT;
pub(crate) use give::GIVE;
pub(crate) use restrict::RESTRICT;
pub(crate) use stop::STOP;
pub(crate) use weigh::WEIGH;

use domain::rights::RequestKind;

use crate::forms::Sent;

/// The act with which a kind of request is decided; empty for access, which is reviewed.
pub(crate) const fn decides(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Access => "",
        RequestKind::Rectification | RequestKind::ChangeOfDetails => "correct",
        RequestKind::Erasure => "erase",
        RequestKind::Restriction => "restrict",
        RequestKind::Objection => "weigh",
        RequestKind::Marketing | RequestKind::Photographs | RequestKind::ConsentWithdrawal => "stop",
        RequestKind::Portability => "export",
        RequestKind::AutomatedDecisions => "automated",
        RequestKind::Informed | RequestKind::Safeguards | RequestKind::ChildPlan => "give",
        RequestKind::NotARequest => "elsewhere",
    }
}

/// The lines of a field, without empty ones.
fn lines(sent: &Sent, name: &str) -> Vec<String> {
    sent.raw(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
