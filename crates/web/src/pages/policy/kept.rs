//! What the records say about a clause, in one line: kept, late, overdue, open.

use domain::calendar::short_date;
use serde::Serialize;
use services::policy::{ClauseEvidence, EvidenceLine, InForce, Source};

use crate::words::{Tag, capital, count, thousands};

/// How often a clause was kept since the year began, and what is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Kept {
    /// Done in time.
    pub(crate) in_time: u64,
    /// Done too late.
    pub(crate) late: u64,
    /// Not done, and the day has passed.
    pub(crate) overdue: u64,
    /// To be done, the overdue ones not counted.
    pub(crate) open: u64,
}

impl Kept {
    /// `Kept 47 of 48 this year, 1 overdue, 3 open`; empty when there is nothing to count.
    pub(crate) fn line(self) -> String {
        let done = self.in_time + self.late;
        let mut parts = Vec::new();
        if done > 0 {
            parts.push(format!("Kept {} of {} this year", thousands(self.in_time), thousands(done)));
        }
        if self.overdue > 0 {
            parts.push(format!("{} overdue", thousands(self.overdue)));
        }
        if self.open > 0 {
            parts.push(format!("{} open", thousands(self.open)));
        }
        let mut line = parts.join(", ");
        if done == 0 && !line.is_empty() {
            line.insert_str(0, "Not done yet this year, ");
        }
        line
    }

    /// The figures of a clause. Adoptions are no acts that could be late: they are told in words.
    pub(crate) fn of(evidence: &ClauseEvidence) -> Self {
        let adopted: u64 = evidence.lines.iter().filter(|line| line.source == Source::Versions).map(|line| line.figures.kept).sum();
        let figures = &evidence.figures;
        Self { in_time: figures.kept.saturating_sub(adopted), late: figures.late, overdue: figures.overdue, open: figures.open }
    }

    /// Whether somebody should look: something is overdue.
    pub(crate) const fn alarms(self) -> bool {
        self.overdue > 0
    }
}

/// What one control shows besides figures, as a sentence; empty when the figures say it all.
pub(crate) fn note(line: &EvidenceLine, in_force: &InForce) -> String {
    match line.source {
        Source::Log if line.logged > 0 => {
            let last = line.figures.last_on.map(|day| format!(", last on {}", short_date(day))).unwrap_or_default();
            format!("In the log {} this year{last}.", count(line.logged, "time", "times"))
        }
        Source::Log => "Not in the log yet this year.".to_owned(),
        Source::Versions => match in_force.adopted_on() {
            Some(day) => format!("{} was adopted on {}.", capital(&in_force.label()), short_date(day)),
            None => "No adoption is recorded yet.".to_owned(),
        },
        Source::Pack => "Checked each time the policy is read.".to_owned(),
        Source::Clocks | Source::Readings | Source::Nothing => String::new(),
    }
}

/// What the controls of a clause show besides figures, each sentence once.
pub(crate) fn notes(evidence: &ClauseEvidence, in_force: &InForce) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for text in evidence.lines.iter().map(|line| note(line, in_force)) {
        if !text.is_empty() && !notes.contains(&text) {
            notes.push(text);
        }
    }
    notes
}

/// The tag of a clause's state.
pub(crate) fn state_tag(state: &str) -> Tag {
    let (text, colour) = match state {
        "enforced" => ("Enforced", "green"),
        "evidenced" => ("Evidenced", "blue"),
        "attested" => ("Attested", "purple"),
        "definition" => ("Definition", "grey"),
        "planned" => ("Planned", "yellow"),
        _ => ("Carried out by nothing", "red"),
    };
    Tag::new(text, colour)
}

/// What each state means, for a reader who meets the word.
pub(crate) const MEANING: [(&str, &str, &str); 5] = [
    ("enforced", "Enforced", "Probity itself computes or refuses."),
    ("evidenced", "Evidenced", "A record or a task with a date shows it."),
    ("attested", "Attested", "Somebody signs for it at an interval."),
    ("planned", "Planned", "It waits for a part that is not built yet, and does not count as kept."),
    ("definition", "Definition", "It explains or aims; there is nothing to carry out."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_there_is_and_no_more() {
        let all = Kept { in_time: 47, late: 1, overdue: 1, open: 3 };
        assert_eq!(all.line(), "Kept 47 of 48 this year, 1 overdue, 3 open");
        assert_eq!(Kept { in_time: 1_047, late: 0, overdue: 0, open: 0 }.line(), "Kept 1,047 of 1,047 this year");
        assert_eq!(Kept { open: 2, ..Kept::default() }.line(), "Not done yet this year, 2 open");
        assert_eq!(Kept::default().line(), "");
        assert!(all.alarms() && !Kept::default().alarms());
    }

    #[test]
    fn every_state_has_a_tag_of_its_own() {
        for (key, title, _) in MEANING {
            assert_eq!(state_tag(key).text, title);
        }
        assert_eq!(state_tag("orphan").colour, "red");
    }
}
