//! Reads JSON lines `{"id","text"}` and writes JSON lines `{"id","findings"}` with character offsets, for measuring against labelled text.

use std::io::{BufRead, Write};

use finder::detect::{Detector, to_char_offsets};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let detector = Detector::new();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row.get("text").and_then(|t| t.as_str()).unwrap_or_default();
        let findings: Vec<serde_json::Value> = detector
            .detect(text)
            .into_iter()
            .map(|f| {
                let at = to_char_offsets(text, &[f.start, f.end]);
                serde_json::json!({"kind": f.kind, "start": at.first(), "end": at.last(), "text": text.get(f.start..f.end), "score": f.score, "why": f.why})
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": row.get("id"), "findings": findings}))?;
    }
    Ok(())
}
