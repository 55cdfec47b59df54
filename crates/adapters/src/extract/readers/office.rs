//! What Office documents share: a zip of XML parts, properties, links and embedded files.

use std::borrow::Cow;
use std::io::Read as _;

use super::parts::Parts;
use super::{metafile, picture, zip};
use crate::extract::charset::lenient;
use crate::extract::markup::{Token, push_decoded, tokens};
use crate::extract::sights::{Print, What};
use crate::extract::taking::{Item, Reason, Taking};
use crate::extract::writing::Facts;
use crate::extract::{drawing, has_extension};

/// Bytes of a picture in which its size is looked for, at first and where they do not tell; most bytes of one that is drawn.
const FIRST: u64 = 2 << 10;
const HEAD: u64 = 64 << 10;
const LARGEST: u64 = 64 << 20;

/// An opened package.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    /// Where it is an ordinary one.
    parts: Option<Parts<'a>>,
    /// Where it is not, or a part of it is damaged.
    zip: Option<zip::Archive<'a>>,
    names: Vec<Cow<'a, str>>,
    /// Whether it was opened as it came, without being mended.
    pub(super) whole: bool,
}

impl<'a> Package<'a> {
    /// Opens it.
    pub(super) fn open(taking: &Taking<'_>, bytes: &'a [u8]) -> Result<Self, Reason> {
        let mut package = Self { bytes, parts: None, zip: None, names: Vec::new(), whole: true };
        package.names = in_order(match Parts::of(bytes) {
            Some((parts, names)) => {
                package.parts = Some(parts);
                names.into_iter().map(Cow::Borrowed).collect()
            }
            None => package.by_library(taking.left())?.file_names().map(|name| Cow::Owned(name.to_owned())).collect(),
        });
        Ok(package)
    }

    /// The package as the library opens it, mended to `most` bytes where it has to be.
    fn by_library(&mut self, most: u64) -> Result<&mut zip::Archive<'a>, Reason> {
        let zip = if let Some(zip) = self.zip.take() {
            zip
        } else {
            let (zip, whole) = zip::open(most, self.bytes)?;
            self.whole &= whole;
            zip
        };
        Ok(self.zip.insert(zip))
    }

    /// The names of the parts for which `wanted`, numbers in their natural order.
    pub(super) fn names(&self, wanted: impl Fn(&str) -> bool) -> Vec<Cow<'a, str>> {
        self.names.iter().filter(|name| wanted(name)).cloned().collect()
    }

    /// The bytes of a part.
    pub(super) fn bytes(&mut self, taking: &mut Taking<'_>, name: &str) -> Result<Cow<'a, [u8]>, Reason> {
        if let Some(parts) = &self.parts
            && let Some(part) = parts.get(name).filter(|part| taking.may_unpack(part.packed.into(), part.length.into()))
            && let Some(bytes) = parts.unpacked(part)
        {
            taking.count(bytes.len())?;
            return Ok(bytes);
        }
        let part = self.by_library(taking.left())?.by_name(name).map_err(|error| zip::why(&error))?;
        taking.unpack_to(part.compressed_size(), part.size(), part).map(Cow::Owned)
    }

    /// A part as text; one that cannot be unpacked is listed and reads as empty.
    pub(super) fn text(&mut self, taking: &mut Taking<'_>, name: &str) -> String {
        match self.bytes(taking, name) {
            Ok(bytes) => match String::from_utf8(bytes.into_owned()) {
                Ok(text) => text,
                Err(error) => lenient(error.as_bytes()).into_owned(),
            },
            Err(reason) => {
                taking.unreadable(format!("a part of it {reason}"));
                String::new()
            }
        }
    }

    /// Properties, custom data and links outwards.
    pub(super) fn properties(&mut self, taking: &mut Taking<'_>, facts: &mut Facts) {
        for name in self.names(|n| n.starts_with("docProps/") && is_xml(n)) {
            let xml = self.text(taking, &name);
            properties(&xml, facts);
        }
        for name in self.names(|n| n.starts_with("customXml/item") && !n.contains("Props") && is_xml(n)) {
            let xml = self.text(taking, &name);
            facts.add("Custom data", &plain(&xml));
        }
        for name in self.names(|n| has_extension(n, "rels")) {
            let xml = self.text(taking, &name);
            links(&xml, facts);
        }
    }

    /// Forgets the parts for which `unwanted`.
    pub(super) fn leave_out(&mut self, unwanted: impl Fn(&str) -> bool) {
        self.names.retain(|name| !unwanted(name));
    }

    /// Files put into the document, read as children; pictures are listed in one line.
    pub(super) fn embedded(&mut self, taking: &mut Taking<'_>) {
        let mut last = 0;
        for (number, name) in self.names(is_embedded).into_iter().enumerate() {
            last = number + 1;
            let file = name.rsplit('/').next().unwrap_or_default();
            match self.bytes(taking, &name) {
                Ok(bytes) => taking.child(number + 1, Item { name: file, bytes: &bytes }),
                Err(reason) => taking.unreadable_child(number + 1, file, reason),
            }
        }
        if !self.whole {
            taking.unreadable(crate::extract::READ_IN_PART);
        }
        for (number, name) in (last + 1..).zip(self.names(|name| name.contains("/media/") || name.starts_with("Pictures/"))) {
            self.picture(taking, number, &name);
        }
    }

    /// A picture on its pages. Only its head is unpacked, unless it is to be drawn.
    fn picture(&mut self, taking: &mut Taking<'_>, number: usize, name: &str) {
        let (print, what, drawn) = self.head(taking.left(), name);
        if drawn && let Ok(bytes) = self.bytes(taking, name) {
            let file = name.rsplit('/').next().unwrap_or_default();
            taking.inside(number, file, |taking| picture::words(taking, Item { name: file, bytes: &bytes }));
        }
        let left = taking.left();
        taking.seen(name, what, usize::MAX, print, || {
            let mut bytes = Vec::new();
            self.by_library(left).ok()?.by_name(name).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
            drawing::picture(&bytes)
        });
    }

    /// What a picture is known by, what it is, and whether it is a drawing that holds words.
    fn head(&mut self, most: u64, name: &str) -> (Print, What, bool) {
        if let Some(parts) = &self.parts
            && let Some(part) = parts.get(name)
        {
            let print = drawing::print_of_member(part.sum, part.length.into(), part.packed.into());
            // Mostly the first bytes tell.
            for length in [FIRST, HEAD] {
                let Some(head) = parts.beginning(part, length as usize) else { break };
                let (what, drawn) = (drawing::inside(&head), metafile::is_one(&head));
                if what == What::Inside || drawn || length == HEAD || (head.len() as u64) < length {
                    return (print, what, drawn);
                }
            }
        }
        let (mut head, mut print) = (Vec::new(), [0; 32]);
        if let Ok(part) = self.by_library(most).and_then(|zip| zip.by_name(name).map_err(|error| zip::why(&error))) {
            print = drawing::print_of_member(part.crc32(), part.size(), part.compressed_size());
            // What cannot be unpacked cannot be drawn.
            let _ = part.take(HEAD).read_to_end(&mut head);
        }
        (print, drawing::inside(&head), metafile::is_one(&head))
    }
}

