//! The ways in which a person is named and the ways in which an item travels.

use super::carriers::Carrier;
use crate::expectation::Band;

/// One way: how the person is named, how the item travels, how sure a search should be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) how: &'static str,
    pub(super) band: Band,
    pub(super) carrier: Carrier,
    /// The slot that names the person.
    pub(super) mention: &'static str,
    /// Which sentences fit: `name` or `contact`.
    pub(super) kind: &'static str,
}

const fn way(how: &'static str, band: Band, carrier: Carrier, mention: &'static str, kind: &'static str) -> Way {
    Way { how, band, carrier, mention, kind }
}

use Band::{Certain, Likely};

/// Every way that is planted.
pub(super) const WAYS: &[Way] = &[
    way("full name", Certain, Carrier::Plain, "{me}", "name"),
    way("full name with the middle name", Certain, Carrier::Plain, "{me.full}", "name"),
    way("surname first", Certain, Carrier::Plain, "{me.reversed}", "name"),
    way("initials with stops", Likely, Carrier::Plain, "{me.initials}", "name"),
    way("initials, quoted-printable", Likely, Carrier::QuotedPrintable, "{me.initials}", "name"),
    way("nickname", Likely, Carrier::Plain, "{me.short}", "name"),
    way("nickname, base64", Likely, Carrier::Base64, "{me.short}", "name"),
    way("e-mail only", Certain, Carrier::Plain, "{me.email}", "contact"),
    way("e-mail only, HTML", Certain, Carrier::Html, "{me.email}", "contact"),
    way("phone only", Certain, Carrier::Plain, "{me.phone}", "contact"),
    way("phone only, base64", Certain, Carrier::Base64, "{me.phone}", "contact"),
    way("copy only", Certain, Carrier::CopyOnly, "the person copied in", "name"),
    way("DOCX attachment", Certain, Carrier::Docx, "{me}", "name"),
    way("PDF attachment", Certain, Carrier::Pdf, "{me}", "name"),
    way("surname first, in an XLSX attachment", Certain, Carrier::Xlsx, "{me.reversed}", "name"),
    way("e-mail only, in a CSV attachment", Certain, Carrier::Csv, "{me.email}", "contact"),
    way("nickname, in a PDF attachment", Likely, Carrier::Pdf, "{me.short}", "name"),
    way("phone only, in a DOCX attachment", Certain, Carrier::Docx, "{me.phone}", "contact"),
    way("forwarded in the text", Certain, Carrier::ForwardedText, "{me}", "name"),
    way("forwarded as a message", Certain, Carrier::ForwardedMessage, "{me}", "name"),
    way("initials, forwarded as a message", Likely, Carrier::ForwardedMessage, "{me.initials}", "name"),
    way("base64", Certain, Carrier::Base64, "{me}", "name"),
    way("quoted-printable", Certain, Carrier::QuotedPrintable, "{me}", "name"),
    way("windows-1252", Certain, Carrier::Windows1252, "{me}", "name"),
    way("HTML alone", Certain, Carrier::Html, "{me}", "name"),
    way("in an mbox", Certain, Carrier::Mbox, "{me}", "name"),
    way("nickname, in an mbox", Likely, Carrier::Mbox, "{me.short}", "name"),
    way("DOCX in a folder", Certain, Carrier::Folder, "{me}", "name"),
    way("message in a zip", Certain, Carrier::Zip, "{me}", "name"),
];

/// A telephone number the way somebody else writes it; anything else unchanged.
pub(super) fn rewrite(contact: &str, turn: usize) -> String {
    if contact.contains('@') {
        return if turn % 2 == 1 { contact.to_ascii_uppercase() } else { contact.to_owned() };
    }
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("44").unwrap_or_else(|| digits.strip_prefix('0').unwrap_or(&digits));
    let (area, rest) = national.split_at(national.len().min(4));
    let (middle, last) = rest.split_at(rest.len().min(3));
    if turn % 2 == 1 { format!("+44 {area} {middle}{last}") } else { format!("0{area} {middle} {last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_change_their_spelling_and_stay_the_same_number() {
        assert_eq!(rewrite("07700900123", 0), "07700 900 123");
        assert_eq!(rewrite("+44 7700 900123", 0), "07700 900 123");
        assert_eq!(rewrite("07700 900123", 1), "+44 7700 900123");
        assert_eq!(rewrite("a@b.example", 1), "A@B.EXAMPLE");
    }
}
