//! Training of the name model: an averaged perceptron over whole sequences, then rounding to signed bytes.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use finder::detect::names::{FEATURES, LABELS, OWN_WORD, ROWS, UNIT, observe};

use crate::chance::Chance;
use crate::corpus::{Doc, Group, Label};
use crate::invent;

const N: usize = LABELS.len();
/// Which of a word's features is the same for every word.
const BIAS: usize = 8;

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course {
    /// Learn from held-out texts too.
    pub(crate) all: bool,
    /// Passes over the training texts.
    pub(crate) rounds: usize,
    /// How much better than its rivals the right sequence must be, a word.
    pub(crate) margin: f32,
    /// The same against no name, as a multiple: more finds more and errs more.
    pub(crate) miss: f32,
    /// In how many words of a hundred the word itself is left out.
    pub(crate) blind: usize,
    /// What is added to every word's score for persons, organisations and places once trained: a missed name costs more than a false one.
    pub(crate) eager: [f32; 3],
}

impl Course {
    /// The course of the weights in the repository, changed by arguments such as `--miss 2`.
    pub(crate) fn from(arguments: &[String]) -> Self {
        let value =
            |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1)).and_then(|v| v.parse::<f32>().ok());
        Self {
            all: arguments.iter().any(|a| a == "--all"),
            rounds: value("--rounds").map_or(7, |v| v as usize),
            margin: value("--margin").unwrap_or(3.0),
            miss: value("--miss").unwrap_or(1.5),
            blind: value("--blind").map_or(25, |v| v as usize),
            eager: [("--persons", 25.0), ("--organisations", 45.0), ("--places", 30.0)].map(|(name, usual)| value(name).unwrap_or(usual)),
        }
    }
}

/// A text as the model sees it, with the right label of each word.
struct Example {
    rows: Vec<[u32; FEATURES]>,
    right: Vec<u8>,
}

