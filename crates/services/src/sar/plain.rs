//! A disclosure pack as plain text, for a screen reader or a braille display.

use std::fmt::Write;

use crate::ports::{PackDocument, Run};

/// The pack as plain text: what the PDF says, in its order. A gap is `[withheld 1]`.
pub fn pack_text(pack: &PackDocument) -> String {
    let mut out = format!("Disclosure pack {}\n\n{}\nPrepared for {}\n{}\n", pack.reference, pack.organisation, pack.subject, pack.made_on);
    for text in &pack.introduction {
        let _ = write!(out, "\n{text}\n");
    }
    for item in &pack.items {
        let _ = write!(out, "\n\n{}. {}\n{}\n", item.number, item.title, "-".repeat(40));
        for (term, text) in [("Kind", &item.kind), ("Date", &item.date), ("Found in", &item.place)] {
            if !text.is_empty() {
                let _ = writeln!(out, "{term}: {text}");
            }
        }
        out.push('\n');
        for run in &item.runs {
            match run {
                Run::Shown(text) => out.push_str(text),
                Run::Withheld(row) => {
                    let _ = write!(out, "[withheld {row}]");
                }
            }
        }
        out.push('\n');
    }
    out.push_str("\n\nWhat was withheld and why\n");
    if pack.withheld.is_empty() {
        out.push_str("Nothing was withheld.\n");
    }
    for row in &pack.withheld {
        let _ = writeln!(out, "{}. {} ({} places). {}. {}", row.number, row.kind, row.places, row.exemption, row.why);
    }
    for note in &pack.notes {
        let _ = writeln!(out, "\nNote: {note}");
    }
    out
}
