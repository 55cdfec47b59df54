//! The judgments taken as a request of their applicant: other people's names go, the applicant's stay.

use std::io::{self, Write};

use finder::detect::Kind;
use finder::document::{Document, DocumentKind};
use finder::identity::Identity;
use finder::plan::{Default as Stance, DocPlan, PlanContext, plan, propagate};

use crate::corpus::{Doc, Label, Risk, Span};
use crate::score::around;

/// Prints how many of the others' names are hidden, how much of what is hidden is somebody's name, and how often the applicant is hit.
pub(crate) fn report(docs: &[&Doc], what: &str, show: bool, out: &mut dyn Write) -> io::Result<()> {
    let (mut others, mut gone, mut own, mut lost, mut hidden, mut rightly) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for doc in docs {
        let Some(ranges) = doc.applicant.as_deref().and_then(|name| proposals(&doc.text, name)) else { continue };
        let words: Vec<String> = doc.applicant.iter().flat_map(|a| a.split_whitespace()).map(str::to_lowercase).collect();
        let people: Vec<&Span> = doc.spans.iter().filter(|s| s.label == Label::Person).collect();
        for s in &people {
            let value = doc.text.get(s.start..s.end).unwrap_or_default().to_lowercase();
            let applicant = s.risk == Risk::Direct || value.split_whitespace().all(|w| words.iter().any(|x| x == w));
            let whole = ranges.iter().any(|(_, r)| r.0 <= s.whole && s.end <= r.1);
            let touched = ranges.iter().any(|(_, r)| r.0 < s.end && s.start < r.1);
            if applicant {
                own += 1;
                lost += usize::from(touched);
            } else {
                others += 1;
                gone += usize::from(whole);
            }
            if show && (applicant && touched || !applicant && !whole) {
                writeln!(out, "  - {} {}", if applicant { "own" } else { "other" }, around(&doc.text, (s.start, s.end)))?;
            }
        }
        for (kind, r) in &ranges {
            hidden += 1;
            let right = people.iter().any(|s| s.start < r.1 && r.0 < s.end);
            rightly += usize::from(right);
            if show && !right {
                writeln!(out, "  + {kind:?} {}", around(&doc.text, *r))?;
            }
        }
    }
    if others > 0 {
        writeln!(
            out,
            "request   {what}: others' names hidden {gone}/{others} = {:.3}, precision {rightly}/{hidden} = {:.3}, applicant hit {lost}/{own}",
            gone as f64 / others as f64,
            rightly as f64 / hidden.max(1) as f64
        )?;
    }
    Ok(())
}

/// What would be withheld in a text when this person asks.
fn proposals(text: &str, name: &str) -> Option<Vec<(Kind, (usize, usize))>> {
    let subject = Identity { names: vec![name.to_owned()], ..Identity::default() };
    let context = PlanContext::new(&subject, &[], &[]).ok()?;
    let document = Document::of(DocumentKind::Text, "", text);
    let mut plans = [DocPlan { document: &document, proposals: plan(&document, &context) }];
    propagate(&mut plans, &context);
    let [done] = plans;
    Some(done.proposals.iter().filter(|p| p.default == Stance::Withhold).map(|p| (p.kind, (p.start, p.end))).collect())
}
