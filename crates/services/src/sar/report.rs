//! `review.json`: the record of search and every proposal, for the organisation alone.

use std::collections::BTreeMap;

use domain::calendar::Deadline;
use finder::identity::Band;
use serde::Serialize;

use super::draft::{Decision, DraftItem};
use super::scan::{Place, Scan};
use crate::intake::OwnDetail;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What was read as the request.
    pub request: RequestRead,
    /// When the answer is due, and why.
    pub deadline: Deadline,
    /// Counts and seconds a stage.
    pub summary: Summary,
    /// Every item met.
    pub items: Vec<ReportItem>,
}

/// The request as it was read.
#[derive(Debug, Serialize)]
pub struct RequestRead {
    /// Reference given to it.
    pub reference: String,
    /// The day it reached the organisation.
    pub received_on: jiff::civil::Date,
    /// Subject line.
    pub subject: String,
    /// Why it reads as a request.
    pub reasons: Vec<String>,
    /// It seems to be made for somebody else.
    pub on_behalf: bool,
    /// What identifies the person, each with its origin.
    pub person: Vec<OwnDetail>,
    /// What a person should look at before relying on this.
    pub warnings: Vec<String>,
}

/// Counts and times.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Items of the sources.
    pub items: u64,
    /// Documents met, attachments and nested messages counted.
    pub documents: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Documents that certainly concern the person.
    pub certain: u64,
    /// Documents that likely do.
    pub likely: u64,
    /// Documents that possibly do.
    pub possible: u64,
    /// The same text again.
    pub duplicates: u64,
    /// What could not be read.
    pub unreadable: u64,
    /// Of these, pictures and pages not read because no text recognition is installed.
    #[serde(default)]
    pub without_letters: u64,
    /// Of these, items under a password that nobody has given.
    #[serde(default)]
    pub encrypted: u64,
    /// Redactions proposed.
    pub proposed: u64,
    /// Redactions burnt into the pack.
    pub withheld: u64,
    /// Items in the pack.
    pub in_pack: u64,
    /// Seconds by stage, in order.
    pub seconds: BTreeMap<&'static str, f64>,
}

/// One item met.
#[derive(Debug, Serialize)]
pub struct ReportItem {
    /// Where it is.
    pub locator: String,
    /// The place it was found in.
    pub source: String,
    /// How surely it concerns the person.
    pub band: Option<Band>,
    /// Why.
    pub reasons: Vec<String>,
    /// The item with the same text.
    pub duplicate_of: Option<String>,
    /// What could not be read, and why.
    pub unreadable: Option<String>,
    /// Proposals, positions in Unicode characters of `text`.
    pub redactions: Vec<ReportRedaction>,
    /// The text the positions refer to; only for items in the review set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One proposed redaction.
#[derive(Debug, Serialize)]
pub struct ReportRedaction {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What kind of information.
    pub kind: finder::detect::Kind,
    /// The text itself.
    pub text: String,
    /// Why it is proposed.
    pub why: String,
    /// The exemption it would rest on.
    pub exemption: String,
    /// The test of that exemption, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<&'static str>,
    /// What was decided: `withhold` or `show`.
    pub decision: Decision,
}

/// Lists every item met with its proposals.
pub(super) fn items(scan: &Scan, places: &[Place], drafts: &[DraftItem]) -> Vec<ReportItem> {
    scan.met
        .iter()
        .map(|met| {
            let draft = met.document.and_then(|index| drafts.get(index));
            ReportItem {
                locator: met.locator.clone(),
                source: places.get(met.place).map(|place| place.name.clone()).unwrap_or_default(),
                band: met.band,
                reasons: met.reasons.clone(),
                duplicate_of: met.duplicate_of.clone(),
                unreadable: met.unreadable.clone(),
                redactions: draft.map(redactions).unwrap_or_default(),
                text: draft.map(|draft| draft.scanned.document.text.clone()),
            }
        })
        .collect()
}

fn redactions(draft: &DraftItem) -> Vec<ReportRedaction> {
    let text = &draft.scanned.document.text;
    let mut counter = CharCounter { text, byte: 0, chars: 0 };
    draft
        .redactions
        .iter()
        .map(|redaction| {
            let start = counter.at(redaction.start);
            let shown = text.get(redaction.start..redaction.end).unwrap_or_default();
            ReportRedaction {
                start,
                end: start + shown.chars().count(),
                kind: redaction.kind,
                text: shown.to_owned(),
                why: redaction.why.clone(),
                exemption: redaction.exemption.clone(),
                test: finder::plan::test_of(&redaction.exemption),
                decision: redaction.decision,
            }
        })
        .collect()
}

/// Turns ascending byte positions into character positions in one pass.
struct CharCounter<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
}

impl CharCounter<'_> {
    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            self.byte = 0;
            self.chars = 0;
        }
        self.chars += self.text.get(self.byte..byte).map_or(0, |between| between.chars().count());
        self.byte = byte;
        self.chars
    }
}

impl Summary {
    /// Counts a scan.
    pub fn of(scan: &Scan, drafts: &[DraftItem]) -> Self {
        let band = |wanted: Band| scan.met.iter().filter(|met| met.band == Some(wanted) && met.duplicate_of.is_none()).count() as u64;
        Self {
            items: scan.items,
            documents: scan.listed,
            bytes: scan.bytes,
            certain: band(Band::Certain),
            likely: band(Band::Likely),
            possible: band(Band::Possible),
            duplicates: scan.met.iter().filter(|met| met.duplicate_of.is_some()).count() as u64,
            unreadable: scan.met.iter().filter(|met| met.unreadable.is_some()).count() as u64,
            without_letters: scan.without_letters(),
            encrypted: scan.encrypted(),
            proposed: drafts.iter().map(|draft| draft.redactions.len() as u64).sum(),
            ..Self::default()
        }
    }
}
