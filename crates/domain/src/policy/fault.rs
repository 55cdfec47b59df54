//! [`Fault`]: every way a pack can be wrong, with its number, and [`Problem`], one such
//! place.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Refusal, RefusalCode};

macro_rules! faults {
    ($($name:ident $number:literal $title:literal $remedy:literal;)+) => {
        /// A way in which a pack can be wrong. The number is stable: other people's notes and
        /// scripts may name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fault {
            $(#[doc = $title] $name,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The number, for example `P012`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)+ }
            }

            /// What is wrong, in general.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// What to do about it, in general.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)+ }
            }
        }
    };
}

faults! {
    FileUnknown "P001" "A file that a pack does not have." "Rename the file to one that a pack has, or move it out of the folder.";
    KeyUnknown "P002" "A key that is not known." "Write the known key, or remove the line.";
    ValueUnreadable "P003" "A value that cannot be read." "Write the value in the form that the how-to shows; a period always has its unit.";
    FileTwice "P004" "The same file twice." "Keep one of the two.";
    PackTooLarge "P005" "A pack that is too large." "A pack is a few small text files: check that the folder is the right one.";
    BaseUnknown "P006" "A pack that builds on one that does not exist." "Write `inherits = \"uk\"` or the name of another built-in pack.";
    BaseCycle "P007" "A pack that builds on itself." "Let it inherit from `uk`, or from another pack that does not inherit from it.";
    IdMissing "P010" "An entry without an id." "Give it a short name of its own.";
    IdTwice "P011" "An id that is there twice." "Give each entry its own id, or remove one of them.";
    RoleUnknown "P020" "A role that is not in roles.toml." "Add the role, or name another.";
    RoleNotHeld "P021" "A role with something to do that nobody holds." "Give the role to somebody in directory.toml, or the task to another role.";
    ClauseUnknown "P030" "A clause id that no clause has." "Write the id of a clause in clauses.toml.";
    ClauseUnbound "P031" "A clause that nothing carries out." "Name a control in `controls`; `probity pack controls` lists them.";
    ControlUnknown "P032" "A control that does not exist." "Name one that `probity pack controls` lists.";
    ClauseWithoutDuty "P033" "A clause to be signed or done by somebody, without a duty." "Add the clause to a duty in duties.toml.";
    ConflictUnexplained "P034" "A conflict without what holds, why, or its source." "Fill in `wins`, `why` and `source`.";
    ClauseEmpty "P035" "A clause that says nothing." "Write in `says` what the policy promises.";
    DutyNeverDue "P040" "A duty that never comes." "Give it an interval in `every`, or the clock of its event in `clock`.";
    ClockUnknown "P041" "A clock that does not exist." "Write the id of a clock in clocks.toml, or add it there.";
    ClockTwice "P042" "A clock name that is empty or taken." "Give each clock a name of its own.";
    ClockOfTheLaw "P043" "A statutory clock that a pack redefines." "Promise more in rights.toml, complaints.toml or breaches.toml, or use another id.";
    LawInPack "P045" "A pack that sets the law itself." "Remove law.toml; promise more in rights.toml, complaints.toml or breaches.toml.";
    ClockWrong "P044" "A clock that cannot be computed as written." "Write its kind as the how-to shows.";
    StageNeverBegins "P050" "A stage that never begins." "Name in `after` a stage that exists, and let one stage begin with the complaint.";
    StageCycle "P051" "Stages that wait for each other." "Let one of them begin without the other.";
    BasisMissing "P060" "An activity without a lawful basis." "Name one of the seven bases of UK GDPR Article 6(1), with its letter.";
    RetentionWrong "P070" "A retention rule that cannot be used." "Give the class a trigger, a period or a limit, and one rule only.";
    QuestionWrong "P080" "A question of the understanding check that cannot be answered." "Give at least two answers, and the number of the right one.";
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.number())
    }
}

/// Something wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of fault it is.
    pub number: Fault,
    /// The file.
    pub file: String,
    /// The line, from 1; 0 when it is about the whole file.
    pub line: usize,
    /// The key or value at fault.
    pub key: String,
    /// What is wrong, and what is meant if that can be said.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

impl Problem {
    /// A problem at a place.
    pub(super) fn new(number: Fault, file: &str, line: usize, key: &str, what: String) -> Self {
        Self { number, file: file.to_owned(), line, key: key.to_owned(), what, remedy: number.remedy() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, file, what) = (self.number.number(), &self.file, &self.what);
        match self.line {
            0 => write!(f, "{number} {file}: {what}"),
            line => write!(f, "{number} {file}, line {line}: {what}"),
        }
    }
}

/// One refusal for all problems; the first decides the code.
pub(super) fn refusal(problems: &[Problem]) -> Refusal {
    let code = match problems.first().map(|problem| problem.number) {
        Some(Fault::KeyUnknown | Fault::FileUnknown) => RefusalCode::PackUnknownKey,
        Some(Fault::BaseUnknown) => RefusalCode::PackMissing,
        _ => RefusalCode::PackInvalid,
    };
    let shown = problems.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let more = problems.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" And {more} more: `probity pack check` lists them all.") } else { String::new() };
    Refusal::new(code, shown + &rest)
}

/// A refusal shows at most this many problems; the rest is counted.
const SHOWN: usize = 12;
