//! What is known about a request.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Action, Answering, AuthorityCheck, AuthorityFault, Burden, Decided, EditedLetter, ExemptionDecision, IdentityCheck, Refusing, Sending,
    Stage, Supplement, Told,
};
use crate::calendar::{Division, Right, When};
use crate::ids::{BlobId, RecordId, SubjectId, UserId};
use crate::personal::Personal;
use crate::record::RecordFacts;
use crate::rights::RequestKind;

/// One request, with everything decided about it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Reference, owner, hold.
    pub facts: RecordFacts,
    /// What is asked for: decides tasks, decisions and letters.
    #[serde(default)]
    pub kind: RequestKind,
    /// The right whose clock it runs on.
    pub right: Right,
    /// Whose data is asked for. Their key seals everything personal in here.
    pub subject: SubjectId,
    /// Who the data subject is, as far as known: what the search looks for.
    pub person: Personal<Person>,
    /// Who asks, and for whom.
    pub behalf: Behalf,
    /// How it came. Any way is valid (clause TURN-83 is superseded).
    pub channel: Channel,
    /// The day it reached anyone in the organisation (Article 12A(2); clause TURN-85).
    pub received_on: Date,
    /// Who received it first, in the words of the person who recorded it.
    pub received_by: Personal<String>,
    /// The exact words, or a note of what was said.
    pub words: Personal<String>,
    /// The day it was recorded here; never starts a clock.
    pub logged_on: Date,
    /// Whose bank holidays count: the handling office.
    pub division: Division,
    /// The day the acknowledgement went out.
    pub acknowledged_on: Option<Date>,
    /// Proof of identity, if it was asked for.
    pub identity: Option<Evidence>,
    /// Proof of authority to act for the data subject, if it was asked for.
    pub authority: Option<Evidence>,
    /// Authority that was checked and found good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_check: Option<AuthorityCheck>,
    /// Authority that was checked and found to be none: nothing is released until another is found good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_fault: Option<AuthorityFault>,
    /// Addresses that must not be shown to whoever asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidential: Option<Personal<Vec<String>>>,
    /// A fee, if one was lawfully asked for.
    pub fee: Option<Fee>,
    /// Clarification questions (Article 12A(5)-(6)).
    pub clarifications: Vec<Clarification>,
    /// The one extension (Article 12A(3)-(4)).
    pub extension: Option<Extension>,
    /// The search, once begun.
    pub search: Option<Search>,
    /// Who prepared the reply by finishing the review.
    pub prepared_by: Option<UserId>,
    /// Sign-off.
    pub approval: Option<Approval>,
    /// Who changed the answer since it was prepared: none of them signs it off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<UserId>,
    /// The day of a sign-off that a later change undid, until it is signed off again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<Date>,
    /// A refusal that is decided and has not gone out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusing: Option<Refusing>,
    /// The letter of the answer as somebody edited it: what is signed off is what goes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<EditedLetter>,
    /// The policy in force when it was received; `None` before the first version was adopted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyAtReceipt>,
    /// How the answer is to be given.
    #[serde(default)]
    pub answer: Answering,
    /// Every sending of an answer so far: parts, the whole, second packs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sendings: Vec<Sending>,
    /// Second looks after the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
    /// Decisions about exemptions, in the order they were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<ExemptionDecision>,
    /// Health data that the person does not know may go out only after the question of
    /// serious harm (DPA 2018 Schedule 3 paragraph 6): the policy was asked at receipt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub health_question: bool,
    /// Why it was judged manifestly unfounded or excessive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden: Option<Burden>,
    /// What the person said through the portal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// The moment it reached anyone, where the time is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<When>,
    /// Other requests that came in the same message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<RecordId>,
    /// Marks about the person that were made because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<RecordId>,
    /// For erasure: the classes of the schedule that hold something about the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// What was decided, for rights other than access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// What has to be done because of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Where it stands.
    pub stage: Stage,
}

/// The version of the policy that was in force when a request was received: the request
/// keeps its rule, unless a later version is better for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyAtReceipt {
    /// The record of the version.
    pub id: RecordId,
    /// The version as the pack calls itself.
    pub label: String,
}

/// Who the data subject is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// Names by which they are or were known, the present one first.
    pub names: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Dates of birth as claimed (normally one).
    pub born: Vec<Date>,
    /// Addresses, each in one line.
    pub addresses: Vec<String>,
    /// Case, learner or staff numbers, user names.
    pub references: Vec<String>,
}

