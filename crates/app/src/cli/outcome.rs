//! How a command ends: exit 0 done, 1 refused, 2 usage (clap), 3 failed.

use std::io::Write;
use std::process::ExitCode;

use domain::Refusal;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Ending {
    /// A rule refused it: exit 1.
    Refused(Refusal),
    /// Ours or the machine's fault: exit 3.
    Failed(anyhow::Error),
}

impl From<Refusal> for Ending {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<anyhow::Error> for Ending {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<std::io::Error> for Ending {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<serde_json::Error> for Ending {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<services::Error> for Ending {
    fn from(error: services::Error) -> Self {
        match error {
            services::Error::Refused(refusal) => Self::Refused(refusal),
            other => Self::Failed(other.into()),
        }
    }
}

impl From<services::ports::Failure> for Ending {
    fn from(error: services::ports::Failure) -> Self {
        Self::Failed(error.into())
    }
}

impl From<store::Error> for Ending {
    fn from(error: store::Error) -> Self {
        Self::from(services::Error::from(error))
    }
}

/// Prints the ending where people and scripts look for it and gives the exit code.
pub(crate) fn finish(result: Result<(), Ending>, json: bool) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ending::Refused(refusal)) => {
            refused(&refusal, json);
            ExitCode::from(1)
        }
        Err(Ending::Failed(error)) => {
            failed(&error);
            ExitCode::from(3)
        }
    }
}

/// The refusal as scripts read it.
pub(crate) fn refusal_json(refusal: &Refusal) -> serde_json::Value {
    serde_json::json!({
        "code": refusal.code.id(), "what": refusal.sentence(), "next": refusal.code.next(), "basis": refusal.code.basis(),
    })
}

fn refused(refusal: &Refusal, json: bool) {
    if json {
        let _ = writeln!(std::io::stdout(), "{}", serde_json::json!({ "error": refusal_json(refusal) }));
    }
    let mut err = std::io::stderr();
    let _ = writeln!(err, "refused: {} [{}]", refusal.sentence(), refusal.code.id());
    let _ = writeln!(err, "hint: {}", refusal.code.next());
    let _ = writeln!(err, "basis: {}", refusal.code.basis());
}

fn failed(error: &anyhow::Error) {
    let mut err = std::io::stderr();
    let _ = writeln!(err, "failed: {error}");
    for cause in error.chain().skip(1) {
        let _ = writeln!(err, "  because: {cause}");
    }
}
