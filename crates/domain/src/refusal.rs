//! What Probity refuses: a stable code, what was tried and why not, what to do next,
//! and the clause or statute it rests on.

use std::fmt;

use serde::Serialize;

/// A refusal of something a person tried. Never contains personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Which rule refused.
    pub code: RefusalCode,
    /// The particulars of this case (dates, file names, keys); may be empty.
    pub detail: String,
}

impl Refusal {
    /// A refusal with the particulars of this case.
    pub fn new(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }

    /// The sentence for the person: what and why, with the particulars.
    pub fn sentence(&self) -> String {
        if self.detail.is_empty() { self.code.what().to_owned() } else { format!("{} {}", self.code.what(), self.detail) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.id(), self.sentence())
    }
}

impl std::error::Error for Refusal {}

impl Serialize for RefusalCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

macro_rules! refusals {
    ($($variant:ident $id:literal $what:literal $next:literal $basis:literal;)+) => {
        /// The closed list of refusals. Each has a page in `docs/errors.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum RefusalCode {
            $(#[doc = $what] $variant,)+
        }

        impl RefusalCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code to quote.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// What was tried and why it was refused.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => $what,)+ }
            }

            /// What to do next.
            pub const fn next(self) -> &'static str {
                match self { $(Self::$variant => $next,)+ }
            }

            /// The clause or statute the refusal rests on.
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$variant => $basis,)+ }
            }
        }
    };
}

