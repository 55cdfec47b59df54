//! A table that lists people, a row each: the rows about others go whole, not only the names in them.
//!
//! Hiding the names alone would leave everything else that the table says about them.

use crate::detect::Kind;
use crate::document::DocumentKind;
use crate::identity::Band;

use super::exclude::Own;
use super::propagate::DocPlan;
use super::propose::withhold;
use super::{Default, PlanContext, Proposal};

/// What a row is, as far as withholding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// Holds the data subject.
    Own,
    /// Holds something that is withheld, and not the data subject.
    Other,
    /// Names a member of staff who is shown, and nobody else.
    Staff,
    /// Names nobody.
    Nobody,
}

/// Proposes the rest of every row about somebody else, in tables where at least half of the rows are about a person. What is
/// proposed already stays as it is; the new proposals fill the gaps between.
pub(super) fn withhold_rows(plan: &mut DocPlan<'_>, context: &PlanContext) {
    if plan.document.kind != DocumentKind::Sheet {
        return;
    }
    let text = plan.document.text.as_str();
    let own = Own::of(plan.document, context);
    let mut fresh = Vec::new();
    for table in tables(text) {
        let rows: Vec<Row> = table.iter().map(|line| row(*line, &plan.proposals, &own)).collect();
        let begin = usize::from(table.first().is_some_and(|line| rows.first() != Some(&Row::Own) && heading(text, *line)));
        let body = || table.iter().zip(&rows).skip(begin);
        let people = body().filter(|(_, row)| matches!(row, Row::Own | Row::Other)).count();
        let others = body().filter(|(_, row)| **row == Row::Other).count();
        if others == 0 || people < 2 || people * 2 < body().count() {
            continue;
        }
        let mut gone: Vec<(usize, usize)> = Vec::new();
        let mut joined = false;
        for (line, row) in body() {
            let goes = matches!(row, Row::Other | Row::Nobody);
            match gone.last_mut() {
                Some(last) if goes && joined => last.1 = line.1,
                _ if goes => gone.push(*line),
                _ => {}
            }
            joined = goes;
        }
        for range in gone {
            let row = |from, to| withhold(from, to, Kind::Row, "the rest of a row of a table about somebody else".to_owned(), None);
            fill(range, &plan.proposals, &row, &mut fresh);
        }
    }
    plan.proposals.extend(fresh);
    plan.proposals.sort_by_key(|p| (p.start, p.end));
}

/// Runs of lines with cells, as ranges of the text without their line ends.
fn tables(text: &str) -> Vec<Vec<(usize, usize)>> {
    let mut out: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        if line.contains(" | ") {
            out.last_mut().into_iter().for_each(|table| table.push((at, end)));
        } else {
            out.push(Vec::new());
        }
        at += line.len();
    }
    out.retain(|table| !table.is_empty());
    out
}

fn row((start, end): (usize, usize), proposals: &[Proposal], own: &Own<'_>) -> Row {
    let first = proposals.partition_point(|p| p.end <= start);
    let mut found = proposals.iter().skip(first).take_while(|p| p.start < end).filter(|p| !p.kind.is_stretch()).peekable();
    if own.is_in(start, end, Band::Likely) {
        Row::Own
    } else if found.peek().is_none() {
        Row::Nobody
    } else if found.any(|p| p.default == Default::Withhold) {
        Row::Other
    } else {
        Row::Staff
    }
}

/// True for a line that looks like the names of columns: no digits, no address, every cell short, and one of them a usual heading.
fn heading(text: &str, (start, end): (usize, usize)) -> bool {
    const USUAL: &[&str] = &[
        "name",
        "forename",
        "first",
        "surname",
        "last",
        "email",
        "e-mail",
        "mail",
        "phone",
        "telephone",
        "mobile",
        "dob",
        "birth",
        "born",
        "address",
        "postcode",
        "id",
        "ref",
        "reference",
        "number",
        "no",
        "date",
        "class",
        "year",
        "role",
        "notes",
        "status",
        "contact",
        "member",
        "pupil",
        "client",
        "person",
    ];
    let line = text.get(start..end).unwrap_or_default().to_lowercase();
    !line.contains(|c: char| c.is_ascii_digit() || c == '@')
        && line.split(" | ").all(|cell| cell.chars().count() <= 40)
        && line
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| USUAL.contains(&word.trim_end_matches('s')) || USUAL.contains(&word))
}

/// Proposes what lies between the proposals of a range, sorted and apart.
pub(super) fn fill(
    (start, end): (usize, usize),
    proposals: &[Proposal],
    make: &dyn Fn(usize, usize) -> Proposal,
    fresh: &mut Vec<Proposal>,
) {
    let first = proposals.partition_point(|p| p.end <= start);
    let mut at = start;
    for p in proposals.iter().skip(first).take_while(|p| p.start < end) {
        if at < p.start {
            fresh.push(make(at, p.start));
        }
        at = at.max(p.end);
    }
    if at < end {
        fresh.push(make(at, end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests;
    use super::*;
    use crate::document::Document;
    use crate::identity::Identity;
    use crate::plan::{DirectoryEntry, Role};

    fn left(text: &str) -> String {
        let subject = Identity { names: vec!["Amelia Hart".into()], ..Identity::default() };
        let staff = DirectoryEntry { name: "Priya Sandhu".into(), emails: Vec::new(), role: Role::Staff };
        let context = PlanContext::new(&subject, &[staff], &[]).unwrap();
        let document = Document::of(DocumentKind::Sheet, "", text);
        tests::left(text, &tests::planned(&document, &context))
    }

    #[test]
    fn the_rows_of_others_go_whole() {
        let text = "Sheet Members\nName | Joined | Notes\nBen Carter | 2019 | owes two months\nAmelia Hart | 2020 | likes to help\n\
            Tomasz Zielinski | 2021 | has been ill\nunknown | 2022 | came once with a dog\n";
        assert_eq!(left(text), "Sheet Members\nName | Joined | Notes\n\nAmelia Hart | 2020 | likes to help\n\n");
    }

    #[test]
    fn a_table_that_lists_no_people_stays() {
        let text = "Sheet Costs\nItem | Sum\nPaint | 12\nPaper | 30\nLunch with Ben Carter | 40\nRent | 900\nTravel of Amelia Hart | 12\n";
        assert_eq!(left(text), text.replace("Ben Carter", ""));
    }

    #[test]
    fn rows_of_shown_staff_and_of_the_subject_stay() {
        let text = "Name | Day\nPriya Sandhu | Monday\nAmelia Hart | Tuesday, with Ben Carter\nTomasz Zielinski | Friday\n";
        assert_eq!(left(text), "Name | Day\nPriya Sandhu | Monday\nAmelia Hart | Tuesday, with \n\n");
    }

    #[test]
    fn without_headings_the_first_row_is_a_row() {
        assert_eq!(left("Ben Carter | 3 May 2011 | asthma\nAmelia Hart | 4 May 2012 | none\n"), "\nAmelia Hart | 4 May 2012 | none\n");
    }
}
