//! How a use case can end badly: refused (theirs to mend) or failed (ours).

use domain::{Refusal, RefusalCode};

use crate::ports::Failure;

/// The one error type of the use cases.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule refused it.
    #[error("refused")]
    Refused(#[from] Refusal),
    /// Not there, or not theirs to see: both look the same from outside.
    #[error("not found")]
    NotFound,
    /// A fault of ours or of the machine.
    #[error("failed")]
    Failed(#[from] Failure),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict { .. } => Self::Refused(Refusal::new(RefusalCode::Conflict, "")),
            other => Self::Failed(Failure::because("reading or writing the store", other)),
        }
    }
}
