//! Reading a message that may be a request: is it one, when did it arrive, who asks.
//! Nothing is guessed: what is found is listed with its origin and a person confirms it.

mod details;
mod received;

pub use details::{OwnDetail, own_details};
pub(crate) use received::headers;
pub use received::{received_by_server, received_on};

use domain::casework::intake::{Recognition, recognise};
use domain::casework::request::Person;
use domain::{Refusal, RefusalCode};
use finder::dedupe::quoted_ranges;
use finder::document::{Document, DocumentKind, Header, PartKind};
use jiff::civil::Date;

use crate::error::Error;
use crate::ports::Extractor;

/// A message read as a request.
#[derive(Debug, Clone)]
pub struct RequestMail {
    /// What it looks like.
    pub recognition: Recognition,
    /// The day it reached the organisation, as its headers say; `None` when they do not.
    pub received_on: Option<Date>,
    /// Sender's display name, possibly empty.
    pub from_name: String,
    /// Sender's address.
    pub from_address: String,
    /// Addresses it was sent to: the organisation's own.
    pub to: Vec<String>,
    /// Subject line.
    pub subject: String,
    /// The sender's own words, without quoted text.
    pub words: String,
    /// Who the person says they are, each detail with its origin.
    pub details: Vec<OwnDetail>,
    /// Names of what came with it.
    pub attachments: Vec<String>,
    /// A part of it could not be read.
    pub unread: bool,
}

impl RequestMail {
    /// The details as a person to search for.
    pub fn person(&self) -> Person {
        details::person(&self.details)
    }
}

/// Reads a message.
///
/// # Errors
/// `REQ-001` when it is no message or no request; a failure of the extractor.
pub fn read_request_mail(extractor: &dyn Extractor, name: &str, bytes: &[u8]) -> Result<RequestMail, Error> {
    let mail = read_mail(extractor, name, bytes)?;
    if mail.recognition.is_request { Ok(mail) } else { Err(Refusal::new(RefusalCode::NotARequest, "").into()) }
}

/// Reads a message without asking whether it is a request: for recording by hand.
///
/// # Errors
/// `REQ-001` when it is not a message at all; a failure of the extractor.
pub fn read_mail(extractor: &dyn Extractor, name: &str, bytes: &[u8]) -> Result<RequestMail, Error> {
    let extraction = extractor.extract(name, bytes)?;
    let mail = extraction
        .documents
        .iter()
        .find(|document| document.kind == DocumentKind::Mail)
        .ok_or_else(|| Refusal::new(RefusalCode::NotARequest, "It is not an e-mail message."))?;
    let words = own_words(mail);
    let from = mail.correspondents.iter().find(|correspondent| correspondent.header == Header::From);
    let to: Vec<String> =
        mail.correspondents.iter().filter(|c| matches!(c.header, Header::To | Header::Cc)).map(|c| c.address.clone()).collect();
    let from_name = from.map(|c| c.name.trim().to_owned()).unwrap_or_default();
    let from_address = from.map(|c| c.address.clone()).unwrap_or_default();
    Ok(RequestMail {
        recognition: recognise(&mail.title, &words),
        received_on: received_on(bytes),
        details: own_details(&from_name, &from_address, &to, &words),
        from_name,
        from_address,
        to,
        subject: mail.title.clone(),
        words,
        attachments: extraction
            .documents
            .iter()
            .filter(|document| !document.path.is_empty())
            .map(|document| document.title.clone())
            .collect(),
        unread: !extraction.unreadable.is_empty(),
    })
}

/// The body without the quoted text of earlier messages.
fn own_words(mail: &Document) -> String {
    let body: String = mail
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Body)
        .filter_map(|part| mail.text.get(part.start..part.end))
        .collect::<Vec<_>>()
        .join("\n");
    let mut words = String::with_capacity(body.len());
    let mut at = 0;
    for quoted in quoted_ranges(&body) {
        words.push_str(body.get(at..quoted.start).unwrap_or_default());
        at = quoted.end.max(at);
    }
    words.push_str(body.get(at..).unwrap_or_default());
    words
}
