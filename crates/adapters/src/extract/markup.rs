//! A forgiving tokenizer for HTML and XML: it never fails and never loses text. What is not
//! well-formed markup is text.

use mail_parser::decoders::html::add_html_token;
use memchr::{memchr, memchr3, memmem};

/// A piece of marked-up text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text with character references.
    Text(&'a str),
    /// Text as it stands (a CDATA section).
    Literal(&'a str),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag, by name.
    Close(&'a str),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name as written, with its prefix.
    pub(crate) name: &'a str,
    /// Everything behind the name.
    pub(crate) attributes: &'a str,
    /// Whether the tag closes itself (`<br/>`).
    pub(crate) empty: bool,
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// The value of an attribute, decoded; its name is compared without prefix and case.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| {
            let mut out = String::with_capacity(value.len());
            push_decoded(&mut out, value);
            out
        })
    }

    /// The value of an attribute as it stands.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        if self.attributes.len() <= name.len() {
            return None;
        }
        let mut rest = self.attributes;
        while let Some(equals) = memchr(b'=', rest.as_bytes()) {
            let (before, after) = rest.split_at(equals);
            let key = before.trim_end().rsplit(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'').next().unwrap_or_default();
            let (value, next) = value_of(after.get(1..).unwrap_or_default());
            if local(key).eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = next;
        }
        None
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    // Names are short, and looked at more often than anything else.
    let prefix = name.bytes().rposition(|byte| byte == b':').map_or(0, |colon| colon + 1);
    name.get(prefix..).unwrap_or_default()
}

/// The value at the start of `text` (behind the equals sign), and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let quoted = text.strip_prefix('"').map(|t| (t, '"')).or_else(|| text.strip_prefix('\'').map(|t| (t, '\'')));
    match quoted {
        Some((inner, quote)) => inner.split_once(quote).unwrap_or((inner, "")),
        None => text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len())),
    }
}

/// What was found where a declaration could stand.
enum Declaration<'a> {
    None,
    /// One that says nothing to a reader; it is behind us.
    Passed,
    /// One that is text.
    Said(Token<'a>),
}

/// Cuts marked-up text into tokens.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// The iterator behind [`tokens`].
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// Leaves out everything up to and including the closing tag `name`, if there is one.
    pub(crate) fn skip_to_close(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        while let Some(at) = self.rest.get(from..).and_then(|rest| memmem::find(rest.as_bytes(), b"</")) {
            let start = from + at;
            let inside = self.rest.get(start + 2..).unwrap_or_default();
            if inside.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                let (skipped, rest) = self.rest.split_at(start);
                self.rest = memchr(b'>', rest.as_bytes()).and_then(|end| rest.get(end + 1..)).unwrap_or_default();
                return skipped;
            }
            from = start + 2;
        }
        ""
    }

    /// The next tag of one of these names (without prefix), or CDATA section. What lies between
    /// is passed over: in XML no `<` stands for itself in an attribute, so a tag need not be read
    /// to find its end.
    pub(crate) fn next_of(&mut self, names: &[&str]) -> Option<Token<'a>> {
        loop {
            let at = memchr(b'<', self.rest.as_bytes())?;
            self.take(at, 0);
            let bytes = self.rest.as_bytes();
            let inside = match bytes {
                [_, b'!' | b'?', ..] => match self.declaration() {
                    Declaration::Said(token) => return Some(token),
                    Declaration::Passed => continue,
                    Declaration::None => &[],
                },
                [_, b'/', rest @ ..] | [_, rest @ ..] => rest,
                [] => return None,
            };
            let length = inside.iter().position(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t')).unwrap_or(inside.len());
            let name = inside.get(..length).unwrap_or_default();
            let name = name.iter().rposition(|byte| *byte == b':').map_or(name, |colon| name.get(colon + 1..).unwrap_or_default());
            if names.iter().any(|wanted| wanted.as_bytes() == name)
                && let Some(tag) = self.tag()
            {
                return Some(tag);
            }
            self.take(1, 0);
        }
    }

    fn take(&mut self, end: usize, keep: usize) -> &'a str {
        let taken = self.rest.get(..end).unwrap_or(self.rest);
        self.rest = self.rest.get(end + keep..).unwrap_or_default();
        taken
    }

    /// A comment, declaration, processing instruction or CDATA section at the start.
    fn declaration(&mut self) -> Declaration<'a> {
        self.declared().unwrap_or(Declaration::None)
    }

    fn declared(&mut self) -> Option<Declaration<'a>> {
        let bytes = self.rest.as_bytes();
        let (open, close): (&[u8], &[u8]) = match bytes {
            [b'<', b'!', b'-', b'-', b'>', ..] => (b"<!--", b">"),
            [b'<', b'!', b'-', b'-', ..] => (b"<!--", b"-->"),
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => (b"<![CDATA[", b"]]>"),
            [b'<', b'?' | b'!', ..] => (b"<!", b">"),
            _ => return None,
        };
        let Some(at) = memmem::find(bytes.get(open.len()..)?, close) else {
            // Never closed: only the opening is markup, so that nothing behind it is lost.
            self.take(open.len(), 0);
            return Some(Declaration::Passed);
        };
        self.take(open.len(), 0);
        let inside = self.take(at, close.len());
        Some(if open.len() == 9 { Declaration::Said(Token::Literal(inside)) } else { Declaration::Passed })
    }

    /// A tag at the start, or `None` when the `<` is text.
    fn tag(&mut self) -> Option<Token<'a>> {
        let bytes = self.rest.as_bytes();
        let closing = bytes.get(1) == Some(&b'/');
        let from = 1 + usize::from(closing);
        if !bytes.get(from)?.is_ascii_alphabetic() && bytes.get(from) != Some(&b'_') {
            return None;
        }
        let end = tag_end(bytes)?;
        let inside = self.take(end, 1).get(from..)?;
        let empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let (name, attributes) = inside.split_at(inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len()));
        Some(if closing { Token::Close(name) } else { Token::Open(Tag { name, attributes, empty }) })
    }
}

