//! Three detectors over one document: the directory, the correspondents, and the personal data detector.

use crate::detect::Kind;
use crate::document::Document;
use crate::fold::{Folded, fold};

use super::accounts;
use super::exclude::Own;
use super::merge::{Source, merge};
use super::terms::{Place, Term, TermSet, person_terms};
use super::{Default, EXEMPTION_OTHERS, PlanContext, Proposal, REASON_STAFF, Role};

/// Proposes what to withhold in a document: sorted, apart, without the subject's own data.
pub fn plan(doc: &Document, context: &PlanContext) -> Vec<Proposal> {
    let folded = Folded::new(&doc.text);
    let mut found: Vec<(Source, Proposal)> = Vec::new();
    for place in context.known.places(&doc.text, &folded) {
        found.extend(
            context.known.terms.get(place.term).map(|t| (Source::Directory, from_term(place, t, context, "of a person in the directory"))),
        );
    }
    let people = correspondents(doc, context);
    for place in people.places(&doc.text, &folded) {
        found.extend(
            people.terms.get(place.term).map(|t| (Source::Correspondent, from_term(place, t, context, "of another correspondent"))),
        );
    }
    for f in context.detector.detect(&doc.text) {
        let account = matches!(f.kind, Kind::Handle | Kind::Url);
        let anothers = || doc.text.get(f.start..f.end).is_some_and(|text| accounts::is_anothers(f.kind, text, &context.own_names));
        if withheld_kind(f.kind, f.score) || account && anothers() {
            let why = format!("found in the text: {}", f.why);
            found.push((Source::Detector, withhold(f.start, f.end, f.kind, why, None)));
        }
    }
    let own = Own::of(doc, context);
    found.retain(|(_, p)| !own.covers(&doc.text, p));
    let mut proposals = merge(found);
    super::seen::note(doc, context, &mut proposals);
    proposals
}

pub(super) fn withhold(start: usize, end: usize, kind: Kind, why: String, person: Option<usize>) -> Proposal {
    Proposal { start, end, kind, why, exemption: EXEMPTION_OTHERS.into(), default: Default::Withhold, person }
}

fn from_term(place: Place, term: &Term, context: &PlanContext, of: &str) -> Proposal {
    let role = term.person.and_then(|p| context.directory.get(p)).map(|d| d.role);
    let mut proposal = withhold(place.start, place.end, term.kind, format!("{} {of}", term.why), term.person);
    if role == Some(Role::Staff) {
        proposal.default = Default::Show;
        proposal.exemption = REASON_STAFF.into();
        proposal.why = format!("{} of a member of staff acting in their job", term.why);
    }
    proposal
}

/// Kinds that are about a person. Flags, dates, places and organisations are not proposed by themselves, of accounts and web addresses those
/// alone that are somebody else's.
fn withheld_kind(kind: Kind, score: f32) -> bool {
    match kind {
        Kind::Organisation
        | Kind::Place
        | Kind::Date
        | Kind::Url
        | Kind::Handle
        | Kind::Special
        | Kind::Age
        | Kind::Ip
        | Kind::Amount
        | Kind::Occupation
        | Kind::Title
        | Kind::Row
        | Kind::Sentence
        | Kind::Passage => false,
        Kind::Person => score >= 0.35,
        // The number somebody has in a register, the day somebody was born; no other number, and no year alone.
        Kind::Reference | Kind::DateOfBirth => score >= 0.75,
        _ => true,
    }
}

/// Terms of everybody in the headers but the subject. People the directory knows keep their place in it.
fn correspondents(doc: &Document, context: &PlanContext) -> TermSet {
    let mut terms: Vec<Term> = Vec::new();
    let mut next = context.directory.len();
    for c in &doc.correspondents {
        if context.is_subject(&c.name, std::iter::once(c.address.as_str())) {
            continue;
        }
        let known = context.directory.iter().position(|d| {
            let address = !c.address.is_empty() && d.emails.iter().any(|e| fold(e) == fold(&c.address));
            address || (!c.name.is_empty() && fold(&d.name) == fold(&c.name))
        });
        let person = known.unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        for term in person_terms(person, &c.name, std::slice::from_ref(&c.address), &context.own_names) {
            if !terms.iter().any(|t| t.folded == term.folded) {
                terms.push(term);
            }
        }
    }
    TermSet::new(terms)
}
