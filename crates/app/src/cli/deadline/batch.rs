//! Many deadlines, one a line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use domain::calendar::{Deadline, Pause, When, parse_date};
use domain::policy::nearest;
use domain::{Refusal, RefusalCode};
use serde::Deserialize;
use serde_json::Value;

use super::super::outcome::{Ending, refusal_json};
use super::{Context, Question, extension, pause, print};

/// One line. `kind`, `start`, `aware` and `months` are other names for the same things, so
/// that tables of worked examples can be piped in as they are.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow, alias = "kind")]
    rule: Cow<'a, str>,
    #[serde(borrow, alias = "start", alias = "aware", alias = "received")]
    from: Cow<'a, str>,
    #[serde(borrow, default)]
    division: Option<Cow<'a, str>>,
    #[serde(default, alias = "trigger")]
    triggers: BTreeMap<String, Option<String>>,
    #[serde(default, alias = "pause")]
    pauses: Vec<PauseIn>,
    #[serde(default)]
    extended: bool,
    #[serde(default)]
    months: Option<u32>,
    #[serde(borrow, default, alias = "notice_given")]
    notice: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    today: Option<Cow<'a, str>>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// A pause in any of the shapes people write it.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a pause is [\"A\",\"B\"], \"A..B\" or {\"asked\",\"answered\"}")]
enum PauseIn {
    Text(String),
    Pair(Vec<Option<String>>),
    Named { asked: String, answered: Option<String> },
}

/// The fields of a line, to name the one that was meant.
const FIELDS: [&str; 9] = ["rule", "from", "triggers", "division", "pauses", "extended", "notice", "today", "months"];

/// What a table of worked examples, or an earlier output, has besides: never a mistake.
const KNOWN_RESULTS: [&str; 11] =
    ["nominal", "due", "cautious", "cautious_target", "policy_due", "send_by", "late_after", "remind_on", "excluded_days", "note", "notes"];

pub(super) fn run(context: &Context, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), Ending> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        match answer(context, text) {
            Ok((id, deadline)) => print::json(&id, &deadline, out)?,
            Err(refusal) => {
                let id = serde_json::from_slice::<Value>(text).ok().and_then(|line| line.get("id").cloned()).unwrap_or_default();
                serde_json::to_writer(&mut *out, &serde_json::json!({ "id": id, "error": refusal_json(&refusal) }))?;
                writeln!(out)?;
            }
        }
    }
}

fn answer(context: &Context, text: &[u8]) -> Result<(Value, Deadline), Refusal> {
    let line: Line<'_> = serde_json::from_slice(text)
        .map_err(|error| Refusal::new(RefusalCode::ValueInvalid, format!("The line is not the JSON expected here: {error}.")))?;
    let extended = line.extended
        || match line.months {
            None | Some(1) => false,
            Some(3) => true,
            Some(other) => {
                return Err(Refusal::new(RefusalCode::ValueInvalid, format!("`months` is 1, or 3 when extended; it says {other}.")));
            }
        };
    let question = Question {
        rule: &line.rule,
        from: &line.from,
        triggers: line.triggers.into_iter().filter_map(happened).collect::<Result<_, _>>()?,
        division: line.division.as_deref(),
        pauses: line.pauses.into_iter().map(read_pause).collect::<Result<_, _>>()?,
        extension: extension(extended, line.notice.as_deref())?,
        today: line.today.as_deref(),
    };
    let mut deadline = context.answer(&question)?;
    for unknown in line.rest.keys().filter(|key| !KNOWN_RESULTS.contains(&key.as_str())) {
        let meant = nearest(unknown, FIELDS).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        deadline.warnings.push(format!("The field `{unknown}` is not known and was left out of account.{meant}"));
    }
    Ok((line.id, deadline))
}

/// A further trigger with its day; `null` is one that has not happened yet.
fn happened((name, when): (String, Option<String>)) -> Option<Result<(String, When), Refusal>> {
    when.map(|when| Ok((name, When::parse(&when)?)))
}

fn read_pause(written: PauseIn) -> Result<Pause, Refusal> {
    let (asked, answered) = match written {
        PauseIn::Text(text) => return pause(&text),
        PauseIn::Named { asked, answered } => (Some(asked), answered),
        PauseIn::Pair(days) if days.len() <= 2 => {
            let mut days = days.into_iter();
            (days.next().flatten(), days.next().flatten())
        }
        PauseIn::Pair(_) => (None, None),
    };
    let asked = asked.ok_or_else(|| Refusal::new(RefusalCode::ValueInvalid, "A pause has the day asked and the day answered."))?;
    Ok(Pause { asked: parse_date(&asked)?, answered: answered.as_deref().map(parse_date).transpose()? })
}
