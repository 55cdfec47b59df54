//! Web pages and HTML mail: the text as a reader sees it, with breaks where blocks end.

use std::borrow::Cow;

use finder::document::DocumentKind;
use mail_parser::decoders::base64::base64_decode;
use memchr::memmem;

use crate::extract::charset::unicode;
use crate::extract::drawing;
use crate::extract::markup::{Tag, Token, local, push_decoded, tokens};
use crate::extract::pages::undeclared;
use crate::extract::sights::What;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing, one_line};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let source = decoded(item.bytes);
    page(taking, item, &source);
    Ok(())
}

/// Takes a page that is already decoded.
pub(super) fn page(taking: &mut Taking<'_>, item: Item<'_>, source: &str) {
    let mut facts = Facts::default();
    let text = to_text(source, &mut facts);
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    let title = facts.first("Title").to_owned();
    writing.metadata(&facts);
    taking.document(About { kind: DocumentKind::Html, title, date: None }, item, writing);
    pictures(taking, &facts);
}

/// Notes the pictures that stand in a page itself, for the document that was taken last. Spacers and icons show nothing.
pub(super) fn pictures(taking: &mut Taking<'_>, facts: &Facts) {
    for picture in &facts.pictures {
        if drawing::what(picture) != What::Small {
            taking.seen("picture", drawing::inside(picture), usize::MAX, drawing::print(picture, 0), || drawing::picture(picture));
        }
    }
}

/// The picture in an address that holds it: `data:image/png;base64,...`.
fn in_address(source: &str) -> Option<Vec<u8>> {
    let (kind, coded) = source.trim_start().split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    let coded = coded.as_bytes();
    (kind.starts_with("data:image/") && kind.ends_with(";base64")).then(|| base64_decode(coded)).flatten().filter(|bytes| !bytes.is_empty())
}

/// A page in the character set it declares, unless it is plainly in another.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match unicode(bytes) {
        Some(text) => text,
        None => declared_charset(bytes).map_or_else(|| undeclared(bytes), |decode| Cow::Owned(decode(bytes))),
    }
}

/// The character set that a page declares near its beginning.
fn declared_charset(bytes: &[u8]) -> Option<fn(&[u8]) -> String> {
    let head = bytes.get(..bytes.len().min(64 << 10))?;
    let declared = |mark: &[u8], tag: &[u8]| {
        memmem::find_iter(head, mark).find_map(|at| {
            let inside = head.get(..at)?.iter().rposition(|byte| *byte == b'<')?;
            head.get(inside..inside + tag.len()).filter(|start| start.eq_ignore_ascii_case(tag))?;
            let value = head.get(at + mark.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_'))?;
            mail_parser::decoders::charsets::map::charset_decoder(value.get(..end)?)
        })
    };
    declared(b"charset", b"<meta").or_else(|| declared(b"CHARSET", b"<meta")).or_else(|| declared(b"encoding", b"<?xml"))
}

/// What a tag does to the flow of the text.
enum Flow {
    Inline,
    /// Ends the line.
    Block,
    /// A cell of a table row.
    Cell,
    /// Content that is not shown.
    Hidden,
}

fn flow(name: &str) -> Flow {
    let mut lower = [0_u8; 10];
    let Some(slot) = lower.get_mut(..name.len()) else { return Flow::Inline };
    slot.copy_from_slice(name.as_bytes());
    slot.make_ascii_lowercase();
    match &*slot {
        b"p" | b"div" | b"br" | b"tr" | b"table" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"h1" | b"h2" | b"h3" | b"h4"
        | b"h5" | b"h6" | b"hr" | b"blockquote" | b"pre" | b"section" | b"article" | b"header" | b"footer" | b"form" | b"fieldset"
        | b"body" | b"address" | b"center" | b"nav" | b"main" | b"figure" | b"option" | b"caption" | b"thead" | b"tbody" | b"aside" => {
            Flow::Block
        }
        b"td" | b"th" => Flow::Cell,
        b"script" | b"style" | b"template" | b"title" => Flow::Hidden,
        _ => Flow::Inline,
    }
}

/// The text of a page. Title, author, description and addresses behind links go to `facts`.
pub(super) fn to_text(source: &str, facts: &mut Facts) -> String {
    inner(source, facts, 0)
}

/// The same of a page that stands `within` so many others.
fn inner(source: &str, facts: &mut Facts, within: usize) -> String {
    let mut page = Page { out: String::with_capacity(source.len() / 2), quote: 0, pre: 0, space: false, within };
    let mut tokens = tokens(source);
    let mut decoded = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) if memchr::memchr(b'&', text.as_bytes()).is_some() => {
                decoded.clear();
                push_decoded(&mut decoded, text);
                page.text(&decoded);
            }
            Token::Text(text) | Token::Literal(text) => page.text(text),
            Token::Open(tag) => match flow(tag.name) {
                Flow::Hidden => {
                    let inside = if tag.empty { "" } else { tokens.skip_to_close(tag.name) };
                    if tag.name.eq_ignore_ascii_case("title") {
                        decoded.clear();
                        push_decoded(&mut decoded, inside);
                        facts.add("Title", &decoded);
                    }
                }
                flow => page.open(flow, &tag, facts),
            },
            Token::Close(name) => page.close(name),
        }
    }
    page.out
}

