//! XML that is a document by itself: Word and Excel of 2003, flat OpenDocument, electronic books, drawings, exports of
//! any program. The text of its elements; of exports the attributes too; files that stand in it in base64.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::Encoding;
use finder::document::{DocumentKind, PartKind};

use super::office::{decoded, end_line};
use crate::extract::charset::lenient;
use crate::extract::markup::{Tag, Token, local, push_decoded, tokens};
use crate::extract::pages::undeclared;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

/// Base64 as programs write it, with or without its end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
);
/// Roots of documents whose attributes say how they look.
const DOCUMENTS: &[&str] = &["wordDocument", "package", "document", "FictionBook", "svg", "Workbook", "html", "FixedPage", "PageContents"];
/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "t",
    "r",
    "span",
    "tspan",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "emphasis",
    "style",
    "font",
    "sub",
    "sup",
    "small",
    "big",
    "s",
    "smartTag",
    "proofErr",
    "bookmark-start",
    "bookmark-end",
    "bookmarkStart",
    "bookmarkEnd",
    "annotation",
    "rPr",
    "hlink",
    "fldSimple",
    "code",
    "Font",
    "B",
    "I",
    "U",
    "Data",
    "softHyphen",
    "noBreakHyphen",
    "lang",
];
/// Elements that hold a file.
const FILES: &[&str] = &["binData", "binary-data", "binary", "binaryData"];

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let text = text_of(item.bytes);
    let mut story = Story::default();
    story.read(&text);
    let mut writing = Writing::sized(story.out.len());
    writing.part(PartKind::Body, |out| out.push_str(story.out.trim_start()));
    writing.part(PartKind::Metadata, |out| remarks(&text, out));
    writing.metadata(&story.facts);
    let kind = if story.is_sheet { DocumentKind::Sheet } else { DocumentKind::Text };
    taking.document(About { kind, title: String::new(), date: None }, item, writing);
    for (number, (name, code)) in story.files.into_iter().enumerate() {
        let code: Vec<u8> = code.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        match BASE64.decode(&code) {
            Ok(bytes) => {
                taking.count(bytes.len())?;
                taking.child(number + 1, Item { name: &name, bytes: &bytes });
            }
            Err(_) => taking.unreadable_child(number + 1, &name, "is damaged or cut off"),
        }
    }
    Ok(())
}

/// What was written for those who read the source, a line each.
fn remarks(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("<!--") {
        let (remark, behind) = after.split_once("-->").unwrap_or((after, ""));
        if !remark.trim().is_empty() {
            out.extend([remark.trim(), "\n"]);
        }
        rest = behind;
    }
}

/// Decodes it as it declares; what declares nothing, or what cannot be, as it looks.
fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let declared = memchr::memmem::find(head, b"encoding=").and_then(|at| head.get(at + 10..)).and_then(|rest| {
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
        Encoding::for_label(rest.get(..end)?)
    });
    match declared {
        Some(encoding) if encoding.is_ascii_compatible() && Encoding::for_bom(bytes).is_none() => {
            if std::str::from_utf8(bytes).is_ok() {
                lenient(bytes)
            } else {
                encoding.decode_without_bom_handling(bytes).0
            }
        }
        _ => undeclared(bytes),
    }
}

#[derive(Default)]
struct Story<'t> {
    out: String,
    facts: Facts,
    files: Vec<(String, &'t str)>,
    root: Option<&'t str>,
    is_sheet: bool,
    /// What comes before the next text.
    gap: &'static str,
}

impl<'t> Story<'t> {
    fn read(&mut self, text: &'t str) {
        let mut rest = tokens(text);
        while let Some(token) = rest.next() {
            match token {
                Token::Open(tag) if FILES.contains(&tag.local()) && !tag.empty => {
                    let name = tag.attribute("id").or_else(|| tag.attribute("name")).unwrap_or_default();
                    self.files.push((name, rest.skip_to_close(tag.name)));
                }
                Token::Open(tag) if self.root == Some("svg") && matches!(tag.local(), "style" | "script") && !tag.empty => {
                    rest.skip_to_close(tag.name);
                }
                Token::Open(tag) => self.open(&tag),
                Token::Close(name) => self.close(local(name)),
                Token::Text(text) => self.say(text, false),
                Token::Literal(text) => self.say(text, true),
            }
        }
        end_line(&mut self.out);
    }

    fn open(&mut self, tag: &Tag<'t>) {
        let name = tag.local();
        if self.root.is_none() {
            (self.root, self.is_sheet) = (Some(name), name == "Workbook");
        }
        match name {
            "tab" => self.out.push('\t'),
            "br" | "line-break" => self.out.push('\n'),
            "s" if tag.empty => self.out.push(' '),
            _ if INLINE.contains(&name) => {}
            // What begins within a row stands beside what ended.
            _ if self.gap == " | " => {}
            _ => self.gap = "\n",
        }
        for label in ["author", "creator"] {
            self.facts.add("Changed by", &tag.attribute(label).unwrap_or_default());
        }
        for label in ["href", "UnicodeString"] {
            let value = tag.attribute(label).filter(|value| !value.starts_with('#'));
            self.facts.add(if label == "href" { "Link" } else { "Text" }, &value.unwrap_or_default());
        }
        if name == "Worksheet" {
            self.line("Sheet", &tag.attribute("Name").unwrap_or_default());
        }
        if !self.root.is_some_and(|root| DOCUMENTS.contains(&root)) {
            self.attributes(tag);
        }
    }

