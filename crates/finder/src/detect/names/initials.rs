//! People who go by initials: `J.P.`, `Ms Y.Z.`, `K. v. T.`, `her husband, A., left`.

use std::collections::BTreeSet;

use super::edges::token_at;
use crate::detect::people::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

/// Groups of letters with dots that are no person.
const USUAL: &[&str] = &[
    "UK", "US", "USA", "USSR", "PO", "PS", "AM", "PM", "NB", "EU", "EC", "EEC", "BA", "MA", "GP", "TV", "DC", "NI", "AD", "BC", "PE",
    "DOB", "IT", "HR", "RIP", "FAO", "AKA", "UN", "QC", "KC", "MP", "NHS", "BBC", "RSVP", "GCSE", "MOT", "VAT", "ASAP", "FYI", "ID", "OK",
    "DIY", "CV", "TBC", "TBA", "PA", "CC", "BCC", "ETA", "LLC", "PLC", "NV", "BV", "HM", "HMP", "BSC", "MD", "CIC", "IOU", "PTO", "AOB",
];

/// Adds the people whom letters with dots stand for, in place of what else was made of the letters, and ends a name that ends in such a
/// letter with its dot. `findings` are sorted.
pub(super) fn add(view: &View<'_>, findings: &mut Vec<Finding>) {
    let groups = groups(view);
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut fresh = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for pass in 0..2 {
        for group in &groups {
            let people = if pass == 0 { group.letters > 1 || alone(view, group) } else { group.letters == 1 && again(view, group, &known) };
            if people && taken.insert(group.start) {
                known.insert(signs(view, group.start, group.end));
                fresh.push(Finding::new(Kind::Person, group.start, group.end, 0.7, super::super::people::INITIALS));
            }
        }
    }
    findings.retain(|f| f.kind != Kind::Person || !view.text().get(f.start..f.end).is_some_and(usual));
    dotted(view, &groups, findings);
    if fresh.is_empty() {
        return;
    }
    fresh.sort_by_key(|f| f.start);
    settle(view, findings, fresh);
}

/// Letters that stand together, with their dots.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// First token.
    first: usize,
    /// One past the last token, its dot included.
    beyond: usize,
    start: usize,
    end: usize,
    letters: usize,
    /// The last letter has its dot.
    closed: bool,
    /// A name or another word with a capital stands right before.
    led: bool,
}

/// Every group that is no part of a name with a whole surname behind it.
fn groups(view: &View<'_>) -> Vec<Group> {
    let tokens = view.tokens();
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if tokens.get(i).is_none_or(|t| t.shape != Shape::Initial) {
            i += 1;
            continue;
        }
        let group = group(tokens, i);
        i = group.beyond;
        let followed = tokens.get(group.beyond).is_some_and(|t| {
            (t.named() || t.shape == Shape::Number || t.shape == Shape::Lower && t.has(Flags::PARTICLE) && !group.closed)
                && t.start - group.end <= 1
                || t.start == group.end && (t.shape == Shape::Lower || matches!(t.sign, '&' | '/' | '@'))
        });
        if !followed && !view.text().get(group.start..group.end).is_some_and(usual) {
            out.push(group);
        }
    }
    out
}

/// The letters from a token on.
fn group(tokens: &[Token], first: usize) -> Group {
    let end_of = |i: usize| tokens.get(i).map_or(0, |t| t.end);
    let glued = |i: usize, sign: char| tokens.get(i).is_some_and(|t| t.sign == sign && t.start == end_of(i - 1));
    let (mut at, mut letters) = (first, 0);
    loop {
        letters += 1;
        let closed = glued(at + 1, '.');
        let mut next = if closed { at + 2 } else { at + 1 };
        let joint = glued(next, '-') || glued(next, '\u{2010}') || glued(next, '\u{2011}');
        next += usize::from(joint);
        let near = tokens.get(next).is_some_and(|t| t.shape == Shape::Initial && t.start - end_of(next - 1) <= usize::from(!joint));
        if !near || !closed || letters > 3 {
            let beyond = at + 1 + usize::from(closed);
            let start = tokens.get(first).map_or(0, |t| t.start);
            let led = first.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| {
                (t.named() && !t.has(Flags::TITLE) || matches!(t.sign, '/' | '@' | '&') || t.shape == Shape::Number) && start - t.end <= 1
            });
            return Group { first, beyond, start, end: end_of(beyond - 1), letters, closed, led };
        }
        at = next;
    }
}

