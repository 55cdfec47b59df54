//! The best sequence of labels.

use super::features::{Word, features};
use super::weights::{Scores, rows, scores, transitions};

/// Never chosen.
const NEVER: i32 = i32::MIN / 4;
/// Sums further from nought than this are brought back to it: only their differences count, and of very long sentences they would overflow.
const FAR: i32 = i32::MAX / 8;

/// The label of each word and by how much it is better than none. The first of `bonus` is taken from the score
/// of none, the second added to the scores of persons.
pub(super) fn decode(words: &[Word], bonus: (i32, i32)) -> Vec<(u8, i32)> {
    let (table, moves) = (rows(), transitions());
    let mut steps: Vec<([u8; 8], Scores)> = Vec::with_capacity(words.len());
    let mut best: Scores = [0, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER];
    for i in 0..words.len() {
        let mut own = scores(table, &features(words, i));
        own.iter_mut().zip([-bonus.0, bonus.1, bonus.1]).for_each(|(s, by)| *s += by);
        let (next, back) = step(&best, &moves, &own);
        steps.push((back, own));
        best = next;
        let top = best.iter().copied().max().unwrap_or(0);
        if top.abs() > FAR {
            for score in &mut best {
                *score = score.saturating_sub(top).max(NEVER);
            }
        }
    }
    let mut label = best.iter().take(7).enumerate().max_by_key(|(_, s)| **s).map_or(0, |(l, _)| l as u8);
    let mut out = vec![(0, 0); words.len()];
    for ((back, own), slot) in steps.iter().zip(out.iter_mut()).rev() {
        let score = |l: usize| own.get(l).copied().unwrap_or(0);
        *slot = (label, score(usize::from(label)) - score(0));
        label = back.get(usize::from(label)).copied().unwrap_or(0);
    }
    out
}

/// One word further: the best score of each label and where it came from. A name goes on only after its own beginning.
fn step(best: &Scores, moves: &[Scores; 7], own: &Scores) -> (Scores, [u8; 8]) {
    let mut next = [NEVER; 8];
    let mut back = [0_u8; 8];
    let targets = next.iter_mut().zip(back.iter_mut()).zip(own).enumerate().take(7);
    for (to, ((score, from), own)) in targets {
        let inside = to != 0 && to % 2 == 0;
        for (l, (past, to_each)) in best.iter().zip(moves).enumerate() {
            if inside && l != to && l + 1 != to {
                continue;
            }
            let sum = past.saturating_add(to_each.get(to).copied().unwrap_or(0));
            if sum > *score {
                (*score, *from) = (sum, l as u8);
            }
        }
        *score = score.saturating_add(*own);
    }
    (next, back)
}
