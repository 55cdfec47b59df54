//! What the pack does not say and nobody may guess: what blocks something comes first.

use domain::policy::Question;
use serde::Serialize;

use super::document::{clause_href, sample_policy};
use crate::templates::Page;

/// One question.
#[derive(Debug, Clone, Serialize)]
struct Line {
    ask: String,
    key: String,
    until_then: String,
    blocks: String,
    clause: String,
    href: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Questions {
    blocking: Vec<Line>,
    others: Vec<Line>,
    /// Whether the reader may put a mended version forward.
    may_propose: bool,
}

impl Questions {
    /// The questions of a policy.
    pub(crate) fn new(questions: &[Question], may_propose: bool) -> Self {
        let (blocking, others): (Vec<Line>, Vec<Line>) = questions.iter().map(line).partition(|line| !line.blocks.is_empty());
        Self { blocking, others, may_propose }
    }
}

fn line(question: &Question) -> Line {
    Line {
        ask: question.ask.clone(),
        key: question.key.clone(),
        until_then: question.until_then.clone(),
        blocks: question.blocks.clone(),
        clause: question.clause.clone(),
        href: if question.clause.is_empty() { String::new() } else { clause_href(&question.clause) },
    }
}

impl Page for Questions {
    const TEMPLATE: &'static str = "pages/policy/questions.html";

    fn title(&self) -> String {
        "Open questions".to_owned()
    }

    fn samples() -> Vec<Self> {
        let mut questions = sample_policy().questions();
        if let Some(first) = questions.first_mut() {
            "disposal of the class enquiry-form".clone_into(&mut first.blocks);
        }
        vec![Self::new(&questions, true), Self::new(&questions, false), Self::new(&[], true)]
    }
}
