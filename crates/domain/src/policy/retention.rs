//! How long things are kept (`retention.toml`): one class of records, one rule.
//!
//! # How to write the file
//!
//! The file is a list of classes. Write what *your policy* says; where the law says
//! otherwise the program finds it out, shows both, and uses the one that wins.
//!
//! ```toml
//! [[class]]
//! id = "personnel-files"                     # short, lower case, used in tables and lists
//! title = "Personnel files"
//! holds = ["contract", "training record", "disciplinary and grievance notes"]
//! subjects = ["staff"]
//! formats = ["paper", "electronic"]
//! trigger = "employment-end"                 # the day the period is counted from
//! keep = { exactly = { years = 6 } }
//! basis = "legitimate interests"
//! reason = "references and potential litigation"
//! methods = { paper = ["shred"], electronic = ["wipe"] }
//! clauses = ["CPO-153"]
//! caution = "A spent warning may have to come out earlier."
//! ```
//!
//! Values of `keep`: `{ exactly = P }`, `{ at-least = P }` (a minimum; add a `ceiling`),
//! `{ at-most = P }` (a latest date; earlier is always allowed), `"at-once"`, `"per-processing-record"`,
//! `"per-funder"`, `"none-stated"`, `"unlimited"`, where P is `{ days = 14 }`, `{ months = 6 }` or
//! `{ years = 6 }`. The last four are set-up questions, and so is `trigger = "not-stated"`: nothing
//! of the class falls due before they are answered, and nothing is guessed. A `trigger` left out is
//! an error.
//!
//! **A default until the organisation decides.** Where the policy is silent and a default is
//! known, write the default in its place, name the place in `defaults`, and what the policy says
//! (if anything) in `stated`. It is used, and shown as a question and in every explanation until
//! the organisation takes the word out of `defaults`:
//!
//! ```toml
//! trigger = "employment-end"
//! keep = { exactly = { years = 6 } }
//! defaults = ["trigger"]
//! ```
//!
//! **The law.** Statutory minimums stand once, in a list that classes point to; the pack `uk` has
//! them, a pack may add its own (a contract, an insurer). A floor longer than `keep` wins:
//!
//! ```toml
//! [[class]]
//! id = "wages"
//! trigger = "pay-reference-period-end"
//! keep = { exactly = { years = 3 } }         # what the policy says: kept, shown, never used
//! floors = ["minimum-wage-records"]          # six years, since 1 April 2021: wins
//! ```
//!
//! **Earlier of, later of.** The first trigger stands in the class, the others in `also`:
//!
//! ```toml
//! trigger = "participation-end"
//! keep = "at-once"
//! combine = "earlier-of"
//! also = [{ trigger = "project-end", keep = "at-once" }]
//! sooner = ["consent-withdrawn"]             # an event that brings destruction forward to its own day
//! ```
//!
//! **By a fact.** `variant` replaces parts of the rule by a number (`from` is included, `below` is
//! not), `unless` hands over to another class or waits, `field` names data that lives on elsewhere:
//!
//! ```toml
//! [[class.variant]]
//! fact = "redundancies"
//! below = 20
//! keep = { exactly = { years = 3 } }
//! clauses = ["CPO-155"]
//! [[class.variant]]
//! fact = "redundancies"
//! from = 20                                  # exactly 20 is here
//! keep = { exactly = { years = 12 } }
//! clauses = ["CPO-156"]
//!
//! [[class.unless]]
//! flag = "leaving-linked-to-health"
//! class = "health-records-leaving"
//! must_be_known = true                       # not known: nothing falls due before it is
//!
//! [[class.field]]
//! name = "national-insurance-number"
//! class = "paye-records"
//! ```
//!
//! Known triggers, numbers and flags are in [`KNOWN_FACTS`]; a pack declares others under `fact`.
//! A hold (an open request, complaint, claim or breach) stops every rule, whatever the file says.
//! A date of destruction is a latest date and never moves to a working day.

mod conflicts;
mod facts;
mod keep;
mod problems;
mod questions;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use conflicts::{RetentionConflict, conflicts};
pub use facts::{FactKind, KNOWN_FACTS, KnownFact};
pub(crate) use facts::{NOT_STATED, is_awaited, title_of};
pub use keep::{Combine, Format, Keep, Method, Part, Sensitivity, Start};
pub use problems::problems;
pub(crate) use problems::{plain, range};
pub use questions::{RetentionQuestion, questions};

