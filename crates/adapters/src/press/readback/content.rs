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
    /// Codes for which no character is known.
    pub(super) unknown: usize,
}

/// Reads a content stream with the fonts of its resources. A font that is not among them
/// is read with `otherwise`.
pub(super) fn shown(stream: &[u8], fonts: &ByName, otherwise: Option<&Arc<Decoder>>) -> Shown {
    let mut out = Shown::default();
    let mut font: Option<&Arc<Decoder>> = otherwise;
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut name: &[u8] = b"";
    let mut lexer = Lexer::new(stream);
    while let Some(token) = lexer.next() {
        match token {
            Token::Text(text) => strings.push(text),
            Token::Name(found) => name = found,
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
                    _ if is_operand(word) => continue,
                    _ => out.aside.extend(strings.iter().map(|text| text_string(text)).filter(|text| !text.is_empty())),
                }
                strings.clear();
            }
        }
    }
    out
}

impl Shown {
    fn draw(&mut self, font: Option<&Arc<Decoder>>, strings: &[Vec<u8>]) {
        for codes in strings.iter().filter(|codes| !codes.is_empty()) {
            self.drawn += 1;
            match font {
                Some(font) => self.unknown += font.decode(codes, &mut self.text),
                None => self.unknown += codes.len(),
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
