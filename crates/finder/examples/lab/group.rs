//! Groups of words that are used alike, from word vectors: k-means in two storeys.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use finder::detect::names::cluster_table;
use serde::Deserialize;

use crate::chance::Chance;

/// Groups of the upper storey, and of each of them in the lower.
const UPPER: usize = 48;
const LOWER: usize = 32;
/// Rounds of k-means.
const ROUNDS: usize = 18;
/// The most frequent words have groups.
const WORDS: usize = 165_000;

/// Word vectors: the words from the most frequent on, and each one's numbers.
#[derive(Deserialize)]
struct Vectors {
    dimensions: usize,
    words: Vec<String>,
    #[serde(rename = "vectors")]
    of_word: HashMap<String, Vec<f32>>,
}

/// Reads word vectors and writes the table of groups.
pub(crate) fn group(from: &Path, to: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let read: Vectors = serde_json::from_slice(&fs::read(from)?)?;
    let letters = |w: &&String| w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'')) && w.starts_with(char::is_alphabetic);
    let words: Vec<&String> = read.words.iter().filter(letters).take(WORDS).collect();
    let points: Vec<Vec<f32>> =
        words.iter().filter_map(|w| read.of_word.get(*w)).map(|v| unit(v.iter().take(read.dimensions).copied().collect())).collect();
    if points.len() != words.len() {
        return Err("a word has no vector".into());
    }
    let mut chance = Chance::new(7);
    let all: Vec<usize> = (0..points.len()).collect();
    let upper = means(&points, &all, UPPER, &mut chance);
    let mut groups = vec![0_u16; points.len()];
    for high in 0..UPPER {
        let members: Vec<usize> = all.iter().copied().filter(|i| upper.get(*i) == Some(&high)).collect();
        let lower = means(&points, &members, LOWER, &mut chance);
        for (i, low) in members.iter().zip(lower) {
            if let Some(group) = groups.get_mut(*i) {
                *group = u16::try_from(high * LOWER + low + 1)?;
            }
        }
    }
    fs::write(to, cluster_table(words.iter().map(|w| w.as_str()).zip(groups.iter().copied())))?;
    for high in (0..UPPER as u16).step_by(6) {
        let of = words.iter().zip(&groups).filter(|(_, g)| (**g - 1) / LOWER as u16 == high).take(14);
        writeln!(out, "{high}: {}", of.map(|(w, _)| w.as_str()).collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}

/// The group of each member. Centres begin at members picked by chance.
fn means(points: &[Vec<f32>], members: &[usize], k: usize, chance: &mut Chance) -> Vec<usize> {
    let of = |i: &usize| points.get(*i).map_or(&[][..], Vec::as_slice);
    let mut centres: Vec<Vec<f32>> = (0..k).filter_map(|_| members.get(chance.below(members.len())).map(|i| of(i).to_vec())).collect();
    let mut groups = vec![0; members.len()];
    for _ in 0..ROUNDS {
        for (group, i) in groups.iter_mut().zip(members) {
            let near = centres.iter().map(|c| dot(c, of(i))).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            *group = near.map_or(0, |(c, _)| c);
        }
        let mut sums = vec![vec![0.0_f32; points.first().map_or(0, Vec::len)]; centres.len()];
        for (group, i) in groups.iter().zip(members) {
            if let Some(sum) = sums.get_mut(*group) {
                sum.iter_mut().zip(of(i)).for_each(|(s, x)| *s += x);
            }
        }
        centres = sums.into_iter().map(unit).collect();
    }
    groups
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 4];
    for (x, y) in a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0) {
        sums.iter_mut().zip(x.iter().zip(y)).for_each(|(s, (x, y))| *s += x * y);
    }
    sums.iter().sum()
}

fn unit(mut v: Vec<f32>) -> Vec<f32> {
    let length = v.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    for x in &mut v {
        *x /= length;
    }
    v
}