    /// What attributes say: a line each.
    fn attributes(&mut self, tag: &Tag<'t>) {
        let mut rest = tag.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let name = before.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
            let after = after.trim_start();
            let Some(quote) = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return };
            let (value, next) = after.get(1..).and_then(|inner| inner.split_once(quote)).unwrap_or_default();
            if !name.starts_with("xmlns") && !name.starts_with("xsi:") && !name.starts_with("xml:") {
                self.line(local(name), &decoded(value));
            }
            rest = next;
        }
    }

    fn line(&mut self, label: &str, value: &str) {
        if !value.trim().is_empty() {
            end_line(&mut self.out);
            self.out.extend([label, ": ", value, "\n"]);
            self.gap = "";
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Cell" | "td" | "th" | "tc" | "table-cell" => self.gap = " | ",
            _ if INLINE.contains(&name) => {}
            _ => self.gap = "\n",
        }
    }

    fn say(&mut self, text: &str, literal: bool) {
        let blank = text.trim().is_empty();
        // What only sets the markup out.
        if blank && (text.contains('\n') || !self.gap.is_empty() || self.out.is_empty()) {
            return;
        }
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push_str(self.gap);
        }
        self.gap = "";
        if literal { self.out.push_str(text) } else { push_decoded(&mut self.out, text) }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    fn text(name: &str, xml: &str) -> String {
        let found = taken(name, xml.as_bytes());
        assert_eq!(found.unreadable.len(), 0, "{found:?}");
        found.documents[0].text.clone()
    }

    #[test]
    fn documents_in_one_file_give_their_lines() {
        let word = "<?xml version='1.0'?><w:wordDocument><w:body><w:p><w:r w:rsid='1'><w:t>Ada Ex</w:t></w:r><w:r><w:t>ample</w:t></w:r></w:p>\
                    <w:p><w:r><w:t>R&amp;D</w:t></w:r></w:p></w:body></w:wordDocument>";
        assert_eq!(text("letter.xml", word), "Ada Example\nR&D\n");
        let sheet = "<?xml version='1.0'?><Workbook><Worksheet ss:Name='People'><Table><Row><Cell><Data>Ada</Data></Cell><Cell><Data>7</Data></Cell></Row>\
                     <Row><Cell><Data>Zo\u{eb}</Data></Cell></Row></Table></Worksheet></Workbook>";
        assert_eq!(text("book.xml", sheet), "Sheet: People\nAda | 7\nZo\u{eb}\n");
        let flat =
            "<?xml version='1.0'?><office:document><text:p>Ada <text:span>Exa</text:span>mple</text:p><text:h>x</text:h></office:document>";
        assert_eq!(text("a.fodt", flat), "Ada Example\nx\n");
        let drawing = "<svg><style>.a{}</style><title>A plan</title><text x='1'><tspan>Ada </tspan><tspan>Example</tspan></text></svg>";
        assert_eq!(text("a.svg", drawing), "A plan\nAda Example\n");
    }

    #[test]
    fn exports_give_their_attributes_and_references() {
        let export = "<?xml version='1.0'?>\n<people xmlns='x'>\n <one first='Ada' last=\"O&apos;Hara\">born&#32;<b>1985</b></one>\n <one>M&#252;ller</one>\n</people>";
        assert_eq!(text("a.xml", export), "first: Ada\nlast: O'Hara\nborn 1985\nMüller\n");
        assert_eq!(text("a.xml", "<?xml version='1.0'?><r>1<!-- by Ada\nExample --></r><!---->"), "1\nby Ada\nExample\n");
        let latin = b"<?xml version='1.0' encoding='iso-8859-15'?><r><n>Zo\xeb \xa4</n></r>";
        assert_eq!(taken("a.xml", latin).documents[0].text, "Zoë €\n");
    }

    #[test]
    fn files_in_it_are_children() {
        let book = "<?xml version='1.0'?><FictionBook><p>Ada</p><binary id='a.txt'>R3JhY2UgU2Ft\ncGxl</binary><binary id='b'>****</binary></FictionBook>";
        let found = taken("a.fb2", book.as_bytes());
        assert_eq!((found.documents[1].path.as_str(), found.documents[1].text.as_str()), ("1:a.txt", "Grace Sample"));
        assert_eq!((found.unreadable[0].path.as_str(), found.unreadable.len()), ("2:b", 1));
    }
}
