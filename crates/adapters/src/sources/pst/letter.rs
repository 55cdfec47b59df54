//! A message of an Outlook data file, written as an Internet message, so that it is read in the
//! confined process like any other.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::fmt::rfc2822;

use super::blocks::{Blocks, CIRCLES, Node, Result};
use super::heap::{Heap, Properties};

/// Messages inside messages at most.
const DEEP: usize = 10;
/// The part of a number that says what kind of thing it names.
const KIND: u32 = 0x1F;
const ATTACHMENT: u32 = 0x05;
const RECIPIENTS: u32 = 0x692;

/// The message as bytes, at most about `left` of them; the second value tells how many bytes of
/// attachments were left out for that.
pub(super) fn written(blocks: &mut Blocks, node: Node, left: usize) -> Result<(Vec<u8>, u64)> {
    blocks.begin(left);
    let mut writer = Writer { blocks, out: Vec::new(), limit: left, left_out: 0 };
    writer.message(node, 0)?;
    Ok((writer.out, writer.left_out))
}

struct Writer<'b> {
    blocks: &'b mut Blocks,
    out: Vec<u8>,
    limit: usize,
    left_out: u64,
}

/// A message's properties with the heap they stand in.
struct Opened {
    heap: Heap,
    properties: Properties,
    page: Option<u32>,
}

impl Opened {
    fn open(blocks: &mut Blocks, node: Node) -> Result<Self> {
        let heap = Heap::open(blocks, node)?;
        let properties = heap.properties(blocks)?;
        let page = properties.small(0x3FFD).or_else(|| properties.small(0x3FDE));
        Ok(Self { heap, properties, page })
    }

    fn text(&self, blocks: &mut Blocks, tag: u16) -> String {
        self.properties.text(blocks, &self.heap, tag, self.page)
    }

    fn bytes(&self, blocks: &mut Blocks, tag: u16) -> Option<Vec<u8>> {
        self.properties.bytes(blocks, &self.heap, tag)?.ok().map(|(_, bytes)| bytes)
    }
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    fn message(&mut self, node: Node, depth: usize) -> Result<()> {
        let opened = Opened::open(self.blocks, node)?;
        self.head(&opened);
        let boundary = format!("=_{depth}_{:x}_{}", node.id, self.out.len());
        self.line("MIME-Version: 1.0");
        self.line(&format!("Content-Type: multipart/mixed; boundary=\"{boundary}\""));
        self.line("");
        let (plain, html) = self.bodies(&opened);
        let both = !plain.is_empty() && !html.is_empty();
        let inner = format!("{boundary}_a");
        if both {
            self.line(&format!("--{boundary}"));
            self.line(&format!("Content-Type: multipart/alternative; boundary=\"{inner}\""));
            self.line("");
        }
        let outer = if both { &inner } else { &boundary };
        if !plain.is_empty() {
            self.part(outer, "text/plain; charset=utf-8", None, plain.as_bytes());
        }
        if !html.is_empty() {
            self.part(outer, "text/html", None, &html);
        }
        if both {
            self.line(&format!("--{inner}--"));
        }
        let attached: Vec<Node> = opened.heap.below.iter().filter(|below| below.id & KIND == ATTACHMENT).copied().collect();
        for node in attached {
            match self.attachment(&boundary, node, depth) {
                Err(error) if error.kind() == CIRCLES => return Err(error),
                Err(_) => self.part(&boundary, "text/plain", None, b"[An attachment of this message is damaged and could not be read.]"),
                Ok(()) => {}
            }
        }
        self.line(&format!("--{boundary}--"));
        Ok(())
    }

    fn head(&mut self, opened: &Opened) {
        let sender = |writer: &mut Self, name: u16, addresses: &[u16]| {
            let name = opened.text(writer.blocks, name);
            let found = addresses.iter().map(|tag| opened.text(writer.blocks, *tag)).find(|address| address.contains('@'));
            mailbox(&name, &found.unwrap_or_default())
        };
        let mut from = sender(self, 0x0042, &[0x5D02, 0x0065]);
        if from.is_empty() {
            from = sender(self, 0x0C1A, &[0x5D01, 0x0C1F]);
        }
        self.field("From", &from);
        let mut lists = [("To", 0x0E04, Vec::new()), ("Cc", 0x0E03, Vec::new()), ("Bcc", 0x0E02, Vec::new())];
        for (kind, one) in self.recipients(opened).unwrap_or_default() {
            let slot = lists.get_mut(match kind {
                2 => 1,
                3 => 2,
                _ => 0,
            });
            if let Some((_, _, people)) = slot {
                people.push(one);
            }
        }
        for (label, tag, people) in lists {
            // Without a table there are the names as they are shown.
            let shown = if people.is_empty() {
                let names = opened.text(self.blocks, tag);
                names.split(';').map(|name| mailbox(name, "")).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(",\r\n ")
            } else {
                people.join(",\r\n ")
            };
            self.field(label, &shown);
        }
        let at = opened.properties.moment(self.blocks, &opened.heap, 0x0039);
        let at = at.or_else(|| opened.properties.moment(self.blocks, &opened.heap, 0x0E06));
        if let Some(at) = at.and_then(crate::extract::moment).and_then(|at| at.parse::<jiff::Timestamp>().ok()) {
            let date = rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
            self.field("Date", &date);
        }
        // Two characters in front say how long a prefix such as `Re: ` is.
        let subject = opened.text(self.blocks, 0x0037);
        let subject = subject
            .strip_prefix('\u{1}')
            .map_or(subject.as_str(), |rest| rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default());
        self.field("Subject", &encoded(subject));
        let id = opened.text(self.blocks, 0x1035);
        let id: String = id.chars().filter(char::is_ascii_graphic).collect();
        self.field("Message-ID", &id);
    }

