//! For the board: where something else holds than the policy says, grouped by what decides.

use domain::policy::{Conflict, Winner};
use serde::Serialize;

use super::document::{clause_href, sample_policy};
use crate::shell::Link;
use crate::templates::Page;
use crate::words::count;

/// Those where the same thing decides.
#[derive(Debug, Clone, Serialize)]
struct Group {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    lines: Vec<Line>,
}

/// One conflict.
#[derive(Debug, Clone, Serialize)]
struct Line {
    clause: String,
    href: String,
    says: String,
    wins: String,
    why: String,
    source: String,
    mend: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Conflicts {
    intro: String,
    groups: Vec<Group>,
    contents: Vec<Link>,
    organisation: String,
    version: String,
    day: String,
}

/// The winners in the order in which a board should look at them.
const GROUPS: [(Winner, &str, &str, &str); 5] = [
    (
        Winner::Open,
        "open",
        "To be decided by the board",
        "Nothing decides these yet. Until the board does, what is named here is used, with a warning.",
    ),
    (Winner::Law, "law", "The law holds", "The policy says less than the law. What it says is kept and shown, and never used."),
    (Winner::Clause, "clause", "Another clause holds", "Two clauses of the policy disagree; the more specific or later one is used."),
    (Winner::Contract, "contract", "A contract holds", "A funder's or a partner's contract goes further, or sets it otherwise."),
    (
        Winner::Policy,
        "policy",
        "The policy holds",
        "The policy promises more than the law asks. The promise is kept; the law's date is shown beside it.",
    ),
];

impl Conflicts {
    /// The report over the conflicts of a policy.
    pub(crate) fn new(conflicts: &[Conflict], organisation: &str, version: &str, day: &str) -> Self {
        let groups: Vec<Group> = GROUPS
            .iter()
            .map(|(winner, id, title, about)| Group {
                id,
                title,
                about,
                lines: conflicts.iter().filter(|conflict| conflict.winner == *winner).map(line).collect(),
            })
            .filter(|group| !group.lines.is_empty())
            .collect();
        let link = |group: &Group| Link::new(format!("#{}", group.id), format!("{} ({})", group.title, group.lines.len()));
        Self {
            intro: format!(
                "The policy has {} where something else holds than its words say. Each comes with wording that the board could adopt, so that policy \
                 and practice say the same.",
                count(conflicts.len() as u64, "place", "places")
            ),
            contents: groups.iter().map(link).collect(),
            groups,
            organisation: organisation.to_owned(),
            version: version.to_owned(),
            day: day.to_owned(),
        }
    }
}

fn line(conflict: &Conflict) -> Line {
    Line {
        clause: conflict.clause.clone(),
        href: if conflict.clause.is_empty() { String::new() } else { clause_href(&conflict.clause) },
        says: conflict.says.clone(),
        wins: conflict.wins.clone(),
        why: conflict.why.clone(),
        source: conflict.source.clone(),
        mend: conflict.mend.clone(),
    }
}

impl Page for Conflicts {
    const TEMPLATE: &'static str = "pages/policy/conflicts.html";

    fn title(&self) -> String {
        "Conflicts".to_owned()
    }

    fn samples() -> Vec<Self> {
        let policy = sample_policy();
        let page = |conflicts: &[Conflict]| Self::new(conflicts, "Greenbank Learning CIC", "1.0", "22 November 2026");
        vec![page(policy.conflicts()), page(&[])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_conflict_stands_in_one_group() {
        let policy = sample_policy();
        let page = Conflicts::new(policy.conflicts(), "", "", "");
        let lines: usize = page.groups.iter().map(|group| group.lines.len()).sum();
        assert_eq!(lines, policy.conflicts().len());
        assert!(lines > 0);
    }
}
