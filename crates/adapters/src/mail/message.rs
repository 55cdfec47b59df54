//! A finished mail written down as a message (RFC 5322, MIME). Every header value goes through
//! [`Writer::header`], which lets no line break pass: no value can begin another header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::fmt::rfc2822::DateTimePrinter;
use services::mail::{clean_address, clean_message_id, one_line};
use services::ports::{FinishedMail, MailFile};

/// The longest header line.
const LINE: usize = 76;

/// The message with lines ending in CR LF; `None` when an address or the Message-ID is none.
pub(super) fn write(mail: &FinishedMail) -> Option<Vec<u8>> {
    let (from, to) = (clean_address(&mail.from)?, clean_address(&mail.to)?);
    let message_id = clean_message_id(&mail.message_id)?;
    let mut writer = Writer(String::new());
    let written = DateTimePrinter::new().timestamp_to_rfc9110_string(&mail.written).ok()?;
    writer.header("Date", &written.replace("GMT", "+0000"));
    writer.header("From", &with_name(&mail.from_name, &from));
    writer.header("To", &to);
    writer.header("Subject", &encoded(&one_line(&mail.title)));
    writer.header("Message-ID", &message_id);
    if let Some(earlier) = mail.in_reply_to.as_deref().and_then(clean_message_id) {
        writer.header("In-Reply-To", &earlier);
        writer.header("References", &earlier);
    }
    if let Some(how) = mail.auto_submitted {
        writer.header("Auto-Submitted", how);
        writer.header("X-Auto-Response-Suppress", "All");
    }
    writer.header("MIME-Version", "1.0");
    if mail.files.is_empty() {
        writer.text(&mail.text);
    } else {
        // A boundary that cannot stand in the parts: they are encoded, and it is not in their alphabet.
        let boundary = format!("=_{}", message_id.trim_matches(['<', '>']).replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
        let boundary: String = boundary.chars().take(60).collect();
        writer.header("Content-Type", &format!("multipart/mixed; boundary=\"{boundary}\""));
        writer.0.extend(["\r\n--", &boundary, "\r\n"]);
        writer.text(&mail.text);
        for file in &mail.files {
            writer.0.extend(["--", &boundary, "\r\n"]);
            writer.file(file);
        }
        writer.0.extend(["--", &boundary, "--\r\n"]);
    }
    Some(writer.0.into_bytes())
}

struct Writer(String);

impl Writer {
    /// One header, folded at spaces.
    fn header(&mut self, name: &str, value: &str) {
        let value = one_line(value);
        let mut length = name.len() + 1;
        self.0.push_str(name);
        self.0.push(':');
        for word in value.split(' ') {
            if length + 1 + word.len() > LINE && length > name.len() + 1 {
                self.0.push_str("\r\n");
                length = 0;
            }
            self.0.push(' ');
            self.0.push_str(word);
            length += 1 + word.len();
        }
        self.0.push_str("\r\n");
    }

    /// A part of plain text, after the headers so far.
    fn text(&mut self, text: &str) {
        self.header("Content-Type", "text/plain; charset=utf-8");
        self.header("Content-Transfer-Encoding", "quoted-printable");
        self.0.push_str("\r\n");
        self.0.push_str(&quoted_printable(text));
        self.0.push_str("\r\n");
    }

    /// An attachment.
    fn file(&mut self, file: &MailFile) {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '+' | '.');
        let mime = if file.mime.contains('/') && file.mime.chars().all(is_plain) { file.mime.as_str() } else { "application/octet-stream" };
        let name: String =
            file.name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
        self.header("Content-Type", mime);
        self.header("Content-Disposition", &format!("attachment; filename=\"{name}\""));
        self.header("Content-Transfer-Encoding", "base64");
        self.0.push_str("\r\n");
        let encoded = BASE64.encode(&file.bytes);
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(LINE));
            self.0.push_str(line);
            self.0.push_str("\r\n");
            rest = after;
        }
    }
}

fn with_name(name: &str, address: &str) -> String {
    let name = one_line(name);
    let plain = !name.contains("=?") && name.chars().all(|c| c.is_ascii() && !matches!(c, '"' | '\\'));
    match (name.is_empty(), plain) {
        (true, _) => address.to_owned(),
        (false, true) => format!("\"{name}\" <{address}>"),
        (false, false) => format!("{} <{address}>", words(&name)),
    }
}

/// Text as it stands in a header: plain, or in encoded words (RFC 2047).
fn encoded(text: &str) -> String {
    if text.is_ascii() && !text.contains("=?") { text.to_owned() } else { words(text) }
}

fn words(text: &str) -> String {
    let mut pieces: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if pieces.last().is_some_and(|piece| piece.len() + c.len_utf8() > 42) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.iter().map(|piece| format!("=?utf-8?B?{}?=", BASE64.encode(piece))).collect::<Vec<_>>().join(" ")
}

