//! A rights request as casework. This issue of Probity carries access requests
//! (UK GDPR Article 15) from receipt to closure; clauses TURN-74 to TURN-102.

mod answer;
mod burden;
mod clock;
mod facts;
mod stage;
mod tasks;
mod told;
mod transitions;

pub use answer::{AnswerFormat, Answering, Rest, Sending, Supplement};
pub use burden::{Burden, SIGNS, Sign, show};
pub use facts::{
    Approval, Behalf, Capacity, Channel, Clarification, Evidence, Extension, ExtensionGround, Fee, FeeGround, FeeLine, Intake, Person,
    PolicyAtReceipt, RefusalGround, Request, Requester, Search,
};
pub use stage::Stage;
pub use told::{Settled, Told, ToldAbout};

#[cfg(test)]
mod tests;
