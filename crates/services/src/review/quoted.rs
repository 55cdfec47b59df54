//! What was seen once is not shown again: passages that an item quotes from another one, or repeats.

use finder::dedupe::QuoteIndex;
use serde::{Deserialize, Serialize};
use store::ReviewItemFull;

use super::item::{StoredDocument, StoredProposals, json, parse};
use crate::error::Error;

/// A passage that stands word for word in another item of the review, and is shown there. Positions are bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quoted {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The number of the other item.
    pub(crate) stands_in: u64,
}

/// Notes with each readable item which of its passages stand in another one.
///
/// # Errors
/// An item that cannot be read back.
pub(crate) fn note_quoted(items: &mut [ReviewItemFull]) -> Result<(), Error> {
    let mut index = QuoteIndex::new();
    let mut documents = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.document.is_empty()) {
        let document: StoredDocument = parse(&item.document)?;
        index.add(at, &document.document.text);
        documents.push((at, document));
    }
    for (at, mut document) in documents {
        let numbered = |place: usize| items.get(place).map(|item| item.item.idx);
        let mut found = index.shown_elsewhere(at, &document.document.text);
        found.extend(index.repeated(at, &document.document.text));
        found.sort_by_key(|quoted| quoted.range.start);
        document.quoted = found
            .into_iter()
            .filter_map(|quoted| Some(Quoted { start: quoted.range.start, end: quoted.range.end, stands_in: numbered(quoted.shown_in)? }))
            .collect();
        if let Some(item) = items.get_mut(at).filter(|_| !document.quoted.is_empty()) {
            item.document = json(&document)?;
        }
    }
    Ok(())
}

/// The passages that need not be read here: nothing in them waits for a decision.
pub(super) fn settled<'d>(document: &'d StoredDocument, stored: &'d StoredProposals) -> impl Iterator<Item = Quoted> + 'd {
    let open = |quoted: &Quoted| {
        stored.proposals.iter().any(|one| one.decided.is_none() && one.redaction.start < quoted.end && quoted.start < one.redaction.end)
    };
    document.quoted.iter().filter(move |quoted| !open(quoted)).copied()
}

#[cfg(test)]
mod tests {
    use finder::detect::Kind;
    use finder::document::{Document, DocumentKind};
    use finder::identity::Band;
    use store::ReviewItem;

    use super::super::item::{Shown, StoredProposal, shown};
    use super::*;
    use crate::sar::{Decision, DraftRedaction};

    const FIRST: &str = "Dear Sam,\nwe meet Ben Carter on Tuesday at four.\nPlease bring the papers for the trip.\nAmelia\n";
    const ANSWER: &str = "I shall be there.\n\nOn 3 March Amelia wrote:\n> Dear Sam,\n> we meet Ben Carter on Tuesday at four.\n> Please bring the \
                          papers for the trip.\n> Amelia\n";

    fn row(idx: u64, text: &str, decided: Option<Decision>) -> ReviewItemFull {
        let document = StoredDocument {
            place: "mailbox".into(),
            locator: idx.to_string(),
            document: Document::of(DocumentKind::Mail, "", text),
            hits: Vec::new(),
            band: Band::Certain,
            reasons: Vec::new(),
            label: String::new(),
            label_redactions: Vec::new(),
            quoted: Vec::new(),
        };
        let start = text.find("Ben Carter").unwrap();
        let redaction = DraftRedaction {
            start,
            end: start + 10,
            kind: Kind::Person,
            why: String::new(),
            exemption: String::new(),
            decision: Decision::Withhold,
        };
        let proposals = vec![StoredProposal { redaction, decided, by_hand: false, words: String::new() }];
        let stored = StoredProposals { proposals, included: Some(true), second: None, pages: None };
        ReviewItemFull {
            item: ReviewItem { idx, ..ReviewItem::default() },
            proposals: json(&stored).unwrap(),
            document: json(&document).unwrap(),
        }
    }

    /// What of an item is quoted from which item, and whether its text is whole.
    fn quoted(row: &ReviewItemFull, text: &str) -> (String, Option<u64>) {
        let pieces = shown(row).unwrap().pieces;
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert_eq!(pieces.iter().filter(|piece| piece.shown != Shown::Text).count(), 1);
        let quoted: Vec<_> = pieces.iter().filter(|piece| piece.stands_in.is_some()).collect();
        (quoted.iter().map(|piece| piece.text.as_str()).collect(), quoted.first().and_then(|piece| piece.stands_in))
    }

    #[test]
    fn a_quotation_is_known_once_nothing_in_it_is_open() {
        let mut items = [row(4, FIRST, None), row(7, ANSWER, Some(Decision::Withhold)), row(9, ANSWER, None)];
        note_quoted(&mut items).unwrap();
        assert_eq!(quoted(&items[0], FIRST), (String::new(), None));
        let (words, stands_in) = quoted(&items[1], ANSWER);
        assert_eq!(stands_in, Some(4));
        assert!(words.contains("Please bring the papers") && !words.contains("I shall be there"), "{words}");
        assert_eq!(quoted(&items[2], ANSWER), (String::new(), None), "a name in it waits for its decision");
    }
}
