//! Opening a PDF, for reading it and for drawing it.

use std::sync::Arc;

use hayro::hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use memchr::memmem;

use super::passwords::Passwords;

/// What is said of one under a password.
pub(crate) const ENCRYPTED: &str = "the PDF is encrypted";

/// Opens a PDF, also one that only its owner may change (whoever may look at it may read it), with the first of the passwords that opens
/// it, and gives that password.
///
/// # Errors
/// Why it cannot be opened, in words: encrypted, cut off, damaged.
pub(crate) fn open_with(bytes: Vec<u8>, passwords: &Passwords) -> Result<(Pdf, String), &'static str> {
    let bytes = Arc::new(bytes);
    let encrypted = || memmem::find(&bytes, b"/Encrypt").is_some();
    let reason = || match memmem::rfind(&bytes, b"%%EOF") {
        _ if encrypted() => ENCRYPTED,
        None => "the PDF is cut off",
        Some(_) => "the PDF is damaged",
    };
    let open = |password: &str| {
        let shared: Arc<Vec<u8>> = Arc::clone(&bytes);
        Pdf::new_with_password(shared, password).map(|pdf| (pdf, password.to_owned()))
    };
    let first = match open("") {
        Err(LoadPdfError::Decryption(_)) => Err(ENCRYPTED),
        Err(LoadPdfError::Invalid) => Err(reason()),
        Ok((pdf, _)) if pdf.pages().is_empty() => Err(reason()),
        Ok(opened) => return Ok(opened),
    };
    if first.as_ref().err() != Some(&ENCRYPTED) {
        return first;
    }
    passwords.first(|password| open(password).ok().filter(|(pdf, _)| !pdf.pages().is_empty())).map_or(first, Ok)
}
