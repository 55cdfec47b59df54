//! Showing each sentence once: equal documents and quoted replies.

mod fingerprint;
mod index;
mod quotes;

pub use fingerprint::{fingerprint, fingerprint_text};
pub use index::{QuoteIndex, Quoted};
pub use quotes::quoted_ranges;
