//! What the headers of a message say. Read from the raw bytes: short, bounded, never shown.

use domain::casework::message::Signals;
use sha2::{Digest, Sha256};

use super::address::{clean_address, clean_message_id};
use crate::intake::headers;

/// Message-IDs of earlier mails looked at.
const MOST_ANSWERED: usize = 30;
/// Bytes looked through for our own Message-IDs in a returned mail.
const LOOKED_THROUGH: usize = 256 * 1024;
/// Senders that are programs.
const PROGRAMS: &[&str] =
    &["mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "bounce", "bounces"];

/// The headers of a message.
pub(super) struct Head(Vec<(String, String)>);

impl Head {
    pub(super) fn read(message: &[u8]) -> Self {
        Self(headers(message))
    }

    fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The Message-ID, with its brackets, or nothing.
    pub(super) fn message_id(&self) -> String {
        clean_message_id(self.first("message-id")).unwrap_or_default()
    }

    /// The Message-IDs that it answers, the nearest first.
    pub(super) fn answers(&self) -> Vec<String> {
        let near = self.first("in-reply-to").split_whitespace().filter_map(clean_message_id);
        let all = near.chain(self.first("references").split_whitespace().rev().filter_map(clean_message_id));
        let mut answers: Vec<String> = Vec::new();
        for id in all {
            if answers.len() < MOST_ANSWERED && !answers.contains(&id) {
                answers.push(id);
            }
        }
        answers
    }

    /// The Message-ID that its thread began with: its own when it begins one.
    pub(super) fn thread(&self) -> String {
        let first = self.first("references").split_whitespace().find_map(clean_message_id);
        first.or_else(|| clean_message_id(self.first("in-reply-to"))).unwrap_or_else(|| self.message_id())
    }

    /// The sender's address as it can be answered; nothing when there is none, or several.
    pub(super) fn sender(&self) -> String {
        if self.0.iter().filter(|(name, _)| name == "from").count() != 1 {
            return String::new();
        }
        let from = self.first("from");
        let bracketed: Vec<&str> = from.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(inner, _)| inner).collect();
        match bracketed.as_slice() {
            [one] => clean_address(one).unwrap_or_default(),
            [] => clean_address(from.split('(').next().unwrap_or_default()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The subject line as it stands, for references to cases: these are plain letters.
    pub(super) fn title(&self) -> &str {
        self.first("subject")
    }

    /// What the headers alone say. `own` is the address that our mails come from.
    pub(super) fn signals(&self, own: &str) -> Signals {
        let lower = |name: &str| self.first(name).to_ascii_lowercase();
        let (sender, precedence, kind) = (self.sender().to_ascii_lowercase(), lower("precedence"), lower("content-type"));
        let local = sender.split('@').next().unwrap_or_default();
        let auto = lower("auto-submitted");
        let program = PROGRAMS.contains(&local) || from_daemon(&lower("from"));
        let empty_path = self.first("return-path").trim() == "<>";
        Signals {
            automatic: (!auto.is_empty() && !auto.starts_with("no"))
                || self.0.iter().any(|(name, _)| name.starts_with("x-auto") || name == "x-loop")
                || precedence.contains("auto")
                || kind.contains("disposition-notification")
                || (!own.is_empty() && sender == own.to_ascii_lowercase()),
            bulk: ["bulk", "junk", "list"].contains(&precedence.trim()) || self.has("list-id") || self.has("list-unsubscribe"),
            nobody: empty_path || program,
            delivery_report: kind.contains("report-type=delivery-status")
                || kind.contains("report-type=\"delivery-status\"")
                || (empty_path && from_daemon(&lower("from"))),
            answerable: !sender.is_empty() && !program && !empty_path,
            forged: self.0.iter().any(|(name, value)| name == "authentication-results" && is_forged(value)),
            ..Signals::default()
        }
    }

    /// What makes a message this one and no other: what its writer wrote, not the way it took.
    pub(super) fn fingerprint(&self, message: &[u8]) -> String {
        let mut hash = Sha256::new();
        for name in ["message-id", "from", "date", "subject", "to"] {
            hash.update(format!("{}\n", self.first(name)));
        }
        let body = body_at(message);
        for line in message.get(body..).unwrap_or_default().split(|byte| *byte == b'\n') {
            hash.update(line.strip_suffix(b"\r").unwrap_or(line));
            hash.update(b"\n");
        }
        store::hex(&hash.finalize())
    }
}

fn from_daemon(from: &str) -> bool {
    ["mailer-daemon", "mail delivery", "postmaster@"].iter().any(|word| from.contains(word))
}

fn is_forged(results: &str) -> bool {
    results.to_ascii_lowercase().contains("dmarc=fail")
}

fn body_at(message: &[u8]) -> usize {
    let crlf = message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let lf = message.windows(2).position(|two| two == b"\n\n").map(|at| at + 2);
    [crlf, lf].into_iter().flatten().min().unwrap_or(message.len())
}

/// Message-IDs of a domain that stand anywhere in a message: in a returned mail, the one of
/// the mail that came back.
pub(super) fn ids_of_domain(message: &[u8], domain: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(message.get(..LOOKED_THROUGH.min(message.len())).unwrap_or_default()).into_owned();
    let end = format!("@{domain}>");
    let mut found: Vec<String> = Vec::new();
    for piece in text.split('<').skip(1) {
        let id = piece.split_inclusive('>').next().unwrap_or_default();
        if id.ends_with(&end)
            && let Some(id) = clean_message_id(&format!("<{id}"))
            && found.len() < MOST_ANSWERED
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// Whether a delivery report says that the mail was given up, rather than delayed.
pub(super) fn is_final(message: &[u8]) -> bool {
    let text = String::from_utf8_lossy(message.get(..LOOKED_THROUGH.min(message.len())).unwrap_or_default()).to_ascii_lowercase();
    text.contains("\naction: failed") || !text.contains("\naction: ")
}

/// References of cases that a subject line names, such as `SAR-2026-0001`.
pub(super) fn references(title: &str) -> Vec<String> {
    let is_reference = |word: &&str| {
        let parts: Vec<&str> = word.split('-').collect();
        matches!(parts.as_slice(), [kind, year, number]
            if (2..=6).contains(&kind.len()) && kind.chars().all(|c| c.is_ascii_alphabetic())
            && year.len() == 4 && year.chars().all(|c| c.is_ascii_digit())
            && (3..=6).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit()))
    };
    let words = title.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(is_reference).take(5).map(str::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Head::read(text.as_bytes())
    }

    #[test]
    fn machines_are_told_by_every_header_they_use() {
        for header in [
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: auto-generated; x=y",
            "X-Autoreply: yes",
            "X-Auto-Response-Suppress: All",
            "Precedence: auto_reply",
            "From: Data <data@greenbank.example>",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        ] {
            assert!(head(header).signals("data@greenbank.example").automatic, "{header}");
        }
        for header in ["Precedence: bulk", "List-Id: <x.y>", "List-Unsubscribe: <mailto:a@b>"] {
            assert!(head(header).signals("").bulk, "{header}");
        }
        for header in ["Return-Path: <>", "From: MAILER-DAEMON@x.example", "From: No Reply <noreply@x.example>"] {
            let signals = head(header).signals("");
            assert!(signals.nobody && !signals.answerable, "{header}");
        }
        let person = head("From: Amelia Hart <amelia@hart.example>\nAuto-Submitted: no\nReturn-Path: <amelia@hart.example>")
            .signals("data@x.example");
        assert!(!person.by_machine() && person.answerable && !person.forged);
        assert!(head("Authentication-Results: mx; dmarc=fail header.from=hart.example").signals("").forged);
        assert!(head("Content-Type: multipart/report; report-type=delivery-status").signals("").delivery_report);
    }

    #[test]
    fn one_sender_is_answered_and_two_are_not() {
        for (from, sender) in [
            ("From: Amelia Hart <Amelia@Hart.Example>", "Amelia@hart.example"),
            ("From: amelia@hart.example (Amelia)", "amelia@hart.example"),
            ("From: \"Hart, Amelia\" <amelia@hart.example>", "amelia@hart.example"),
            ("From: a@b.example, c@d.example", ""),
            ("From: A <a@b.example>, C <c@d.example>", ""),
            ("From: a@b.example\nFrom: c@d.example", ""),
            ("From: nobody", ""),
            ("Subject: x", ""),
        ] {
            assert_eq!(head(from).sender(), sender, "{from}");
        }
    }

    #[test]
    fn a_thread_is_followed_to_its_beginning() {
        let reply = head("Message-ID: <3@x>\nIn-Reply-To: <2@x>\nReferences: <1@x>\n <2@x>");
        assert_eq!((reply.thread(), reply.answers()), ("<1@x>".to_owned(), vec!["<2@x>".to_owned(), "<1@x>".to_owned()]));
        assert_eq!(head("Message-ID: <3@x>").thread(), "<3@x>");
        assert_eq!(head("Message-ID: nonsense").message_id(), "");
    }

    #[test]
    fn a_message_is_the_same_whatever_way_it_took() {
        let one = b"Received: by a\r\nMessage-ID: <1@x>\r\nFrom: a@b.example\r\n\r\nHello\r\n";
        let other = b"Received: by b\nReceived: by c\nMessage-ID: <1@x>\nFrom: a@b.example\n\nHello\n";
        let third = b"Message-ID: <1@x>\nFrom: a@b.example\n\nHello!\n";
        let print = |bytes: &[u8]| Head::read(bytes).fingerprint(bytes);
        assert_eq!(print(one), print(other));
        assert_ne!(print(one), print(third));
    }

    #[test]
    fn our_own_ids_and_references_are_found() {
        let report =
            b"Subject: failed\n\nAction: failed\n\nMessage-ID: <1@greenbank.example>\nReferences: <2@hart.example> <1@greenbank.example>\n";
        assert_eq!(ids_of_domain(report, "greenbank.example"), ["<1@greenbank.example>"]);
        assert!(is_final(report) && !is_final(b"x\n\nAction: delayed\n"));
        assert_eq!(references("Re: [sar-2026-0001] and COM-2026-00012, not 2026-1 or A-B-C"), ["SAR-2026-0001", "COM-2026-00012"]);
    }
}
