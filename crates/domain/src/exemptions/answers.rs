//! Questions, answers, and what they come to.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::{Division, Right};

/// The answers by the keys of the questions: `yes`, `no`, a date, or words. What is missing
/// or empty has not been answered.
pub type Answers = BTreeMap<String, String>;

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no. The exemption needs `yes` where the first part is true; a different answer
    /// ends it, for the reason given.
    YesNo(bool, &'static str),
    /// Yes or no, weighed with the rest by the test of the exemption.
    Weighed,
    /// One of these: value and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// A day.
    Day,
    /// Words.
    Words,
}

/// A question of a legal test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The stable key.
    pub key: &'static str,
    /// The question.
    pub ask: &'static str,
    /// What helps to answer it.
    pub help: &'static str,
    /// What it asks for.
    pub kind: Kind,
}

/// A question whose answer must be yes.
pub(super) const fn yes(key: &'static str, ask: &'static str, help: &'static str, otherwise: &'static str) -> Question {
    Question { key, ask, help, kind: Kind::YesNo(true, otherwise) }
}

/// A question whose answer must be no.
pub(super) const fn no(key: &'static str, ask: &'static str, help: &'static str, otherwise: &'static str) -> Question {
    Question { key, ask, help, kind: Kind::YesNo(false, otherwise) }
}

/// A question of another kind.
pub(super) const fn asks(key: &'static str, ask: &'static str, help: &'static str, kind: Kind) -> Question {
    Question { key, ask, help, kind }
}

/// Where and for what an exemption is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The right that is exercised.
    pub right: Right,
    /// Whose law applies.
    pub division: Division,
    /// Somebody with parental responsibility, or somebody a court appointed, asks for the
    /// person; else the person asks, or somebody in the person's name.
    pub for_another: bool,
    /// The day on which the exemption is relied on.
    pub on: Date,
}

/// What answers come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The test is met.
    Applies,
    /// It is not met, for this reason.
    DoesNotApply(String),
    /// These questions are still to be answered.
    Undecided(Vec<&'static str>),
}

/// How answers are weighed.
#[derive(Clone, Copy)]
pub(super) enum Test {
    /// Every question must be answered as it needs.
    All,
    /// The same, and only where somebody asks for another person.
    AllForAnother,
    /// A test of its own.
    Own(fn(&Answers, Setting) -> Outcome),
}

impl std::fmt::Debug for Test {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Test")
    }
}

impl Test {
    pub(super) fn evaluate(self, questions: &'static [Question], answers: &Answers, setting: Setting) -> Outcome {
        match self {
            Self::Own(test) => test(answers, setting),
            Self::AllForAnother if !setting.for_another => Outcome::DoesNotApply(
                "It applies only when somebody with parental responsibility, or somebody a court appointed, asks for the person."
                    .to_owned(),
            ),
            Self::All | Self::AllForAnother => all(questions, answers),
        }
    }
}

fn all(questions: &'static [Question], answers: &Answers) -> Outcome {
    let mut open = Vec::new();
    for question in questions {
        match (question.kind, said(answers, question.key)) {
            (Kind::YesNo(needed, otherwise), Some(answer)) if (answer == "yes") != needed => {
                return Outcome::DoesNotApply(otherwise.to_owned());
            }
            (_, Some(_)) => {}
            (_, None) => open.push(question.ask),
        }
    }
    if open.is_empty() { Outcome::Applies } else { Outcome::Undecided(open) }
}

/// The answer to a question; `None` when there is none.
pub(super) fn said<'a>(answers: &'a Answers, key: &str) -> Option<&'a str> {
    answers.get(key).map(|answer| answer.trim()).filter(|answer| !answer.is_empty())
}

/// What is still to be asked of these questions.
pub(super) fn open(questions: &'static [Question], answers: &Answers, keys: &[&str]) -> Vec<&'static str> {
    questions.iter().filter(|question| keys.contains(&question.key) && said(answers, question.key).is_none()).map(|q| q.ask).collect()
}
