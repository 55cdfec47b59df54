//! The policy as a document to read: every clause with its state and the evidence that it
//! is kept.

use domain::calendar::short_date;
use domain::documents::Adoption;
use domain::policy::{Clause, ClauseCoverage, Coverage, Policy, Winner, control};
use serde::Serialize;

use super::kept::{Kept, MEANING, state_tag};
use super::paper::As;
use crate::forms::Field;
use crate::pages::form_page::Row;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::{Tag, thousands};

/// What the reader asked for: a state, and words of a clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// A state of a clause, `overdue` or `conflict`; empty for all.
    pub(crate) state: String,
    /// Words that the clause has to contain, each of them.
    pub(crate) words: String,
}

/// One number of the bar at the top, leading to the clauses it counts.
#[derive(Debug, Clone, Serialize)]
struct Count {
    href: String,
    number: String,
    text: &'static str,
    alarming: bool,
}

/// A section with its clauses.
#[derive(Debug, Clone, Serialize)]
struct Section {
    id: String,
    title: String,
    clauses: Vec<ClauseLine>,
}

/// One clause.
#[derive(Debug, Clone, Serialize)]
struct ClauseLine {
    id: String,
    href: String,
    says: String,
    tag: Tag,
    evidence: String,
    records: String,
    alarming: bool,
    controls: Vec<ControlLine>,
    conflict: Option<Note>,
}

/// What carries a clause out.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ControlLine {
    pub(super) title: &'static str,
    pub(super) does: &'static str,
    pub(super) waits_for: &'static str,
}

/// Where something else holds than the clause says.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Note {
    pub(super) winner: &'static str,
    pub(super) wins: String,
    pub(super) why: String,
    pub(super) source: String,
    pub(super) mend: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct PolicyPage {
    heading: String,
    organisation: String,
    about: Vec<Row>,
    counts: Vec<Count>,
    more: Vec<Link>,
    formats: Vec<Link>,
    filters: Vec<Field>,
    filtered: bool,
    shown: String,
    contents: Vec<Link>,
    sections: Vec<Section>,
    meanings: Vec<Row>,
    large: bool,
}

/// What the page is made of.
pub(crate) struct Material<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) coverage: &'a Coverage,
    pub(crate) adoption: &'a Adoption,
    /// The evidence of each clause, in the order of the clauses: how often it was kept, and
    /// what else there is to say.
    pub(crate) evidence: &'a [(Kept, String)],
    /// How many questions are open.
    pub(crate) questions: usize,
    /// How many conflicts the board should look at.
    pub(crate) conflicts: usize,
    /// Whether the reader may see the records behind the evidence.
    pub(crate) records: bool,
    /// Where else the reader may go.
    pub(crate) more: Vec<Link>,
}

impl PolicyPage {
    /// The page as a reader asked for it.
    pub(crate) fn new(material: Material<'_>, filter: &Filter) -> Self {
        let about = material.policy.about();
        let sections = sections(&material, filter);
        let all = material.coverage.clauses;
        let shown: usize = sections.iter().map(|section| section.clauses.len()).sum();
        let filtered = *filter != Filter::default();
        Self {
            heading: about.title.clone(),
            organisation: material.policy.organisation().name.clone(),
            about: adoption_rows(material.adoption, &about.audience),
            counts: counts(&material),
            formats: formats("/policy"),
            filters: filters(filter),
            filtered,
            shown: if filtered { format!("{shown} of {all} clauses") } else { format!("{all} clauses") },
            contents: sections.iter().map(|section| Link::new(format!("#{}", section.id), section.title.clone())).collect(),
            sections,
            meanings: MEANING.iter().map(|(_, title, means)| Row::new(*title, *means)).collect(),
            more: material.more,
            large: false,
        }
    }

    /// The page in ordinary or in large print.
    pub(crate) fn in_form(mut self, form: As) -> Self {
        self.large = form == As::Page { large: true };
        if self.large {
            self.formats.retain(|link| !link.href.ends_with("as=large"));
            self.formats.push(Link::new("/policy", "Ordinary print on this page"));
        }
        self
    }
}