/// Notes the links outwards in a list of relations. The names of the parts it leads to.
pub(super) fn links(xml: &str, facts: &mut Facts) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = tokens(xml);
    while let Some(token) = rest.next_of(&["Relationship"]) {
        let Token::Open(tag) = token else { continue };
        let target = tag.attribute("Target").unwrap_or_default();
        if tag.attribute("TargetMode").is_some_and(|mode| mode == "External") {
            facts.add("Link", &target);
        } else {
            parts.push(target);
        }
    }
    parts
}

/// Whether a part is a file of its own: an embedded one, or text taken over from another kind
/// of document without being converted.
fn is_embedded(name: &str) -> bool {
    let kinds = ["mht", "mhtml", "htm", "html", "rtf", "txt", "csv", "docx", "xlsx", "pptx", "pdf", "msg", "eml"];
    // OpenDocument keeps what other programs made under such names.
    let object = name.starts_with("Object ") && !name.contains('/');
    let own = name.contains("/embeddings/") || object || kinds.iter().any(|kind| has_extension(name, kind));
    own && !name.ends_with('/')
}

/// Sorted, `slide10` behind `slide9`.
fn in_order(names: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    let mut keys: Vec<_> = names.iter().enumerate().map(|(at, name)| (natural(name), at)).collect();
    keys.sort_unstable();
    let order: Vec<usize> = keys.into_iter().map(|(_, at)| at).collect();
    order.into_iter().filter_map(|at| names.get(at).cloned()).collect()
}

/// A name in front of its first number, the number, and what is behind it.
fn natural(name: &str) -> (&str, u64, &str) {
    let digits = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let (stem, rest) = name.split_at(digits);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, tail) = rest.split_at(end);
    (stem, number.parse().unwrap_or(0), tail)
}