impl Person {
    /// The name to use in letters; a neutral word when none is known.
    pub fn display_name(&self) -> &str {
        self.names.first().map_or("the person", String::as_str)
    }

    /// The age in whole years on a day, as far as one date of birth is known.
    pub fn age_on(&self, day: Date) -> Option<i16> {
        let [born] = self.born.as_slice() else { return None };
        let years = day.year() - born.year();
        Some(if (day.month(), day.day()) < (born.month(), born.day()) { years - 1 } else { years })
    }

    /// True when there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.emails.is_empty() && self.phones.is_empty() && self.addresses.is_empty() && self.references.is_empty()
    }
}

/// Somebody who asks for another person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// Their name.
    pub name: String,
    /// Where to write to: an e-mail or postal address.
    pub contact: String,
}

/// Who asks, and for whom (clauses TURN-86 to TURN-89).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Behalf {
    /// The data subject asks for themselves.
    Themselves,
    /// A parent or someone with parental responsibility asks for a child.
    Child {
        /// The parent or carer.
        requester: Personal<Requester>,
        /// The judgement of the child's understanding; made case by case, at any age.
        capacity: Option<Capacity>,
    },
    /// An agent: attorney, deputy, solicitor, relative.
    Agent {
        /// The agent.
        requester: Personal<Requester>,
    },
}

/// A recorded judgement of a child's understanding (clauses TURN-87 to TURN-89). Age
/// may fill in, never decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// The child understands the right and what follows from it.
    pub understands: bool,
    /// The assessor.
    pub by: UserId,
    /// When it was judged.
    pub on: Date,
    /// Why.
    pub reasons: Personal<String>,
    /// The day the child agreed, when the child understands.
    pub consent_on: Option<Date>,
    /// What the child said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<Personal<String>>,
}

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Letter.
    Letter,
    /// Phone.
    Phone,
    /// In person.
    InPerson,
    /// Social media.
    SocialMedia,
    /// The public portal.
    Portal,
}

impl Channel {
    /// Every channel.
    pub const ALL: &'static [Self] = &[Self::Email, Self::Letter, Self::Phone, Self::InPerson, Self::SocialMedia, Self::Portal];

    /// The name on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Email => "E-mail",
            Self::Letter => "Letter",
            Self::Phone => "Phone",
            Self::InPerson => "In person",
            Self::SocialMedia => "Social media",
            Self::Portal => "Portal",
        }
    }

    /// The value in forms and files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Phone => "phone",
            Self::InPerson => "in_person",
            Self::SocialMedia => "social_media",
            Self::Portal => "portal",
        }
    }

    /// Reads a channel from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|channel| channel.key() == key)
    }
}

/// Evidence of identity or authority that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The doubt, in writing (Article 12(6)); never empty.
    pub doubt: Personal<String>,
    /// When it was asked for.
    pub asked: Date,
    /// When it came.
    pub received: Option<Date>,
    /// What was seen, as kinds of document; no copies are kept (clause TURN-90).
    pub seen: Option<Personal<String>>,
    /// False once the question was found unnecessary: then it never moved the clock.
    pub relied_on: bool,
    /// How identity was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<IdentityCheck>,
}

/// A fee and its ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Why a fee is lawful here.
    pub ground: FeeGround,
    /// Itemised reasons.
    pub reasons: Personal<String>,
    /// What the amount is made up of.
    #[serde(default)]
    pub lines: Vec<FeeLine>,
    /// The day the fee notice went out.
    pub asked: Date,
    /// The day it was paid.
    pub paid: Option<Date>,
}

impl Fee {
    /// The whole amount, in pence.
    pub fn total(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.pence)).sum()
    }
}

/// One item of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// What it is for, e.g. `copying, 120 pages`.
    pub what: String,
    /// How much, in pence.
    pub pence: u32,
}

/// The only grounds for a fee (Article 12(5), 15(3); clauses TURN-93, TURN-100).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeGround {
    /// Manifestly unfounded.
    Unfounded,
    /// Manifestly excessive.
    Excessive,
    /// Further copies of what was already given.
    FurtherCopies,
}

impl FeeGround {
    /// The ground for which the organisation bears the burden of proof; `None` for further copies.
    pub const fn burden(self) -> Option<RefusalGround> {
        match self {
            Self::Unfounded => Some(RefusalGround::Unfounded),
            Self::Excessive => Some(RefusalGround::Excessive),
            Self::FurtherCopies => None,
        }
    }
}

/// One clarification question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// What was asked.
    pub question: Personal<String>,
    /// When.
    pub asked: Date,
    /// What was answered.
    pub answer: Option<Personal<String>>,
    /// When the answer came.
    pub answered: Option<Date>,
}