/// Version, adoption, review: what stands on the cover.
fn adoption_rows(adoption: &Adoption, audience: &str) -> Vec<Row> {
    let or = |text: &str| if text.is_empty() { "not recorded yet".to_owned() } else { text.to_owned() };
    let day = |date: Option<jiff::civil::Date>, otherwise: &str| date.map_or_else(|| otherwise.to_owned(), short_date);
    let mut rows = vec![
        Row::new("Version", or(&adoption.version)),
        Row::new("Adopted by", or(&adoption.by)),
        Row::new("Adopted on", day(adoption.on, "not recorded yet")),
        Row::new("Signed by", or(&adoption.signatory)),
        Row::new("In force from", day(adoption.in_force, "not recorded yet")),
        Row::new("Next review", day(adoption.next_review, "no day set yet: whoever adopts the next version sets it")),
    ];
    if !audience.is_empty() {
        rows.push(Row::new("For", audience));
    }
    rows
}

/// The other forms of a document, as links.
pub(crate) fn formats(here: &str) -> Vec<Link> {
    let join = if here.contains('?') { '&' } else { '?' };
    [("pdf", "PDF"), ("large-pdf", "PDF in large print"), ("large", "Large print on this page"), ("text", "Plain text")]
        .iter()
        .map(|(form, text)| Link::new(format!("{here}{join}as={form}"), *text))
        .collect()
}

fn counts(material: &Material<'_>) -> Vec<Count> {
    let coverage = material.coverage;
    let number = |n: usize| thousands(n as u64);
    let state =
        |key: &str, n: usize, text| Count { href: format!("/policy?state={key}#clauses"), number: number(n), text, alarming: false };
    let overdue: u64 = material.evidence.iter().filter(|(kept, _)| kept.alarms()).count() as u64;
    let mut counts = vec![
        state("enforced", coverage.enforced, "enforced"),
        state("evidenced", coverage.evidenced, "evidenced"),
        state("attested", coverage.attested, "attested"),
        state("planned", coverage.planned, "planned"),
        Count {
            href: "/policy?state=overdue#clauses".to_owned(),
            number: thousands(overdue),
            text: "with something overdue",
            alarming: overdue > 0,
        },
        Count { href: "/policy/conflicts".to_owned(), number: number(material.conflicts), text: "conflicts", alarming: false },
        Count { href: "/policy/questions".to_owned(), number: number(material.questions), text: "open questions", alarming: false },
    ];
    if coverage.orphan > 0 {
        counts.push(Count { alarming: true, ..state("orphan", coverage.orphan, "carried out by nothing") });
    }
    counts
}

fn filters(filter: &Filter) -> Vec<Field> {
    let mut choices = vec![("", "All", "")];
    choices.extend(MEANING.iter().map(|(key, title, _)| (*key, *title, "")));
    choices.extend([("overdue", "Something overdue", ""), ("conflict", "With a conflict", "")]);
    vec![
        Field::text("q", "Find a clause").hint("Words of the clause, or its number").value(&filter.words),
        Field::radios("state", "How it is kept", &choices).value(&filter.state),
    ]
}

/// The clauses that fit, by section in their order.
fn sections(material: &Material<'_>, filter: &Filter) -> Vec<Section> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_lowercase).collect();
    let mut sections: Vec<Section> = Vec::new();
    let clauses = material.policy.clauses().iter().zip(&material.coverage.clauses_list);
    for ((clause, covered), (kept, note)) in clauses.zip(material.evidence) {
        if !fits(clause, covered, *kept, filter, &words) {
            continue;
        }
        let line = clause_line((clause, covered), *kept, note, material.records);
        match sections.last_mut().filter(|section| section.title == clause.section) {
            Some(section) => section.clauses.push(line),
            None => {
                sections.push(Section {
                    id: format!("section-{}", sections.len() + 1),
                    title: clause.section.clone(),
                    clauses: vec![line],
                });
            }
        }
    }
    sections
}

