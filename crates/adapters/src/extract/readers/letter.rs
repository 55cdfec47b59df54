//! A message as Outlook keeps it, whatever file it stands in: properties with numbers
//! (MS-OXPROPS), brought into the form of every other message.

use finder::document::{Correspondent, DocumentKind, Header, PartKind};

use super::html;
use crate::extract::charset::lenient;
use crate::extract::pages::paged;
use crate::extract::taking::{About, Item, Taking};
use crate::extract::writing::{Facts, Writing, one_line, push_plain};

/// Seconds between the year 1601, from which Outlook counts, and 1970.
const SINCE_1601: i64 = 11_644_473_600;

/// The parts of a message.
#[derive(Debug, Default)]
pub(super) struct Letter {
    pub(super) subject: String,
    /// RFC 3339.
    pub(super) date: Option<String>,
    pub(super) message_id: String,
    pub(super) people: Vec<Correspondent>,
    pub(super) body: String,
    pub(super) html: Vec<u8>,
    /// Packed rich text.
    pub(super) rtf: Vec<u8>,
    pub(super) facts: Facts,
}

impl Letter {
    /// Adds somebody, unless nothing is known of them or they are there already.
    pub(super) fn add(&mut self, header: Header, name: &str, address: &str) {
        // An address of the old internal kind (`/O=ORG/CN=...`) is no address.
        let address = if address.contains('@') { one_line(address).to_lowercase() } else { String::new() };
        let person = Correspondent { header, name: one_line(name), address };
        let empty = person.name.is_empty() && person.address.is_empty();
        let known = |other: &Correspondent| {
            other.header == header && other.name == person.name && (other.address == person.address || person.address.is_empty())
        };
        if !empty && !self.people.iter().any(known) {
            self.people.push(person);
        }
    }

    /// Takes it as a document.
    pub(super) fn take(mut self, taking: &mut Taking<'_>, item: Item<'_>) {
        let subject = one_line(&self.subject);
        let mut writing = Writing::default();
        writing.part(PartKind::Headers, |out| self.head(&subject, out));
        writing.text.push('\n');
        let body = self.text(taking.limits.text);
        writing.part(PartKind::Body, |out| push_plain(out, &body));
        writing.metadata(&self.facts);
        let about = About { kind: DocumentKind::Mail, title: subject, date: self.date };
        if let Some(document) = taking.document(about, item, writing) {
            document.correspondents = self.people;
            let id = self.message_id.trim().trim_matches(['<', '>']);
            document.message_id = (!id.is_empty()).then(|| id.to_owned());
        }
        html::pictures(taking, &self.facts);
    }

    fn head(&self, subject: &str, out: &mut String) {
        for (header, label) in [(Header::From, "From"), (Header::ReplyTo, "Reply-To"), (Header::To, "To"), (Header::Cc, "Cc")] {
            let shown: Vec<String> = self.people.iter().filter(|p| p.header == header).map(shown).collect();
            if !shown.is_empty() {
                out.extend([label, ": ", &shown.join(", "), "\n"]);
            }
        }
        if let Some(date) = &self.date {
            out.extend(["Date: ", date, "\n"]);
        }
        if !subject.is_empty() {
            out.extend(["Subject: ", subject, "\n"]);
        }
    }

    /// The body in the first form that says anything: plain, web page, rich text.
    fn text(&mut self, limit: usize) -> String {
        if !self.body.trim().is_empty() {
            return std::mem::take(&mut self.body);
        }
        if !self.html.trim_ascii().is_empty() {
            return html::to_text(&html::decoded(&self.html), &mut self.facts);
        }
        let rich = super::packed_rtf::unpack(&self.rtf, limit);
        super::rtf::strip(&rich, &mut self.facts)
    }
}

fn shown(person: &Correspondent) -> String {
    match (person.name.as_str(), person.address.as_str()) {
        (name, "") => name.to_owned(),
        ("", address) => address.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// The text of packed rich text.
pub(crate) fn packed_text(bytes: &[u8], limit: usize) -> String {
    let rich = super::packed_rtf::unpack(bytes, limit);
    super::rtf::strip(&rich, &mut Facts::default())
}

/// A moment counted in tenths of a microsecond since 1601, as RFC 3339.
pub(crate) fn moment(ticks: u64) -> Option<String> {
    let seconds = i64::try_from(ticks / 10_000_000).ok()? - SINCE_1601;
    // Nothing was sent before there was mail; a zero stands for "not known".
    if seconds < 0 {
        return None;
    }
    jiff::Timestamp::from_second(seconds).ok().map(|at| at.to_string())
}

/// Text in an old code page; a page nobody knows is guessed at.
pub(crate) fn narrow(bytes: &[u8], page: Option<u32>) -> String {
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    // A program that declares a page and writes UTF-8 is met as often as one that does not.
    let known = page.filter(|_| std::str::from_utf8(bytes).is_err()).and_then(|page| paged(bytes, page));
    known.unwrap_or_else(|| lenient(bytes)).into_owned()
}

/// Text in UTF-16.
pub(crate) fn wide(bytes: &[u8]) -> String {
    encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.trim_end_matches('\0').to_owned()
}

/// Which header a kind of recipient belongs to: 1 To, 2 Cc, 3 Bcc.
pub(super) const fn header_of(kind: u32) -> Header {
    match kind & 0x0F {
        2 | 3 => Header::Cc,
        _ => Header::To,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_code_pages() {
        assert_eq!(moment(0), None);
        assert_eq!(moment(134_084_988_000_000_000).as_deref(), Some("2025-11-24T23:00:00Z"));
        assert_eq!(moment(u64::MAX), None);
        assert_eq!(narrow(b"\xC7\xE4\xF0\xE0\0", Some(1251)), "Здра");
        assert_eq!(narrow("Zoë".as_bytes(), Some(1251)), "Zoë");
        assert_eq!(narrow(b"Zo\xEB", None), "Zoë");
    }

    #[test]
    fn nobody_is_named_twice() {
        let mut letter = Letter::default();
        letter.add(Header::To, "Ada Example", "ADA@example.org");
        letter.add(Header::To, "Ada Example", "/O=ORG/CN=ADA");
        letter.add(Header::To, "", "");
        letter.add(Header::Cc, "Ada Example", "");
        assert_eq!(letter.people.len(), 2);
        assert_eq!(letter.people[0].address, "ada@example.org");
    }
}
