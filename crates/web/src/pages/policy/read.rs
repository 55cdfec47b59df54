//! Read and sign: the policy to read, the understanding check, the signature; and who has
//! signed so far.

use domain::casework::reading::Wrong;
use domain::policy::{CheckQuestion, Policy};
use serde::Serialize;

use super::document::sample_policy;
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::Tag;

/// A section of the policy to read.
#[derive(Debug, Clone, Serialize)]
struct Section {
    id: String,
    title: String,
    clauses: Vec<Clause>,
}

/// A clause to read, with what holds instead where something does.
#[derive(Debug, Clone, Serialize)]
struct Clause {
    id: String,
    says: String,
    holds: String,
}

/// A wrong answer, explained.
#[derive(Debug, Clone, Serialize)]
struct Explained {
    because: String,
    clause: Link,
}

/// A question of the check, with its explanation once it was answered wrongly.
#[derive(Debug, Clone, Serialize)]
struct Question {
    field: Field,
    explained: Option<Explained>,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct ReadPage {
    title: String,
    version: String,
    due: String,
    signed: String,
    sections: Vec<Section>,
    questions: Vec<Question>,
    form: Form,
    name: Field,
    tick: Field,
    once: String,
}

/// What the reader is told besides the policy.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// The version as people call it.
    pub(crate) version: String,
    /// By when to sign, in words; empty when signed.
    pub(crate) due: String,
    /// When it was signed, in words; empty when it was not.
    pub(crate) signed: String,
}

/// What signing says, word for word.
pub(crate) const STATEMENT: &str = "I have read this version of the policy, understood it and will follow it.";

impl ReadPage {
    /// The policy to read, with its check.
    pub(crate) fn new(policy: &Policy, standing: Standing) -> Self {
        let questions: Vec<Question> =
            policy.understanding().iter().map(|question| Question { field: field(question), explained: None }).collect();
        Self {
            title: policy.about().title.clone(),
            version: standing.version,
            due: standing.due,
            signed: standing.signed,
            sections: sections(policy),
            form: Form::default(),
            questions,
            name: Field::text("name", "Your name").hint("As it stands at the head of the page.").autocomplete("name"),
            tick: Field::checkboxes("sign", "Signature", &[("yes", STATEMENT, "")]),
            once: once::fresh(),
        }
    }

    /// The page again, with what was answered.
    pub(crate) fn answered(mut self, sent: &Sent) -> Self {
        let mut fields: Vec<Field> = self.questions.iter().map(|question| question.field.clone()).collect();
        fields.extend([self.name.clone(), self.tick.clone()]);
        self.form = Form::new(fields).filled(sent);
        self.keep();
        self
    }

    /// Whether something is missing or wrong.
    pub(crate) fn is_refused(&self) -> bool {
        self.form.is_refused()
    }

    /// Says that an answer is missing, or that a part of the signature is.
    pub(crate) fn complain(&mut self, name: &str, text: &str) {
        self.form.complain(name, text);
        self.keep();
    }

    /// Says which answers were wrong, why, and where to read again.
    pub(crate) fn explain(&mut self, wrong: &[Wrong]) {
        for told in wrong {
            let name = question_name(&told.question);
            self.form.complain(&name, format!("Read clause {} again and choose another answer", told.clause));
            if let Some(question) = self.questions.iter_mut().find(|question| question.field.name == name) {
                let clause = Link::new(format!("#{}", told.clause), format!("Clause {}", told.clause));
                question.explained = Some(Explained { because: told.because.clone(), clause });
            }
        }
        self.keep();
    }

    /// Takes the fields of the form over into the places where the page shows them.
    fn keep(&mut self) {
        for field in &self.form.fields {
            let place = match field.name.as_str() {
                "name" => Some(&mut self.name),
                "sign" => Some(&mut self.tick),
                name => self.questions.iter_mut().map(|question| &mut question.field).find(|known| known.name == name),
            };
            if let Some(place) = place {
                place.clone_from(field);
            }
        }
    }
}

/// The name of a question's field.
pub(crate) fn question_name(id: &str) -> String {
    format!("q-{id}")
}

fn field(question: &CheckQuestion) -> Field {
    let numbers: Vec<String> = (1..=question.answers.len()).map(|number| number.to_string()).collect();
    let choices: Vec<(&str, &str, &str)> =
        numbers.iter().zip(&question.answers).map(|(number, answer)| (number.as_str(), answer.as_str(), "")).collect();
    Field::radios(&question_name(&question.id), &question.ask, &choices)
}

fn sections(policy: &Policy) -> Vec<Section> {
    let chunks = policy.clauses().chunk_by(|one, next| one.section == next.section);
    let clause = |clause: &domain::policy::Clause| Clause {
        id: clause.id.clone(),
        says: clause.says.clone(),
        holds: match &clause.conflict {
            Some(conflict) if conflict.winner != domain::policy::Winner::Policy => {
                format!("{}: {}", super::document::note_of(conflict).winner, conflict.wins)
            }
            _ => String::new(),
        },
    };
    chunks
        .enumerate()
        .map(|(at, chunk)| Section {
            id: format!("section-{}", at + 1),
            title: chunk.first().map(|clause| clause.section.clone()).unwrap_or_default(),
            clauses: chunk.iter().map(clause).collect(),
        })
        .collect()
}

impl Page for ReadPage {
    const TEMPLATE: &'static str = "pages/policy/read.html";

    fn title(&self) -> String {
        "Read and sign".to_owned()
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let policy = sample_policy();
        let standing = |due: &str, signed: &str| Standing { version: "1.0".into(), due: due.into(), signed: signed.into() };
        let fresh = Self::new(&policy, standing("20 December 2026, in 28 days", ""));
        let mut refused = Self::new(&policy, standing("20 December 2026, in 28 days", "")).answered(&Sent::default());
        refused.complain("name", "Enter your name");
        let wrong: Vec<Wrong> = policy
            .understanding()
            .iter()
            .take(2)
            .map(|q| Wrong { question: q.id.clone(), because: q.because.clone(), clause: q.clause.clone() })
            .collect();
        refused.explain(&wrong);
        vec![fresh, refused, Self::new(&policy, standing("", "20 November 2026"))]
    }
}

/// One reader who has not signed yet.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReaderLine {
    pub(crate) name: String,
    pub(crate) tag: Tag,
}

/// How many have read and signed the version in force, and who has not.
#[derive(Debug, Serialize)]
pub(crate) struct Readings {
    pub(crate) version: String,
    pub(crate) signed: u64,
    pub(crate) all: u64,
    pub(crate) rows: Vec<ReaderLine>,
}

impl Page for Readings {
    const TEMPLATE: &'static str = "pages/policy/readings.html";

    fn title(&self) -> String {
        "Who has signed".to_owned()
    }

    fn samples() -> Vec<Self> {
        let row = |name: &str, tag: Tag| ReaderLine { name: name.to_owned(), tag };
        let rows = vec![
            row("Maya Thornbury", Tag::new("Answered, not yet right", "yellow")),
            row("Joan Hart", Tag::new("Not opened yet", "grey")),
        ];
        let page = |signed, all, rows| Self { version: "version 1.0".to_owned(), signed, all, rows };
        vec![page(1, 3, rows), page(3, 3, Vec::new())]
    }
}