fn fits(clause: &Clause, covered: &ClauseCoverage, kept: Kept, filter: &Filter, words: &[String]) -> bool {
    let state = match filter.state.as_str() {
        "" => true,
        "overdue" => kept.alarms(),
        "conflict" => clause.conflict.is_some(),
        state => covered.state == state,
    };
    state
        && (words.is_empty() || {
            let text = format!("{} {} {}", clause.id, clause.says, clause.parameters).to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
}

fn clause_line((clause, covered): (&Clause, &ClauseCoverage), kept: Kept, note: &str, records: bool) -> ClauseLine {
    let line = kept.line();
    let counted = !line.is_empty();
    ClauseLine {
        id: clause.id.clone(),
        href: clause_href(&clause.id),
        says: clause.says.clone(),
        tag: state_tag(covered.state),
        evidence: if counted { line } else { note.to_owned() },
        records: if records && counted && kept.open + kept.overdue > 0 {
            format!("{}?show=open", clause_href(&clause.id))
        } else {
            String::new()
        },
        alarming: kept.alarms(),
        controls: control_lines(clause),
        conflict: clause.conflict.as_ref().map(note_of),
    }
}

/// The page of a clause.
pub(crate) fn clause_href(id: &str) -> String {
    format!("/policy/clauses/{id}")
}

pub(super) fn control_lines(clause: &Clause) -> Vec<ControlLine> {
    let line = |control: &'static domain::policy::Control| ControlLine {
        title: control.title,
        does: control.does,
        waits_for: match control.state {
            domain::policy::State::Planned { waits_for } => waits_for,
            _ => "",
        },
    };
    clause.controls.iter().filter_map(|id| control(id)).map(line).collect()
}

pub(super) fn note_of(conflict: &domain::policy::Departure) -> Note {
    Note {
        winner: match conflict.winner {
            Winner::Law => "The law holds",
            Winner::Policy => "The policy holds",
            Winner::Clause => "Another clause holds",
            Winner::Contract => "A contract holds",
            Winner::Open => "To be decided; until then",
        },
        wins: conflict.wins.clone(),
        why: conflict.why.clone(),
        source: conflict.source.clone(),
        mend: conflict.mend.clone(),
    }
}

/// Evidence for samples: something of everything, clause by clause.
pub(super) fn sample_evidence(policy: &Policy) -> Vec<(Kept, String)> {
    let kept = |at: usize| match at % 5 {
        0 => (Kept { in_time: 47, late: 1, overdue: 1, open: 3 }, String::new()),
        1 => (Kept { in_time: 12, ..Kept::default() }, String::new()),
        2 => (Kept { open: 1, ..Kept::default() }, String::new()),
        3 => (Kept::default(), "Checked when the policy was loaded.".to_owned()),
        _ => (Kept::default(), String::new()),
    };
    (0..policy.clauses().len()).map(kept).collect()
}

/// The pack that samples show.
pub(crate) fn sample_policy() -> Policy {
    super::sample_pack("childrens-education-cic")
}

impl Page for PolicyPage {
    const TEMPLATE: &'static str = "pages/policy/document.html";

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let policy = sample_policy();
        let coverage = policy.coverage();
        let (evidence, adoption) = (sample_evidence(&policy), Adoption::of(&policy));
        let page = |state: &str, words: &str| {
            let more = vec![Link::new("/policy/versions", "Versions"), Link::new("/policy/read", "Read and sign")];
            let (policy, coverage) = (&policy, &coverage);
            let material =
                Material { policy, coverage, adoption: &adoption, evidence: &evidence, questions: 4, conflicts: 31, records: true, more };
            Self::new(material, &Filter { state: state.to_owned(), words: words.to_owned() })
        };
        let large = page("overdue", "").in_form(As::Page { large: true });
        vec![page("", ""), page("conflict", "parent"), page("planned", "no such words"), large]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn material<'a>(policy: &'a Policy, coverage: &'a Coverage, adoption: &'a Adoption, evidence: &'a [(Kept, String)]) -> Material<'a> {
        Material { policy, coverage, adoption, evidence, questions: 0, conflicts: 0, records: false, more: Vec::new() }
    }

    fn ids(state: &str, words: &str) -> Vec<String> {
        let policy = sample_policy();
        let (coverage, adoption, evidence) = (policy.coverage(), Adoption::of(&policy), sample_evidence(&policy));
        let filter = Filter { state: state.to_owned(), words: words.to_owned() };
        let page = PolicyPage::new(material(&policy, &coverage, &adoption, &evidence), &filter);
        page.sections.into_iter().flat_map(|section| section.clauses).map(|clause| clause.id).collect()
    }

    #[test]
    fn every_clause_stands_once_in_its_order() {
        let policy = sample_policy();
        let expected: Vec<String> = policy.clauses().iter().map(|clause| clause.id.clone()).collect();
        assert_eq!(ids("", ""), expected);
    }

    #[test]
    fn a_filter_leaves_what_fits() {
        let policy = sample_policy();
        assert_eq!(ids("enforced", "").len(), policy.coverage().enforced);
        assert_eq!(ids("", "turn-85"), ["TURN-85"]);
        assert!(ids("", "parent child").iter().all(|id| ids("", "CHILD").contains(id)));
        assert_eq!(ids("conflict", "").len(), policy.clauses().iter().filter(|clause| clause.conflict.is_some()).count());
        assert!(ids("", "no such words").is_empty());
    }
}
