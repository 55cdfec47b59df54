//! The draft: what would be withheld, for a person to decide. The same person is
//! treated alike in every item.

use finder::detect::Kind;
use finder::document::{Document, DocumentKind, Part, PartKind};
use finder::plan::{Default as PlanDefault, DocPlan, PlanContext, Proposal, plan, propagate};
use serde::{Deserialize, Serialize};

use super::scan::ScannedDocument;

/// What is decided about one proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is withheld.
    Withhold,
    /// It is shown.
    Show,
}

/// One proposal with its decision. Positions are bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftRedaction {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What kind of information.
    pub kind: Kind,
    /// Why it is proposed.
    pub why: String,
    /// The exemption it rests on.
    pub exemption: String,
    /// What is proposed, or decided.
    pub decision: Decision,
}

/// One document with its proposals.
#[derive(Debug, Clone)]
pub struct DraftItem {
    /// The document.
    pub scanned: ScannedDocument,
    /// Proposals in its text.
    pub redactions: Vec<DraftRedaction>,
    /// What must be hidden in its title and place, as ranges of [`DraftItem::label`].
    pub label: String,
    /// Ranges of the label that are withheld.
    pub label_redactions: Vec<DraftRedaction>,
}

/// All documents with their proposals.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// In the order of the scan.
    pub items: Vec<DraftItem>,
}

/// Drafts the redactions of all documents together, so that a string withheld in one
/// place is withheld in every place, titles and file names included.
pub fn draft(documents: Vec<ScannedDocument>, context: &PlanContext) -> Draft {
    let labels: Vec<Document> = documents.iter().map(label).collect();
    let mut plans: Vec<DocPlan<'_>> = Vec::with_capacity(documents.len() * 2);
    for (scanned, label) in documents.iter().zip(&labels) {
        plans.push(DocPlan { document: &scanned.document, proposals: plan(&scanned.document, context) });
        plans.push(DocPlan { document: label, proposals: plan(label, context) });
    }
    propagate(&mut plans, context);
    let proposals: Vec<Vec<Proposal>> = plans.into_iter().map(|plan| plan.proposals).collect();
    let mut proposals = proposals.into_iter();
    let items = documents
        .into_iter()
        .zip(labels)
        .map(|(scanned, label)| {
            let text_redactions = proposals.next().map(redactions).unwrap_or_default();
            let label_redactions = proposals.next().map(redactions).unwrap_or_default();
            DraftItem { scanned, redactions: text_redactions, label: label.text, label_redactions }
        })
        .collect();
    Draft { items }
}

fn redactions(proposals: Vec<Proposal>) -> Vec<DraftRedaction> {
    proposals
        .into_iter()
        .map(|proposal| DraftRedaction {
            start: proposal.start,
            end: proposal.end,
            kind: proposal.kind,
            why: proposal.why,
            exemption: proposal.exemption,
            decision: match proposal.default {
                PlanDefault::Withhold => Decision::Withhold,
                PlanDefault::Show => Decision::Show,
            },
        })
        .collect()
}

/// The title as a document of its own: names stand in subjects and file names too.
fn label(scanned: &ScannedDocument) -> Document {
    let text = scanned.document.title.replace(['_'], " ");
    Document {
        path: String::new(),
        kind: DocumentKind::Text,
        title: String::new(),
        date: None,
        message_id: None,
        correspondents: Vec::new(),
        parts: vec![Part { kind: PartKind::Body, start: 0, end: text.len() }],
        text,
        truncated: false,
    }
}

/// A document as an item without proposals: for redacting a single file.
pub fn plain_item(document: Document) -> DraftItem {
    let scanned = ScannedDocument {
        locator: String::new(),
        place: 0,
        document,
        hits: Vec::new(),
        band: finder::identity::Band::Certain,
        reasons: Vec::new(),
    };
    let label = label(&scanned).text;
    DraftItem { scanned, redactions: Vec::new(), label, label_redactions: Vec::new() }
}
