//! What every letter takes from the organisation, and the parts letters share.

use jiff::civil::Date;

use super::{Block, Letter};
use crate::calendar::{Deadline, long_date, short_date};
use crate::casework::request::{Behalf, Request};
use crate::documents::Form;
use crate::policy::Audience;

/// The organisation as a letter writer. Filled from the policy pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Name of the controller.
    pub organisation: String,
    /// Address and contact lines.
    pub address: Vec<String>,
    /// Where questions go: an e-mail address or phone number.
    pub contact: String,
    /// Role that signs, e.g. `Data Protection Officer`.
    pub signatory: String,
    /// The regulator, a setting.
    pub regulator: RegulatorText,
    /// The day the letter is written.
    pub today: Date,
}

/// The regulator as letters name it (law section 0.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegulatorText {
    /// Display name.
    pub name: String,
    /// Website.
    pub web: String,
    /// Helpline.
    pub phone: String,
    /// Postal address in one line.
    pub post: String,
}

impl Writer {
    /// A letter about `request` with this body.
    pub(super) fn letter(&self, request: &Request, title: &str, blocks: Vec<Block>) -> Letter {
        let (name, contact) = addressee(request);
        self.letter_to(&name, contact, &request.facts.reference, title, blocks)
    }

    /// A letter with this body to somebody, about the case of a reference.
    pub(super) fn letter_to(&self, name: &str, contact: Option<String>, reference: &str, title: &str, blocks: Vec<Block>) -> Letter {
        let mut sender = vec![self.organisation.clone()];
        sender.extend(self.address.iter().cloned());
        Letter {
            title: title.to_owned(),
            sender,
            addressee: std::iter::once(name.to_owned()).chain(contact).collect(),
            reference: reference.to_owned(),
            date: short_date(self.today),
            salutation: format!("Dear {name}"),
            blocks,
            closing: "Yours sincerely".to_owned(),
            signatory: vec![self.signatory.clone(), self.organisation.clone()],
            form: Form::Print,
            audience: Audience::Adult,
        }
    }
}

/// Who is written to: the requester, or the child or person themselves.
fn addressee(request: &Request) -> (String, Option<String>) {
    match &request.behalf {
        Behalf::Themselves => match request.person.get() {
            Some(person) => {
                let contact = person.addresses.first().or_else(|| person.emails.first()).cloned();
                (person.names.first().cloned().unwrap_or_else(|| "Sir or Madam".to_owned()), contact)
            }
            None => ("[erased]".to_owned(), None),
        },
        Behalf::Child { requester, .. } | Behalf::Agent { requester } => match requester.get() {
            Some(requester) => (requester.name.clone(), Some(requester.contact.clone()).filter(|c| !c.is_empty())),
            None => ("[erased]".to_owned(), None),
        },
    }
}

/// The computation of the date as a table, for letters.
pub fn explanation(deadline: &Deadline) -> Block {
    Block::Terms(
        deadline.steps.iter().map(|step| (step.date.map(|when| short_date(when.date())).unwrap_or_default(), step.what.clone())).collect(),
    )
}

/// The due date in words, or what it waits for.
pub(super) fn due_sentence(deadline: &Deadline) -> String {
    match (&deadline.due, deadline.paused_since) {
        (Some(due), _) => format!("You will have our answer by {} at the latest.", long_date(due.date())),
        (None, Some(since)) => {
            format!("The time for our answer is paused from {} until we have your reply to our question.", short_date(since))
        }
        (None, None) => "The time for our answer begins on the day we receive what we have asked you for.".to_owned(),
    }
}

/// The routes of complaint and the court (Article 12(4), 15(1)(ea) and (f); DPA 2018
/// sections 164A, 165, 167 and 180; clause TURN-102).
pub fn complaint_routes(writer: &Writer) -> Vec<String> {
    vec![
        format!(
            "You can complain to us (Data Protection Act 2018, section 164A). Write to {}; we will acknowledge your complaint within 30 days.",
            writer.contact
        ),
        format!(
            "You can complain to {} (Data Protection Act 2018, section 165): {}, telephone {}, {}.",
            writer.regulator.name, writer.regulator.web, writer.regulator.phone, writer.regulator.post
        ),
        "You can ask a court to order us to comply (Data Protection Act 2018, sections 167 and 180).".to_owned(),
    ]
}
