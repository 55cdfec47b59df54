//! Contacts (vCard, RFC 6350 and the older 2.1) and calendars (iCalendar, RFC 5545): a line a
//! property, with words for the usual ones. Both are lines `NAME;PARAMETER=x:value`.

use finder::document::DocumentKind;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use crate::extract::pages::undeclared;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Writing, one_line};

/// What properties are called for a reader.
const WORDS: &[(&str, &str)] = &[
    ("FN", "Name"),
    ("N", "Name"),
    ("NICKNAME", "Nickname"),
    ("EMAIL", "E-mail"),
    ("TEL", "Telephone"),
    ("ADR", "Address"),
    ("LABEL", "Address"),
    ("ORG", "Organisation"),
    ("TITLE", "Job title"),
    ("ROLE", "Role"),
    ("BDAY", "Born"),
    ("NOTE", "Note"),
    ("URL", "Link"),
    ("SUMMARY", "Subject"),
    ("DESCRIPTION", "Description"),
    ("LOCATION", "Place"),
    ("ORGANIZER", "Organiser"),
    ("ATTENDEE", "Invited"),
    ("DTSTART", "Begins"),
    ("DTEND", "Ends"),
    ("COMMENT", "Comment"),
    ("CONTACT", "Contact"),
    ("CATEGORIES", "Categories"),
];

/// Properties that say nothing about anybody.
const SILENT: &[&str] = &["VERSION", "PRODID", "CALSCALE", "METHOD", "SEQUENCE", "TRANSP", "DTSTAMP", "TZOFFSETFROM", "TZOFFSETTO"];

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let text = undeclared(item.bytes);
    let mut title = String::new();
    let mut out = String::with_capacity(text.len());
    let mut files = Vec::new();
    for line in unfolded(&text) {
        let Some(property) = Property::read(&line) else {
            out.push_str(&line);
            out.push('\n');
            continue;
        };
        if property.name == "BEGIN" || property.name == "END" {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
        } else if property.is_binary() {
            files.push((property.name.to_lowercase(), base64_decode(property.value.as_bytes()).unwrap_or_default()));
        } else if !SILENT.contains(&property.name.as_str()) {
            let shown = property.shown();
            if title.is_empty() && matches!(property.name.as_str(), "FN" | "SUMMARY") {
                title = one_line(&shown);
            }
            out.extend([property.label(), ": ", &shown, "\n"]);
        }
    }
    let mut writing = Writing::sized(out.len());
    writing.body(&out);
    taking.document(About { kind: DocumentKind::Text, title, date: None }, item, writing);
    for (number, (name, bytes)) in files.iter().enumerate() {
        taking.child(number + 1, Item { name, bytes });
    }
    Ok(())
}

/// The lines with their continuations: a line that begins with a blank goes on, and so does
/// one behind a soft break of quoted-printable.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut soft = false;
    for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        let continued = line.strip_prefix([' ', '\t']);
        let quoted = lines.last().is_some_and(|last| soft && last.ends_with('='));
        match lines.last_mut() {
            Some(last) if quoted => {
                last.truncate(last.len() - 1);
                last.push_str(line);
            }
            Some(last) if continued.is_some() => last.push_str(continued.unwrap_or_default()),
            _ => {
                soft = line.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
                lines.push(line.to_owned());
            }
        }
    }
    lines
}

struct Property<'l> {
    /// Upper case, without a group (`item1.TEL`).
    name: String,
    parameters: Vec<(String, &'l str)>,
    value: &'l str,
}

