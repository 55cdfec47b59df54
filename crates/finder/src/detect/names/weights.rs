//! The trained table.

use std::sync::OnceLock;

/// What a word can be: `B` begins a name, `I` goes on with one.
pub const LABELS: [&str; 7] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];
/// Bytes of the table of transitions at the beginning of the file: from each label to each, a signed byte, row by row, one column unused.
pub const TRANSITIONS: usize = 7 * 8;

static BUILT_IN: &[u8] = include_bytes!("../../../data/names.bin");
static TRIED: OnceLock<Vec<u8>> = OnceLock::new();

/// Takes other weights than the built-in ones from now on, in this process: for measuring what was trained on a part of the corpora.
/// False when the length is wrong or other weights were taken before.
pub fn try_weights(file: Vec<u8>) -> bool {
    file.len() == BUILT_IN.len() && TRIED.set(file).is_ok()
}

/// The weights in use.
fn file() -> &'static [u8] {
    TRIED.get().map_or(BUILT_IN, Vec::as_slice)
}

/// Scores of the seven labels; the eighth is unused.
pub(super) type Scores = [i32; 8];

/// How likely each label follows each.
pub(super) fn transitions() -> [Scores; 7] {
    let mut out = [[0; 8]; 7];
    for (to, from) in out.iter_mut().zip(file().as_chunks::<8>().0) {
        for (score, weight) in to.iter_mut().zip(from) {
            *score = value(*weight);
        }
    }
    out
}

/// What a byte stands for: its square with its sign, so that small weights are kept finely and great ones fit.
const fn value(byte: u8) -> i32 {
    let code = byte.cast_signed() as i32;
    code * code.abs()
}

/// What a weight of one is worth in the sums.
pub const UNIT: f32 = 54.0;

/// The table by rows.
pub(super) fn rows() -> &'static [[u8; 8]] {
    file().get(TRANSITIONS..).map_or(&[], |t| t.as_chunks::<8>().0)
}

/// Adds up the weights of some rows.
pub(super) fn scores(table: &[[u8; 8]], rows: &[u32]) -> Scores {
    let mut sum = [0; 8];
    for row in rows {
        if let Some(weights) = table.get(*row as usize) {
            for (s, w) in sum.iter_mut().zip(weights) {
                *s += value(*w);
            }
        }
    }
    sum
}

/// How sure the model is, from the greatest distance between a name's label and none: 0.5 at nought.
pub(super) fn confidence(margin: i32) -> f32 {
    let x = margin as f32 / (15.0 * UNIT);
    0.5 + 0.5 * x / (1.0 + x.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::names::ROWS;

    #[test]
    fn the_file_holds_the_whole_table() {
        assert_eq!(BUILT_IN.len(), TRANSITIONS + ROWS * 8);
        assert!(BUILT_IN.len() < 8 << 20);
    }
}