/// The text under construction.
struct Page {
    out: String,
    /// How many quotations the text stands in; each line is marked `> ` that often.
    quote: usize,
    pre: usize,
    /// White space was met since the last word.
    space: bool,
    /// How many pages it stands in.
    within: usize,
}

impl Page {
    fn open(&mut self, flow: Flow, tag: &Tag<'_>, facts: &mut Facts) {
        let name = local(tag.name);
        match flow {
            Flow::Block => {
                self.line();
                self.pre += usize::from(name.eq_ignore_ascii_case("pre"));
                if name.eq_ignore_ascii_case("blockquote") {
                    self.quote = (self.quote + 1).min(20);
                }
            }
            Flow::Cell => self.space = true,
            Flow::Inline | Flow::Hidden => self.inline(name, tag, facts),
        }
    }

    fn inline(&mut self, name: &str, tag: &Tag<'_>, facts: &mut Facts) {
        if name.eq_ignore_ascii_case("img") || name.eq_ignore_ascii_case("area") {
            self.said(tag.attribute("alt"));
            facts.pictures.extend(tag.attribute("src").and_then(|source| in_address(&source)));
        } else if name.eq_ignore_ascii_case("a") {
            if let Some(link) = tag.attribute("href").filter(|link| is_address(link)) {
                facts.add("Link", &link);
            }
        } else if name.eq_ignore_ascii_case("iframe") {
            if let Some(page) = tag.attribute("srcdoc").filter(|_| self.within < 2) {
                let inside = inner(&page, facts, self.within + 1);
                self.line();
                self.out.push_str(&inside);
                self.line();
            }
        } else if name.eq_ignore_ascii_case("input") {
            self.said(tag.attribute("value"));
        } else if name.eq_ignore_ascii_case("meta") {
            meta(tag, facts);
            return;
        }
        if memchr::memmem::find(tag.attributes.as_bytes(), b"title").is_some() {
            self.said(tag.attribute("title"));
        }
    }

    /// Text that stands in an attribute.
    fn said(&mut self, text: Option<String>) {
        if let Some(text) = text.map(|t| one_line(&t)).filter(|t| !t.is_empty()) {
            self.space = true;
            self.text(&format!("[{text}]"));
            self.space = true;
        }
    }

    fn close(&mut self, name: &str) {
        match flow(name) {
            Flow::Block => {
                self.line();
                if name.eq_ignore_ascii_case("blockquote") {
                    self.quote = self.quote.saturating_sub(1);
                } else if name.eq_ignore_ascii_case("pre") {
                    self.pre = self.pre.saturating_sub(1);
                } else if name.eq_ignore_ascii_case("p") && !self.out.is_empty() && !self.out.ends_with("\n\n") {
                    self.out.push('\n');
                }
            }
            Flow::Cell => self.space = true,
            Flow::Inline | Flow::Hidden => {}
        }
    }

    /// Ends the line, unless it is empty.
    fn line(&mut self) {
        self.space = false;
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.out.push('\n');
                }
                self.start();
                self.out.push_str(line.trim_end_matches('\r'));
            }
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(is_gap).unwrap_or(rest.len());
            if word > 0 {
                self.start();
                if self.space && !self.out.ends_with('\n') && !self.out.is_empty() && !self.out.ends_with("> ") {
                    self.out.push(' ');
                }
                self.space = false;
                self.out.push_str(rest.get(..word).unwrap_or_default());
            }
            let Some(gap) = rest.get(word..).and_then(|r| r.chars().next()) else { break };
            self.space |= !is_invisible(gap);
            rest = rest.get(word + gap.len_utf8()..).unwrap_or_default();
        }
    }

    fn start(&mut self) {
        if self.quote > 0 && (self.out.is_empty() || self.out.ends_with('\n')) {
            for _ in 0..self.quote {
                self.out.push('>');
            }
            self.out.push(' ');
        }
    }
}

