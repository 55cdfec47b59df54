//! Opening a PDF, for reading it and for drawing it.

use std::sync::Arc;

use hayro::hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use memchr::memmem;

/// Opens a PDF, also one that only its owner may change: whoever may look at it may read it.
///
/// # Errors
/// Why it cannot be opened, in words: encrypted, cut off, damaged.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Pdf, &'static str> {
    let bytes = Arc::new(bytes);
    let encrypted = || memmem::find(&bytes, b"/Encrypt").is_some();
    let reason = || match memmem::rfind(&bytes, b"%%EOF") {
        _ if encrypted() => "the PDF is encrypted",
        None => "the PDF is cut off",
        Some(_) => "the PDF is damaged",
    };
    let shared: Arc<Vec<u8>> = Arc::clone(&bytes);
    match Pdf::new(shared) {
        Err(LoadPdfError::Decryption(_)) => Err("the PDF is encrypted"),
        Err(LoadPdfError::Invalid) => Err(reason()),
        Ok(pdf) if pdf.pages().is_empty() => Err(reason()),
        Ok(pdf) => Ok(pdf),
    }
}
