//! Training of the name model: an averaged perceptron over whole sequences, then rounding to signed bytes.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use finder::detect::names::{FEATURES, LABELS, MANNER, OWN_WORD, ROWS, UNIT, observe};

use crate::chance::Chance;
use crate::corpus::{Doc, Group, Label};
use crate::invent;

const N: usize = LABELS.len();

/// How training goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course {
    /// Learn from held-out texts too.
    pub(crate) all: bool,
    /// How many models, each from other invented texts and in another order, are put together.
    pub(crate) runs: usize,
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
    /// The same in lines that are written carelessly.
    pub(crate) careless: [f32; 3],
}

impl Course {
    /// The course of the weights in the repository, changed by arguments such as `--miss 2`.
    pub(crate) fn from(arguments: &[String]) -> Self {
        let value =
            |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1)).and_then(|v| v.parse::<f32>().ok());
        Self {
            all: arguments.iter().any(|a| a == "--all"),
            runs: value("--runs").map_or(10, |v| v as usize),
            rounds: value("--rounds").map_or(5, |v| v as usize),
            margin: value("--margin").unwrap_or(6.0),
            miss: value("--miss").unwrap_or(1.5),
            blind: value("--blind").map_or(25, |v| v as usize),
            eager: [("--persons", 15.0), ("--organisations", 45.0), ("--places", 30.0)].map(|(name, usual)| value(name).unwrap_or(usual)),
            careless: [value("--careless").unwrap_or(28.0), 45.0, 30.0],
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
    let mut model = Model::new(course);
    for run in 0..course.runs {
        let mut one = Model::new(course);
        one.run(docs, 20_240_601 + run as u64, out)?;
        model.join(&one, 1.0 / course.runs as f32);
    }
    model.course.margin = 0.0;
    for (text, eager) in [("The plain line of words", course.eager), ("a line of small words", course.careless)] {
        let any = example(&Doc { group: Group::Sentences, held: false, text: text.to_owned(), spans: Vec::new(), applicant: None });
        if let Some(rows) = any.rows.first() {
            model.encourage(rows[MANNER], eager);
        }
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

    /// Learns from the texts in an order of its own.
    fn run(&mut self, docs: &[Doc], seed: u64, out: &mut dyn Write) -> io::Result<()> {
        let mut chance = Chance::new(seed);
        let all = self.course.all;
        let mut examples = Vec::new();
        for doc in docs.iter().filter(|d| all || !d.held) {
            examples.push(example(doc));
            examples.extend(invent::copies(doc, &mut chance).iter().map(example));
        }
        examples.extend(invent::letters(&mut chance).iter().map(example));
        examples.retain(|e| !e.rows.is_empty());
        let words: usize = examples.iter().map(|e| e.rows.len()).sum();
        let mut wrong = 0;
        for _ in 0..self.course.rounds {
            chance.shuffle(&mut examples);
            wrong = examples.iter().map(|e| self.learn(e, &mut chance)).sum();
        }
        self.settle();
        writeln!(out, "{} texts, {words} words, {:.4} of them wrong in the last round", examples.len(), wrong as f64 / words as f64)
    }

    /// Adds another's weights.
    fn join(&mut self, other: &Self, share: f32) {
        let of = other.weights.iter().chain(&other.moves);
        for (mine, theirs) in self.weights.iter_mut().chain(&mut self.moves).zip(of) {
            mine.iter_mut().zip(theirs).for_each(|(m, t)| *m += t * share);
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

    /// Ends training: the weights become their averages.
    fn settle(&mut self) {
        let step = self.step;
        for (w, s) in self.weights.iter_mut().chain(&mut self.moves).zip(self.sums.iter().chain(&self.move_sums)) {
            w.iter_mut().zip(s).for_each(|(w, s)| *w -= s / step);
        }
    }

    /// Makes names likelier in lines of a manner.
    fn encourage(&mut self, bias: u32, [persons, organisations, places]: [f32; 3]) {
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
