//! `probity detect`: personal data in text from standard input.

use std::io::{BufRead, BufWriter, Read, Write};

use clap::Args;
use finder::detect::{Detector, Finding};
use serde::{Deserialize, Serialize};

use super::outcome::Ending;

/// Arguments of `detect`.
#[derive(Debug, Args)]
pub(crate) struct DetectArgs {
    /// One JSON object instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
    /// JSON lines `{"id","text"}` in, JSON lines `{"id","findings"}` out, in order.
    #[arg(long)]
    batch: bool,
    /// Only what has a pattern (numbers, addresses, dates, flags): many times faster, blind to names.
    #[arg(long)]
    no_names: bool,
}

#[derive(Deserialize)]
struct TextIn {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct FindingsOut<'a> {
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    id: serde_json::Value,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    kind: finder::detect::Kind,
    start: usize,
    end: usize,
    text: &'a str,
    score: f64,
    /// Of a word that is a flag, what it speaks about.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<finder::detect::Category>,
}

pub(crate) fn run(args: &DetectArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let detector = if args.no_names { Detector::without_names() } else { Detector::new() };
    if args.batch {
        return batch(detector, out);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let findings = shaped(&text, &detector.detect(&text));
    if args.json {
        serde_json::to_writer(&mut *out, &FindingsOut { id: serde_json::Value::Null, findings })?;
        writeln!(out)?;
        return Ok(());
    }
    for finding in findings {
        let kind = serde_json::to_value(finding.kind)?;
        let (kind, score) = (kind.as_str().unwrap_or_default(), finding.score);
        write!(out, "{kind}\t{}..{}\t{score:.2}\t{}", finding.start, finding.end, finding.text)?;
        match serde_json::to_value(finding.category)?.as_str() {
            Some(category) => writeln!(out, "\t{category}")?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

/// A bad line gets its error on its own line and the rest go on.
fn batch(detector: Detector, out: &mut dyn Write) -> Result<(), Ending> {
    let mut out = BufWriter::new(out);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<TextIn>(&line) {
            Ok(input) => {
                let findings = shaped(&input.text, &detector.detect(&input.text));
                serde_json::to_writer(&mut out, &FindingsOut { id: input.id, findings })?;
            }
            Err(error) => serde_json::to_writer(
                &mut out,
                &serde_json::json!({ "error": { "code": "FORM-001", "what": format!("This line cannot be read: {error}") } }),
            )?,
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

/// Byte positions to Unicode characters, in one pass.
fn shaped<'a>(text: &'a str, findings: &[Finding]) -> Vec<FindingOut<'a>> {
    let (mut byte, mut chars) = (0, 0);
    let mut shaped = Vec::with_capacity(findings.len());
    for finding in findings {
        let Some(found) = text.get(finding.start..finding.end) else { continue };
        if finding.start < byte {
            (byte, chars) = (0, 0);
        }
        chars += text.get(byte..finding.start).map_or(0, |between| between.chars().count());
        byte = finding.start;
        let score = (f64::from(finding.score) * 1000.0).round() / 1000.0;
        shaped.push(FindingOut {
            kind: finding.kind,
            start: chars,
            end: chars + found.chars().count(),
            text: found,
            score,
            category: finding.category,
        });
    }
    shaped
}
