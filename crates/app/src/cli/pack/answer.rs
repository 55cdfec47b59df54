//! `probity pack answer`: the open questions of a pack, one after another.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use domain::policy::{Question, nearest};
use domain::{Refusal, RefusalCode};
use toml::Table;

use super::{
    draft::Draft,
    settle::{AS_IT_IS, settle},
    talk::{Asked, Talk},
};
use crate::cli::outcome::Ending;

/// Arguments of `answer`.
#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    /// The pack's folder.
    pack: PathBuf,
    /// Answers from a file instead of the terminal: one `"KEY" = "answer"` a line, with the
    /// keys that `probity pack questions` prints.
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Ask even when the input is not a terminal.
    #[arg(long, conflicts_with = "answers")]
    ask: bool,
}

/// Takes the answers, writes the files that changed, and says what is still open.
pub(super) fn run(args: &AnswerArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let draft = Draft::open(&args.pack)?;
    let open = distinct(draft.policy()?.questions());
    let (draft, answered) = match &args.answers {
        Some(file) => from_file(draft, &open, file)?,
        None if args.ask || std::io::stdin().is_terminal() => {
            from_talk(draft, &open, &mut Talk { input: &mut std::io::stdin().lock(), out })?
        }
        None => {
            let what = "The input is not a terminal. Give the answers with `--answers FILE`.";
            return Err(Refusal::new(RefusalCode::ValueInvalid, what).into());
        }
    };
    let changed = draft.write(&args.pack)?;
    let left = distinct(draft.policy()?.questions()).len();
    if changed.is_empty() {
        writeln!(out, "No answer was given, so nothing was written. {left} questions are open.")?;
    } else {
        writeln!(out, "{answered} answered, {left} still open. Changed: {}.", changed.join(", "))?;
    }
    Ok(())
}

/// Each key once: one answer closes all questions that ask for the same value.
fn distinct(questions: Vec<Question>) -> Vec<Question> {
    let mut seen = BTreeSet::new();
    questions.into_iter().filter(|question| seen.insert(question.key.clone())).collect()
}

fn from_talk(mut draft: Draft, open: &[Question], talk: &mut Talk<'_>) -> Result<(Draft, usize), Ending> {
    writeln!(talk.out, "{} questions. Enter leaves one open, `ok` keeps what is used now, `?` explains, `stop` ends here.", open.len())?;
    let mut answered = 0;
    for (index, question) in open.iter().enumerate() {
        let policy = draft.policy()?;
        let then = if question.blocks.is_empty() {
            format!("Used until it is answered: {}.", question.until_then)
        } else {
            format!("Must wait until it is answered: {}.", question.blocks)
        };
        let why = explained(question);
        let asked = Asked { number: index + 1, of: open.len(), ask: &question.ask, hint: &then, why: &why };
        let answer = talk.ask(asked, |text| match text {
            "" => Ok(Answer::Open),
            "stop" => Ok(Answer::Stop),
            text => settle(&draft, &policy, question, text).map(|draft| Answer::Given(Box::new(draft))),
        })?;
        match answer {
            Answer::Given(changed) => {
                draft = *changed;
                answered += 1;
            }
            Answer::Open => {}
            Answer::Stop => break,
        }
    }
    Ok((draft, answered))
}

/// What somebody typed at a question.
enum Answer {
    /// Something to change the pack by.
    Given(Box<Draft>),
    /// Nothing: the question stays open.
    Open,
    /// That this is enough for today.
    Stop,
}

fn explained(question: &Question) -> String {
    let clause = if question.clause.is_empty() { String::new() } else { format!(" It comes from the clause {}.", question.clause) };
    format!(
        "The answer goes to `{}`.{clause} Periods are written in words: `6 years`, `10 working days`; how long something is kept also with its event: `6 years after tenancy-end`.",
        question.key
    )
}

fn from_file(mut draft: Draft, open: &[Question], file: &Path) -> Result<(Draft, usize), Ending> {
    let answers = table(file)?;
    for (key, value) in &answers {
        let question = open.iter().find(|question| question.key == *key).ok_or_else(|| {
            let meant = nearest(key, open.iter().map(|question| question.key.as_str()));
            let meant = meant.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            Refusal::new(RefusalCode::ValueInvalid, format!("`{key}` is not an open question of this pack.{meant}"))
        })?;
        let policy = draft.policy()?;
        draft = settle(&draft, &policy, question, &words_of(value))
            .map_err(|why| Refusal::new(RefusalCode::ValueInvalid, format!("The answer to `{key}`: {why} Nothing was written.")))?;
    }
    Ok((draft, answers.len()))
}

/// A file of answers.
pub(crate) fn table(file: &Path) -> Result<Table, Ending> {
    let text = std::fs::read_to_string(file)
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The file of answers {} cannot be read.", file.display())))?;
    text.parse().map_err(|error: toml::de::Error| {
        Refusal::new(RefusalCode::ValueInvalid, format!("In the file of answers: {}.", error.message().trim_end_matches('.'))).into()
    })
}

/// An answer as somebody would type it.
pub(crate) fn words_of(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Boolean(true) => AS_IT_IS.to_owned(),
        toml::Value::Array(items) => items.iter().map(words_of).collect::<Vec<_>>().join(", "),
        // `{ years = 6 }` reads like `6 years`.
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| format!("{} {}", words_of(value), key.replace('_', " "))).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
