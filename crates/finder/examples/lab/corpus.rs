//! Labelled corpora in one shape: a text with marked names.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::conll;

/// What a span is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Person,
    Organisation,
    Place,
    Other,
}

/// How identifying a span is, where the corpus says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Risk {
    Direct,
    Quasi,
    None,
}

/// A marked span in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// Where it begins with its titles.
    pub(crate) whole: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) label: Label,
    pub(crate) risk: Risk,
    /// The corpus's own name of the kind.
    pub(crate) kind: String,
}

/// Families of corpora that are reported together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Sentences,
    Careless,
    Tweets,
    Judgments,
    Encyclopaedia,
    Contracts,
}

impl Group {
    pub(crate) const ALL: [Self; 6] =
        [Self::Sentences, Self::Careless, Self::Tweets, Self::Judgments, Self::Encyclopaedia, Self::Contracts];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sentences => "sentences",
            Self::Careless => "careless",
            Self::Tweets => "tweets",
            Self::Judgments => "judgments",
            Self::Encyclopaedia => "encyclopaedia",
            Self::Contracts => "contracts",
        }
    }
}

/// One labelled text.
#[derive(Debug, Clone)]
pub(crate) struct Doc {
    pub(crate) group: Group,
    /// Kept out of training.
    pub(crate) held: bool,
    pub(crate) text: String,
    pub(crate) spans: Vec<Span>,
    pub(crate) applicant: Option<String>,
}

/// Reads everything below a folder; `fold` (0 to 3) says which quarter of sentence patterns and judgments is held out, and which part of
/// the rest.
pub(crate) fn read(folder: &Path, fold: usize) -> Result<Vec<Doc>, Box<dyn Error>> {
    let mut docs = Vec::new();
    if let Ok(text) = fs::read_to_string(folder.join("sentences.jsonl")) {
        // Whole templates are held out: a template seen in training would answer for itself.
        lines(&text, Group::Sentences, |row, _| row.get("template").and_then(Value::as_u64).unwrap_or(0) % 4 == fold as u64, &mut docs)?;
    }
    for name in ["tab-train.jsonl", "tab-dev.jsonl", "tab-test.jsonl"] {
        if let Ok(text) = fs::read_to_string(folder.join(name)) {
            lines(&text, Group::Judgments, |_, i| i % 4 == fold, &mut docs)?;
        }
    }
    for (file, group, block, held) in [
        ("wnut17train.conll", Group::Careless, 1, conll::Held::None),
        ("emerging.dev.conll", Group::Careless, 1, conll::Held::All),
        ("emerging.test.conll", Group::Careless, 1, conll::Held::All),
        ("train/BTC/a.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/BTC/b.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/BTC/e.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/BTC/f.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/BTC/g.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/BTC/h.conll", Group::Tweets, 1, conll::Held::Every(8)),
        ("train/wikigold/wikigold.conll.txt", Group::Encyclopaedia, 12, conll::Held::Every(5)),
        ("train/SEC-filings/FIN5.txt", Group::Contracts, 12, conll::Held::Every(5)),
        ("train/SEC-filings/FIN3.txt", Group::Contracts, 12, conll::Held::Every(5)),
    ] {
        if let Ok(text) = fs::read_to_string(folder.join(file)) {
            conll::read(&text, group, block, held.shifted(fold), &mut docs);
        }
    }
    Ok(docs)
}

/// Reads one file of a group, JSON lines or CoNLL, as a whole kept out of training.
pub(crate) fn read_file(path: &Path, group: Group, docs: &mut Vec<Doc>) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if text.trim_start().starts_with('{') {
        lines(&text, group, |_, _| true, docs)
    } else {
        conll::read(&text, group, 1, conll::Held::All, docs);
        Ok(())
    }
}

/// JSON lines with `text` and `spans` in Unicode characters.
fn lines(text: &str, group: Group, held: impl Fn(&Value, usize) -> bool, docs: &mut Vec<Doc>) -> Result<(), Box<dyn Error>> {
    for (i, line) in text.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        let row: Value = serde_json::from_str(line)?;
        let text = row.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
        let bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let mut spans: Vec<Span> =
            row.get("spans").and_then(Value::as_array).into_iter().flatten().filter_map(|s| span(s, &bytes, &text)).collect();
        spans.sort_by_key(|s| s.start);
        let applicant = row.get("applicant").and_then(Value::as_str).map(str::to_owned);
        docs.push(Doc { group, held: held(&row, i), text, spans, applicant });
    }
    Ok(())
}

fn span(value: &Value, bytes: &[usize], text: &str) -> Option<Span> {
    let at = |key| value.get(key).and_then(Value::as_u64).and_then(|i| bytes.get(i as usize).copied());
    let (whole, end) = (at("start")?, at("end")?);
    let mut start = whole;
    let kind = value.get("type").and_then(Value::as_str)?.to_owned();
    let label = match kind.as_str() {
        "PERSON" => Label::Person,
        "ORG" | "ORGANIZATION" => Label::Organisation,
        "LOC" | "GPE" => Label::Place,
        _ => Label::Other,
    };
    if label == Label::Person {
        start += title_length(text.get(start..end)?);
    }
    let risk = match value.get("identifier").and_then(Value::as_str) {
        Some("DIRECT") => Risk::Direct,
        Some("QUASI") => Risk::Quasi,
        _ => Risk::None,
    };
    (start < end).then_some(Span { whole, start, end, label, risk, kind })
}

/// How many bytes of titles a name begins with.
pub(crate) fn title_length(name: &str) -> usize {
    let titles = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "judge"];
    let mut skipped = 0;
    while let Some((word, rest)) = name.get(skipped..).and_then(|n| n.split_once(' ')) {
        if !titles.contains(&word.trim_end_matches('.').to_lowercase().as_str()) {
            break;
        }
        skipped = name.len() - rest.len();
    }
    skipped
}