/// Trains on texts that are not held out (or on all of them) and writes the weights.
pub(crate) fn train(docs: &[Doc], course: Course, to: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut chance = Chance::new(20_240_601);
    let mut examples = Vec::new();
    for doc in docs.iter().filter(|d| course.all || !d.held) {
        examples.push(example(doc));
        for copy in invent::copies(doc, &mut chance) {
            examples.push(example(&copy));
        }
    }
    for doc in invent::letters(&mut chance) {
        examples.push(example(&doc));
    }
    examples.retain(|e| !e.rows.is_empty());
    let words: usize = examples.iter().map(|e| e.rows.len()).sum();
    writeln!(out, "{} texts, {words} words", examples.len())?;
    let mut model = Model::new(course);
    for round in 0..course.rounds {
        chance.shuffle(&mut examples);
        let mut wrong = 0;
        for e in &examples {
            wrong += model.learn(e, &mut chance);
        }
        writeln!(out, "round {round}: {:.4} of the words wrong", wrong as f64 / words as f64)?;
    }
    model.settle();
    if let Some(bias) = examples.first().and_then(|e| e.rows.first()).map(|rows| rows[BIAS]) {
        model.encourage(bias);
    }
    writeln!(out, "greatest weight {:.2}, {:.2} fit", model.greatest(), 127.0 * 127.0 / UNIT)?;
    fs::write(to, model.rounded())?;
    for group in Group::ALL {
        let held: Vec<Example> = docs.iter().filter(|d| d.held && d.group == group).map(example).collect();
        write!(out, "{:14} {}:", group.name(), if course.all { "learnt" } else { "held out" })?;
        for (name, begin) in [("persons", 1), ("organisations", 3), ("places", 5)] {
            let (mut right, mut found, mut wanted) = (0, 0, 0);
            for e in &held {
                let guess = model.guess(&e.rows, &e.right, &vec![0; e.rows.len()]);
                let (a, b) = (names(&guess, begin), names(&e.right, begin));
                (found, wanted) = (found + a.len(), wanted + b.len());
                right += a.iter().filter(|x| b.contains(x)).count();
            }
            let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
            write!(out, "  {name} {:.3} {:.3} {:.3}", share(right, found), share(right, wanted), share(2 * right, found + wanted))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Ranges of words with names of a kind.
fn names(labels: &[u8], begin: u8) -> Vec<(usize, usize)> {
    let begins = labels.iter().enumerate().filter(|(_, l)| **l == begin);
    begins.map(|(i, _)| (i, i + labels.iter().skip(i + 1).take_while(|l| **l == begin + 1).count())).collect()
}

fn example(doc: &Doc) -> Example {
    let seen = observe(&doc.text);
    let mut right = vec![0_u8; seen.len()];
    for span in &doc.spans {
        let begin = match span.label {
            Label::Person => 1,
            Label::Organisation => 3,
            Label::Place => 5,
            Label::Other => continue,
        };
        let mut first = true;
        for (word, label) in seen.iter().zip(right.iter_mut()) {
            if word.start < span.end && span.start < word.end {
                *label = if first { begin } else { begin + 1 };
                first = false;
            }
        }
    }
    Example { rows: seen.into_iter().map(|w| w.rows).collect(), right }
}

/// Weights with what averaging needs.
struct Model {
    weights: Vec<[f32; 8]>,
    sums: Vec<[f32; 8]>,
    moves: [[f32; 8]; N],
    move_sums: [[f32; 8]; N],
    step: f32,
    course: Course,
}

impl Model {
    fn new(course: Course) -> Self {
        Self {
            weights: vec![[0.0; 8]; ROWS],
            sums: vec![[0.0; 8]; ROWS],
            moves: [[0.0; 8]; N],
            move_sums: [[0.0; 8]; N],
            step: 1.0,
            course,
        }
    }

    /// Looks at one text; where the best sequence is not the right one by the margin, moves towards the right one.
    fn learn(&mut self, e: &Example, chance: &mut Chance) -> usize {
        let mut wrong = 0;
        // Long texts are learnt in pieces, so that one mistake does not wait for a thousand words.
        for (rows, right) in e.rows.chunks(60).zip(e.right.chunks(60)) {
            let skips: Vec<usize> = rows.iter().map(|_| if chance.below(100) < self.course.blind { OWN_WORD } else { 0 }).collect();
            let guess = self.guess(rows, right, &skips);
            wrong += guess.iter().zip(right).filter(|(a, b)| a != b).count();
            if guess != right {
                self.update(rows, right, &guess, &skips);
            }
            self.step += 1.0;
        }
        wrong
    }

    fn update(&mut self, rows: &[[u32; FEATURES]], right: &[u8], guess: &[u8], skips: &[usize]) {
        let step = self.step;
        let (mut before_right, mut before_guess) = (0_u8, 0_u8);
        for (((rows, r), g), skip) in rows.iter().zip(right).zip(guess).zip(skips) {
            if r != g {
                for row in rows.iter().skip(*skip) {
                    for (label, by) in [(*r, 1.0), (*g, -1.0)] {
                        add(&mut self.weights, *row as usize, label, by);
                        add(&mut self.sums, *row as usize, label, by * step);
                    }
                }
            }
            if (r, before_right) != (g, before_guess) {
                for (from, label, by) in [(before_right, *r, 1.0), (before_guess, *g, -1.0)] {
                    add(&mut self.moves, usize::from(from), label, by);
                    add(&mut self.move_sums, usize::from(from), label, by * step);
                }
            }
            (before_right, before_guess) = (*r, *g);
        }
    }

    /// The best sequence where every wrong label gets the margin as a present, a missed name twice that.
    fn guess(&self, rows: &[[u32; FEATURES]], right: &[u8], skips: &[usize]) -> Vec<u8> {
        let mut steps: Vec<[u8; 8]> = Vec::with_capacity(rows.len());
        let mut best = [0.0, -1e9, -1e9, -1e9, -1e9, -1e9, -1e9, -1e9_f32];
        for ((rows, r), skip) in rows.iter().zip(right).zip(skips) {
            let mut own = [0.0_f32; 8];
            for row in rows.iter().skip(*skip) {
                if let Some(weights) = self.weights.get(*row as usize) {
                    own.iter_mut().zip(weights).for_each(|(o, w)| *o += w);
                }
            }
            for (l, o) in own.iter_mut().enumerate() {
                *o += if l == usize::from(*r) {
                    0.0
                } else if l == 0 {
                    self.course.margin * self.course.miss
                } else {
                    self.course.margin
                };
            }
            let mut next = [-1e9_f32; 8];
            let mut back = [0_u8; 8];
            for (to, ((score, from), own)) in next.iter_mut().zip(back.iter_mut()).zip(own).enumerate().take(N) {
                for (l, (past, moves)) in best.iter().zip(&self.moves).enumerate() {
                    if to != 0 && to % 2 == 0 && l != to && l + 1 != to {
                        continue;
                    }
                    let sum = past + moves.get(to).copied().unwrap_or(0.0);
                    if sum > *score {
                        (*score, *from) = (sum, l as u8);
                    }
                }
                *score += own;
            }
            steps.push(back);
            best = next;
        }
        let mut label = best.iter().take(N).enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(l, _)| l as u8);
        let mut out = vec![0; rows.len()];
        for (back, slot) in steps.iter().zip(out.iter_mut()).rev() {
            *slot = label;
            label = back.get(usize::from(label)).copied().unwrap_or(0);
        }
        out
    }

    /// Ends training: the weights become their averages, and no margin is asked for.
    fn settle(&mut self) {
        let step = self.step;
        for (w, s) in self.weights.iter_mut().chain(&mut self.moves).zip(self.sums.iter().chain(&self.move_sums)) {
            w.iter_mut().zip(s).for_each(|(w, s)| *w -= s / step);
        }
        self.course.margin = 0.0;
    }

    /// Makes names likelier by the course's eagerness.
    fn encourage(&mut self, bias: u32) {
        let [persons, organisations, places] = self.course.eager;
        if let Some(row) = self.weights.get_mut(bias as usize) {
            row.iter_mut().zip([0.0, persons, persons, organisations, organisations, places, places]).for_each(|(w, by)| *w += by);
        }
    }

    /// The weights as signed bytes, the roots of their sizes: transitions first, then the rows.
    fn rounded(&self) -> Vec<u8> {
        let byte = |x: f32| (x.signum() * (x.abs() * UNIT).sqrt()).round().clamp(-127.0, 127.0) as i8;
        let all = self.moves.iter().chain(&self.weights).flatten();
        all.map(|w| byte(*w).cast_unsigned()).collect()
    }

    /// The greatest of the weights.
    fn greatest(&self) -> f32 {
        self.moves.iter().chain(&self.weights).flatten().fold(0.0, |most, w| most.max(w.abs()))
    }
}

fn add(table: &mut [[f32; 8]], row: usize, label: u8, by: f32) {
    if let Some(weight) = table.get_mut(row).and_then(|r| r.get_mut(usize::from(label))) {
        *weight += by;
    }
}

/// Says where the weights go.
pub(crate) fn done(to: &Path, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "written to {}", to.display())
}
