//! The gate: can a withheld string still be found?

use aho_corasick::AhoCorasick;

use crate::fold::{Folded, fold, squash, stands_alone};

use super::terms::{Writing, writing_of, written};

/// Which withheld strings (their indexes, ascending) can still be found in texts read back from the output.
///
/// Strings are compared folded and between word boundaries. Strings of eight or more letters and digits are also compared
/// without spaces and punctuation, so that a line break or a hyphen does not hide them. A single word that is also a name counts where it
/// is written with a capital; single ordinary words (`May`) cannot be told from the same word in a sentence and are not checked.
pub fn leaks(withheld: &[String], texts: &[String]) -> Vec<usize> {
    let mut needles: Vec<(String, usize, Form)> = Vec::new();
    for (i, string) in withheld.iter().enumerate() {
        let folded = fold(string).trim().to_owned();
        let squashed = squash(string);
        if squashed.chars().count() < 2 {
            continue;
        }
        let one_word = folded.chars().all(char::is_alphabetic);
        if one_word {
            needles.extend(writing_of(&folded).map(|w| (folded.clone(), i, Form::Word(w))));
        } else {
            needles.push((folded, i, Form::Word(Writing::Any)));
        }
        if squashed.chars().count() >= 8 && !one_word {
            needles.push((squashed, i, Form::Squashed));
        }
    }
    let mut found = vec![false; withheld.len()];
    for form in [false, true] {
        let chosen: Vec<&(String, usize, Form)> = needles.iter().filter(|n| (n.2 == Form::Squashed) == form).collect();
        let patterns: Vec<&str> = chosen.iter().map(|n| n.0.as_str()).collect();
        let Ok(automaton) = AhoCorasick::new(&patterns) else { return (0..withheld.len()).collect() };
        for text in texts {
            search(&automaton, &chosen, text, form, &mut found);
        }
    }
    found.into_iter().enumerate().filter_map(|(i, f)| f.then_some(i)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Word(Writing),
    Squashed,
}

fn search(automaton: &AhoCorasick, needles: &[&(String, usize, Form)], text: &str, squashed: bool, found: &mut [bool]) {
    if squashed {
        let (flat, ends) = flatten(text);
        for m in automaton.find_overlapping_iter(&flat) {
            let whole = ends.binary_search(&m.start()).is_ok() && ends.binary_search(&m.end()).is_ok();
            if let (true, Some(n)) = (whole, needles.get(m.pattern().as_usize())) {
                mark(found, n.1);
            }
        }
        return;
    }
    let folded = Folded::new(text);
    for m in automaton.find_overlapping_iter(folded.text.as_str()) {
        let Some(n) = needles.get(m.pattern().as_usize()) else { continue };
        let Form::Word(writing) = n.2 else { continue };
        if stands_alone(&folded.text, m.start(), m.end()) && written(text, folded.original_start(m.start()), writing) {
            mark(found, n.1);
        }
    }
}

fn mark(found: &mut [bool], i: usize) {
    if let Some(f) = found.get_mut(i) {
        *f = true;
    }
}

/// The squashed text and the places where something other than a letter or digit stood (or the text begins or ends).
fn flatten(text: &str) -> (String, Vec<usize>) {
    let mut flat = String::with_capacity(text.len());
    let mut gaps = vec![0];
    for c in text.chars() {
        crate::fold::fold_char(c, |d| {
            if d.is_alphanumeric() {
                flat.push(d);
            } else if gaps.last() != Some(&flat.len()) {
                gaps.push(flat.len());
            }
        });
    }
    if gaps.last() != Some(&flat.len()) {
        gaps.push(flat.len());
    }
    (flat, gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(withheld: &[&str], text: &str) -> Vec<usize> {
        leaks(&withheld.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>(), &[text.to_owned()])
    }

    #[test]
    fn what_can_be_found_is_found() {
        for (withheld, text) in [
            ("Ben Carter", "asked ben\ncarter today"),
            ("Ben Carter", "Ben-\nCarter"),
            ("07700 900123", "07700\n900123"),
            ("jo@mail.example", "JO@mail.\nexample"),
            ("Siân Field", "Sian ﬁeld"),
            ("Ben", "asked Ben."),
            ("Mark", "with Mark today"),
            ("12 Mill Lane", "12 Mill\u{a0}Lane"),
        ] {
            assert_eq!(found(&[withheld], text), [0], "{withheld} in {text}");
        }
    }

    #[test]
    fn other_words_are_no_leak() {
        for (withheld, text) in [
            ("Ben", "the bench"),
            ("Ben Carter", "Ben and Carter"),
            ("May", "in May it rained"),
            ("Mark", "please mark it"),
            ("Mark", "Mark the forms."),
            ("AH", "that's ah well"),
            ("07700 900123", "107700 9001234"),
        ] {
            assert_eq!(found(&[withheld], text), Vec::<usize>::new(), "{withheld} in {text}");
        }
    }
}
