//! Long judgments: are direct identifiers wholly and quasi-identifiers mostly covered, and how much else is.

use std::collections::BTreeMap;
use std::io::{self, Write};

use finder::detect::Detector;

use crate::corpus::{Doc, Risk};
use crate::score::around;

/// Prints coverage by kind and the character precision of everything found.
pub(crate) fn report(docs: &[&Doc], what: &str, show: bool, out: &mut dyn Write) -> io::Result<()> {
    if docs.is_empty() {
        return Ok(());
    }
    let mut strictly = BTreeMap::from([(true, 0_usize), (false, 0)]);
    let mut kinds: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
    let (mut masked, mut rightly) = (0_usize, 0_usize);
    for doc in docs {
        let mut hidden = vec![false; doc.text.len()];
        for f in Detector::new().detect(&doc.text) {
            hidden.iter_mut().take(f.end).skip(f.start).for_each(|h| *h = true);
        }
        let mut wanted = vec![false; doc.text.len()];
        for s in doc.spans.iter().filter(|s| s.risk != Risk::None) {
            wanted.iter_mut().take(s.end).skip(s.start).for_each(|w| *w = true);
            let whole = covered(&doc.text, (s.start, s.end), &hidden);
            let entry = kinds.entry((s.risk == Risk::Direct, s.kind.as_str())).or_default();
            entry.0 += usize::from(whole);
            entry.1 += 1;
            let letters = doc.text.get(s.whole..s.end).unwrap_or_default().char_indices().filter(|(_, c)| !c.is_whitespace());
            let all = letters.map(|(i, _)| s.whole + i).all(|i| hidden.get(i) == Some(&true));
            strictly.entry(s.risk == Risk::Direct).and_modify(|n| *n += usize::from(all));
            if show && !whole {
                writeln!(out, "  - {} {}", s.kind, around(&doc.text, (s.start, s.end)))?;
            }
        }
        masked += hidden.iter().filter(|h| **h).count();
        rightly += hidden.iter().zip(&wanted).filter(|(h, w)| **h && **w).count();
    }
    for (direct, name) in [(true, "direct"), (false, "quasi")] {
        let of = || kinds.iter().filter(|((d, _), _)| *d == direct);
        let (whole, all) = of().fold((0, 0), |(a, b), (_, (c, d))| (a + c, b + d));
        let each: Vec<String> = of().map(|((_, k), (a, b))| format!("{k} {a}/{b}")).collect();
        writeln!(
            out,
            "judgments {what}: {name} wholly covered {:.3}, to the letter {:.3} ({})",
            whole as f64 / all.max(1) as f64,
            strictly.get(&direct).copied().unwrap_or(0) as f64 / all.max(1) as f64,
            each.join(", ")
        )?;
    }
    writeln!(out, "judgments {what}: character precision {:.3}", rightly as f64 / masked.max(1) as f64)
}

/// True when every word of a span is hidden but titles and the smallest words.
fn covered(text: &str, (start, end): (usize, usize), hidden: &[bool]) -> bool {
    let piece = text.get(start..end).unwrap_or_default();
    let mut at = start;
    piece.split(|c: char| !c.is_alphanumeric()).all(|word| {
        let from = at + text.get(at..end).and_then(|rest| rest.find(word)).unwrap_or(0);
        at = from + word.len();
        let small = ["mr", "mrs", "ms", "miss", "dr", "of", "the", "and", "in", "at", "to", "a", "an", "on", "for", "by", "s", "from"];
        small.contains(&word.to_lowercase().as_str()) || hidden.get(from..at).is_some_and(|h| h.iter().all(|h| *h))
    })
}
