//! `probity deadline`: a date and why.
//!
//! One deadline from the arguments, or with `--batch` one a line: JSON objects in
//! (`rule`, `from`, `division`, `pauses`, `extended`, `triggers`, `id`), JSON objects out in the same
//! order. In a batch a line that is refused gets `{"id","error":{"code","what","next"}}` in
//! its place, the others go on, and the command still ends with 0.

mod batch;
mod print;

use std::collections::BTreeMap;
use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use domain::calendar::{Calendar, Deadline, Division, Extension, Facts, Pause, Rule, When, parse_date};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;

use super::inputs;
use super::outcome::Ending;
use crate::wiring;

/// Arguments of `deadline`.
#[derive(Debug, Args)]
pub(crate) struct DeadlineArgs {
    /// The rule, for example `rights`, `erasure`, `complaint_ack` or `breach_72h`.
    #[arg(long, required_unless_present_any = ["batch", "list"])]
    rule: Option<String>,
    /// The day it counts from (YYYY-MM-DD), or the moment where hours count.
    #[arg(long, value_name = "DATE|INSTANT")]
    from: Option<String>,
    /// A further trigger of the rule that has happened, for example `ceo=2026-07-06`. Can be
    /// given several times; `--list` names the triggers of every rule.
    #[arg(long = "trigger", value_name = "NAME=DATE")]
    triggers: Vec<String>,
    /// A built-in policy pack or a folder.
    #[arg(long, value_name = "P", default_value = "uk")]
    pack: String,
    /// Whose bank holidays count: england-and-wales, scotland or northern-ireland.
    #[arg(long, value_name = "D")]
    division: Option<String>,
    /// A clarification question: the day asked, two dots, the day answered. Without the
    /// second day the question is still open. Can be given several times.
    #[arg(long = "pause", value_name = "A..B")]
    pauses: Vec<String>,
    /// The time has been extended to three months.
    #[arg(long)]
    extended: bool,
    /// The day the notice of the extension was given.
    #[arg(long, value_name = "DATE", requires = "extended")]
    notice: Option<String>,
    /// The day to take for today, when saying when it would be due if an open question
    /// were answered today.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// A newer table of bank holidays, in the published JSON.
    #[arg(long, value_name = "FILE")]
    bank_holidays: Option<PathBuf>,
    /// JSON lines in, JSON lines out.
    #[arg(long, conflicts_with_all = ["rule", "from", "triggers", "pauses", "extended", "notice", "list"])]
    batch: bool,
    /// List every rule of the pack.
    #[arg(long, conflicts_with_all = ["rule", "from", "triggers", "pauses", "extended", "notice"])]
    list: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl DeadlineArgs {
    /// Whether a refusal is to be printed as JSON as well.
    pub(crate) fn json(&self) -> bool {
        self.json || self.batch
    }
}

/// Evaluates one deadline, a batch, or lists the rules.
pub(crate) fn run(args: &DeadlineArgs, out: &mut dyn Write, input: &mut dyn BufRead) -> Result<(), Ending> {
    let context = Context::open(args)?;
    let mut out = BufWriter::new(out);
    if args.list {
        print::list(&context.policy, args.json, &mut out)?;
    } else if args.batch {
        batch::run(&context, input, &mut out)?;
    } else {
        let rule = args.rule.as_deref().unwrap_or_default();
        let question = Question {
            rule,
            from: args.from.as_deref().ok_or_else(|| context.what_to_give(rule))?,
            triggers: triggers(&args.triggers)?,
            division: args.division.as_deref(),
            pauses: args.pauses.iter().map(|text| pause(text)).collect::<Result<_, _>>()?,
            extension: extension(args.extended, args.notice.as_deref())?,
            today: None,
        };
        let deadline = context.answer(&question)?;
        if args.json {
            print::json(&serde_json::Value::Null, &deadline, &mut out)?;
        } else {
            print::human(&context.policy, &deadline, &mut out)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// What every deadline of one run shares.
struct Context {
    policy: Policy,
    calendar: Calendar,
    division: Option<Division>,
    today: Date,
}

/// One deadline asked for.
struct Question<'a> {
    rule: &'a str,
    from: &'a str,
    triggers: BTreeMap<String, When>,
    division: Option<&'a str>,
    pauses: Vec<Pause>,
    extension: Option<Extension>,
    today: Option<&'a str>,
}

/// Answers lines by the rules of a pack, as they are written for `--batch`, without an end.
pub(crate) type Answering = Box<dyn Fn(&[u8], &mut dyn Write) -> Result<(), Ending> + Send + Sync>;

/// What answers lines by the rules of a pack on a day: for trying out spoilt ones.
pub(crate) fn answering(pack: &str, today: Date) -> Result<Answering, Ending> {
    let context = Context { policy: inputs::pack(pack)?, calendar: Calendar::embedded(), division: None, today };
    Ok(Box::new(move |lines, out| batch::run(&context, &mut &*lines, out)))
}

impl Context {
    fn open(args: &DeadlineArgs) -> Result<Self, Ending> {
        let mut calendar = Calendar::embedded();
        if let Some(path) = &args.bank_holidays {
            let unreadable = |_| Refusal::new(RefusalCode::CalendarInvalid, format!("The file `{}` cannot be read.", path.display()));
            calendar = calendar.import(&std::fs::read_to_string(path).map_err(unreadable)?)?;
        }
        let division = args.division.as_deref().map(str::parse).transpose()?;
        let today = args.today.as_deref().map(parse_date).transpose()?.unwrap_or_else(wiring::today);
        Ok(Self { policy: inputs::pack(&args.pack)?, calendar, division, today })
    }

    fn answer(&self, question: &Question<'_>) -> Result<Deadline, Refusal> {
        let rule = self.policy.rule(question.rule)?;
        let from = When::parse(question.from)?;
        let given = question.division.map(str::parse).transpose()?.or(self.division).or_else(|| self.policy.division());
        let mut facts = Facts::new(from, given.unwrap_or_default());
        facts.pauses.clone_from(&question.pauses);
        facts.extension = question.extension;
        facts.triggers.clone_from(&question.triggers);
        facts.today = Some(question.today.map(parse_date).transpose()?.unwrap_or(self.today));
        let mut deadline = rule.evaluate(&facts, &self.calendar)?;
        if given.is_none() && from.instant().is_none() {
            deadline.warnings.push(
                "No part of the United Kingdom was given, so the bank holidays of England and Wales were used. Name it with the division."
                    .to_owned(),
            );
        }
        Ok(deadline)
    }

    /// The refusal of a rule that was given no day to count from.
    fn what_to_give(&self, rule: &str) -> Refusal {
        match self.policy.rule(rule) {
            Ok(rule) => Refusal::new(RefusalCode::ValueInvalid, missing_day(rule)),
            Err(unknown) => unknown,
        }
    }
}

/// What the rule counts from, and how to say it.
fn missing_day(rule: &Rule) -> String {
    let form = if rule.kind.needs_a_time() { "the moment, as in 2026-11-20T16:45:00Z" } else { "the day" };
    let asked = format!("The rule `{}` counts from {}: give {form}, with `--from`.", rule.id, rule.trigger);
    let further: Vec<_> = rule.trigger_names().map(|name| format!("`--trigger {name}=DATE`")).collect();
    if further.is_empty() { asked } else { format!("{asked} It takes {} as well.", further.join(" and ")) }
}

/// Further triggers, each written `NAME=DATE`.
fn triggers(written: &[String]) -> Result<BTreeMap<String, When>, Refusal> {
    let mut triggers = BTreeMap::new();
    for text in written {
        let wrong = |what: &str| Refusal::new(RefusalCode::ValueInvalid, format!("{what}; it says `{text}`."));
        let (name, when) = text.split_once('=').ok_or_else(|| wrong("Write the trigger as NAME=DATE"))?;
        if triggers.insert(name.trim().to_owned(), When::parse(when.trim())?).is_some() {
            return Err(wrong("Give each trigger once"));
        }
    }
    Ok(triggers)
}

/// A pause written `A..B`, or `A..` while it is open.
fn pause(text: &str) -> Result<Pause, Refusal> {
    let (asked, answered) = text
        .split_once("..")
        .ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, format!("Write the pause as A..B; it says `{text}`.")))?;
    let answered = Some(answered.trim()).filter(|answered| !answered.is_empty());
    Ok(Pause { asked: parse_date(asked.trim())?, answered: answered.map(parse_date).transpose()? })
}

fn extension(extended: bool, notice: Option<&str>) -> Result<Option<Extension>, Refusal> {
    let notice_given = notice.map(parse_date).transpose()?;
    Ok(extended.then_some(Extension { notice_given }))
}

#[cfg(test)]
mod tests;