    fn field(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{label}: {value}"));
        }
    }

    /// The table of recipients: what kind, and the mailbox.
    fn recipients(&mut self, opened: &Opened) -> Result<Vec<(u32, String)>> {
        let Some(node) = opened.heap.below.iter().find(|below| below.id == RECIPIENTS).copied() else { return Ok(Vec::new()) };
        let table = Heap::open(self.blocks, node)?;
        let mut people = Vec::new();
        for row in table.rows(self.blocks)? {
            let name = row.text(self.blocks, &table, 0x3001, opened.page);
            let mut address = row.text(self.blocks, &table, 0x39FE, opened.page);
            if !address.contains('@') {
                address = row.text(self.blocks, &table, 0x3003, opened.page);
            }
            let one = mailbox(&name, &address);
            if !one.is_empty() {
                people.push((row.small(0x0C15).unwrap_or(1) & 0x0F, one));
            }
        }
        Ok(people)
    }

    /// The body as plain text with what contacts and appointments say, and as a web page.
    fn bodies(&mut self, opened: &Opened) -> (String, Vec<u8>) {
        let mut plain = opened.text(self.blocks, 0x1000);
        let html = opened.bytes(self.blocks, 0x1013).unwrap_or_default();
        if plain.trim().is_empty() && html.is_empty() {
            let packed = opened.bytes(self.blocks, 0x1009).unwrap_or_default();
            plain = crate::extract::packed_text(&packed, self.limit);
        }
        for tag in opened.properties.texts() {
            if (0x3A00..0x3A60).contains(&tag) || tag >= 0x8000 {
                let text = opened.text(self.blocks, tag);
                if text.len() < 4_000 && text.chars().any(char::is_alphanumeric) {
                    // Writing to a string cannot fail.
                    let _ = write!(plain, "\nProperty: {}", text.replace(['\r', '\n'], " "));
                }
            }
        }
        (plain, html)
    }

    fn attachment(&mut self, boundary: &str, node: Node, depth: usize) -> Result<()> {
        let opened = Opened::open(self.blocks, node)?;
        let names = [0x3707, 0x3704, 0x3001];
        let name = names.into_iter().map(|tag| opened.text(self.blocks, tag)).find(|name| !name.is_empty()).unwrap_or_default();
        if opened.properties.small(0x3705) == Some(5) && depth < DEEP {
            // An object: the number of a node of this attachment, and its size.
            let object = opened.bytes(self.blocks, 0x3701).unwrap_or_default();
            let inner = object.first_chunk::<4>().map(|id| u32::from_le_bytes(*id));
            if let Some(inner) = opened.heap.below.iter().find(|below| Some(below.id) == inner).copied() {
                if self.out.len() > self.limit {
                    self.left_out += 1;
                    return Ok(());
                }
                self.line(&format!("--{boundary}"));
                self.line("Content-Type: message/rfc822");
                self.line("");
                self.message(inner, depth + 1)?;
                self.line("");
                return Ok(());
            }
        }
        match opened.properties.bytes(self.blocks, &opened.heap, 0x3701) {
            Some(bytes) => {
                let (_, bytes) = bytes?;
                if self.out.len().saturating_add(bytes.len() / 3 * 4) > self.limit {
                    self.left_out += bytes.len() as u64;
                } else {
                    self.part(boundary, "application/octet-stream", Some(&name), &bytes);
                }
            }
            None => {
                self.part(
                    boundary,
                    "text/plain",
                    None,
                    b"[An attachment of this message is only a link to a file that is kept elsewhere.]",
                );
            }
        }
        Ok(())
    }

    fn part(&mut self, boundary: &str, kind: &str, name: Option<&str>, content: &[u8]) {
        self.line(&format!("--{boundary}"));
        self.line(&format!("Content-Type: {kind}"));
        if let Some(name) = name {
            let mut escaped = String::new();
            for byte in name.bytes() {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                    escaped.push(char::from(byte));
                } else {
                    let _ = write!(escaped, "%{byte:02X}");
                }
            }
            self.line(&format!("Content-Disposition: attachment; filename*=UTF-8''{escaped}"));
        }
        self.line("Content-Transfer-Encoding: base64");
        self.line("");
        for piece in content.chunks(57) {
            self.line(&STANDARD.encode(piece));
        }
    }
}

/// `=?UTF-8?B?...?= <ada@example.org>`.
fn mailbox(name: &str, address: &str) -> String {
    let address: String =
        address.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>' | ',' | ';')).collect();
    let address = if address.contains('@') { address } else { String::new() };
    let name = name.trim().trim_matches('\'');
    match (name.is_empty() || name.eq_ignore_ascii_case(&address), address.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("<{address}>"),
        // A name without an address is kept as a group without members, the form that has one.
        (false, true) => format!("{}:;", encoded(name)),
        (false, false) => format!("{} <{address}>", encoded(name)),
    }
}

/// A text for a header: words in base64, each short enough for a line.
fn encoded(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut piece = String::new();
    for character in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if piece.len() + character.len_utf8() > 42 {
            words.push(std::mem::take(&mut piece));
        }
        piece.push(character);
    }
    words.push(piece);
    let words: Vec<String> =
        words.iter().filter(|word| !word.is_empty()).map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}
