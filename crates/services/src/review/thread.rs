//! Conversations: messages with the same subject that share a correspondent, and what was attached to them.

use std::collections::BTreeMap;

use finder::document::{Document, DocumentKind};

/// For each document (with the locator of its source item, without the path inside) the first of its
/// conversation, by position; `None` when it stands alone.
pub(crate) fn threads(documents: &[Option<(&Document, &str)>]) -> Vec<Option<usize>> {
    let mut head: Vec<Option<usize>> = vec![None; documents.len()];
    // Conversations by folded subject: the head, and the addresses met so far.
    let mut by_subject: BTreeMap<String, Vec<(usize, Vec<&str>)>> = BTreeMap::new();
    let mut by_source: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        let Some((document, source)) = document else { continue };
        let first = if document.kind == DocumentKind::Mail && document.path.is_empty() {
            conversation(&mut by_subject, document, at)
        } else {
            by_source.get(source).copied().unwrap_or(at)
        };
        by_source.entry(source).or_insert(first);
        if first != at {
            for one in [first, at] {
                if let Some(slot) = head.get_mut(one) {
                    *slot = Some(first);
                }
            }
        }
    }
    head
}

/// The head of the conversation that a message belongs to; itself when it begins one.
fn conversation<'a>(by_subject: &mut BTreeMap<String, Vec<(usize, Vec<&'a str>)>>, document: &'a Document, at: usize) -> usize {
    let subject = bare_subject(&document.title);
    let addresses: Vec<&str> = document.correspondents.iter().map(|c| c.address.as_str()).filter(|address| !address.is_empty()).collect();
    // A short or missing subject says nothing about what belongs together.
    if subject.chars().filter(|c| c.is_alphanumeric()).count() < 4 {
        return at;
    }
    let known = by_subject.entry(subject).or_default();
    if let Some((first, met)) = known.iter_mut().find(|(_, met)| met.iter().any(|address| addresses.contains(address))) {
        met.extend(addresses);
        return *first;
    }
    known.push((at, addresses));
    at
}

/// A subject without what mail programs put before it, in lower case.
fn bare_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((before, after)) = rest.split_once(':') {
        let before = before.trim().to_lowercase();
        if !matches!(before.as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "antw" | "sv" | "vs") {
            break;
        }
        rest = after.trim();
    }
    rest.to_lowercase()
}

#[cfg(test)]
mod tests {
    use finder::document::{Correspondent, Header};

    use super::*;

    fn mail(title: &str, address: &str) -> Document {
        Document {
            correspondents: vec![Correspondent { header: Header::From, name: String::new(), address: address.to_owned() }],
            ..Document::of(DocumentKind::Mail, title, "")
        }
    }

    #[test]
    fn replies_and_attachments_follow_the_first_message() {
        let mut attached = mail("plan.docx", "");
        attached.kind = DocumentKind::Word;
        attached.path = "2:plan.docx".to_owned();
        let documents = [
            mail("Spring timetable", "sam@example.org"),
            mail("Re: spring TIMETABLE", "sam@example.org"),
            attached,
            mail("Spring timetable", "other@example.net"),
            mail("AW: Fwd: Spring timetable", "sam@example.org"),
            mail("Re:", "sam@example.org"),
        ];
        let sources = ["1", "2", "2", "4", "5", "6"];
        let given: Vec<Option<(&Document, &str)>> = documents.iter().zip(sources).map(Some).collect();
        assert_eq!(threads(&given), [Some(0), Some(0), Some(0), None, Some(0), None]);
    }

    #[test]
    fn what_could_not_be_read_stands_alone() {
        assert_eq!(threads(&[None, None]), [None, None]);
    }
}