use super::clauses::day;
use crate::calendar::Period;

/// The retention schedule (`retention.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Each class of records with its one rule, by its id.
    pub class: Vec<Class>,
    /// Minimums that beat a shorter period: of statutes, limitation, contracts.
    pub floor: Vec<Floor>,
    /// What funders ask for, an entry a funder or project.
    pub funder: Vec<Funder>,
    /// Facts of this pack's own, besides [`KNOWN_FACTS`].
    pub fact: Vec<OwnFact>,
}

impl Retention {
    /// What an event, number or flag of the schedule is, to follow "the"; its name when it is not known.
    pub fn fact_title<'a>(&'a self, id: &'a str) -> &'a str {
        title_of(self, id)
    }
}

/// A class of records: what it is, when it goes, and why. See the module's head for how to
/// write one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Class {
    /// The stable name, lower case with hyphens: `personnel-files`.
    pub id: String,
    /// Other names it answers to in an import.
    pub aliases: Vec<String>,
    /// The title for a page.
    pub title: String,
    /// What it holds: the items or fields the policy lists.
    pub holds: Vec<String>,
    /// Kinds of people it is about.
    pub subjects: Vec<String>,
    /// In which forms it exists.
    pub formats: Vec<Format>,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// Who may see it when that is narrower than usual: "employees only, for audit".
    pub viewers: String,

    /// The event the period is counted from, by its name in [`KNOWN_FACTS`] or under `fact`.
    /// `not-stated`: the policy does not say, which is a set-up question and blocks this class.
    pub trigger: String,
    /// From when the period is counted: the day of the event, or the end of the year it lies in.
    pub start: Start,
    /// How long.
    pub keep: Keep,
    /// What the policy itself says, where `keep` is something else because the law wins or the
    /// policy is silent. Kept, shown, never used.
    pub stated: Option<Keep>,
    /// Why `keep` is not what is `stated`.
    pub law: Option<Law>,
    /// How several triggers are put together.
    pub combine: Combine,
    /// Further triggers, each with its own period.
    pub also: Vec<Limb>,
    /// Events that bring destruction forward to their own day, such as `consent-withdrawn`.
    /// A floor still holds.
    pub sooner: Vec<String>,
    /// Parts of the rule that depend on a number.
    pub variant: Vec<Variant>,
    /// When another class's rule holds instead, or nothing falls due for now.
    pub unless: Vec<Unless>,
    /// Data in this class that lives on under the rule of another class.
    pub field: Vec<Field>,
    /// Minimums that apply, by their ids under `floor`.
    pub floors: Vec<String>,
    /// The longest it is kept, for `at-least`.
    pub ceiling: Option<Ceiling>,
    /// For a trigger that is somebody's last contact: kinds of contact that do not count, for
    /// example `["bulk-mail"]`. A holding says the kind in its fact `contact-kind`; a last
    /// contact of a kind listed here is treated as not known.
    pub not_contact: Vec<String>,
    /// When somebody looks at it although nothing falls due: the long-stop.
    pub review: Option<Review>,
    /// What to consider when the person was a child. It is shown, it moves no date.
    pub child: Option<Child>,
    /// How soon after the due date the destruction is carried out and written down. Shown with
    /// the task; it does not move the due date.
    pub carry_out: Option<Period>,

    /// The lawful basis, as the policy gives it.
    pub basis: String,
    /// Why it is kept.
    pub reason: String,
    /// How it is destroyed, by the form it has: `{ paper = ["shred"], electronic = ["secure-delete"] }`.
    #[schemars(schema_with = "super::schema::methods")]
    pub methods: BTreeMap<Format, Vec<Method>>,
    /// What is kept when it is destroyed: "the numbers of the documents seen", "aggregates".
    pub remains: Vec<String>,
    /// What proves the destruction: "certificate of the storage firm".
    pub evidence: Vec<String>,
    /// The clauses that set the rule, by id.
    pub clauses: Vec<String>,
    /// What to watch out for, one or more sentences.
    pub caution: String,
    /// Parts of the rule that are defaults the organisation has not decided on yet.
    pub defaults: Vec<Part>,
    /// The question put to the organisation about this class at set-up, when the one the program
    /// words itself is not enough.
    pub question: String,
}

