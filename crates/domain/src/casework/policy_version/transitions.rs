//! What can happen to a version. Each transition consumes it and returns the next one, or
//! refuses with the rule.

use jiff::civil::Date;

use super::{Adoption, PackFile, PolicyVersion, Proposal, Register, Stage};
use crate::ids::UserId;
use crate::policy::Policy;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

type Next = Result<PolicyVersion, Refusal>;

/// The most that the files of a pack may hold, in bytes. The largest of the packs is a tenth.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// An adoption as somebody records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptionForm {
    /// The body that adopted it.
    pub board: String,
    /// The day it did.
    pub on: Date,
    /// The role that signed.
    pub signatory: String,
    /// The day by which it is looked at again.
    pub next_review: Date,
}

impl PolicyVersion {
    /// Begins a draft. Its files may still be wrong: a draft is there to be mended.
    ///
    /// # Errors
    /// `PACK-002` when the files are larger than any pack, or there are none.
    pub fn draft(facts: RecordFacts, files: Vec<PackFile>, note: &str) -> Next {
        within_limits(&files)?;
        let label = label_of(&files);
        Ok(Self { facts, label, files, note: note.trim().to_owned(), stage: Stage::Draft })
    }

    /// Changes the files of a draft.
    ///
    /// # Errors
    /// `POL-004` once it is proposed, `PACK-002` as for a draft.
    pub fn edit(self, files: Vec<PackFile>, note: &str) -> Next {
        let mut next = self.at(&["draft"])?;
        within_limits(&files)?;
        next.label = label_of(&files);
        next.files = files;
        note.trim().clone_into(&mut next.note);
        Ok(next)
    }

    /// Puts it forward, to hold from a day.
    ///
    /// # Errors
    /// `POL-004` unless it is a draft; `PACK-001` and `PACK-002` while its files have problems.
    pub fn propose(self, by: UserId, effective: Date, on: Date) -> Next {
        let mut next = self.at(&["draft"])?;
        check_files(&next.files)?;
        next.stage = Stage::Proposed { proposal: Proposal { by, on, effective } };
        Ok(next)
    }

    /// Adopts it: by a second person, from a day that no adopted version already has.
    ///
    /// # Errors
    /// `POL-001` when the same person proposed it, `POL-002` when it would hold before it was
    /// adopted or the adoption lies in the future, `POL-003` when an adopted version takes
    /// effect on that day or later, `FORM-001` for a missing part of the form, and as for
    /// [`PolicyVersion::propose`].
    pub fn adopt(self, form: &AdoptionForm, by: UserId, register: &Register, today: Date) -> Next {
        let mut next = self.at(&["proposed"])?;
        let Stage::Proposed { proposal } = next.stage.clone() else { return refuse(RefusalCode::PolicyState, "") };
        if proposal.by == by {
            return refuse(RefusalCode::PolicySelfAdoption, "");
        }
        if form.on > today {
            return refuse(RefusalCode::PolicyEffective, "The day of the adoption lies in the future.");
        }
        if proposal.effective < form.on {
            return refuse(RefusalCode::PolicyEffective, format!("It would hold from {}, adopted on {}.", proposal.effective, form.on));
        }
        if let Some(taken) = register.effective_days().filter(|day| *day >= proposal.effective).max() {
            return refuse(RefusalCode::PolicyOverwrites, format!("It takes effect on {taken}."));
        }
        check_files(&next.files)?;
        let policy = next.policy()?;
        let board = form.board.trim();
        if board.is_empty() {
            return refuse(RefusalCode::ValueInvalid, "Name the body that adopted it.");
        }
        if policy.role(&form.signatory).is_none() {
            return refuse(RefusalCode::ValueInvalid, "The policy has no such role to sign it.");
        }
        if form.next_review <= proposal.effective {
            return refuse(RefusalCode::ValueInvalid, "The next review comes after the day it takes effect.");
        }
        let adoption = Adoption {
            board: board.to_owned(),
            on: form.on,
            signatory: form.signatory.clone(),
            next_review: form.next_review,
            approved_by: by,
            recorded: today,
        };
        next.stage = Stage::Adopted { proposal, adoption };
        Ok(next)
    }

    /// Notes from which day a later version takes its place.
    ///
    /// # Errors
    /// `POL-004` unless it is adopted, `POL-003` when that day is not after its own.
    pub fn supersede(self, from: Date) -> Next {
        let mut next = self.at(&["adopted"])?;
        let Stage::Adopted { proposal, adoption } = next.stage.clone() else { return refuse(RefusalCode::PolicyState, "") };
        if from <= proposal.effective {
            return refuse(RefusalCode::PolicyOverwrites, "");
        }
        next.stage = Stage::Superseded { proposal, adoption, from };
        Ok(next)
    }

    /// Takes a proposal back into work.
    ///
    /// # Errors
    /// `POL-004` unless it is proposed.
    pub fn reopen(self) -> Next {
        let mut next = self.at(&["proposed"])?;
        next.stage = Stage::Draft;
        Ok(next)
    }

    /// Gives it up before it is adopted. What was adopted is superseded by another version.
    ///
    /// # Errors
    /// `POL-004` once adopted, `REQ-002` without a reason.
    pub fn withdraw(self, reason: &str, on: Date) -> Next {
        let mut next = self.at(&["draft", "proposed"])?;
        let reason = reason.trim();
        if reason.is_empty() {
            return refuse(RefusalCode::ReasonNeeded, "");
        }
        next.stage = Stage::Withdrawn { on, reason: reason.to_owned() };
        Ok(next)
    }

    fn at(self, keys: &[&str]) -> Next {
        let key = self.stage.key();
        if keys.contains(&key) {
            Ok(self)
        } else {
            refuse(RefusalCode::PolicyState, format!("It is {}.", Stage::title_of(key).to_lowercase()))
        }
    }
}

/// Refuses files that make no usable pack, naming the first problem.
///
/// # Errors
/// `PACK-001` for an unknown key, `PACK-002` and `PACK-003` for anything else.
pub fn check_files(files: &[PackFile]) -> Result<(), Refusal> {
    within_limits(files)?;
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    Policy::from_files(&pairs).map(drop)
}

fn within_limits(files: &[PackFile]) -> Result<(), Refusal> {
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    if files.is_empty() || bytes > MOST_BYTES {
        return refuse(RefusalCode::PackInvalid, format!("Its files have {bytes} bytes; a pack has some, and at most {MOST_BYTES}."));
    }
    let plain = |name: &str| {
        name.strip_suffix(".toml").is_some_and(|stem| !stem.is_empty()) && !name.starts_with('.') && !name.contains(['/', '\\'])
    };
    match files.iter().find(|file| !plain(&file.name)) {
        Some(_) => refuse(RefusalCode::PackInvalid, "A file of a pack is called like `rights.toml`, without a folder."),
        None => Ok(()),
    }
}

/// What the pack calls itself, as far as its files can be read.
fn label_of(files: &[PackFile]) -> String {
    let pack = files.iter().find(|file| file.name == "pack.toml").and_then(|file| file.text.parse::<toml::Table>().ok());
    pack.and_then(|pack| Some(pack.get("version")?.as_str()?.chars().take(40).collect())).unwrap_or_default()
}

fn refuse<T>(code: RefusalCode, detail: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, detail))
}