/// Where the tag at the start ends. A `>` inside a quoted attribute value does not count,
/// unless the quote is never closed.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        let mark = *bytes.get(found)?;
        if mark == b'>' {
            return Some(found);
        }
        at = found + 1;
        let before = bytes.get(..found)?.iter().rev().find(|b| !b.is_ascii_whitespace());
        if before == Some(&b'=') {
            match memchr(mark, bytes.get(at..)?) {
                Some(close) => at += close + 1,
                None => return memchr(b'>', bytes),
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let mut text = memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
            if text == 0 {
                match self.declaration() {
                    Declaration::Said(token) => return Some(token),
                    Declaration::Passed => continue,
                    Declaration::None => {}
                }
                if let Some(tag) = self.tag() {
                    return Some(tag);
                }
                text = 1 + memchr(b'<', self.rest.as_bytes().get(1..)?).unwrap_or(self.rest.len() - 1);
            }
            return Some(Token::Text(self.take(text, 0)));
        }
    }
}

/// Appends text with its character references resolved.
pub(crate) fn push_decoded(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let name = after.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let reference = after.get(..name + 2).filter(|r| name > 0 && r.ends_with(';'));
        match reference {
            Some("&apos;") => out.push('\''),
            Some(reference) => add_html_token(out, reference.as_bytes(), false),
            None => out.push('&'),
        }
        rest = after.get(reference.map_or(1, str::len)..).unwrap_or_default();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_markup_and_keeps_what_is_none() {
        let found: Vec<_> = tokens("a < b <p class='x>y'>c</p><![CDATA[<d>]]><!-- e --><br/>f<").collect();
        assert_eq!(
            found,
            [
                Token::Text("a "),
                Token::Text("< b "),
                Token::Open(Tag { name: "p", attributes: " class='x>y'", empty: false }),
                Token::Text("c"),
                Token::Close("p"),
                Token::Literal("<d>"),
                Token::Open(Tag { name: "br", attributes: "", empty: true }),
                Token::Text("f"),
                Token::Text("<"),
            ]
        );
    }

    #[test]
    fn an_unclosed_comment_or_quote_loses_nothing() {
        let text: String = tokens("<!-- never closed Ada <a href=\"x>Grace</a>")
            .filter_map(|t| if let Token::Text(t) = t { Some(t) } else { None })
            .collect();
        assert!(text.contains("Ada") && text.contains("Grace"), "{text}");
    }

    #[test]
    fn attributes_are_found_by_local_name_and_decoded() {
        let Some(Token::Open(tag)) = tokens("<w:ins w:id='1' w:author=\"Ada &amp; Co\" plain=yes>").next() else { panic!("a tag") };
        assert_eq!(tag.attribute("author").as_deref(), Some("Ada & Co"));
        assert_eq!(tag.attribute("plain").as_deref(), Some("yes"));
        assert_eq!(tag.attribute("none"), None);
    }

    #[test]
    fn references_are_resolved() {
        let mut out = String::new();
        push_decoded(&mut out, "Zo&euml; &amp; J&#x6f;s&#233; &apos;AT&T; &unknown; &");
        assert_eq!(out, "Zoë & José 'AT&T; &unknown; &");
    }
}