/// Why the period used is not the one the policy states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Law {
    /// Why, as a sentence.
    pub why: String,
    /// The provision.
    pub source: String,
    /// The first day it applied: `2021-04-01`, without quotes.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub since: Option<Date>,
    /// A sentence the board could adopt.
    pub mend: String,
}

/// A further trigger of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limb {
    /// The event.
    pub trigger: String,
    /// From when the period is counted.
    pub start: Start,
    /// How long; that of the class when left out.
    pub keep: Option<Keep>,
    /// With `later-of`: it is left out of account when its day is not known.
    pub optional: bool,
}

/// A rule for holdings of which a number, or a yes or no, is such and such. Parts that are left
/// out are those of the class. The variants of a class share one fact and leave no gap.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Variant {
    /// The number or flag, by its name in [`KNOWN_FACTS`] or under `fact`.
    pub fact: String,
    /// The least number, itself included.
    pub from: Option<u32>,
    /// The number it stays below, itself not included.
    pub below: Option<u32>,
    /// For a flag: the answer this variant is for.
    pub is: Option<bool>,
    /// How long.
    pub keep: Option<Keep>,
    /// The event, when it is another one.
    pub trigger: Option<String>,
    /// Why, when it is another reason.
    pub reason: String,
    /// The clauses that set it; those of the class when left out.
    pub clauses: Vec<String>,
}

/// When the rule of the class does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Unless {
    /// The flag: while it is yes, the rule does not hold.
    pub flag: String,
    /// The class whose rule holds instead. Empty: nothing falls due while the flag is yes.
    pub class: String,
    /// Nothing falls due before the flag is known. Otherwise not known counts as no.
    pub must_be_known: bool,
    /// Why.
    pub why: String,
}

/// Data in a class that is kept under another class.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Field {
    /// The field, as a holding names it: `national-insurance-number`.
    pub name: String,
    /// The class whose rule it follows.
    pub class: String,
    /// Why.
    pub why: String,
}

/// A minimum that beats a shorter period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Floor {
    /// The stable name: `minimum-wage-records`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// How long at least.
    pub period: Option<Period>,
    /// The event it is counted from; the trigger of the class when left out.
    pub trigger: String,
    /// From when it is counted; as in the class when the trigger is left out.
    pub start: Start,
    /// The provision or contract.
    pub source: String,
    /// The first day it applied.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub since: Option<Date>,
    /// What held before that day, in words.
    pub before: String,
    /// Nothing may be destroyed earlier on anybody's wish; a request for erasure is refused with
    /// the source, and no pack can shorten it.
    pub locked: bool,
}

/// The longest time something is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// How long at most, counted like the period of the class.
    pub period: Period,
    /// What it rests on.
    #[serde(default)]
    pub source: String,
}

/// A long-stop: the class is looked at although nothing falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// How long after the event.
    pub after: Period,
    /// The event it is counted from.
    pub trigger: String,
    /// What the reviewer is asked.
    #[serde(default)]
    pub ask: String,
}

/// What to consider when the person was a child: needs the fact `born`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// The birthday until which keeping is considered.
    pub until_age: u32,
    /// What it rests on.
    #[serde(default)]
    pub source: String,
}

/// What a funder asks for. A holding names its funders in the fact `funder`; the longest wins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Funder {
    /// The stable name, as a holding gives it.
    pub id: String,
    /// The funder, programme or project.
    pub title: String,
    /// How long at least, counted from the trigger.
    pub keep: Option<Period>,
    /// The event it is counted from; `project-end` when left out.
    pub trigger: String,
    /// Until which day at least.
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "super::schema::day")]
    pub until: Option<Date>,
    /// The contract or notice.
    pub source: String,
}

/// A fact of the pack's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnFact {
    /// The stable name, lower case with hyphens.
    pub id: String,
    /// A day, a number, or a yes or no.
    pub kind: FactKind,
    /// What it is, to follow "the": "day the pass was handed back".
    #[serde(default)]
    pub title: String,
}

impl Retention {
    /// A class by its id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.class.iter().find(|class| class.id == id)
    }
}

#[cfg(test)]
mod tests;