const PROPERTIES: &[(&str, &str)] = &[
    ("title", "Title"),
    ("creator", "Author"),
    ("initial-creator", "Author"),
    ("lastModifiedBy", "Last changed by"),
    ("subject", "Subject"),
    ("description", "Description"),
    ("keywords", "Keywords"),
    ("keyword", "Keywords"),
    ("category", "Category"),
    ("Company", "Company"),
    ("Manager", "Manager"),
    ("lpwstr", "Property"),
    ("printed-by", "Printed by"),
    ("user-defined", "Property"),
];

/// Notes the properties found in a part.
pub(super) fn properties(xml: &str, facts: &mut Facts) {
    let mut label = None;
    for token in tokens(xml) {
        match token {
            Token::Open(tag) => label = PROPERTIES.iter().find(|(key, _)| *key == tag.local()).map(|(_, label)| *label),
            Token::Text(text) | Token::Literal(text) => {
                if let Some(label) = label {
                    facts.add(label, &decoded(text));
                }
            }
            Token::Close(_) => label = None,
        }
    }
}

/// Text with its references resolved.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_decoded(&mut out, text);
    out
}

/// All text of a part, tags replaced by spaces.
pub(super) fn plain(xml: &str) -> String {
    let mut out = String::new();
    for token in tokens(xml) {
        match token {
            Token::Text(text) => push_decoded(&mut out, text),
            Token::Literal(text) => out.push_str(text),
            Token::Open(_) | Token::Close(_) => out.push(' '),
        }
    }
    out
}

/// Drawing text: what stands in `t` elements, a line a paragraph.
pub(super) fn drawing_text(xml: &str, out: &mut String) {
    shapes(xml, out, false);
}

/// The same of a pattern for slides, without the shapes that only keep a place ("Click to edit").
pub(super) fn pattern_text(xml: &str, out: &mut String) {
    shapes(xml, out, true);
}

fn shapes(xml: &str, out: &mut String, pattern: bool) {
    let (mut inside, mut start, mut keeps_place) = (false, out.len(), false);
    let mut rest = tokens(xml);
    while let Some(token) = if inside { rest.next() } else { rest.next_of(TELLING) } {
        match token {
            Token::Open(tag) => match tag.local() {
                "Fallback" if !tag.empty => {
                    rest.skip_to_close(tag.name);
                }
                "t" | "text" => inside = !tag.empty,
                "br" => out.push('\n'),
                "tab" => out.push('\t'),
                "cNvPr" | "docPr" => described(tag.attribute("descr"), out),
                "sp" => (start, keeps_place) = (out.len(), false),
                "ph" => keeps_place = !tag.attribute("type").is_some_and(|kind| kind == "ftr" || kind == "hdr"),
                _ => {}
            },
            Token::Close(name) => match crate::extract::markup::local(name) {
                "t" | "text" => inside = false,
                "p" => end_line(out),
                "tc" => out.push_str(" | "),
                "sp" if pattern && keeps_place => out.truncate(start),
                _ => {}
            },
            Token::Text(text) if inside => push_decoded(out, text),
            Token::Literal(text) if inside => out.push_str(text),
            _ => {}
        }
    }
    end_line(out);
}

/// The text of a chart: titles, and the copies of names and numbers it keeps of its table.
pub(super) fn chart_text(xml: &str, out: &mut String) {
    let mut rest = tokens(xml);
    while let Some(token) = rest.next_of(&["t", "v", "p", "pt", "strCache", "numCache", "strLit", "numLit", "lvl"]) {
        match token {
            Token::Open(tag) if matches!(tag.local(), "t" | "v") && !tag.empty => {
                if let Some(Token::Text(text) | Token::Literal(text)) = rest.next() {
                    push_decoded(out, text);
                }
            }
            Token::Close(name) => match crate::extract::markup::local(name) {
                "pt" => out.push_str(" | "),
                "p" | "strCache" | "numCache" | "strLit" | "numLit" | "lvl" => {
                    out.truncate(out.trim_end_matches([' ', '|']).len());
                    end_line(out);
                }
                _ => {}
            },
            _ => {}
        }
    }
    end_line(out);
}

/// The tags that say something in a drawing, without their prefix.
const TELLING: &[&str] = &["t", "text", "br", "tab", "cNvPr", "docPr", "Fallback", "p", "tc", "sp", "ph"];

/// A description of a picture.
pub(super) fn described(text: Option<String>, out: &mut String) {
    if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
        out.extend(["[", &text, "]"]);
    }
}

/// Whether a part is XML by its name.
pub(super) fn is_xml(name: &str) -> bool {
    has_extension(name, "xml")
}

/// Ends the line unless it is empty.
pub(super) fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
