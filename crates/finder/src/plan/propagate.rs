//! One decision for one string in the whole pack.

use std::collections::BTreeSet;

use crate::detect::{Kind, title_before};
use crate::document::Document;
use crate::fold::Folded;

use super::derive::terms_of;
use super::exclude::Own;
use super::merge::{Source, merge};
use super::propose::withhold;
use super::terms::{Term, TermSet};
use super::{Default, PlanContext, Proposal, Role};

/// A document of the pack with its proposals.
#[derive(Debug, Clone)]
pub struct DocPlan<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its proposals, sorted and apart.
    pub proposals: Vec<Proposal>,
}

/// Makes the pack consistent: what is withheld in one place is proposed at every occurrence in every document, in any
/// spelling that folds alike; of a person's full name also first name and surname alone where written with a capital and not
/// the subject's own. Staff shown by the directory stay shown. In tables of people the rows about others go whole, and so do sentences that say
/// something sensitive about somebody else; passages that an exemption may cover are listed. Run it again after decisions changed.
pub fn propagate(plans: &mut [DocPlan<'_>], context: &PlanContext) {
    let mut seen: BTreeSet<(String, bool)> = BTreeSet::new();
    let mut terms: Vec<Term> = Vec::new();
    let staff = shown_terms(context);
    for plan in plans.iter() {
        for p in plan.proposals.iter().filter(|p| p.default == Default::Withhold) {
            let Some(text) = plan.document.text.get(p.start..p.end) else { continue };
            for term in terms_of(text, p, context) {
                let mut term = term;
                // Persons are numbered per document beyond the directory.
                term.person = term.person.filter(|i| *i < context.directory.len());
                if !staff.contains(term.folded.as_str()) && seen.insert((term.folded.clone(), term.kind == Kind::Person)) {
                    terms.push(term);
                }
            }
        }
    }
    let set = TermSet::new(terms);
    for plan in plans.iter_mut() {
        spread(plan, &set, context);
    }
    super::roles::note(plans, context);
}

/// Terms of staff who are shown: their names are not withheld because one document had them by another way.
fn shown_terms(context: &PlanContext) -> BTreeSet<&str> {
    let staff = |person: Option<usize>| person.and_then(|p| context.directory.get(p)).is_some_and(|d| d.role == Role::Staff);
    context.known.terms.iter().filter(|t| staff(t.person)).map(|t| t.folded.as_str()).collect()
}

fn spread(plan: &mut DocPlan<'_>, set: &TermSet, context: &PlanContext) {
    let doc = plan.document;
    let folded = Folded::new(&doc.text);
    // Sentences and passages are laid around the names anew.
    let mut old = std::mem::take(&mut plan.proposals);
    old.retain(|p| !matches!(p.kind, Kind::Sentence | Kind::Passage));
    let within = |start: usize, end: usize| {
        let at = old.partition_point(|p| p.end <= start);
        old.get(at).is_some_and(|p| p.start <= start && end <= p.end)
    };
    let mut fresh: Vec<Proposal> = set
        .places(&doc.text, &folded)
        .into_iter()
        .filter(|place| !within(place.start, place.end))
        .filter_map(|place| set.terms.get(place.term).map(|t| withhold(place.start, place.end, t.kind, t.why.to_owned(), t.person)))
        .collect();
    if !fresh.is_empty() {
        let own = Own::of(doc, context);
        fresh.retain(|p| !own.covers(&doc.text, p));
        super::seen::note(doc, context, &mut fresh);
    }
    let all = old.into_iter().map(|p| (Source::Directory, p)).chain(fresh.into_iter().map(|p| (Source::Correspondent, p)));
    plan.proposals = merge(all.collect());
    take_titles(&doc.text, &mut plan.proposals);
    super::rows::withhold_rows(plan, context);
    super::sensitive::withhold_sentences(plan, context);
    super::marks::list(plan, context);
}

/// What is withheld of a person's name begins with the title before it: a title alone would tell a sex, a rank or a calling.
fn take_titles(text: &str, proposals: &mut [Proposal]) {
    let mut free = 0;
    for p in proposals {
        if p.kind == Kind::Person
            && p.default == Default::Withhold
            && let Some(start) = title_before(text, p.start).filter(|start| *start >= free)
        {
            p.start = start;
        }
        free = p.end;
    }
}
