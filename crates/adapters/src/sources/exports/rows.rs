//! A row of an export as a text in which every line says what it is: one row, one item.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::mapping::{Meaning, Table};
use crate::extract::{MARK, ROW};

/// What other tables show of a row: by its `id`, the name and the addresses in it.
pub(super) type Known = HashMap<String, String>;

/// One row with its headings.
pub(super) struct Row<'r> {
    pub(super) table: &'r Table,
    pub(super) headings: &'r [String],
    pub(super) cells: &'r [String],
}

/// A cell in one line.
fn flat(cell: &str) -> String {
    plain(cell).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell without what stands for the beginning of a heading.
fn plain(cell: &str) -> String {
    cell.trim().replace(MARK, " ")
}

/// Headings as such, so that what is found behind them is known to be in their columns.
fn marked(headings: &str) -> String {
    format!("{MARK}{}{MARK}", flat(headings))
}

impl Row<'_> {
    /// The cell of a column.
    pub(super) fn cell(&self, heading: &str) -> Option<&str> {
        let at = self.headings.iter().position(|one| one == heading)?;
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// What is filled in of a meaning: each group with its headings and its values, in the order of the file.
    fn groups(&self, meaning: Meaning) -> Vec<(String, Vec<&str>, Vec<String>)> {
        let mut groups: Vec<(String, Vec<&str>, Vec<String>)> = Vec::new();
        for heading in self.headings {
            let Some(column) = self.table.columns.get(heading).filter(|column| column.meaning == meaning) else { continue };
            let Some(cell) = self.cell(heading) else { continue };
            match groups.iter_mut().find(|(group, _, _)| meaning.joins() && *group == column.group) {
                Some((_, headings, values)) => {
                    headings.push(heading);
                    values.push(flat(cell));
                }
                None => groups.push((column.group.clone(), vec![heading], vec![flat(cell)])),
            }
        }
        groups
    }

    /// What other tables show of it.
    pub(super) fn known(&self) -> String {
        let mut parts: Vec<String> = self.groups(Meaning::Name).into_iter().map(|(_, _, values)| values.join(" ")).collect();
        parts.extend(self.groups(Meaning::Mail).into_iter().flat_map(|(_, _, values)| values));
        parts.join(", ")
    }

    /// The row as it is read in the confined process.
    pub(super) fn bytes(&self, known: &dyn Fn(&str, &str) -> Option<String>) -> Vec<u8> {
        [ROW, flat(self.table.title()).as_bytes(), b"\n", self.text(known).as_bytes()].concat()
    }

    /// The text: what identifies first, then facts, what links lead to, and free text. `known` finds a row of another table.
    fn text(&self, known: &dyn Fn(&str, &str) -> Option<String>) -> String {
        let mut out = String::new();
        let told = [Meaning::Name, Meaning::Mail, Meaning::Telephone, Meaning::Born, Meaning::Address, Meaning::Reference];
        for meaning in told {
            for (group, headings, values) in self.groups(meaning) {
                let of = if group.is_empty() { String::new() } else { format!(", {group}") };
                let between = if meaning == Meaning::Address { ", " } else { " " };
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{}{of} ({}): {}", meaning.title(), marked(&headings.join(", ")), values.join(between));
            }
        }
        for (_, headings, values) in self.groups(Meaning::Fact) {
            let _ = writeln!(out, "{}: {}", marked(&headings.join(", ")), values.join(" "));
        }
        for (heading, to) in &self.table.links {
            if let Some(found) = self.cell(heading).and_then(|id| known(to, id)).filter(|found| !found.is_empty()) {
                let _ = writeln!(out, "{} leads to (in {to}): {found}", marked(heading));
            }
        }
        for heading in self.headings {
            let free = self.table.columns.get(heading).is_some_and(|column| column.meaning == Meaning::Text);
            if let Some(cell) = self.cell(heading).filter(|_| free) {
                let _ = writeln!(out, "\n{}:\n{}", marked(heading), plain(cell));
            }
        }
        let unnamed = |number: &usize| self.headings.get(*number).is_none_or(String::is_empty);
        for (number, cell) in self.cells.iter().enumerate().filter(|(number, cell)| unnamed(number) && !cell.trim().is_empty()) {
            let _ = writeln!(out, "\nColumn {}:\n{}", marked(&format!("{} without a heading", number + 1)), plain(cell));
        }
        out
    }
}
