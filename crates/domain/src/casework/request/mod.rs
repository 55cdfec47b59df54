//! A rights request as casework, from receipt to closure (UK GDPR Articles 12 to 22D; clauses
//! TURN-74 to TURN-123). Access is searched and reviewed; the other rights are decided, and what
//! follows from a decision is an action that has to be done before the request can be closed.

mod actions;
mod answer;
mod authority;
mod burden;
mod clock;
mod decide;
mod decision;
mod effects;
mod erasure;
mod export;
mod facts;
mod growth;
mod identity;
mod refusing;
mod release;
mod rights_tasks;
mod sign_off;
mod stage;
mod tasks;
mod told;
mod transitions;
mod withholding;

pub use actions::{Action, ActionDone, ActionKind, NewAction};
pub use answer::{AnswerFormat, Answering, Rest, Sending, Supplement};
pub use authority::{AuthorityCheck, AuthorityFault, AuthorityForm, AuthorityKind, Matter};
pub use burden::{Burden, SIGNS, Sign, show};
pub use decide::{CorrectionForm, TakeDown};
pub use decision::{
    AutomatedOutcome, ClassDecision, Correction, CorrectionOutcome, Decided, Decision, Elsewhere, Exported, Given, KeepGround, NotARequest,
    ObjectionOutcome, Restricted, RestrictionGround, Reviewed, Stopped, Weighed,
};
pub use erasure::{ClassChoice, ClassFacts, decide_class};
pub use export::{Table, read_table};
pub use facts::{
    Approval, Behalf, Capacity, Channel, Clarification, Evidence, Extension, ExtensionGround, Fee, FeeGround, FeeLine, FoundFile, Intake,
    PasswordTry, Person, PolicyAtReceipt, RefusalGround, Request, Requester, Search, SearchCounts,
};
pub use growth::Identifier;
pub use identity::{IdentityCheck, IdentityForm, Means};
pub use refusing::Refusing;
pub use sign_off::EditedLetter;
pub use stage::Stage;
pub use told::{Settled, Told, ToldAbout};
pub use withholding::{DecisionForm, ExemptionDecision};

#[cfg(test)]
mod asking_tests;
#[cfg(test)]
mod rights_tests;
#[cfg(test)]
pub(crate) use rights_tests::sample_request;
#[cfg(test)]
mod sign_off_tests;
#[cfg(test)]
mod tests;
