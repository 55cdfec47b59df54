//! The one gate of everything that goes out in a case: letters, as they were edited by hand too,
//! plain texts, exports, stored files that are handed over again. None of them shows an address
//! that must not be shown to whoever gets it.

use std::io::Read;

use domain::casework::request::{EditedLetter, Request};
use domain::ids::BlobId;
use domain::letters::{Block, Letter, edited, plain};
use domain::personal::Personal;
use domain::{Refusal, RefusalCode};
use finder::fold::squash;

use super::save::NewFile;
use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;

/// Refuses a text that shows an address which is kept from whoever asks.
///
/// # Errors
/// `ADR-001` when it would.
pub(crate) fn shows_no_kept_address(request: &Request, text: &str) -> Result<(), Error> {
    if request.confidential_addresses().is_empty() {
        return Ok(());
    }
    let text = squash(text);
    let shown = request.confidential_addresses().iter().any(|address| text.contains(&squash(address)));
    if shown { Err(Refusal::new(RefusalCode::AddressKept, "").into()) } else { Ok(()) }
}

/// The body that somebody gave the letter of this title, where they did.
fn kept_body<'a>(request: &'a Request, letter: &Letter) -> Option<&'a Vec<Block>> {
    let kept: &EditedLetter = request.letter.as_ref().filter(|kept| kept.title == letter.title)?;
    Personal::get(&kept.body)
}

/// A text that goes out as a file of the case.
///
/// # Errors
/// `ADR-001` when it shows a kept address.
pub(super) fn text_file(request: &Request, name: &'static str, mime: &'static str, text: String) -> Result<NewFile, Error> {
    shows_no_kept_address(request, &text)?;
    Ok(NewFile { name, mime, bytes: text.into_bytes() })
}

impl App {
    /// A letter as it goes out: with the body that somebody gave it, and without kept addresses.
    ///
    /// # Errors
    /// `LET-001` when a part that has to stay is missing; `ADR-001` when it shows a kept address.
    pub(super) fn as_sent(&self, request: &Request, letter: &Letter) -> Result<Letter, Error> {
        let letter = match kept_body(request, letter) {
            Some(body) => edited(letter, body.clone())?,
            None => self.press.as_edited(letter)?,
        };
        shows_no_kept_address(request, &plain(&letter))?;
        Ok(letter)
    }

    /// Sets a letter as a file of the case.
    ///
    /// # Errors
    /// As [`App::as_sent`].
    pub(super) fn letter_file(&self, request: &Request, name: &'static str, letter: &Letter) -> Result<NewFile, Error> {
        let bytes = self.press.letter(&self.as_sent(request, letter)?)?;
        Ok(NewFile { name, mime: "application/pdf", bytes })
    }

    /// Looks into a stored file of a case before it is handed over in another way.
    ///
    /// # Errors
    /// `ADR-001` when it shows a kept address; not found when there is no such file.
    pub(crate) fn stored_may_go(&self, request: &Request, document: &BlobId) -> Result<(), Error> {
        if request.confidential_addresses().is_empty() {
            return Ok(());
        }
        let (mime, bytes) = self.store.read(|tx| {
            let (meta, mut reader) = tx.blob_open(document.as_str())?.ok_or(Error::NotFound)?;
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
            Ok::<_, Error>((meta.mime, bytes))
        })?;
        self.may_hand_over(request, &mime, &bytes)
    }

    /// Looks into a stored file before it is handed over: addresses may be kept since it was made.
    ///
    /// # Errors
    /// `ADR-001` when it shows a kept address.
    pub(crate) fn may_hand_over(&self, request: &Request, mime: &str, bytes: &[u8]) -> Result<(), Error> {
        if request.confidential_addresses().is_empty() {
            return Ok(());
        }
        let text =
            if mime == "application/pdf" { self.press.read_back(bytes)?.join("\n") } else { String::from_utf8_lossy(bytes).into_owned() };
        shows_no_kept_address(request, &text)
    }
}