/// True for letters with dots that everybody knows for something else: `N.H.S.`
fn usual(written: &str) -> bool {
    let letters: String = written.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > 1 && written.contains('.') && USUAL.contains(&letters.as_str())
}

/// The letters of a range without anything else.
fn signs(view: &View<'_>, start: usize, end: usize) -> String {
    view.text().get(start..end).unwrap_or_default().chars().filter(|c| c.is_alphabetic()).collect()
}

fn word<'a>(view: &'a View<'_>, i: Option<usize>) -> &'a str {
    i.and_then(|i| view.tokens().get(i)).and_then(|t| view.text().get(t.start..t.end)).unwrap_or_default()
}

/// One letter is somebody beside the sign between parties, after a relation, before what is theirs, or in a pair of such letters.
fn alone(view: &View<'_>, g: &Group) -> bool {
    if g.led || word(view, Some(g.first)) == "I" && !g.closed {
        return false;
    }
    let before = |n: usize| g.first.checked_sub(n);
    let versus = |w: &str| matches!(w, "v" | "vs");
    let party = versus(word(view, Some(g.beyond)))
        || versus(word(view, before(1))) && g.first > 1
        || word(view, before(1)) == "." && versus(word(view, before(2))) && g.first > 2;
    // `S. and Marper v. the United Kingdom`
    let joined = word(view, Some(g.beyond)) == "and"
        && view.tokens().get(g.beyond + 1).is_some_and(Token::named)
        && versus(word(view, Some(g.beyond + 2)));
    if party || g.closed && joined {
        return true;
    }
    if !g.closed {
        return false;
    }
    let token = |i: Option<usize>| i.and_then(|i| view.tokens().get(i));
    let relation = |t: Option<&Token>| t.is_some_and(|t| t.shape == Shape::Lower && t.has(Flags::RELATION));
    let next = token(Some(g.beyond));
    let inside = next.is_some_and(|t| t.shape == Shape::Comma || t.shape == Shape::Lower || t.sign == '(' || t.sign == ')');
    let related = relation(token(before(1))) || word(view, before(1)) == "," && relation(token(before(2)));
    let own = next.is_some_and(|t| matches!(t.sign, '\'' | '\u{2019}') && t.start == g.end);
    let paired = word(view, Some(g.beyond)) == "and" && single(view, g.beyond + 1)
        || word(view, before(1)) == "and" && word(view, before(2)) == "." && before(3).is_some_and(|i| single(view, i));
    let amid = inside && token(before(1)).is_some_and(|t| t.shape == Shape::Lower) && !NUMBERED.contains(&word(view, before(1)));
    own || related && inside || paired || amid
}

/// Words before letters that number something, and before places.
const NUMBERED: &[&str] = &[
    "in",
    "at",
    "near",
    "into",
    "of",
    "a",
    "plan",
    "option",
    "vitamin",
    "section",
    "annex",
    "part",
    "group",
    "class",
    "category",
    "type",
    "appendix",
    "grade",
    "point",
    "item",
    "room",
    "block",
    "figure",
    "table",
    "schedule",
    "paragraph",
    "article",
    "form",
    "unit",
    "level",
];

/// One capital letter with its dot begins here, and no name.
fn single(view: &View<'_>, i: usize) -> bool {
    let tokens = view.tokens();
    tokens.get(i).is_some_and(|t| t.shape == Shape::Initial) && {
        let g = group(tokens, i);
        g.letters == 1 && g.closed && !g.led && !tokens.get(g.beyond).is_some_and(|t| t.named() && t.start - g.end <= 1)
    }
}