/// White space, and characters that are not shown at all and would split a word.
fn is_gap(c: char) -> bool {
    c <= ' ' || (c > '\x7F' && (c == '\u{A0}' || is_invisible(c)))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{34F}')
}

fn is_address(link: &str) -> bool {
    let start = link.trim_start().as_bytes();
    [&b"mailto:"[..], b"tel:", b"sms:", b"callto:"]
        .iter()
        .any(|scheme| start.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
}

fn meta(tag: &Tag<'_>, facts: &mut Facts) {
    let name = tag.attribute("name").or_else(|| tag.attribute("property")).unwrap_or_default();
    let label = match name.to_ascii_lowercase().as_str() {
        "author" | "dc.creator" | "article:author" => "Author",
        "description" | "og:description" => "Description",
        "keywords" => "Keywords",
        "dc.title" | "og:title" => "Title",
        _ => return,
    };
    facts.add(label, &tag.attribute("content").unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::inprocess::taken;

    fn text(html: &str) -> String {
        to_text(html, &mut Facts::default())
    }

    #[test]
    fn blocks_break_lines_and_words_stay_whole() {
        assert_eq!(text("<p>Dear <b>A</b>da,</p><div>your\n  file</div>x<br>y"), "Dear Ada,\n\nyour file\nx\ny");
        assert_eq!(text("<table><tr><td>Ada</td><td>12 April</td></tr><tr><td>b</td></tr></table>"), "Ada 12 April\nb\n");
        assert_eq!(text("Ada&nbsp;Exam&shy;ple"), "Ada Example");
    }

    #[test]
    fn scripts_go_and_quotations_are_marked() {
        assert_eq!(text("a<script>var x='<p>';</script><style>p{}</style>b"), "ab");
        assert_eq!(text("new<blockquote>old<blockquote>older</blockquote></blockquote>end"), "new\n> old\n>> older\nend");
    }

    #[test]
    fn hidden_words_are_found() {
        let page = taken("x.html", b"<html><head><title>File of Ada</title><meta name=author content='Grace Example'></head><body><img alt='Zoe'><a href='mailto:ada@example.org'>mail</a></body>");
        let document = &page.documents[0];
        assert_eq!(document.title, "File of Ada");
        for word in ["File of Ada", "Grace Example", "[Zoe]", "ada@example.org", "mail"] {
            assert!(document.text.contains(word), "{word}: {}", document.text);
        }
    }

    #[test]
    fn pictures_in_addresses_are_noted_and_spacers_are_not() {
        use base64::Engine as _;
        let page = |width| {
            let coded = base64::engine::general_purpose::STANDARD.encode(testkit::write::png::png(width, 120));
            format!("<p>Dear Ada</p><img src='DATA:image/png;BASE64,{coded}'>")
        };
        let held = |bytes: &[u8], name: &str| taken(name, bytes).unreadable.iter().any(|one| one.reason == crate::extract::HOLDS_PICTURES);
        assert!(held(page(120).as_bytes(), "x.html"));
        assert!(!held(page(3).as_bytes(), "x.html"));
        let mail = format!("From: a@b.example\r\nSubject: s\r\nContent-Type: text/html\r\n\r\n{}", page(120));
        assert!(held(mail.as_bytes(), "x.eml"));
        assert_eq!(in_address("data:image/png,plain"), None);
        assert_eq!(in_address("data:image/png;base64"), None);
        assert_eq!(in_address("https://a.example/b,c"), None);
    }

    #[test]
    fn a_declared_charset_is_used() {
        let page = taken("x.html", b"<meta charset=iso-8859-5>\xbf\xe0\xd8\xd2\xd5\xe2");
        assert!(page.documents[0].text.contains("Привет"));
        let late = [
            &b"<!-- charset=none -->"[..],
            &b" ".repeat(5_000),
            b"<META content='text/html; CHARSET = iso-8859-5'>\xbf\xe0\xd8\xd2\xd5\xe2",
        ]
        .concat();
        assert!(taken("x.html", &late).documents[0].text.contains("Привет"));
        let prolog = taken("x.html", b"<?xml version='1.0' encoding='koi8-r'?><html>\xf0\xf2\xe9\xf7\xe5\xf4</html>");
        assert!(prolog.documents[0].text.contains("ПРИВЕТ"));
        let silent = taken("x.html", b"<html><p>\x8eR\x93c\x91\xbe\x98Y</p></html>");
        assert!(silent.documents[0].text.contains("山田太郎"));
    }

    #[test]
    fn a_page_in_an_attribute_is_read() {
        assert_eq!(text("a<iframe srcdoc='<p>Ada &amp;amp; Co</p>'></iframe>b"), "a\nAda & Co\n\nb");
    }
}
