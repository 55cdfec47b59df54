//! The personal data detector: one pass of patterns with checks, one pass over the words.

mod check;
mod context;
mod kind;
mod numbers;
mod offsets;
mod patterns;
mod people;
mod place;
mod rules;
mod tokens;

#[cfg(test)]
mod tests;

pub use kind::{Finding, Kind};
pub use offsets::to_char_offsets;

/// The detector. Cheap to make and to copy: the automata and word lists are built once and shared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detector(());

impl Detector {
    /// A detector.
    pub fn new() -> Self {
        Self(())
    }

    /// Finds personal data. The findings are sorted by place and do not overlap;
    /// where two would, the more exact kind stays, then the longer one.
    pub fn detect(&self, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        patterns::find(text, &mut findings);
        findings.sort_unstable_by_key(|f| f.start);
        people::find(text, &mut findings);
        settle(findings)
    }
}

/// Removes overlaps.
fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| a.start.cmp(&b.start).then(b.kind.rank().cmp(&a.kind.rank())).then(b.end.cmp(&a.end)));
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    'next: for finding in findings {
        while let Some(last) = out.last() {
            if last.end <= finding.start {
                break;
            }
            let stays = (last.kind.rank(), last.end - last.start) >= (finding.kind.rank(), finding.end - finding.start);
            if stays {
                continue 'next;
            }
            out.pop();
        }
        out.push(finding);
    }
    out
}
