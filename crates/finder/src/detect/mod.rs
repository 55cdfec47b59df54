//! The personal data detector: one pass of patterns with checks, one pass over the words.

mod ages;
mod announced;
mod category;
mod check;
mod context;
mod dates;
mod kind;
mod labels;
pub mod names;
mod numbers;
mod offsets;
mod patterns;
mod people;
mod place;
mod rules;
mod special;
mod tokens;

#[cfg(test)]
mod identifier_tests;
#[cfg(test)]
mod tests;

pub use category::Category;
pub(crate) use check::nhs;
pub use kind::{Finding, Kind};
pub use offsets::to_char_offsets;

/// The detector. Cheap to make and to copy: the automata and word lists are built once and shared.
#[derive(Debug, Clone, Copy)]
pub struct Detector {
    names: Names,
}

/// How names are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Not at all.
    Without,
    /// A missed name weighs as much as a false one.
    Balanced,
    /// A missed name weighs more than a false one.
    Careful,
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// A detector of everything.
    pub const fn new() -> Self {
        Self { names: Names::Balanced }
    }

    /// A detector of everything that would rather find a name too many than miss one: for proposals, which a person sees.
    pub const fn careful() -> Self {
        Self { names: Names::Careful }
    }

    /// A detector of what has a pattern: numbers, addresses, dates, flags. Many times faster, blind to names.
    pub const fn without_names() -> Self {
        Self { names: Names::Without }
    }

    /// Finds personal data. The findings are sorted by place and do not overlap;
    /// where two would, the more exact kind stays, then the longer one.
    pub fn detect(&self, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        patterns::find(text, &mut findings);
        if self.names != Names::Without {
            findings.sort_unstable_by_key(|f| f.start);
            people::find(text, self.names == Names::Careful, &mut findings);
            findings.retain(|f| !labels::is_label(text, f));
        }
        let mut findings = settle(text, findings);
        if self.names == Names::Without {
            return findings;
        }
        ages::add(text, &mut findings);
        with_titles(text, findings)
    }
}

/// Adds the titles before persons.
fn with_titles(text: &str, findings: Vec<Finding>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        if finding.kind == Kind::Person
            && let Some(start) = title_before(text, finding.start)
            && out.last().is_none_or(|l| l.end <= start)
        {
            out.push(Finding::new(Kind::Title, start, finding.start, finding.score, "a title before a name"));
        }
        out.push(finding);
    }
    out
}

/// Where the titles begin that stand right before a name: `Prof. Dr `. Nothing when there is none.
pub(crate) fn title_before(text: &str, name: usize) -> Option<usize> {
    /// More titles than anybody bears.
    const TITLES: usize = 8;
    let mut start = None;
    let mut end = name;
    for _ in 0..TITLES {
        let Some(before) = text.get(..end) else { break };
        let word_end = before.trim_end_matches([' ', '.', '\u{a0}']).len();
        let word = before.get(..word_end).unwrap_or_default();
        // No title is longer: a word is looked for in the last bytes alone.
        let from = word.ceil_char_boundary(word_end.saturating_sub(24));
        let word = word.get(from..).unwrap_or_default().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let close = (1..=3).contains(&(end - word_end));
        if !close || !word.starts_with(char::is_uppercase) || !crate::lexicon::flags(word).any(crate::lexicon::Flags::TITLE) {
            break;
        }
        end = word_end - word.len();
        start = Some(end);
    }
    start
}

/// What a finding weighs against another that overlaps it: its kind, then its length. A longer flag is worth more than a shorter
/// name within it, and one as long more than an organisation or place, or than a person that is not written as one: `Jehovah's Witnesses`,
/// `Polish national`, `halal`.
fn weight(text: &str, one: &Finding, other: &Finding) -> (u8, usize) {
    let length = |f: &Finding| f.end - f.start;
    let someone = matches!(one.category, Some(Category::Belief | Category::Ethnicity)) && one.score >= 0.5;
    let special = someone && matches!(other.kind, Kind::Organisation | Kind::Place);
    // Behind one word such a flag says what somebody is; organisations begin with it: `Practising Muslim`, `Muslim Aid`.
    let single = |words: &str| !words.trim_end().is_empty() && !words.trim_end().contains([' ', '\n']) && !words.contains(char::is_numeric);
    let behind = special && one.end == other.end && text.get(other.start..one.start).is_some_and(|t| t.ends_with(' ') && single(t));
    let flag = one.kind.rank() == Kind::Special.rank() && (behind || one.start <= other.start && other.end <= one.end);
    let written = || text.get(other.start..other.end).is_some_and(|w| w.starts_with(char::is_uppercase) && w.contains(char::is_lowercase));
    let more = flag
        && match other.kind {
            Kind::Organisation | Kind::Place => true,
            // The day of the week within it: `Friday prayers`.
            Kind::Date => other.score < 0.5 && length(one) > length(other),
            Kind::Person => one.kind == Kind::Special && (length(one) > length(other) || !written()),
            _ => false,
        };
    (if more { other.kind.rank() + 1 } else { one.kind.rank() }, length(one))
}

/// Removes overlaps.
fn settle(text: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| a.start.cmp(&b.start).then(b.kind.rank().cmp(&a.kind.rank())).then(b.end.cmp(&a.end)));
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    'next: for finding in findings {
        while let Some(last) = out.last() {
            if last.end <= finding.start {
                break;
            }
            let stays = weight(text, last, &finding) >= weight(text, &finding, last);
            if stays {
                continue 'next;
            }
            out.pop();
        }
        out.push(finding);
    }
    out
}