/// The extension by two further months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Which of the two grounds.
    pub ground: ExtensionGround,
    /// The reasons told to the person.
    pub reasons: Personal<String>,
    /// The day the notice was given.
    pub notice_on: Date,
}

/// The two grounds for more time (Article 12A(3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionGround {
    /// The request is complex.
    Complex,
    /// This person made a number of requests.
    Number,
}

/// What was searched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Search {
    /// When it began.
    pub started_on: Option<Date>,
    /// Names of the places searched.
    pub places: Vec<String>,
    /// Places not searched, and why (Article 15(1A)).
    pub not_searched: Vec<String>,
    /// Items met.
    pub met: u64,
    /// Items put into the review.
    pub found: u64,
    /// Items that could not be read.
    pub unreadable: u64,
    /// Items left out because they hold no more than a part of a name, and are many.
    #[serde(default, skip_serializing_if = "none")]
    pub left_out: u64,
    /// Whether such items were to be taken in however many there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parts: bool,
    /// Scans and copies of what people found by hand. A new search keeps them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_hand: Vec<FoundFile>,
    /// What came of passwords for items that nobody could open, oldest first. A new search keeps them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passwords: Vec<PasswordTry>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
const fn none(count: &u64) -> bool {
    *count == 0
}

/// What a search met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SearchCounts {
    /// Items met.
    pub met: u64,
    /// Items put into the review.
    pub found: u64,
    /// Items that could not be read.
    pub unreadable: u64,
    /// Items left out because they hold no more than a part of a name, and are many.
    pub left_out: u64,
}

/// Passwords that a person gave for what nobody could open, and what came of it. They themselves are kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordTry {
    /// When they were tried.
    pub on: Date,
    /// Who gave them.
    pub by: UserId,
    /// How many passwords.
    pub given: u64,
    /// Items they were tried on.
    pub tried: u64,
    /// Of these, items that one of them opened.
    pub opened: u64,
    /// Items that joined the review, because what was opened concerns the person.
    pub found: u64,
    /// Items that turned out not to be readable once something was opened, for another reason or under another password.
    pub unreadable: u64,
}

/// A scan or copy of something that a person found: it goes into the review like everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFile {
    /// The stored file.
    pub file: BlobId,
    /// Where it was found, in words.
    pub place: String,
}

/// Sign-off by a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approved.
    pub by: UserId,
    /// When.
    pub on: Date,
}

/// The grounds on which a whole request may be refused (Articles 12(5), 11(2), 15(4)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalGround {
    /// Manifestly unfounded.
    Unfounded,
    /// Manifestly excessive.
    Excessive,
    /// The person cannot be identified in the data.
    CannotIdentify,
    /// An exemption covers everything held.
    Exempt,
    /// No proof of identity or authority came although it was needed.
    NoProof,
}

impl RefusalGround {
    /// Every ground.
    pub const ALL: &'static [Self] = &[Self::Unfounded, Self::Excessive, Self::CannotIdentify, Self::Exempt, Self::NoProof];

    /// The ground in a sentence of the letter.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unfounded => "the request is manifestly unfounded (UK GDPR Article 12(5))",
            Self::Excessive => "the request is manifestly excessive (UK GDPR Article 12(5))",
            Self::CannotIdentify => "we cannot identify you in the information we hold (UK GDPR Article 11(2))",
            Self::Exempt => "an exemption in the Data Protection Act 2018 covers the information we hold",
            Self::NoProof => "we could not confirm who is asking, although we had a reasonable doubt (UK GDPR Article 12(6))",
        }
    }

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unfounded => "unfounded",
            Self::Excessive => "excessive",
            Self::CannotIdentify => "cannot_identify",
            Self::Exempt => "exempt",
            Self::NoProof => "no_proof",
        }
    }

    /// Reads a ground from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ground| ground.key() == key)
    }
}

/// What is written down when a request reaches the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Reference, owner, who records it.
    pub facts: RecordFacts,
    /// Which right.
    pub right: Right,
    /// The data subject's key owner.
    pub subject: SubjectId,
    /// Who they are.
    pub person: Person,
    /// Who asks.
    pub behalf: Behalf,
    /// How it came.
    pub channel: Channel,
    /// When it reached anyone.
    pub received_on: Date,
    /// Who received it.
    pub received_by: String,
    /// The words.
    pub words: String,
    /// Today.
    pub logged_on: Date,
    /// Whose bank holidays.
    pub division: Division,
}
