//! A stable fingerprint of a document's content.

use crate::document::{Document, DocumentKind};
use crate::fold::Folded;

/// Hexadecimal digits that are equal for documents of one kind with the same folded text and the same look: of two photographs with one
/// caption each is its own.
/// Stable over runs and versions of the program; not a cryptographic hash: it only groups duplicates.
pub fn fingerprint(doc: &Document) -> String {
    fingerprint_text(doc.kind, &doc.text) + &doc.look
}

/// [`fingerprint`] of a text: 32 digits.
pub fn fingerprint_text(kind: DocumentKind, text: &str) -> String {
    let folded = Folded::new(text);
    let tag = match kind {
        DocumentKind::Mail => "mail",
        DocumentKind::Text => "text",
        DocumentKind::Html => "html",
        DocumentKind::Word => "word",
        DocumentKind::Sheet => "sheet",
        DocumentKind::Slides => "slides",
        DocumentKind::Pdf => "pdf",
    };
    format!("{:032x}", fnv(tag.bytes().chain([0]).chain(folded.text.trim().bytes())))
}

/// FNV-1a with 128 bits.
fn fnv(bytes: impl Iterator<Item = u8>) -> u128 {
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, b| {
        (hash ^ u128::from(b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_values_of_the_hash_hold() {
        assert_eq!(format!("{:032x}", fnv("a".bytes())), "d228cb696f1a8caf78912b704e4a8964");
        assert_eq!(format!("{:032x}", fnv("foobar".bytes())), "343e1662793c64bf6f0d3597ba446f18");
    }

    #[test]
    fn spacing_and_case_do_not_matter_but_words_and_kind_do() {
        let of = |t| fingerprint_text(DocumentKind::Mail, t);
        assert_eq!(of("Dear Amelia,\r\n\r\n see you"), of("dear  amelia,\nsee you\n"));
        assert_ne!(of("see you"), of("see them"));
        assert_ne!(of("see you"), fingerprint_text(DocumentKind::Text, "see you"));
    }

    #[test]
    fn what_looks_different_is_no_duplicate() {
        let of = |look: &str| fingerprint(&Document { look: look.to_owned(), ..Document::of(DocumentKind::Text, "", "Author: Ada") });
        assert_eq!(of("1a"), of("1a"));
        assert!(of("1a") != of("1b") && of("1a") != of(""));
    }
}
