//! The text of a content stream, in the order it is drawn: shown strings and the texts
//! that marked content carries (`ActualText`, `Alt`), whether or not they can be seen.

use std::sync::Arc;

use super::fonts::{ByName, Decoder};
use super::lexer::{Lexer, Token, text_string};

/// What a content stream holds.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The shown strings; a new line where the stream moves on.
    pub(super) text: String,
    /// Texts of marked content and of stray strings.
    pub(super) aside: Vec<String>,
    /// Strings drawn that hold at least one code.
    pub(super) drawn: usize,
    /// Codes for which no character is known, and no text is given in their place.
    pub(super) unknown: usize,
    /// Of each part of marked content that is open, whether a text is given in place of what it draws (`ActualText`): letters of some
    /// scripts are drawn in another order than they are written, and single codes then stand for nothing.
    replaced: Vec<bool>,
}

/// Reads a content stream with the fonts of its resources. A font that is not among them
/// is read with `otherwise`.
pub(super) fn shown(stream: &[u8], fonts: &ByName, otherwise: Option<&Arc<Decoder>>) -> Shown {
    let mut out = Shown::default();
    let mut font: Option<&Arc<Decoder>> = otherwise;
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut name: &[u8] = b"";
    let mut replaced = false;
    let mut lexer = Lexer::new(stream);
    while let Some(token) = lexer.next() {
        match token {
            Token::Text(text) => strings.push(text),
            Token::Name(found) => {
                name = found;
                replaced |= found == b"ActualText";
            }
            Token::Mark(_) => {}
            Token::Word(word) => {
                match word {
                    b"Tf" => font = fonts.get(name).or(otherwise),
                    b"Tj" | b"TJ" => out.draw(font, &strings),
                    b"'" | b"\"" => {
                        out.text.push('\n');
                        out.draw(font, &strings);
                    }
                    b"Td" | b"TD" | b"Tm" | b"T*" | b"BT" => out.new_line(),
                    b"ID" => lexer.skip_image(),
                    b"EMC" => out.replaced.truncate(out.replaced.len().saturating_sub(1)),
                    _ if is_operand(word) => continue,
                    b"BMC" | b"BDC" => {
                        // A text in place of letters must be one that can be looked at.
                        out.replaced.push(replaced && strings.iter().any(|text| !text_string(text).is_empty()));
                        out.beside(&strings);
                    }
                    _ => out.beside(&strings),
                }
                replaced = false;
                strings.clear();
            }
        }
    }
    out
}

impl Shown {
    fn beside(&mut self, strings: &[Vec<u8>]) {
        self.aside.extend(strings.iter().map(|text| text_string(text)).filter(|text| !text.is_empty()));
    }

    fn draw(&mut self, font: Option<&Arc<Decoder>>, strings: &[Vec<u8>]) {
        for codes in strings.iter().filter(|codes| !codes.is_empty()) {
            self.drawn += 1;
            let unknown = match font {
                Some(font) => font.decode(codes, &mut self.text),
                None => codes.len(),
            };
            if !self.replaced.contains(&true) {
                self.unknown += unknown;
            }
        }
    }

    fn new_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

fn is_operand(word: &[u8]) -> bool {
    matches!(word, b"true" | b"false" | b"null") || word.first().is_some_and(|byte| byte.is_ascii_digit() || b"+-.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_for_which_a_text_is_given_are_known() {
        let read = |stream: &str| {
            let shown = shown(stream.as_bytes(), &ByName::default(), None);
            (shown.unknown, shown.aside)
        };
        assert_eq!(read("/Span <</ActualText (given)>> BDC (x) Tj EMC"), (0, vec!["given".to_owned()]));
        assert_eq!(read("/Span <</ActualText (given)>> BDC EMC (xy) Tj").0, 2, "outside");
        assert_eq!(read("/Span <</ActualText ()>> BDC (xy) Tj EMC").0, 2, "nothing is given");
        assert_eq!(read("/Span <</Alt (given)>> BDC (xy) Tj EMC").0, 2, "said beside, not in its place");
        assert_eq!(read("/Span <</ActualText (given)>> BDC /P BMC (xy) Tj EMC (z) Tj EMC (w) Tj").0, 1);
    }
}