/// Text with line ends as CR LF, every byte that is not plain as `=XX`, lines of at most 76.
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.replace("\r\n", "\n").replace('\r', "\n").trim_end().split('\n') {
        let mut length = 0;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let last = at + 1 == bytes.len();
            let plain = (33..=126).contains(byte) && *byte != b'=' || *byte == b' ' && !last;
            // A lone full stop or the word "From" at the start of a line means something to mail programs.
            let risky = at == 0 && matches!(byte, b'.' | b'F');
            let piece = if plain && !risky { char::from(*byte).to_string() } else { format!("={byte:02X}") };
            if length + piece.len() > LINE - 1 {
                out.push_str("=\r\n");
                length = 0;
            }
            length += piece.len();
            out.push_str(&piece);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use mail_parser::{MessageParser, MimeHeaders};

    use super::*;

    pub(in crate::mail) fn mail() -> FinishedMail {
        FinishedMail {
            message_id: "<1@greenbank.example>".into(),
            written: jiff::Timestamp::from_second(1_764_000_000).unwrap(),
            from_name: "Greenbank Learning, data protection".into(),
            from: "data@greenbank.example".into(),
            to: "amelia@hart.example".into(),
            copy_to: None,
            title: "We have your request".into(),
            text: "Your request reached us on 28 November 2026.\n\n.\nFrom us all, until then \u{2013} goodbye.\n".into(),
            files: Vec::new(),
            in_reply_to: None,
            auto_submitted: Some("auto-replied"),
        }
    }

    fn text(mail: &FinishedMail) -> String {
        String::from_utf8(write(mail).unwrap()).unwrap()
    }

    #[test]
    fn the_headers_say_who_what_when_and_that_a_machine_wrote_it() {
        let written = text(&FinishedMail { in_reply_to: Some("<theirs@hart.example>".into()), ..mail() });
        for line in [
            "Message-ID: <1@greenbank.example>\r\n",
            "From: \"Greenbank Learning, data protection\" <data@greenbank.example>\r\n",
            "To: amelia@hart.example\r\n",
            "Subject: We have your request\r\n",
            "In-Reply-To: <theirs@hart.example>\r\n",
            "References: <theirs@hart.example>\r\n",
            "Auto-Submitted: auto-replied\r\n",
            "Date: Mon, 24 Nov 2025 16:00:00 +0000\r\n",
        ] {
            assert!(written.contains(line), "{line}{written}");
        }
        assert!(written.lines().all(|line| line.len() <= 78 && line.is_ascii() && line != "."), "{written}");
        assert!(!text(&FinishedMail { auto_submitted: None, ..mail() }).contains("Auto-"));
        let parsed = MessageParser::default().parse(written.as_bytes()).unwrap();
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), mail().text.trim_end());
    }

    #[test]
    fn names_and_titles_of_every_alphabet_come_back() {
        for words in [
            "Zo\u{eb} \u{2013} \u{5411}\u{65e5}\u{8475} and a longer line that has to be folded at least once, or twice",
            "a =?utf-8?B?x?= b",
            "\"Q\" \\ A",
        ] {
            let written = text(&FinishedMail { title: words.into(), from_name: words.into(), ..mail() });
            let parsed = MessageParser::default().parse(written.as_bytes()).unwrap();
            assert_eq!(parsed.subject(), Some(words), "{written}");
            assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some(words), "{written}");
        }
    }

    #[test]
    fn no_value_begins_another_header_or_recipient() {
        for evil in [
            "x\r\nBcc: all@hart.example",
            "x\nBcc: all@hart.example",
            "x\rBcc: all@hart.example",
            "\u{e9}\r\nBcc: all@hart.example",
            "x\u{2028}Bcc: a@b.example",
        ] {
            let mut forged = mail();
            forged.title = evil.into();
            forged.from_name = evil.into();
            forged.in_reply_to = Some(evil.into());
            forged.files = vec![MailFile { name: evil.into(), mime: evil.into(), bytes: b"x".to_vec() }];
            let written = text(&forged);
            assert!(!written.split(['\r', '\n']).any(|line| line.to_lowercase().starts_with("bcc:")), "{written}");
            assert!(write(&FinishedMail { to: evil.into(), ..mail() }).is_none());
            assert!(write(&FinishedMail { from: evil.into(), ..mail() }).is_none());
            assert!(write(&FinishedMail { message_id: evil.into(), ..mail() }).is_none());
        }
    }

    #[test]
    fn an_attachment_keeps_its_bytes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
        let file = MailFile { name: "letter.pdf".into(), mime: "application/pdf".into(), bytes: bytes.clone() };
        let written = text(&FinishedMail { files: vec![file.clone(), file], ..mail() });
        let parsed = MessageParser::default().parse(written.as_bytes()).unwrap();
        assert_eq!(parsed.attachment_count(), 2);
        assert_eq!(parsed.attachment(0).unwrap().attachment_name(), Some("letter.pdf"));
        assert_eq!(parsed.attachment(1).unwrap().contents(), bytes);
        assert!(parsed.body_text(0).unwrap().contains("until then \u{2013} goodbye."));
    }
}
