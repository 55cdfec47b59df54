//! What else must go once a string goes.

use crate::detect::Kind;
use crate::fold::fold;
use crate::identity::{PersonName, national_digits};
use crate::lexicon::is_nation;

use super::terms::{Term, Writing, person_terms, writing_of};
use super::{PlanContext, Proposal};

/// The terms under which a withheld string is looked for everywhere: itself, a person's name parts, a number's other spellings.
pub(super) fn terms_of(withheld: &str, proposal: &Proposal, context: &PlanContext) -> Vec<Term> {
    let folded = fold(withheld).trim().to_owned();
    let term = |folded: String, writing, why| Term { folded, kind: proposal.kind, writing, person: proposal.person, why };
    if folded.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Vec::new();
    }
    match proposal.kind {
        // What else a row or a sentence says stands elsewhere about anybody.
        kind if kind.is_stretch() => Vec::new(),
        Kind::Person => person(&folded, withheld, proposal, context),
        Kind::Phone => {
            let mut out = vec![term(folded.clone(), Writing::Any, "withheld elsewhere")];
            out.extend(
                national_digits(&folded).filter(|d| d.len() >= 9).map(|d| term(format!("0{d}"), Writing::Any, "withheld elsewhere")),
            );
            out
        }
        _ => vec![term(folded, Writing::Any, "withheld elsewhere")],
    }
}

fn person(folded: &str, withheld: &str, proposal: &Proposal, context: &PlanContext) -> Vec<Term> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    if let [word] = words.as_slice() {
        // A people's name that was taken for somebody's in one place is not everywhere: the others are looked at one by one.
        if proposal.person.is_none() && is_nation(word) {
            return Vec::new();
        }
        let writing = writing_of(word).filter(|_| !context.own_word(word));
        return writing
            .map(|writing| Term {
                folded: (*word).to_owned(),
                kind: Kind::Person,
                writing,
                person: proposal.person,
                why: "withheld elsewhere",
            })
            .into_iter()
            .collect();
    }
    let known = PersonName::parse(withheld).is_some();
    let mut out = if known { person_terms(0, withheld, &[], &context.own_names) } else { Vec::new() };
    for t in &mut out {
        t.person = proposal.person;
        t.why = "a name withheld elsewhere";
    }
    if !out.iter().any(|t| t.folded == folded) {
        out.push(Term {
            folded: folded.to_owned(),
            kind: Kind::Person,
            writing: Writing::Any,
            person: proposal.person,
            why: "withheld elsewhere",
        });
    }
    out
}
