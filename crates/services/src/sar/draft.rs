//! The draft: what would be withheld, for a person to decide. The same person is
//! treated alike in every item.

use std::collections::BTreeSet;

use finder::detect::Kind;
use finder::document::{Document, DocumentKind};
use finder::plan::{Default as PlanDefault, DocPlan, PlanContext, Proposal, REASON_STAFF, plan, propagate};
use serde::{Deserialize, Serialize};

use super::pages::PagesSaid;
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
    /// What a person said of its pages.
    pub pages: Option<PagesSaid>,
}

/// All documents with their proposals.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// In the order of the scan.
    pub items: Vec<DraftItem>,
}

/// Drafts the redactions of all documents together, so that a string withheld in one
/// place is withheld in every place, titles and file names included.
///
/// `public` are texts that stand on the organisation's own letterhead.
pub fn draft(documents: Vec<ScannedDocument>, context: &PlanContext, public: &[String]) -> Draft {
    let labels: Vec<Document> = documents.iter().map(label).collect();
    let mut plans: Vec<DocPlan<'_>> = Vec::with_capacity(documents.len() * 2);
    for (scanned, label) in documents.iter().zip(&labels) {
        plans.push(DocPlan { document: &scanned.document, proposals: plan(&scanned.document, context) });
        plans.push(DocPlan { document: label, proposals: plan(label, context) });
    }
    propagate(&mut plans, context);
    let proposals: Vec<Vec<Proposal>> = plans.into_iter().map(|plan| plan.proposals).collect();
    let mut proposals = proposals.into_iter();
    let mut items: Vec<DraftItem> = documents
        .into_iter()
        .zip(labels)
        .map(|(scanned, label)| {
            let text_redactions = proposals.next().map(redactions).unwrap_or_default();
            let label_redactions = proposals.next().map(redactions).unwrap_or_default();
            DraftItem { scanned, redactions: text_redactions, label: label.text, label_redactions, pages: None }
        })
        .collect();
    treat_alike(&mut items, public);
    Draft { items }
}

/// A single word that is part of the name of somebody who is shown (a colleague's first
/// name) or of the organisation's own name is shown too, unless it is also part of the
/// name of somebody who is withheld.
fn treat_alike(items: &mut [DraftItem], public: &[String]) {
    let mut shown: BTreeSet<String> = public.iter().flat_map(|text| words(text)).collect();
    let mut withheld = BTreeSet::new();
    // The words of a sentence or a passage are nobody's name.
    for (text, redaction) in every(items).filter(|(_, redaction)| !redaction.kind.is_stretch()) {
        let several: Vec<String> = words(text);
        match redaction.decision {
            Decision::Show => shown.extend(several),
            Decision::Withhold if redaction.kind == Kind::Person && several.len() > 1 => withheld.extend(several),
            Decision::Withhold => {}
        }
    }
    for item in items {
        let sides = [(&item.scanned.document.text, &mut item.redactions), (&item.label, &mut item.label_redactions)];
        for (text, redactions) in sides {
            for redaction in redactions.iter_mut().filter(|r| r.kind == Kind::Person && r.decision == Decision::Withhold) {
                let several = text.get(redaction.start..redaction.end).map(words).unwrap_or_default();
                if let [word] = several.as_slice()
                    && shown.contains(word)
                    && !withheld.contains(word)
                {
                    redaction.decision = Decision::Show;
                    REASON_STAFF.clone_into(&mut redaction.exemption);
                    "part of a name that is shown".clone_into(&mut redaction.why);
                }
            }
        }
    }
}

/// Every proposal with the text it stands on.
fn every(items: &[DraftItem]) -> impl Iterator<Item = (&str, &DraftRedaction)> {
    items.iter().flat_map(|item| {
        let text = item.redactions.iter().filter_map(|r| Some((item.scanned.document.text.get(r.start..r.end)?, r)));
        let label = item.label_redactions.iter().filter_map(|r| Some((item.label.get(r.start..r.end)?, r)));
        text.chain(label)
    })
}

/// The folded words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    finder::fold::fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
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
    Document::of(DocumentKind::Text, "", text)
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
    DraftItem { scanned, redactions: Vec::new(), label, label_redactions: Vec::new(), pages: None }
}
