//! `probity init`: a new installation, with a pack of the organisation's own.

mod answers;
mod build;
mod questions;

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};

use self::answers::Answers;
use super::outcome::Ending;
use super::pack::{new, talk::Talk};
use crate::wiring::installation::{Config, FILE, Installation, Ocr, english};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to make.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// Take this policy pack as it is, without questions: a built-in name or a folder.
    /// Without it, a dozen questions are asked on a terminal; elsewhere it is `uk`.
    #[arg(long, value_name = "PACK")]
    pack: Option<String>,
    /// Answers to the questions from a file (`--questions` prints one to fill in).
    #[arg(long, value_name = "FILE", conflicts_with = "pack")]
    answers: Option<PathBuf>,
    /// Ask the questions even when the input is not a terminal.
    #[arg(long, conflicts_with_all = ["pack", "answers"])]
    ask: bool,
    /// Print the questions as a file of answers to fill in, and make nothing.
    #[arg(long, conflicts_with_all = ["pack", "answers", "ask"])]
    questions: bool,
    /// A `postgres://` URL; without it everything lives in the folder.
    #[arg(long, value_name = "URL", default_value = "")]
    database: String,
    /// One person is everything here: a reply needs no second person.
    #[arg(long)]
    one_person: bool,
}

/// The folder of the organisation's own pack inside its installation.
const OWN_PACK: &str = "pack";

pub(crate) fn run(args: &InitArgs, out: &mut dyn Write) -> Result<(), Ending> {
    if args.questions {
        return questions::print(out);
    }
    if args.data.join(FILE).exists() {
        return Err(Refusal::new(RefusalCode::OutputExists, format!("{} holds an installation already.", args.data.display())).into());
    }
    let answers = match (&args.answers, &args.pack) {
        (Some(file), _) => Some(questions::from_file(file)?),
        (None, None) if args.ask || on_a_terminal() => Some(ask(&mut std::io::stdin().lock(), out)?),
        _ => None,
    };
    match answers {
        Some(answers) => with_answers(args, &answers, out),
        None => as_it_is(args, args.pack.as_deref().unwrap_or(new::BASE), out),
    }
}

fn on_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

fn ask(input: &mut dyn BufRead, out: &mut dyn Write) -> Result<Answers, Ending> {
    writeln!(out, "{} questions, about five minutes. `?` explains a question; nothing is written before the last.", questions::ALL.len())?;
    questions::ask_all(&mut Talk { input, out })
}

/// An installation on a pack that is there already.
fn as_it_is(args: &InitArgs, pack: &str, out: &mut dyn Write) -> Result<(), Ending> {
    let policy = super::inputs::pack(pack)?;
    // A folder is found again from wherever the program is started.
    let place = Path::new(pack).canonicalize().ok().filter(|place| place.is_dir());
    make(args, place.as_deref().and_then(Path::to_str).unwrap_or(pack), !args.one_person)?;
    say(args, pack, &policy, out)
}

/// An installation with a pack of its own.
fn with_answers(args: &InitArgs, answers: &Answers, out: &mut dyn Write) -> Result<(), Ending> {
    let built = build::pack(answers)?;
    let policy = Policy::from_files(&built.files)?;
    let folder = args.data.join(OWN_PACK);
    crate::wiring::installation::private_folder(&args.data)?;
    new::write(&folder, &built.files)?;
    make(args, OWN_PACK, answers.approver.is_some() && !args.one_person)?;
    writeln!(out, "\nThe pack `{}` begins with `{}` and lies in {}.", policy.about().name, answers.like, folder.display())?;
    for (role, person) in &built.given {
        writeln!(out, "Given to {person} for now: {role}. Change it in {}.", folder.join("directory.toml").display())?;
    }
    say(args, &folder.display().to_string(), &policy, out)
}

fn make(args: &InitArgs, pack: &str, second_person: bool) -> Result<(), Ending> {
    let config = Config {
        org: "own".to_owned(),
        pack: pack.to_owned(),
        database: args.database.clone(),
        second_person,
        mail: None,
        bank_holidays: None,
        ocr: Ocr::default(),
        ocr_language: english(),
        place: Vec::new(),
    };
    Installation::create(&args.data, config)?.open()?;
    Ok(())
}

/// As many open questions are printed one by one; the rest is counted.
const SHOWN: usize = 12;

fn say(args: &InitArgs, pack: &str, policy: &Policy, out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "Made {} with the pack `{pack}`.", args.data.display())?;
    let open = policy.questions();
    for question in open.iter().take(SHOWN) {
        let then = if question.blocks.is_empty() {
            format!("Until then: {}.", question.until_then)
        } else {
            format!("Until then {} must wait.", question.blocks)
        };
        writeln!(out, "To answer in the pack: {} ({}) {then}", question.ask, question.key)?;
    }
    if open.len() > SHOWN {
        writeln!(out, "And {} more: probity pack questions {pack}", open.len() - SHOWN)?;
    }
    if !open.is_empty() && Path::new(pack).is_dir() {
        writeln!(out, "Answer them when you can: probity pack answer {pack}")?;
    }
    writeln!(out, "Keys lie in {}: back them up apart from the data.", args.data.join("keys").display())?;
    writeln!(out, "Next: probity serve --data {}", args.data.display())?;
    Ok(())
}