impl<'l> Property<'l> {
    fn read(line: &'l str) -> Option<Self> {
        let (mut quoted, mut colon) = (false, None);
        for (at, character) in line.char_indices() {
            quoted ^= character == '"';
            if character == ':' && !quoted {
                colon = Some(at);
                break;
            }
        }
        let (head, value) = line.split_at(colon?);
        let mut pieces = head.split(';');
        let name = pieces.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return None;
        }
        let parameters = pieces.map(|piece| piece.split_once('=').unwrap_or(("", piece)));
        let parameters = parameters.map(|(key, value)| (key.trim().to_ascii_uppercase(), value.trim().trim_matches('"'))).collect();
        Some(Self { name, parameters, value: value.get(1..).unwrap_or_default() })
    }

    fn has(&self, value: &str) -> bool {
        self.parameters.iter().any(|(_, other)| other.eq_ignore_ascii_case(value))
    }

    fn is_binary(&self) -> bool {
        (self.has("BASE64") || self.has("B")) && matches!(self.name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY" | "ATTACH")
    }

    /// Bytes that stood in a code: in the character set of the property, if it names one.
    fn decoded(&self, bytes: &[u8]) -> String {
        let named = self.parameters.iter().find(|(key, _)| key == "CHARSET").and_then(|(_, set)| charset_decoder(set.as_bytes()));
        match named {
            Some(decode) if std::str::from_utf8(bytes).is_err() => decode(bytes),
            _ => undeclared(bytes).into_owned(),
        }
    }

    fn label(&self) -> &str {
        WORDS.iter().find(|(name, _)| *name == self.name).map_or(self.name.as_str(), |(_, word)| word)
    }

    /// The value as a person reads it, with whom it names (`CN`) before it.
    fn shown(&self) -> String {
        let value = if self.has("QUOTED-PRINTABLE") {
            let bytes = quoted_printable_decode(self.value.as_bytes()).unwrap_or_else(|| self.value.as_bytes().to_vec());
            self.decoded(&bytes)
        } else if self.has("BASE64") || self.has("B") {
            self.decoded(&base64_decode(self.value.as_bytes()).unwrap_or_default())
        } else {
            self.value.to_owned()
        };
        let parts = parts(&value);
        let value = match (self.name.as_str(), parts.as_slice()) {
            // Family, given, more, title before, letters behind: as it is said.
            ("N", [family, rest @ ..]) => {
                let said = [rest.get(2), rest.first(), rest.get(1), Some(family), rest.get(3)];
                let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
                said.join(" ")
            }
            _ => parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", "),
        };
        let value = match value.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => value.get(7..).unwrap_or_default().to_owned(),
            _ => value,
        };
        match self.parameters.iter().find(|(key, _)| key == "CN") {
            Some((_, name)) if !name.is_empty() && !value.contains(name) => format!("{name} <{value}>"),
            _ => value,
        }
    }
}

/// The parts of a value between semicolons, escapes undone.
fn parts(value: &str) -> Vec<String> {
    let (mut parts, mut rest) = (vec![String::new()], value.chars());
    while let Some(character) = rest.next() {
        let piece = match character {
            ';' => {
                parts.push(String::new());
                continue;
            }
            '\\' => match rest.next() {
                Some('n' | 'N') => '\n',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        };
        if let Some(last) = parts.last_mut() {
            last.push(piece);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    #[test]
    fn a_contact_reads_as_it_is_said() {
        let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ex=C3=A4mple;Ad=\r\na;;Dr;\r\nitem1.TEL;TYPE=CELL:07700 900123\r\nADR;HOME:;;1 High Street;Leeds;;LS1 1AA;\r\nNOTE:keeps bees\\, and\r\n  hens\r\nPHOTO;ENCODING=B;TYPE=PNG:iVBORw0KGgo=\r\nEND:VCARD\r\n";
        let found = taken("ada.vcf", card.as_bytes());
        assert_eq!(
            found.documents[0].text,
            "Name: Dr Ada Exämple\nTelephone: 07700 900123\nAddress: 1 High Street, Leeds, LS1 1AA\nNote: keeps bees, and hens\n\n"
        );
        assert_eq!(found.unreadable.len(), 1, "the photograph is listed");
        assert_eq!(found.unreadable[0].path, "1:photo");
    }

    #[test]
    fn a_property_in_its_own_character_set_is_read() {
        let card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=CD=F5=D0=A1=C3=F7\r\nNOTE;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Zo=EB\r\nEND:VCARD\r\n";
        let found = taken("x.vcf", card);
        assert_eq!((found.documents[0].title.as_str(), found.documents[0].text.as_str()), ("王小明", "Name: 王小明\nNote: Zoë\n\n"));
    }

    #[test]
    fn an_appointment_names_who_is_invited() {
        let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Review\\; part 2\nATTENDEE;ROLE=X;CN=\"Example: Ada\":mailto:ada@example.org\nORGANIZER:MAILTO:bob@example.org\nEND:VEVENT\nEND:VCALENDAR\n";
        let found = taken("", calendar.as_bytes());
        assert_eq!(found.documents[0].title, "Review; part 2");
        assert_eq!(
            found.documents[0].text,
            "Subject: Review; part 2\nInvited: Example: Ada <ada@example.org>\nOrganiser: bob@example.org\n\n"
        );
    }

    #[test]
    fn a_line_out_of_shape_is_kept() {
        let found = taken("x.vcf", b"BEGIN:VCARD\nFN:Ada\nno property at all\nEND:VCARD");
        assert!(found.documents[0].text.contains("no property at all"));
    }
}
