//! Rich text (RTF): the text, and the author from its properties.

use finder::document::DocumentKind;

use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut facts = Facts::default();
    let (text, pictures) = strip(item.bytes, &mut facts);
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Word, title, date: None }, item, writing);
    if pictures {
        taking.unreadable(crate::extract::HOLDS_PICTURES);
    }
    Ok(())
}

/// What a group of the document is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Text,
    Fact(&'static str),
    Nothing,
}

#[derive(Clone, Copy)]
struct Group {
    what: Use,
    /// Plain characters that follow a Unicode one, for old programs.
    spare: usize,
}

struct Stripper<'f> {
    out: String,
    fact: String,
    facts: &'f mut Facts,
    stack: Vec<Group>,
    now: Group,
    skip: usize,
    /// Bytes of a run in the code page, not yet decoded.
    run: Vec<u8>,
    decode: fn(&[u8]) -> String,
    high: Option<u16>,
    pictures: bool,
}

/// The text of a rich text file, and whether pictures are in it.
pub(super) fn strip(bytes: &[u8], facts: &mut Facts) -> (String, bool) {
    let mut stripper = Stripper {
        out: String::with_capacity(bytes.len() / 2),
        fact: String::new(),
        facts,
        stack: Vec::new(),
        now: Group { what: Use::Text, spare: 1 },
        skip: 0,
        run: Vec::new(),
        decode: western,
        high: None,
        pictures: false,
    };
    stripper.walk(bytes);
    (stripper.out, stripper.pictures)
}

/// The code page of most documents.
fn western(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

impl Stripper<'_> {
    fn walk(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let [first, tail @ ..] = rest {
            rest = tail;
            match first {
                b'{' => {
                    self.flush();
                    self.stack.push(self.now);
                }
                b'}' => self.end_group(),
                b'\\' => rest = self.control(rest),
                b'\r' | b'\n' => {}
                byte => self.byte(*byte),
            }
        }
        self.flush();
    }

    fn end_group(&mut self) {
        self.flush();
        let outer = self.stack.pop().unwrap_or(Group { what: Use::Text, spare: 1 });
        if let Use::Fact(label) = self.now.what
            && outer.what != self.now.what
        {
            self.facts.add(label, &std::mem::take(&mut self.fact));
        }
        self.now = outer;
    }

    fn control<'b>(&mut self, rest: &'b [u8]) -> &'b [u8] {
        let [first, tail @ ..] = rest else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(*first, tail);
        }
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count().min(32);
        let (word, after) = rest.split_at(letters);
        let digits = after.iter().enumerate().take_while(|(i, b)| b.is_ascii_digit() || (*i == 0 && **b == b'-')).count().min(11);
        let (number, after) = after.split_at(digits);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse::<i64>().ok());
        let after = after.strip_prefix(b" ").unwrap_or(after);
        if word == b"bin" {
            return after.get(usize::try_from(number.unwrap_or(0)).unwrap_or(0)..).unwrap_or_default();
        }
        self.word(word, number);
        after
    }

    fn symbol<'b>(&mut self, symbol: u8, tail: &'b [u8]) -> &'b [u8] {
        match symbol {
            b'\'' => {
                let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if let Some(byte) = code {
                    self.byte(byte);
                }
                return tail.get(2..).unwrap_or_default();
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\n' | b'\r' => self.put('\n'),
            // A group that programs may ignore when they do not know it.
            b'*' if !tail.starts_with(b"\\annotation") && !tail.starts_with(b"\\atn") => self.now.what = Use::Nothing,
            _ => {}
        }
        tail
    }

    fn word(&mut self, word: &[u8], number: Option<i64>) {
        match word {
            b"par" | b"line" | b"row" | b"page" | b"sect" => self.put('\n'),
            b"tab" => self.put('\t'),
            b"cell" | b"nestcell" => " | ".chars().for_each(|c| self.put(c)),
            b"emdash" | b"endash" => self.put('-'),
            b"lquote" | b"rquote" => self.put('\''),
            b"ldblquote" | b"rdblquote" => self.put('"'),
            b"uc" => self.now.spare = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"ansicpg" => {
                let page = format!("windows-{}", number.unwrap_or(1252));
                if let Some(decode) = mail_parser::decoders::charsets::map::charset_decoder(page.as_bytes()) {
                    self.decode = decode;
                }
            }
            b"pict" | b"objdata" => {
                self.pictures |= word == b"pict";
                self.now.what = Use::Nothing;
            }
            b"fonttbl" | b"colortbl" | b"stylesheet" | b"listtable" | b"themedata" | b"generator" | b"info" | b"xmlnstbl" => {
                self.now.what = Use::Nothing;
            }
            b"title" => self.now.what = Use::Fact("Title"),
            b"author" | b"operator" | b"manager" | b"company" if self.now.what == Use::Nothing => self.now.what = Use::Fact("Author"),
            b"subject" | b"keywords" | b"doccomm" if self.now.what == Use::Nothing => self.now.what = Use::Fact("Subject"),
            _ => {}
        }
    }

    /// A UTF-16 unit; the spare characters behind it are left out.
    fn unicode(&mut self, number: i64) {
        let unit = number as u16;
        self.skip = 0;
        match char::decode_utf16(self.high.take().into_iter().chain([unit])).next() {
            Some(Ok(c)) => self.put(c),
            _ => self.high = Some(unit),
        }
        self.skip = self.now.spare;
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.now.what != Use::Nothing {
            self.run.push(byte);
        }
    }

    fn put(&mut self, c: char) {
        self.flush();
        match self.now.what {
            Use::Text => self.out.push(c),
            Use::Fact(_) => self.fact.push(c),
            Use::Nothing => {}
        }
    }

    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let text = (self.decode)(&self.run);
        self.run.clear();
        match self.now.what {
            Use::Text => self.out.push_str(&text),
            Use::Fact(_) => self.fact.push_str(&text),
            Use::Nothing => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    #[test]
    fn text_accents_and_author() {
        let rtf =
            br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\author Grace Example}}Dear Zo\'eb,\par Jos\u233? wrote {\b to} you\cell 7\row}";
        let found = taken("x.rtf", rtf);
        let text = &found.documents[0].text;
        assert!(text.starts_with("Dear Zoë,\nJosé wrote to you | 7"), "{text}");
        assert!(text.contains("Author: Grace Example") && !text.contains("Arial"), "{text}");
    }
}
