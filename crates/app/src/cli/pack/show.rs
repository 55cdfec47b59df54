//! `probity pack show`: the policy, a privacy notice or the notice-board sheet, to read or
//! to print.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use domain::documents::{self, Adoption, Document, Form};
use domain::policy::{Policy, nearest};
use domain::{Refusal, RefusalCode};
use services::ports::Press;

use super::super::{inputs, outcome::Ending, sar};
use crate::wiring;

/// Which document of a pack, and how.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A built-in pack by name, or a folder.
    pack: String,
    /// Which document (default: the policy; with --notice, that notice).
    #[arg(long, value_enum)]
    document: Option<Which>,
    /// The notice, by its id.
    #[arg(long, value_name = "ID")]
    notice: Option<String>,
    /// In which form.
    #[arg(long = "as", value_enum, default_value_t = As::Text)]
    form: As,
    /// Write to this file, which must not exist yet. PDF is written to a file only.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The policy, clause by clause.
    Policy,
    /// A privacy notice.
    Notice,
    /// The sheet for the notice board.
    Board,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// Plain text.
    Text,
    /// PDF.
    Pdf,
    /// PDF in large print.
    LargePrint,
    /// JSON.
    Json,
}

impl ShowArgs {
    /// Whether refusals are printed as JSON.
    pub(super) fn json(&self) -> bool {
        self.form == As::Json
    }
}

/// Prints or writes the document.
pub(super) fn run(args: &ShowArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let pdf = matches!(args.form, As::Pdf | As::LargePrint);
    if pdf && args.out.is_none() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "A PDF is not printed to the terminal. Name a file with --out.").into());
    }
    if let Some(file) = args.out.as_ref().filter(|file| file.exists()) {
        return Err(Refusal::new(RefusalCode::OutputExists, format!("{} exists already.", file.display())).into());
    }
    let document = document(args, &inputs::pack(&args.pack)?)?;
    let bytes = match args.form {
        As::Text => documents::plain(&document).into_bytes(),
        As::Json => format!("{}\n", serde_json::to_string(&document)?).into_bytes(),
        As::Pdf => adapters::press::TypstPress::new().document(&document, Form::Print)?,
        As::LargePrint => adapters::press::TypstPress::new().document(&document, Form::LargePrint)?,
    };
    match &args.out {
        Some(file) => sar::write(file, &bytes)?,
        None => out.write_all(&bytes)?,
    }
    Ok(())
}

fn document(args: &ShowArgs, policy: &Policy) -> Result<Document, Ending> {
    let today = wiring::today();
    let writer = services::sar::writer(policy, today);
    let which = args.document.unwrap_or(if args.notice.is_some() { Which::Notice } else { Which::Policy });
    if which != Which::Notice && args.notice.is_some() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "--notice goes with `--document notice` only.").into());
    }
    Ok(match which {
        Which::Policy => documents::policy(policy, &Adoption::of(policy)).printed_on(today),
        Which::Board => documents::board(policy, &writer),
        Which::Notice => {
            let id = notice(args, policy)?;
            documents::notice_for(policy, id, &writer).ok_or_else(|| unknown(policy, id))?
        }
    })
}

/// The id of the notice: the one that is named, or the only one there is.
fn notice<'a>(args: &'a ShowArgs, policy: &'a Policy) -> Result<&'a str, Ending> {
    match (&args.notice, policy.notices().notice.as_slice()) {
        (Some(id), _) => Ok(id),
        (None, [only]) => Ok(&only.id),
        (None, []) => Err(Refusal::new(RefusalCode::ValueInvalid, "This pack has no privacy notice.").into()),
        (None, _) => Err(Refusal::new(RefusalCode::ValueInvalid, format!("Name a notice with --notice: {}.", ids(policy))).into()),
    }
}

fn ids(policy: &Policy) -> String {
    policy.notices().notice.iter().map(|notice| format!("`{}`", notice.id)).collect::<Vec<_>>().join(", ")
}

fn unknown(policy: &Policy, id: &str) -> Refusal {
    let known = policy.notices().notice.iter().map(|notice| notice.id.as_str());
    let meant = nearest(id, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    let all = ids(policy);
    let all = if all.is_empty() { "It has none.".to_owned() } else { format!("It has {all}.") };
    let shown: String = id.chars().take(60).collect();
    Refusal::new(RefusalCode::ValueInvalid, format!("The pack has no notice `{shown}`.{meant} {all}"))
}