/// The same letter again, inside a sentence.
fn again(view: &View<'_>, g: &Group, known: &BTreeSet<String>) -> bool {
    let inside = view.tokens().get(g.beyond).is_some_and(|t| t.shape == Shape::Comma || t.shape == Shape::Lower || t.sign == ')');
    g.closed && !g.led && inside && known.contains(&signs(view, g.start, g.end))
}

/// Names that end in a letter get its dot, where the sentence goes on.
fn dotted(view: &View<'_>, groups: &[Group], findings: &mut [Finding]) {
    let mut groups = groups.iter().filter(|g| g.closed).peekable();
    for finding in findings.iter_mut().filter(|f| f.kind == Kind::Person) {
        while groups.next_if(|g| g.end <= finding.start).is_some() {}
        if let Some(g) = groups.peek().filter(|g| g.end == finding.end + 1 && g.start < finding.end) {
            let lone = g.start <= finding.start;
            let goes_on = view.tokens().get(g.beyond).is_some_and(|t| matches!(t.shape, Shape::Lower | Shape::Comma | Shape::Other));
            if lone || goes_on {
                finding.end = g.end;
            }
        }
    }
}

/// Puts the new findings among the others: a person that is there already keeps its place, whatever else was made of letters alone goes.
fn settle(view: &View<'_>, findings: &mut Vec<Finding>, mut fresh: Vec<Finding>) {
    let tokens = view.tokens();
    let letters = |f: &Finding| {
        let own = tokens.get(token_at(tokens, f.start)..token_at(tokens, f.end)).unwrap_or_default();
        let joint =
            |t: &Token| t.sign == '-' || t.shape == Shape::Lower && matches!(view.text().get(t.start..t.end), Some("v" | "vs" | "and"));
        own.iter().all(|t| matches!(t.shape, Shape::Initial | Shape::Stop | Shape::Comma) || joint(t))
    };
    // They are sorted and lie beside one another.
    let overlaps = |f: &Finding| fresh.get(fresh.partition_point(|n| n.end <= f.start)).is_some_and(|n| n.start < f.end);
    findings.retain(|f| !matches!(f.kind, Kind::Place | Kind::Organisation | Kind::Person) || !overlaps(f) || !letters(f));
    let kept: Vec<(usize, usize)> = findings.iter().filter(|f| f.kind.rank() > Kind::Special.rank()).map(|f| (f.start, f.end)).collect();
    fresh.retain(|n| {
        let at = kept.partition_point(|(_, end)| *end <= n.start);
        kept.get(at).is_none_or(|(start, _)| *start >= n.end)
    });
    findings.append(&mut fresh);
    findings.sort_by_key(|f| f.start);
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    fn people(text: &str) -> Vec<&str> {
        Detector::new().detect(text).into_iter().filter(|f| f.kind == Kind::Person).map(|f| &text[f.start..f.end]).collect()
    }

    #[test]
    fn letters_with_dots_are_people() {
        for (text, expected) in [
            ("The applicant sued his son, J.P., before the court.", vec!["J.P."]),
            ("an article written by Mr M.\u{15e}. about it", vec!["M.\u{15e}."]),
            ("K. v. T. was cited", vec!["K.", "T."]),
            ("her husband, A., had left", vec!["A."]),
            ("in the case of S. and Marper v. Norway it said", vec!["S.", "Marper"]),
            ("D. and E. stayed at home", vec!["D.", "E."]),
            ("the officers C.D., E.F. and G.H. were charged", vec!["C.D.", "E.F.", "G.H."]),
            ("J.-P. C. was heard", vec!["J.-P. C."]),
            ("A.'s parents came, and later A. went home", vec!["A.", "A."]),
        ] {
            assert_eq!(people(text), expected, "{text}");
        }
    }

    #[test]
    fn abbreviations_and_labels_are_none() {
        for text in ["the N.H.S. and the B.B.C. agree", "at 9 A.M. sharp", "please tick option B. in part C. first", "section A. applies"] {
            assert_eq!(people(text), Vec::<&str>::new(), "{text}");
        }
    }
}