refusals! {
    DateImpossible "DATE-001" "This is not a date that exists." "Write the date as YYYY-MM-DD, for example 2026-11-28." "Regulation 1182/71 Article 3";
    DateOutOfRange "DATE-002" "This date is outside the years Probity can compute." "Use a date from 25 May 2018 to 31 December 2099." "law: UK GDPR applied from 25 May 2018";
    InstantNeeded "DATE-003" "This rule counts hours, so it needs a time as well as a date." "Write the moment as 2026-11-20T16:45:00+00:00." "UK GDPR Article 33(1)";
    DateNeeded "DATE-004" "The day this reached the organisation is not known." "Give the day it reached anyone in the organisation." "UK GDPR Article 12A(2)";
    RuleUnknown "DATE-005" "There is no rule of this name." "Run `probity deadline --list` to see every rule." "policy pack";
    DivisionUnknown "DATE-006" "This is not a part of the United Kingdom with its own bank holidays." "Use england-and-wales, scotland or northern-ireland." "Banking and Financial Dealings Act 1971";
    PauseBackwards "DATE-007" "A pause cannot end before it starts." "Check the day the question was asked and the day the answer came." "UK GDPR Article 12A(5)-(6)";
    PauseNotAllowed "DATE-008" "Only an access request can be paused for clarification." "Remove the pause: for this right the clock keeps running." "UK GDPR Article 12A(5)";
    ExtensionLate "DATE-009" "The month has ended, so the time can no longer be extended." "Answer now with what is ready, and record why it was late." "UK GDPR Article 12A(3)-(4)";
    ExtensionNotAllowed "DATE-010" "This rule has no extension." "Remove the extension." "UK GDPR Article 12A(3)";
    CalendarInvalid "DATE-011" "This is not a bank holiday table Probity can read." "Use the published JSON: one object per division with dated events." "Banking and Financial Dealings Act 1971";
    TriggerUnknown "DATE-012" "The rule has no further trigger of this name." "Run `probity deadline --list` to see the triggers of every rule." "policy pack";
    PackUnknownKey "PACK-001" "The policy pack has a key Probity does not know." "Correct the spelling or remove the key." "policy pack model";
    PackInvalid "PACK-002" "The policy pack cannot be used." "Correct the value named here." "policy pack model";
    PackMissing "PACK-003" "There is no policy pack of this name." "Name a built-in pack (`probity pack list` prints them) or a folder." "policy pack model";
    DutyFuture "DUTY-001" "This cannot have been done on a day that has not come yet." "Give the day it was done." "UK GDPR Article 5(2)";
    DutyEvidence "DUTY-002" "This counts as done only with its evidence." "Write where it can be seen that it was done: a minute, a certificate, a file." "UK GDPR Article 5(2)";
    DutyStatement "DUTY-003" "What was signed is not the statement of the policy, word for word." "Read the statement again and sign it as it stands." "policy pack: duties";
    DutySignatory "DUTY-004" "The person named does not hold the role that signs this." "Have a holder of the role sign, under their own name." "policy pack: duties and directory";
    DutyState "DUTY-005" "This duty is not open any more." "See the list of duties for what is due next." "casework";
    DutyStopped "DUTY-006" "Somebody has asked about this, and their request is open: nothing of it may be destroyed now." "Answer the request first. Then record the destruction." "DPA 2018 section 173; UK GDPR Article 15";
    PolicySelfAdoption "POL-001" "The person who proposed a version cannot approve it." "Ask another person with the approver role." "policy pack: adoption by two people";
    PolicyEffective "POL-002" "A version cannot take effect before the day it is adopted." "Choose a day that is not before the adoption." "UK GDPR Article 5(2)";
    PolicyOverwrites "POL-003" "A version that is already adopted takes effect on that day or later." "Choose a later day to take effect." "UK GDPR Article 5(2)";
    PolicyState "POL-004" "The version is not at the stage where this can be done." "See the list of versions for what comes next." "casework";
    ReadingNotPassed "READ-001" "The understanding check has not been passed." "Read the clauses named there again and answer once more." "policy pack: understanding";
    ReadingState "READ-002" "This has been signed already." "Nothing more is needed for this version." "casework";
    ClassUnknown "RET-001" "There is no class of records of this name." "Run `probity retention rules` to see every class of the pack." "policy pack: retention schedule";
    FactUnknown "RET-002" "A fact about the holding is not one that can be used." "Give facts as NAME=VALUE: a day as YYYY-MM-DD, a number, or yes or no." "policy pack: retention schedule";
    HoldingsUnreadable "RET-003" "The table of holdings cannot be used." "Give a CSV file with a first line of column names, one of them `class`." "UK GDPR Article 5(1)(e)";
    MappingInvalid "RET-004" "The column mapping cannot be used." "Write `[columns]` with a line for each column: the column's name, and the fact it holds." "UK GDPR Article 5(1)(d)";
    LetterIncomplete "LET-001" "The letter lacks a part that the law asks for." "Put the part back word for word. It may move within the letter." "UK GDPR Articles 12(4) and 15(1)";
    NotARequest "REQ-001" "This message does not read as a request for personal data." "If it is one, record it by hand: any wording is a valid request." "UK GDPR Article 15";
    ReasonNeeded "REQ-002" "A reason must be written down for this." "Write the reason in a sentence." "UK GDPR Article 5(2)";
    DoubtNeeded "REQ-003" "Identity may be asked for only where there is a reasonable doubt, and the doubt must be written down." "Write what the doubt is, or go on without asking." "UK GDPR Article 12(6)";
    WrongState "REQ-004" "The request is not at the stage where this can be done." "See the task list for what comes next." "casework";
    IdentityOutstanding "REQ-005" "Nothing can be released while identity or authority is still outstanding." "Record what was received, or record that it is no longer relied on." "UK GDPR Article 12(6)";
    ClarificationOpen "REQ-006" "A clarification question is already open." "Record the answer first." "UK GDPR Article 12A(5)";
    NoClarificationOpen "REQ-007" "No clarification question is open." "Ask the question first." "UK GDPR Article 12A(5)";
    FeeRefused "REQ-008" "A fee cannot be charged for this request." "Answer free of charge. A fee is possible only for a manifestly unfounded or excessive request, or for further copies." "UK GDPR Article 12(5)";
    ReviewIncomplete "REQ-009" "Some items or proposals have not been decided." "Finish the review, then approve." "UK GDPR Article 15(4); DPA 2018 Schedule 2 paragraph 16";
    NotApproved "REQ-010" "The reply has not been approved." "Ask a person with the approver role to approve it." "policy pack: sign-off";
    SelfApproval "REQ-011" "The person who prepared the reply cannot approve it." "Ask another person with the approver role." "policy pack: sign-off";
    RefusalGrounds "REQ-012" "A refusal must name a ground the law knows." "Choose the ground and write the reasons." "UK GDPR Article 12(4)-(5)";
    DateBeforeReceipt "REQ-013" "This cannot have happened before the request was received." "Check the date." "UK GDPR Article 12A(2)";
    AlreadyExtended "REQ-014" "The time has already been extended once." "Answer by the extended date." "UK GDPR Article 12A(3)";
    CapacityNeeded "REQ-015" "A reply about a child cannot go to somebody else before the child's capacity is recorded." "Record whether the child understands the request, and the child's consent if so." "policy pack: TURN-86 to TURN-89";
    RestTooLate "REQ-016" "The rest of the answer would come after the whole answer is due." "Name an earlier day, or extend the time first if the law allows it." "UK GDPR Article 12A(1)";
    BurdenNotShown "REQ-017" "Nothing that is written down here shows that the request is manifestly unfounded or excessive." "Choose what in this request shows it, or answer the request." "UK GDPR Article 12(5)";
    FeeNotItemised "REQ-018" "A fee must be made up of items, each with its own amount." "Write each item on a line with its amount, for example: postage 4.20." "UK GDPR Article 12(5)";
    DateAhead "REQ-019" "This day has not come yet, so nothing can have happened on it." "Give the day it happened: today at the latest." "UK GDPR Article 5(1)(d)";
    ComplaintLate "CMP-001" "A complaint about a service came after the last day of the policy." "Let it in by a decision and write down the reason. A complaint about personal data is accepted whenever it comes." "policy pack: complaints; DPA 2018 section 164A";
    AgreementNeeded "CMP-002" "This step begins only after the person has agreed to it in writing." "Ask for the written agreement and record the day it came." "policy pack: CEN-80";
    StepState "CMP-003" "This step of the complaint cannot be done now." "See the task list of the complaint for what comes next." "policy pack: complaints";
    ComplaintState "CMP-004" "The complaint is not at the stage where this can be done." "See the task list of the complaint for what comes next." "casework";
    NothingToRelease "PORT-001" "No answer has gone out that could be handed over." "Send the answer or the refusal first; then choose the way it goes." "UK GDPR Article 12(3)";
    NowhereToMail "PORT-002" "There is nowhere to send it to." "Choose an address of whoever asked, or record one, and set the public address of the portal." "UK GDPR Article 32";
    NoRelease "PORT-004" "Nothing can be collected at the moment." "There is nothing to end. Release the answer when it is to be collected." "UK GDPR Article 32";
    MailedBefore "PORT-005" "This answer was sent to this address before." "Look at the mails of the case. Give it out by post or by the portal when it did not arrive." "UK GDPR Article 5(1)(f)";
    PassphraseWrong "PORT-003" "The passphrase is not right." "Check each letter and digit. After too many wrong ones the link ends, and we can send another." "UK GDPR Article 32";
    SignOffRole "SIGN-001" "The policy has somebody in another role sign this off." "Ask a holder of the role named here." "policy pack: sign-off";
    TrainingMissing "SIGN-002" "This person has not had the training that the policy asks of whoever answers requests." "Give the day of their course, or choose somebody who has had it." "policy pack: training";
    ItemHeld "REVIEW-001" "Somebody else has this item open, so nothing was decided." "Take another item, or take this one over from them." "casework";
    SecondLook "REVIEW-002" "The second look at this item is for another person." "Ask a colleague who works on the request to open it and confirm it." "policy pack: sign-off";
    ActionOpen "RIGHT-001" "Something that follows from this request is still open." "Do what is left and record the proof, then close the request." "UK GDPR Articles 5(2) and 19";
    DecisionNeeded "RIGHT-002" "Nothing has been decided about this request yet." "Record the decision first; the answer tells it." "UK GDPR Article 12(3)";
    NotThisRight "RIGHT-003" "This is not part of a request of this kind." "See the task list for what is." "casework";
    AbsoluteRight "RIGHT-004" "This right has no exceptions, so it cannot be refused." "Stop the use and confirm it to the person." "UK GDPR Articles 7(3) and 21(3)";
    DecisionRepeated "RIGHT-005" "This has been decided already." "Read the decision in the record; the answer can go out." "casework";
    ErasureFrozen "RIGHT-006" "The same person waits for the answer to an access request, so nothing may be erased now." "Answer the access request first." "DPA 2018 section 173; UK GDPR Article 15";
    ErasureHeld "RIGHT-007" "What is held for a claim, a complaint or an investigation cannot be erased." "Keep it, and tell the person why." "UK GDPR Article 17(3)(e); DPA 2018 section 173";
    ErasureStatutory "RIGHT-008" "The law makes the organisation keep this for a time that has not ended." "Keep it until then, and tell the person which law it is." "UK GDPR Article 17(3)(b)";
    ErasureFact "RIGHT-009" "A statute sets a least time for this, and the day it counts from is not known." "Enter the day from which the time counts." "UK GDPR Article 17(3)(b)";
    NoticeFirst "MARK-001" "A restriction is lifted only after the person was told." "Tell the person, and enter the day on which they were told." "UK GDPR Article 18(3)";
    OtherConsent "MARK-002" "Somebody else's consent does not undo this." "Ask the person who withdrew it, or the child who understands." "UK GDPR Article 7(3); policy pack: TURN-130";
    MarkState "MARK-003" "This mark has been lifted already." "See the list of marks." "casework";
    AllowanceReason "MARK-004" "An exception holds only with the reason why it holds here." "Write in a sentence what makes this use necessary, or do without it." "UK GDPR Articles 5(2) and 18(2)";
    ExemptionNotMet "EXM-001" "The test of this exemption is not met, so nothing can be withheld under it." "Answer every question of the test, or disclose the information." "DPA 2018 Schedules 2 to 4";
    ExemptionBlanket "EXM-002" "An exemption covers particular information, never everything." "Name the items by their numbers, or the kind of information in words." "DPA 2018 Schedule 2 paragraph 1";
    OpinionNeeded "EXM-003" "Health data may not be disclosed before the question of serious harm has been answered." "Answer it on the page Exemptions, with the opinion of the appropriate health professional where you are none." "DPA 2018 Schedule 3 paragraph 6";
    AuthorityNotValid "AUT-001" "This is not authority to ask for the other person's data." "Ask the person, or ask for authority that covers what is asked for." "Mental Capacity Act 2005 sections 9 to 13; UK GDPR Article 12(6)";
    PersonDied "AUT-002" "The right of access ends with the person's life." "Close the request with a letter. For health records of a person who has died, point to the Access to Health Records Act 1990." "UK GDPR Recital 27";
    IdentityExpired "IDN-001" "A document that has expired does not confirm who somebody is." "Ask for another one, or use another means." "UK GDPR Article 12(6)";
    NumberFromRequest "IDN-002" "A call confirms nothing when the number came out of the request." "Call a number from your own records, or use another means." "policy pack: TURN-91";
    MeansNotAllowed "IDN-003" "Your policy does not allow identity to be confirmed in this way." "Choose another means." "policy pack: identity";
    MeansNeeded "IDN-004" "What the person wrote is no proof by itself." "Say how you checked it, and when the document expires where it does." "UK GDPR Article 12(6)";
    AddressKept "ADR-001" "This letter would show an address that must not be shown to whoever gets it." "Take the address out of what you wrote." "UK GDPR Article 15(4)";
    PersonNoIdentifier "FIND-001" "The person has no identifier to search for." "Give at least one name, e-mail, phone, date of birth with a name, address or reference." "UK GDPR Article 15(1)";
    SourceUnreadable "FIND-002" "The source is missing or cannot be read." "Check the path and that it may be read." "UK GDPR Article 15(1A)";
    SourceUnknown "FIND-003" "This is not a kind of source Probity can read." "Use a folder, a zip, a Maildir, an mbox or an .eml file." "UK GDPR Article 15(1A)";
    RedactionLeak "REDACT-001" "The pack still contains text that was to be redacted, so it is not released." "Look at the item named here, redact what is left, and try again." "UK GDPR Article 15(4)";
    RedactionUnreadable "REDACT-002" "The file cannot be redacted." "Open it, check it, and save it again as a PDF without protection." "UK GDPR Article 15(4)";
    OutputExists "REDACT-003" "The output folder is not empty." "Name a new folder." "UK GDPR Article 5(1)(f)";
    PagesAsText "REDACT-004" "The text of an item would go out, though somebody agreed to its pages: they look different since." "Look at the pages of that item again, or send the reply now that you know." "UK GDPR Article 15(3)";
    MailAddress "MAIL-001" "This is not an address that mail can be sent to." "Check the address, or send a letter." "UK GDPR Article 5(1)(f)";
    MailTooBig "MAIL-002" "The attachments are too big for a mail." "Send them by the portal or by post." "UK GDPR Article 5(1)(f)";
    MessageLater "MAIL-005" "The message was here before this day." "Write the day it reached us, or an earlier one when somebody else here had it first. The time runs from then." "UK GDPR Article 12A(2)";
    MessageDone "MAIL-003" "This message belongs to a case already." "Open the case and work there." "casework";
    MessageCase "MAIL-004" "There is no case with this reference." "Check the reference, for example SAR-2026-0001." "casework";
    NotAllowed "AUTH-001" "Your role does not allow this." "Ask the data protection lead." "policy pack: access by need and right";
    Conflict "AUTH-002" "Somebody else changed this record while you were working on it." "Look at the newer version and make your change again." "casework";
    SignInFailed "AUTH-003" "The sign-in details are not right." "Check the e-mail address, the password and the code." "UK GDPR Article 32";
    PasswordWeak "AUTH-004" "This password is too easy to guess." "Use at least 12 characters; three or four unrelated words work well." "UK GDPR Article 32";
    SetupTokenInvalid "AUTH-005" "This set-up link is not valid any more." "Restart the server to get a new one." "UK GDPR Article 32";
    TooManyTries "AUTH-006" "There were too many tries." "Wait five minutes and try again." "UK GDPR Article 32";
    ValueInvalid "FORM-001" "A value is missing or cannot be read." "Correct the field named here." "UK GDPR Article 5(1)(d)";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_refusal_has_a_unique_code_and_all_its_words() {
        let mut ids = BTreeSet::new();
        for code in RefusalCode::ALL {
            assert!(ids.insert(code.id()), "{} is used twice", code.id());
            assert!(code.what().ends_with('.') && code.next().ends_with('.'), "{}: sentences end in a full stop", code.id());
            assert!(!code.basis().is_empty());
        }
    }

    #[test]
    fn every_refusal_is_documented() {
        let docs = include_str!("../../../docs/errors.md");
        for code in RefusalCode::ALL {
            assert!(docs.contains(code.id()), "docs/errors.md lacks {}", code.id());
        }
    }
}
