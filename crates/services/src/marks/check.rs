//! "Check before you use data": allowed or refused, with the reason. A refused attempt is logged.
//! Neither name nor contact stands in an address, in the log or in an error.

use domain::casework::mark::{Allowance, MarkKind, Use, Verdict, verdict};
use domain::people::{Actor, Relation, Verb, require};
use domain::{Refusal, RefusalCode};

use super::save::{find, now, used};
use crate::app::App;
use crate::error::Error;

/// What somebody intends.
#[derive(Debug, Clone)]
pub struct CheckForm {
    /// A name or contact; several, each on a line.
    pub who: String,
    /// What they intend to do.
    pub intended: Use,
    /// What they say still allows it.
    pub claimed: Option<Allowance>,
    /// Why it does, where they say so.
    pub reason: String,
}

/// One mark that says something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The mark's reference.
    pub reference: String,
    /// Its kind.
    pub kind: MarkKind,
    /// Since when, in words.
    pub since: String,
    /// What it says.
    pub verdict: Verdict,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Nothing found stands against it.
    pub allowed: bool,
    /// What was found that says something about this use.
    pub findings: Vec<Finding>,
}

/// Looks for marks and says whether the use is allowed. Each mark that refuses it gets an entry
/// `use-refused` in the log, with the use and without any name; one that an exception allows keeps the
/// use with its reason, sealed to the person.
///
/// # Errors
/// `FORM-001` without a name or contact; `MARK-004` for an exception without its reason.
pub fn check(app: &App, actor: &Actor, form: &CheckForm) -> Result<Check, Error> {
    require(actor, Verb::MarkCheck, Relation::None)?;
    if form.who.trim().chars().filter(|letter| letter.is_alphanumeric()).count() < 2 {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "Enter the name or contact of the person.").into());
    }
    app.store.write(&app.origin(actor), |tx| {
        let mut answer = Check { allowed: true, findings: Vec::new() };
        let marks = find(tx, &form.who)?;
        let verdicts: Vec<Verdict> = marks.iter().map(|mark| verdict(mark, form.intended, form.claimed, now(app))).collect();
        // One that refuses it settles it: then nothing is used, and no exception is kept.
        let refused = verdicts.contains(&Verdict::Refused);
        for (mark, found) in marks.into_iter().zip(verdicts) {
            match found {
                Verdict::Allowed => continue,
                Verdict::AllowedBy(_) if refused => continue,
                Verdict::AllowedBy(allowance) => used(app, tx, actor, &mark, (form.intended, allowance), &form.reason)?,
                Verdict::Refused => {
                    answer.allowed = false;
                    tx.log_read(mark.facts.id.as_str(), "use-refused", form.intended.key())?;
                }
            }
            answer.findings.push(Finding { reference: mark.facts.reference, kind: mark.kind, since: mark.since.shown(), verdict: found });
        }
        tx.log_access("marks", "use-checked", form.intended.key())?;
        Ok(answer)
    })
}
