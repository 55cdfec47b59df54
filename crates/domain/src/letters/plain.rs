//! A letter as plain text, for a screen reader, a braille display, a mail.

use super::Letter;
use crate::documents::{blocks, titled, wrapped};

/// The letter as plain text with lines of at most 72 characters (a longer word stays whole).
pub fn plain(letter: &Letter) -> String {
    let mut out = String::new();
    for lines in [&letter.sender, &letter.addressee] {
        for line in lines {
            wrapped(&mut out, line, "", "  ");
        }
        out.push('\n');
    }
    wrapped(&mut out, &letter.date, "", "");
    wrapped(&mut out, &format!("Our reference {}", letter.reference), "", "");
    out.push('\n');
    wrapped(&mut out, &format!("{},", letter.salutation), "", "");
    out.push('\n');
    titled(&mut out, &letter.title, '=');
    blocks(&mut out, &letter.blocks, letter.audience);
    out.push('\n');
    wrapped(&mut out, &format!("{},", letter.closing), "", "");
    out.push('\n');
    letter.signatory.iter().for_each(|line| wrapped(&mut out, line, "", "  "));
    out
}
